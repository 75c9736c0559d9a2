//! How much a government has added to the documents of cases, and how much it may add.
//!
//! A document is charged to the government that adds it, not to the owner of the case, so nobody
//! can use up another's room. Each document counts, even if the same bytes came before, so that the
//! figure does not reveal what others have sent.

use crate::conn::Conn;
use crate::dialect;
use crate::failure::Outcome;
use crate::schema::{documents, storage_use as used};
use crate::tx::{ReadTx, WriteTx};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use vinculo_domain::storage::{Quota, StorageUse};

/// The sum of sizes; the query builder's own type for it differs between the engines.
const SIZES: &str = "CAST(COALESCE(SUM(size), 0) AS BIGINT)";

/// How much of its room the caller's government uses.
pub fn of_caller(tx: &mut ReadTx<'_>, quota: Quota) -> Outcome<StorageUse> {
    let tenant = tx.scope.tenant().to_string();
    of(tx.conn, &tenant, quota)
}

/// Charges a document to the government that adds it, in the transaction of its row.
pub(super) fn charge(tx: &mut WriteTx<'_>, size: i64, quota: Quota) -> Outcome<()> {
    let tenant = tx.actor();
    dialect::open_storage_use(tx.conn, &tenant)?;
    let change = (
        used::files.eq(used::files + 1),
        used::bytes.eq(used::bytes + size),
    );
    let row = used::table.find(&tenant);
    let charged = match quota.bytes() {
        None => diesel::update(row).set(change).execute(tx.conn)?,
        Some(bytes) => {
            let most = i64::try_from(bytes)
                .unwrap_or(i64::MAX)
                .saturating_sub(size);
            diesel::update(row.filter(used::bytes.le(most)))
                .set(change)
                .execute(tx.conn)?
        }
    };
    if charged == 0 {
        let found = of(tx.conn, &tenant, quota)?;
        return Err(found.refuse(u64::try_from(size).unwrap_or_default()).into());
    }
    Ok(())
}

/// Counts again what each government has added: an older program that runs beside a newer one, as
/// in a rolling upgrade, charges nothing.
pub(crate) fn recount(conn: &mut Conn) -> Outcome<()> {
    dialect::lift_row_security(conn, &["documents", "storage_use"])?;
    let adders: Vec<String> = documents::table
        .select(documents::acting_tenant)
        .distinct()
        .load(conn)?;
    for adder in adders {
        dialect::open_storage_use(conn, &adder)?;
        let added = documents::table.filter(documents::acting_tenant.eq(&adder));
        let files: i64 = added.count().get_result(conn)?;
        let bytes: i64 = added.select(sql::<BigInt>(SIZES)).first(conn)?;
        diesel::update(used::table.find(&adder))
            .set((used::files.eq(files), used::bytes.eq(bytes)))
            .execute(conn)?;
    }
    dialect::restore_row_security(conn, &["documents", "storage_use"])
}

fn of(conn: &mut Conn, tenant: &str, quota: Quota) -> Outcome<StorageUse> {
    let found: Option<(i64, i64)> = used::table
        .find(tenant)
        .select((used::files, used::bytes))
        .first(conn)
        .optional()?;
    let (files, bytes) = found.unwrap_or_default();
    Ok(StorageUse {
        used_bytes: bytes,
        files,
        quota_bytes: quota
            .bytes()
            .map(|bytes| i64::try_from(bytes).unwrap_or(i64::MAX)),
    })
}
