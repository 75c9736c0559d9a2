//! The draft: the owner's working content. A change undoes the other parties' confirmations.

mod opening;

pub use opening::create;
pub(super) use opening::{insert_draft, open, start};

use super::cases::Case;
use super::conditions::Asker;
use super::lines::Kept;
use super::list::KIND;
use super::{access, conditions, named_counterparts, on_behalf, parties, sharing, turns, view};
use crate::conn::Conn;
use crate::dialect::Opened;
use crate::failure::Outcome;
use crate::schema::{
    agreement_counterparts, agreement_drafts as drafts, agreement_grants, agreements, submissions,
};
use crate::stores::external_ids;
use crate::tx::WriteTx;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::agreements::{AgreementContent, FullView, Seat, Stage};
use vinculo_domain::clock::mexican_day;
use vinculo_domain::external_ids::require as require_ids;
use vinculo_domain::history::HistoryAction;
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, wording};

/// Replaces the working content of a case.
pub(super) fn replace(
    tx: &mut WriteTx<'_>,
    case: &Case,
    content: &AgreementContent,
) -> Outcome<()> {
    let draft = drafts::table.find((&case.row.tenant_id, &case.row.id));
    let values = (
        drafts::content.eq(serde_json::to_string(content)?),
        drafts::version.eq(drafts::version + 1),
        drafts::updated_at.eq(tx.stamp()),
    );
    diesel::update(draft).set(values).execute(tx.conn)?;
    Ok(())
}

/// The working content of a case.
pub(super) fn read(conn: &mut Conn, owner: &str, agreement: &str) -> Outcome<AgreementContent> {
    let text: String = drafts::table
        .find((owner, agreement))
        .select(drafts::content)
        .first(conn)?;
    Ok(serde_json::from_str(&text)?)
}

/// Changes the draft by `change`, which gets the case as its owner reads it, in the stages in which
/// the owner may change it. The other parties must confirm again, unless the draft stays as it was.
/// Its ids in other systems may change at every stage, and nobody has to confirm them.
pub fn update(
    tx: &mut WriteTx<'_>,
    agreement: Uuid,
    version: i32,
    change: impl Fn(&FullView) -> vinculo_domain::Result<AgreementContent>,
) -> Outcome<()> {
    // What is sent back as it was read is no change, so the case is compared as the caller reads it.
    let kept = Kept::of(tx.conn, tx.scope.tenant(), &[agreement.to_string()])?;
    let mut case = Case::load(tx, agreement)?;
    case.require_seat(tx.scope, &[Seat::Owner])?;
    tx.check_idempotency()?;
    case.require_version(version)?;
    let before = as_read(tx, &case, kept)?;
    let content = change(&before).map(|content| content.led_by(&case.owner));
    if matches!(&content, Ok(content) if *content == before.draft) {
        case.note_unchanged(tx);
        return Ok(());
    }
    let renamed = matches!(&content, Ok(content) if content.differs_in_ids_alone(&before.draft));
    if !renamed {
        require_editable(&case)?;
    }
    let content = content?;
    if renamed {
        require_ids(&content.external_ids)?;
    } else {
        content.check(&case.owner, mexican_day(tx.now))?;
    }
    if case.is_on_behalf() {
        on_behalf::require_mandate(tx, &case.owner, content.kind)?;
    }
    let stage = case.access.stage()?;
    case.step(tx, stage)?;
    if renamed {
        replace(tx, &case, &content)?;
        finish(tx, &case, &content)?;
    } else {
        store_content(tx, &mut case, &content)?;
    }
    let line = case.quiet_line(HistoryAction::Update);
    case.note(tx, "update", Some(line))?;
    Ok(())
}

/// The case as the caller reads it, on the owner's side, with what its government keeps of it.
fn as_read(tx: &mut WriteTx<'_>, case: &Case, mut kept: Kept) -> Outcome<FullView> {
    let asker = Asker::of_write(tx, Opened::Case(case.id));
    let mut read = view::full(tx.conn, &asker, case.access.clone(), case.seats.clone())?;
    kept.add_to(&mut read.summary);
    Ok(read)
}

