//! Tenants, their orders of government, and the roles of their people.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

/// The id of a government: its official key at creation, as text (`00` the foreign ministry,
/// `14` Jalisco, `14039` Guadalajara). Code never takes it apart: tier and parent are columns.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String, example = "14039")]
pub struct TenantId(String);

impl TenantId {
    /// The foreign ministry (SRE).
    pub fn sre() -> Self {
        Self("00".into())
    }

    /// Wraps a key; the catalogue decides whether such a government exists.
    pub fn new(key: impl Into<String>) -> Self {
        Self(key.into())
    }

    /// Whether it can be a key: letters, digits and hyphens. Anything else is nobody's, and is never
    /// written into a statement or asked of the store.
    pub fn is_plain(&self) -> bool {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        !self.0.is_empty() && self.0.bytes().all(plain)
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for TenantId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// The order of government of a tenant.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Tier {
    /// The foreign ministry, which issues opinions and keeps the registry (LCT article 7).
    Federal,
    /// Any other federal body: an ordinary owner, with no oversight.
    FederalBody,
    /// A state or Mexico City.
    State,
    /// A municipality or a borough (alcaldía) of Mexico City.
    Municipality,
    /// A reader of public data, such as the Senate.
    Observer,
}

/// What a person may be at a tenant; said by a membership.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Role {
    /// Manages the tenant's people and settings.
    Admin,
    /// Staff of the international-affairs office: drafts and moves the tenant's own records.
    Officer,
    /// State: reviews and forwards municipal cases. SRE: intake of cases.
    Liaison,
    /// SRE: reviews the text and issues the opinion (dictamen).
    LegalReviewer,
    /// SRE: inscribes agreements in the registry.
    Registrar,
    /// A diplomatic mission's officer: its own mission's referrals.
    MissionOfficer,
    /// Gives training.
    Trainer,
    /// A citizen: the named committee's records only.
    CommitteeMember,
    /// Reads figures.
    StatisticsReader,
    /// Reads what the tenant may read.
    Viewer,
    /// Reads what the tenant may read, and the audit log of who did what.
    Auditor,
}
