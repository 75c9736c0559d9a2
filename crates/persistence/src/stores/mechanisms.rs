//! Collaboration mechanisms between states and the foreign ministry; the ministry maintains them.

use super::plain::{self, admit_change, note, note_unchanged, require_changed};
use super::{governments, statistics};
use crate::conn::{Conn, MultiBackend};
use crate::failure::{Outcome, id};
use crate::schema::{accounts, mechanisms, memberships, offices};
use crate::stores::narrow::{among, keys};
use crate::tx::{ReadTx, WriteTx};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::agreements::AgreementKind;
use vinculo_domain::legal_date::LegalDate;
use vinculo_domain::mechanisms::{Mechanism, MechanismFields};
use vinculo_domain::page::{Page, PageRequest};
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, TenantId, Tier};

#[derive(Queryable, Selectable, Insertable, AsChangeset, Clone)]
#[diesel(table_name = mechanisms, check_for_backend(MultiBackend), treat_none_as_null = true)]
struct Row {
    tenant_id: String,
    id: String,
    state_id: String,
    name: String,
    kinds: String,
    starts_on: String,
    ends_on: Option<String>,
    version: i32,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
    acting_tenant: String,
}

/// Parses a stored date.
pub(super) fn date(text: &str) -> Outcome<LegalDate> {
    LegalDate::parse(text)
        .map_err(|said| Refusal::internal(format!("date in the database: {}", said.en)).into())
}

impl Row {
    /// The part that statistics count.
    fn fact(&self) -> statistics::MechanismFact<'_> {
        statistics::MechanismFact {
            tenant: &self.tenant_id,
            mechanism: &self.id,
            state: &self.state_id,
            starts_on: &self.starts_on,
            ends_on: self.ends_on.as_deref(),
        }
    }

    fn entity(self) -> Outcome<Mechanism> {
        Ok(Mechanism {
            id: id(&self.id)?,
            fields: MechanismFields {
                state_id: TenantId::new(self.state_id),
                name: self.name,
                kinds: serde_json::from_str(&self.kinds)?,
                starts_on: date(&self.starts_on)?,
                ends_on: self.ends_on.as_deref().map(date).transpose()?,
            },
            version: self.version,
            created_at: self.created_at.and_utc(),
            updated_at: self.updated_at.and_utc(),
        })
    }
}

/// One page, oldest first; of some states if any are named.
pub fn list(
    tx: &mut ReadTx<'_>,
    states: &[TenantId],
    page: &PageRequest,
) -> Outcome<Page<Mechanism>> {
    let visible = || {
        let query = mechanisms::table.into_boxed::<MultiBackend>();
        among!(query, mechanisms::state_id, keys(states))
    };
    let page = plain::page(
        tx.conn,
        page,
        |row: &Row| &row.id,
        |conn, after, limit| {
            let rows = visible().filter(mechanisms::id.gt(after)).limit(limit);
            rows.order(mechanisms::id)
                .select(Row::as_select())
                .load(conn)
        },
        |conn| visible().count().get_result(conn),
    )?;
    page.try_replace(|rows| rows.into_iter().map(Row::entity).collect())
}

/// One mechanism.
pub fn get(tx: &mut ReadTx<'_>, mechanism: Uuid) -> Outcome<Mechanism> {
    find(tx.conn, mechanism)?.entity()
}

fn find(conn: &mut Conn, mechanism: Uuid) -> Outcome<Row> {
    let row = mechanisms::table
        .filter(mechanisms::id.eq(mechanism.to_string()))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    row.ok_or_else(|| Problem::NotFound.into())
}

/// Refuses a key that is not a state's.
pub(super) fn require_state(conn: &mut Conn, state: &TenantId) -> Outcome<()> {
    match governments::find(conn, state)? {
        Some(government) if government.tier == Tier::State => Ok(()),
        _ => governments::refuse_key(conn, "/state_id", Some(Tier::State)),
    }
}

/// The first version of a row.
fn row(tx: &WriteTx<'_>, mechanism: Uuid, fields: &MechanismFields) -> Outcome<Row> {
    Ok(Row {
        tenant_id: TenantId::sre().to_string(),
        id: mechanism.to_string(),
        state_id: fields.state_id.to_string(),
        name: fields.name.trim().to_owned(),
        kinds: serde_json::to_string(&fields.kinds)?,
        starts_on: fields.starts_on.as_str().to_owned(),
        ends_on: fields.ends_on.as_ref().map(|day| day.as_str().to_owned()),
        version: 1,
        created_at: tx.stamp(),
        updated_at: tx.stamp(),
        acting_tenant: tx.actor(),
    })
}

