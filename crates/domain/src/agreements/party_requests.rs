//! The requests of a party that does not lead: confirm, join, leave.

use super::CouncilApproval;
use super::request_checks::check_past;
use crate::legal_date::LegalDate;
use crate::problems::Problem;
use crate::refusal::{Checks, Result};
use crate::wording;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// What a party sends when it confirms. Nothing is needed where it has no council, or where its
/// approval is on file already.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"approval": {
    "session_on": "2026-09-01", "document_id": "0190f5fe-7c00-7a00-8000-000000000001", "members": 19, "votes_for": 15, "votes_against": 3, "abstentions": 1
}}))]
pub struct ConfirmationRequest {
    /// Its council's approval, of a municipality or a borough; the minutes are a document that it
    /// put in itself, of kind `council_minutes` or `approval`.
    #[serde(default)]
    pub approval: Option<CouncilApproval>,
    /// Of a party without a council: its approval, a document of kind `approval` that it put in
    /// itself.
    #[serde(default)]
    pub document_id: Option<Uuid>,
}

impl ConfirmationRequest {
    /// The document of the approval that is sent with it.
    pub fn document(&self) -> Option<Uuid> {
        let voted = self.approval.as_ref().map(|vote| vote.document_id);
        voted.or(self.document_id)
    }

    /// Reports everything wrong with the request.
    pub fn check(&self, today: NaiveDate) -> Result<()> {
        let mut checks = Checks::default();
        if let Some(approval) = &self.approval {
            approval.check("/approval", today, &mut checks);
            if self.document_id.is_some() {
                checks.add(
                    "/document_id",
                    "one_approval",
                    wording::agreements::one_approval(),
                );
            }
        }
        checks.finish(Problem::ValidationFailed)
    }
}

/// Who signed for a government that joins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdhesionSignatory {
    /// The person's name.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    /// The person's post.
    #[schema(min_length = 1, max_length = 200)]
    pub post: String,
    /// In which capacity, such as head of government or deputy by appointment.
    #[schema(min_length = 1, max_length = 200)]
    pub capacity: String,
    /// The document of kind `authority` that says so.
    #[serde(default)]
    pub authority_document_id: Option<Uuid>,
}

/// What an adherent sends when it joins what others signed (adhesión).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "signed_on": "2026-11-12", "place": "Irapuato, Guanajuato", "document_id": "0190f5fe-7c00-7a00-8000-000000000001",
    "signatories": [{"name": "Persona Titular", "post": "Presidenta municipal", "capacity": "Titular"}]
}))]
pub struct AdhesionRequest {
    /// The day.
    pub signed_on: LegalDate,
    /// Where.
    #[schema(min_length = 1, max_length = 200)]
    pub place: String,
    /// Who signed for it.
    #[schema(min_items = 1, max_items = 10)]
    pub signatories: Vec<AdhesionSignatory>,
    /// What was signed: a document of kind `signed_copy` or `approval` that it put in itself.
    pub document_id: Uuid,
}

impl AdhesionRequest {
    /// Reports everything wrong with the request.
    pub fn check(&self, today: NaiveDate) -> Result<()> {
        let mut checks = Checks::default();
        check_past(&mut checks, "/signed_on", &self.signed_on, today);
        checks.text("/place", &self.place, 200);
        checks.at_most("/signatories", self.signatories.len(), 10);
        if self.signatories.is_empty() {
            checks.add(
                "/signatories",
                "required",
                wording::signing::signatory_required(),
            );
        }
        for (i, signatory) in self.signatories.iter().enumerate() {
            for (field, value) in [
                ("name", &signatory.name),
                ("post", &signatory.post),
                ("capacity", &signatory.capacity),
            ] {
                checks.text(&format!("/signatories/{i}/{field}"), value, 200);
            }
        }
        checks.finish(Problem::ValidationFailed)
    }
}

/// What a party says when it leaves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "El cabildo cambió de prioridad."}))]
pub struct DepartureRequest {
    /// Why; the lead and the other parties read it in the history.
    #[schema(min_length = 1, max_length = 4000)]
    pub reason: String,
}

impl DepartureRequest {
    /// Reports everything wrong with the request.
    pub fn check(&self) -> Result<()> {
        let mut checks = Checks::default();
        checks.text("/reason", &self.reason, 4000);
        checks.finish(Problem::ValidationFailed)
    }
}
