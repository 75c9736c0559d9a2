//! Who works on a case: each government with a seat in it decides that for itself. It does not
//! raise the version, because nobody else may learn of it; its own line of the case gets a new
//! stamp, so that its systems notice.

use super::access::touch;
use super::cases::{Access, WORKING, seats};
use crate::audit::Change;
use crate::barrier::tenant_eq;
use crate::conn::{Conn, MultiBackend};
use crate::dialect::{self, Opened};
use crate::failure::{Outcome, id, known};
use crate::schema::{accounts, agreement_assignments as assignments, memberships};
use crate::tx::{ReadTx, WriteTx};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;
use std::collections::HashMap;
use strum::VariantArray;
use uuid::Uuid;
use vinculo_auth::{Actor, Scope};
use vinculo_domain::agreements::Seat;
use vinculo_domain::assignments::{Assignment, AssignmentFields};
use vinculo_domain::page::{After, Page, PageRequest};
use vinculo_domain::problems::Problem;
use vinculo_domain::wording;
use vinculo_domain::{Refusal, Role};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = assignments, check_for_backend(MultiBackend))]
struct Row {
    viewer_tenant: String,
    id: String,
    agreement_id: String,
    owner_tenant: String,
    person_id: Option<String>,
    note: Option<String>,
    assigned_by: Option<String>,
    since: NaiveDateTime,
    until: Option<NaiveDateTime>,
}

impl Row {
    fn entity(self) -> Outcome<Assignment> {
        Ok(Assignment {
            id: id(&self.id)?,
            agreement_id: id(&self.agreement_id)?,
            person_id: self.person_id.as_deref().map(id).transpose()?,
            note: self.note,
            assigned_by: self.assigned_by.as_deref().map(id).transpose()?,
            since: self.since.and_utc(),
            until: self.until.map(|at| at.and_utc()),
        })
    }
}

/// Assigns a case to a person of the caller's government, or unassigns it.
pub fn assign(
    tx: &mut WriteTx<'_>,
    agreement: Uuid,
    fields: &AssignmentFields,
) -> Outcome<Assignment> {
    let access = Access::of(tx.conn, tx.scope, agreement)?;
    tx.scope.require()?;
    let held = seats(tx.conn, &access)?;
    let actor = tx.scope.actor().cloned();
    let actor = actor.ok_or_else(|| Refusal::new(Problem::Unauthenticated))?;
    if !actor.may_act(&held) {
        return Err(cannot_act(tx.scope, &actor, &held).into());
    }
    tx.check_idempotency()?;
    fields.check()?;
    if let Some(person) = fields.person_id {
        require_colleague(tx, &actor, person, &held)?;
    }
    tx.act_for(&access.owner(), Opened::Shown(agreement))?;
    dialect::lock_case(tx.conn, &access.owner_tenant, &access.agreement_id)?;
    // The case may have changed while this waited for it.
    let access = Access::of(tx.conn, tx.scope, agreement)?;
    let cases = std::slice::from_ref(&access.agreement_id);
    let given = of_cases(tx.conn, &access.viewer_tenant, cases)?;
    let given = given.get(&access.agreement_id).copied();
    let before = assignments::table
        .filter(tenant_eq(assignments::viewer_tenant, &access.viewer_tenant))
        .filter(assignments::agreement_id.eq(&access.agreement_id))
        .filter(assignments::until.is_null());
    diesel::update(before)
        .set(assignments::until.eq(tx.stamp()))
        .execute(tx.conn)?;
    if given != fields.person_id {
        touch(tx, &access)?;
    }
    let row = Row {
        viewer_tenant: access.viewer_tenant,
        id: Uuid::now_v7().to_string(),
        agreement_id: access.agreement_id,
        owner_tenant: access.owner_tenant,
        person_id: fields.person_id.map(|id| id.to_string()),
        note: fields.note.clone(),
        assigned_by: tx.person(),
        since: tx.stamp(),
        until: None,
    };
    diesel::insert_into(assignments::table)
        .values(&row)
        .execute(tx.conn)?;
    tx.record(Change {
        owner: tx.scope.tenant().clone(),
        subject_kind: "assignment",
        subject_id: row.id.clone(),
        version: 1,
        event: "assignment.create".into(),
        payload: json!({ "agreement_id": row.agreement_id, "person_id": row.person_id }),
    });
    row.entity()
}

