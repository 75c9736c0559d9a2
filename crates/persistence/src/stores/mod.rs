//! One file for each resource. Each function needs a transaction, which only a unit of work
//! creates.

pub mod activity;
pub mod administrations;
pub mod agreements;
pub mod annotations;
pub mod bodies;
pub mod calendars;
pub mod classifications;
pub mod compliance;
pub(crate) mod consolidations;
pub mod counterparts;
pub mod documents;
pub mod external_ids;
pub(crate) mod folds;
pub mod gaps;
pub mod governments;
pub mod hand_overs;
pub mod imports;
pub mod inscriptions;
pub mod mechanisms;
mod narrow;
pub mod notices;
pub mod offices;
pub mod overlaps;
pub mod people;
mod plain;
pub mod reads;
pub mod records;
pub mod relations;
pub mod score_methods;
pub mod scores;
mod search;
pub mod sessions;
pub mod statistics;
pub mod storage;
pub mod targets;
pub mod workspace;
