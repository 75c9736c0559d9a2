//! The moves of the procedure and who makes them, written by hand from the product's rules.

use vinculo_tests::{GUADALAJARA, JALISCO, SRE};

/// A government, a role there, an action, the scenes where it succeeds, and where it leads.
type Move = (
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static str,
);

const OFFICER: (&str, &str) = (GUADALAJARA, "officer");
const STATE: (&str, &str) = (JALISCO, "liaison");
const INTAKE: (&str, &str) = (SRE, "liaison");
const LEGAL: (&str, &str) = (SRE, "legal_reviewer");
const REGISTRAR: (&str, &str) = (SRE, "registrar");

const fn by(
    who: (&'static str, &'static str),
    action: &'static str,
    from: &'static [&'static str],
    to: &'static str,
) -> Move {
    (who.0, who.1, action, from, to)
}

/// Who moves a case from which scene to which stage.
pub const MOVES: &[Move] = &[
    by(OFFICER, "announce", &["draft", "announced"], "draft"),
    by(OFFICER, "submit", &["draft", "announced"], "state_review"),
    by(
        STATE,
        "forward",
        &["state_review", "escalatable"],
        "federal_intake",
    ),
    by(OFFICER, "escalate", &["escalatable"], "federal_intake"),
    by(
        STATE,
        "return_to_owner",
        &["state_review", "escalatable"],
        "returned",
    ),
    by(INTAKE, "return_to_owner", &["federal_intake"], "returned"),
    by(OFFICER, "resubmit", &["returned"], "state_review"),
    by(OFFICER, "resubmit", &["returned_by_sre"], "federal_intake"),
    by(
        OFFICER,
        "resubmit",
        &["observed", "opinion_unfavorable"],
        "legal_review",
    ),
    by(INTAKE, "accept", &["federal_intake"], "legal_review"),
    by(
        LEGAL,
        "return_to_intake",
        &["legal_review", "regularizing"],
        "federal_intake",
    ),
    by(
        INTAKE,
        "declare_out_of_scope",
        &["federal_intake"],
        "out_of_scope",
    ),
    by(
        LEGAL,
        "declare_out_of_scope",
        &["legal_review", "regularizing"],
        "out_of_scope",
    ),
    by(INTAKE, "reopen", &["out_of_scope"], "federal_intake"),
    by(
        LEGAL,
        "observe",
        &["legal_review", "regularizing"],
        "observed",
    ),
    by(
        LEGAL,
        "issue_opinion",
        &["legal_review"],
        "opinion_favorable",
    ),
    by(LEGAL, "issue_opinion", &["regularizing"], "signed"),
    by(OFFICER, "change_text", &["reworded"], "legal_review"),
    by(
        OFFICER,
        "record_signature",
        &["opinion_favorable"],
        "signed",
    ),
    by(
        OFFICER,
        "send_to_registry",
        &["signed", "unreviewed"],
        "pending_registration",
    ),
    by(REGISTRAR, "query", &["pending_registration"], "signed"),
    by(
        REGISTRAR,
        "register",
        &["pending_registration"],
        "registered",
    ),
    by(OFFICER, "regularize", &["unreviewed"], "legal_review"),
    by(OFFICER, "confirm", &["reported"], "signed"),
    by(OFFICER, "dispute", &["reported"], "reported"),
    by(STATE, "withdraw", &["reported"], "withdrawn"),
    by(OFFICER, "resume", &["abandoned"], "returned"),
    by(OFFICER, "resume", &["abandoned_draft"], "draft"),
    by(
        OFFICER,
        "withdraw",
        &[
            "draft",
            "announced",
            "state_review",
            "escalatable",
            "returned",
            "returned_by_sre",
            "federal_intake",
            "legal_review",
            "observed",
            "opinion_favorable",
            "reworded",
            "opinion_unfavorable",
        ],
        "withdrawn",
    ),
    by(OFFICER, "withdraw", &["regularizing"], "signed"),
];

/// Actions that the stage allows but whose needs the case lacks.
const LACKING: &[(&str, &str, &str)] = &[
    ("escalate", "state_review", "escalation_ground"),
    ("change_text", "opinion_favorable", "text_to_review"),
    ("record_signature", "reworded", "reviewed_text"),
    ("regularize", "signed", "unreviewed"),
];

