//! The ids of our records in other systems. They belong to the government that gives them, and say
//! nothing of the record itself: they may be set at every stage.

use crate::problems::Problem;
use crate::refusal::{Checks, Result};
use crate::wording;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use utoipa::ToSchema;

/// The most characters of an id.
pub const MAX_EXTERNAL_ID: usize = 120;
/// The most ids in other systems of one record.
pub const MAX_EXTERNAL_IDS: usize = 20;

/// One id of another system; unique per tenant and system.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExternalId {
    /// Which system, such as `siga-jalisco`; without a colon.
    #[schema(example = "siga-jalisco", max_length = 60)]
    pub system: String,
    /// The id there.
    #[schema(example = "AI-2019-044", max_length = 120)]
    pub value: String,
}

impl std::fmt::Display for ExternalId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.system, self.value)
    }
}

/// Refuses ids that are not fit to be kept, as content of a request.
pub fn require(ids: &[ExternalId]) -> Result<()> {
    let mut checks = Checks::default();
    check(ids, &mut checks);
    checks.finish(Problem::ValidationFailed)
}

/// Checks the name of a system. A search for `system:value` is split at the first colon, so a system
/// with one in its name would never be found.
pub fn check_system(pointer: &str, system: &str, checks: &mut Checks) {
    checks.text(pointer, system, 60);
    if system.contains(':') {
        let said = wording::common::system_with_colon();
        checks.add(pointer, "malformed", said);
    }
}

/// Checks that there are at most 20, each complete and none twice.
pub fn check(ids: &[ExternalId], checks: &mut Checks) {
    checks.at_most("/external_ids", ids.len(), MAX_EXTERNAL_IDS);
    let mut seen = HashSet::new();
    for (i, id) in ids.iter().enumerate() {
        check_system(&format!("/external_ids/{i}/system"), &id.system, checks);
        checks.text(
            &format!("/external_ids/{i}/value"),
            &id.value,
            MAX_EXTERNAL_ID,
        );
        if !seen.insert(id) {
            checks.add(
                format!("/external_ids/{i}"),
                "repeated",
                wording::common::repeated_external_id(),
            );
        }
    }
}
