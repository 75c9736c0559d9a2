//! Cursors mark where a list continues; each is sealed for its caller, operation and filter.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use vinculo_auth::seal::SealKey;
use vinculo_domain::faults;
use vinculo_domain::page::After;
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, Result};

/// How many days a cursor is valid.
const DAYS: i64 = 7;

#[derive(Serialize, Deserialize)]
struct Payload {
    k: String,
    i: String,
    until: i64,
}

/// What a cursor is bound to: the same list (of the same record, if it belongs to one), read by the
/// same government.
pub fn context(tenant: &str, operation: &str, path: &str, pairs: &[(String, String)]) -> String {
    let mut kept: Vec<_> = pairs
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "cursor" | "limit" | "count"))
        .collect();
    kept.sort();
    let tenant = if faults::seeded("any government's cursor") {
        ""
    } else {
        tenant
    };
    format!("{tenant} {operation} {path} {kept:?}")
}

/// Seals the position after the last item.
pub fn write(key: &SealKey, context: &str, after: &After, now: DateTime<Utc>) -> Result<String> {
    let payload = Payload {
        k: after.key.clone(),
        i: after.id.clone(),
        until: (now + Duration::days(DAYS)).timestamp(),
    };
    let text =
        serde_json::to_string(&payload).map_err(|error| Refusal::internal(error.to_string()))?;
    Ok(key.seal(context, &text))
}

/// Opens a cursor that this service sealed for the same list.
pub fn read(key: &SealKey, context: &str, cursor: &str, now: DateTime<Utc>) -> Result<After> {
    let refused = || Refusal::new(Problem::InvalidCursor);
    let payload = key.open(context, cursor).ok_or_else(refused)?;
    let payload: Payload = serde_json::from_str(&payload).map_err(|_error| refused())?;
    if payload.until < now.timestamp() {
        Err(refused())
    } else {
        Ok(After {
            key: payload.k,
            id: payload.i,
        })
    }
}
