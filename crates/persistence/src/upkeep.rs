//! The store's own upkeep: what it forgets, and when.

use crate::db::Db;
use crate::dialect::{self, Opened};
use crate::idempotency;
use crate::schema::{documents, tenants};
use chrono::Duration;
use diesel::prelude::*;
use futures_util::TryStreamExt;
use vinculo_auth::Scope;
use vinculo_domain::Result;

/// How long a file may stand without a row before it is swept: an upload that was cut off
/// between the two leaves one.
const ORPHAN_HOURS: i64 = 24;

/// Forgets answers kept for repeated requests once their time is over.
pub async fn forget_answers(db: &Db, scope: &Scope) -> Result<()> {
    let now = db.now().naive_utc();
    db.append(scope, move |conn| {
        let governments: Vec<String> = tenants::table
            .order(tenants::id)
            .select(tenants::id)
            .load(conn)?;
        for government in governments {
            dialect::announce(conn, &government, &government, Opened::Nothing)?;
            idempotency::forget(conn, &government, now)?;
        }
        Ok(())
    })
    .await
}

/// Removes files that no row names; gives their number back.
pub async fn sweep_files(db: &Db, scope: &Scope) -> Result<usize> {
    let mut swept = 0;
    let young = db.now() - Duration::hours(ORPHAN_HOURS);
    let mut files = db.files().list();
    while let Some((tenant, sha256, written)) = files.try_next().await? {
        if written >= young {
            continue;
        }
        let (owner, digest) = (tenant.clone(), sha256.clone());
        let named = db
            .read(scope, "sweep_files", "", move |tx| {
                // All documents of the owner, also those that nobody has opened to it yet.
                let owner_itself = owner.as_str();
                dialect::announce(tx.conn, owner_itself, owner_itself, Opened::Whole)?;
                let rows = documents::table
                    .filter(documents::tenant_id.eq(owner.as_str()))
                    .filter(documents::sha256.eq(digest));
                Ok(diesel::select(diesel::dsl::exists(rows)).get_result::<bool>(tx.conn)?)
            })
            .await?;
        if !named {
            db.files().remove(&tenant, &sha256).await?;
            swept += 1;
        }
    }
    Ok(swept)
}
