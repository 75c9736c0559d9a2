//! What is read when somebody asks: counters that others keep, and two small queries, at most
//! once in a while.

use crate::app::{App, IMPORTS, UPLOADS};
use crate::server::upkeep;
use crate::telemetry::process;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use strum::VariantArray;
use tokio::sync::{Mutex, Semaphore};
use vinculo_persistence::alarms::Alarm;
use vinculo_persistence::{Waiting, bytes_stored, events_waiting};

/// How long what was asked of the store is good.
const GOOD_FOR: Duration = Duration::from_secs(10);

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Of {
    pool: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Named {
    alarm: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Work {
    work: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Fate {
    fate: &'static str,
}

type Seconds = Gauge<f64, AtomicU64>;
type SecondsTotal = Counter<f64, AtomicU64>;

#[derive(Default)]
pub struct Gauges {
    places: Family<Of, Gauge>,
    in_use: Family<Of, Gauge>,
    idle: Family<Of, Gauge>,
    waiting: Family<Of, Gauge>,
    waited: Family<Of, SecondsTotal>,
    no_place: Family<Of, Counter>,
    outbox_waiting: Gauge,
    outbox_age: Seconds,
    alarms: Family<Named, Gauge>,
    files: Family<Fate, Counter>,
    work_places: Family<Work, Gauge>,
    work_in_use: Family<Work, Gauge>,
    work_refused: Family<Work, Counter>,
    connections: Gauge,
    log_dropped: Counter,
    store_answers: Gauge,
    database: Gauge,
    disk_free: Gauge,
    disk_size: Gauge,
    resident: Gauge,
    open_files: Gauge,
    uptime: Seconds,
    asked: Mutex<Option<(Instant, Asked)>>,
}

/// What the store said when it was asked last.
#[derive(Clone, Copy)]
struct Asked {
    answers: bool,
    outbox: Waiting,
    bytes: u64,
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

impl Gauges {
    pub fn register(registry: &mut Registry) -> Self {
        let own = Self::default();
        let mut add = Adding(registry);
        add.one(
            "pool_places",
            "Places of a pool of connections",
            &own.places,
        );
        add.one("pool_in_use", "Places that are taken", &own.in_use);
        add.one("pool_idle", "Connections that wait for work", &own.idle);
        add.one(
            "pool_waiting",
            "Requests that wait for a place",
            &own.waiting,
        );
        add.one(
            "pool_wait_seconds",
            "Time that requests have waited for a place",
            &own.waited,
        );
        add.one(
            "pool_refused",
            "Requests that found no place in time",
            &own.no_place,
        );
        add.one(
            "outbox_waiting",
            "Events that have no place in the feed yet",
            &own.outbox_waiting,
        );
        add.one(
            "outbox_oldest_seconds",
            "Age of the oldest of them",
            &own.outbox_age,
        );
        add.one("alarms", "Subjects of an alarm that stands", &own.alarms);
        add.one(
            "files",
            "Files by what was done to them or found of them",
            &own.files,
        );
        add.one("work_places", "Places for heavy work", &own.work_places);
        add.one(
            "work_in_use",
            "Places for heavy work that are taken",
            &own.work_in_use,
        );
        add.one(
            "work_refused",
            "Heavy work that found no place",
            &own.work_refused,
        );
        add.one(
            "connections",
            "Open connections of clients",
            &own.connections,
        );
        add.one(
            "access_log_dropped",
            "Lines of the access log that were lost",
            &own.log_dropped,
        );
        add.one(
            "store_answers",
            "Whether the store answered when it was last asked",
            &own.store_answers,
        );
        add.one("database_bytes", "Bytes of the database", &own.database);
        add.one(
            "disk_free_bytes",
            "Bytes that are free on the disk of the files",
            &own.disk_free,
        );
        add.one("disk_size_bytes", "Bytes of that disk", &own.disk_size);
        add.one(
            "process_resident_bytes",
            "Memory of this process",
            &own.resident,
        );
        add.one(
            "process_open_files",
            "Open files of this process",
            &own.open_files,
        );
        add.one("uptime_seconds", "Time since the start", &own.uptime);
        own
    }

    /// Reads everything anew.
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

    /// The store is asked once in a while, however often somebody asks for the metrics.
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
    let scope = upkeep();
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

/// Adds one after the other.
struct Adding<'a>(&'a mut Registry);

impl Adding<'_> {
    fn one<M>(&mut self, name: &str, help: &str, metric: &M)
    where
        M: prometheus_client::registry::Metric + Clone,
    {
        self.0.register(name, help, metric.clone());
    }
}
