//! Overlaps (duplicidades y dispersión): two agreements of one government with the same counterpart,
//! a theme in common, and periods that run at the same time. Somebody decides what becomes of them,
//! and the decision stays on record (Ley de Cooperación Internacional para el Desarrollo, article 29:
//! duplication must come to light).

use crate::agreements::{Instrument, Stage};
use crate::legal_date::LegalDate;
use crate::problems::Problem;
use crate::refusal::{Checks, Result};
use crate::standing::{Life, phases};
use crate::wording;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

words! {
    /// What is to become of two agreements that overlap.
    OverlapDecision {
        /// Both go on as they are.
        KeepBoth,
        /// One takes in the other.
        Merge,
        /// One of them is ended or given up.
        EndOne,
        /// They only look alike.
        NotAnOverlap,
    }
}

/// What an officer writes of an overlap.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"decision": "end_one", "reason": "El convenio de 2019 ya cubre los intercambios culturales.", "responsible": "Dirección de Relaciones Internacionales"}))]
pub struct OverlapResolutionFields {
    /// What is decided.
    pub decision: OverlapDecision,
    /// Why.
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
    /// The office or the post that carries it out.
    #[serde(default)]
    #[schema(max_length = 300)]
    pub responsible: Option<String>,
}

impl OverlapResolutionFields {
    /// Reports everything wrong with it at once.
    pub fn check(&self) -> Result<()> {
        let mut checks = Checks::default();
        checks.text("/reason", &self.reason, 2000);
        checks.optional_text("/responsible", self.responsible.as_deref(), 300);
        checks.finish(Problem::ValidationFailed)
    }
}

/// A counterpart that both agreements name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SharedCounterpart {
    /// Which.
    pub id: Uuid,
    /// Its name.
    pub name: String,
}

/// What two agreements share.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OverlapShared {
    /// The counterparts of both, in the order of their ids.
    pub counterparts: Vec<SharedCounterpart>,
    /// The themes of both.
    pub themes: Vec<String>,
    /// From when both run, the later of the two beginnings; `null` where one of them is not known.
    pub since: Option<LegalDate>,
    /// Until when both run, the earlier of the two ends; `null` if no end is in sight.
    pub until: Option<LegalDate>,
}

impl OverlapShared {
    /// Whether it is the same as at another time. A name that is written otherwise changes nothing.
    pub fn is_as(&self, before: &Self) -> bool {
        let ids = |shared: &Self| -> Vec<Uuid> {
            let counterparts = shared.counterparts.iter();
            counterparts.map(|one| one.id).collect()
        };
        ids(self) == ids(before)
            && self.themes == before.themes
            && self.since == before.since
            && self.until == before.until
    }
}

/// From when to when an agreement runs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct AgreementPeriod {
    /// Its first day: of its validity, else of its signature, else the day on which it is to be
    /// signed; `null` if none is known.
    pub starts_on: Option<LegalDate>,
    /// Its last day, by its validity or by an act that ended it; `null` if no end is in sight.
    pub ends_on: Option<LegalDate>,
}

impl AgreementPeriod {
    /// The period that follows from the life of an agreement and, before the signature, from the
    /// plan.
    pub fn of(life: &Life, planned: Option<&LegalDate>) -> Self {
        let agreed = life.last_agreed();
        let in_force = agreed.and_then(|validity| validity.enters_into_force_on.as_ref());
        let over = phases(life).into_iter().rev();
        let over = over.take_while(|phase| phase.standing.is_over()).last();
        let last = over
            .and_then(|phase| phase.since)
            .and_then(|day| day.pred_opt());
        Self {
            starts_on: in_force.or(life.signed_on.as_ref()).or(planned).cloned(),
            ends_on: last.map(LegalDate::day),
        }
    }

    /// Whether it has ended before `today`.
    fn is_over(&self, today: NaiveDate) -> bool {
        let ends_on = self.ends_on.as_ref();
        ends_on.is_some_and(|last| last.latest() < today)
    }

    /// Whether it certainly ends before the other begins.
    fn precedes(&self, other: &Self) -> bool {
        let (ends_on, starts_on) = (self.ends_on.as_ref(), other.starts_on.as_ref());
        ends_on
            .zip(starts_on)
            .is_some_and(|(last, first)| last.latest() < first.earliest())
    }
}

