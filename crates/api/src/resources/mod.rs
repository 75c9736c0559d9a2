//! One file per resource, with its operations and handlers.

pub mod activity;
pub mod administrations;
pub mod agreements;
pub mod annotations;
pub mod assignments;
pub mod bodies;
pub mod calendars;
pub mod catalogs;
pub mod classifications;
pub mod clauses;
pub mod compliance;
pub mod counterparts;
pub mod documents;
pub mod gaps;
pub mod governments;
pub mod guide;
pub mod hand_overs;
pub mod health;
pub mod imports;
mod links;
pub mod mechanisms;
pub mod notices;
pub mod offices;
pub mod overlaps;
pub mod parties;
pub mod partners;
pub mod past_agreements;
pub mod reads;
pub mod records;
pub mod registry;
pub mod relations;
pub mod remarks;
pub mod score_methods;
pub mod scores;
pub mod sessions;
pub mod statistics;
pub mod targets;
pub mod texts;
pub mod turns;
pub mod workspace;

use serde::Serialize;
use serde_json::Value;
use vinculo_domain::{Refusal, Result};

/// One of our values as JSON; serializing it cannot fail.
pub(crate) fn to_json<T: Serialize>(value: &T) -> Result<Value> {
    serde_json::to_value(value).map_err(|error| Refusal::internal(error.to_string()))
}
