//! A party's confirmation, and the approval that it gives with it. The approval stays on file with
//! the party; a change of the draft undoes only the confirmation.

use super::cases::Case;
use super::history::HistoryLine;
use super::{access, conditions, draft};
use crate::conn::{Conn, MultiBackend};
use crate::failure::{Outcome, id};
use crate::schema::{agreement_parties as parties, party_approvals as approvals};
use crate::stores::governments;
use crate::stores::mechanisms::date;
use crate::tx::WriteTx;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::HashMap;
use uuid::Uuid;
use vinculo_domain::agreements::{
    ConfirmationRequest, CouncilApproval, InternalApproval, Seat, Stage,
};
use vinculo_domain::clock::mexican_day;
use vinculo_domain::documents::kinds_said;
use vinculo_domain::history::HistoryAction;
use vinculo_domain::problems::Problem;
use vinculo_domain::wording;
use vinculo_domain::{FieldError, Refusal, TenantId};

/// An approval on file.
pub(super) struct Approval {
    pub(super) document_id: Uuid,
    /// The vote of a council.
    pub(super) vote: Option<CouncilApproval>,
}

impl Approval {
    /// Whether a council voted for it; a vote from before this was checked may have been lost.
    pub(super) fn is_carried(&self) -> bool {
        self.vote.as_ref().is_some_and(CouncilApproval::is_carried)
    }
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = approvals, check_for_backend(MultiBackend))]
struct Row {
    tenant_id: String,
    id: String,
    agreement_id: String,
    government_id: String,
    document_id: String,
    session_on: Option<String>,
    members: Option<i32>,
    votes_for: Option<i32>,
    votes_against: Option<i32>,
    abstentions: Option<i32>,
    person_id: Option<String>,
    acting_tenant: String,
    created_at: NaiveDateTime,
}

impl Row {
    fn approval(&self) -> Outcome<Approval> {
        let document_id = id(&self.document_id)?;
        let vote = match (&self.session_on, self.members) {
            (Some(session_on), Some(members)) => Some(CouncilApproval {
                session_on: date(session_on)?,
                document_id,
                members,
                votes_for: self.votes_for.unwrap_or_default(),
                votes_against: self.votes_against.unwrap_or_default(),
                abstentions: self.abstentions.unwrap_or_default(),
            }),
            _ => None,
        };
        Ok(Approval { document_id, vote })
    }
}

/// The newest approval of each party.
pub(super) fn newest_approvals(
    conn: &mut Conn,
    owner: &str,
    agreement: &str,
) -> Outcome<HashMap<TenantId, Approval>> {
    let rows: Vec<Row> = approvals::table
        .filter(approvals::tenant_id.eq(owner))
        .filter(approvals::agreement_id.eq(agreement))
        .order((approvals::government_id, approvals::id))
        .select(Row::as_select())
        .load(conn)?;
    let mut newest = HashMap::new();
    for row in rows {
        newest.insert(TenantId::new(&row.government_id), row.approval()?);
    }
    Ok(newest)
}

/// Confirms the draft, as a party that does not lead.
pub fn confirm(
    tx: &mut WriteTx<'_>,
    agreement: Uuid,
    version: i32,
    request: &ConfirmationRequest,
) -> Outcome<()> {
    let mut case = Case::load(tx, agreement)?;
    case.require_seat(tx.scope, &[Seat::Party])?;
    tx.check_idempotency()?;
    case.require_version(version)?;
    let stage = case.access.stage()?;
    if !stage.is_editable() && stage != Stage::OpinionFavorable {
        return Err(Problem::WrongStage.into());
    }
    request.check(mexican_day(tx.now))?;
    check_council(tx, request)?;
    check_document(tx, &case, request)?;
    if is_confirmed(tx, &case, request)? {
        case.note_unchanged(tx);
        return Ok(());
    }
    case.step(tx, stage)?;
    file(tx, &case, request)?;
    let actor = tx.actor();
    let mine = parties::table.find((&case.row.tenant_id, &case.row.id, &actor));
    diesel::update(mine)
        .set((
            parties::confirmed_at.eq(tx.stamp()),
            parties::confirmed_by.eq(tx.person()),
        ))
        .execute(tx.conn)?;
    let content = draft::read(tx.conn, &case.row.tenant_id, &case.row.id)?;
    access::refresh_full(tx, &case, &content)?;
    // A party acts for itself, even if it also acts in the case for its owner.
    let line = HistoryLine {
        on_behalf: false,
        ..case.quiet_line(HistoryAction::Confirm)
    };
    case.note(tx, "confirm", Some(line))?;
    Ok(())
}

