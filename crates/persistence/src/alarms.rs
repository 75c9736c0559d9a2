//! Problems of the installation that a person must solve. They are kept in this process and shown
//! by readiness and metrics. An alarm stands until its cause is checked again and found right.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What can be wrong.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    strum::AsRefStr,
    strum::Display,
    strum::EnumString,
    strum::VariantArray,
)]
#[strum(serialize_all = "snake_case")]
pub enum Alarm {
    /// A kept file is missing, cut or altered.
    FileDamaged,
    /// The file sweep stopped because it would have taken too many files.
    SweepStopped,
    /// Draft expiry stopped because too many cases would have expired at once.
    LapsesStopped,
    /// The clock is far from the newest row.
    ClockFar,
    /// The disk has no room for writes.
    StorageFull,
}

/// The alarms of this process. All clones share them.
#[derive(Debug, Clone, Default)]
pub struct Alarms(Arc<Mutex<Raised>>);

/// By alarm and subject: what was found.
type Raised = BTreeMap<(Alarm, String), String>;

impl Alarms {
    /// Raises an alarm about a subject; logged once, until it is cleared.
    pub fn raise(&self, name: Alarm, subject: String, detail: String) {
        let logged = (subject.clone(), detail.clone());
        let before = self.raised().insert((name, subject), detail);
        if before.is_none() {
            let (subject, detail) = logged;
            tracing::error!(
                alarm = name.as_ref(),
                subject,
                detail,
                "an alarm was raised"
            );
        }
    }

    /// Clears an alarm, because its subject was checked and found right.
    pub fn clear(&self, name: Alarm, subject: &str) {
        let before = self.raised().remove(&(name, subject.to_owned()));
        if before.is_some() {
            tracing::info!(alarm = name.as_ref(), subject, "an alarm was cleared");
        }
    }

    /// Whether an alarm about a subject stands.
    pub fn stands(&self, name: Alarm, subject: &str) -> bool {
        self.raised().contains_key(&(name, subject.to_owned()))
    }

    /// How many subjects an alarm stands for.
    pub fn count(&self, name: Alarm) -> usize {
        let raised = self.raised();
        raised.keys().filter(|(raised, _)| *raised == name).count()
    }

    /// Every alarm that stands, with the number of its subjects.
    pub fn all(&self) -> Vec<(Alarm, usize)> {
        let mut counts = BTreeMap::new();
        for (name, _subject) in self.raised().keys() {
            *counts.entry(*name).or_insert(0) += 1;
        }
        counts.into_iter().collect()
    }

    /// The subjects of an alarm.
    pub fn subjects(&self, name: Alarm) -> Vec<String> {
        let raised = self.raised();
        let of_name = raised.keys().filter(|(raised, _)| *raised == name);
        of_name.map(|(_, subject)| subject.clone()).collect()
    }

    // The entries are whole even if a thread panicked with the lock: nothing panics halfway through
    // a change.
    fn raised(&self) -> MutexGuard<'_, Raised> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
