//! What a row of the table says, and the lists of governments and roles that its rows name.

use super::{Action, Kind, Reach};
use Role as R;
use vinculo_domain::{Role, Tier};

/// Who holds a permission.
#[derive(Debug)]
pub enum Grant {
    /// Anyone, without a token too.
    Anyone(Reach),
    /// Anyone who signed in.
    SignedIn(Reach),
    /// These roles at governments of these tiers.
    Roles(&'static [Tier], &'static [Role], Reach),
}

/// Actions of a kind that the same people hold.
#[derive(Debug)]
pub struct Row {
    /// On what.
    pub kind: Kind,
    /// Which actions.
    pub actions: &'static [Action],
    /// Who, and how far.
    pub grants: &'static [Grant],
}

/// Governments that draft and sign: everyone but observers.
pub(super) const OWNERS: &[Tier] = &[
    Tier::Federal,
    Tier::FederalBody,
    Tier::State,
    Tier::Municipality,
];
pub(super) const SRE: &[Tier] = &[Tier::Federal];
pub(super) const STATE: &[Tier] = &[Tier::State];
/// Roles that read the cases within their government's sight.
pub(super) const READERS: &[Role] = &[
    R::Admin,
    R::Officer,
    R::Liaison,
    R::LegalReviewer,
    R::Registrar,
    R::Viewer,
    R::Auditor,
];
