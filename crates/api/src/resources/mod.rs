//! One file for each resource: its operations and their handlers.

pub mod agreements;
pub mod assignments;
pub mod calendars;
pub mod catalogs;
pub mod counterparts;
pub mod documents;
pub mod governments;
pub mod health;
pub mod mechanisms;
pub mod notices;
pub mod offices;
pub mod reads;
pub mod registry;
pub mod sessions;
pub mod targets;
pub mod turns;

use serde::Serialize;
use serde_json::Value;
use vinculo_domain::{Refusal, Result};

/// A value of ours as JSON; it always has one.
pub(crate) fn to_json<T: Serialize>(value: &T) -> Result<Value> {
    serde_json::to_value(value).map_err(|error| Refusal::internal(error.to_string()))
}
