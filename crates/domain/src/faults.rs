//! Faults that the tests sow into the code to show that they would be found.
//!
//! They exist only with the cargo feature `faults`, which nothing but the tests' own package may
//! switch on (the test command checks it). Without it every question here is a constant `false`
//! and the compiler removes what stands behind it.

/// The faults of the code by name, each with what it breaks. Beside these, every filter by
/// government that `persistence::barrier::whose` makes can be dropped: see [`drops`].
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
];

/// The name under which all filters by government are dropped at once.
pub const NO_FILTERS: &str = "no filters";

#[cfg(not(feature = "faults"))]
mod switch {
    /// Whether the fault is sown.
    #[inline(always)]
    pub const fn seeded(_name: &str) -> bool {
        false
    }

    /// Whether the filter on this column is dropped.
    #[inline(always)]
    pub const fn drops(_column: &str) -> bool {
        false
    }
}

#[cfg(feature = "faults")]
mod switch {
    use super::{FAULTS, NO_FILTERS};
    use std::sync::RwLock;
    use std::sync::atomic::{AtomicBool, Ordering};

    static ANY: AtomicBool = AtomicBool::new(false);
    static SOWN: RwLock<Vec<String>> = RwLock::new(Vec::new());

    fn has(matches: impl Fn(&str) -> bool) -> bool {
        ANY.load(Ordering::Relaxed)
            && SOWN
                .read()
                .is_ok_and(|sown| sown.iter().any(|name| matches(name)))
    }

    /// Whether the fault is sown.
    pub fn seeded(name: &str) -> bool {
        debug_assert!(
            FAULTS.iter().any(|(known, _)| *known == name),
            "{name} is not on the list of faults"
        );
        has(|sown| sown == name)
    }

    /// Whether the filter on this column is dropped: alone, by its path, such as
    /// `agreement_access::columns::viewer_tenant`, or with all others.
    pub fn drops(column: &str) -> bool {
        has(|sown| sown == NO_FILTERS || column.ends_with(sown))
    }

    /// Sows these faults and no others, in the whole process.
    pub fn sow(names: &[&str]) {
        if let Ok(mut sown) = SOWN.write() {
            *sown = names.iter().map(|name| (*name).to_owned()).collect();
            ANY.store(!sown.is_empty(), Ordering::Relaxed);
        }
    }
}

pub use switch::*;
