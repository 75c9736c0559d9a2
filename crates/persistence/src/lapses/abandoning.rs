//! The drafts and returned cases that nobody touched for long, and how they are abandoned.

use crate::barrier::tenant_eq;
use crate::db::Db;
use crate::dialect::{self, Opened};
use crate::failure::{Outcome, id, known};
use crate::request::{Intent, Reply};
use crate::schema::{agreement_access as access, governments};
use crate::stores::agreements::{LEFT_ALONE, abandon};
use crate::tx::ReadTx;
use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_auth::{Action, Actor, Kind, Scope, policy};
use vinculo_domain::{Result, TenantId, Tier};

/// How many cases are abandoned before the rest is read again.
const BATCH: usize = 100;

/// A case that nobody touched for long, with its owner.
struct LeftAlone {
    owner: TenantId,
    tier: Tier,
    case: Uuid,
}

/// Abandons the drafts and returned cases that nobody touched for this many days, however many they
/// are: [`crate::lapse`] checks first. Gives their number. Each is a unit of work of its own, so
/// that several instances may run this at once, and it may stop anywhere.
pub async fn abandon_untouched(db: &Db, scope: &Scope, days: u32) -> Result<usize> {
    let before = (db.now() - Duration::days(days.into())).naive_utc();
    let mut abandoned = 0;
    loop {
        let found = db
            .read(scope, "abandon_untouched", "", move |tx| {
                left_alone(tx, before)
            })
            .await?;
        if found.is_empty() {
            return Ok(abandoned);
        }
        let mut done = 0;
        for one in found {
            match abandon_one(db, &one, before).await {
                Ok(true) => done += 1,
                // Another instance was first, or somebody touched it.
                Ok(false) => {}
                Err(refusal) => {
                    tracing::warn!(case = %one.case, %refusal, "a case was not abandoned")
                }
            }
        }
        abandoned += done;
        if done == 0 {
            return Ok(abandoned);
        }
    }
}

/// The first of them, government by government: each government's lines are read in its own tenant
/// context.
fn left_alone(tx: &mut ReadTx<'_>, before: NaiveDateTime) -> Outcome<Vec<LeftAlone>> {
    let owners: Vec<(String, String)> = governments::table
        .filter(governments::valid_to.is_null())
        .order(governments::id)
        .select((governments::id, governments::tier))
        .load(tx.conn)?;
    let mut found = Vec::new();
    for (owner, tier) in owners {
        dialect::set_tenant_context(tx.conn, &owner, &owner, Opened::Nothing)?;
        for stage in LEFT_ALONE {
            let cases: Vec<String> = access::table
                .filter(tenant_eq(access::viewer_tenant, &owner))
                .filter(access::owner_tenant.eq(&owner))
                .filter(access::stage.eq(stage))
                .filter(access::changed_at.lt(before))
                .order((access::changed_at.asc(), access::agreement_id.asc()))
                .limit(100)
                .select(access::agreement_id)
                .load(tx.conn)?;
            for case in cases {
                found.push(LeftAlone {
                    owner: TenantId::new(&owner),
                    tier: known(&tier)?,
                    case: id(&case)?,
                });
            }
        }
        if found.len() >= BATCH {
            break;
        }
    }
    Ok(found)
}

/// The service acts for the owner, and no person does. Gives whether the case was still due.
async fn abandon_one(db: &Db, one: &LeftAlone, before: NaiveDateTime) -> Result<bool> {
    let system = Actor::system(one.owner.clone(), one.tier);
    let scope = policy::scope(Some(&system), Kind::Agreement, Action::Update);
    let intent = Intent {
        operation: "abandon_untouched",
        request_id: String::new(),
        idempotency: None,
        dry_run: false,
    };
    let case = one.case;
    let reply = db.write(&scope, &intent, move |tx| {
        let done = abandon(tx, case, before)?;
        Ok(Reply::empty(if done { 204 } else { 304 }))
    });
    Ok(reply.await?.status == 204)
}
