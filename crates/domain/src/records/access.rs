//! The access classes: each kind has one, and the permission table has one group of rows for each.

use strum::{IntoStaticStr, VariantArray};

/// Who writes the records of a kind. Who reads one follows from its visibility.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Access {
    /// Officers of the owner.
    Officer,
    /// Administrators of the owner.
    Admin,
    /// The foreign ministry, for everybody.
    Catalog,
    /// The foreign ministry and the states, for everybody.
    Library,
    /// Officers of the owner, and the people whom the record or the one it belongs to names.
    Committee,
    /// An officer asks, and a mission of the foreign ministry answers.
    Referral,
    /// An officer asks, and the state or the foreign ministry gives advice.
    Advice,
}

impl Access {
    /// Whether one government asks and another one answers.
    pub fn is_exchange(self) -> bool {
        matches!(self, Self::Referral | Self::Advice)
    }
}
