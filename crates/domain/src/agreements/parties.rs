//! The Mexican parties of a case: what each sends of its own, and how it stands.

use super::{PartyRole, Renewal, SignatoryView, Term, Validity};
use crate::legal_date::LegalDate;
use crate::problems::Problem;
use crate::refusal::{Checks, Result};
use crate::tenant::TenantId;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// The approval by a council (CPEUM article 115-II-b).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CouncilApproval {
    /// The day of the session.
    pub session_on: LegalDate,
    /// The document: of kind `council_minutes`, of another party `approval` too.
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

    /// Notes votes that cannot be.
    pub(super) fn check(&self, pointer: &str, checks: &mut Checks) {
        let votes = [self.votes_for, self.votes_against, self.abstentions];
        let cast: i64 = votes.iter().map(|v| i64::from(*v)).sum();
        if !(1..=200).contains(&self.members)
            || votes.iter().any(|v| *v < 0)
            || cast > i64::from(self.members)
        {
            checks.add(
                pointer,
                "votes",
                "Los votos no pueden superar a los integrantes del cabildo.",
                "The votes cannot exceed the members of the council.",
            );
        }
    }

    /// The decision without its paper.
    pub fn vote(&self) -> CouncilVote {
        CouncilVote {
            session_on: self.session_on.clone(),
            members: self.members,
            votes_for: self.votes_for,
            votes_against: self.votes_against,
            abstentions: self.abstentions,
        }
    }
}

/// What a council decided: public by law (LGTAIP article 66-IX).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CouncilVote {
    /// The day of the session.
    pub session_on: LegalDate,
    /// The members of the council.
    pub members: i32,
    /// Votes for.
    pub votes_for: i32,
    /// Votes against.
    pub votes_against: i32,
    /// Abstentions.
    pub abstentions: i32,
}

/// Whether what is agreed outlives a term of office: without end, renewed by itself, or ending
/// later than the term. Nothing where the one or the other is not known.
pub fn outlives_term(validity: Option<&Validity>, term_ends: Option<&LegalDate>) -> Option<bool> {
    let validity = validity?;
    if validity.term == Term::Indefinite || validity.renewal == Renewal::Automatic {
        return Some(true);
    }
    Some(validity.ends_on.as_ref()?.latest() > term_ends?.latest())
}

/// What a party sends when it confirms. Nothing is needed where it has no council, or where its
/// approval is on file already.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"approval": {
    "session_on": "2026-09-01", "document_id": "0190f5fe-7c00-7a00-8000-000000000001", "members": 19, "votes_for": 15, "votes_against": 3, "abstentions": 1
}}))]
pub struct ConfirmationRequest {
    /// Its council's approval; the minutes are a document that it put in itself, of kind
    /// `council_minutes` or `approval`.
    #[serde(default)]
    pub approval: Option<CouncilApproval>,
    /// Of a party without a council: its approval, a document of kind `approval` that it put in
    /// itself.
    #[serde(default)]
    pub document_id: Option<Uuid>,
}

impl ConfirmationRequest {
    /// Everything wrong with it.
    pub fn check(&self, today: NaiveDate) -> Result<()> {
        let mut checks = Checks::default();
        if let Some(approval) = &self.approval {
            approval.check("/approval", &mut checks);
            super::request_checks::check_past(
                &mut checks,
                "/approval/session_on",
                &approval.session_on,
                today,
            );
            if self.document_id.is_some() {
                checks.add(
                    "/document_id",
                    "one_approval",
                    "Envíe el acta con su votación o una aprobación sin votación, no ambas.",
                    "Send the minutes with their vote or an approval without one, not both.",
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
    /// Everything wrong with it.
    pub fn check(&self, today: NaiveDate) -> Result<()> {
        let mut checks = Checks::default();
        super::request_checks::check_past(&mut checks, "/signed_on", &self.signed_on, today);
        checks.text("/place", &self.place, 200);
        checks.at_most("/signatories", self.signatories.len(), 10);
        if self.signatories.is_empty() {
            checks.add(
                "/signatories",
                "required",
                "Nombre a quien firmó.",
                "Name who signed.",
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
    /// Everything wrong with it.
    pub fn check(&self) -> Result<()> {
        let mut checks = Checks::default();
        checks.text("/reason", &self.reason, 4000);
        checks.finish(Problem::ValidationFailed)
    }
}

/// How a party signed: with the others, or by joining later.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PartySignature {
    /// The day.
    pub signed_on: LegalDate,
    /// The place.
    pub place: Option<String>,
    /// Who signed for it.
    pub signatories: Vec<SignatoryView>,
    /// What an adherent signed.
    pub document_id: Option<Uuid>,
}

/// A Mexican party as it stands in the case.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PartyView {
    /// Who it is and what it approved.
    #[serde(flatten)]
    pub standing: PartyStanding,
    /// When it confirmed what stands in the draft; any change of the draft undoes it.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// How it signed; absent until it has.
    pub signature: Option<PartySignature>,
}

/// Who a party is and what it approved: what a reviewer is sent of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PartyStanding {
    /// Which government.
    pub government_id: TenantId,
    /// Its name.
    pub name: String,
    /// `lead`, `signatory` or `adherent`.
    pub role: PartyRole,
    /// The body that signs, in the party's words.
    pub body: Option<String>,
    /// The body that signs, where it is on file.
    pub body_id: Option<Uuid>,
    /// The name of the body on file.
    pub body_name: Option<String>,
    /// Whether the body is of a kind that LCT article 1 does not name.
    pub requires_legal_review: bool,
    /// Its council's approval.
    pub approval: Option<CouncilApproval>,
    /// The document of its approval, with a vote or without.
    pub approval_document_id: Option<Uuid>,
    /// Whether two thirds of its council voted for it; absent where no vote is on file.
    pub two_thirds_met: Option<bool>,
    /// Whether the agreement outlives the administration that its council voted in: it is without
    /// end, renews itself, or ends later. Absent where that is not known.
    pub outlives_term: Option<bool>,
    /// Whether its state's law may therefore ask for two thirds of its council (CPEUM article
    /// 115-II-b); of municipalities only. Nothing is refused for it: some state laws ask, others
    /// do not.
    pub two_thirds_needed: Option<bool>,
    /// The day on which it joined what the others had signed.
    pub adhered_on: Option<LegalDate>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_end_outlives_every_term_and_what_ends_in_it_none() {
        let validity = |ends_on: Option<&str>, renewal| Validity {
            enters_into_force_on: None,
            ends_on: ends_on.map(|end| LegalDate::parse(end).unwrap()),
            term: if ends_on.is_some() {
                Term::Fixed
            } else {
                Term::Indefinite
            },
            renewal,
        };
        let term = LegalDate::parse("2027-09-30").unwrap();
        for (ends_on, renewal, known, unknown) in [
            (None, Renewal::None, Some(true), Some(true)),
            (Some("2027-09-30"), Renewal::None, Some(false), None),
            (Some("2027-09"), Renewal::ByAgreement, Some(false), None),
            (Some("2027-10-01"), Renewal::None, Some(true), None),
            (Some("2027"), Renewal::None, Some(true), None),
            (
                Some("2027-01-01"),
                Renewal::Automatic,
                Some(true),
                Some(true),
            ),
        ] {
            let validity = validity(ends_on, renewal);
            assert_eq!(outlives_term(Some(&validity), Some(&term)), known);
            assert_eq!(outlives_term(Some(&validity), None), unknown);
        }
        assert_eq!(outlives_term(None, Some(&term)), None);
    }
}
