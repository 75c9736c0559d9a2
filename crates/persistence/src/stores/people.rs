//! People, their accounts and memberships.

use crate::audit::Change;
use crate::conn::{Conn, MultiBackend};
use crate::dialect;
use crate::failure::{Outcome, id, known};
use crate::schema::{accounts, governments, memberships, people, tenants};
use crate::stores::storage;
use crate::tx::{ReadTx, WriteTx};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::HashMap;
use uuid::Uuid;
use vinculo_domain::faults;
use vinculo_domain::identity::{Me, Membership};
use vinculo_domain::problems::Problem;
use vinculo_domain::storage::Quota;
use vinculo_domain::{Refusal, Role, TenantId};

/// An account as needed for sign-in.
#[derive(Debug, Clone)]
pub struct Account {
    /// The person.
    pub person: Uuid,
    /// The stored hash.
    pub password_hash: String,
    /// Whether the account is open.
    pub active: bool,
    /// Every role at every open government.
    pub memberships: Vec<Membership>,
}

/// The account with an address in its normal form.
pub fn find_account(tx: &mut ReadTx<'_>, email: &str) -> Outcome<Option<Account>> {
    let row: Option<(String, String, String)> = accounts::table
        .filter(accounts::email.eq(email))
        .select((
            accounts::person_id,
            accounts::password_hash,
            accounts::status,
        ))
        .first(tx.conn)
        .optional()?;
    let Some((person, password_hash, status)) = row else {
        return Ok(None);
    };
    Ok(Some(Account {
        person: id(&person)?,
        password_hash,
        active: status == "active",
        memberships: memberships_of(tx.conn, &person)?,
    }))
}

pub(crate) fn memberships_of(conn: &mut Conn, person: &str) -> Outcome<Vec<Membership>> {
    dialect::set_person_context(conn, person)?;
    let rows: Vec<(String, String, String)> = memberships::table
        .inner_join(tenants::table)
        .filter(memberships::person_id.eq(person))
        .filter(memberships::until.is_null())
        .order((memberships::tenant_id, memberships::role))
        .select((memberships::tenant_id, memberships::role, tenants::status))
        .load(conn)?;
    let suspended = faults::seeded("suspended government");
    rows.into_iter()
        .filter(|(_, _, status)| status == "active" || suspended)
        .map(|(tenant, role, _)| {
            Ok(Membership {
                tenant: TenantId::new(tenant),
                role: known(&role)?,
            })
        })
        .collect()
}

/// What a person sees of itself.
pub fn me(tx: &mut ReadTx<'_>, quota: Quota) -> Outcome<Me> {
    let actor = tx
        .scope
        .actor()
        .ok_or_else(|| Refusal::new(Problem::Unauthenticated))?
        .clone();
    let person = actor
        .person
        .ok_or_else(|| Refusal::new(Problem::Unauthenticated))?;
    let (name, email): (String, String) = people::table
        .inner_join(accounts::table)
        .filter(people::id.eq(person.to_string()))
        .select((people::name, accounts::email))
        .first(tx.conn)?;
    let tenant_name: String = governments::table
        .filter(governments::id.eq(actor.tenant.as_str()))
        .filter(governments::valid_to.is_null())
        .select(governments::name)
        .into_boxed::<MultiBackend>()
        .first(tx.conn)?;
    Ok(Me {
        id: person,
        name,
        email,
        tenant: actor.tenant,
        tenant_name,
        roles: actor.roles,
        memberships: memberships_of(tx.conn, &person.to_string())?,
        storage: storage::of_caller(tx, quota)?,
    })
}

/// A new person with an account and one or more roles at a government.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// The name.
    pub name: String,
    /// The address in its normal form.
    pub email: String,
    /// The hash of the password.
    pub password_hash: String,
    /// The memberships.
    pub memberships: Vec<Membership>,
}

/// A person that was created.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CreatedPerson {
    /// The person.
    pub id: Uuid,
    /// Whether the address existed before; its old password then stays.
    pub known: bool,
}

/// Creates a person. An existing address gets the memberships it lacks and keeps its password.
pub fn create(tx: &mut WriteTx<'_>, new: &NewPerson) -> Outcome<CreatedPerson> {
    tx.scope.require()?;
    tx.check_idempotency()?;
    let found: Option<String> = accounts::table
        .filter(accounts::email.eq(&new.email))
        .select(accounts::person_id)
        .first(tx.conn)
        .optional()?;
    let known = found.is_some();
    let person = match found {
        Some(person) => person,
        None => insert(tx, new)?,
    };
    let held = memberships_of(tx.conn, &person)?;
    for membership in &new.memberships {
        if !held
            .iter()
            .any(|other| other.tenant == membership.tenant && other.role == membership.role)
        {
            join(tx, &person, &membership.tenant, membership.role)?;
        }
    }
    Ok(CreatedPerson {
        id: id(&person)?,
        known,
    })
}

