//! Urgency: what the owner tells the holder of its case about the day on which it wants to sign.

use crate::legal_date::LegalDate;
use crate::problems::Problem;
use crate::refusal::{Checks, Result};
use crate::wording;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

/// How pressing a case is.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Priority {
    /// In its turn.
    #[default]
    Normal,
    /// The owner asks for it to be taken first, and says why.
    Urgent,
}

/// What an owner says of the urgency of its case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"urgent": true, "reason": "Visita oficial de la alcaldesa de Kioto.", "planned_signing_on": "2027-03-12"}))]
pub struct UrgencyFields {
    /// Whether it is urgent.
    pub urgent: bool,
    /// Why; needed where it is urgent.
    #[serde(default)]
    #[schema(max_length = 2000)]
    pub reason: Option<String>,
    /// When it is to be signed.
    #[serde(default)]
    pub planned_signing_on: Option<LegalDate>,
}

impl UrgencyFields {
    /// Reports everything wrong with it.
    pub fn check(&self, today: NaiveDate) -> Result<()> {
        let mut checks = Checks::default();
        if self.urgent {
            checks.text("/reason", self.reason.as_deref().unwrap_or_default(), 2000);
        } else {
            checks.optional_text("/reason", self.reason.as_deref(), 2000);
        }
        let planned = self.planned_signing_on.as_ref();
        if planned.is_some_and(|day| day.latest() < today) {
            checks.add(
                "/planned_signing_on",
                "in_the_past",
                wording::agreements::planned_in_the_past(),
            );
        }
        checks.finish(Problem::ValidationFailed)
    }

    /// What stands where the owner has said nothing.
    pub fn unsaid() -> Self {
        Self {
            urgent: false,
            reason: None,
            planned_signing_on: None,
        }
    }

    /// The resulting priority.
    pub fn priority(&self) -> Priority {
        if self.urgent {
            Priority::Urgent
        } else {
            Priority::Normal
        }
    }
}

/// What the owner last said of the urgency, to whoever follows the case.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Urgency {
    /// What it said.
    #[serde(flatten)]
    pub fields: UrgencyFields,
    /// When.
    pub at: DateTime<Utc>,
}
