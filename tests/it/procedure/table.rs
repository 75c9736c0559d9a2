//! The moves of the procedure and who makes them, written by hand from the product's rules.

use vinculo_tests::{GUADALAJARA, JALISCO, SRE};

/// Who moves what from where to where.
pub const MOVES: &[(&str, &str, &str, &[&str], &str)] = &[
    (GUADALAJARA, "officer", "submit", &["draft"], "state_review"),
    (
        JALISCO,
        "liaison",
        "forward",
        &["state_review"],
        "federal_intake",
    ),
    (
        JALISCO,
        "liaison",
        "return_to_owner",
        &["state_review"],
        "returned",
    ),
    (
        SRE,
        "liaison",
        "return_to_owner",
        &["federal_intake"],
        "returned",
    ),
    (
        GUADALAJARA,
        "officer",
        "resubmit",
        &["returned"],
        "state_review",
    ),
    (
        GUADALAJARA,
        "officer",
        "resubmit",
        &["observed", "opinion_unfavorable"],
        "legal_review",
    ),
    (
        SRE,
        "liaison",
        "accept",
        &["federal_intake"],
        "legal_review",
    ),
    (
        SRE,
        "legal_reviewer",
        "observe",
        &["legal_review"],
        "observed",
    ),
    (
        SRE,
        "legal_reviewer",
        "issue_opinion",
        &["legal_review"],
        "opinion_favorable",
    ),
    (
        GUADALAJARA,
        "officer",
        "record_signature",
        &["opinion_favorable"],
        "signed",
    ),
    (
        GUADALAJARA,
        "officer",
        "send_to_registry",
        &["signed"],
        "pending_registration",
    ),
    (
        SRE,
        "registrar",
        "register",
        &["pending_registration"],
        "registered",
    ),
    (
        GUADALAJARA,
        "officer",
        "withdraw",
        &[
            "draft",
            "state_review",
            "returned",
            "federal_intake",
            "legal_review",
            "observed",
            "opinion_favorable",
            "opinion_unfavorable",
        ],
        "withdrawn",
    ),
];

/// What the owner's officers do; officers elsewhere do the same with cases of their own.
const OF_OWNERS: [&str; 5] = [
    "submit",
    "resubmit",
    "record_signature",
    "send_to_registry",
    "withdraw",
];

/// Who sees a case in a stage reached by the straight road through Jalisco.
const SEEN_BY: &[(&str, &[&str])] = &[
    ("draft", &[GUADALAJARA]),
    ("withdrawn", &[GUADALAJARA]),
    ("state_review", &[GUADALAJARA, JALISCO]),
    ("returned", &[GUADALAJARA, JALISCO]),
    ("federal_intake", &[GUADALAJARA, JALISCO, SRE]),
    ("legal_review", &[GUADALAJARA, JALISCO, SRE]),
    ("observed", &[GUADALAJARA, JALISCO, SRE]),
    ("opinion_favorable", &[GUADALAJARA, JALISCO, SRE]),
    ("opinion_unfavorable", &[GUADALAJARA, JALISCO, SRE]),
    ("signed", &[GUADALAJARA, JALISCO, SRE]),
    ("pending_registration", &[GUADALAJARA, JALISCO, SRE]),
    ("registered", &[GUADALAJARA, JALISCO, SRE]),
];

/// The roles that have no part in cases at all.
const OUTSIDE: [&str; 4] = [
    "mission_officer",
    "trainer",
    "committee_member",
    "statistics_reader",
];

/// What the table says of one attempt: the status, and the next stage or the reason why not.
pub fn expected(tenant: &str, role: &str, action: &str, stage: &str) -> (u16, &'static str) {
    let seen = SEEN_BY.iter().find(|(name, _)| *name == stage).unwrap().1;
    if !seen.contains(&tenant) || OUTSIDE.contains(&role) {
        return (404, "");
    }
    let mut mine = MOVES
        .iter()
        .filter(|(whose, who, what, ..)| (*whose, *who, *what) == (tenant, role, action))
        .peekable();
    if mine.peek().is_none() {
        let elsewhere = role == "officer" && OF_OWNERS.contains(&action);
        return (403, if elsewhere { "seat" } else { "role" });
    }
    match mine.find(|(.., from, _)| from.contains(&stage)) {
        Some((.., to)) => (200, to),
        None => (409, "stage"),
    }
}
