//! The Mexican parties of a case: what each approved, and its state in the case.

use super::request_checks::check_past;
use super::{PartyRole, Renewal, SignatoryView, Term, Validity};
use crate::legal_date::LegalDate;
use crate::refusal::Checks;
use crate::tenant::TenantId;
use crate::wording;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// The approval by a council: of a municipality its ayuntamiento's (CPEUM article 115-II-b), of a
/// borough its concejo's, where it gave one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CouncilApproval {
    /// The day of the session.
    pub session_on: LegalDate,
    /// The document: of kind `council_minutes`; of a borough and of another party `approval` too.
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
    /// Whether two thirds of all members voted for it. State law may require that for agreements
    /// that outlast the council's own term.
    pub fn two_thirds_met(&self) -> bool {
        i64::from(self.votes_for) * 3 >= i64::from(self.members) * 2
    }

    /// Whether more voted for it than against it.
    pub fn is_carried(&self) -> bool {
        self.votes_for > self.votes_against
    }

    /// Reports a session that has not been held, impossible vote counts, and a vote that was lost.
    pub(super) fn check(&self, pointer: &str, today: NaiveDate, checks: &mut Checks) {
        let session = format!("{pointer}/session_on");
        check_past(checks, &session, &self.session_on, today);
        let votes = [self.votes_for, self.votes_against, self.abstentions];
        let cast: i64 = votes.iter().map(|v| i64::from(*v)).sum();
        if !(1..=200).contains(&self.members)
            || votes.iter().any(|v| *v < 0)
            || cast > i64::from(self.members)
        {
            checks.add(pointer, "votes", wording::agreements::votes());
        } else if !self.is_carried() {
            checks.add(pointer, "not_carried", wording::agreements::not_carried());
        }
    }

    /// The decision without its document.
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

/// Whether the agreement outlasts a term of office: it has no end, renews itself, or ends later
/// than the term. None if validity or term is unknown.
pub fn outlives_term(validity: Option<&Validity>, term_ends: Option<&LegalDate>) -> Option<bool> {
    let validity = validity?;
    if validity.term == Term::Indefinite || validity.renewal == Renewal::Automatic {
        return Some(true);
    }
    Some(validity.ends_on.as_ref()?.latest() > term_ends?.latest())
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
    /// Whether the agreement outlives the term in which its council voted, whoever headed the
    /// government then: it is without end, renews itself, or ends later. Absent where that is not
    /// known.
    pub outlives_term: Option<bool>,
    /// Whether its state's law may therefore ask for two thirds of its council (CPEUM article
    /// 115-II-b); of ayuntamientos only, and not of boroughs. Nothing is refused for it: some state
    /// laws ask, others do not.
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
