//! Records: the plain things that a government owns, declared and not written out.
//!
//! A kind of record is one file of this module: a struct with the fields of its own and a [`Spec`].
//! Everything else is the same for all kinds and stands in a few files: the [`Fields`] that every
//! record has, who may see it and under which [facets](facets) it is listed, its [moves](Move), its
//! links, its history. `docs/adding-a-kind.md` says how to add one.

mod access;
mod content;
mod exchanges;
mod facets;
mod fields;
mod history;
mod importing;
mod index;
mod kind;
mod moves;
mod parts;
mod record;
mod statuses;

mod advisory_cases;
mod budgets;
mod commitments;
mod committees;
mod international_offices;
mod library_items;
mod meetings;
mod memberships;
mod missions;
mod networks;
mod referrals;
mod staff_members;
mod territory_profiles;

pub use access::Access;
pub use content::Content;
pub use exchanges::{ExchangeLine, ExchangeTurn, Waits, order, told};
pub use facets::{Facet, FacetRow, Facets, Space, change_key, month, sort_key};
pub use fields::Fields;
pub use history::{Change, HistoryLine, changes};
pub use importing::{ImportMode, RecordRowResult};
pub use index::{Amount, Index, Link, Links, Sum, Target};
pub use kind::{Kind, find, kinds};
pub use moves::{By, Move, Transition};
pub use parts::{Contact, Money};
pub use record::{Envelope, FRESH_MONTHS, Record, Shown};
pub use statuses::{RecordAction, RecordStatus};

pub use advisory_cases::AdvisoryCase;
pub use budgets::Budget;
pub use commitments::{Commitment, CommitmentSource};
pub use committees::{Committee, CommitteeSeat};
pub use international_offices::{InternationalOffice, OfficeInstrument};
pub use library_items::{LibraryItem, LibraryItemType};
pub use meetings::{Meeting, MeetingType};
pub use memberships::{Membership, MembershipType};
pub use missions::{Mission, MissionType};
pub use networks::{Network, NetworkScope};
pub use referrals::Referral;
pub use staff_members::StaffMember;
pub use territory_profiles::{TerritoryProfile, TerritoryVocation};

use crate::catalogs::Catalog;
use crate::counterparts::Visibility;
use crate::refusal::Checks;
use serde::Serialize;
use serde::de::DeserializeOwned;
use utoipa::ToSchema;

/// Calls a macro with the list of all kinds: the one place where a kind is named beside its file.
#[macro_export]
macro_rules! for_every_kind {
    ($then:ident) => {
        $then! {
            InternationalOffice, StaffMember, Budget, Network, Membership, Mission, Referral,
            Committee, Meeting, Commitment, LibraryItem, AdvisoryCase,
            TerritoryProfile,
        }
    };
}

/// A kind of record: the struct of its own fields. Unknown fields are refused, optional ones have a
/// default, and the schema has an example.
pub trait RecordKind: Serialize + DeserializeOwned + ToSchema + 'static {
    /// What is declared of it.
    const SPEC: Spec;

    /// Reports everything wrong with its own fields.
    fn check(&self, checks: &mut Checks);

    /// Says by what it is found, summed, recognised and shared.
    fn index(&self, index: &mut Index);

    /// Says what else it names, by its own fields.
    fn links(&self, links: &mut Links);
}

/// What is declared of a kind.
#[derive(Debug, Clone, Copy)]
pub struct Spec {
    /// The word for one, in snake case: of events and of operations.
    pub one: &'static str,
    /// The word for several, as in the address.
    pub many: &'static str,
    /// What it is, for the document; with the Spanish legal term.
    pub says: &'static str,
    /// Who may write it.
    pub access: Access,
    /// Who sees it if its owner does not say.
    pub visibility: Visibility,
    /// What its owner may say.
    pub visibilities: &'static [Visibility],
    /// Its statuses; a new one has the first.
    pub statuses: &'static [RecordStatus],
    /// Statuses in which nobody but the owner sees it, whatever its visibility.
    pub kept: &'static [RecordStatus],
    /// Statuses in which its content does not change any more.
    pub closed: &'static [RecordStatus],
    /// How it gets from one status to another.
    pub moves: &'static [Move],
    /// By what it can be filtered, besides what every record can.
    pub filters: &'static [Filter],
    /// Own fields that only the owner reads: what identifies people.
    pub personal: &'static [&'static str],
    /// Own fields that name another record, an agreement or a counterpart: a reader who has no access
    /// to it does not read its id.
    pub links: &'static [&'static str],
    /// Own fields that only a move writes.
    pub moved: &'static [&'static str],
    /// The version of the schema of its own fields.
    pub schema_version: i32,
}

impl Spec {
    /// What holds where a kind says nothing else.
    pub const BASE: Self = Self {
        one: "",
        many: "",
        says: "",
        access: Access::Officer,
        visibility: Visibility::Government,
        visibilities: &[
            Visibility::Private,
            Visibility::Government,
            Visibility::Network,
            Visibility::Public,
        ],
        statuses: &[RecordStatus::Active],
        kept: &[],
        closed: &[],
        moves: &[],
        filters: &[],
        personal: &[],
        links: &[],
        moved: &[],
        schema_version: 1,
    };

    /// Where its list is.
    pub fn address(&self) -> String {
        format!("/v1/{}", self.many)
    }

    /// The status of a new one.
    pub fn first_status(&self) -> RecordStatus {
        self.statuses
            .first()
            .copied()
            .unwrap_or(RecordStatus::Active)
    }
}

/// A filter of a kind: the name of a facet that [`RecordKind::index`] gives, or of a link.
#[derive(Debug, Clone, Copy)]
pub struct Filter {
    /// Its name, in the address and as a facet.
    pub name: &'static str,
    /// What it narrows the list to, for the document.
    pub says: &'static str,
    /// Which values it takes.
    pub values: Values,
}

/// Which values a filter takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Values {
    /// Words of a catalogue.
    Catalog(Catalog),
    /// The id of a record of this kind.
    Record(&'static str),
    /// `true` or `false`.
    Truth,
    /// A year.
    Year,
}

#[cfg(test)]
mod tests;
