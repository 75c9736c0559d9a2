//! What was sent and with which result, to be compared with the store afterwards.

use std::collections::BTreeMap;

/// What the sender knows about a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Acknowledged: it must be stored.
    Kept,
    /// Refused, or rolled back: it must not be stored.
    Lost,
    /// The sender did not wait for the answer: it may be stored.
    Unknown,
}

/// A write, with a text that no other write has.
#[derive(Debug, Clone)]
pub struct Write {
    pub government: usize,
    pub text: String,
    pub fate: Fate,
    /// The version made by a rename.
    pub version: Option<i64>,
}

/// What one thread saw, or all of them together.
#[derive(Debug, Default)]
pub struct Ledger {
    pub created: Vec<Write>,
    pub renamed: Vec<Write>,
    /// Requests sent, by status; 0 if the sender did not wait for it.
    pub answers: BTreeMap<u16, usize>,
    pub panics: usize,
    pub timed_out: usize,
    pub cancelled: usize,
    /// Marks of other governments found in answers.
    pub canaries: usize,
    /// Answers that the request may not get.
    pub surprises: Vec<String>,
}

impl Ledger {
    pub fn add(&mut self, other: Self) {
        self.created.extend(other.created);
        self.renamed.extend(other.renamed);
        for (status, count) in other.answers {
            *self.answers.entry(status).or_default() += count;
        }
        self.panics += other.panics;
        self.timed_out += other.timed_out;
        self.cancelled += other.cancelled;
        self.canaries += other.canaries;
        self.surprises.extend(other.surprises);
    }

    pub fn requests(&self) -> usize {
        self.answers.values().sum()
    }

    pub fn answered(&self, status: u16) -> usize {
        self.answers.get(&status).copied().unwrap_or_default()
    }
}
