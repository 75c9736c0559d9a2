//! Urgency: a message of the owner to all who follow its case.

use super::cases::{Access, Case};
use super::history::HistoryLine;
use super::{access, draft, turns};
use crate::conn::Conn;
use crate::failure::Outcome;
use crate::schema::agreement_urgencies as urgencies;
use crate::stores::mechanisms::date;
use crate::tx::WriteTx;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::TenantId;
use vinculo_domain::agreements::Seat;
use vinculo_domain::clock::mexican_day;
use vinculo_domain::history::HistoryAction;
use vinculo_domain::problems::Problem;
use vinculo_domain::turns::WaitingFor;
use vinculo_domain::urgencies::{Priority, Urgency, UrgencyFields};

/// The owner sets how urgent its case is; all who follow it read that at once.
pub fn prioritize(
    tx: &mut WriteTx<'_>,
    agreement: Uuid,
    version: i32,
    fields: &UrgencyFields,
) -> Outcome<()> {
    let mut case = Case::load(tx, agreement)?;
    case.require_seat(tx.scope, &[Seat::Owner])?;
    tx.check_idempotency()?;
    case.require_version(version)?;
    let stage = case.access.stage()?;
    if WaitingFor::in_stage(stage).is_none() {
        return Err(Problem::WrongStage.into());
    }
    fields.check(mexican_day(tx.now))?;
    let last = newest(tx.conn, &case.row.tenant_id, &case.row.id, case.row.version)?;
    if last.map_or_else(UrgencyFields::unsaid, |urgency| urgency.fields) == *fields {
        case.note_unchanged(tx);
        return Ok(());
    }
    case.step(tx, stage)?;
    let planned = fields.planned_signing_on.as_ref();
    let row = (
        urgencies::tenant_id.eq(&case.row.tenant_id),
        urgencies::agreement_id.eq(&case.row.id),
        urgencies::version.eq(case.row.version),
        urgencies::urgent.eq(fields.urgent),
        urgencies::reason.eq(&fields.reason),
        urgencies::planned_signing_on.eq(planned.map(|day| day.as_str())),
        urgencies::person_id.eq(tx.person()),
        urgencies::acting_tenant.eq(tx.actor()),
        urgencies::at.eq(tx.stamp()),
    );
    diesel::insert_into(urgencies::table)
        .values(row)
        .execute(tx.conn)?;
    let content = draft::read(tx.conn, &case.row.tenant_id, &case.row.id)?;
    access::refresh_all(tx, &case, &content)?;
    let holder = turns::keep(tx, &case)?.map(|turn| TenantId::new(turn.holder_tenant));
    let line = HistoryLine {
        shared: true,
        note: fields.reason.clone(),
        note_for: holder,
        ..case.quiet_line(HistoryAction::Prioritize)
    };
    case.note(tx, "prioritize", Some(line))
}

/// What the owner said last, up to a version of the case.
fn newest(conn: &mut Conn, owner: &str, agreement: &str, version: i32) -> Outcome<Option<Urgency>> {
    type Columns = (bool, Option<String>, Option<String>, NaiveDateTime);
    let row: Option<Columns> = urgencies::table
        .filter(urgencies::tenant_id.eq(owner))
        .filter(urgencies::agreement_id.eq(agreement))
        .filter(urgencies::version.le(version))
        .order(urgencies::version.desc())
        .select((
            urgencies::urgent,
            urgencies::reason,
            urgencies::planned_signing_on,
            urgencies::at,
        ))
        .first(conn)
        .optional()?;
    let view = |(urgent, reason, planned, at): Columns| {
        Ok(Urgency {
            fields: UrgencyFields {
                urgent,
                reason,
                planned_signing_on: planned.as_deref().map(date).transpose()?,
            },
            at: at.and_utc(),
        })
    };
    row.map(view).transpose()
}

/// What a viewer was told of the urgency.
pub(super) fn seen(conn: &mut Conn, access: &Access) -> Outcome<Option<Urgency>> {
    newest(
        conn,
        &access.owner_tenant,
        &access.agreement_id,
        access.step_limit(),
    )
}

/// The current priority of a case.
pub(super) fn priority(conn: &mut Conn, case: &Case) -> Outcome<Priority> {
    let last = newest(conn, &case.row.tenant_id, &case.row.id, case.row.version)?;
    Ok(last.map_or(Priority::Normal, |urgency| urgency.fields.priority()))
}
