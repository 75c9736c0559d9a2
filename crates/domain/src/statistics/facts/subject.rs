//! What a viewer knows about a case: the input of the count.

use crate::agreements::{AgreementKind, Compliance, Instrument, Stage};
use crate::counterparts::{CounterpartKind, CounterpartLevel};
use crate::standing::Life;
use crate::tenant::{TenantId, Tier};
use chrono::NaiveDate;

/// A Mexican party, as far as statistics need it.
#[derive(Debug, Clone)]
pub struct SubjectParty {
    /// Which government.
    pub government: TenantId,
    /// Its order of government.
    pub tier: Tier,
    /// Its state, or itself; absent for federal bodies.
    pub state: Option<TenantId>,
}

/// A counterpart, as far as statistics need it.
#[derive(Debug, Clone)]
pub struct SubjectCounterpart {
    /// Its legal kind, if the viewer knows it.
    pub kind: Option<CounterpartKind>,
    /// The level of its government, if the viewer knows it.
    pub level: Option<CounterpartLevel>,
    /// Its country.
    pub country: Option<String>,
}

/// What a viewer knows about a case.
#[derive(Debug, Clone)]
pub struct Subject {
    /// The stage.
    pub stage: Stage,
    /// Whether the procedure was kept; absent if the viewer may not know.
    pub compliance: Option<Compliance>,
    /// Whether this viewer ever saw it signed without review.
    pub was_unreviewed: bool,
    /// What kind of agreement.
    pub kind: AgreementKind,
    /// Its relation to an earlier agreement, if the viewer knows it.
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
    /// The signature, the validity and later events, as far as the viewer knows.
    pub life: Life,
    /// The month (`2026-11`) in which the foreign ministry was told of it; empty if it was not.
    pub announced_month: String,
    /// The day of inscription.
    pub registered_on: Option<NaiveDate>,
    /// Whether its text or the signed copy is available.
    pub has_text: bool,
}