fn insert(tx: &mut WriteTx<'_>, new: &NewPerson) -> Outcome<String> {
    let person = Uuid::now_v7().to_string();
    let now = tx.stamp();
    diesel::insert_into(people::table)
        .values((
            people::id.eq(&person),
            people::name.eq(&new.name),
            people::created_at.eq(now),
        ))
        .execute(tx.conn)?;
    let account = (
        accounts::person_id.eq(&person),
        accounts::email.eq(&new.email),
        accounts::password_hash.eq(&new.password_hash),
        accounts::status.eq("active"),
        accounts::version.eq(1),
        accounts::created_at.eq(now),
        accounts::updated_at.eq(now),
    );
    diesel::insert_into(accounts::table)
        .values(account)
        .execute(tx.conn)?;
    Ok(person)
}

fn join(tx: &mut WriteTx<'_>, person: &str, tenant: &TenantId, role: Role) -> Outcome<()> {
    if !super::governments::exists(tx.conn, tenant)? {
        return super::governments::refuse_key(tx.conn, "/tenant_id", None);
    }
    let is_officer = role == Role::Officer;
    let role: &'static str = role.into();
    let row = (
        memberships::tenant_id.eq(tenant.as_str()),
        memberships::id.eq(Uuid::now_v7().to_string()),
        memberships::person_id.eq(person),
        memberships::role.eq(role),
        memberships::since.eq(tx.stamp()),
    );
    diesel::insert_into(memberships::table)
        .values(row)
        .execute(tx.conn)?;
    tx.record(Change {
        owner: tenant.clone(),
        subject_kind: "membership",
        subject_id: person.to_owned(),
        version: 1,
        event: "membership.create".into(),
        payload: json!({ "person_id": person, "role": role }),
    });
    if is_officer {
        super::agreements::activate(tx, tenant)?;
    }
    Ok(())
}

/// Writes the name of a person that another row names. A name is corrected in place. A name that no
/// row refers to any more is blanked, because it could not be found for erasure. `held` is the
/// person that the row named so far; the result is the one it names now.
pub(crate) fn rename(
    tx: &mut WriteTx<'_>,
    held: Option<String>,
    name: Option<&str>,
) -> Outcome<Option<String>> {
    let Some(person) = held else {
        return name.map(|name| named(tx, name)).transpose();
    };
    diesel::update(people::table.find(&person))
        .set(people::name.eq(name.unwrap_or_default().trim()))
        .execute(tx.conn)?;
    Ok(name.map(|_| person))
}

/// Creates a person of whom only the name is known.
fn named(tx: &mut WriteTx<'_>, name: &str) -> Outcome<String> {
    let person = Uuid::now_v7().to_string();
    diesel::insert_into(people::table)
        .values((
            people::id.eq(&person),
            people::name.eq(name.trim()),
            people::created_at.eq(tx.stamp()),
        ))
        .execute(tx.conn)?;
    Ok(person)
}

/// The names of these people, by id.
pub(crate) fn names<'a>(
    conn: &mut Conn,
    people: impl Iterator<Item = &'a String>,
) -> Outcome<HashMap<String, String>> {
    let named: Vec<(String, String)> = people::table
        .filter(people::id.eq_any(people.collect::<Vec<_>>()))
        .select((people::id, people::name))
        .load(conn)?;
    Ok(named.into_iter().collect())
}

/// Whether a government has somebody who may handle its cases. The transaction must be in that
/// government's context.
pub(crate) fn has_officer(conn: &mut Conn, government: &TenantId) -> Outcome<bool> {
    let officer: &'static str = Role::Officer.into();
    let officers = memberships::table
        .inner_join(accounts::table.on(accounts::person_id.eq(memberships::person_id)))
        .filter(memberships::tenant_id.eq(government.as_str()))
        .filter(memberships::role.eq(officer))
        .filter(memberships::until.is_null())
        .filter(accounts::status.eq("active"))
        .select(memberships::id);
    Ok(diesel::select(diesel::dsl::exists(officers)).get_result(conn)?)
}
