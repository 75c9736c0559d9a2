//! A repeated request gets the first one's answer and does nothing again.

use crate::conn::Conn;
use crate::failure::{Failure, Outcome};
use crate::request::Reply;
use crate::schema::idempotency_keys as keys;
use crate::tx::{ReadTx, WriteTx};
use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use serde_json::{Value, json};
use vinculo_domain::faults;
use vinculo_domain::problems::Problem;

/// How long a key is remembered.
const HOURS: i64 = 48;
/// The status of a request that has not finished.
const PENDING: i32 = 0;

/// The key of a remembered request: government, person, operation, key.
#[derive(Clone)]
struct Id(String, String, &'static str, String);

impl Id {
    fn key(&self) -> (&str, &str, &str, &str) {
        (&self.0, &self.1, self.2, &self.3)
    }
}

fn identity(tx: &WriteTx<'_>) -> Option<(Id, String)> {
    let (key, fingerprint) = tx.intent.idempotency.clone()?;
    if tx.intent.dry_run {
        return None;
    }
    let mut id = Id(
        tx.actor(),
        tx.person().unwrap_or_else(|| "system".into()),
        tx.intent.operation,
        key,
    );
    let anybodys = faults::seeded("any government's key");
    if anybodys {
        id.0.clear();
    }
    if anybodys || faults::seeded("any person's key") {
        id.1.clear();
    }
    Some((id, fingerprint))
}

/// Looks for an earlier answer; otherwise takes the key for this transaction. Two requests with one
/// key meet at the unique key of this insert: the second waits for the first and then finds its
/// answer.
pub(crate) fn check(tx: &mut WriteTx<'_>) -> Outcome<()> {
    let Some((id, fingerprint)) = identity(tx) else {
        return Ok(());
    };
    let row = keys::table.find(id.key());
    // While the clock is far off no answer is forgotten.
    let expired = tx.believed.naive_utc() - Duration::hours(HOURS);
    diesel::delete(row.filter(keys::created_at.lt(expired))).execute(tx.conn)?;
    let stored: Option<(String, i32, String, String)> = keys::table
        .find(id.key())
        .select((keys::fingerprint, keys::status, keys::headers, keys::body))
        .first(tx.conn)
        .optional()?;
    if let Some((stored_print, status, headers, body)) = stored {
        if stored_print != fingerprint {
            return Err(Problem::IdempotencyMismatch.into());
        }
        return Err(Failure::Replayed(Box::new(reply(status, &headers, body)?)));
    }
    let values = (
        keys::tenant_id.eq(&id.0),
        keys::principal.eq(&id.1),
        keys::operation.eq(id.2),
        keys::key.eq(&id.3),
        keys::fingerprint.eq(fingerprint),
        keys::status.eq(PENDING),
        keys::headers.eq("{}"),
        keys::body.eq(""),
        keys::created_at.eq(tx.stamp()),
    );
    match diesel::insert_into(keys::table)
        .values(values)
        .execute(tx.conn)
    {
        Ok(_rows) => Ok(()),
        Err(Error::DatabaseError(DatabaseErrorKind::UniqueViolation, info)) => {
            Err(Failure::Again(info.message().to_owned()))
        }
        Err(Error::DatabaseError(_, info)) if info.message().contains("lock timeout") => {
            Err(Problem::IdempotencyInFlight.into())
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether an answer is kept for a request of this caller. If so it is repeated, and checks that
/// could refuse a first request do not apply.
pub(crate) fn is_answered(tx: &mut ReadTx<'_>, operation: &str, key: &str) -> Outcome<bool> {
    let person = tx.scope.person().map(|id| id.to_string());
    let principal = person.unwrap_or_else(|| "system".into());
    let expired = tx.now.naive_utc() - Duration::hours(HOURS);
    let kept = keys::table
        .find((tx.scope.tenant().as_str(), principal, operation, key))
        .filter(keys::status.ne(PENDING))
        .filter(keys::created_at.ge(expired));
    Ok(diesel::select(diesel::dsl::exists(kept)).get_result(tx.conn)?)
}

/// Stores the answer in the transaction of its change.
pub(crate) fn keep(tx: &mut WriteTx<'_>, reply: &Reply) -> Outcome<()> {
    let Some((id, _fingerprint)) = identity(tx) else {
        return Ok(());
    };
    let headers = json!({ "etag": reply.etag, "location": reply.location }).to_string();
    diesel::update(keys::table.find(id.key()))
        .set((
            keys::status.eq(i32::from(reply.status)),
            keys::headers.eq(headers),
            keys::body.eq(&reply.body),
        ))
        .execute(tx.conn)?;
    Ok(())
}

fn reply(status: i32, headers: &str, body: String) -> Outcome<Reply> {
    let headers: Value = serde_json::from_str(headers)?;
    let header = |name: &str| headers.get(name).and_then(Value::as_str).map(str::to_owned);
    Ok(Reply {
        status: u16::try_from(status).unwrap_or(200),
        etag: header("etag"),
        location: header("location"),
        body,
        replayed: true,
    })
}

/// Removes the expired answers of one government.
pub(crate) fn forget(conn: &mut Conn, tenant: &str, now: NaiveDateTime) -> Outcome<()> {
    let expired = keys::table
        .filter(keys::tenant_id.eq(tenant))
        .filter(keys::created_at.lt(now - Duration::hours(HOURS)));
    diesel::delete(expired).execute(conn)?;
    Ok(())
}
