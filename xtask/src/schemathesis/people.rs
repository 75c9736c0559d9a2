//! Who sends the requests, and for which paths.

/// The phases for everyone after the first to ask for a path. A request made up from a schema
/// alone is refused before the service checks who sends it, so the first one asks enough of those.
const SHORT_PHASES: &str = "--phases=examples,fuzzing,stateful";

/// A municipality's officer, a state's liaison and the ministry's administrator, the only one of
/// the ministry's people who reaches the mechanisms and the register of reads; and the ministry's
/// registrar, only for the registry, which nobody else annotates.
pub const PEOPLE: [Person; 4] = [
    Person::all("officer@14039", "^/"),
    Person::all("registrar@00", "^/v1/registry"),
    Person::all("liaison@14", "^/"),
    Person::all("admin@00", "^/"),
];

/// The same people in the short tier, for two services, which take about as long. What takes
/// the same parameters by the same code as another path is asked less: lists with filters but one, the
/// other families of figures, one's own, tables as CSV, and networks and commitments.
pub const SHORT_PEOPLE: [&[Person]; 2] = [
    &[
        Person::all(
            "officer@14039",
            "^/(?!v1/(commitments|counterparts|directory|networks|partners|past-agreements|referrals|registry|statistics))",
        ),
        Person::few("officer@14039", "^/v1/(directory|partners|registry$)"),
        Person::few("liaison@14", "^/"),
    ],
    &[
        Person::all(
            "officer@14039",
            "^/v1/(counterparts|past-agreements|referrals|registry/|statistics/(stock$|flow$|records))",
        ),
        Person::few(
            "officer@14039",
            "^/v1/(commitments|networks|statistics/(?!stock$|flow$|records))",
        ),
        Person::few("registrar@00", "^/v1/registry"),
        Person::few("admin@00", "^/"),
    ],
];

/// Kinds of records that the short tier leaves out: all kinds have the same operations, made by the same
/// code. It asks for one that an officer writes, one that is answered by another government, and one
/// that the ministry keeps.
pub const ALIKE: [&str; 10] = [
    "advisory-cases",
    "budgets",
    "committees",
    "international-offices",
    "library-items",
    "meetings",
    "memberships",
    "missions",
    "staff-members",
    "territory-profiles",
];

/// Somebody who sends requests.
pub struct Person {
    pub name: &'static str,
    /// The paths that are requested as them.
    pub paths: &'static str,
    pub phases: Option<&'static str>,
}

impl Person {
    const fn all(name: &'static str, paths: &'static str) -> Self {
        Self {
            name,
            paths,
            phases: None,
        }
    }

    const fn few(name: &'static str, paths: &'static str) -> Self {
        Self {
            name,
            paths,
            phases: Some(SHORT_PHASES),
        }
    }
}
