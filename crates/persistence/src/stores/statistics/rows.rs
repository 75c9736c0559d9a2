//! The rows of the facts: begun, and ended when they change.

use crate::conn::Conn;
use crate::dialect::insert_batch;
use crate::failure::Outcome;
use crate::schema::{agreement_fact_values as values, agreement_facts as facts};
use crate::stores::agreements::Head;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_auth::seal::sha256;
use vinculo_domain::statistics::{AgreementFacts, FactParty};

/// The end of rows that are valid now.
pub(super) fn end_of_time() -> NaiveDateTime {
    chrono::NaiveDate::from_ymd_opt(9999, 12, 31)
        .and_then(|day| day.and_hms_opt(0, 0, 0))
        .unwrap_or(NaiveDateTime::MAX)
}

#[derive(Insertable, Clone)]
#[diesel(table_name = facts, treat_none_as_default_value = false)]
struct FactRow {
    viewer_tenant: String,
    id: String,
    position: i32,
    agreement_id: String,
    owner_tenant: String,
    valid_from: NaiveDateTime,
    valid_to: NaiveDateTime,
    digest: String,
    state: String,
    municipality: String,
    first_of_state: bool,
    tier: &'static str,
    kind: &'static str,
    instrument: &'static str,
    stage: &'static str,
    compliance: &'static str,
    country: String,
    counterpart_kind: &'static str,
    counterpart_level: &'static str,
    body_kind: String,
    renewal: &'static str,
    announced_month: String,
    signed_month: String,
    signed_year: String,
    registered_month: String,
    registered_year: String,
    ends_on: String,
    gap: &'static str,
    has_date: bool,
    has_text: bool,
    has_validity: bool,
    was_unreviewed: bool,
}

#[derive(Insertable, Clone)]
#[diesel(table_name = values, treat_none_as_default_value = false)]
struct ValueRow {
    viewer_tenant: String,
    fact_id: String,
    dimension: &'static str,
    value: String,
    since_on: String,
    until_on: String,
    owner_tenant: String,
    agreement_id: String,
}

/// Ends the facts of a case that a viewer no longer has access to.
pub(crate) fn end(
    conn: &mut Conn,
    head: &Head<'_>,
    viewer: &str,
    at: NaiveDateTime,
) -> Outcome<()> {
    let open = facts::table
        .filter(facts::viewer_tenant.eq(viewer))
        .filter(facts::agreement_id.eq(head.agreement))
        .filter(facts::valid_to.eq(end_of_time()));
    diesel::update(open)
        .set(facts::valid_to.eq(at))
        .execute(conn)?;
    Ok(())
}

/// Ends the facts of a case for every viewer: from now on it counts for nobody.
pub(crate) fn end_for_all(conn: &mut Conn, head: &Head<'_>, at: NaiveDateTime) -> Outcome<()> {
    let open = facts::table
        .filter(facts::owner_tenant.eq(head.owner))
        .filter(facts::agreement_id.eq(head.agreement))
        .filter(facts::valid_to.eq(end_of_time()));
    diesel::update(open)
        .set(facts::valid_to.eq(at))
        .execute(conn)?;
    Ok(())
}

/// Ends the current facts and begins new ones, if anything that is counted has changed.
pub(super) fn store(
    conn: &mut Conn,
    head: &Head<'_>,
    viewer: &str,
    counted: &AgreementFacts,
    before: Option<String>,
    at: NaiveDateTime,
) -> Outcome<()> {
    let digest = sha256(serde_json::to_string(counted)?.as_bytes());
    if before.as_ref() == Some(&digest) {
        return Ok(());
    }
    if before.is_some() {
        end(conn, head, viewer, at)?;
    }
    let id = Uuid::now_v7().to_string();
    let mut parties = counted.parties.clone();
    if parties.is_empty() {
        parties.push(FactParty {
            state: String::new(),
            municipality: String::new(),
            first_of_state: true,
        });
    }
    for (position, party) in (0_i32..).zip(parties) {
        let row = fact_row(head, viewer, counted, (&id, position), party, at, &digest);
        diesel::insert_into(facts::table)
            .values(row)
            .execute(conn)?;
    }
    let value = |one: &vinculo_domain::statistics::FactValue| ValueRow {
        viewer_tenant: viewer.to_owned(),
        fact_id: id.clone(),
        dimension: one.dimension.name(),
        value: one.value.clone(),
        since_on: one.since_on.clone(),
        until_on: one.until_on.clone(),
        owner_tenant: head.owner.to_owned(),
        agreement_id: head.agreement.to_owned(),
    };
    let rows: Vec<ValueRow> = counted.values.iter().map(value).collect();
    insert_batch!(conn, values::table, &rows);
    Ok(())
}

fn fact_row(
    head: &Head<'_>,
    viewer: &str,
    counted: &AgreementFacts,
    (id, position): (&str, i32),
    party: FactParty,
    at: NaiveDateTime,
    digest: &str,
) -> FactRow {
    FactRow {
        viewer_tenant: viewer.to_owned(),
        id: id.to_owned(),
        position,
        agreement_id: head.agreement.to_owned(),
        owner_tenant: head.owner.to_owned(),
        valid_from: at,
        valid_to: end_of_time(),
        digest: digest.to_owned(),
        state: party.state,
        municipality: party.municipality,
        first_of_state: party.first_of_state,
        tier: counted.tier,
        kind: counted.kind,
        instrument: counted.instrument,
        stage: counted.stage,
        compliance: counted.compliance,
        country: counted.country.clone(),
        counterpart_kind: counted.counterpart_kind,
        counterpart_level: counted.counterpart_level,
        body_kind: counted.body_kind.clone(),
        renewal: counted.renewal,
        announced_month: counted.announced_month.clone(),
        signed_month: counted.signed_month.clone(),
        signed_year: counted.signed_year.clone(),
        registered_month: counted.registered_month.clone(),
        registered_year: counted.registered_year.clone(),
        ends_on: counted.ends_on.clone(),
        gap: counted.gap,
        has_date: counted.has_date,
        has_text: counted.has_text,
        has_validity: counted.has_validity,
        was_unreviewed: counted.was_unreviewed,
    }
}