/// Whether the party has confirmed the draft as it stands, with this approval.
fn is_confirmed(tx: &mut WriteTx<'_>, case: &Case, request: &ConfirmationRequest) -> Outcome<bool> {
    let (owner, agreement) = (&case.row.tenant_id, &case.row.id);
    let confirmed = parties::table
        .find((owner, agreement, tx.actor()))
        .select(parties::confirmed_at)
        .first::<Option<NaiveDateTime>>(tx.conn)
        .optional()?;
    if confirmed.flatten().is_none() {
        return Ok(false);
    }
    let Some(document) = request.document() else {
        return Ok(true);
    };
    let party = TenantId::new(tx.actor());
    let newest = newest_approvals(tx.conn, owner, agreement)?.remove(&party);
    Ok(newest
        .is_some_and(|on_file| on_file.document_id == document && on_file.vote == request.approval))
}

/// Refuses the vote of a council that the party does not have.
fn check_council(tx: &mut WriteTx<'_>, request: &ConfirmationRequest) -> Outcome<()> {
    if request.approval.is_none() {
        return Ok(());
    }
    let party = TenantId::new(tx.actor());
    let party = governments::find(tx.conn, &party)?
        .ok_or_else(|| Refusal::internal("a party without a government"))?;
    let approval = InternalApproval::of(&party);
    if approval.has_council() {
        return Ok(());
    }
    let said = approval.why();
    Err(Refusal::field("/approval", "no_council", said).into())
}

/// Refuses a document that the party did not add to this case itself.
fn check_document(tx: &mut WriteTx<'_>, case: &Case, request: &ConfirmationRequest) -> Outcome<()> {
    let (pointer, kinds, document): (_, &[&str], _) = match (&request.approval, request.document_id)
    {
        (Some(approval), _) => (
            "/approval/document_id",
            &["council_minutes", "approval"],
            approval.document_id,
        ),
        (None, Some(document)) => ("/document_id", &["approval"], document),
        (None, None) => return Ok(()),
    };
    if conditions::documents_by(tx, case, kinds)?.contains(&document.to_string()) {
        return Ok(());
    }
    let kinds = kinds_said(kinds);
    let error = FieldError::new(
        pointer,
        "unknown_key",
        wording::agreements::own_document(kinds),
    );
    Err(Refusal::from(error.admitting(case.papers())).into())
}

/// Puts the approval on file.
fn file(tx: &mut WriteTx<'_>, case: &Case, request: &ConfirmationRequest) -> Outcome<()> {
    let vote = request.approval.as_ref();
    let Some(document) = request.document() else {
        return Ok(());
    };
    let row = Row {
        tenant_id: case.row.tenant_id.clone(),
        id: Uuid::now_v7().to_string(),
        agreement_id: case.row.id.clone(),
        government_id: tx.actor(),
        document_id: document.to_string(),
        session_on: vote.map(|vote| vote.session_on.as_str().to_owned()),
        members: vote.map(|vote| vote.members),
        votes_for: vote.map(|vote| vote.votes_for),
        votes_against: vote.map(|vote| vote.votes_against),
        abstentions: vote.map(|vote| vote.abstentions),
        person_id: tx.person(),
        acting_tenant: tx.actor(),
        created_at: tx.stamp(),
    };
    diesel::insert_into(approvals::table)
        .values(row)
        .execute(tx.conn)?;
    Ok(())
}

/// Undoes the parties' confirmations.
pub(super) fn undo(tx: &mut WriteTx<'_>, case: &Case) -> Outcome<()> {
    let confirmed = parties::table
        .filter(parties::tenant_id.eq(&case.row.tenant_id))
        .filter(parties::agreement_id.eq(&case.row.id))
        .filter(parties::confirmed_at.is_not_null());
    diesel::update(confirmed)
        .set((
            parties::confirmed_at.eq(None::<NaiveDateTime>),
            parties::confirmed_by.eq(None::<String>),
        ))
        .execute(tx.conn)?;
    Ok(())
}
