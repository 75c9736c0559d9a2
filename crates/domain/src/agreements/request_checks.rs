//! Checks of the requests for actions.

use super::intake::check_checklist;
use super::{
    AnswerFields, OpinionResult, Originals, RemarkFields, Side, Signatory, TransitionRequest,
};
use crate::legal_date::{LegalDate, in_the_future};
use crate::problems::Problem;
use crate::refusal::{Checks, Result};
use crate::wording;

impl TransitionRequest {
    /// Reports everything wrong with the request.
    pub fn check(&self, today: chrono::NaiveDate) -> Result<()> {
        let mut checks = Checks::default();
        match self {
            Self::Announce { .. } => {}
            Self::Submit { note }
            | Self::Resubmit { note, .. }
            | Self::SendToRegistry { note, .. }
            | Self::Confirm { note }
            | Self::Resume { note } => checks.optional_text("/note", note.as_deref(), 4000),
            Self::Forward { note } => checks.text("/note", note, 4000),
            Self::ReturnToOwner { remarks } | Self::Query { remarks } => {
                check_remarks(&mut checks, "/remarks", remarks, true)
            }
            Self::DeclareOutOfScope { explanation, .. } => {
                checks.text("/explanation", explanation, 4000)
            }
            Self::Accept {
                file_number,
                checklist,
                not_applicable,
            } => {
                checks.text("/file_number", file_number, 60);
                check_checklist(&mut checks, checklist, not_applicable);
            }
            Self::Observe { observations } => {
                check_remarks(&mut checks, "/observations", observations, true)
            }
            Self::IssueOpinion {
                result,
                number,
                issued_on,
                valid_until,
                observations,
                ..
            } => {
                checks.text("/number", number, 60);
                check_past(&mut checks, "/issued_on", issued_on, today);
                check_validity(&mut checks, issued_on, valid_until.as_ref());
                check_remarks(
                    &mut checks,
                    "/observations",
                    observations,
                    *result != OpinionResult::Favorable,
                );
            }
            Self::RecordSignature {
                signed_on,
                place,
                signatories,
                originals,
            } => {
                check_past(&mut checks, "/signed_on", signed_on, today);
                checks.text("/place", place, 200);
                check_signatories(&mut checks, signatories);
                check_originals(&mut checks, originals);
            }
            Self::Register {
                text_matches,
                difference,
            } => {
                checks.optional_text("/difference", difference.as_deref(), 4000);
                if !text_matches && difference.as_deref().unwrap_or_default().trim().is_empty() {
                    checks.add(
                        "/difference",
                        "required",
                        wording::signing::difference_required(),
                    );
                }
            }
            Self::Withdraw { reason }
            | Self::Escalate { reason }
            | Self::ReturnToIntake { reason }
            | Self::Reopen { reason }
            | Self::ChangeText { reason, .. }
            | Self::Regularize { reason }
            | Self::Dispute { reason } => checks.text("/reason", reason, 4000),
        }
        check_answers(&mut checks, self.answers().unwrap_or_default());
        checks.finish(Problem::ValidationFailed)
    }
}

fn check_remarks(checks: &mut Checks, pointer: &str, remarks: &[RemarkFields], required: bool) {
    checks.at_most(pointer, remarks.len(), 200);
    if required && remarks.is_empty() {
        checks.add(pointer, "required", wording::review::remark_required());
    }
    for (i, remark) in remarks.iter().enumerate() {
        checks.text(&format!("{pointer}/{i}/text"), &remark.text, 4000);
        checks.optional_text(
            &format!("{pointer}/{i}/clause"),
            remark.clause.as_deref(),
            100,
        );
        checks.optional_text(
            &format!("{pointer}/{i}/language"),
            remark.language.as_deref(),
            35,
        );
    }
}

fn check_answers(checks: &mut Checks, answers: &[AnswerFields]) {
    checks.at_most("/answers", answers.len(), 200);
    for (i, answer) in answers.iter().enumerate() {
        checks.text(&format!("/answers/{i}/text"), &answer.text, 4000);
    }
}

fn check_validity(checks: &mut Checks, issued_on: &LegalDate, until: Option<&LegalDate>) {
    if until.is_some_and(|until| until.latest() < issued_on.earliest()) {
        checks.add(
            "/valid_until",
            "before_issue",
            wording::review::opinion_before_issue(),
        );
    }
}

pub(crate) fn check_past(
    checks: &mut Checks,
    pointer: &str,
    date: &LegalDate,
    today: chrono::NaiveDate,
) {
    if let Some(said) = in_the_future(date, today) {
        checks.add(pointer, "in_the_future", said);
    }
}

fn check_signatories(checks: &mut Checks, signatories: &[Signatory]) {
    checks.at_most("/signatories", signatories.len(), 60);
    for side in [Side::Mexican, Side::Counterpart] {
        if !signatories.iter().any(|signatory| signatory.side == side) {
            checks.add("/signatories", "both_sides", wording::signing::both_sides());
        }
    }
    for (i, signatory) in signatories.iter().enumerate() {
        checks.name(&format!("/signatories/{i}/name"), &signatory.name, 200);
        checks.text(&format!("/signatories/{i}/post"), &signatory.post, 200);
        checks.text(
            &format!("/signatories/{i}/capacity"),
            &signatory.capacity,
            200,
        );
    }
}

fn check_originals(checks: &mut Checks, originals: &[Originals]) {
    checks.at_most("/originals", originals.len(), 10);
    if !originals.iter().any(|original| original.language == "es") {
        checks.add(
            "/originals",
            "spanish_missing",
            wording::signing::spanish_originals(),
        );
    }
    if originals
        .iter()
        .any(|original| !(1..=20).contains(&original.count))
    {
        checks.add(
            "/originals",
            "count",
            wording::signing::count_of_originals(),
        );
    }
}
