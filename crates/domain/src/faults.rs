//! Injected faults: the tests switch them on to show that they would detect them.
//!
//! They exist only with the cargo feature `faults`, which only the tests' own package may enable
//! (the test command checks this). Without it every function here returns a constant `false`, and
//! the compiler removes the code that depends on it.

/// The injected faults by name, each with what it breaks. In addition, every filter by government
/// that `persistence::barrier::tenant_eq` makes can be dropped: see [`drops`].
pub const FAULTS: &[(&str, &str)] = &[
    (
        "any government's cursor",
        "a cursor is sealed without its government",
    ),
    (
        "any government's key",
        "a key of repetition is kept without its government and person",
    ),
    (
        "any person's key",
        "a key of repetition is kept without its person",
    ),
    ("any role", "the roles are not asked for the action"),
    (
        "any reader",
        "the roles are not asked for the sight of cases",
    ),
    (
        "any seat",
        "the part in the case is not asked for the action",
    ),
    (
        "parents see",
        "a state sees a case of its municipality as the owner does",
    ),
    (
        "reviewers see all",
        "what was submitted is shown to a reviewer as to the owner",
    ),
    (
        "quiet history",
        "the owner's own steps are shown to a reviewer",
    ),
    (
        "anywhere's document",
        "a document is served under any case in sight",
    ),
    (
        "version of the head",
        "a case is shown with its newest version, whoever may know it",
    ),
    ("tag without viewer", "a tag is made of the version alone"),
    (
        "rename untold",
        "the cases that name a counterpart are not told that it changed",
    ),
    ("ended session", "a session that was ended goes on"),
    (
        "suspended government",
        "a suspended government's people act",
    ),
    ("suspended person", "a suspended person acts"),
    ("expired token", "the end of a token is not compared"),
    (
        "one person for both",
        "the separation of duties is not asked",
    ),
    ("silent refusals", "a refusal is not put on record"),
    (
        "silent reads",
        "a read of another's record is not put on record",
    ),
    ("dry runs are kept", "what a dry run wrote is kept"),
    ("any record", "a record is shown whoever asks"),
    (
        "everybody is the owner",
        "what only the owner reads of a record is shown to everybody",
    ),
    (
        "names of others",
        "a record shows the ids of what its reader does not see",
    ),
    (
        "any target",
        "a list of records is filtered by what its reader does not see",
    ),
    (
        "versions for everybody",
        "the history of a record is shown to everybody who sees the record",
    ),
    (
        "any member",
        "who is named by no committee writes what belongs to one",
    ),
    (
        "a private record in public",
        "a private record is found by everybody",
    ),
    ("sums of all", "sums add up what is out of sight"),
];

/// Injected faults of durability, which the fault suite must detect (`tests/faults`). They break a
/// promise in a way that shows only when something outside fails too.
pub const CARELESS: &[(&str, &str)] = &[
    (
        "answers without a commit",
        "now and then a write is answered as done and not kept",
    ),
    (
        "nothing is synced",
        "a commit is not on the disk when it is answered",
    ),
];

/// The name that drops all filters by government at once.
pub const NO_FILTERS: &str = "no filters";

/// The engine is lost during the commit and keeps nothing.
pub const DURING_COMMIT: &str = "during commit";
/// The engine is lost after the commit, before it reports it.
pub const AFTER_COMMIT: &str = "after commit";

#[cfg(not(feature = "faults"))]
mod switch {
    /// Whether the engine is lost at this point of the request with this key.
    #[inline(always)]
    pub const fn strikes(_point: &str, _key: Option<&str>) -> bool {
        false
    }

    /// Whether the fault is injected.
    #[inline(always)]
    pub const fn seeded(_name: &str) -> bool {
        false
    }

    /// Whether the filter on this column is dropped.
    #[inline(always)]
    pub const fn drops(_column: &str) -> bool {
        false
    }

    /// Never reads which faults to inject.
    #[inline(always)]
    pub fn sow_as_told(_told: impl FnOnce() -> Option<String>) -> Vec<String> {
        Vec::new()
    }
}

#[cfg(feature = "faults")]
mod switch {
    use super::{CARELESS, FAULTS, NO_FILTERS};
    use std::sync::RwLock;
    use std::sync::atomic::{AtomicBool, Ordering};

    static ANY: AtomicBool = AtomicBool::new(false);
    static INJECTED: RwLock<Vec<String>> = RwLock::new(Vec::new());
    static STRIKES: RwLock<Vec<(String, String)>> = RwLock::new(Vec::new());

    /// Makes the engine fail once, at this point of the next request with this key. This is not a
    /// fault in our code but an outside event.
    pub fn strike(point: &str, key: &str) {
        if let Ok(mut strikes) = STRIKES.write() {
            strikes.push((point.to_owned(), key.to_owned()));
        }
    }

    /// Whether the engine is lost at this point of the request with this key.
    pub fn strikes(point: &str, key: Option<&str>) -> bool {
        let Some(key) = key else { return false };
        STRIKES.write().is_ok_and(|mut strikes| {
            let before = strikes.len();
            strikes.retain(|(at, of)| at != point || of != key);
            strikes.len() < before
        })
    }

    fn has(matches: impl Fn(&str) -> bool) -> bool {
        ANY.load(Ordering::Relaxed)
            && INJECTED
                .read()
                .is_ok_and(|injected| injected.iter().any(|name| matches(name)))
    }

    /// Whether the fault is injected.
    pub fn seeded(name: &str) -> bool {
        assert!(
            FAULTS
                .iter()
                .chain(CARELESS)
                .any(|(known, _)| *known == name),
            "{name} is not on the list of faults"
        );
        has(|injected| injected == name)
    }

    /// Whether the filter on this column is dropped: by itself, by its path such as
    /// `agreement_access::columns::viewer_tenant`, or together with all others.
    pub fn drops(column: &str) -> bool {
        has(|injected| injected == NO_FILTERS || column.ends_with(injected))
    }

    /// Injects these faults and no others, for the whole process.
    pub fn inject(names: &[&str]) {
        if let Ok(mut injected) = INJECTED.write() {
            *injected = names.iter().map(|name| (*name).to_owned()).collect();
            ANY.store(!injected.is_empty(), Ordering::Relaxed);
        }
    }

    /// Injects the faults listed at process start, separated by semicolons, and returns their
    /// names.
    pub fn sow_as_told(told: impl FnOnce() -> Option<String>) -> Vec<String> {
        let told = told().unwrap_or_default();
        let names: Vec<&str> = told
            .split(';')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .collect();
        if !names.is_empty() {
            inject(&names);
        }
        names.into_iter().map(str::to_owned).collect()
    }
}

pub use switch::*;
