//! The faults that are sown into the policies.

mod clocks;

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use vinculo_tests::Scratch;

/// The newest first: what it says of a policy holds.
const MIGRATIONS: [&str; 8] = [
    include_str!("../../../migrations/postgres/0010_acting/up.sql"),
    include_str!("../../../migrations/postgres/0009_figures/up.sql"),
    include_str!("../../../migrations/postgres/0008_annotations/up.sql"),
    include_str!("../../../migrations/postgres/0007_clauses/up.sql"),
    include_str!("../../../migrations/postgres/0006_clocks/up.sql"),
    include_str!("../../../migrations/postgres/0005_signing/up.sql"),
    include_str!("../../../migrations/postgres/0003_ended_sight/up.sql"),
    include_str!("../../../migrations/postgres/0002_row_security/up.sql"),
];

/// A change of one statement of the migrations.
pub struct Fault {
    /// The policy, as `name ON table`, or the function.
    pub on: &'static str,
    /// What is wrong then.
    pub what: &'static str,
    /// What stands in the statement, and what stands there instead.
    pub edits: &'static [(&'static str, &'static str)],
}

pub(super) const fn fault(
    on: &'static str,
    what: &'static str,
    edits: &'static [(&'static str, &'static str)],
) -> Fault {
    Fault { on, what, edits }
}

const OWN: &str = "(SELECT app_tenant()) = (SELECT app_actor())";

/// Every fault.
pub fn faults() -> Vec<&'static Fault> {
    FAULTS.iter().chain(clocks::FAULTS).collect()
}

