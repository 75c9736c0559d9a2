//! People who sign in, and what they are told about themselves.

use crate::refusal::Said;
use crate::storage::StorageUse;
use crate::tenant::{Role, TenantId};
use crate::wording;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// What a person sends to sign in.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"email": "oficial@guadalajara.example", "password": "una frase larga y propia"}))]
pub struct SignIn {
    /// The institutional address.
    #[schema(max_length = 254)]
    pub email: String,
    /// The password.
    #[schema(format = Password, max_length = 128)]
    pub password: String,
    /// For which government, where the person belongs to several.
    pub tenant_id: Option<TenantId>,
}

/// What a person sends for fresh tokens.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"refresh_token": "q1w2e3r4t5y6u7i8o9p0"}))]
pub struct RefreshSession {
    /// The refresh token of the last answer; each is good once.
    #[schema(max_length = 200)]
    pub refresh_token: String,
}

/// A session just opened or refreshed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SessionTokens {
    /// The access token: a JWT signed with EdDSA, for the `Authorization` header.
    pub access_token: String,
    /// Always `Bearer`.
    #[schema(example = "Bearer")]
    pub token_type: String,
    /// Seconds until the access token ends.
    #[schema(example = 300)]
    pub expires_in: i64,
    /// The next refresh token, good once.
    pub refresh_token: String,
    /// The government that the session acts for.
    pub tenant: TenantId,
    /// The roles there.
    pub roles: Vec<Role>,
}

/// Who the caller is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Me {
    /// The person's id.
    pub id: Uuid,
    /// The person's name.
    pub name: String,
    /// The address used to sign in.
    pub email: String,
    /// The government of this session.
    pub tenant: TenantId,
    /// That government's name.
    pub tenant_name: String,
    /// The roles there.
    pub roles: Vec<Role>,
    /// Every membership of the person.
    pub memberships: Vec<Membership>,
    /// What the government of this session uses of its room for documents.
    pub storage: StorageUse,
}

/// A role at a government.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Membership {
    /// Which government.
    pub tenant: TenantId,
    /// Which role.
    pub role: Role,
}

/// An address in the form in which it is stored and compared.
pub fn normal_email(email: &str) -> std::result::Result<String, Said> {
    let email = email.trim().to_lowercase();
    let good = email.len() <= 254
        && !email.chars().any(|c| c.is_whitespace() || c.is_control())
        && email.split_once('@').is_some_and(|(local, host)| {
            !local.is_empty()
                && host.contains('.')
                && !host.contains('@')
                && !host.starts_with('.')
                && !host.ends_with('.')
        });
    if good {
        Ok(email)
    } else {
        Err(wording::sign_in::email())
    }
}
