//! Reads the values of the gauges.

use super::{Asked, Fate, Gauges, Named, Of, Work};
use crate::app::{App, IMPORTS, UPLOADS};
use crate::maintenance;
use crate::telemetry::process;
use prometheus_client::metrics::counter::Counter;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use strum::VariantArray;
use tokio::sync::Semaphore;
use vinculo_persistence::alarms::Alarm;
use vinculo_persistence::{Waiting, bytes_stored, events_waiting};

/// How long the store's answer is reused.
const GOOD_FOR: Duration = Duration::from_secs(10);

impl Gauges {
    /// Reads everything again.
    pub async fn read(&self, app: &App, uptime: Duration) {
        self.read_pools(app);
        self.read_work(app);
        for alarm in Alarm::VARIANTS {
            let alarm_name = Named {
                alarm: alarm.to_string(),
            };
            let count = app.db.alarms().count(*alarm);
            self.alarms.get_or_create(&alarm_name).set(whole(count));
        }
        let tallies = app.db.tallies();
        for (fate, count) in [
            ("swept", tallies.swept()),
            ("quarantined", tallies.quarantined()),
            ("damaged", tallies.damaged()),
        ] {
            set(&self.files.get_or_create(&Fate { fate }), count);
        }
        self.connections.set(whole(app.edge.connections.count()));
        let dropped = app.telemetry.log.as_ref().map_or(0, |log| log.dropped());
        set(&self.log_dropped, dropped);
        self.uptime.set(uptime.as_secs_f64());
        let process = process::now();
        self.resident.set(whole(process.resident));
        self.open_files.set(whole(process.open_files));
        if let Some((free, size)) = process::disk(app.db.folder()) {
            self.disk_free.set(whole(free));
            self.disk_size.set(whole(size));
        }
        self.read_store(app).await;
    }

    fn read_pools(&self, app: &App) {
        for (pool, figures) in app.db.pools() {
            let of = Of { pool };
            self.places.get_or_create(&of).set(whole(figures.size));
            self.in_use.get_or_create(&of).set(whole(figures.in_use));
            self.idle.get_or_create(&of).set(whole(figures.idle));
            self.waiting.get_or_create(&of).set(whole(figures.waiting));
            let waited = figures.waited.as_secs_f64().to_bits();
            let total = self.waited.get_or_create(&of);
            total.inner().store(waited, Ordering::Relaxed);
            set(&self.no_place.get_or_create(&of), figures.refused);
        }
    }

    fn read_work(&self, app: &App) {
        let hashing = app.hashing.figures();
        set(
            &self.work_refused.get_or_create(&Work { work: "passwords" }),
            hashing.refused,
        );
        for (work, places, in_use) in [
            ("passwords", hashing.threads, hashing.running),
            ("uploads", UPLOADS, taken(UPLOADS, &app.upload_places)),
            ("imports", IMPORTS, taken(IMPORTS, &app.import_places)),
        ] {
            let work = Work { work };
            self.work_places.get_or_create(&work).set(whole(places));
            self.work_in_use.get_or_create(&work).set(whole(in_use));
        }
    }

    /// Asks the store only once in a while, however often the metrics are requested.
    async fn read_store(&self, app: &App) {
        let mut asked = self.asked.lock().await;
        let good = asked.filter(|(at, _)| at.elapsed() < GOOD_FOR);
        let (at, found) = match good {
            Some(known) => known,
            None => (Instant::now(), ask(app, asked.map(|(_, last)| last)).await),
        };
        *asked = Some((at, found));
        self.store_answers.set(i64::from(found.answers));
        self.outbox_waiting.set(found.outbox.count);
        let age = found.outbox.since.map(|since| app.db.now() - since);
        let age = age.and_then(|age| age.to_std().ok()).unwrap_or_default();
        self.outbox_age.set(age.as_secs_f64());
        self.database.set(whole(found.bytes));
    }
}

async fn ask(app: &App, last: Option<Asked>) -> Asked {
    let scope = maintenance::operator_scope();
    let outbox = events_waiting(&app.db, &scope).await;
    let bytes = bytes_stored(&app.db, &scope).await;
    let last = last.unwrap_or(Asked {
        answers: false,
        outbox: Waiting::default(),
        bytes: 0,
    });
    Asked {
        answers: outbox.is_ok() && bytes.is_ok(),
        outbox: outbox.unwrap_or(last.outbox),
        bytes: bytes.unwrap_or(last.bytes),
    }
}

fn whole(count: impl TryInto<i64>) -> i64 {
    count.try_into().unwrap_or(i64::MAX)
}

fn taken(places: usize, free: &Semaphore) -> usize {
    places.saturating_sub(free.available_permits())
}

fn set(counter: &Counter, count: u64) {
    counter.inner().store(count, Ordering::Relaxed);
}