/// Roles that have an action, but in this stage another one takes it.
const OTHER_ROLE: &[((&str, &str), &str, &[&str])] = &[
    (
        INTAKE,
        "declare_out_of_scope",
        &["legal_review", "regularizing"],
    ),
    (LEGAL, "declare_out_of_scope", &["federal_intake"]),
    ((JALISCO, "officer"), "withdraw", &["reported"]),
];

/// The actions that a government may take in a scene, by whichever role.
fn of_government(tenant: &str, scene: &str) -> &'static [&'static str] {
    match tenant {
        GUADALAJARA => &OF_OWNERS,
        JALISCO if scene == "reported" => &["withdraw"],
        JALISCO => &["forward", "return_to_owner"],
        SRE => &OF_SRE,
        _ => &[],
    }
}

/// Actions of the ministry.
const OF_SRE: [&str; 9] = [
    "return_to_owner",
    "accept",
    "return_to_intake",
    "declare_out_of_scope",
    "reopen",
    "observe",
    "issue_opinion",
    "query",
    "register",
];

/// Actions of the owner's officers.
const OF_OWNERS: [&str; 12] = [
    "announce",
    "submit",
    "escalate",
    "resubmit",
    "change_text",
    "record_signature",
    "send_to_registry",
    "regularize",
    "confirm",
    "dispute",
    "resume",
    "withdraw",
];

/// Who sees a case that came by the normal path through Jalisco.
const STRAIGHT: &[&str] = &[GUADALAJARA, JALISCO, SRE];

/// Who sees a case in each scene.
const SEEN_BY: &[(&str, &[&str])] = &[
    ("draft", &[GUADALAJARA]),
    ("announced", STRAIGHT),
    ("withdrawn", &[GUADALAJARA]),
    ("state_review", &[GUADALAJARA, JALISCO]),
    ("escalatable", &[GUADALAJARA, JALISCO]),
    ("returned", &[GUADALAJARA, JALISCO]),
    ("returned_by_sre", STRAIGHT),
    ("federal_intake", STRAIGHT),
    ("legal_review", STRAIGHT),
    ("observed", STRAIGHT),
    ("opinion_favorable", STRAIGHT),
    ("reworded", STRAIGHT),
    ("opinion_unfavorable", STRAIGHT),
    ("signed", STRAIGHT),
    ("pending_registration", STRAIGHT),
    ("registered", STRAIGHT),
    ("out_of_scope", STRAIGHT),
    ("unreviewed", &[GUADALAJARA, SRE]),
    ("regularizing", &[GUADALAJARA, SRE]),
    ("reported", &[GUADALAJARA, JALISCO]),
    ("abandoned", &[GUADALAJARA, JALISCO]),
    ("abandoned_draft", &[GUADALAJARA]),
];

/// Whether a government was only told that the case exists.
pub fn is_told(tenant: &str, scene: &str) -> bool {
    scene == "announced" && tenant != GUADALAJARA
}

/// The roles without any part in cases.
const OUTSIDE: [&str; 4] = [
    "mission_officer",
    "trainer",
    "committee_member",
    "statistics_reader",
];

/// The table's result for one attempt: the status, and the next stage or the reason of the refusal.
pub fn expected(tenant: &str, role: &str, action: &str, scene: &str) -> (u16, &'static str) {
    let seen = SEEN_BY.iter().find(|(name, _)| *name == scene).unwrap().1;
    if !seen.contains(&tenant) || OUTSIDE.contains(&role) {
        return (404, "");
    }
    let other = OTHER_ROLE.iter().any(|(who, what, scenes)| {
        (*who, *what) == ((tenant, role), action) && scenes.contains(&scene)
    });
    if other {
        return (403, "role");
    }
    let mut mine = MOVES
        .iter()
        .filter(|(whose, who, what, ..)| (*whose, *who, *what) == (tenant, role, action))
        .peekable();
    if mine.peek().is_none() {
        // Another role of the same government may take it, or only another government.
        let here = of_government(tenant, scene).contains(&action);
        return (403, if here { "role" } else { "seat" });
    }
    // Jalisco withdraws the one case that it reported, and reviews the others.
    let reports = scene == "reported";
    if (tenant, role) == STATE && reports != (action == "withdraw") {
        return (403, "seat");
    }
    let lacking = LACKING
        .iter()
        .find(|(what, when, _)| (*what, *when) == (action, scene));
    match (mine.find(|(.., from, _)| from.contains(&scene)), lacking) {
        (Some((.., to)), _) => (200, to),
        (None, Some((.., need))) => (422, need),
        (None, None) => (409, "stage"),
    }
}
