//! What an owner drafts.

use super::{AgreementKind, Instrument};
use crate::catalogs::{self, Catalog};
use crate::external_ids::{self, ExternalId};
use crate::legal_date::LegalDate;
use crate::problems::Problem;
use crate::refusal::{Checks, Result};
use crate::tenant::TenantId;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use strum::{EnumString, IntoStaticStr};
use utoipa::ToSchema;
use uuid::Uuid;

/// The part that a Mexican government takes.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum PartyRole {
    /// The owner of the case; there is exactly one.
    Lead,
    /// Signs too.
    Signatory,
    /// Joins what others sign.
    Adherent,
}

/// A Mexican party.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Which government.
    pub government_id: TenantId,
    /// What part it takes.
    pub role: PartyRole,
    /// The dependency or decentralised body that signs (LCT article 1).
    #[serde(default)]
    #[schema(max_length = 300)]
    pub body: Option<String>,
}

/// How the validity ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Term {
    /// At a fixed date.
    Fixed,
    /// Never by itself.
    Indefinite,
}

/// How the validity is prolonged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Renewal {
    /// Not at all.
    #[default]
    None,
    /// By itself.
    Automatic,
    /// When the parties agree.
    ByAgreement,
}

/// From when to when the agreement is to be in force (vigencia).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Validity {
    /// Its first day, where it is not the day of signature.
    #[serde(default)]
    pub enters_into_force_on: Option<LegalDate>,
    /// Its last day; for a fixed term only.
    #[serde(default)]
    pub ends_on: Option<LegalDate>,
    /// How it ends.
    pub term: Term,
    /// How it is prolonged.
    #[serde(default)]
    pub renewal: Renewal,
}

/// The approval by the municipal council (CPEUM article 115-II-b).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CouncilApproval {
    /// The day of the session.
    pub session_on: LegalDate,
    /// The document of kind `council_minutes`.
    pub document_id: Uuid,
    /// The members of the council.
    #[schema(minimum = 1, maximum = 200)]
    pub members: i32,
    /// Votes for.
    #[schema(minimum = 0, maximum = 200)]
    pub votes_for: i32,
    /// Votes against.
    #[serde(default)]
    pub votes_against: i32,
    /// Abstentions.
    #[serde(default)]
    pub abstentions: i32,
}

impl CouncilApproval {
    /// Whether two thirds of all members voted for it, which state law may ask for what outlives
    /// the council's own term.
    pub fn two_thirds_met(&self) -> bool {
        i64::from(self.votes_for) * 3 >= i64::from(self.members) * 2
    }
}

/// The working content of a case: everything may wait but the kind and the title; what an
/// action needs is asked when the action is taken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "kind": "twinning",
    "title": "Acuerdo de hermanamiento entre Guadalajara y Kioto",
    "counterparts": ["0190f5fe-7c00-7a00-8000-000000000001"],
    "themes": ["culture", "education"],
    "sdg_targets": ["11.4"],
    "languages": ["es", "ja"],
    "own_powers": ["73-XXIX-NN"],
    "validity": {"term": "indefinite", "renewal": "none"},
    "planned_signing_on": "2027-03"
}))]
pub struct AgreementContent {
    /// What kind of instrument.
    pub kind: AgreementKind,
    /// How it is called; the law leaves the name free, but for `tratado` (CPEUM article 117-I).
    #[schema(min_length = 1, max_length = 500)]
    pub title: String,
    /// How it stands to an earlier instrument.
    #[serde(default)]
    pub instrument: Instrument,
    /// The earlier agreement, for anything but an original.
    #[serde(default)]
    pub relates_to: Option<Uuid>,
    /// The Mexican parties; the owner as lead where none is named.
    #[serde(default)]
    pub parties: Vec<Party>,
    /// The counterparts, by id.
    #[serde(default)]
    pub counterparts: Vec<Uuid>,
    /// What it is for.
    #[serde(default)]
    #[schema(max_length = 5000)]
    pub objective: Option<String>,
    /// Themes of the catalogue.
    #[serde(default)]
    pub themes: Vec<String>,
    /// Targets of the 2030 Agenda, such as `11.4`.
    #[serde(default)]
    pub sdg_targets: Vec<String>,
    /// The languages of the authentic texts, BCP 47; Spanish among them.
    #[serde(default)]
    pub languages: Vec<String>,
    /// The own powers (atribuciones propias) it rests on (LCT article 2-II).
    #[serde(default)]
    pub own_powers: Vec<String>,
    /// From when to when.
    #[serde(default)]
    pub validity: Option<Validity>,
    /// When the parties mean to sign.
    #[serde(default)]
    pub planned_signing_on: Option<LegalDate>,
    /// The council's approval, of a municipality.
    #[serde(default)]
    pub council_approval: Option<CouncilApproval>,
    /// Ids in other systems.
    #[serde(default)]
    pub external_ids: Vec<ExternalId>,
}

