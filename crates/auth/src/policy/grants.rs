//! The types of the table's rows, and the lists of governments and roles that they use.

use super::{Action, Kind, Reach};
use Role as R;
use vinculo_domain::{Role, Tier};

/// Who has a permission.
#[derive(Debug)]
pub enum Grant {
    /// Anyone, even without a token.
    Anyone(Reach),
    /// Anyone who is signed in.
    SignedIn(Reach),
    /// These roles at governments of these tiers.
    Roles(&'static [Tier], &'static [Role], Reach),
}

/// Actions on a kind that the same people may take.
#[derive(Debug)]
pub struct Row {
    /// On what.
    pub kind: Kind,
    /// Which actions.
    pub actions: &'static [Action],
    /// Who has the permission, and how far it reaches.
    pub grants: &'static [Grant],
}

/// Governments that draft and sign: all except observers.
pub(super) const OWNERS: &[Tier] = &[
    Tier::Federal,
    Tier::FederalBody,
    Tier::State,
    Tier::Municipality,
];
/// Governments that ask the foreign ministry, its missions or their state: all of these but the
/// ministry itself.
pub(super) const ASKERS: &[Tier] = &[Tier::FederalBody, Tier::State, Tier::Municipality];
pub(super) const SRE: &[Tier] = &[Tier::Federal];
pub(super) const STATE: &[Tier] = &[Tier::State];
/// Roles that read the cases that their government can see.
pub(super) const READERS: &[Role] = &[
    R::Admin,
    R::Officer,
    R::Liaison,
    R::LegalReviewer,
    R::Registrar,
    R::Viewer,
    R::Auditor,
];
