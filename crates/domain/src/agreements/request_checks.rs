//! Checks of the requests for actions.

use super::intake::check_checklist;
use super::{
    AnswerFields, OpinionResult, Originals, RemarkFields, Side, Signatory, TransitionRequest,
};
use crate::legal_date::{LegalDate, in_the_future};
use crate::problems::Problem;
use crate::refusal::{Checks, Result};
use crate::wording;
use std::collections::HashSet;

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
                check_difference(&mut checks, *text_matches, difference.as_deref());
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

/// A difference is said of a text that differs, and of no other.
fn check_difference(checks: &mut Checks, text_matches: bool, difference: Option<&str>) {
    checks.optional_text("/difference", difference, 4000);
    let explained = difference.is_some_and(|text| !text.trim().is_empty());
    if text_matches && explained {
        checks.add(
            "/difference",
            "text_matches",
            wording::signing::difference_of_none(),
        );
    } else if !text_matches && !explained {
        checks.add(
            "/difference",
            "required",
            wording::signing::difference_required(),
        );
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
    let mut answered = HashSet::new();
    for (i, answer) in answers.iter().enumerate() {
        checks.text(&format!("/answers/{i}/text"), &answer.text, 4000);
        if !answered.insert(answer.remark_id) {
            checks.add(
                format!("/answers/{i}/remark_id"),
                "repeated",
                wording::review::each_remark_once(),
            );
        }
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
    let signs = |side: Side| signatories.iter().any(|signatory| signatory.side == side);
    let missing = match (signs(Side::Mexican), signs(Side::Counterpart)) {
        (true, true) => None,
        (true, false) => Some(wording::signing::counterpart_signatory()),
        (false, true) => Some(wording::signing::mexican_signatory()),
        (false, false) => Some(wording::signing::both_sides()),
    };
    if let Some(said) = missing {
        checks.add("/signatories", "both_sides", said);
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
    if !originals.iter().any(|original| original.binds_in("es")) {
        checks.add(
            "/originals",
            "spanish_missing",
            wording::signing::spanish_originals(),
        );
    }
    let mut languages = HashSet::new();
    for (i, original) in originals.iter().enumerate() {
        if !languages.insert(&original.language) {
            checks.add(
                format!("/originals/{i}/language"),
                "repeated",
                wording::signing::each_language_once(),
            );
        }
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
