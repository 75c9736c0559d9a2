//! The threads that hash passwords. Each hash takes 19 MiB and a core for a while, so there are few
//! threads, they run at low priority, and their queue is limited: in total and per address. The
//! addresses take turns.

use crate::edge::addresses::neighbourhood;
use std::collections::{BTreeMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use tokio::sync::oneshot;
use vinculo_auth::password;
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, Result};

/// How many sign-ins may be in progress at once, including those that wait.
pub const MOST: usize = 64;
/// The same for one address.
pub const MOST_OF_ONE: usize = 32;
/// The priority of the threads, on the scale of `nice`.
#[cfg(target_os = "linux")]
const GIVES_WAY: i32 = 19;

/// The threads and their queue.
pub struct Hashing {
    threads: usize,
    started: OnceLock<()>,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    more: Condvar,
}

#[derive(Default)]
struct State {
    over: bool,
    /// Tickets, by address.
    held: BTreeMap<IpAddr, usize>,
    /// Work by address; the addresses are served in rotation.
    waiting: BTreeMap<IpAddr, VecDeque<Job>>,
    last: Option<IpAddr>,
    running: usize,
    most_running: usize,
    refused: u64,
}

struct Job {
    password: String,
    hash: Option<String>,
    answer: oneshot::Sender<Result<bool>>,
    /// Released when the work is done, even if nobody waits for it any more.
    ticket: Ticket,
}

/// A place for one sign-in, released when dropped.
pub struct Ticket {
    address: IpAddr,
    shared: Arc<Shared>,
}

/// The state of the threads and their queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HashingFigures {
    /// The number of threads.
    pub threads: usize,
    /// Hashes being computed.
    pub running: usize,
    /// The most hashes ever computed at once.
    pub most_running: usize,
    /// Sign-ins in progress, including those being hashed.
    pub held: usize,
    /// Sign-ins refused because there was no place.
    pub refused: u64,
}

impl Default for Hashing {
    /// Half of the cores; the others serve the other requests.
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Self::with(cores / 2)
    }
}

impl Hashing {
    /// This many threads, but at least one. They start with the first sign-in.
    pub fn with(threads: usize) -> Self {
        Self {
            threads: threads.max(1),
            started: OnceLock::new(),
            shared: Arc::default(),
        }
    }

    /// A place for a sign-in from this address, or an immediate refusal.
    pub fn enter(&self, address: IpAddr) -> Result<Ticket> {
        self.started.get_or_init(|| self.start());
        let address = neighbourhood(address);
        let mut state = self.shared.state();
        let of_all: usize = state.held.values().sum();
        let of_one = state.held.get(&address).copied().unwrap_or(0);
        if of_all >= MOST || of_one >= MOST_OF_ONE {
            state.refused += 1;
            return Err(Refusal::new(Problem::TooBusy));
        }
        state.held.insert(address, of_one + 1);
        Ok(Ticket {
            address,
            shared: Arc::clone(&self.shared),
        })
    }

    /// The current figures.
    pub fn figures(&self) -> HashingFigures {
        let state = self.shared.state();
        HashingFigures {
            threads: self.threads,
            running: state.running,
            most_running: state.most_running,
            held: state.held.values().sum(),
            refused: state.refused,
        }
    }

    fn start(&self) {
        for number in 0..self.threads {
            let shared = Arc::clone(&self.shared);
            let thread = std::thread::Builder::new().name(format!("hashing-{number}"));
            if let Err(error) = thread.spawn(move || work(&shared)) {
                tracing::error!(%error, "a thread that hashes passwords could not start");
            }
        }
    }
}

impl Drop for Hashing {
    fn drop(&mut self) {
        let mut state = self.shared.state();
        state.over = true;
        let waiting = std::mem::take(&mut state.waiting);
        drop(state);
        // Each job gives its ticket back, which locks the state again.
        drop(waiting);
        self.shared.more.notify_all();
    }
}

impl Ticket {
    /// Whether the password matches. Without a hash it takes the same time and returns `false`.
    pub async fn verify(self, password: String, hash: Option<String>) -> Result<bool> {
        let (answer, answered) = oneshot::channel();
        let (shared, address) = (Arc::clone(&self.shared), self.address);
        let job = Job {
            password,
            hash,
            answer,
            ticket: self,
        };
        shared.add(address, job);
        answered
            .await
            .map_err(|error| Refusal::internal(format!("hashing: {error}")))?
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let mut state = self.shared.state();
        if let Some(held) = state.held.get_mut(&self.address) {
            *held = held.saturating_sub(1);
            if *held == 0 {
                state.held.remove(&self.address);
            }
        }
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, address: IpAddr, job: Job) {
        let mut state = self.state();
        state.waiting.entry(address).or_default().push_back(job);
        drop(state);
        self.more.notify_one();
    }

    /// The next job, or none once the service stops.
    fn next(&self) -> Option<Job> {
        let mut state = self.state();
        loop {
            if state.over {
                return None;
            }
            if let Some(job) = state.take() {
                state.running += 1;
                state.most_running = state.most_running.max(state.running);
                return Some(job);
            }
            state = self
                .more
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl State {
    /// The first job of the address that follows the one served last.
    fn take(&mut self) -> Option<Job> {
        let after = self.last.and_then(|last| {
            let beyond = (std::ops::Bound::Excluded(last), std::ops::Bound::Unbounded);
            self.waiting.range(beyond).next()
        });
        let address = *after.or_else(|| self.waiting.iter().next())?.0;
        self.last = Some(address);
        let queue = self.waiting.get_mut(&address)?;
        let job = queue.pop_front();
        if queue.is_empty() {
            self.waiting.remove(&address);
        }
        job
    }
}

fn work(shared: &Shared) {
    give_way();
    while let Some(job) = shared.next() {
        // Skip the work if the caller has given up.
        let wanted = !job.answer.is_closed();
        let matches = wanted.then(|| password::verify(&job.password, job.hash.as_deref()));
        shared.state().running -= 1;
        // Before the answer, so that a caller who has it finds the place free again.
        drop(job.ticket);
        if let Some(matches) = matches {
            let _gone = job.answer.send(matches);
        }
    }
}

/// On Linux each thread has its own priority; elsewhere this would change the whole process.
fn give_way() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::nice(GIVES_WAY) {
        tracing::debug!(%error, "the thread that hashes passwords keeps its priority");
    }
}

#[cfg(test)]
mod tests;
