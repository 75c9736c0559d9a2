//! Creates the facts for data older than the facts: once, from the access rows and the registry, as
//! if each had been written when it last changed. The earlier history of a case is not in the
//! statistics.

use super::mechanisms;
use super::record::{Seen, SeenTurn, record, record_public};
use crate::conn::Conn;
use crate::dialect;
use crate::failure::Outcome;
use crate::schema::{agreement_access as access, agreement_facts as facts, counters, inscriptions};
use crate::stores::agreements::{Access, Head, content_shown};
use diesel::prelude::*;
use vinculo_domain::Refusal;
use vinculo_domain::inscriptions::Inscription;

/// The counter that records that it was done, with the number of facts created.
const SERIES: &str = "agreement_facts";
/// How many rows are held at a time.
const PAGE: i64 = 200;

/// The tables it reads and writes; on PostgreSQL row-level security hides them even from their
/// owner.
const TABLES: [&str; 20] = [
    "agreement_access",
    "agreement_counterparts",
    "agreement_drafts",
    "agreement_fact_values",
    "agreement_facts",
    "agreement_grants",
    "agreement_spells",
    "body_governments",
    "calendar_versions",
    "calendars",
    "consolidations",
    "counterparts",
    "document_access",
    "documents",
    "government_bodies",
    "inscriptions",
    "mechanism_facts",
    "mechanisms",
    "submission_access",
    "submissions",
];

/// Creates them, unless that was done before. Either all are created or none.
pub(crate) fn backfill(conn: &mut Conn) -> Outcome<()> {
    let done: Option<i64> = counters::table
        .find(SERIES)
        .select(counters::value)
        .first(conn)
        .optional()?;
    if done.is_some() {
        return Ok(());
    }
    dialect::lift_row_security(conn, &TABLES)?;
    mechanisms::backfill(conn)?;
    let meant = cases(conn)? + registry(conn)?;
    let made: i64 = facts::table
        .filter(facts::position.eq(0))
        .count()
        .get_result(conn)?;
    if made != meant {
        return Err(Refusal::internal(format!("facts: {made} made, {meant} meant")).into());
    }
    dialect::restore_row_security(conn, &TABLES)?;
    diesel::insert_into(counters::table)
        .values((counters::series.eq(SERIES), counters::value.eq(made)))
        .execute(conn)?;
    Ok(())
}

/// The facts of every viewer of every case.
fn cases(conn: &mut Conn) -> Outcome<i64> {
    let (mut meant, mut after) = (0, (String::new(), String::new()));
    loop {
        let rows: Vec<Access> = access::table
            .filter(access::recorded_in_error.eq(false))
            .filter(access::viewer_tenant.ge(&after.0))
            .filter(
                access::viewer_tenant
                    .gt(&after.0)
                    .or(access::agreement_id.gt(&after.1)),
            )
            .order((access::viewer_tenant, access::agreement_id))
            .limit(PAGE)
            .select(Access::as_select())
            .load(conn)?;
        let Some(last) = rows.last() else {
            return Ok(meant);
        };
        after = (last.viewer_tenant.clone(), last.agreement_id.clone());
        for access in &rows {
            let (content, counterparts) = content_shown(conn, access)?;
            let head = Head {
                owner: &access.owner_tenant,
                agreement: &access.agreement_id,
                stage: &access.stage,
                compliance: &access.compliance,
            };
            let seen = Seen {
                level: access.level()?,
                content: &content,
                counterparts: &counterparts,
                signed_on: Some(access.signed_on.as_str()).filter(|day| !day.is_empty()),
                turn: SeenTurn {
                    waiting_for: &access.waiting_for,
                    holder: &access.holder_tenant,
                    target_days: None,
                },
            };
            record(conn, &head, &access.viewer_tenant, &seen, access.updated_at)?;
            meant += 1;
        }
    }
}

/// The facts of the registry.
fn registry(conn: &mut Conn) -> Outcome<i64> {
    let (mut meant, mut after) = (0, String::new());
    loop {
        let rows: Vec<(String, String, String, String)> = inscriptions::table
            .filter(inscriptions::number.gt(&after))
            .order(inscriptions::number)
            .limit(PAGE)
            .select((
                inscriptions::number,
                inscriptions::tenant_id,
                inscriptions::agreement_id,
                inscriptions::content,
            ))
            .load(conn)?;
        let Some(last) = rows.last() else {
            return Ok(meant);
        };
        after.clone_from(&last.0);
        for (_number, owner, agreement, content) in &rows {
            let inscription: Inscription = serde_json::from_str(content)?;
            let head = Head {
                owner,
                agreement,
                stage: "registered",
                compliance: "",
            };
            let at = inscription.registered_at.naive_utc();
            record_public(conn, &head, &inscription, at)?;
            meant += 1;
        }
    }
}
