//! An announcement: it tells that a negotiation is under way (LCT article 7), in five facts.

use super::cases::Case;
use super::{access, sharing, submissions};
use crate::failure::Outcome;
use crate::stores::governments;
use crate::tx::WriteTx;
use vinculo_domain::TenantId;
use vinculo_domain::agreements::{AgreementContent, Party, PartyRole, Seat};

/// Tells SRE, and the owner's state if the owner agrees. It tells nothing else of the draft. Later
/// changes are not shown until the case is announced again, sent or given up.
pub(super) fn announce(
    tx: &mut WriteTx<'_>,
    case: &Case,
    content: &AgreementContent,
    share_with_state: bool,
) -> Outcome<()> {
    let told = announced(content);
    let mut viewers = vec![(TenantId::sre(), Seat::Federal)];
    if share_with_state {
        let state = governments::find(tx.conn, &case.owner)?.and_then(|lead| lead.parent_id);
        viewers.extend(state.map(|state| (state, Seat::StateReviewer)));
    }
    // SRE does not announce its own cases to itself.
    viewers.retain(|(viewer, _seat)| *viewer != case.owner);
    let ids: Vec<TenantId> = viewers
        .iter()
        .map(|(viewer, _seat)| viewer.clone())
        .collect();
    for (viewer, seat) in &viewers {
        sharing::tell(tx, case, viewer, *seat)?;
    }
    submissions::announce(tx, case, &told, &ids, false)?;
    access::refresh_told(tx, case, content, &ids)
}

/// Counterpart, country, kind, theme and planned date. Of the parties only the lead, whose case it
/// is, without the body that will sign.
fn announced(content: &AgreementContent) -> AgreementContent {
    let parties = content.parties.iter();
    let lead = parties.filter(|party| party.role == PartyRole::Lead);
    AgreementContent {
        parties: lead
            .map(|lead| Party {
                body: None,
                body_id: None,
                ..lead.clone()
            })
            .collect(),
        objective: None,
        sdg_targets: Vec::new(),
        languages: Vec::new(),
        own_powers: Vec::new(),
        validity: None,
        council_approval: None,
        external_ids: Vec::new(),
        relates_to: None,
        ..content.clone()
    }
}
