//! Governments, the tenants of the platform, as anyone may read them.

use crate::tenant::{TenantId, Tier};
use serde::Serialize;
use utoipa::ToSchema;

/// The kind of a borough of Mexico City (alcaldía, CPEUM article 122-A-VI).
pub const BOROUGH: &str = "borough";

/// A government of the catalogue: the foreign ministry, a federal body, a state, a municipality
/// or an observer. Source: INEGI's catalogue of geostatistical keys.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Government {
    /// The official key at creation.
    pub id: TenantId,
    /// Its order of government (orden de gobierno).
    pub tier: Tier,
    /// `municipality` or `borough` (alcaldía); absent at other tiers.
    pub kind: Option<String>,
    /// The common name.
    #[schema(example = "Guadalajara")]
    pub name: String,
    /// The name in law, where it differs.
    pub official_name: Option<String>,
    /// The abbreviation, of states and federal bodies.
    pub abbreviation: Option<String>,
    /// The state of a municipality; the ministry of a federal body.
    pub parent_id: Option<TenantId>,
    /// The key in INEGI's catalogue today.
    pub inegi_key: Option<String>,
    /// The territory in square kilometres, of states.
    pub area_km2: Option<i32>,
    /// Since when the government stands as shown.
    pub valid_from: String,
    /// Until when; absent while it stands.
    pub valid_to: Option<String>,
}
