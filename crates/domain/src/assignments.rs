//! Assignments: who works on a case. Each government with a seat in the case decides that for
//! itself, and no other government learns it.

use crate::problems::Problem;
use crate::refusal::{Checks, Result};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// To whom a government gives a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"person_id": "01938a5c-7c00-7a00-8000-000000000001", "note": "Urge por la firma de marzo."}))]
pub struct AssignmentFields {
    /// The person, who belongs to your government and may act on the case; `null` takes the case
    /// from whoever has it.
    #[serde(deserialize_with = "named")]
    #[schema(required)]
    pub person_id: Option<Uuid>,
    /// What the person should know; for your government alone.
    #[serde(default)]
    #[schema(max_length = 2000)]
    pub note: Option<String>,
}

/// `null` must be sent explicitly, so that a forgotten field does not unassign a case.
fn named<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> std::result::Result<Option<Uuid>, D::Error> {
    Option::deserialize(deserializer)
}

impl AssignmentFields {
    /// Reports everything wrong with it.
    pub fn check(&self) -> Result<()> {
        let mut checks = Checks::default();
        checks.optional_text("/note", self.note.as_deref(), 2000);
        checks.finish(Problem::ValidationFailed)
    }
}

/// One assignment, as the government that made it reads it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Assignment {
    /// Its id.
    pub id: Uuid,
    /// The case.
    pub agreement_id: Uuid,
    /// The person; `null` where the case was taken back.
    pub person_id: Option<Uuid>,
    /// What was said with it.
    pub note: Option<String>,
    /// Who said so.
    pub assigned_by: Option<Uuid>,
    /// When it began.
    pub since: DateTime<Utc>,
    /// When another took its place.
    pub until: Option<DateTime<Utc>>,
}
