//! Faults injected into the rules that let a government act for another.

use super::mutations::{Fault, fault};

pub const FAULTS: &[Fault] = &[
    fault(
        "opened_case()",
        "a case that somebody has a seat in is opened once more",
        &[("AND NOT EXISTS", "AND true OR NOT EXISTS")],
    ),
    fault(
        "opened_case()",
        "anybody opens a case for anybody",
        &[("public.is_guardian()", "true")],
    ),
    fault(
        "is_guardian()",
        "any government of another state",
        &[("g.parent_id = public.app_actor() AND", "")],
    ),
    fault(
        "kept_case()",
        "whoever acts writes the owner's content",
        &[("AND g.keeps", "")],
    ),
    fault(
        "kept_case()",
        "an agent whose time is over",
        &[
            ("AND g.until IS NULL", ""),
            ("AND g.keeps AND g.acts", "AND g.reason = 'agent'"),
        ],
    ),
    fault(
        "lent_book()",
        "a state reads its municipalities' counterparts",
        &[("public.is_ministry() AND", "")],
    ),
    fault(
        "swept_tenant()",
        "anybody's files",
        &[(
            "public.app_case() = '*' AND public.app_tenant() = public.app_actor()",
            "true",
        )],
    ),
    fault(
        "on_behalf()",
        "the ministry acts for whole governments again",
        &[("RETURN FALSE", "RETURN public.is_ministry()")],
    ),
    fault(
        "guards ON memberships",
        "who works for any government",
        &[("AND (SELECT is_guardian())", "")],
    ),
    fault(
        "keeps_changes ON agreement_drafts",
        "drafts of other cases too",
        &[("AND agreement_id = (SELECT kept_case())", "")],
    ),
    fault(
        "keeps_removes ON agreement_counterparts",
        "whoever acts takes counterparts out",
        &[("(SELECT kept_case())", "(SELECT acted_case())")],
    ),
    fault(
        "owns_reads ON counterparts",
        "everybody's counterparts",
        &[("tenant_id = (SELECT app_actor())", "true")],
    ),
    fault(
        "keeps ON import_rows",
        "what others brought in",
        &[("USING (tenant_id = (SELECT app_actor()))", "USING (true)")],
    ),
    fault(
        "keeps ON storage_use",
        "how much others have added",
        &[("USING (tenant_id = (SELECT app_actor()))", "USING (true)")],
    ),
    fault(
        "undone_case()",
        "what was brought in and is not being taken back",
        &[("AND b.undone_at IS NOT NULL", "")],
    ),
    fault(
        "undoes_reads ON agreements",
        "every case that relates to another",
        &[("(SELECT undone_case())", "relates_to")],
    ),
];