impl AgreementContent {
    /// Names the owner as lead where no party is named.
    #[must_use]
    pub fn led_by(mut self, owner: &TenantId) -> Self {
        if self.parties.is_empty() {
            self.parties.push(Party {
                government_id: owner.clone(),
                role: PartyRole::Lead,
                body: None,
            });
        }
        self
    }

    /// Everything wrong with what is there; what is missing is asked by [`super::Need`].
    pub fn check(&self, owner: &TenantId) -> Result<()> {
        let mut checks = Checks::default();
        checks.text("/title", &self.title, 500);
        checks.optional_text("/objective", self.objective.as_deref(), 5000);
        if crate::text::words(&self.title)
            .first()
            .is_some_and(|word| word == "tratado")
        {
            checks.add(
                "/title",
                "treaty",
                "Un gobierno local no celebra tratados (CPEUM 117-I): nómbrelo acuerdo.",
                "A local government concludes no treaties (CPEUM 117-I): call it an agreement.",
            );
        }
        if (self.instrument == Instrument::Original) == self.relates_to.is_some() {
            checks.add(
                "/relates_to",
                "instrument",
                "Un instrumento original no se refiere a otro; los demás sí.",
                "An original refers to no earlier instrument; the others do.",
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
                "Nombre cada contraparte una vez.",
                "Name each counterpart once.",
            );
        }
        self.check_validity(&mut checks);
        self.check_council(&mut checks);
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
            checks.add(
                "/parties",
                "one_lead",
                "Quien lleva el caso es la única parte con role lead.",
                "The owner of the case is the one party with role lead.",
            );
        }
        let mut seen = HashSet::new();
        for (i, party) in self.parties.iter().enumerate() {
            checks.optional_text(&format!("/parties/{i}/body"), party.body.as_deref(), 300);
            if !seen.insert(&party.government_id) {
                checks.add(
                    format!("/parties/{i}"),
                    "repeated",
                    "Nombre cada gobierno una vez.",
                    "Name each government once.",
                );
            }
        }
    }

    fn check_validity(&self, checks: &mut Checks) {
        let Some(validity) = &self.validity else {
            return;
        };
        if (validity.term == Term::Fixed) != validity.ends_on.is_some() {
            checks.add(
                "/validity/ends_on",
                "term",
                "Un plazo fijo lleva fecha de término; uno indefinido, no.",
                "A fixed term has an end date; an indefinite one has none.",
            );
        }
        if let (Some(start), Some(end)) = (&validity.enters_into_force_on, &validity.ends_on)
            && end.earliest() < start.earliest()
        {
            checks.add(
                "/validity/ends_on",
                "before_start",
                "El fin no puede ser anterior al inicio.",
                "The end cannot be before the start.",
            );
        }
    }

    fn check_council(&self, checks: &mut Checks) {
        let Some(council) = &self.council_approval else {
            return;
        };
        let votes = [
            council.votes_for,
            council.votes_against,
            council.abstentions,
        ];
        let cast: i64 = votes.iter().map(|v| i64::from(*v)).sum();
        if !(1..=200).contains(&council.members)
            || votes.iter().any(|v| *v < 0)
            || cast > i64::from(council.members)
        {
            checks.add(
                "/council_approval",
                "votes",
                "Los votos no pueden superar a los integrantes del cabildo.",
                "The votes cannot exceed the members of the council.",
            );
        }
    }
}

fn check_keys(checks: &mut Checks, pointer: &str, keys: &[String], catalog: Catalog, max: usize) {
    checks.at_most(pointer, keys.len(), max);
    let mut seen = HashSet::new();
    for (i, key) in keys.iter().enumerate() {
        if !catalogs::contains(catalog, key) {
            let slug = catalog.slug();
            checks.add(
                format!("{pointer}/{i}"),
                "unknown_key",
                format!("Clave desconocida; vea /v1/catalogs/{slug}."),
                format!("Unknown key; see /v1/catalogs/{slug}."),
            );
        }
        if !seen.insert(key) {
            checks.add(
                format!("{pointer}/{i}"),
                "repeated",
                "Quite la clave repetida.",
                "Remove the repeated key.",
            );
        }
    }
}
