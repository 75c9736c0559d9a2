//! Faults that the tests sow into the code to show that they would be found.
//!
//! They exist only with the cargo feature `faults`, which nothing but the tests' own package may
//! switch on (the test command checks it). Without it every question here is a constant `false`
//! and the compiler removes what stands behind it.

/// The faults of the code by name, each with what it breaks. Beside these, every filter by
/// government that `persistence::barrier::whose` makes can be dropped: see [`drops`].
pub const FAULTS: &[(&str, &str)] = &[];

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
