//! What the amounts of records add up to in a space. The database keeps these sums for each owner
//! (migration 0026), as it keeps the counts.

use crate::conn::Conn;
use crate::dialect;
use crate::failure::Outcome;
use crate::schema::record_sums as kept;
use crate::statement::Statement;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text};
use vinculo_auth::Scope;
use vinculo_domain::faults;
use vinculo_domain::records::{Kind, Space, Sum};

/// A sum is kept in two parts, because many amounts are more than an integer holds.
const BILLION: i64 = 1_000_000_000;

#[derive(QueryableByName)]
struct SumRow {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    unit: String,
    #[diesel(sql_type = Integer)]
    year: i32,
    #[diesel(sql_type = BigInt)]
    billions: i64,
    #[diesel(sql_type = BigInt)]
    rest: i64,
}

/// What the amounts of a kind add up to in a space: at most what an `i64` holds.
pub(in crate::stores::records) fn sums(
    conn: &mut Conn,
    scope: &Scope,
    kind: &Kind,
    space: &Space,
) -> Outcome<Vec<Sum>> {
    let mut statement = Statement::default();
    // The engines give a sum types of their own.
    statement.push(
        "SELECT m.name, m.unit, m.year, CAST(sum(m.billions) AS BIGINT) AS billions, \
         CAST(sum(m.rest) AS BIGINT) AS rest FROM record_sums m",
    );
    if faults::seeded("sums of all") {
        statement.push(" WHERE 1 = 1");
    } else {
        statement.viewed(scope, "m", space);
    }
    statement.is(" AND m.kind = ", kind.spec.many);
    statement.push(" GROUP BY m.name, m.unit, m.year");
    let found: Vec<SumRow> = statement.load(conn)?;
    let sum = |row: SumRow| Sum {
        name: row.name,
        unit: row.unit,
        year: row.year,
        value: row
            .billions
            .saturating_mul(BILLION)
            .saturating_add(row.rest),
    };
    Ok(found.into_iter().map(sum).collect())
}

/// Adds up again.
pub(super) fn recount(conn: &mut Conn) -> Outcome<()> {
    const TABLES: [&str; 2] = ["record_amounts", "record_sums"];
    dialect::lift_row_security(conn, &TABLES)?;
    diesel::delete(kept::table).execute(conn)?;
    diesel::sql_query(
        "INSERT INTO record_sums (viewer_tenant, kind, name, unit, year, owner_tenant, amounts, billions, rest) \
         SELECT viewer_tenant, kind, name, unit, year, owner_tenant, \
         count(*), sum(value / 1000000000), sum(value % 1000000000) \
         FROM record_amounts GROUP BY viewer_tenant, kind, name, unit, year, owner_tenant",
    )
    .execute(conn)?;
    dialect::restore_row_security(conn, &TABLES)
}
