//! The metrics, in OpenMetrics text. Every label has few values: operations, statuses and our own
//! names; never a government, a person, an address or a path.

mod exposing;

use crate::telemetry::gauges::Gauges;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::exemplar::HistogramWithExemplars;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;
use std::time::{Duration, Instant};

/// The content type of the text.
pub const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
/// The buckets of the edge, all present from the start.
const BUCKETS: [&str; 4] = ["anonymous", "sign-in", "person", "government"];
/// Histogram limits in seconds, from a point read to a request given up.
const BOUNDS: [f64; 13] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    operation: &'static str,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Operated {
    operation: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Bucket {
    bucket: &'static str,
}

/// The id of a request, as an example beside a duration.
type Example = [(&'static str, String); 1];
type Durations = HistogramWithExemplars<Example>;

/// The metrics of one process.
pub struct Metrics {
    registry: Registry,
    requests: Family<Asked, Counter>,
    durations: Family<Operated, Durations>,
    in_flight: Gauge,
    aborted: Counter,
    limited: Family<Bucket, Counter>,
    gauges: Gauges,
    start: Instant,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("vinculo");
        let durations: Family<Operated, Durations> =
            Family::new_with_constructor(|| Durations::new(BOUNDS.into_iter()));
        let (requests, in_flight) = (Family::default(), Gauge::default());
        let aborted = Counter::default();
        let limited: Family<Bucket, Counter> = Family::default();
        let build = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "The version that runs", build);
        registry.register(
            "requests",
            "Answers by operation and status",
            requests.clone(),
        );
        registry.register(
            "request_duration_seconds",
            "From a request to its answer, by operation",
            durations.clone(),
        );
        registry.register(
            "requests_in_flight",
            "Requests under way",
            in_flight.clone(),
        );
        registry.register(
            "requests_aborted",
            "Requests whose client went before the end",
            aborted.clone(),
        );
        registry.register(
            "requests_limited",
            "Requests refused because they came too often, by bucket",
            limited.clone(),
        );
        for bucket in BUCKETS {
            limited.get_or_create(&Bucket { bucket }).inc_by(0);
        }
        let gauges = Gauges::register(&mut registry);
        Self {
            registry,
            requests,
            durations,
            in_flight,
            aborted,
            limited,
            gauges,
            start: Instant::now(),
        }
    }
}

impl Metrics {
    /// Counts a request that has arrived.
    pub fn begun(&self) {
        self.in_flight.inc();
    }

    /// Counts a request that is over.
    pub fn ended(
        &self,
        operation: &'static str,
        status: u16,
        took: Duration,
        request_id: &str,
        aborted: bool,
    ) {
        self.in_flight.dec();
        if aborted {
            self.aborted.inc();
        }
        self.requests
            .get_or_create(&Asked { operation, status })
            .inc();
        let example = [("request_id", request_id.to_owned())];
        self.durations
            .get_or_create(&Operated { operation })
            .observe(took.as_secs_f64(), Some(example), None);
    }

    /// Counts a request that found its bucket empty.
    pub fn limited(&self, bucket: &'static str) {
        self.limited.get_or_create(&Bucket { bucket }).inc();
    }
}
