//! What each engine can check by itself.

use super::{Finding, Findings, RESTORE, Weight};
use crate::conn::Conn;
use crate::snapshot::Snapshot;

const SQLITE_INTEGRITY: &str =
    "SELECT integrity_check AS subject FROM pragma_integrity_check WHERE integrity_check <> 'ok'";
const SQLITE_FOREIGN_KEYS: &str = "SELECT \"table\" || ' row ' || coalesce(rowid, 0) || ' points into ' || parent AS subject FROM pragma_foreign_key_check";

const PG_CHECKSUMS: &str = "SELECT current_setting('data_checksums') AS subject";

/// One statement for each foreign key: rows that point to nothing. The names come from the
/// catalogue, quoted by the server.
const PG_FOREIGN_KEYS: &str = "SELECT format('SELECT %L AS subject FROM %s t WHERE %s AND NOT EXISTS (SELECT FROM %s o WHERE %s) LIMIT 1', \
    c.conname || ' of ' || c.conrelid::regclass::text, c.conrelid::regclass, \
    (SELECT string_agg(format('t.%I IS NOT NULL', a.attname), ' AND ') FROM unnest(c.conkey) k JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k), \
    c.confrelid::regclass, \
    (SELECT string_agg(format('o.%I = t.%I', b.attname, a.attname), ' AND ') FROM unnest(c.conkey, c.confkey) k (own, other) \
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.own JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = k.other)) AS subject \
    FROM pg_constraint c WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace ORDER BY c.conname";
const PG_CHECKS: &str = "SELECT format('SELECT %L AS subject FROM %s WHERE NOT (%s) LIMIT 1', \
    c.conname || ' of ' || c.conrelid::regclass::text, c.conrelid::regclass, pg_get_expr(c.conbin, c.conrelid)) AS subject \
    FROM pg_constraint c WHERE c.contype = 'c' AND c.connamespace = 'public'::regnamespace ORDER BY c.conname";
/// One for each unique index over whole columns: values of its key that occur twice.
const PG_UNIQUE: &str = "SELECT format('SELECT %L AS subject FROM %s%s GROUP BY %s HAVING count(*) > 1 LIMIT 1', \
    i.indexrelid::regclass::text, i.indrelid::regclass, coalesce(' WHERE ' || pg_get_expr(i.indpred, i.indrelid), ''), \
    (SELECT string_agg(format('%I', a.attname), ', ') FROM unnest(i.indkey::int2[]) WITH ORDINALITY k (n, o) \
    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.n WHERE k.o <= i.indnkeyatts)) AS subject \
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid WHERE i.indisunique AND i.indexprs IS NULL \
    AND NOT i.indnullsnotdistinct AND c.relnamespace = 'public'::regnamespace \
    AND NOT EXISTS (SELECT FROM unnest(i.indkey::int2[]) WITH ORDINALITY k (n, o) \
    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.n WHERE k.o <= i.indnkeyatts AND NOT a.attnotnull) ORDER BY 1";
const PG_INVALID: &str = "SELECT i.indexrelid::regclass::text || ' is not valid' AS subject FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid \
    WHERE NOT i.indisvalid AND c.relnamespace = 'public'::regnamespace \
    UNION ALL SELECT conname || ' was never validated' FROM pg_constraint WHERE NOT convalidated AND connamespace = 'public'::regnamespace";

pub(super) fn check(snapshot: &mut Snapshot, findings: &mut Findings) {
    match snapshot.conn {
        Conn::Sqlite(_) => {
            direct(snapshot, findings, "integrity_check", SQLITE_INTEGRITY);
            direct(snapshot, findings, "foreign_keys", SQLITE_FOREIGN_KEYS);
        }
        Conn::Pg(_) => {
            checksums(snapshot, findings);
            direct(snapshot, findings, "constraints", PG_INVALID);
            made(snapshot, findings, "foreign_keys", PG_FOREIGN_KEYS);
            made(snapshot, findings, "checks", PG_CHECKS);
            made(snapshot, findings, "unique", PG_UNIQUE);
        }
    }
}

/// Each row of the answer is a finding.
pub(super) fn direct(
    snapshot: &mut Snapshot,
    findings: &mut Findings,
    check: &'static str,
    sql: &str,
) {
    match snapshot.lines(sql) {
        Ok(lines) => {
            for line in lines {
                findings.damage(check, line, "does not hold", RESTORE);
            }
        }
        Err(error) => findings.damage(check, "the database", error.to_string(), RESTORE),
    }
}

/// Each row of the answer is a statement, whose rows are findings.
fn made(snapshot: &mut Snapshot, findings: &mut Findings, check: &'static str, sql: &str) {
    match snapshot.lines(sql) {
        Ok(statements) => {
            for statement in statements {
                direct(snapshot, findings, check, &statement);
            }
        }
        Err(error) => findings.damage(check, "the database", error.to_string(), RESTORE),
    }
}

fn checksums(snapshot: &mut Snapshot, findings: &mut Findings) {
    let on = snapshot.lines(PG_CHECKSUMS).unwrap_or_default();
    if on.first().is_none_or(|on| on != "on") {
        findings.add(Finding {
            weight: Weight::Warning,
            check: "data_checksums",
            place: "the PostgreSQL server".into(),
            what: "pages carry no checksum: what a disk alters may be read as if it were true".into(),
            advice: "stop the server and run `pg_checksums --enable`; a new one is made with `initdb --data-checksums`",
        });
    }
}
