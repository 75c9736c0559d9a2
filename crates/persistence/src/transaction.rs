//! One transaction from begin to commit: its work is kept, not kept, or the outcome is unknown.
//! These three are never confused.

use crate::conn::{Begin, Conn, Uncommitted};
use crate::failure::{Failure, Outcome};
use crate::pool::Lease;
use vinculo_auth::Scope;
use vinculo_domain::faults;

/// What to do with a transaction that succeeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Keep,
    Forget,
}

/// Runs `work` between begin and commit; anything but success rolls back. `key` is that of a
/// repeatable request: the tests use it to make its commit fail.
pub(crate) fn transaction<T>(
    lease: &mut Lease,
    begin: Begin,
    scope: &Scope,
    key: Option<&str>,
    work: impl FnOnce(&mut Conn) -> Outcome<(T, Verdict)>,
) -> Outcome<T> {
    let conn = lease.begin(begin, scope.tenant())?;
    match work(conn) {
        Ok((value, Verdict::Keep)) => keep(conn, begin, key).map(|()| value),
        Ok((value, Verdict::Forget)) => {
            // Nothing was to be kept, so a failed rollback changes nothing.
            if let Err(error) = conn.rollback() {
                tracing::warn!(%error, "rollback failed");
            }
            Ok(value)
        }
        Err(failure) => {
            // The first failure is the one to report; the pool detects a connection that cannot
            // even roll back.
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
        // There was nothing to keep, and the data read is valid.
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
