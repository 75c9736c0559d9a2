//! Faults in what belongs to the clocks of cases, and in what is set for them and for scores.

use super::{Fault, fault};

pub const FAULTS: &[Fault] = &[
    fault(
        "reads ON agreement_turns",
        "the owner's time before it sent the case",
        &[("stage <> 'draft' AND", "")],
    ),
    fault(
        "reads ON agreement_turns",
        "turns after the last step sent",
        &[("AND version <= (SELECT seen_version())", "")],
    ),
    fault(
        "reads ON agreement_urgencies",
        "haste after the last step sent",
        &[("AND version <= (SELECT seen_version())", "")],
    ),
    fault(
        "keeps ON agreement_assignments",
        "who works on a case anywhere",
        &[(
            "USING (viewer_tenant = (SELECT app_actor()))",
            "USING (true)",
        )],
    ),
    fault(
        "reads ON targets",
        "an owner's own targets",
        &[("promise AND (SELECT app_actor()) <> 'public'", "true")],
    ),
    fault(
        "reads ON score_methods",
        "who has not signed in",
        &[("AND (SELECT app_actor()) <> 'public'", "")],
    ),
    fault(
        "changes ON calendars",
        "another's calendar",
        &[
            ("USING (tenant_id = (SELECT app_actor()))", "USING (true)"),
            (
                "WITH CHECK (tenant_id = (SELECT app_actor()) AND acting_tenant = (SELECT app_actor()))",
                "WITH CHECK (true)",
            ),
        ],
    ),
];
