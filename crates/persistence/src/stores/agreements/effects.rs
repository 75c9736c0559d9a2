//! What each action writes in addition to the step itself.

use super::cases::Case;
use super::opinions::{self, Issued};
use super::{adoption, announcing, intake};
use super::{registration, remarks, sharing, signatures, submissions, text_comparison};
use crate::failure::Outcome;
use crate::schema::{agreement_grants as grants, agreements};
use crate::tx::WriteTx;
use diesel::prelude::*;
use vinculo_domain::agreements::{
    AgreementContent, Compliance, OutOfScope, Seat, Stage, TransitionRequest,
};
use vinculo_domain::{Refusal, TenantId};

/// Where an action leads from and to.
pub(super) struct Move<'a> {
    /// The content as the owner's side sees it.
    pub(super) content: &'a AgreementContent,
    /// The stage before.
    pub(super) from: Stage,
    /// The government that holds the case next, if it is not the owner.
    pub(super) holder: Option<TenantId>,
}

/// Carries out an action after its step; gives who reads its note.
pub(super) fn apply(
    tx: &mut WriteTx<'_>,
    case: &mut Case,
    request: &TransitionRequest,
    way: &Move<'_>,
) -> Outcome<Option<TenantId>> {
    use TransitionRequest as T;
    if let Some(answers) = request.answers() {
        remarks::answer(tx, case, answers)?;
    }
    match request {
        T::Announce { share_with_state } => {
            announcing::announce(tx, case, way.content, *share_with_state)?
        }
        T::Submit { .. } | T::Resubmit { .. } | T::Escalate { .. } => send(tx, case, way, false)?,
        T::ChangeText { .. } => {
            in_process(case);
            send(tx, case, way, false)?;
        }
        T::SendToRegistry { .. } => send(tx, case, way, true)?,
        T::Regularize { .. } => {
            case.row.regularizing = true;
            send(tx, case, way, true)?;
        }
        T::Forward { .. } => {
            sharing::grant(tx, case, &TenantId::sre(), Seat::Federal)?;
            submissions::forward(tx, case, &TenantId::sre())?;
        }
        T::ReturnToOwner { remarks } => {
            let stage: &'static str = way.from.into();
            case.row.returned_from = Some(stage.to_owned());
            remarks::add(tx, case, "remark", remarks)?;
        }
        T::Accept {
            file_number,
            checklist,
            not_applicable,
        } => {
            intake::check(tx, case, checklist, not_applicable)?;
            case.row.file_number = Some(file_number.clone());
        }
        T::DeclareOutOfScope {
            ground,
            explanation,
        } => {
            let found = OutOfScope {
                ground: *ground,
                explanation: explanation.clone(),
            };
            case.row.out_of_scope = Some(serde_json::to_string(&found)?);
        }
        T::Reopen { .. } => case.row.out_of_scope = None,
        T::Observe { observations } => remarks::add(tx, case, "observation", observations)?,
        T::Query { remarks } => remarks::add(tx, case, "remark", remarks)?,
        T::IssueOpinion {
            result,
            number,
            issued_on,
            document_id,
            valid_until,
            observations,
        } => {
            let issued = Issued {
                result: *result,
                number,
                issued_on,
                valid_until: valid_until.as_ref(),
                document: *document_id,
                observations,
            };
            opinions::issue(tx, case, &issued)?;
        }
        T::RecordSignature {
            signed_on,
            place,
            signatories,
            originals,
        } => {
            signatures::record(
                tx,
                case,
                way.content,
                signed_on,
                place,
                signatories,
                originals,
            )?;
        }
        T::Register { text_matches, .. } => {
            text_comparison::require_match(tx, case, *text_matches)?;
            registration::inscribe(tx, case)?;
        }
        T::Dispute { reason } => case.row.dispute = Some(reason.clone()),
        T::Confirm { .. } => {
            adoption::adopt(tx, case)?;
            case.row.dispute = None;
        }
        T::Withdraw { .. } => {
            // A report that was taken back may be reported again.
            if way.from == Stage::Reported {
                case.row.fingerprint = None;
            }
            case.row.regularizing = false;
        }
        T::ReturnToIntake { .. } | T::Resume { .. } => {}
    }
    keep_head(tx, case)?;
    reader_of_note(tx, case, request, way)
}

/// Who reads the note, besides its author and the owner's side.
fn reader_of_note(
    tx: &mut WriteTx<'_>,
    case: &Case,
    request: &TransitionRequest,
    way: &Move<'_>,
) -> Outcome<Option<TenantId>> {
    use TransitionRequest as T;
    match request {
        T::Forward { .. } => Ok(Some(TenantId::sre())),
        T::Confirm { .. } | T::Dispute { .. } => {
            let reporter: &'static str = Seat::Reporter.into();
            let who: Option<String> = sharing::current(case)
                .filter(grants::reason.eq(reporter))
                .select(grants::viewer_tenant)
                .first(tx.conn)
                .optional()?;
            Ok(who.map(TenantId::new))
        }
        _ => Ok(way.holder.clone()),
    }
}

/// A text other than the one the opinion was given on is under review again.
fn in_process(case: &mut Case) {
    let word: &'static str = Compliance::InProcess.into();
    word.clone_into(&mut case.row.compliance);
}

/// Stores what an action changed on the head of the case besides its stage.
pub(super) fn keep_head(tx: &mut WriteTx<'_>, case: &Case) -> Outcome<()> {
    let row = &case.row;
    diesel::update(agreements::table.find((&row.tenant_id, &row.id)))
        .set((
            agreements::returned_from.eq(&row.returned_from),
            agreements::file_number.eq(&row.file_number),
            agreements::compliance.eq(&row.compliance),
            agreements::regularizing.eq(row.regularizing),
            agreements::regularized_at.eq(row.regularized_at),
            agreements::out_of_scope.eq(&row.out_of_scope),
            agreements::dispute.eq(&row.dispute),
            agreements::fingerprint.eq(&row.fingerprint),
        ))
        .execute(tx.conn)?;
    Ok(())
}

fn send(tx: &mut WriteTx<'_>, case: &Case, way: &Move<'_>, signed: bool) -> Outcome<()> {
    let to = way
        .holder
        .as_ref()
        .ok_or_else(|| Refusal::internal("a submission without an addressee"))?;
    let seat = if *to == TenantId::sre() {
        Seat::Federal
    } else {
        Seat::StateReviewer
    };
    sharing::grant(tx, case, to, seat)?;
    submissions::send(tx, case, way.content, to, signed)
}
