//! International-affairs offices (oficinas de asuntos internacionales, OFAI) of governments.

use super::parts::Contact;
use super::{
    Filter, Index, Links, Move, RecordAction as A, RecordKind, RecordStatus as S, Spec, Values,
};
use crate::catalogs::Catalog;
use crate::counterparts::Visibility;
use crate::legal_date::LegalDate;
use crate::refusal::Checks;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

words! {
    /// What an office was created by.
    OfficeInstrument {
        /// A law.
        Law,
        /// Rules (reglamento).
        Regulation,
        /// A decree or an order of the executive (decreto, acuerdo).
        Decree,
        /// A manual or an organisation chart.
        Manual,
        /// Nothing in writing.
        None,
    }
}

/// An area of an office.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OfficeArea {
    /// What it is called.
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// What it does.
    #[serde(default)]
    #[schema(max_length = 1000)]
    functions: Option<String>,
    /// Whether it answers to a priority of the government.
    #[serde(default)]
    priority: bool,
}

/// A step in the life of an office.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OfficeMilestone {
    /// When.
    on: LegalDate,
    /// What happened.
    #[schema(min_length = 1, max_length = 500)]
    what: String,
}

/// The office of a government for its affairs abroad.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"instrument": "regulation", "created_on": "2019-05-02", "legal_personality": false, "levels_to_executive": 1}))]
pub struct InternationalOffice {
    /// What it was created by.
    #[serde(default)]
    pub instrument: Option<OfficeInstrument>,
    /// When it was created.
    #[serde(default)]
    pub created_on: Option<LegalDate>,
    /// Whether it is a legal person of its own.
    #[serde(default)]
    pub legal_personality: bool,
    /// The post or body that it reports to.
    #[serde(default)]
    #[schema(max_length = 300)]
    pub reports_to: Option<String>,
    /// How many levels lie between it and the head of the government; 0 is at once below.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 9)]
    pub levels_to_executive: Option<i64>,
    /// Its areas.
    #[serde(default)]
    #[schema(max_items = 40)]
    pub areas: Vec<OfficeArea>,
    /// How it is reached.
    #[serde(default)]
    pub contact: Option<Contact>,
    /// The steps of its life.
    #[serde(default)]
    #[schema(max_items = 60)]
    pub milestones: Vec<OfficeMilestone>,
}

impl RecordKind for InternationalOffice {
    const SPEC: Spec = Spec {
        one: "international_office",
        many: "international-offices",
        says: "International-affairs offices (oficinas de asuntos internacionales, OFAI), with what created them, whom they report to and how they are reached.",
        visibility: Visibility::Public,
        statuses: &[S::Requested, S::Opening, S::Open, S::Closed],
        moves: &[
            Move::new(A::Prepare, &[S::Requested], S::Opening),
            Move::new(A::Open, &[S::Requested, S::Opening, S::Closed], S::Open),
            Move::new(A::Close, &[S::Requested, S::Opening, S::Open], S::Closed),
        ],
        filters: &[
            Filter {
                name: "instrument",
                says: "Created by this.",
                values: Values::Catalog(Catalog::OfficeInstruments),
            },
            Filter {
                name: "legal_personality",
                says: "Whether it is a legal person of its own.",
                values: Values::Truth,
            },
        ],
        ..Spec::BASE
    };

    fn check(&self, checks: &mut Checks) {
        checks.optional_text("/reports_to", self.reports_to.as_deref(), 300);
        if let Some(levels) = self.levels_to_executive {
            checks.within("/levels_to_executive", levels, 0, 9);
        }
        checks.contact("/contact", self.contact.as_ref());
        checks.at_most("/areas", self.areas.len(), 40);
        for (i, area) in self.areas.iter().enumerate() {
            checks.name(&format!("/areas/{i}/name"), &area.name, 200);
            let functions = format!("/areas/{i}/functions");
            checks.optional_text(&functions, area.functions.as_deref(), 1000);
        }
        checks.at_most("/milestones", self.milestones.len(), 60);
        for (i, milestone) in self.milestones.iter().enumerate() {
            checks.text(&format!("/milestones/{i}/what"), &milestone.what, 500);
        }
    }

    fn index(&self, index: &mut Index) {
        index.facet("instrument", self.instrument.map(OfficeInstrument::word));
        index.facet("legal_personality", Some(self.legal_personality));
        let is_direct = self.levels_to_executive.map(|levels| levels <= 1);
        index.facet("direct_link", is_direct);
        index.since.clone_from(&self.created_on);
        index.texts = self.areas.iter().map(|area| area.name.clone()).collect();
    }

    fn links(&self, _links: &mut Links) {}
}
