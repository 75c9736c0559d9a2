//! The facts counted about one case, as far as one viewer may know them.

mod subject;

use super::Dimension as D;
use super::NONE;
use crate::agreements::{Compliance, Renewal, Stage, Term};
use crate::standing::{self, Life, Phase, Standing};
use crate::tenant::{TenantId, Tier};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeSet;

pub use subject::{Subject, SubjectCounterpart, SubjectParty};

/// Where a party counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FactParty {
    /// The state, or `none`.
    pub state: String,
    /// The municipality, or `none`.
    pub municipality: String,
    /// Whether it is the first party of its state.
    pub first_of_state: bool,
}

/// One of several values, or a value that applies only for some time. Days are written
/// `2026-11-20`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct FactValue {
    /// The dimension.
    pub dimension: D,
    /// The value; empty if unknown.
    pub value: String,
    /// The first day.
    pub since_on: String,
    /// The last day.
    pub until_on: String,
}

/// The facts counted about a case: codes, with empty text for unknown values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(
    missing_docs,
    reason = "each is named as the dimension that it is counted by"
)]
pub struct AgreementFacts {
    pub parties: Vec<FactParty>,
    pub tier: &'static str,
    pub kind: &'static str,
    pub instrument: &'static str,
    pub stage: &'static str,
    pub compliance: &'static str,
    pub country: String,
    pub counterpart_kind: &'static str,
    pub counterpart_level: &'static str,
    pub body_kind: String,
    pub renewal: &'static str,
    pub announced_month: String,
    pub signed_month: String,
    pub signed_year: String,
    pub registered_month: String,
    pub registered_year: String,
    /// The last day on which it can be in force; `none` for no end, `unsigned` before a signature.
    pub ends_on: String,
    pub gap: &'static str,
    pub has_date: bool,
    pub has_text: bool,
    pub has_validity: bool,
    pub was_unreviewed: bool,
    pub values: BTreeSet<FactValue>,
}

const FIRST_DAY: &str = "0001-01-01";
const LAST_DAY: &str = "9999-12-31";
const UNSIGNED: &str = "unsigned";

impl AgreementFacts {
    /// The facts about `subject`.
    pub fn of(subject: &Subject) -> Self {
        let first = subject.counterparts.first();
        let signed = subject
            .life
            .signed_on
            .as_ref()
            .map_or("", |day| day.as_str());
        let registered = subject.registered_on.map(|day| day.to_string());
        let registered = registered.as_deref().unwrap_or_default();
        let is_signed = has_been_signed(subject);
        Self {
            parties: parties(&subject.parties),
            tier: subject.parties.first().map_or("", |lead| lead.tier.into()),
            kind: subject.kind.into(),
            instrument: subject.instrument.map_or("", Into::into),
            stage: subject.stage.into(),
            compliance: subject.compliance.map_or("", Into::into),
            country: first.map_or_else(String::new, |counterpart| {
                counterpart
                    .country
                    .clone()
                    .unwrap_or_else(|| NONE.to_owned())
            }),
            counterpart_kind: first.and_then(|one| one.kind).map_or("", Into::into),
            counterpart_level: first.and_then(|one| one.level).map_or("", Into::into),
            body_kind: subject.body_kind.clone().unwrap_or_default(),
            renewal: renewal(&subject.life),
            announced_month: subject.announced_month.clone(),
            signed_month: cut(signed, 7),
            signed_year: cut(signed, 4),
            registered_month: cut(registered, 7),
            registered_year: cut(registered, 4),
            ends_on: if is_signed {
                ends_on(&subject.life)
            } else {
                UNSIGNED.to_owned()
            },
            gap: gap(subject),
            has_date: !signed.is_empty(),
            has_text: subject.has_text,
            has_validity: subject.life.last_agreed().is_some(),
            was_unreviewed: subject.was_unreviewed,
            values: values(subject, is_signed),
        }
    }
}

fn cut(text: &str, length: usize) -> String {
    text.get(..length).unwrap_or(text).to_owned()
}

fn parties(parties: &[SubjectParty]) -> Vec<FactParty> {
    let mut states = BTreeSet::new();
    let party = |party: &SubjectParty| {
        let state = party.state.as_ref().map_or(NONE, TenantId::as_str);
        let municipality = if party.tier == Tier::Municipality {
            party.government.as_str()
        } else {
            NONE
        };
        FactParty {
            state: state.to_owned(),
            municipality: municipality.to_owned(),
            first_of_state: states.insert(state.to_owned()),
        }
    };
    parties.iter().map(party).collect()
}

