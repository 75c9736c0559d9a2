//! The ids of our records in other systems.

use crate::refusal::Checks;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use utoipa::ToSchema;

/// The most characters of an id.
pub const MAX_EXTERNAL_ID: usize = 120;

/// One id of another system; unique per tenant and system.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExternalId {
    /// Which system, such as `siga-jalisco`.
    #[schema(example = "siga-jalisco", max_length = 60)]
    pub system: String,
    /// The id there.
    #[schema(example = "AI-2019-044", max_length = 120)]
    pub value: String,
}

/// Checks that there are at most 20, each complete and none twice.
pub fn check(ids: &[ExternalId], checks: &mut Checks) {
    checks.at_most("/external_ids", ids.len(), 20);
    let mut seen = HashSet::new();
    for (i, id) in ids.iter().enumerate() {
        checks.text(&format!("/external_ids/{i}/system"), &id.system, 60);
        checks.text(
            &format!("/external_ids/{i}/value"),
            &id.value,
            MAX_EXTERNAL_ID,
        );
        if !seen.insert(id) {
            checks.add(
                format!("/external_ids/{i}"),
                "repeated",
                "Quite la clave repetida.",
                "Remove the repeated id.",
            );
        }
    }
}
