//! The fields that every record has, as its owner writes them.

use super::Spec;
use crate::catalogs::{self, Catalog};
use crate::counterparts::Visibility;
use crate::external_ids::{self, ExternalId};
use crate::legal_date::LegalDate;
use crate::refusal::{Admitted, Checks, FieldError};
use crate::tenant::TenantId;
use crate::wording;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::hash::Hash;
use utoipa::ToSchema;
use uuid::Uuid;

/// What an owner writes of every record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RecordFields)]
pub struct Fields {
    /// What it is called.
    #[schema(min_length = 1, max_length = 300)]
    pub title: String,
    /// What else there is to say, as text.
    #[serde(default)]
    #[schema(max_length = 10_000)]
    pub description: Option<String>,
    /// From when it holds.
    #[serde(default)]
    pub starts_on: Option<LegalDate>,
    /// Until when it holds.
    #[serde(default)]
    pub ends_on: Option<LegalDate>,
    /// Governments whom it concerns, besides its owner.
    #[serde(default)]
    #[schema(max_items = 100)]
    pub government_ids: Vec<TenantId>,
    /// The body that is in charge of it.
    #[serde(default)]
    pub body_id: Option<Uuid>,
    /// The person who is in charge of it; only the owner reads it.
    #[serde(default)]
    pub responsible_person_id: Option<Uuid>,
    /// Keys of `/v1/catalogs/themes`.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub themes: Vec<String>,
    /// Keys of `/v1/catalogs/sdg-targets`.
    #[serde(default)]
    #[schema(max_items = 30)]
    pub sdg_targets: Vec<String>,
    /// ISO 3166-1 alpha-2 codes.
    #[serde(default)]
    #[schema(max_items = 60)]
    pub countries: Vec<String>,
    /// Agreements that it belongs to.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub agreement_ids: Vec<Uuid>,
    /// Counterparts that it concerns.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub counterpart_ids: Vec<Uuid>,
    /// Documents of agreements that show what is said here.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub document_ids: Vec<Uuid>,
    /// Ids in other systems; only the owner reads them.
    #[serde(default)]
    pub external_ids: Vec<ExternalId>,
    /// Who may see it; where it is absent, as usual for the kind.
    #[serde(default)]
    pub visibility: Option<Visibility>,
    /// Other governments that see it although its visibility does not show it to them; only the owner
    /// reads them.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub shared_with: Vec<TenantId>,
}

impl Fields {
    /// The names of the fields. What else stands in a body belongs to the kind.
    pub const NAMES: &[&str] = &[
        "title",
        "description",
        "starts_on",
        "ends_on",
        "government_ids",
        "body_id",
        "responsible_person_id",
        "themes",
        "sdg_targets",
        "countries",
        "agreement_ids",
        "counterpart_ids",
        "document_ids",
        "external_ids",
        "visibility",
        "shared_with",
    ];
    /// Those that only the owner reads.
    pub const PERSONAL: &[&str] = &["responsible_person_id"];

    /// Reports everything wrong with them.
    pub fn check(&self, spec: &Spec, checks: &mut Checks) {
        checks.recorded_name("/title", &self.title, 300);
        checks.optional_text("/description", self.description.as_deref(), 10_000);
        checks.period("/ends_on", self.starts_on.as_ref(), self.ends_on.as_ref());
        let keys = [
            ("/themes", &self.themes, Catalog::Themes, 20),
            ("/sdg_targets", &self.sdg_targets, Catalog::SdgTargets, 30),
            ("/countries", &self.countries, Catalog::Countries, 60),
        ];
        for (pointer, values, catalog, most) in keys {
            checks.keys(pointer, values, catalog, most);
        }
        let said = wording::common::repeated_government;
        checks.distinct("/government_ids", &self.government_ids, 100, said);
        checks.distinct("/shared_with", &self.shared_with, 50, said);
        let said = wording::common::repeated_key;
        checks.distinct("/agreement_ids", &self.agreement_ids, 50, said);
        checks.distinct("/counterpart_ids", &self.counterpart_ids, 50, said);
        checks.distinct("/document_ids", &self.document_ids, 50, said);
        external_ids::check(&self.external_ids, checks);
        if spec.access.is_exchange() && !self.shared_with.is_empty() {
            let said = wording::records::two_sides();
            checks.add("/shared_with", "not_taken", said);
        }
        if let Some(visibility) = self.visibility
            && !spec.visibilities.contains(&visibility)
        {
            let words = spec.visibilities.iter().map(|one| <&str>::from(*one));
            let said = wording::records::visibility();
            let error = FieldError::new("/visibility", "not_taken", said);
            checks.push(error.admitting(Admitted::of(words)));
        }
    }
}

impl Checks {
    /// Requires that a period does not end before it begins.
    pub(super) fn period(
        &mut self,
        pointer: &str,
        from: Option<&LegalDate>,
        to: Option<&LegalDate>,
    ) {
        if let (Some(from), Some(to)) = (from, to)
            && to.latest() < from.earliest()
        {
            self.add(pointer, "before_start", wording::common::end_before_start());
        }
    }

    /// Requires keys of a catalogue, each once and not too many.
    pub(super) fn keys(&mut self, pointer: &str, values: &[String], catalog: Catalog, most: usize) {
        self.distinct(pointer, values, most, wording::common::repeated_key);
        for (i, key) in values.iter().enumerate() {
            if !catalogs::contains(catalog, key) {
                self.push(FieldError::unknown_key(format!("{pointer}/{i}"), catalog));
            }
        }
    }

    /// Requires each item once, and not too many.
    pub(super) fn distinct<T: Eq + Hash>(
        &mut self,
        pointer: &str,
        values: &[T],
        most: usize,
        said: impl Fn() -> crate::Said,
    ) {
        self.at_most(pointer, values.len(), most);
        let mut seen = HashSet::new();
        for (i, value) in values.iter().enumerate() {
            if !seen.insert(value) {
                self.add(format!("{pointer}/{i}"), "repeated", said());
            }
        }
    }
}