/// Creates a mechanism.
pub fn create(tx: &mut WriteTx<'_>, fields: &MechanismFields) -> Outcome<Mechanism> {
    tx.scope.require()?;
    tx.check_idempotency()?;
    fields.check()?;
    require_state(tx.conn, &fields.state_id)?;
    let row = row(tx, Uuid::now_v7(), fields)?;
    diesel::insert_into(mechanisms::table)
        .values(row.clone())
        .execute(tx.conn)?;
    statistics::record_mechanism(tx.conn, &row.fact(), tx.now.naive_utc())?;
    let noted = (row.tenant_id.as_str(), row.id.as_str(), row.version);
    note(tx, "mechanism", noted, "mechanism.create");
    row.entity()
}

/// Changes a mechanism, if `version` is still the current one.
pub fn update(
    tx: &mut WriteTx<'_>,
    mechanism: Uuid,
    version: i32,
    change: impl Fn(&Mechanism) -> vinculo_domain::Result<MechanismFields>,
) -> Outcome<Mechanism> {
    let current = find(tx.conn, mechanism)?;
    admit_change(tx, true, current.version, version)?;
    let before = current.clone().entity()?;
    let fields = change(&before)?.kept();
    if fields == before.fields {
        let same = (current.tenant_id.as_str(), current.id.as_str(), version);
        note_unchanged(tx, "mechanism", same);
        return Ok(before);
    }
    fields.check()?;
    require_state(tx.conn, &fields.state_id)?;
    let row = Row {
        version: version + 1,
        created_at: current.created_at,
        updated_at: tx.stamp_after(current.updated_at),
        ..row(tx, mechanism, &fields)?
    };
    let guarded = mechanisms::table
        .find((&row.tenant_id, &row.id))
        .filter(mechanisms::version.eq(version));
    let changed = diesel::update(guarded).set(row.clone()).execute(tx.conn)?;
    require_changed(changed)?;
    statistics::record_mechanism(tx.conn, &row.fact(), tx.now.naive_utc())?;
    let noted = (row.tenant_id.as_str(), row.id.as_str(), row.version);
    note(tx, "mechanism", noted, "mechanism.update");
    row.entity()
}

/// Whether submissions of this kind by municipalities of `state` go through the state today: a
/// mechanism in force for the kind, a designated office, and somebody there to act.
pub(crate) fn routes(
    conn: &mut Conn,
    state: &TenantId,
    kind: AgreementKind,
    today: NaiveDate,
) -> Outcome<bool> {
    if !covers(conn, state, kind, today)? {
        return Ok(false);
    }
    let periods: Vec<(String, Option<String>)> = offices::table
        .filter(offices::state_id.eq(state.as_str()))
        .select((offices::since, offices::until))
        .load(conn)?;
    let mut office = false;
    for (since, until) in periods {
        office |= stands(
            &date(&since)?,
            until.as_deref().map(date).transpose()?.as_ref(),
            today,
        );
    }
    let liaisons = memberships::table
        .inner_join(accounts::table.on(accounts::person_id.eq(memberships::person_id)))
        .filter(memberships::tenant_id.eq(state.as_str()))
        .filter(memberships::role.eq("liaison"))
        .filter(memberships::until.is_null())
        .filter(accounts::status.eq("active"))
        .select(memberships::id);
    Ok(office && diesel::select(diesel::dsl::exists(liaisons)).get_result::<bool>(conn)?)
}

/// The mechanisms of a state that are in force on a day.
pub(crate) fn in_force(
    conn: &mut Conn,
    state: &TenantId,
    today: NaiveDate,
) -> Outcome<Vec<Mechanism>> {
    let rows: Vec<Row> = mechanisms::table
        .filter(mechanisms::state_id.eq(state.as_str()))
        .order(mechanisms::id)
        .select(Row::as_select())
        .load(conn)?;
    let mut found = rows
        .into_iter()
        .map(Row::entity)
        .collect::<Outcome<Vec<_>>>()?;
    found.retain(|one| stands(&one.fields.starts_on, one.fields.ends_on.as_ref(), today));
    Ok(found)
}

/// Whether a mechanism of `state` that is in force today covers this kind.
pub(crate) fn covers(
    conn: &mut Conn,
    state: &TenantId,
    kind: AgreementKind,
    today: NaiveDate,
) -> Outcome<bool> {
    let found = in_force(conn, state, today)?;
    Ok(found.iter().any(|one| one.fields.kinds.contains(&kind)))
}

pub(super) fn stands(from: &LegalDate, to: Option<&LegalDate>, today: NaiveDate) -> bool {
    from.earliest() <= today && to.is_none_or(|to| today <= to.latest())
}
