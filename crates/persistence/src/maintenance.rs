//! The store's own maintenance: what it deletes, and when.

use crate::clock_guard::Leave;
use crate::db::Db;
use crate::dialect::{self, Opened};
use crate::idempotency;
use crate::schema::tenants;
use diesel::prelude::*;
use vinculo_auth::Scope;
use vinculo_domain::Result;

/// Deletes expired answers to repeated requests.
pub async fn forget_answers(db: &Db, scope: &Scope, _leave: &Leave) -> Result<()> {
    let now = db.now().naive_utc();
    db.append(scope, move |conn| {
        let governments: Vec<String> = tenants::table
            .order(tenants::id)
            .select(tenants::id)
            .load(conn)?;
        for government in governments {
            dialect::set_tenant_context(conn, &government, &government, Opened::Nothing)?;
            idempotency::forget(conn, &government, now)?;
        }
        Ok(())
    })
    .await
}
