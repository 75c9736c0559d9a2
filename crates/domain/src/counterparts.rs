//! Counterparts: the parties abroad with whom agreements are made.

use crate::catalogs::{self, Catalog};
use crate::external_ids::{self, ExternalId};
use crate::problems::Problem;
use crate::refusal::{Admitted, Checks, FieldError, Result};
use crate::tenant::TenantId;
use crate::wording;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;
use uuid::Uuid;

/// What a counterpart is in law; the gate of the whole procedure (LCT articles 1 and 2-VIII).
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum CounterpartKind {
    /// A foreign government body (órgano gubernamental extranjero): registrable.
    ForeignGovernment,
    /// A legal person of public international law (organización internacional): registrable.
    InternationalOrganization,
    /// A private person or body: outside the law on treaties.
    Private,
    /// Another Mexican government: real, but not registrable.
    Domestic,
}

impl CounterpartKind {
    /// Whether an agreement with only this kind of counterpart may enter the registry.
    pub fn is_registrable(self) -> bool {
        matches!(
            self,
            Self::ForeignGovernment | Self::InternationalOrganization
        )
    }
}

/// The level of a counterpart's government. Levels of both sides need not be equal.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum CounterpartLevel {
    /// A national government or one of its bodies.
    National,
    /// A province, region, federated state.
    Regional,
    /// A metropolitan authority or a union of cities.
    Metropolitan,
    /// A city or municipality.
    Local,
    /// No territory, such as an international organisation or a company.
    None,
    /// Not known, as in old files; counted apart from the others.
    Unknown,
}

/// Who may see a record of this kind.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Visibility {
    /// The owner alone.
    #[default]
    Private,
    /// The owner and the foreign ministry.
    Government,
    /// Every government that signs in.
    Network,
    /// Anyone who signs in; and, where a public operation shows it, anyone.
    Public,
}

/// What an owner writes of a counterpart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"kind": "foreign_government", "level": "local", "name": "Ciudad de Kioto", "country": "JP"}))]
pub struct CounterpartFields {
    /// What it is in law.
    pub kind: CounterpartKind,
    /// The level of its government.
    pub level: CounterpartLevel,
    /// Its name.
    #[schema(min_length = 1, max_length = 300)]
    pub name: String,
    /// ISO 3166-1 alpha-2; may be absent for an international organisation only.
    #[serde(default)]
    #[schema(example = "JP")]
    pub country: Option<String>,
    /// Who may see it.
    #[serde(default)]
    pub visibility: Visibility,
    /// Ids in other systems.
    #[serde(default)]
    pub external_ids: Vec<ExternalId>,
}

impl CounterpartFields {
    /// Reports everything wrong with it at once.
    pub fn check(&self) -> Result<()> {
        let mut checks = Checks::default();
        checks.recorded_name("/name", &self.name, 300);
        match self.country.as_deref() {
            Some(code) if !catalogs::contains(Catalog::Countries, code) => {
                let said = wording::counterparts::country_code();
                let admitted = Admitted::keys(Catalog::Countries);
                let error = FieldError::new("/country", "unknown_key", said);
                checks.push(error.admitting(admitted));
            }
            Some("MX") if self.kind == CounterpartKind::ForeignGovernment => {
                checks.add(
                    "/country",
                    "domestic_country",
                    wording::counterparts::mexican_government(),
                );
            }
            Some(code) if code != "MX" && self.kind == CounterpartKind::Domestic => {
                checks.add(
                    "/country",
                    "not_domestic",
                    wording::counterparts::domestic_country(),
                );
            }
            None if self.kind != CounterpartKind::InternationalOrganization => {
                checks.add(
                    "/country",
                    "required",
                    wording::counterparts::country_required(),
                );
            }
            _ => {}
        }
        external_ids::check(&self.external_ids, &mut checks);
        checks.finish(Problem::ValidationFailed)
    }

    /// The same as it is kept: the name without spaces around it, the ids in their order.
    #[must_use]
    pub fn kept(mut self) -> Self {
        self.name = self.name.trim().to_owned();
        let ids = &mut self.external_ids;
        ids.sort_by(|a, b| (&a.system, &a.value).cmp(&(&b.system, &b.value)));
        self
    }

    /// Whether an agreement that names it shows the same of both.
    pub fn shows_the_same(&self, other: &Self) -> bool {
        (self.kind, self.level, &self.name, &self.country)
            == (other.kind, other.level, &other.name, &other.country)
    }

    /// Whether the figures count an agreement that names it under the same values of both.
    pub fn counts_the_same(&self, other: &Self) -> bool {
        (self.kind, self.level, &self.country) == (other.kind, other.level, &other.country)
    }
}

/// A counterpart as those who may see it read it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Counterpart {
    /// Its id.
    pub id: Uuid,
    /// The government that wrote it down.
    pub tenant_id: TenantId,
    /// What the owner wrote.
    #[serde(flatten)]
    pub fields: CounterpartFields,
    /// Counts the changes.
    pub version: i32,
    /// When it was written down.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// What of a counterpart stands in an agreement as others see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CounterpartCard {
    /// Its id.
    pub id: Uuid,
    /// What it is in law.
    pub kind: CounterpartKind,
    /// The level of its government.
    pub level: CounterpartLevel,
    /// Its name.
    pub name: String,
    /// Its country, ISO 3166-1 alpha-2.
    pub country: Option<String>,
}