fn renewal(life: &Life) -> &'static str {
    match life.last_agreed().map(|validity| validity.renewal) {
        None => "",
        Some(Renewal::None) => NONE,
        Some(Renewal::Automatic) => "automatic",
        Some(Renewal::ByAgreement) => "by_agreement",
    }
}

/// Whether there is a signature, dated or not. A report that was withdrawn has none.
fn has_been_signed(subject: &Subject) -> bool {
    match subject.stage {
        Stage::Withdrawn => false,
        Stage::Signed | Stage::PendingRegistration | Stage::Registered | Stage::Reported => true,
        _ => subject.life.signed_on.is_some(),
    }
}

/// The last day before it has certainly ended for good; a late renewal leaves a gap and a later
/// end. An agreement without an end has none, whatever its first day is.
fn ends_on(life: &Life) -> String {
    let phases = standing::phases(life);
    let binds = |phase: &Phase| {
        let standing = phase.standing;
        !standing.is_over() && standing != Standing::Unknown
    };
    let bound = phases.iter().rposition(binds).unwrap_or_default();
    let mut later = phases.iter().skip(bound);
    let over = later.find(|phase| phase.standing.is_over());
    if let Some(last) = over.and_then(|phase| phase.since?.pred_opt()) {
        return last.to_string();
    }
    match life.last_agreed() {
        Some(validity)
            if validity.term == Term::Indefinite || validity.renewal == Renewal::Automatic =>
        {
            NONE.to_owned()
        }
        _ => String::new(),
    }
}

/// What is missing; the most important gap if there are several. Whether an old inscription had an
/// opinion may be unknown; its inscription is in the registry all the same, so nothing is missing.
fn gap(subject: &Subject) -> &'static str {
    let over = matches!(
        subject.stage,
        Stage::Withdrawn | Stage::OutOfScope | Stage::Abandoned
    );
    match (subject.compliance, subject.stage) {
        (None, _) => "",
        _ if over => NONE,
        (Some(Compliance::Unknown), Stage::Registered) => NONE,
        (Some(Compliance::NonCompliant | Compliance::Unknown), _) => "unreviewed",
        (_, Stage::OpinionFavorable) => "favorable_unsigned",
        (_, Stage::Signed) => "signed_unsent",
        (Some(Compliance::Compliant), _) if subject.was_unreviewed => "regularized",
        _ => NONE,
    }
}

fn values(subject: &Subject, is_signed: bool) -> BTreeSet<FactValue> {
    let always = |dimension, value: &str| FactValue {
        dimension,
        value: value.to_owned(),
        since_on: FIRST_DAY.to_owned(),
        until_on: LAST_DAY.to_owned(),
    };
    let or_unknown = |found: BTreeSet<String>| {
        if found.is_empty() {
            BTreeSet::from([String::new()])
        } else {
            found
        }
    };
    let countries = subject.counterparts.iter();
    let countries = countries
        .map(|one| one.country.clone().unwrap_or_else(|| NONE.to_owned()))
        .collect();
    let goals = subject.sdg_targets.iter();
    let goals = goals
        .filter_map(|target| target.split('.').next().map(str::to_owned))
        .collect();
    let themes = subject.themes.iter().cloned().collect();
    let places = parties(&subject.parties);
    let states = places.iter().map(|party| party.state.clone()).collect();
    let municipalities = places.into_iter().map(|party| party.municipality).collect();
    let mut found = BTreeSet::new();
    for (dimension, keys) in [
        (D::State, or_unknown(states)),
        (D::Municipality, or_unknown(municipalities)),
        (D::Country, or_unknown(countries)),
        (D::Theme, or_unknown(themes)),
        (D::SdgGoal, or_unknown(goals)),
    ] {
        found.extend(keys.iter().map(|key| always(dimension, key)));
    }
    if !is_signed {
        found.insert(always(D::Standing, NONE));
        return found;
    }
    found.extend(standing::phases(&subject.life).into_iter().map(|phase| {
        let standing: &'static str = phase.standing.into();
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
        FactValue {
            dimension: D::Standing,
            value: standing.to_owned(),
            since_on: day(phase.since).unwrap_or_else(|| FIRST_DAY.to_owned()),
            until_on: day(phase.until.and_then(|until| until.pred_opt()))
                .unwrap_or_else(|| LAST_DAY.to_owned()),
        }
    }));
    found
}

#[cfg(test)]
mod tests;
