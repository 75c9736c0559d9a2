//! Every difference between the engines that reaches a statement.

use crate::conn::Conn;
use crate::failure::Outcome;
use crate::stores::agreements::CaseRow;
use chrono::NaiveDateTime;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Text};
use uuid::Uuid;
use vinculo_domain::TenantId;

diesel::define_sql_function! {
    /// PostgreSQL's setting of a parameter, for this transaction when `local`.
    fn set_config(name: Text, value: Text, local: Bool) -> Text;
}

diesel::define_sql_function! {
    /// The name of this database, of PostgreSQL.
    fn current_database() -> Text;
}

diesel::define_sql_function! {
    /// The size of a PostgreSQL database in bytes.
    fn pg_database_size(name: Text) -> BigInt;
}

diesel::define_sql_function! {
    /// The elements of an array as rows, of PostgreSQL.
    fn unnest(texts: Array<Text>) -> Text;
}

/// The size of this database in bytes.
pub(crate) fn database_size(conn: &mut diesel::PgConnection) -> Outcome<i64> {
    let size = diesel::select(pg_database_size(current_database()));
    Ok(size.get_result(conn)?)
}

/// What a transaction was opened for, beside the data of the acting government.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opened {
    /// Nothing.
    Nothing,
    /// One case of another government, to read what was shown of it.
    Shown(Uuid),
    /// One case, to change it with everything that belongs to it.
    Case(Uuid),
    /// All files of the acting government, for maintenance.
    Whole,
}

/// Sets the tenant context: whose data the transaction touches, who acts, and what it was opened
/// for. PostgreSQL's row-level security reads it (migration 0002). SQLite has none; there the
/// statements' own filters are the barrier.
pub(crate) fn set_tenant_context(
    conn: &mut Conn,
    tenant: &str,
    actor: &str,
    opened: Opened,
) -> Outcome<()> {
    let case = match opened {
        Opened::Nothing => String::new(),
        Opened::Shown(id) | Opened::Case(id) => id.to_string(),
        Opened::Whole => "*".to_owned(),
    };
    let acts = matches!(opened, Opened::Case(_));
    if let Conn::Pg(conn) = conn {
        diesel::select((
            set_config("app.tenant_id", tenant, true),
            set_config("app.actor_tenant", actor, true),
            set_config("app.case_id", case, true),
            set_config("app.acts", if acts { "on" } else { "" }, true),
        ))
        .execute(conn)?;
    }
    Ok(())
}

/// Tells the engine which person the transaction acts for. It can then read that person's
/// memberships at every government, which sign-in needs.
pub(crate) fn set_person_context(conn: &mut Conn, person: &str) -> Outcome<()> {
    if let Conn::Pg(conn) = conn {
        diesel::select(set_config("app.person_id", person, true)).execute(conn)?;
    }
    Ok(())
}

/// Makes transactions that change one case wait for each other, and gives its head: the second reads
/// what the first one wrote. SQLite has only one writer anyway.
pub(crate) fn lock_case(conn: &mut Conn, owner: &str, agreement: &str) -> Outcome<Option<CaseRow>> {
    use crate::schema::agreements;
    let head = agreements::table.find((owner, agreement));
    let row = match conn {
        Conn::Pg(conn) => head.select(CaseRow::as_select()).for_update().first(conn),
        conn => head.select(CaseRow::as_select()).first(conn),
    };
    Ok(row.optional()?)
}

/// Makes a change of a counterpart wait for transactions that begin to name it in a case, and those
/// for the change: whoever names it afterwards reads the new card. Only the owner may take the lock;
/// a case that names the counterpart takes the lock of its foreign key.
pub(crate) fn lock_counterpart(conn: &mut Conn, tenant: &str, counterpart: &str) -> Outcome<()> {
    use crate::schema::counterparts;
    if let Conn::Pg(conn) = conn {
        counterparts::table
            .find((tenant, counterpart))
            .select(counterparts::id)
            .for_update()
            .first::<String>(conn)
            .optional()?;
    }
    Ok(())
}

/// Opens tables to their owner for a back-fill in this transaction; row-level security otherwise
/// applies to the owner too. The names are our own constants.
pub(crate) fn lift_row_security(conn: &mut Conn, tables: &[&str]) -> Outcome<()> {
    if let Conn::Pg(conn) = conn {
        for table in tables {
            conn.batch_execute(&format!("ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY"))?;
        }
        // If a table was forgotten, this causes an error instead of hidden rows.
        conn.batch_execute("SET LOCAL row_security = off")?;
    }
    Ok(())
}

