//! The draft: the owner's working content. A change undoes the other parties' confirmations.

use super::cases::{Case, Row};
use super::conditions::Asker;
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
use vinculo_domain::TenantId;
use vinculo_domain::agreements::{AgreementContent, Compliance, FullView, Seat, Stage};
use vinculo_domain::problems::Problem;

/// Opens a case with its first draft.
pub fn create(tx: &mut WriteTx<'_>, content: &AgreementContent) -> Outcome<Uuid> {
    tx.scope.require()?;
    tx.check_idempotency()?;
    let owner = tx.scope.tenant().clone();
    start(tx, &owner, content, &[Seat::Owner])
}

/// Creates a case of `owner`. A government that opens it for another gets its `seats` before the
/// owner gets its own.
pub(super) fn start(
    tx: &mut WriteTx<'_>,
    owner: &TenantId,
    content: &AgreementContent,
    seats: &[Seat],
) -> Outcome<Uuid> {
    let content = content.clone().led_by(owner);
    content.check(owner)?;
    let kind: &'static str = content.kind.into();
    let mut case = open(tx, owner, kind, Stage::Draft, Compliance::InProcess)?;
    tx.act_for(owner, Opened::Case(case.id))?;
    diesel::insert_into(agreements::table)
        .values(case.row.clone())
        .execute(tx.conn)?;
    let actor = TenantId::new(tx.actor());
    for seat in seats {
        // The opener's seat comes first, because it needs one to act from here on.
        let holder = if *seat == Seat::Owner { owner } else { &actor };
        sharing::grant(tx, &case, holder, *seat)?;
    }
    case.access.viewer_tenant = actor.to_string();
    case.seats = seats.to_vec();
    if *owner != actor {
        case.seats.retain(|seat| *seat != Seat::Owner);
    }
    insert_draft(tx, &case, &content)?;
    store_content(tx, &mut case, &content)?;
    let line = case.quiet_line("create");
    case.note(tx, "create", Some(line))?;
    Ok(case.id)
}

/// A case that is not stored yet.
pub(super) fn open(
    tx: &WriteTx<'_>,
    owner: &TenantId,
    kind: &str,
    stage: Stage,
    compliance: Compliance,
) -> Outcome<Case> {
    let id = Uuid::now_v7();
    let (stage, compliance): (&'static str, &'static str) = (stage.into(), compliance.into());
    let row = Row {
        tenant_id: owner.to_string(),
        id: id.to_string(),
        version: 1,
        stage: stage.to_owned(),
        kind: kind.to_owned(),
        compliance: compliance.to_owned(),
        returned_from: None,
        file_number: None,
        signed_on: None,
        signed_place: None,
        originals: None,
        inscription: None,
        source: None,
        quality_flags: "[]".into(),
        import_batch_id: None,
        fingerprint: None,
        created_at: tx.stamp(),
        updated_at: tx.stamp(),
        acting_tenant: tx.actor(),
        retired_at: None,
        stage_before: None,
        regularizing: false,
        regularized_at: None,
        out_of_scope: None,
        dispute: None,
    };
    let access = super::Access {
        viewer_tenant: owner.to_string(),
        agreement_id: row.id.clone(),
        owner_tenant: owner.to_string(),
        level: "full".into(),
        version: 1,
        stage: row.stage.clone(),
        kind: row.kind.clone(),
        compliance: row.compliance.clone(),
        title: String::new(),
        country: String::new(),
        counterpart: String::new(),
        signed_on: String::new(),
        updated_at: tx.stamp(),
        waiting_for: String::new(),
        holder_tenant: String::new(),
        held_since: String::new(),
        due_on: turns::NEVER.into(),
        priority: "normal".into(),
    };
    Ok(Case {
        id,
        owner: owner.clone(),
        row,
        access,
        seats: vec![Seat::Owner],
    })
}

pub(super) fn insert_draft(
    tx: &mut WriteTx<'_>,
    case: &Case,
    content: &AgreementContent,
) -> Outcome<()> {
    let row = (
        drafts::tenant_id.eq(&case.row.tenant_id),
        drafts::agreement_id.eq(&case.row.id),
        drafts::content.eq(serde_json::to_string(content)?),
        drafts::version.eq(1),
        drafts::updated_at.eq(tx.stamp()),
    );
    diesel::insert_into(drafts::table)
        .values(row)
        .execute(tx.conn)?;
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
/// the owner may change it. The other parties must confirm again.
pub fn update(
    tx: &mut WriteTx<'_>,
    agreement: Uuid,
    version: i32,
    change: impl Fn(&FullView) -> vinculo_domain::Result<AgreementContent>,
) -> Outcome<()> {
    let mut case = Case::load(tx, agreement)?;
    case.require_seat(tx.scope, &[Seat::Owner])?;
    tx.check_idempotency()?;
    case.require_version(version)?;
    require_editable(&case)?;
    let asker = Asker::of_write(tx, Opened::Case(agreement));
    let before = view::full(tx.conn, &asker, case.access.clone(), case.seats.clone())?;
    let content = change(&before)?.led_by(&case.owner);
    content.check(&case.owner)?;
    if case.is_on_behalf() {
        on_behalf::require_mandate(tx, &case.owner, content.kind)?;
    }
    let stage = case.access.stage()?;
    case.step(tx, stage)?;
    store_content(tx, &mut case, &content)?;
    let line = case.quiet_line("update");
    case.note(tx, "update", Some(line))?;
    Ok(())
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
    let head = agreements::table.find((&case.row.tenant_id, &case.row.id));
    diesel::update(head)
        .set(agreements::kind.eq(kind))
        .execute(tx.conn)?;
    kind.clone_into(&mut case.row.kind);
    let draft = drafts::table.find((&case.row.tenant_id, &case.row.id));
    let values = (
        drafts::content.eq(serde_json::to_string(content)?),
        drafts::version.eq(drafts::version + 1),
        drafts::updated_at.eq(tx.stamp()),
    );
    diesel::update(draft).set(values).execute(tx.conn)?;
    parties::store(tx, case, content)?;
    named_counterparts::store(tx, case, content)?;
    conditions::check_references(tx.conn, case, content)?;
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
        return Err(Problem::WrongStage.into());
    }
    case.step(tx, Stage::Draft)?;
    // Written while the caller still has its seat.
    let line = case.quiet_line("delete");
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
