//! Rate limits: token buckets per address, per address for signing in, per person and per
//! government. Each process has its own counters, so with several instances each one allows the
//! whole figure.

use crate::edge::addresses::neighbourhood;
use crate::edge::rate_state::RateState;
use governor::clock::Clock;
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use uuid::Uuid;
use vinculo_domain::TenantId;

/// Requests a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// From one address, without a valid token.
    pub anonymous: u32,
    /// To sign in, from one address.
    pub sign_in: u32,
    /// By one person.
    pub person: u32,
    /// By one government.
    pub government: u32,
}

impl Default for Figures {
    fn default() -> Self {
        Self {
            anonymous: 60,
            sign_in: 10,
            person: 600,
            government: 6000,
        }
    }
}

impl Figures {
    /// No limits at all.
    pub const NONE: Self = Self {
        anonymous: 0,
        sign_in: 0,
        person: 0,
        government: 0,
    };
}

/// The clock of the buckets: time since some start; it never goes backwards.
#[derive(Clone)]
pub struct Time(Arc<dyn Fn() -> Duration + Send + Sync>);

impl Time {
    /// A clock of the caller's choice.
    pub fn new(read: impl Fn() -> Duration + Send + Sync + 'static) -> Self {
        Self(Arc::new(read))
    }

    fn of_the_machine() -> Self {
        let start = Instant::now();
        Self::new(move || start.elapsed())
    }
}

impl Clock for Time {
    type Instant = Duration;

    fn now(&self) -> Duration {
        (self.0)()
    }
}

type Limiter<K> =
    RateLimiter<Option<K>, HashMapStateStore<Option<K>>, Time, StateInformationMiddleware>;

/// How many callers one kind of bucket remembers: some 20 MB. Further callers share one bucket.
const MOST_KEYS: usize = 200_000;
/// Requests between two clean-ups that forget the callers whose bucket is full again.
const ROUND: u32 = 1024;

struct Bucket<K: Hash + Eq + Clone> {
    policy: &'static str,
    limiter: Option<Limiter<K>>,
    most_keys: usize,
    taken: AtomicU32,
}

impl<K: Hash + Eq + Clone> Bucket<K> {
    fn new(policy: &'static str, a_minute: u32, time: &Time) -> Self {
        let limiter = NonZeroU32::new(a_minute).map(|quota| {
            RateLimiter::hashmap_with_clock(Quota::per_minute(quota), time.clone())
                .with_middleware::<StateInformationMiddleware>()
        });
        Self {
            policy,
            limiter,
            most_keys: MOST_KEYS,
            taken: AtomicU32::new(0),
        }
    }

    fn take(&self, key: K) -> Option<RateState> {
        let limiter = self.limiter.as_ref()?;
        if self.taken.fetch_add(1, Ordering::Relaxed) % ROUND == ROUND - 1 {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
        let key = (limiter.len() < self.most_keys).then_some(key);
        let stands = |quota: Quota, remaining: u32, wait: Option<u64>| {
            let quota_size = quota.burst_size().get();
            let full_in = quota.replenish_interval() * quota_size.saturating_sub(remaining);
            RateState {
                policy: self.policy,
                quota: quota_size,
                remaining,
                full_in: seconds(full_in),
                wait,
            }
        };
        Some(match limiter.check_key(&key) {
            Ok(state) => stands(state.quota(), state.remaining_burst_capacity(), None),
            Err(until) => {
                let wait = until.wait_time_from(limiter.clock().now());
                stands(until.quota(), 0, Some(seconds(wait).max(1)))
            }
        })
    }
}

/// Whole seconds, rounded up, so that a caller who waits that long has waited long enough.
fn seconds(duration: Duration) -> u64 {
    duration.as_secs() + u64::from(duration.subsec_nanos() > 0)
}

const ANONYMOUS: &str = "anonymous";
const SIGN_IN: &str = "sign-in";
/// The buckets of unidentified callers.
pub(crate) const OF_STRANGERS: [&str; 2] = [ANONYMOUS, SIGN_IN];

/// All buckets.
pub struct Rates {
    anonymous: Bucket<IpAddr>,
    sign_in: Bucket<IpAddr>,
    person: Bucket<Uuid>,
    government: Bucket<TenantId>,
}

impl Rates {
    /// Full buckets.
    pub fn new(figures: Figures) -> Self {
        Self::at(figures, &Time::of_the_machine())
    }

