//! Writers that continue while something breaks.

use crate::callers::Caller;
use crate::ledger::{Entry, Verdict};
use crate::random::Random;
use crate::store::Store;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Enough for requests to collide, few enough for a machine with two cores.
const WRITERS: u64 = 4;

pub struct Load {
    over: Arc<AtomicBool>,
    void: Arc<AtomicBool>,
    acked: Arc<AtomicUsize>,
    writers: Vec<JoinHandle<Vec<Entry>>>,
}

impl Load {
    /// Starts the writers of a round; no two rounds share a mark.
    pub fn start(store: &Store, round: usize, seed: u64) -> Self {
        let (over, void, acked) = (Arc::default(), Arc::default(), Arc::default());
        let writers = (0..WRITERS).map(|number| {
            let mut writer = Writer {
                caller: Caller::new(store.address, Some(&store.person)),
                random: Random::new(seed ^ (number << 40) ^ ((round as u64) << 48)),
                name: format!("{seed:x}-{round}-{number}"),
                written: Vec::new(),
                over: Arc::clone(&over),
                void: Arc::clone(&void),
                acked: Arc::clone(&acked),
            };
            std::thread::spawn(move || {
                while !writer.over.load(Ordering::SeqCst) {
                    writer.go_on();
                }
                writer.written
            })
        });
        Self {
            writers: writers.collect(),
            over,
            void,
            acked,
        }
    }

    /// Waits until this many requests were acknowledged.
    #[track_caller]
    pub fn wait_for(&self, acked: usize) {
        let begun = Instant::now();
        while self.acked.load(Ordering::SeqCst) < acked {
            assert!(
                begun.elapsed() < Duration::from_secs(60),
                "nothing is written"
            );
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    pub fn so_far(&self) -> usize {
        self.acked.load(Ordering::SeqCst)
    }

    /// From now on, answers count as unknown: with the power gone they would not have arrived.
    pub fn stop_listening(&self) {
        self.void.store(true, Ordering::SeqCst);
    }

    pub fn stop(self) -> Vec<Entry> {
        self.over.store(true, Ordering::SeqCst);
        let writers = self.writers.into_iter();
        writers.flat_map(|writer| writer.join().unwrap()).collect()
    }
}

struct Writer {
    caller: Caller,
    random: Random,
    name: String,
    written: Vec<Entry>,
    over: Arc<AtomicBool>,
    void: Arc<AtomicBool>,
    acked: Arc<AtomicUsize>,
}

impl Writer {
    fn mark(&self) -> String {
        format!("F-{}-{}", self.name, self.written.len())
    }

    /// Writes a counterpart, or a case with a document that is sometimes withdrawn.
    fn go_on(&mut self) {
        if self.random.below(3) > 0 {
            let _made = self.write(Entry::counterpart(&self.mark()));
            return;
        }
        let Some(case) = self.write(Entry::agreement(&self.mark())) else {
            return;
        };
        let case = case.id().to_owned();
        if self.write(Entry::document(&self.mark(), &case)).is_some() && self.random.below(2) == 0 {
            let _made = self.write(Entry::withdrawal(&self.mark(), &case, 2));
        }
    }

    /// Records the entry with its outcome, and returns it if it was acknowledged.
    fn write(&mut self, mut entry: Entry) -> Option<Entry> {
        let sent = entry.send(&mut self.caller);
        if !sent {
            std::thread::sleep(Duration::from_millis(10));
            return None;
        }
        if self.void.load(Ordering::SeqCst) {
            entry.verdict = Verdict::Unknown;
        }
        self.written.push(entry.clone());
        if entry.verdict != Verdict::Acked {
            std::thread::sleep(Duration::from_millis(5));
            return None;
        }
        self.acked.fetch_add(1, Ordering::SeqCst);
        Some(entry)
    }
}
