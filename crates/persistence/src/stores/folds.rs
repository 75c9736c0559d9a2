//! What is stored folded, written anew when the program folds otherwise than before: names by which
//! records are sorted and found again, fingerprints, words of searches (docs/adr/0027). It runs with
//! the migrations, in their role and transaction.

mod cases;
mod names;

use super::consolidations;
use crate::conn::Conn;
use crate::dialect;
use crate::failure::Outcome;
use crate::schema::{counters, tenants};
use diesel::prelude::*;
use vinculo_domain::text::FOLDING;

/// The counter that holds the version of the stored folds.
const SERIES: &str = "folds";
/// How many rows are held at a time.
const PAGE: i64 = 200;

/// The tables it reads and writes; on PostgreSQL row-level security hides them even from their
/// owner.
const TABLES: [&str; 11] = [
    "agreement_access",
    "agreement_counterparts",
    "agreement_drafts",
    "agreements",
    "consolidations",
    "counterparts",
    "import_rows",
    "inscriptions",
    "search_words",
    "submission_access",
    "submissions",
];

/// Notes of an empty database that nothing in it was folded by an earlier program.
pub(crate) fn begin(conn: &mut Conn) -> Outcome<()> {
    let some: Option<String> = tenants::table.select(tenants::id).first(conn).optional()?;
    if some.is_none() && stored(conn)?.is_none() {
        note(conn)?;
    }
    Ok(())
}

/// Writes anew what an earlier program has folded; nothing if it was this one. It comes last in its
/// transaction, because row-level security is off afterwards.
pub(crate) fn renew(conn: &mut Conn) -> Outcome<()> {
    if stored(conn)? == Some(FOLDING) {
        return Ok(());
    }
    dialect::lift_row_security(conn, &TABLES)?;
    names::governments(conn)?;
    names::counterparts(conn)?;
    cases::fingerprints(conn)?;
    cases::fingerprints_of_rows(conn)?;
    cases::words(conn)?;
    consolidations::renew_folds(conn)?;
    dialect::restore_row_security(conn, &TABLES)?;
    note(conn)
}

fn stored(conn: &mut Conn) -> Outcome<Option<i64>> {
    Ok(counters::table
        .find(SERIES)
        .select(counters::value)
        .first(conn)
        .optional()?)
}

fn note(conn: &mut Conn) -> Outcome<()> {
    let known = diesel::update(counters::table.find(SERIES))
        .set(counters::value.eq(FOLDING))
        .execute(conn)?;
    if known == 0 {
        diesel::insert_into(counters::table)
            .values((counters::series.eq(SERIES), counters::value.eq(FOLDING)))
            .execute(conn)?;
    }
    Ok(())
}
