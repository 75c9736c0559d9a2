//! What a viewer knows of a case, before it is counted.

use crate::agreements::{AgreementKind, Compliance, Instrument, Stage};
use crate::counterparts::{CounterpartKind, CounterpartLevel};
use crate::standing::Life;
use crate::tenant::{TenantId, Tier};
use chrono::NaiveDate;

/// A Mexican party, as far as it is counted.
#[derive(Debug, Clone)]
pub struct SubjectParty {
    /// Which government.
    pub government: TenantId,
    /// Its order of government.
    pub tier: Tier,
    /// Its state, or itself; absent for federal bodies.
    pub state: Option<TenantId>,
}

/// A counterpart, as far as it is counted.
#[derive(Debug, Clone)]
pub struct SubjectCounterpart {
    /// What it is in law, where the viewer knows.
    pub kind: Option<CounterpartKind>,
    /// The level of its government, where the viewer knows.
    pub level: Option<CounterpartLevel>,
    /// Its country.
    pub country: Option<String>,
}

/// What a viewer knows of a case.
#[derive(Debug, Clone)]
pub struct Subject {
    /// Where it stands.
    pub stage: Stage,
    /// Whether the procedure was kept; absent where that is not the viewer's to know.
    pub compliance: Option<Compliance>,
    /// Whether it was ever without review in this viewer's sight.
    pub was_unreviewed: bool,
    /// What kind of agreement.
    pub kind: AgreementKind,
    /// How it stands to an earlier one, where the viewer knows.
    pub instrument: Option<Instrument>,
    /// The parties, the lead first.
    pub parties: Vec<SubjectParty>,
    /// The kind of body that signs for the lead, where known.
    pub body_kind: Option<String>,
    /// The counterparts.
    pub counterparts: Vec<SubjectCounterpart>,
    /// The themes.
    pub themes: Vec<String>,
    /// The targets of the 2030 Agenda.
    pub sdg_targets: Vec<String>,
    /// The signature, the validity and what came later, as far as the viewer knows.
    pub life: Life,
    /// The month (`2026-11`) in which the foreign ministry was told of it; empty where it was not.
    pub announced_month: String,
    /// The day of inscription.
    pub registered_on: Option<NaiveDate>,
    /// Whether its text, or the signed copy, is at hand.
    pub has_text: bool,
}
