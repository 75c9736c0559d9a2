//! Opening a case with its first draft.

use super::store_content;
use crate::dialect::Opened;
use crate::failure::Outcome;
use crate::schema::{agreement_drafts as drafts, agreements};
use crate::stores::agreements::cases::{Access, Case, Row};
use crate::stores::agreements::{sharing, turns};
use crate::tx::WriteTx;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::TenantId;
use vinculo_domain::agreements::{AgreementContent, Compliance, Seat, Stage};
use vinculo_domain::clock::mexican_day;
use vinculo_domain::history::HistoryAction;

/// Opens a case with its first draft.
pub fn create(tx: &mut WriteTx<'_>, content: &AgreementContent) -> Outcome<Uuid> {
    tx.scope.require()?;
    tx.check_idempotency()?;
    let owner = tx.scope.tenant().clone();
    start(tx, &owner, content, &[Seat::Owner])
}

/// Creates a case of `owner`. A government that opens it for another gets its `seats` before the
/// owner gets its own.
pub(in crate::stores::agreements) fn start(
    tx: &mut WriteTx<'_>,
    owner: &TenantId,
    content: &AgreementContent,
    seats: &[Seat],
) -> Outcome<Uuid> {
    let content = content.clone().led_by(owner);
    content.check(owner, mexican_day(tx.now))?;
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
    let line = case.quiet_line(HistoryAction::Create);
    case.note(tx, "create", Some(line))?;
    Ok(case.id)
}

/// A case that is not stored yet.
pub(in crate::stores::agreements) fn open(
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
        recorded_in_error: false,
        relates_to: None,
    };
    let access = Access {
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
        themes: "[]".into(),
        parties: "[]".into(),
        ends_on: String::new(),
        changed_at: tx.stamp(),
        recorded_in_error: false,
        known_version: 0,
    };
    Ok(Case {
        id,
        owner: owner.clone(),
        row,
        access,
        seats: vec![Seat::Owner],
    })
}

pub(in crate::stores::agreements) fn insert_draft(
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
