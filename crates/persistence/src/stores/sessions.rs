//! Sessions and their chains of refresh tokens.

use super::people;
use crate::audit::Change;
use crate::failure::{Outcome, id};
use crate::schema::{accounts, governments, refresh_tokens as tokens, sessions, tenants};
use crate::tx::{ReadTx, WriteTx};
use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;
use uuid::Uuid;
use vinculo_auth::Actor;
use vinculo_auth::seal::{SealKey, sha256};
use vinculo_domain::faults;
use vinculo_domain::problems::Problem;
use vinculo_domain::{Role, TenantId, Tier};

/// The longest life of a session, in hours.
const ABSOLUTE_HOURS: i64 = 12;
/// How long a session may be idle, in minutes.
const IDLE_MINUTES: i64 = 30;
/// How long a token that was just used gives the same successor again, in seconds: an answer may be
/// lost on the way.
const GRACE_SECONDS: i64 = 10;

/// Tier, end of the session, when it was ended, and whether account and government are active.
type Standing = (String, NaiveDateTime, Option<NaiveDateTime>, String, String);

/// The actor of a session, if session, account, tenant and membership are all valid now.
pub fn actor(
    tx: &mut ReadTx<'_>,
    session: Uuid,
    person: Uuid,
    tenant: &TenantId,
) -> Outcome<Option<Actor>> {
    let row: Option<Standing> = sessions::table
        .inner_join(accounts::table.on(accounts::person_id.eq(sessions::person_id)))
        .inner_join(tenants::table.on(tenants::id.eq(sessions::tenant_id)))
        .filter(sessions::id.eq(session.to_string()))
        .filter(sessions::person_id.eq(person.to_string()))
        .filter(sessions::tenant_id.eq(tenant.as_str()))
        .inner_join(
            governments::table.on(governments::id
                .eq(sessions::tenant_id)
                .and(governments::valid_to.is_null())),
        )
        .select((
            governments::tier,
            sessions::expires_at,
            sessions::revoked_at,
            accounts::status,
            tenants::status,
        ))
        .first(tx.conn)
        .optional()?;
    let Some((tier, expires_at, revoked_at, account, government)) = row else {
        return Ok(None);
    };
    let active = (account == "active" || faults::seeded("suspended person"))
        && (government == "active" || faults::seeded("suspended government"))
        && (revoked_at.is_none() || faults::seeded("ended session"));
    let tier: Tier = crate::failure::known(&tier)?;
    let roles: Vec<Role> = people::memberships_of(tx.conn, &person.to_string())?
        .into_iter()
        .filter(|held| held.tenant == *tenant)
        .map(|held| held.role)
        .collect();
    let stands = active && expires_at > tx.now.naive_utc() && !roles.is_empty();
    Ok(stands.then(|| Actor {
        person: Some(person),
        session: Some(session),
        tenant: tenant.clone(),
        tier,
        roles,
    }))
}

/// A session after it was opened or refreshed.
#[derive(Debug, Clone)]
pub struct OpenSession {
    /// Its id.
    pub id: Uuid,
    /// Its person.
    pub person: Uuid,
    /// Its government.
    pub tenant: TenantId,
    /// The next refresh token.
    pub refresh_token: String,
    /// The roles at that government.
    pub roles: Vec<Role>,
}

/// Opens a session for a person who proved their identity.
pub fn create(
    tx: &mut WriteTx<'_>,
    person: Uuid,
    tenant: &TenantId,
    refresh_token: &str,
) -> Outcome<OpenSession> {
    tx.scope.require()?;
    tx.check_idempotency()?;
    let session = Uuid::now_v7();
    let row = (
        sessions::id.eq(session.to_string()),
        sessions::person_id.eq(person.to_string()),
        sessions::tenant_id.eq(tenant.as_str()),
        sessions::created_at.eq(tx.stamp()),
        sessions::expires_at.eq(tx.stamp() + Duration::hours(ABSOLUTE_HOURS)),
    );
    diesel::insert_into(sessions::table)
        .values(row)
        .execute(tx.conn)?;
    keep_token(tx, &session.to_string(), refresh_token, None)?;
    note(tx, &session.to_string(), tenant, "session.create");
    opened(
        tx,
        session,
        person,
        tenant.clone(),
        refresh_token.to_owned(),
    )
}

fn opened(
    tx: &mut WriteTx<'_>,
    session: Uuid,
    person: Uuid,
    tenant: TenantId,
    refresh_token: String,
) -> Outcome<OpenSession> {
    let roles: Vec<Role> = people::memberships_of(tx.conn, &person.to_string())?
        .into_iter()
        .filter(|held| held.tenant == tenant)
        .map(|held| held.role)
        .collect();
    if roles.is_empty() {
        Err(Problem::Unauthenticated.into())
    } else {
        Ok(OpenSession {
            id: session,
            person,
            tenant,
            refresh_token,
            roles,
        })
    }
}

