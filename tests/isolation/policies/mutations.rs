//! Faults injected into the policies.

mod clocks;
mod reads;
mod records;
mod writes;

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use vinculo_tests::Scratch;

/// The newest first: the newest definition of a policy is the valid one.
const MIGRATIONS: [&str; 17] = [
    include_str!("../../../migrations/postgres/0026_record_sums/up.sql"),
    include_str!("../../../migrations/postgres/0025_record_counts/up.sql"),
    include_str!("../../../migrations/postgres/0022_overlaps/up.sql"),
    include_str!("../../../migrations/postgres/0021_scores/up.sql"),
    include_str!("../../../migrations/postgres/0020_record_changes/up.sql"),
    include_str!("../../../migrations/postgres/0019_records/up.sql"),
    include_str!("../../../migrations/postgres/0017_mended_records/up.sql"),
    include_str!("../../../migrations/postgres/0015_tags/up.sql"),
    include_str!("../../../migrations/postgres/0013_storage/up.sql"),
    include_str!("../../../migrations/postgres/0010_acting/up.sql"),
    include_str!("../../../migrations/postgres/0009_figures/up.sql"),
    include_str!("../../../migrations/postgres/0008_annotations/up.sql"),
    include_str!("../../../migrations/postgres/0007_clauses/up.sql"),
    include_str!("../../../migrations/postgres/0006_clocks/up.sql"),
    include_str!("../../../migrations/postgres/0005_signing/up.sql"),
    include_str!("../../../migrations/postgres/0003_ended_sight/up.sql"),
    include_str!("../../../migrations/postgres/0002_row_security/up.sql"),
];

/// Where the fault of a function shows, for those that show in few contexts: this table is asked first,
/// because to ask all of them takes up to twenty seconds.
const SHOWS_IN: [(&str, &str); 7] = [
    ("acted_record()", "record_facets"),
    ("inscribed_case()", "agreement_facts"),
    ("kept_case()", "external_ids"),
    ("leaving_case()", "agreement_drafts"),
    ("lent_book()", "external_ids"),
    ("seen_version()", "history"),
    ("undone_case()", "agreement_drafts"),
];

/// A change to one statement of the migrations.
pub struct Fault {
    /// The policy, as `name ON table`, or the function.
    pub on: &'static str,
    /// What is wrong with the fault in place.
    pub what: &'static str,
    /// Text in the statement, and the text that replaces it.
    pub edits: &'static [(&'static str, &'static str)],
}

pub(super) const fn fault(
    on: &'static str,
    what: &'static str,
    edits: &'static [(&'static str, &'static str)],
) -> Fault {
    Fault { on, what, edits }
}

/// Every fault.
pub fn faults() -> Vec<&'static Fault> {
    reads::FAULTS
        .iter()
        .chain(writes::FAULTS)
        .chain(clocks::FAULTS)
        .chain(records::FAULTS)
        .collect()
}

impl Fault {
    /// The statement as migrated.
    fn sound(&self) -> &'static str {
        let heads = if self.is_function() {
            let on = self.on;
            vec![
                format!("CREATE FUNCTION {on}"),
                format!("CREATE OR REPLACE FUNCTION {on}"),
            ]
        } else {
            vec![format!("CREATE POLICY {} ", self.on)]
        };
        let end = if self.is_function() { "END $$;" } else { ";\n" };
        let found = MIGRATIONS.iter().find_map(|text| {
            let from = heads.iter().find_map(|head| text.find(head))?;
            let rest = &text[from..];
            Some(&rest[..rest.find(end)? + end.len()])
        });
        found.unwrap_or_else(|| panic!("{} is in no migration", self.on))
    }

    /// The table that is asked first: that of the policy, or the one where a function's fault shows.
    pub fn table(&self) -> Option<&'static str> {
        let of_policy = self.on.split_once(" ON ").map(|(_policy, table)| table);
        let mut functions = SHOWS_IN.iter();
        of_policy.or_else(|| Some(functions.find(|(name, _)| *name == self.on)?.1))
    }

    fn is_function(&self) -> bool {
        self.on.ends_with(')')
    }

    pub fn inject(&self, scratch: &Scratch) {
        let sound = self.sound();
        let faulty = self
            .edits
            .iter()
            .fold(sound.to_owned(), |text, (from, to)| text.replace(from, to));
        assert_ne!(faulty, sound, "{}: {} changes nothing", self.on, self.what);
        self.put(scratch, &faulty);
    }

    pub fn mend(&self, scratch: &Scratch) {
        self.put(scratch, self.sound());
    }

    fn put(&self, scratch: &Scratch, statement: &str) {
        let statement = if self.is_function() {
            let statement = statement.replacen("CREATE OR REPLACE", "CREATE", 1);
            statement.replacen("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)
        } else {
            format!("DROP POLICY {}; {statement}", self.on)
        };
        let mut conn = PgConnection::establish(&scratch.owner_url).unwrap();
        conn.batch_execute(&statement)
            .unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
}
