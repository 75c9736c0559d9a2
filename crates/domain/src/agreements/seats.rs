//! Seats: the part that a government has in one case.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

/// The part of a government in one case; a grant says it.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Seat {
    /// The lead party, whose case it is.
    Owner,
    /// Another Mexican party.
    Party,
    /// The lead's state, where a mechanism routes the case through it.
    StateReviewer,
    /// The foreign ministry.
    Federal,
    /// Whoever reported a past agreement of somebody else: the owner's state, or the ministry.
    Reporter,
    /// Whoever carries the case for a government that has nobody on the platform yet.
    Agent,
}

impl Seat {
    /// The seat for which it acts: an agent acts like the owner.
    pub fn stands_for(self) -> Self {
        match self {
            Self::Agent => Self::Owner,
            seat => seat,
        }
    }
}
