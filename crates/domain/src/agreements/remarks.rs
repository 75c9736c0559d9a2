//! Remarks of intake and observations of the legal review, as callers read them.

use crate::tenant::TenantId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};
use utoipa::ToSchema;
use uuid::Uuid;

/// Which of the two it is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum RemarkKind {
    /// Of intake or of the state: the case goes back.
    Remark,
    /// Of the legal review, alone or with an opinion.
    Observation,
}

/// A remark (at intake) or observation (of the legal review), with its answer.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RemarkView {
    /// Its id.
    pub id: Uuid,
    /// `remark` or `observation`.
    pub kind: RemarkKind,
    /// The round it was made in: the number of the submission that lay before its author.
    pub submission: i32,
    /// The government that made it.
    pub author: TenantId,
    /// What is to be mended.
    pub text: String,
    /// The version of the text.
    pub text_set: Option<i32>,
    /// The language.
    pub language: Option<String>,
    /// The clause.
    pub clause: Option<String>,
    /// The model clause that it is in that text, a key of the catalogue `clauses`.
    pub clause_model: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// The owner's answer, once it was sent.
    pub answer: Option<String>,
    /// When it was answered.
    pub answered_at: Option<DateTime<Utc>>,
}
