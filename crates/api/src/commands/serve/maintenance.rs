//! Background tasks that run as long as the service does.

use crate::app::App;
use crate::maintenance;
use actix_web::web::Data;
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;
use vinculo_persistence::alarms::Alarm;
use vinculo_persistence::{Leave, Sweeping, sweep_files};

/// The maintenance tasks.
pub(super) struct Maintenance(Vec<JoinHandle<()>>);

impl Maintenance {
    /// Reads the clock once and starts the tasks. This precedes the first request, because a wrong
    /// clock must not open a document that is withheld until a later day.
    pub(super) async fn begin(app: &Data<App>) -> Self {
        let start = running();
        look(app, start).await;
        Self(vec![
            tokio::spawn(keep_up(app.clone(), start)),
            tokio::spawn(check_files(app.clone())),
            tokio::spawn(sweep_daily(app.clone(), start)),
        ])
    }

    /// Stops all tasks.
    pub(super) fn end(self) {
        for task in self.0 {
            task.abort();
        }
    }
}

/// The pause before each check of the kept files.
const REST: Duration = Duration::from_secs(15 * 60);

/// Checks every kept file, slowly, over and over.
async fn check_files(app: Data<App>) {
    let (scope, pace) = (maintenance::operator_scope(), app.storage.check_per_second);
    if pace == 0 {
        return;
    }
    loop {
        tokio::time::sleep(REST).await;
        match vinculo_persistence::check_files(&app.db, &scope, pace).await {
            Ok(Some(checked)) => {
                tracing::info!(checked.files, checked.damaged, "kept files were checked");
            }
            // Another instance is doing it.
            Ok(None) => {}
            Err(refusal) => tracing::warn!(%refusal, "kept files were not all checked"),
        }
    }
}

/// How long after its start a service first looks for files without a row. By then an operator who
/// started it with the wrong database has noticed.
const FIRST_SWEEP: Duration = Duration::from_secs(60 * 60);
/// The time between two such looks.
const NEXT_SWEEP: Duration = Duration::from_secs(24 * 60 * 60);

/// Sets aside the files that no row names, once a day and never right after the start.
async fn sweep_daily(app: Data<App>, start: Duration) {
    let scope = maintenance::operator_scope();
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

/// Rounds between two checks of the reserved disk space: half a minute.
const ROOM: u32 = 60;
/// Rounds of half a second between two checks of the clock.
const LOOK: u32 = 120;
/// The time between two bulk runs of draft expiry.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// The same where the service has stopped to ask the operator.
const SOON: Duration = Duration::from_secs(10 * 60);

/// Gives committed events their place in the feed a few times a second and checks the clock each
/// minute. Each day, once the clock may be trusted, it forgets what is no longer kept.
async fn keep_up(app: Data<App>, start: Duration) {
    let scope = maintenance::operator_scope();
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

/// A clock that nobody can set and that continues while the machine sleeps.
#[cfg(target_os = "linux")]
fn running() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or_default();
    let nanos = u32::try_from(time.tv_nsec).unwrap_or_default();
    Duration::new(seconds, nanos)
}

/// Elsewhere only the process time is available: a machine that slept looks like a clock jump.
#[cfg(not(target_os = "linux"))]
fn running() -> Duration {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}

/// A run that stopped to ask is repeated soon: the operator may have answered.
fn pause(app: &App) -> Duration {
    let asks = app.db.alarms().count(Alarm::LapsesStopped) > 0;
    if asks { SOON } else { DAY }
}

/// Checks the clock; returns permission to act in bulk by it.
async fn look(app: &App, start: Duration) -> Option<Leave> {
    let (guard, scope) = (app.db.guard(), maintenance::operator_scope());
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
    let days = app.draft_expiry.abandon_after_days;
    if days == 0 {
        return;
    }
    match vinculo_persistence::lapse(&app.db, scope, days, leave).await {
        Ok(0) => {}
        Ok(abandoned) => tracing::info!(abandoned, "untouched cases were abandoned"),
        Err(refusal) => tracing::warn!(%refusal, "untouched cases are still open"),
    }
}
