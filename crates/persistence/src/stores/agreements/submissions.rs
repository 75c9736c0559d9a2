//! What was sent to whom: immutable snapshots, each read by those it was sent to.

mod enclosures;

use super::cases::Case;
use super::{parties, sharing, texts};
use crate::barrier::tenant_eq;
use crate::conn::{Conn, MultiBackend};
use crate::failure::{Outcome, id};
use crate::schema::{submission_access as access, submissions};
use crate::stores::counterparts;
use crate::tx::WriteTx;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::TenantId;
use vinculo_domain::agreements::{AgreementContent, SubmissionView};

use enclosures::{named_in, sent_along};

pub(super) use enclosures::documents_sent_to;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = submissions, check_for_backend(MultiBackend))]
struct Row {
    tenant_id: String,
    id: String,
    agreement_id: String,
    number: i32,
    sent_to: String,
    content: String,
    counterparts: String,
    text_set: Option<i32>,
    signed: bool,
    person_id: Option<String>,
    acting_tenant: String,
    submitted_at: NaiveDateTime,
    parties: Option<String>,
    announcement: bool,
}

impl Row {
    fn view(self) -> Outcome<SubmissionView> {
        Ok(SubmissionView {
            id: id(&self.id)?,
            number: self.number,
            sent_to: TenantId::new(self.sent_to),
            content: serde_json::from_str(&self.content)?,
            counterparts: serde_json::from_str(&self.counterparts)?,
            text_set: self.text_set,
            parties: self
                .parties
                .as_deref()
                .map(serde_json::from_str)
                .transpose()?
                .unwrap_or_default(),
            submitted_at: self.submitted_at.and_utc(),
        })
    }
}

/// The newest submission of a case; announcements do not count.
pub(super) fn newest(
    conn: &mut Conn,
    owner: &str,
    agreement: &str,
) -> Outcome<Option<SubmissionView>> {
    let found = submissions::table
        .filter(submissions::tenant_id.eq(owner))
        .filter(submissions::agreement_id.eq(agreement))
        .filter(submissions::announcement.eq(false));
    let row: Option<Row> = found
        .order(submissions::number.desc())
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    row.map(Row::view).transpose()
}

/// The newest submission of a case that was sent or announced to `viewer`.
pub(super) fn newest_for(
    conn: &mut Conn,
    viewer: &str,
    agreement: Uuid,
) -> Outcome<Option<SubmissionView>> {
    let row: Option<Row> = access::table
        .inner_join(
            submissions::table.on(submissions::tenant_id
                .eq(access::owner_tenant)
                .and(submissions::id.eq(access::submission_id))),
        )
        .filter(tenant_eq(access::viewer_tenant, viewer))
        .filter(access::agreement_id.eq(agreement.to_string()))
        .order(access::number.desc())
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    row.map(Row::view).transpose()
}

/// The versions of the texts that were sent to `viewer`.
pub(super) fn sets_sent_to(conn: &mut Conn, viewer: &str, agreement: &str) -> Outcome<Vec<i32>> {
    let sent: Vec<Option<i32>> = access::table
        .inner_join(
            submissions::table.on(submissions::tenant_id
                .eq(access::owner_tenant)
                .and(submissions::id.eq(access::submission_id))),
        )
        .filter(tenant_eq(access::viewer_tenant, viewer))
        .filter(access::agreement_id.eq(agreement))
        .select(submissions::text_set)
        .load(conn)?;
    Ok(sent.into_iter().flatten().collect())
}

/// Whether the newest submission of the signed text was sent to `viewer`.
pub(super) fn signature_sent_to(conn: &mut Conn, viewer: &str, agreement: &str) -> Outcome<bool> {
    let sent = access::table
        .inner_join(
            submissions::table.on(submissions::tenant_id
                .eq(access::owner_tenant)
                .and(submissions::id.eq(access::submission_id))),
        )
        .filter(tenant_eq(access::viewer_tenant, viewer))
        .filter(access::agreement_id.eq(agreement))
        .filter(submissions::signed.eq(true));
    Ok(diesel::select(diesel::dsl::exists(sent)).get_result(conn)?)
}

