//! One try of the transaction of a write.

use crate::conn::Begin;
use crate::db::Writing;
use crate::failure::Outcome;
use crate::pool::Lease;
use crate::request::{Intent, Reply};
use crate::transaction::{Verdict, transaction};
use crate::tx::WriteTx;
use crate::{audit, idempotency};
use chrono::{DateTime, Utc};
use vinculo_auth::Scope;
use vinculo_domain::{Refusal, faults};

/// Runs `work` and keeps what belongs to it: audit, outbox and the answer for a repeated request.
pub(crate) fn attempt(
    lease: &mut Lease,
    scope: &Scope,
    intent: &Intent,
    ((now, believed), short): ((DateTime<Utc>, DateTime<Utc>), bool),
    work: &Writing,
) -> Outcome<Reply> {
    let key = intent.idempotency.as_ref().map(|(key, _)| key.as_str());
    transaction(lease, Begin::Write, scope, key, |conn| {
        let mut tx = WriteTx {
            conn,
            scope,
            intent,
            now,
            believed,
            changes: Vec::new(),
            unchanged: Vec::new(),
            idempotency_checked: false,
            short,
            side: None,
        };
        let reply = work(&mut tx)?;
        if !tx.idempotency_checked {
            return Err(
                Refusal::internal("a store function wrote without asking for admission").into(),
            );
        }
        audit::done(&mut tx)?;
        if intent.dry_run && !faults::seeded("dry runs are kept") {
            let status = if reply.body.is_empty() {
                reply.status
            } else {
                200
            };
            return Ok((
                Reply {
                    status,
                    etag: None,
                    location: None,
                    ..reply
                },
                Verdict::Forget,
            ));
        }
        idempotency::keep(&mut tx, &reply)?;
        Ok((reply, Verdict::Keep))
    })
}
