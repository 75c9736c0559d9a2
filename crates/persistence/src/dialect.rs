//! Every difference between the engines that reaches a statement.

use crate::conn::Conn;
use crate::failure::Outcome;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

diesel::define_sql_function! {
    /// PostgreSQL's setting of a parameter, for this transaction when `local`.
    fn set_config(name: Text, value: Text, local: Bool) -> Text;
}

/// Says to the engine whose data the transaction touches and who acts. Row-level security reads
/// it on PostgreSQL; SQLite has none, and the statements' own filters are the barrier there.
pub(crate) fn announce(conn: &mut Conn, tenant: &str, actor: &str) -> Outcome<()> {
    if let Conn::Pg(conn) = conn {
        diesel::select((
            set_config("app.tenant_id", tenant, true),
            set_config("app.actor_tenant", actor, true),
        ))
        .execute(conn)?;
    }
    Ok(())
}

/// Makes the transactions that change one case take turns: whoever comes second reads what the
/// first one left. SQLite has one writer anyway.
pub(crate) fn lock_case(conn: &mut Conn, owner: &str, agreement: &str) -> Outcome<()> {
    use crate::schema::agreements;
    if let Conn::Pg(conn) = conn {
        agreements::table
            .find((owner, agreement))
            .select(agreements::id)
            .for_update()
            .first::<String>(conn)
            .optional()?;
    }
    Ok(())
}

/// Inserts many rows in few statements: batches do not compile on the common connection.
macro_rules! insert_batch {
    ($conn:expr, $table:path, $rows:expr) => {{
        let rows = $rows;
        for chunk in rows.chunks(200) {
            match $conn {
                $crate::conn::Conn::Pg(conn) => {
                    diesel::insert_into($table).values(chunk).execute(conn)?
                }
                $crate::conn::Conn::Sqlite(conn) => {
                    diesel::insert_into($table).values(chunk).execute(conn)?
                }
            };
        }
    }};
}
pub(crate) use insert_batch;