    /// Full buckets that refill by the given clock.
    pub fn at(figures: Figures, time: &Time) -> Self {
        Self {
            anonymous: Bucket::new(ANONYMOUS, figures.anonymous, time),
            sign_in: Bucket::new(SIGN_IN, figures.sign_in, time),
            person: Bucket::new("person", figures.person, time),
            government: Bucket::new("government", figures.government, time),
        }
    }

    /// Counts one request without a valid token.
    pub fn anonymous(&self, address: IpAddr) -> Option<RateState> {
        self.anonymous.take(neighbourhood(address))
    }

    /// Counts one attempt to sign in.
    pub fn sign_in(&self, address: IpAddr) -> Option<RateState> {
        self.sign_in.take(neighbourhood(address))
    }

    /// Counts one request by a person.
    pub fn person(&self, person: Uuid) -> Option<RateState> {
        self.person.take(person)
    }

    /// Counts one request for a government.
    pub fn government(&self, tenant: &TenantId) -> Option<RateState> {
        self.government.take(tenant.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edge::rate_state::add_headers;
    use actix_web::http::header::HeaderMap;
    use std::sync::atomic::AtomicU64;

    #[test]
    fn a_bucket_empties_fills_up_and_is_forgotten() {
        let now = Arc::new(AtomicU64::new(0));
        let read = Arc::clone(&now);
        let time = Time::new(move || Duration::from_secs(read.load(Ordering::Relaxed)));
        let bucket = Bucket::new("test", 6, &time);
        for left in (0..6).rev() {
            let state = bucket.take(1).unwrap();
            assert_eq!((state.remaining, state.wait), (left, None));
            assert_eq!(state.full_in, u64::from(6 - left) * 10);
        }
        assert_eq!(bucket.take(1).unwrap().wait, Some(10));
        assert_eq!(bucket.take(2).unwrap().wait, None);
        now.store(10, Ordering::Relaxed);
        assert_eq!(bucket.take(1).unwrap().wait, None);
        assert_eq!(bucket.take(1).unwrap().wait, Some(10));
        // Ten thousand callers, then one a minute later: the others are forgotten.
        for caller in 0..10_000 {
            bucket.take(caller);
        }
        assert_eq!(bucket.limiter.as_ref().unwrap().len(), 10_000);
        now.store(1000, Ordering::Relaxed);
        for _ in 0..ROUND {
            bucket.take(1);
        }
        assert!(bucket.limiter.as_ref().unwrap().len() < 5);
    }

    #[test]
    fn callers_beyond_those_remembered_share_one_bucket() {
        let time = Time::new(|| Duration::ZERO);
        let bucket = Bucket {
            most_keys: 10,
            ..Bucket::new("test", 3, &time)
        };
        let refused = (0..100).filter(|caller| bucket.take(*caller).unwrap().wait.is_some());
        assert_eq!(refused.count(), 100 - 10 - 3);
        assert_eq!(bucket.limiter.as_ref().unwrap().len(), 11);
        assert!(Bucket::new("test", 0, &time).take(1).is_none());
    }

    #[test]
    fn the_fields_are_structured_and_the_wait_is_the_longest() {
        let time = Time::new(|| Duration::ZERO);
        let figures = Figures {
            person: 1,
            government: 2,
            ..Figures::NONE
        };
        let rates = Rates::at(figures, &time);
        let once = || {
            [
                rates.person(Uuid::nil()),
                rates.government(&TenantId::sre()),
            ]
        };
        let field = |name: &str| {
            let mut headers = HeaderMap::new();
            let states: Vec<RateState> = once().into_iter().flatten().collect();
            add_headers(&mut headers, &states);
            headers
                .get(name)
                .map(|value| value.to_str().unwrap().to_owned())
        };
        assert_eq!(
            field("ratelimit").as_deref(),
            Some("\"person\";r=0;t=60, \"government\";r=1;t=30")
        );
        assert_eq!(
            field("ratelimit-policy").as_deref(),
            Some("\"person\";q=1;w=60, \"government\";q=2;w=60")
        );
        assert_eq!(field("retry-after").as_deref(), Some("60"));
    }
}