fn keep_token(
    tx: &mut WriteTx<'_>,
    session: &str,
    token: &str,
    parent: Option<&str>,
) -> Outcome<()> {
    let row = (
        tokens::hash.eq(sha256(token.as_bytes())),
        tokens::session_id.eq(session),
        tokens::parent_hash.eq(parent),
        tokens::created_at.eq(tx.stamp()),
    );
    diesel::insert_into(tokens::table)
        .values(row)
        .execute(tx.conn)?;
    Ok(())
}

/// The result of a refresh.
pub enum Refreshed {
    /// The session goes on.
    Open(OpenSession),
    /// The token was used before: the session was ended, and the caller is refused.
    Reused,
}

/// Session, person, tenant, end, revocation, and when the token was created and used.
type RefreshRow = (
    String,
    String,
    String,
    NaiveDateTime,
    Option<NaiveDateTime>,
    NaiveDateTime,
    Option<NaiveDateTime>,
);

/// Uses a refresh token. For a few seconds a used token gives the same successor again. After that,
/// or with an older token, it counts as stolen and the session ends.
pub fn refresh(tx: &mut WriteTx<'_>, token: &str, key: &SealKey) -> Outcome<Refreshed> {
    tx.scope.require()?;
    tx.check_idempotency()?;
    let hash = sha256(token.as_bytes());
    let row: Option<RefreshRow> = tokens::table
        .inner_join(sessions::table)
        .inner_join(accounts::table.on(accounts::person_id.eq(sessions::person_id)))
        .filter(tokens::hash.eq(&hash))
        .filter(accounts::status.eq("active"))
        .select((
            sessions::id,
            sessions::person_id,
            sessions::tenant_id,
            sessions::expires_at,
            sessions::revoked_at,
            tokens::created_at,
            tokens::used_at,
        ))
        .first(tx.conn)
        .optional()?;
    let Some((session, person, tenant, expires_at, None, created_at, used_at)) = row else {
        return Err(Problem::Unauthenticated.into());
    };
    let (now, tenant) = (tx.stamp(), TenantId::new(tenant));
    let next = key.successor(token);
    match used_at {
        None => {
            let idle = created_at + Duration::minutes(IDLE_MINUTES) < now;
            let used = diesel::update(tokens::table.find(&hash).filter(tokens::used_at.is_null()))
                .set(tokens::used_at.eq(now))
                .execute(tx.conn)?;
            if expires_at <= now || idle || used == 0 {
                return Err(if used == 0 {
                    crate::Failure::Again("two refreshes at once".into())
                } else {
                    Problem::Unauthenticated.into()
                });
            }
            keep_token(tx, &session, &next, Some(&hash))?;
            note(tx, &session, &tenant, "session.refresh");
        }
        Some(used)
            if used + Duration::seconds(GRACE_SECONDS) >= now && !successor_used(tx, &next)? => {}
        Some(_) => {
            end(tx, &session, &tenant, "reuse")?;
            return Ok(Refreshed::Reused);
        }
    }
    Ok(Refreshed::Open(opened(
        tx,
        id(&session)?,
        id(&person)?,
        tenant,
        next,
    )?))
}

fn successor_used(tx: &mut WriteTx<'_>, next: &str) -> Outcome<bool> {
    let used: Option<Option<NaiveDateTime>> = tokens::table
        .find(sha256(next.as_bytes()))
        .select(tokens::used_at)
        .first(tx.conn)
        .optional()?;
    Ok(used.flatten().is_some())
}

fn end(tx: &mut WriteTx<'_>, session: &str, tenant: &TenantId, reason: &str) -> Outcome<()> {
    diesel::update(sessions::table.find(session))
        .set((
            sessions::revoked_at.eq(tx.stamp()),
            sessions::revoke_reason.eq(reason),
        ))
        .execute(tx.conn)?;
    note(tx, session, tenant, "session.end");
    Ok(())
}

/// Ends the caller's session; its access token is refused from the next request on.
pub fn delete(tx: &mut WriteTx<'_>) -> Outcome<()> {
    tx.scope.require()?;
    tx.check_idempotency()?;
    let Some(session) = tx.scope.actor().and_then(|actor| actor.session) else {
        return Err(Problem::Unauthenticated.into());
    };
    let tenant = tx.scope.tenant().clone();
    end(tx, &session.to_string(), &tenant, "sign_out")
}

fn note(tx: &mut WriteTx<'_>, session: &str, tenant: &TenantId, event: &str) {
    tx.record(Change {
        owner: tenant.clone(),
        subject_kind: "session",
        subject_id: session.to_owned(),
        version: 1,
        event: event.to_owned(),
        payload: json!({}),
    });
}
