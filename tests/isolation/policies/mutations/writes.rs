//! Faults in what a context can write, and in the functions that the policies call.

use super::{Fault, fault};

pub const FAULTS: &[Fault] = &[
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
        "adds ON score_methods",
        "every government adds a version",
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
        "anybody ends another's access",
        &[("agreement_id = (SELECT acted_case())", "true")],
    ),
    fault(
        "stamps ON agreement_access",
        "another government's line",
        &[("viewer_tenant = (SELECT app_actor()) AND ", "")],
    ),
    fault(
        "removes ON document_access",
        "anybody ends another's access of a document",
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
        &[("ELSE a.version END", "ELSE a.version + 100 END")],
    ),
    fault(
        "seen_version()",
        "steps before a correction that it does not follow",
        &[("a.known_version > 0", "false")],
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