pub(super) fn require_editable(case: &Case) -> Outcome<()> {
    if case.access.stage()?.is_editable() {
        Ok(())
    } else {
        Err(Problem::LockedInStage.into())
    }
}

/// Stores the content and everything derived from it.
pub(super) fn store_content(
    tx: &mut WriteTx<'_>,
    case: &mut Case,
    content: &AgreementContent,
) -> Outcome<()> {
    let kind: &'static str = content.kind.into();
    let relates_to = content.relates_to.map(|id| id.to_string());
    let head = agreements::table.find((&case.row.tenant_id, &case.row.id));
    diesel::update(head)
        .set((
            agreements::kind.eq(kind),
            agreements::relates_to.eq(&relates_to),
        ))
        .execute(tx.conn)?;
    kind.clone_into(&mut case.row.kind);
    case.row.relates_to = relates_to;
    replace(tx, case, content)?;
    parties::store(tx, case, content)?;
    named_counterparts::store(tx, case, content)?;
    conditions::check_references(tx.conn, case, content)?;
    finish(tx, case, content)
}

/// What is derived from every change of the content: the owner's ids of the case in other systems,
/// and what its side sees.
fn finish(tx: &mut WriteTx<'_>, case: &Case, content: &AgreementContent) -> Outcome<()> {
    let (id, wanted) = (&case.row.id, &content.external_ids);
    external_ids::replace(tx, &case.owner, KIND, id, wanted)?;
    access::refresh_full(tx, case, content)
}

/// Removes a draft that was never sent to anybody.
pub fn delete(tx: &mut WriteTx<'_>, agreement: Uuid, version: i32) -> Outcome<()> {
    let mut case = Case::load(tx, agreement)?;
    case.require_seat(tx.scope, &[Seat::Owner])?;
    tx.check_idempotency()?;
    case.require_version(version)?;
    let sent = submissions::table
        .filter(submissions::tenant_id.eq(&case.row.tenant_id))
        .filter(submissions::agreement_id.eq(&case.row.id));
    if case.access.stage()? != Stage::Draft
        || diesel::select(diesel::dsl::exists(sent)).get_result::<bool>(tx.conn)?
    {
        return Err(Refusal::new(Problem::WrongStage)
            .saying(wording::agreements::only_drafts_removed())
            .into());
    }
    case.step(tx, Stage::Draft)?;
    // Written while the caller still has its seat.
    let line = case.quiet_line(HistoryAction::Delete);
    case.note(tx, "delete", Some(line))?;
    retire(tx, &case)
}

/// Ends everybody's access to a case; its trail stays.
pub(super) fn retire(tx: &mut WriteTx<'_>, case: &Case) -> Outcome<()> {
    turns::end(tx, case)?;
    let (owner, id) = (&case.row.tenant_id, &case.row.id);
    diesel::update(agreements::table.find((owner, id)))
        .set(agreements::retired_at.eq(tx.stamp()))
        .execute(tx.conn)?;
    let counterparts = agreement_counterparts::table
        .filter(agreement_counterparts::tenant_id.eq(owner))
        .filter(agreement_counterparts::agreement_id.eq(id));
    diesel::delete(counterparts).execute(tx.conn)?;
    external_ids::replace(tx, &case.owner, KIND, id, &[])?;
    for viewer in sharing::viewers(tx.conn, case)? {
        sharing::hide(tx, case, &viewer)?;
    }
    let grants = agreement_grants::table
        .filter(agreement_grants::tenant_id.eq(owner))
        .filter(agreement_grants::agreement_id.eq(id))
        .filter(agreement_grants::until.is_null());
    diesel::update(grants)
        .set((
            agreement_grants::until.eq(tx.stamp()),
            agreement_grants::acts.eq(false),
        ))
        .execute(tx.conn)?;
    Ok(())
}
