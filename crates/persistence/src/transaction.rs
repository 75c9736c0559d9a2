//! One transaction from its first word to the engine's last: what it did is kept, not kept, or
//! nobody can tell, and these three are never taken for one another.

use crate::conn::{Begin, Conn, Uncommitted};
use crate::dialect::{self, Opened};
use crate::failure::{Failure, Outcome};
use crate::pool::Lease;
use vinculo_auth::Scope;
use vinculo_domain::faults;

/// What becomes of a transaction that went well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Keep,
    Forget,
}

/// Runs `work` between begin and commit; anything but success rolls back. `key` is that of a
/// repeatable request: the tests let its commit fail.
pub(crate) fn transaction<T>(
    lease: &mut Lease,
    begin: Begin,
    scope: &Scope,
    key: Option<&str>,
    work: impl FnOnce(&mut Conn) -> Outcome<(T, Verdict)>,
) -> Outcome<T> {
    let conn = lease.begin(begin)?;
    let tenant = scope.tenant().as_str();
    let outcome =
        dialect::announce(conn, tenant, tenant, Opened::Nothing).and_then(|()| work(conn));
    match outcome {
        Ok((value, Verdict::Keep)) => keep(conn, begin, key).map(|()| value),
        Ok((value, Verdict::Forget)) => {
            // What nobody ever asked to keep is not kept, whatever becomes of the connection.
            if let Err(error) = conn.rollback() {
                tracing::warn!(%error, "rollback failed");
            }
            Ok(value)
        }
        Err(failure) => {
            // The first failure is the one to tell; a connection that cannot even roll back is
            // found broken by the pool.
            if let Err(error) = conn.rollback() {
                tracing::warn!(%error, "rollback failed");
            }
            Err(failure)
        }
    }
}

fn keep(conn: &mut Conn, begin: Begin, key: Option<&str>) -> Outcome<()> {
    match commit(conn, key) {
        Ok(()) => Ok(()),
        // There was nothing to keep, and what was read was read.
        Err(_) if begin == Begin::Read => Ok(()),
        Err(Uncommitted::NotKept(error)) => Err(error.into()),
        Err(Uncommitted::Unknown(cause)) => Err(Failure::Unknown(cause)),
    }
}

fn commit(conn: &mut Conn, key: Option<&str>) -> Result<(), Uncommitted> {
    if faults::strikes(faults::DURING_COMMIT, key) {
        conn.give_up();
        return Err(Uncommitted::Unknown("struck during the commit".into()));
    }
    conn.commit()?;
    if faults::strikes(faults::AFTER_COMMIT, key) {
        conn.give_up();
        return Err(Uncommitted::Unknown("struck after the commit".into()));
    }
    Ok(())
}
