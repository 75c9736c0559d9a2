//! What each action writes beside the step itself.

use super::cases::Case;
use super::{registration, remarks, sharing, signatures, submissions, text_comparison};
use crate::failure::Outcome;
use crate::schema::{agreements, documents, opinions};
use crate::tx::WriteTx;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::agreements::{
    AgreementContent, Compliance, OpinionResult, OpinionView, RemarkFields, Seat, Stage,
    TransitionRequest,
};
use vinculo_domain::legal_date::LegalDate;
use vinculo_domain::{Refusal, TenantId};

/// Carries an action out after its step; says who reads the note that comes with it.
pub(super) fn apply(
    tx: &mut WriteTx<'_>,
    case: &mut Case,
    request: &TransitionRequest,
    content: &AgreementContent,
    holder: Option<&TenantId>,
    returned_from: Option<Stage>,
) -> Outcome<Option<TenantId>> {
    match request {
        TransitionRequest::Submit { .. } => send(tx, case, content, holder, false)?,
        TransitionRequest::Forward { .. } => {
            sharing::grant(tx, case, &TenantId::sre(), Seat::Federal)?;
            submissions::forward(tx, case, &TenantId::sre())?;
        }
        TransitionRequest::ReturnToOwner { remarks } => {
            let stage: Option<&'static str> = returned_from.map(Into::into);
            set(
                tx,
                case,
                &Head {
                    returned_from: Some(stage),
                    ..Head::default()
                },
            )?;
            remarks::add(tx, case, "remark", remarks)?;
        }
        TransitionRequest::Resubmit { answers, .. } => {
            remarks::answer(tx, case, answers)?;
            send(tx, case, content, holder, false)?;
        }
        TransitionRequest::Accept { file_number, .. } => {
            set(
                tx,
                case,
                &Head {
                    file_number: Some(file_number),
                    ..Head::default()
                },
            )?;
            case.row.file_number = Some(file_number.clone());
        }
        TransitionRequest::Observe { observations } => {
            remarks::add(tx, case, "observation", observations)?
        }
        TransitionRequest::IssueOpinion {
            result,
            number,
            issued_on,
            document_id,
            observations,
        } => {
            issue_opinion(
                tx,
                case,
                *result,
                number,
                issued_on,
                *document_id,
                observations,
            )?;
        }
        TransitionRequest::RecordSignature {
            signed_on,
            place,
            signatories,
            originals,
        } => {
            signatures::record(tx, case, content, signed_on, place, signatories, originals)?;
        }
        TransitionRequest::SendToRegistry { .. } => send(tx, case, content, holder, true)?,
        TransitionRequest::Register { text_matches, .. } => {
            text_comparison::require_match(tx, case, *text_matches)?;
            registration::inscribe(tx, case)?;
        }
        TransitionRequest::Withdraw { .. } => {}
    }
    Ok(match request {
        TransitionRequest::Forward { .. } => Some(TenantId::sre()),
        _ => holder.cloned(),
    })
}

/// What an action may set on the head of a case; what is absent stays.
#[derive(AsChangeset, Default)]
#[diesel(table_name = agreements)]
struct Head<'a> {
    returned_from: Option<Option<&'static str>>,
    file_number: Option<&'a str>,
    compliance: Option<&'static str>,
}

fn set(tx: &mut WriteTx<'_>, case: &Case, head: &Head<'_>) -> Outcome<()> {
    diesel::update(agreements::table.find((&case.row.tenant_id, &case.row.id)))
        .set(head)
        .execute(tx.conn)?;
    Ok(())
}

fn send(
    tx: &mut WriteTx<'_>,
    case: &Case,
    content: &AgreementContent,
    holder: Option<&TenantId>,
    signed: bool,
) -> Outcome<()> {
    let to = holder.ok_or_else(|| Refusal::internal("a submission without an addressee"))?;
    let seat = if *to == TenantId::sre() {
        Seat::Federal
    } else {
        Seat::StateReviewer
    };
    sharing::grant(tx, case, to, seat)?;
    submissions::send(tx, case, content, to, signed)
}

fn issue_opinion(
    tx: &mut WriteTx<'_>,
    case: &mut Case,
    result: OpinionResult,
    number: &str,
    issued_on: &LegalDate,
    document: Uuid,
    observations: &[RemarkFields],
) -> Outcome<()> {
    let letter = documents::table
        .find((&case.row.tenant_id, document.to_string()))
        .filter(documents::agreement_id.eq(&case.row.id))
        .filter(documents::kind.eq("opinion"))
        .filter(documents::acting_tenant.eq(tx.actor()))
        .select(documents::id)
        .first::<String>(tx.conn)
        .optional()?;
    if letter.is_none() {
        return Err(Refusal::field(
            "/document_id",
            "unknown_key",
            "Agregue antes el dictamen como documento de clase opinion.",
            "Add the opinion first as a document of kind opinion.",
        )
        .into());
    }
    let submission = submissions::newest(tx.conn, &case.row.tenant_id, &case.row.id)?
        .map_or(0, |sent| sent.number);
    let word: &'static str = result.into();
    let row = (
        opinions::tenant_id.eq(&case.row.tenant_id),
        opinions::id.eq(Uuid::now_v7().to_string()),
        opinions::agreement_id.eq(&case.row.id),
        opinions::submission.eq(submission),
        opinions::result.eq(word),
        opinions::number.eq(number),
        opinions::issued_on.eq(issued_on.as_str()),
        opinions::document_id.eq(document.to_string()),
        opinions::person_id.eq(tx.person()),
        opinions::acting_tenant.eq(tx.actor()),
        opinions::created_at.eq(tx.stamp()),
    );
    diesel::insert_into(opinions::table)
        .values(row)
        .execute(tx.conn)?;
    remarks::add(tx, case, "observation", observations)?;
    sharing::show_to_owner_side(tx, case, &[document.to_string()])?;
    if result != OpinionResult::Unfavorable {
        let compliant: &'static str = Compliance::Compliant.into();
        let head = Head {
            compliance: Some(compliant),
            ..Head::default()
        };
        set(tx, case, &head)?;
        compliant.clone_into(&mut case.row.compliance);
    }
    Ok(())
}

/// The newest opinion of a case.
pub(super) fn newest_opinion(
    conn: &mut crate::conn::Conn,
    owner: &str,
    agreement: &str,
) -> Outcome<Option<OpinionView>> {
    let row: Option<(String, String, String, String, String, i32)> = opinions::table
        .filter(opinions::tenant_id.eq(owner))
        .filter(opinions::agreement_id.eq(agreement))
        .order(opinions::id.desc())
        .select((
            opinions::id,
            opinions::result,
            opinions::number,
            opinions::issued_on,
            opinions::document_id,
            opinions::submission,
        ))
        .first(conn)
        .optional()?;
    let view = |(opinion, result, number, issued_on, document, submission): (
        String,
        String,
        String,
        String,
        String,
        i32,
    )| {
        Ok(OpinionView {
            id: crate::failure::id(&opinion)?,
            result: crate::failure::known(&result)?,
            number,
            issued_on: crate::stores::mechanisms::date(&issued_on)?,
            document_id: crate::failure::id(&document)?,
            submission,
        })
    };
    row.map(view).transpose()
}
