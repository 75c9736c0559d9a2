//! The intake checklist of a case as it was sent.

use super::cases::Case;
use super::{submissions, texts};
use crate::failure::Outcome;
use crate::stores::governments;
use crate::tx::WriteTx;
use vinculo_domain::Refusal;
use vinculo_domain::agreements::{ChecklistItem, IntakeCase, InternalApproval, NotApplicableItem};

/// Refuses to attest what the case does not have, and to pass over what it has.
pub(super) fn check(
    tx: &mut WriteTx<'_>,
    case: &Case,
    looked_at: &[ChecklistItem],
    exempt: &[NotApplicableItem],
) -> Outcome<()> {
    let (owner, agreement) = (&case.row.tenant_id, &case.row.id);
    let lead = governments::find(tx.conn, &case.owner)?
        .ok_or_else(|| Refusal::internal("a case without a government"))?;
    let sent = submissions::newest(tx.conn, owner, agreement)?
        .ok_or_else(|| Refusal::internal("nothing was sent"))?;
    let set = match sent.text_set {
        Some(number) => texts::numbered(tx.conn, owner, agreement, number)?,
        None => None,
    };
    let case = IntakeCase::of(InternalApproval::of(&lead), &sent, set.as_ref());
    Ok(case.check(looked_at, exempt)?)
}
