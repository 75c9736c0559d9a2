//! Cooperation between a state and the foreign ministry: the collaboration mechanism and the office
//! that the state designates for it.

use crate::agreements::AgreementKind;
use crate::legal_date::LegalDate;
use crate::problems::Problem;
use crate::refusal::{Admitted, Checks, FieldError, Result};
use crate::tenant::TenantId;
use crate::wording;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::VariantArray;
use utoipa::ToSchema;
use uuid::Uuid;

/// What SRE writes of a collaboration mechanism (mecanismo de colaboración).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"state_id": "14", "name": "Mecanismo de colaboración SRE–Jalisco", "kinds": ["twinning"], "starts_on": "2024-01-15"}))]
pub struct MechanismFields {
    /// The state.
    pub state_id: TenantId,
    /// The instrument's name.
    #[schema(max_length = 300)]
    pub name: String,
    /// The kinds of agreement that pass through the state; twinnings where none is named.
    #[serde(default = "default_kinds")]
    pub kinds: Vec<AgreementKind>,
    /// The first day in force.
    pub starts_on: LegalDate,
    /// The last day in force; absent while it has no end.
    #[serde(default)]
    pub ends_on: Option<LegalDate>,
}

fn default_kinds() -> Vec<AgreementKind> {
    vec![AgreementKind::Twinning]
}

impl MechanismFields {
    /// Reports everything wrong with it.
    pub fn check(&self) -> Result<()> {
        let mut checks = Checks::default();
        checks.name("/name", &self.name, 300);
        if self.kinds.is_empty() || self.kinds.iter().any(|kind| !kind.is_registrable()) {
            let kinds = AgreementKind::VARIANTS.iter();
            let kinds = kinds.filter(|kind| kind.is_registrable());
            let kinds = Admitted::of(kinds.map(<&'static str>::from));
            let said = wording::governments::mechanism_kinds();
            checks.push(FieldError::new("/kinds", "not_registrable", said).admitting(kinds));
        }
        check_period(
            &mut checks,
            "/ends_on",
            &self.starts_on,
            self.ends_on.as_ref(),
        );
        checks.finish(Problem::ValidationFailed)
    }

    /// The same as it is kept: the name without spaces around it.
    #[must_use]
    pub fn kept(mut self) -> Self {
        self.name = self.name.trim().to_owned();
        self
    }
}

/// What SRE writes of a designated office (oficina estatal designada).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"state_id": "14", "name": "Dirección de Relaciones Internacionales", "head_name": "Persona Titular", "head_post": "Directora", "since": "2024-01-15"}))]
pub struct OfficeFields {
    /// The state that designated it.
    pub state_id: TenantId,
    /// The office's name.
    #[schema(max_length = 300)]
    pub name: String,
    /// The name of the person in charge; another name corrects this one. Whoever takes over is
    /// written down with the office and a period of their own.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 200)]
    pub head_name: Option<String>,
    /// The post of the person in charge.
    #[serde(default)]
    #[schema(max_length = 200)]
    pub head_post: Option<String>,
    /// The first day of the designation.
    pub since: LegalDate,
    /// The last day; absent while it stands.
    #[serde(default)]
    pub until: Option<LegalDate>,
}

impl OfficeFields {
    /// Reports everything wrong with it.
    pub fn check(&self) -> Result<()> {
        let mut checks = Checks::default();
        checks.name("/name", &self.name, 300);
        if let Some(name) = &self.head_name {
            checks.name("/head_name", name, 200);
        }
        checks.optional_text("/head_post", self.head_post.as_deref(), 200);
        check_period(&mut checks, "/until", &self.since, self.until.as_ref());
        checks.finish(Problem::ValidationFailed)
    }

    /// The same as it is kept: the names without spaces around them.
    #[must_use]
    pub fn kept(mut self) -> Self {
        self.name = self.name.trim().to_owned();
        self.head_name = self.head_name.map(|name| name.trim().to_owned());
        self
    }
}

fn check_period(checks: &mut Checks, pointer: &str, from: &LegalDate, to: Option<&LegalDate>) {
    if to.is_some_and(|to| to.earliest() < from.earliest()) {
        checks.add(pointer, "before_start", wording::common::end_before_start());
    }
}

/// A collaboration mechanism.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Mechanism {
    /// Its id.
    pub id: Uuid,
    /// What SRE wrote.
    #[serde(flatten)]
    pub fields: MechanismFields,
    /// Counts the changes.
    pub version: i32,
    /// When it was written down.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// A designated office.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Office {
    /// Its id.
    pub id: Uuid,
    /// What SRE wrote.
    #[serde(flatten)]
    pub fields: OfficeFields,
    /// Counts the changes.
    pub version: i32,
    /// When it was written down.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}