/// One of two agreements that overlap.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OverlappingAgreement {
    /// Which.
    pub id: Uuid,
    /// How it is called.
    pub title: String,
    /// Its stage.
    pub stage: Stage,
    /// From when to when it runs.
    pub period: AgreementPeriod,
}

/// A decision on an overlap.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OverlapResolution {
    /// What was decided, why, and who carries it out.
    #[serde(flatten)]
    pub fields: OverlapResolutionFields,
    /// Which version: 1 is the first decision.
    pub version: i32,
    /// When it was decided.
    pub decided_at: DateTime<Utc>,
    /// By whom.
    pub decided_by: Option<Uuid>,
    /// What the two agreements shared when it was decided.
    pub shared: OverlapShared,
}

/// Two agreements that overlap, with the decision on them.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Overlap {
    /// The one whose id sorts first.
    pub agreement: OverlappingAgreement,
    /// The other.
    pub other: OverlappingAgreement,
    /// What they share; `null` if they do not overlap any more.
    pub shared: Option<OverlapShared>,
    /// The decision in force; `null` while nobody has decided.
    pub resolution: Option<OverlapResolution>,
    /// Whether what they share has changed since the decision.
    pub outdated: bool,
    /// The version of the decision, for `If-Match`; 0 while nobody has decided.
    pub version: i32,
}

/// The stages in which an agreement counts: under way, signed or inscribed. What was given up, left
/// alone or found out of scope does not.
pub fn counts(stage: Stage) -> bool {
    !matches!(
        stage,
        Stage::Withdrawn | Stage::OutOfScope | Stage::Abandoned
    )
}

/// What is compared of an agreement.
#[derive(Debug, Clone)]
pub struct Compared {
    /// Which.
    pub id: Uuid,
    /// Its stage.
    pub stage: Stage,
    /// Whether it is on record by error.
    pub recorded_in_error: bool,
    /// How it stands to an earlier one.
    pub instrument: Instrument,
    /// The earlier one.
    pub relates_to: Option<Uuid>,
    /// Its themes.
    pub themes: Vec<String>,
    /// From when to when it runs.
    pub period: AgreementPeriod,
}

impl Compared {
    /// Whether it stands for itself. What amends, ends or joins an agreement is a part of that one.
    fn stands_alone(&self) -> bool {
        matches!(self.instrument, Instrument::Original | Instrument::Renewal)
    }

    /// Whether both belong to one agreement.
    fn is_kin(&self, other: &Self) -> bool {
        self.relates_to == Some(other.id)
            || other.relates_to == Some(self.id)
            || self.relates_to.is_some() && self.relates_to == other.relates_to
    }
}

/// What two agreements share on `today`; otherwise everything that keeps them from overlapping, at
/// `other_id`.
pub fn shared(
    one: &Compared,
    other: &Compared,
    counterparts: &[SharedCounterpart],
    today: NaiveDate,
) -> Result<OverlapShared> {
    use wording::overlaps as say;
    let mut checks = Checks::default();
    let mut lacks = |lacking: bool, code: &'static str, said| {
        if lacking {
            checks.add("other_id", code, said);
        }
    };
    let themes = one.themes.iter().filter(|key| other.themes.contains(key));
    let themes: Vec<String> = themes.cloned().collect();
    let both = [one, other];
    let alive = |one: &Compared| counts(one.stage) && !one.recorded_in_error;
    lacks(one.id == other.id, "same_agreement", say::same());
    lacks(!both.into_iter().all(alive), "given_up", say::given_up());
    lacks(
        one.is_kin(other) || !both.into_iter().all(Compared::stands_alone),
        "one_agreement",
        say::one_agreement(),
    );
    lacks(
        counterparts.is_empty(),
        "no_shared_counterpart",
        say::no_shared_counterpart(),
    );
    lacks(themes.is_empty(), "no_shared_theme", say::no_shared_theme());
    let (first, second) = (&one.period, &other.period);
    let apart = first.precedes(second) || second.precedes(first);
    lacks(
        apart || first.is_over(today) || second.is_over(today),
        "periods_apart",
        say::periods_apart(),
    );
    checks.finish(Problem::ValidationFailed)?;
    let starts = first.starts_on.as_ref().zip(second.starts_on.as_ref());
    let ends = first.ends_on.iter().chain(&second.ends_on);
    Ok(OverlapShared {
        counterparts: counterparts.to_vec(),
        themes,
        since: starts.map(|(a, b)| a.max(b).clone()),
        until: ends.min().cloned(),
    })
}

#[cfg(test)]
mod tests;