/// Sends the content of the case to `to`, with the documents that belong to it.
pub(super) fn send(
    tx: &mut WriteTx<'_>,
    case: &Case,
    content: &AgreementContent,
    to: &TenantId,
    signed: bool,
) -> Outcome<()> {
    let (owner, agreement) = (&case.row.tenant_id, &case.row.id);
    let number = next_number(tx.conn, owner, agreement)?;
    let set = texts::newest(tx.conn, owner, agreement)?;
    let standings = parties::standings(tx.conn, owner, agreement, content)?;
    let row = Row {
        tenant_id: owner.clone(),
        id: Uuid::now_v7().to_string(),
        agreement_id: agreement.clone(),
        number,
        sent_to: to.to_string(),
        content: serde_json::to_string(content)?,
        counterparts: serde_json::to_string(&counterparts::cards_of_case(
            tx.conn, owner, agreement,
        )?)?,
        text_set: set.as_ref().map(|set| set.number),
        signed,
        person_id: tx.person(),
        acting_tenant: tx.actor(),
        submitted_at: tx.stamp(),
        parties: Some(serde_json::to_string(&standings)?),
        announcement: false,
    };
    let submission = row.id.clone();
    diesel::insert_into(submissions::table)
        .values(row)
        .execute(tx.conn)?;
    show(tx, case, to.as_str(), number, &submission)?;
    let mut files = named_in(set.as_ref(), content, &standings);
    let with = sent_along(signed);
    files.extend(sharing::documents_seen(tx.conn, case, owner, with)?);
    sharing::show_documents(tx, case, to.as_str(), &files)
}

/// Keeps what was announced, or recorded by another government than the owner, and shows it to
/// those who are told. `signed` says whether they may also see the signature.
pub(super) fn announce(
    tx: &mut WriteTx<'_>,
    case: &Case,
    content: &AgreementContent,
    to: &[TenantId],
    signed: bool,
) -> Outcome<()> {
    let (owner, agreement) = (&case.row.tenant_id, &case.row.id);
    let number = next_number(tx.conn, owner, agreement)?;
    let named = counterparts::cards_of_case(tx.conn, owner, agreement)?;
    let row = Row {
        tenant_id: owner.clone(),
        id: Uuid::now_v7().to_string(),
        agreement_id: agreement.clone(),
        number,
        sent_to: to.first().unwrap_or(&TenantId::sre()).to_string(),
        content: serde_json::to_string(content)?,
        counterparts: serde_json::to_string(&named)?,
        text_set: None,
        signed,
        person_id: tx.person(),
        acting_tenant: tx.actor(),
        submitted_at: tx.stamp(),
        parties: None,
        announcement: true,
    };
    let submission = row.id.clone();
    diesel::insert_into(submissions::table)
        .values(row)
        .execute(tx.conn)?;
    for viewer in to {
        show(tx, case, viewer.as_str(), number, &submission)?;
    }
    Ok(())
}

fn next_number(conn: &mut Conn, owner: &str, agreement: &str) -> Outcome<i32> {
    let last: Option<i32> = submissions::table
        .filter(submissions::tenant_id.eq(owner))
        .filter(submissions::agreement_id.eq(agreement))
        .select(diesel::dsl::max(submissions::number))
        .first(conn)?;
    Ok(last.unwrap_or_default() + 1)
}

fn show(
    tx: &mut WriteTx<'_>,
    case: &Case,
    viewer: &str,
    number: i32,
    submission: &str,
) -> Outcome<()> {
    let row = (
        access::viewer_tenant.eq(viewer),
        access::agreement_id.eq(&case.row.id),
        access::number.eq(number),
        access::owner_tenant.eq(&case.row.tenant_id),
        access::submission_id.eq(submission),
    );
    diesel::insert_into(access::table)
        .values(row)
        .execute(tx.conn)?;
    Ok(())
}

/// Passes the newest submission that the caller was sent on to `to`, with all of its documents that
/// the caller reads.
pub(super) fn forward(tx: &mut WriteTx<'_>, case: &Case, to: &TenantId) -> Outcome<()> {
    let actor = tx.actor();
    if let Some(sent) = newest_for(tx.conn, &actor, case.id)? {
        show(tx, case, to.as_str(), sent.number, &sent.id.to_string())?;
    }
    let files = sharing::documents_seen(
        tx.conn,
        case,
        &actor,
        &["text", "council_minutes", "approval", "state_note", "other"],
    )?;
    sharing::show_documents(tx, case, to.as_str(), &files)?;
    let notes = sharing::documents_seen(tx.conn, case, &actor, &["state_note"])?;
    sharing::show_to_owner_side(tx, case, &notes)
}
