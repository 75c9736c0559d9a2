//! Faults in what a context can read.

use super::{Fault, fault};

const OWN: &str = "(SELECT app_tenant()) = (SELECT app_actor())";

pub const FAULTS: &[Fault] = &[
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
        "the audit log of everybody",
        &[("acting_tenant = (SELECT app_actor())", "true")],
    ),
    fault(
        "reads ON audit_owners",
        "who read whose records",
        &[("tenant_id = (SELECT app_actor())", "true")],
    ),
];
