//! One file for each resource; each function asks for a transaction, which only the doors make.

pub mod agreements;
pub mod calendars;
pub mod counterparts;
pub mod documents;
pub mod external_ids;
pub mod governments;
pub mod imports;
pub mod inscriptions;
pub mod mechanisms;
pub mod notices;
pub mod offices;
pub mod people;
pub mod reads;
mod search;
pub mod sessions;
pub mod targets;
