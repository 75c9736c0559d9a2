//! Who may write to each table of a case.

/// Who may write.
#[derive(Clone, Copy)]
pub enum May {
    /// Nobody in these tests.
    Nobody,
    /// The owner, and the government that keeps the case for it.
    Owner,
    /// The owner itself.
    OwnerAlone,
    /// Any government that acts on the case.
    Acting,
    /// The owner acting on the case, and the government that keeps it.
    OwnerActing,
    /// The ministry, acting on the case.
    MinistryActing,
    /// The party that the row belongs to, acting on the case at the level of the owner's side.
    PartyActing,
    /// The ministry, for an inscribed case, whoever holds it.
    Annotating,
    /// The same, or any government that acts on the case.
    ActingOrAnnotating,
    /// The government that added the document.
    Sender,
    /// A government that sees the case: its own line.
    Seeing,
}

/// The tables of a case, with who may add, change and remove their rows.
pub const TABLES: &[(&str, May, May, May)] = &[
    ("agreement_drafts", May::Owner, May::Owner, May::OwnerAlone),
    ("agreement_parties", May::Owner, May::Owner, May::Owner),
    (
        "agreement_counterparts",
        May::Owner,
        May::Nobody,
        May::Owner,
    ),
    ("agreement_grants", May::Acting, May::Acting, May::Nobody),
    ("agreement_access", May::Acting, May::Seeing, May::Acting),
    (
        "agreement_facts",
        May::ActingOrAnnotating,
        May::ActingOrAnnotating,
        May::Nobody,
    ),
    (
        "agreement_fact_values",
        May::ActingOrAnnotating,
        May::Nobody,
        May::Nobody,
    ),
    ("agreement_spells", May::Acting, May::Acting, May::Nobody),
    (
        "document_access",
        May::ActingOrAnnotating,
        May::Nobody,
        May::Acting,
    ),
    ("submission_access", May::Acting, May::Nobody, May::Nobody),
    ("documents", May::Acting, May::Nobody, May::Nobody),
    ("submissions", May::OwnerActing, May::Nobody, May::Nobody),
    ("text_sets", May::OwnerActing, May::Nobody, May::Nobody),
    ("text_clauses", May::OwnerActing, May::Nobody, May::Nobody),
    ("remarks", May::Acting, May::OwnerActing, May::Nobody),
    ("opinions", May::MinistryActing, May::Nobody, May::Nobody),
    ("signatories", May::OwnerActing, May::Nobody, May::Nobody),
    (
        "party_approvals",
        May::PartyActing,
        May::Nobody,
        May::Nobody,
    ),
    (
        "party_departures",
        May::PartyActing,
        May::Nobody,
        May::Nobody,
    ),
    ("adhesions", May::PartyActing, May::Nobody, May::Nobody),
    (
        "adhesion_signatories",
        May::PartyActing,
        May::Nobody,
        May::Nobody,
    ),
    ("history", May::Acting, May::Nobody, May::Nobody),
    ("agreement_turns", May::Acting, May::Acting, May::Nobody),
    (
        "agreement_urgencies",
        May::OwnerActing,
        May::Nobody,
        May::Nobody,
    ),
    (
        "inscriptions",
        May::MinistryActing,
        May::Nobody,
        May::Nobody,
    ),
    ("annotations", May::Annotating, May::Nobody, May::Nobody),
    (
        "consolidations",
        May::Annotating,
        May::ActingOrAnnotating,
        May::Nobody,
    ),
    (
        "document_classifications",
        May::Sender,
        May::Nobody,
        May::Nobody,
    ),
];
