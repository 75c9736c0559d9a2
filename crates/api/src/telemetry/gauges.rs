//! Gauges are read when the metrics are requested: counters kept elsewhere, and two small queries
//! that run only once in a while.

mod reading;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;
use std::sync::atomic::AtomicU64;
use std::time::Instant;
use tokio::sync::Mutex;
use vinculo_persistence::Waiting;

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

/// The store's last answer.
#[derive(Clone, Copy)]
struct Asked {
    answers: bool,
    outbox: Waiting,
    bytes: u64,
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
}

/// Registers gauges one after the other.
struct Adding<'a>(&'a mut Registry);

impl Adding<'_> {
    fn one<M>(&mut self, name: &str, help: &str, metric: &M)
    where
        M: prometheus_client::registry::Metric + Clone,
    {
        self.0.register(name, help, metric.clone());
    }
}
