//! Checks of a draft. Missing content is only checked when an action needs it.

use super::{AgreementContent, Instrument, Party, PartyRole, Term, Validity};
use crate::catalogs::Catalog;
use crate::external_ids;
use crate::problems::Problem;
use crate::refusal::{Checks, Result};
use crate::tenant::TenantId;
use crate::wording;
use chrono::NaiveDate;
use std::collections::HashSet;

impl AgreementContent {
    /// Names the owner as lead if no party is named.
    #[must_use]
    pub fn led_by(mut self, owner: &TenantId) -> Self {
        if self.parties.is_empty() {
            self.parties.push(Party {
                government_id: owner.clone(),
                role: PartyRole::Lead,
                body: None,
                body_id: None,
            });
        }
        self
    }

    /// Whether nothing else differs from `other` than the ids in other systems, and these do. Then
    /// what the parties negotiate is the same.
    pub fn differs_in_ids_alone(&self, other: &Self) -> bool {
        let renamed = Self {
            external_ids: other.external_ids.clone(),
            ..self.clone()
        };
        renamed == *other && self != other
    }

    /// Reports everything wrong with the content that is there; [`super::Need`] covers what is
    /// missing.
    pub fn check(&self, owner: &TenantId, today: NaiveDate) -> Result<()> {
        let mut checks = Checks::default();
        checks.name("/title", &self.title, 500);
        checks.one_line("/title", &self.title);
        checks.optional_text("/objective", self.objective.as_deref(), 5000);
        if crate::text::words(&self.title)
            .first()
            .is_some_and(|word| word == "tratado")
        {
            checks.add("/title", "treaty", wording::agreements::treaty());
        }
        if (self.instrument == Instrument::Original) == self.relates_to.is_some() {
            checks.add(
                "/relates_to",
                "instrument",
                wording::agreements::relates_to(),
            );
        }
        self.check_parties(owner, &mut checks);
        check_keys(&mut checks, "/themes", &self.themes, Catalog::Themes, 20);
        check_keys(
            &mut checks,
            "/sdg_targets",
            &self.sdg_targets,
            Catalog::SdgTargets,
            40,
        );
        check_keys(
            &mut checks,
            "/languages",
            &self.languages,
            Catalog::Languages,
            10,
        );
        check_keys(
            &mut checks,
            "/own_powers",
            &self.own_powers,
            Catalog::LegalPowers,
            40,
        );
        checks.at_most("/counterparts", self.counterparts.len(), 20);
        if self.counterparts.iter().collect::<HashSet<_>>().len() != self.counterparts.len() {
            checks.add(
                "/counterparts",
                "repeated",
                wording::agreements::repeated_counterpart(),
            );
        }
        if let Some(validity) = &self.validity {
            check_validity(&mut checks, validity);
        }
        if let Some(council) = &self.council_approval {
            council.check("/council_approval", today, &mut checks);
        }
        external_ids::check(&self.external_ids, &mut checks);
        checks.finish(Problem::ValidationFailed)
    }

    fn check_parties(&self, owner: &TenantId, checks: &mut Checks) {
        checks.at_most("/parties", self.parties.len(), 40);
        let leads: Vec<_> = self
            .parties
            .iter()
            .filter(|party| party.role == PartyRole::Lead)
            .collect();
        if leads.len() != 1 || leads.iter().any(|lead| lead.government_id != *owner) {
            checks.add("/parties", "one_lead", wording::agreements::one_lead());
        }
        let mut seen = HashSet::new();
        for (i, party) in self.parties.iter().enumerate() {
            checks.optional_text(&format!("/parties/{i}/body"), party.body.as_deref(), 300);
            if !seen.insert(&party.government_id) {
                checks.add(
                    format!("/parties/{i}"),
                    "repeated",
                    wording::common::repeated_government(),
                );
            }
        }
    }
}

/// Checks when an agreement begins and ends.
pub(super) fn check_validity(checks: &mut Checks, validity: &Validity) {
    if (validity.term == Term::Fixed) != validity.ends_on.is_some() {
        checks.add(
            "/validity/ends_on",
            "term",
            wording::agreements::fixed_term(),
        );
    }
    if let (Some(start), Some(end)) = (&validity.enters_into_force_on, &validity.ends_on)
        && end.earliest() < start.earliest()
    {
        checks.add(
            "/validity/ends_on",
            "before_start",
            wording::common::end_before_start(),
        );
    }
}

pub(super) fn check_keys(
    checks: &mut Checks,
    pointer: &str,
    keys: &[String],
    catalog: Catalog,
    max: usize,
) {
    checks.at_most(pointer, keys.len(), max);
    let mut seen = HashSet::new();
    for (i, key) in keys.iter().enumerate() {
        checks.key(format!("{pointer}/{i}"), catalog, key);
        if !seen.insert(key) {
            checks.add(
                format!("{pointer}/{i}"),
                "repeated",
                wording::common::repeated_key(),
            );
        }
    }
}
