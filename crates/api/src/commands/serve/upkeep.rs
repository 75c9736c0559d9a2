//! What the service does beside its requests, for as long as it serves.

use crate::app::App;
use crate::server;
use actix_web::web::Data;
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;
use vinculo_persistence::alarms::Alarm;
use vinculo_persistence::{Leave, Sweeping, sweep_files};

/// The tasks of the upkeep.
pub(super) struct Upkeep(Vec<JoinHandle<()>>);

impl Upkeep {
    /// Looks at the clock once and begins. Before the first request, because a document that is
    /// withheld until a day must not open by a clock that is wrong.
    pub(super) async fn begin(app: &Data<App>) -> Self {
        let start = running();
        look(app, start).await;
        Self(vec![
            tokio::spawn(keep_up(app.clone(), start)),
            tokio::spawn(check_files(app.clone())),
            tokio::spawn(sweep_daily(app.clone(), start)),
        ])
    }

    /// Ends them all.
    pub(super) fn end(self) {
        for task in self.0 {
            task.abort();
        }
    }
}

/// How long the check of kept files rests before a pass.
const REST: Duration = Duration::from_secs(15 * 60);

/// Looks at every kept file, slowly, over and over.
async fn check_files(app: Data<App>) {
    let (scope, pace) = (server::upkeep(), app.storage.check_per_second);
    if pace == 0 {
        return;
    }
    loop {
        tokio::time::sleep(REST).await;
        match vinculo_persistence::check_files(&app.db, &scope, pace).await {
            Ok(Some(checked)) => {
                tracing::info!(checked.files, checked.damaged, "kept files were checked");
            }
            // Another instance is at it.
            Ok(None) => {}
            Err(refusal) => tracing::warn!(%refusal, "kept files were not all checked"),
        }
    }
}

/// How long after its start a service first looks at its files: an operator who started it over the
/// wrong database has noticed by then.
const FIRST_SWEEP: Duration = Duration::from_secs(60 * 60);
/// How long between two looks.
const NEXT_SWEEP: Duration = Duration::from_secs(24 * 60 * 60);

/// Sets aside the files that no row names, once a day and never at the start.
async fn sweep_daily(app: Data<App>, start: Duration) {
    let scope = server::upkeep();
    tokio::time::sleep(FIRST_SWEEP).await;
    loop {
        if let Some(leave) = look(&app, start).await {
            match sweep_files(&app.db, &scope, Sweeping::Few, &leave).await {
                Ok(swept) if swept.stopped => {
                    tracing::error!(?swept, "the sweep stopped: see the alarm");
                }
                Ok(swept) => tracing::info!(?swept, "files without a row were looked for"),
                Err(refusal) => tracing::warn!(%refusal, "files without a row are still kept"),
            }
        }
        tokio::time::sleep(NEXT_SWEEP).await;
    }
}

/// Rounds between two looks at the reserve of room: half a minute.
const ROOM: u32 = 60;
/// Rounds of half a second between two looks at the clock.
const LOOK: u32 = 120;
/// Between two rounds of what is done in bulk by time.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// And where it has stopped to ask the operator.
const SOON: Duration = Duration::from_secs(10 * 60);

/// Gives committed events their place in the feed, a few times a second; looks at the clock each
/// minute; each day forgets what is no longer kept, once the clock may be believed.
async fn keep_up(app: Data<App>, start: Duration) {
    let scope = server::upkeep();
    let mut last: Option<Instant> = None;
    for round in (0..LOOK).cycle() {
        tokio::time::sleep(Duration::from_millis(500)).await;
        if let Err(refusal) = vinculo_persistence::sequence(&app.db, &scope).await {
            tracing::warn!(%refusal, "events wait for their place");
        }
        if round % ROOM == 0
            && let Err(refusal) = vinculo_persistence::keep_room(&app.db).await
        {
            tracing::warn!(%refusal, "there is no reserve of room");
        }
        if round != 0 {
            continue;
        }
        if let Some(leave) = look(&app, start).await
            && last.is_none_or(|last| last.elapsed() >= pause(&app))
        {
            last = Some(Instant::now());
            forget_and_lapse(&app, &scope, &leave).await;
        }
    }
}

/// A time that nobody sets, and that goes on while the machine sleeps.
#[cfg(target_os = "linux")]
fn running() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or_default();
    let nanos = u32::try_from(time.tv_nsec).unwrap_or_default();
    Duration::new(seconds, nanos)
}

/// The same where only the time of the process is to be had: a machine that slept looks like a jump.
#[cfg(not(target_os = "linux"))]
fn running() -> Duration {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}

/// What has stopped to ask is looked at again soon: the operator may have answered.
fn pause(app: &App) -> Duration {
    let asks = app.db.alarms().count(Alarm::LapsesStopped) > 0;
    if asks { SOON } else { DAY }
}

/// Looks at the clock; gives leave to act in bulk by it.
async fn look(app: &App, start: Duration) -> Option<Leave> {
    let (guard, scope) = (app.db.guard(), server::upkeep());
    match guard
        .look(&app.db, &scope, running().saturating_sub(start))
        .await
    {
        Ok(leave) => leave,
        Err(refusal) => {
            tracing::warn!(%refusal, "nobody knows whether the clock is right");
            None
        }
    }
}

async fn forget_and_lapse(app: &App, scope: &vinculo_auth::Scope, leave: &Leave) {
    if let Err(refusal) = vinculo_persistence::forget_answers(&app.db, scope, leave).await {
        tracing::warn!(%refusal, "old answers are still kept");
    }
    let days = app.patience.abandon_after_days;
    if days == 0 {
        return;
    }
    match vinculo_persistence::lapse(&app.db, scope, days, leave).await {
        Ok(0) => {}
        Ok(abandoned) => tracing::info!(abandoned, "untouched cases were abandoned"),
        Err(refusal) => tracing::warn!(%refusal, "untouched cases are still open"),
    }
}