const FAULTS: &[Fault] = &[
    fault(
        "reads ON agreement_access",
        "everybody sees every row",
        &[("viewer_tenant = (SELECT app_actor())", "true")],
    ),
    fault(
        "reads ON agreement_access",
        "the owner's column for the viewer's",
        &[(
            "viewer_tenant = (SELECT app_actor())",
            "owner_tenant = (SELECT app_actor())",
        )],
    ),
    fault(
        "reads ON agreement_facts",
        "what every government counts",
        &[("viewer_tenant = 'public'", "true")],
    ),
    fault(
        "reads ON agreement_spells",
        "how long cases of others took",
        &[("viewer_tenant = (SELECT app_actor())", "true")],
    ),
    fault(
        "adds ON agreement_facts",
        "counted in another's case",
        &[("agreement_id = (SELECT acted_case())", "true")],
    ),
    fault(
        "reads ON document_access",
        "government and actor swapped",
        &[(
            "viewer_tenant = (SELECT app_actor())",
            "viewer_tenant = (SELECT app_tenant())",
        )],
    ),
    fault(
        "reads ON agreements",
        "whoever names the owner reads the head",
        &[(OWN, "true")],
    ),
    fault(
        "reads ON agreement_drafts",
        "whoever sees the case reads the draft",
        &[("(SELECT full_case())", "(SELECT seen_case())")],
    ),
    fault(
        "reads ON agreement_parties",
        "whoever names the owner reads the parties",
        &[(OWN, "true")],
    ),
    fault(
        "reads ON agreement_counterparts",
        "the third government is not compared",
        &[(
            "counterpart_tenant = (SELECT app_actor())",
            "counterpart_tenant = counterpart_tenant",
        )],
    ),
    fault(
        "reads ON agreement_grants",
        "the case is not compared",
        &[("agreement_id = (SELECT app_case()) AND", "")],
    ),
    fault(
        "reads ON documents",
        "any document of an owner that opened one",
        &[("d.document_id = documents.id AND", "")],
    ),
    fault(
        "reads ON submissions",
        "any submission of an owner that sent one",
        &[("s.submission_id = submissions.id AND", "")],
    ),
    fault(
        "reads ON text_sets",
        "whichever set of the case",
        &[("AND s.text_set = text_sets.number", "")],
    ),
    fault(
        "reads ON text_clauses",
        "the clauses of whichever set",
        &[("AND s.text_set = text_clauses.text_set", "")],
    ),
    fault(
        "adds ON text_clauses",
        "whoever acts on a case writes clauses",
        &[("tenant_id = (SELECT held_tenant()) AND", "")],
    ),
    fault(
        "reads ON remarks",
        "remarks of every reviewer",
        &[(
            "acting_tenant = (SELECT app_actor())",
            "acting_tenant = acting_tenant",
        )],
    ),
    fault(
        "reads ON opinions",
        "whoever sees the case reads the opinion",
        &[("(SELECT full_case())", "(SELECT seen_case())")],
    ),
    fault(
        "reads ON signatories",
        "whoever sees the case reads who signed",
        &[("(SELECT signed_case())", "(SELECT seen_case())")],
    ),
    fault(
        "reads ON history",
        "the owner's own steps too",
        &[("shared AND", "")],
    ),
    fault(
        "reads ON history",
        "steps after the last one sent",
        &[("AND version <= (SELECT seen_version())", "")],
    ),
    fault(
        "reads ON counterparts",
        "what is for the ministry is for all",
        &[(
            "visibility = 'government' AND (SELECT is_ministry())",
            "visibility = 'government'",
        )],
    ),
    fault(
        "reads ON counterparts",
        "private ones too",
        &[(
            "visibility = 'network' AND",
            "visibility IN ('network', 'private') AND",
        )],
    ),
    fault(
        "reads ON search_words",
        "everybody's words",
        &[("viewer = (SELECT app_actor())", "true")],
    ),
    fault(
        "reads ON memberships",
        "everybody at any desk",
        &[("role = 'liaison'", "true")],
    ),
    fault(
        "keeps ON idempotency_keys",
        "answers of every government",
        &[("USING (tenant_id = (SELECT app_actor()))", "USING (true)")],
    ),
    fault(
        "reads ON audit_log",
        "the trail of everybody",
        &[("acting_tenant = (SELECT app_actor())", "true")],
    ),
    fault(
        "reads ON audit_owners",
        "who read whose records",
        &[("tenant_id = (SELECT app_actor())", "true")],
    ),
    fault(
        "changes ON agreements",
        "no WITH CHECK: whoever sees a case changes it",
        &[(
            "WITH CHECK (tenant_id = (SELECT app_tenant()) AND (id = (SELECT acted_case()) OR (SELECT on_behalf())))",
            "",
        )],
    ),
    fault(
        "changes ON agreement_drafts",
        "WITH CHECK that lets all pass",
        &[(
            "WITH CHECK (tenant_id = (SELECT held_tenant())",
            "WITH CHECK (true",
        )],
    ),
    fault(
        "adds ON agreement_grants",
        "anybody gives itself a seat",
        &[("agreement_id = (SELECT acted_case())", "true")],
    ),
    fault(
        "adds ON documents",
        "no grant to act is asked",
        &[(
            "(agreement_id = (SELECT acted_case()) OR (SELECT on_behalf()))",
            "true",
        )],
    ),
    fault(
        "adds ON opinions",
        "not the ministry alone",
        &[("AND (SELECT is_ministry())", "")],
    ),
    fault(
        "adds ON audit_log",
        "in another's name",
        &[("acting_tenant = (SELECT app_actor())", "true")],
    ),
    fault(
        "adds ON history",
        "in another's case",
        &[(
            "tenant_id = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf()))",
            "true",
        )],
    ),
    fault(
        "removes ON agreement_access",
        "anybody ends another's sight",
        &[("agreement_id = (SELECT acted_case())", "true")],
    ),
    fault(
        "removes ON document_access",
        "anybody ends another's sight of a document",
        &[("agreement_id = (SELECT acted_case())", "true")],
    ),
    fault(
        "adds ON search_words",
        "words under another's name",
        &[("subject_id = (SELECT acted_case())", "true")],
    ),
    fault(
        "reads ON document_classifications",
        "of any document of an owner that opened one",
        &[(
            "d.document_id = document_classifications.document_id AND",
            "",
        )],
    ),
    fault(
        "adds ON document_classifications",
        "whoever reads a document decides on it",
        &[(
            "AND d.acting_tenant = document_classifications.acting_tenant",
            "",
        )],
    ),
    fault(
        "adds ON annotations",
        "anybody annotates",
        &[("agreement_id = (SELECT inscribed_case())", "true")],
    ),
    fault(
        "annotates_adds ON agreement_facts",
        "facts of any case",
        &[("agreement_id = (SELECT inscribed_case())", "true")],
    ),
    fault(
        "changes ON consolidations",
        "whoever names the owner rewrites the record",
        &[(
            "(agreement_id = (SELECT inscribed_case()) OR agreement_id = (SELECT acted_case()))",
            "true",
        )],
    ),
    fault(
        "removes ON inscription_standings",
        "anybody removes the standing",
        &[("AND i.agreement_id = (SELECT inscribed_case())", "")],
    ),
    fault(
        "inscribed_case()",
        "not the ministry alone",
        &[("AND public.is_ministry()", "")],
    ),
    fault(
        "acted_case()",
        "grants that have ended count",
        &[
            ("AND g.until IS NULL", ""),
            ("g.acts AND", ""),
            ("AND g.acts", ""),
        ],
    ),
    fault(
        "held_tenant()",
        "whoever names the owner stands on its side",
        &[("public.app_tenant() = public.app_actor()", "true")],
    ),
    fault(
        "seen_version()",
        "more than was sent",
        &[("SELECT a.version FROM", "SELECT a.version + 100 FROM")],
    ),
    fault(
        "adds ON party_approvals",
        "in another party's name",
        &[("government_id = (SELECT app_actor())", "true")],
    ),
    fault(
        "adds ON administrations",
        "of any government",
        &[("tenant_id = (SELECT app_actor()) OR", "true OR")],
    ),
    fault(
        "changes ON government_bodies",
        "of any government",
        &[("tenant_id = (SELECT app_actor())", "true")],
    ),
    fault(
        "leaving_case()",
        "who left once goes on writing",
        &[("AND d.xmin = pg_current_xact_id_if_assigned()::xid", "")],
    ),
];

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

    fn is_function(&self) -> bool {
        self.on.ends_with(')')
    }

    pub fn sow(&self, scratch: &Scratch) {
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