/// The refusal of a caller who may not act on the case: names the roles of its government that may,
/// or the parts in the case whose roles may.
fn cannot_act(scope: &Scope, actor: &Actor, held: &[Seat]) -> Refusal {
    let acts = |role| actor.may_act_as(role, held);
    if Role::VARIANTS.iter().any(|role| acts(*role)) {
        scope.forbidden_but_to(acts)
    } else {
        scope.not_seated(&WORKING)
    }
}

/// Refuses a person of another government, or one who may not act on the case.
fn require_colleague(
    tx: &mut WriteTx<'_>,
    actor: &Actor,
    person: Uuid,
    held: &[Seat],
) -> Outcome<()> {
    let words: Vec<String> = memberships::table
        .inner_join(accounts::table.on(accounts::person_id.eq(memberships::person_id)))
        .filter(tenant_eq(memberships::tenant_id, actor.tenant.as_str()))
        .filter(memberships::person_id.eq(person.to_string()))
        .filter(memberships::until.is_null())
        .filter(accounts::status.eq("active"))
        .select(memberships::role)
        .load(tx.conn)?;
    let roles: Vec<Role> = words
        .iter()
        .map(|role| known(role))
        .collect::<Outcome<_>>()?;
    let colleague = Actor {
        person: Some(person),
        session: None,
        roles,
        ..actor.clone()
    };
    if colleague.may_act(held) {
        Ok(())
    } else {
        Err(Refusal::field(
            "/person_id",
            "not_a_colleague",
            wording::agreements::no_colleague(),
        )
        .into())
    }
}

/// One page of the assignments that the caller's government made in a case, newest first.
pub fn list_assignments(
    tx: &mut ReadTx<'_>,
    agreement: Uuid,
    page: &PageRequest,
) -> Outcome<Page<Assignment>> {
    let access = Access::of(tx.conn, tx.scope, agreement)?;
    let mut query = assignments::table
        .filter(tenant_eq(assignments::viewer_tenant, &access.viewer_tenant))
        .filter(assignments::agreement_id.eq(access.agreement_id))
        .into_boxed::<MultiBackend>();
    if let Some(after) = page.after.clone() {
        query = query.filter(assignments::id.lt(after.id));
    }
    let rows: Vec<Row> = query
        .order(assignments::id.desc())
        .limit(page.limit + 1)
        .select(Row::as_select())
        .load(tx.conn)?;
    let cut = Page::cut(rows, page.limit, |row| After {
        key: String::new(),
        id: row.id.clone(),
    });
    let items = cut.items.into_iter().map(Row::entity);
    Ok(Page {
        items: items.collect::<Outcome<_>>()?,
        next: cut.next,
        total: None,
    })
}

/// Whom the viewer's government has assigned to each of these cases.
pub(crate) fn of_cases(
    conn: &mut Conn,
    viewer: &str,
    cases: &[String],
) -> Outcome<HashMap<String, Uuid>> {
    let rows: Vec<(String, Option<String>)> = assignments::table
        .filter(tenant_eq(assignments::viewer_tenant, viewer))
        .filter(assignments::agreement_id.eq_any(cases))
        .filter(assignments::until.is_null())
        .select((assignments::agreement_id, assignments::person_id))
        .load(conn)?;
    let given = rows
        .into_iter()
        .filter_map(|(case, person)| person.map(|person| Ok((case, id(&person)?))));
    given.collect()
}
