//! Collaboration mechanisms between states and the foreign ministry, kept by the ministry.

use super::{governments, statistics};
use crate::conn::{Conn, MultiBackend};
use crate::failure::{Outcome, id};
use crate::schema::{accounts, mechanisms, memberships, offices};
use crate::trail::Change;
use crate::tx::{ReadTx, WriteTx};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;
use vinculo_domain::agreements::AgreementKind;
use vinculo_domain::legal_date::LegalDate;
use vinculo_domain::mechanisms::{Mechanism, MechanismFields};
use vinculo_domain::page::{After, Page, PageRequest};
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

/// A stored date back as a date.
pub(super) fn date(text: &str) -> Outcome<LegalDate> {
    LegalDate::parse(text)
        .map_err(|said| Refusal::internal(format!("date in the database: {}", said.en)).into())
}

impl Row {
    /// What of it is counted.
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

/// One page, oldest first; of one state where named.
pub fn list(
    tx: &mut ReadTx<'_>,
    state: Option<&TenantId>,
    page: &PageRequest,
) -> Outcome<Page<Mechanism>> {
    let visible = || {
        let query = mechanisms::table.into_boxed::<MultiBackend>();
        match state {
            Some(state) => query.filter(mechanisms::state_id.eq(state.as_str().to_owned())),
            None => query,
        }
    };
    let mut query = visible()
        .select(Row::as_select())
        .order(mechanisms::id.asc())
        .limit(page.limit + 1);
    if let Some(after) = page.after.clone() {
        query = query.filter(mechanisms::id.gt(after.id));
    }
    let rows: Vec<Row> = query.load(tx.conn)?;
    let cut = Page::cut(rows, page.limit, |row| After {
        key: String::new(),
        id: row.id.clone(),
    });
    let total = if page.count {
        Some(visible().count().get_result(tx.conn)?)
    } else {
        None
    };
    Ok(Page {
        items: cut
            .items
            .into_iter()
            .map(Row::entity)
            .collect::<Outcome<_>>()?,
        next: cut.next,
        total,
    })
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

/// Refuses a key that is no state's.
pub(super) fn require_state(conn: &mut Conn, state: &TenantId) -> Outcome<()> {
    match governments::find(conn, state)? {
        Some(government) if government.tier == Tier::State => Ok(()),
        _ => Err(Refusal::field(
            "/state_id",
            "unknown_key",
            "Use la clave de una entidad federativa; vea /v1/governments?tier=state.",
            "Use a state's key; see /v1/governments?tier=state.",
        )
        .into()),
    }
}

fn row(
    tx: &WriteTx<'_>,
    mechanism: Uuid,
    fields: &MechanismFields,
    version: i32,
    created_at: NaiveDateTime,
) -> Outcome<Row> {
    Ok(Row {
        tenant_id: TenantId::sre().to_string(),
        id: mechanism.to_string(),
        state_id: fields.state_id.to_string(),
        name: fields.name.trim().to_owned(),
        kinds: serde_json::to_string(&fields.kinds)?,
        starts_on: fields.starts_on.as_str().to_owned(),
        ends_on: fields.ends_on.as_ref().map(|day| day.as_str().to_owned()),
        version,
        created_at,
        updated_at: tx.stamp(),
        acting_tenant: tx.actor(),
    })
}

/// Writes down a mechanism.
pub fn create(tx: &mut WriteTx<'_>, fields: &MechanismFields) -> Outcome<Mechanism> {
    tx.scope.require()?;
    tx.admit()?;
    fields.check()?;
    require_state(tx.conn, &fields.state_id)?;
    let row = row(tx, Uuid::now_v7(), fields, 1, tx.stamp())?;
    diesel::insert_into(mechanisms::table)
        .values(row.clone())
        .execute(tx.conn)?;
    statistics::record_mechanism(tx.conn, &row.fact(), tx.now.naive_utc())?;
    note(tx, "mechanism", &row.id, 1, "mechanism.create");
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
    tx.scope.require()?;
    tx.admit()?;
    if current.version != version {
        return Err(Problem::PreconditionFailed.into());
    }
    let created_at = current.created_at;
    let fields = change(&current.entity()?)?;
    fields.check()?;
    require_state(tx.conn, &fields.state_id)?;
    let row = row(tx, mechanism, &fields, version + 1, created_at)?;
    let guarded = mechanisms::table
        .find((&row.tenant_id, &row.id))
        .filter(mechanisms::version.eq(version));
    if diesel::update(guarded).set(row.clone()).execute(tx.conn)? == 0 {
        return Err(Problem::PreconditionFailed.into());
    }
    statistics::record_mechanism(tx.conn, &row.fact(), tx.now.naive_utc())?;
    note(tx, "mechanism", &row.id, row.version, "mechanism.update");
    row.entity()
}

pub(super) fn note(
    tx: &mut WriteTx<'_>,
    kind: &'static str,
    subject: &str,
    version: i32,
    event: &str,
) {
    tx.record(Change {
        owner: TenantId::sre(),
        subject_kind: kind,
        subject_id: subject.to_owned(),
        version,
        event: event.to_owned(),
        payload: json!({ "id": subject, "version": version }),
    });
}

/// Whether submissions of this kind by municipalities of `state` pass through the state today:
/// a mechanism in force for the kind, a designated office, and somebody there to act.
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
