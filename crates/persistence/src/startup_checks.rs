//! The startup checks: whether a PostgreSQL database is safe to serve from. Row-level security
//! protects nothing if our role bypasses it or a table lacks it, and a server that does not wait
//! for its disk may lose data.
//!
//! SQLite has no roles and no row-level security, so there is nothing to check. There the barriers
//! are the types (no query without a scope), the filters of the statements, readers that cannot
//! write, and the triggers on append-only tables.

mod rights;
mod statements;

use crate::conn::{Begin, Conn, Engine};
use crate::pool;
use diesel::prelude::*;
use diesel::sql_types::{Array, Text};
use statements::{CHECKS, Check, SEARCH_PATH};
use vinculo_domain::{Refusal, Result};

pub use rights::RIGHTS;
pub use statements::{GROWS, READ_BY_ALL, WITHOUT_ROW_SECURITY};

/// A way in which a database is not safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultKind {
    /// The server is too old.
    Server,
    /// The role has a power that bypasses policies.
    Power,
    /// The role may become one that has such a power, or that owns something here.
    Membership,
    /// The role owns something.
    Owner,
    /// The role may create objects in a schema or in the database.
    Create,
    /// The role has a right that no migration gives.
    Right,
    /// A table lacks row-level security.
    Unprotected,
    /// Policies do not apply to a table's owner.
    Unforced,
    /// A table has no policy at all.
    NoPolicy,
    /// The role may run a command that no policy restricts.
    Uncovered,
    /// A policy looks at no column, so it allows every row or none.
    Wide,
    /// A policy applies to another role, or to all of them.
    Stranger,
    /// A view reads with its owner's rights.
    View,
    /// A function runs with its owner's rights.
    Function,
    /// Row-level security is switched off for the session.
    Setting,
    /// The role lacks a right that the program needs.
    Missing,
    /// The server may lose data that it confirmed.
    Durability,
}

impl FaultKind {
    /// What is wrong and what to do about it; follows the name of the subject.
    fn advice(self) -> &'static str {
        match self {
            Self::Server => {
                "is too old: views could not respect policies; use PostgreSQL 15 or later"
            }
            Self::Power => {
                "stands above row-level security; let VINCULO_DATABASE_URL name a role without that power, as docker/postgres/roles.sql makes it"
            }
            Self::Membership => {
                "is a role that the service's role may become; REVOKE the membership"
            }
            Self::Owner => "belongs to the service's role; ALTER .. OWNER TO vinculo_owner",
            Self::Create => "lets the service's role make things of its own; REVOKE CREATE there",
            Self::Right => {
                "is a right that the service's role has no use for; REVOKE it, from PUBLIC too"
            }
            Self::Unprotected => {
                "has no row-level security; ALTER TABLE .. ENABLE ROW LEVEL SECURITY"
            }
            Self::Unforced => "lets its owner pass; ALTER TABLE .. FORCE ROW LEVEL SECURITY",
            Self::NoPolicy => {
                "has row-level security but no policy; run `vinculo migrate` or restore its policies"
            }
            Self::Uncovered => {
                "is a right without a policy that decides about rows; restore the policy"
            }
            Self::Wide => {
                "looks at no column of the row, so it decides nothing; restore the policy as migrated"
            }
            Self::Stranger => "is for others than the service's role; DROP it",
            Self::View => {
                "reads with its owner's rights; ALTER VIEW .. SET (security_invoker = true), and no materialized view"
            }
            Self::Function => {
                "runs with its owner's rights; ALTER FUNCTION .. SECURITY INVOKER, or DROP it"
            }
            Self::Missing => "is a right that the service's role needs and has not; GRANT it",
            Self::Durability => {
                "loses what was acknowledged when the power goes; switch it on in postgresql.conf"
            }
            Self::Setting => {
                "makes the session do without policies; ALTER ROLE and DATABASE .. RESET row_security"
            }
        }
    }
}

/// One thing that makes a database unsafe.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The kind of fault.
    pub kind: FaultKind,
    /// What has the fault: a role, a table, a policy.
    pub subject: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.subject, self.kind.advice())
    }
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Text)]
    subject: String,
}

/// Refuses an unsafe database, naming every fault.
pub fn require_fit(url: &str) -> Result<()> {
    let found = faults(url)?;
    if found.is_empty() {
        return Ok(());
    }
    let lines: Vec<String> = found.iter().map(|fault| format!("\n- {fault}")).collect();
    Err(Refusal::internal(format!(
        "the database does not keep governments apart, or not what it is given, so nothing is served from it:{}",
        lines.concat()
    )))
}

/// Every fault of the database at `url`, for the role that `url` connects as.
pub fn faults(url: &str) -> Result<Vec<Fault>> {
    let failed =
        |error: &dyn std::fmt::Display| Refusal::internal(format!("start-up check: {error}"));
    let mut conn = pool::connect(Engine::of(url)?, url).map_err(|error| failed(&error))?;
    // Each statement runs once, and perhaps through a pooler.
    conn.keep_no_statements();
    conn.begin(Begin::Read).map_err(|error| failed(&error))?;
    let found = look(&mut conn).map_err(|error| failed(&error))?;
    conn.rollback().map_err(|error| failed(&error))?;
    Ok(found)
}

fn look(conn: &mut Conn) -> QueryResult<Vec<Fault>> {
    let Conn::Pg(conn) = conn else {
        return Ok(Vec::new());
    };
    ask(conn, SEARCH_PATH, &[])?;
    let mut faults = Vec::new();
    for Check { kind, sql, names } in CHECKS {
        let found = ask(conn, sql, names)?;
        faults.extend(found.into_iter().map(|found| Fault {
            kind,
            subject: found.subject,
        }));
    }
    Ok(faults)
}

fn ask(conn: &mut PgConnection, sql: &str, names: &[&str]) -> QueryResult<Vec<Found>> {
    diesel::sql_query(sql)
        .bind::<Array<Text>, _>(names)
        .load(conn)
}