/// Makes transactions wait for each other that change what one government may have only once at a
/// time (such as its administrations), that open cases for a government without users, or that give
/// it its first users. Rows that only name the government do not wait.
pub(crate) fn lock_government(conn: &mut Conn, government: &str) -> Outcome<()> {
    use crate::schema::tenants;
    if let Conn::Pg(conn) = conn {
        tenants::table
            .find(government)
            .select(tenants::id)
            .for_no_key_update()
            .first::<String>(conn)
            .optional()?;
    }
    Ok(())
}

/// Puts these tables under row-level security again.
pub(crate) fn restore_row_security(conn: &mut Conn, tables: &[&str]) -> Outcome<()> {
    if let Conn::Pg(conn) = conn {
        for table in tables {
            conn.batch_execute(&format!("ALTER TABLE {table} FORCE ROW LEVEL SECURITY"))?;
        }
    }
    Ok(())
}

/// Makes transactions that work on one batch wait for each other.
pub(crate) fn lock_batch(conn: &mut Conn, importer: &str, batch: &str) -> Outcome<()> {
    use crate::schema::import_batches;
    if let Conn::Pg(conn) = conn {
        import_batches::table
            .find((importer, batch))
            .select(import_batches::id)
            .for_update()
            .first::<String>(conn)
            .optional()?;
    }
    Ok(())
}

/// Inserts a row unless one with its key exists; the caller need not have access to that one. Gives
/// the number of inserted rows.
macro_rules! insert_unless_there {
    ($conn:expr, $insert:expr) => {
        match $conn {
            $crate::conn::Conn::Pg(conn) => $insert.on_conflict_do_nothing().execute(conn),
            $crate::conn::Conn::Sqlite(conn) => $insert.on_conflict_do_nothing().execute(conn),
        }
    };
}
pub(crate) use insert_unless_there;

/// Opens a document of a case to a reader. It may be open to that reader already, in a row to which
/// the caller has no access.
pub(crate) fn open_unless_open(
    conn: &mut Conn,
    reader: &str,
    owner: &TenantId,
    agreement: Uuid,
    document: Uuid,
) -> Outcome<()> {
    use crate::schema::document_access as access;
    let opening = diesel::insert_into(access::table).values((
        access::viewer_tenant.eq(reader),
        access::document_id.eq(document.to_string()),
        access::owner_tenant.eq(owner.as_str()),
        access::agreement_id.eq(agreement.to_string()),
    ));
    insert_unless_there!(conn, opening)?;
    Ok(())
}

/// Writes which installation the database belongs to, unless that is written already.
pub(crate) fn settle(conn: &mut Conn, id: &str, now: NaiveDateTime) -> Outcome<()> {
    use crate::schema::installation as own;
    let settling = diesel::insert_into(own::table).values((
        own::one.eq(1),
        own::id.eq(id),
        own::created_at.eq(now),
    ));
    insert_unless_there!(conn, settling)?;
    Ok(())
}

/// Gives a government an empty storage-use row if it has none yet.
pub(crate) fn open_storage_use(conn: &mut Conn, tenant: &str) -> Outcome<()> {
    use crate::schema::storage_use as used;
    let opening = diesel::insert_into(used::table).values((
        used::tenant_id.eq(tenant),
        used::files.eq(0_i64),
        used::bytes.eq(0_i64),
    ));
    insert_unless_there!(conn, opening)?;
    Ok(())
}

/// Inserts many rows in few statements. A single row has a statement that the engine plans once.
/// Batches do not compile on the common connection type.
macro_rules! insert_batch {
    ($conn:expr, $table:path, $rows:expr) => {{
        let rows = $rows;
        for chunk in rows.chunks(200) {
            match (&mut *$conn, chunk) {
                (conn, [one]) => diesel::insert_into($table).values(one).execute(conn)?,
                ($crate::conn::Conn::Pg(conn), many) => {
                    diesel::insert_into($table).values(many).execute(conn)?
                }
                ($crate::conn::Conn::Sqlite(conn), many) => {
                    diesel::insert_into($table).values(many).execute(conn)?
                }
            };
        }
    }};
}
pub(crate) use insert_batch;
