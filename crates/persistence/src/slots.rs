//! The places in front of a connection pool. A waiting request holds no thread, and requests
//! without a token can take only a part of the places.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout_at;
use vinculo_auth::{Kind, Scope};
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, Result};

/// How long a request waits for a place, and then for a connection.
pub(crate) const MAX_WAIT: Duration = Duration::from_secs(2);
/// How many requests without a token may wait for a place; more are refused at once.
pub(crate) const GUESTS_WAITING: usize = 64;

/// The caller that asks for a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Caller {
    /// A signed-in person, or the service itself.
    Known,
    /// Anybody: at most half of the places.
    Guest,
    /// Anybody who asks for statistics, which cost most: at most a quarter.
    GuestForFigures,
}

impl Caller {
    pub(crate) fn of(scope: &Scope) -> Self {
        match scope.kind() {
            // These callers have a valid signature, or one of the limited places for signing in.
            Kind::Session => Self::Known,
            _ if scope.actor().is_some() => Self::Known,
            Kind::Statistic => Self::GuestForFigures,
            _ => Self::Guest,
        }
    }
}

/// The state of a pool.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct PoolFigures {
    /// The number of places.
    pub size: usize,
    /// Places that are taken.
    pub in_use: usize,
    /// Connections without work.
    pub idle: usize,
    /// Requests that wait for a place.
    pub waiting: usize,
    /// The total time that requests waited for one.
    pub waited: Duration,
    /// Requests that got none.
    pub refused: u64,
}

/// The places of one pool.
pub(crate) struct Slots {
    size: usize,
    all: Arc<Semaphore>,
    guests: Arc<Semaphore>,
    figures: Arc<Semaphore>,
    waiting: AtomicUsize,
    guests_waiting: AtomicUsize,
    waited_micros: AtomicU64,
    refused: AtomicU64,
}

/// A place, until it is dropped.
pub(crate) struct Slot {
    _permits: Vec<OwnedSemaphorePermit>,
}

impl Slots {
    pub(crate) fn new(size: usize) -> Self {
        let part = |of: usize| Arc::new(Semaphore::new((size / of).max(1)));
        Self {
            size,
            all: part(1),
            guests: part(2),
            figures: part(4),
            waiting: AtomicUsize::new(0),
            guests_waiting: AtomicUsize::new(0),
            waited_micros: AtomicU64::new(0),
            refused: AtomicU64::new(0),
        }
    }

    /// A place for this caller, within the time limit.
    pub(crate) async fn take(&self, caller: Caller) -> Result<Slot> {
        let queues: &[&Arc<Semaphore>] = match caller {
            Caller::Known => &[&self.all],
            Caller::Guest => &[&self.guests, &self.all],
            Caller::GuestForFigures => &[&self.figures, &self.guests, &self.all],
        };
        let known = caller == Caller::Known;
        let full = !known && self.guests_waiting.load(Ordering::Relaxed) >= GUESTS_WAITING;
        let permits = if full {
            None
        } else {
            let _waits = Waiting::new(&self.waiting);
            let _guest = (!known).then(|| Waiting::new(&self.guests_waiting));
            let start = Instant::now();
            let permits = acquire(queues).await;
            let waited = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
            self.waited_micros.fetch_add(waited, Ordering::Relaxed);
            permits
        };
        let Some(permits) = permits else {
            self.refused.fetch_add(1, Ordering::Relaxed);
            return Err(Refusal::new(Problem::TooBusy));
        };
        Ok(Slot { _permits: permits })
    }

    /// The state of the places; the pool gives its idle connections.
    pub(crate) fn figures(&self, idle: usize) -> PoolFigures {
        PoolFigures {
            size: self.size,
            in_use: self.size.saturating_sub(self.all.available_permits()),
            idle,
            waiting: self.waiting.load(Ordering::Relaxed),
            waited: Duration::from_micros(self.waited_micros.load(Ordering::Relaxed)),
            refused: self.refused.load(Ordering::Relaxed),
        }
    }
}

async fn acquire(queues: &[&Arc<Semaphore>]) -> Option<Vec<OwnedSemaphorePermit>> {
    let due = tokio::time::Instant::now() + MAX_WAIT;
    let mut permits = Vec::with_capacity(queues.len());
    for queue in queues {
        let permit = timeout_at(due, Arc::clone(queue).acquire_owned()).await;
        permits.push(permit.ok()?.ok()?);
    }
    Some(permits)
}

/// Counts a waiting request, and stops counting it if it is dropped.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn new(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
