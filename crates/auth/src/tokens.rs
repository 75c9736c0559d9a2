//! Access tokens: JWTs signed with EdDSA and fully checked; the public keys are served as a JWKS.

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use chrono::{DateTime, Duration, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, Result, TenantId, faults};

/// The lifetime of an access token, in seconds.
pub const ACCESS_SECONDS: i64 = 300;
/// The largest token that is examined, in bytes.
const MAX_TOKEN: usize = 4096;
/// The media type that distinguishes an access token from other JWTs (RFC 9068).
const ACCESS_TYPE: &str = "at+jwt";
/// How far clocks may differ, in seconds.
const LEEWAY: i64 = 30;

/// The claims of an access token; none of them is personal.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claims {
    /// The issuer.
    pub iss: String,
    /// The audience.
    pub aud: String,
    /// The person.
    pub sub: Uuid,
    /// The session.
    pub sid: Uuid,
    /// The government.
    pub tid: TenantId,
    /// The token's own id.
    pub jti: Uuid,
    /// Issued at, in seconds.
    pub iat: i64,
    /// Not valid before.
    pub nbf: i64,
    /// Expires at.
    pub exp: i64,
}

impl Claims {
    /// Whether the token has a lifetime that this service issues, and has not expired.
    fn live(&self, now: i64) -> bool {
        self.nbf == self.iat
            && self.exp == self.iat.saturating_add(ACCESS_SECONDS)
            && self.nbf <= now.saturating_add(LEEWAY)
            && (self.exp.saturating_add(LEEWAY) > now || faults::seeded("expired token"))
    }

    /// Whether the token contains exactly these claims, in the spelling used here: no other claim,
    /// no capital letter in an id, no list of one. Duplicate claims are refused earlier.
    fn stand_alone_in(&self, rest: &str) -> bool {
        let payload = rest.split('.').next().unwrap_or_default();
        let said = BASE64
            .decode(payload)
            .ok()
            .and_then(|json| serde_json::from_slice::<serde_json::Value>(&json).ok());
        self.tid.is_plain() && said.is_some() && said == serde_json::to_value(self).ok()
    }
}

/// The signing key of an installation with its issuer and audience.
#[derive(Clone)]
pub struct TokenKeys {
    signing: EncodingKey,
    verifying: DecodingKey,
    public: Vec<u8>,
    kid: String,
    /// The one header that its tokens have, as it appears in them.
    header: String,
    issuer: String,
}

impl std::fmt::Debug for TokenKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TokenKeys({})", self.kid)
    }
}

/// A fresh Ed25519 key, as PKCS #8.
pub fn generate_key() -> Result<Vec<u8>> {
    let pair = Ed25519KeyPair::generate().map_err(|error| Refusal::internal(error.to_string()))?;
    let document = pair
        .to_pkcs8()
        .map_err(|error| Refusal::internal(error.to_string()))?;
    Ok(document.as_ref().to_vec())
}

/// The audience of every access token.
const AUDIENCE: &str = "vinculo";

fn header(kid: &str) -> Header {
    let mut header = Header::new(Algorithm::EdDSA);
    header.typ = Some(ACCESS_TYPE.into());
    header.kid = Some(kid.to_owned());
    header
}

impl TokenKeys {
    /// Reads a PKCS #8 key; `issuer` is the public address of this installation.
    pub fn new(pkcs8: &[u8], issuer: impl Into<String>) -> Result<Self> {
        let pair = Ed25519KeyPair::from_pkcs8(pkcs8)
            .map_err(|error| Refusal::internal(format!("signing key: {error}")))?;
        let public = pair.public_key().as_ref().to_vec();
        let kid: String = crate::seal::sha256(&public).chars().take(16).collect();
        let header = serde_json::to_vec(&header(&kid))
            .map_err(|error| Refusal::internal(error.to_string()))?;
        Ok(Self {
            signing: EncodingKey::from_ed_der(pkcs8),
            verifying: DecodingKey::from_ed_der(&public),
            public,
            kid,
            header: BASE64.encode(header),
            issuer: issuer.into(),
        })
    }

    /// Signs an access token for a session.
    pub fn issue(
        &self,
        person: Uuid,
        session: Uuid,
        tenant: &TenantId,
        now: DateTime<Utc>,
    ) -> Result<String> {
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: AUDIENCE.into(),
            sub: person,
            sid: session,
            tid: tenant.clone(),
            jti: Uuid::now_v7(),
            iat: now.timestamp(),
            nbf: now.timestamp(),
            exp: (now + Duration::seconds(ACCESS_SECONDS)).timestamp(),
        };
        jsonwebtoken::encode(&header(&self.kid), &claims, &self.signing)
            .map_err(|error| Refusal::internal(error.to_string()))
    }

    /// Accepts only what [`issue`](Self::issue) writes. The header is compared as text, so its
    /// algorithm, type and key never decide how the token is checked. The times are checked here,
    /// because the library would use the machine's clock.
    pub fn verify(&self, token: &str, now: DateTime<Utc>) -> Result<Claims> {
        let refused = || Refusal::new(Problem::Unauthenticated);
        let (header, rest) = token.split_once('.').ok_or_else(refused)?;
        if token.len() > MAX_TOKEN || header != self.header {
            return Err(refused());
        }
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_issuer(&[&self.issuer]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["exp", "nbf", "aud", "iss", "sub"]);
        validation.validate_exp = false;
        validation.validate_nbf = false;
        let claims = jsonwebtoken::decode::<Claims>(token, &self.verifying, &validation)
            .map_err(|_error| refused())?
            .claims;
        if claims.live(now.timestamp()) && claims.stand_alone_in(rest) {
            Ok(claims)
        } else {
            Err(refused())
        }
    }

    /// The public key as a JWKS (RFC 7517, RFC 8037).
    pub fn jwks(&self) -> serde_json::Value {
        serde_json::json!({ "keys": [{
            "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig",
            "kid": self.kid, "x": BASE64.encode(&self.public),
        }]})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> TokenKeys {
        TokenKeys::new(&generate_key().unwrap(), "https://vinculo.example").unwrap()
    }

    #[test]
    fn a_token_lives_five_minutes_and_only_here() {
        let (keys, other) = (keys(), keys());
        let now: DateTime<Utc> = "2026-11-20T12:00:00Z".parse().unwrap();
        let token = keys
            .issue(Uuid::nil(), Uuid::nil(), &TenantId::sre(), now)
            .unwrap();
        assert_eq!(keys.verify(&token, now).unwrap().tid, TenantId::sre());
        assert!(
            keys.verify(&token, now + Duration::seconds(ACCESS_SECONDS + LEEWAY))
                .is_err()
        );
        assert!(
            keys.verify(&token, now - Duration::seconds(LEEWAY + 1))
                .is_err()
        );
        assert!(other.verify(&token, now).is_err());
    }

    #[test]
    fn another_type_audience_or_issuer_is_refused() {
        let keys = keys();
        let now: DateTime<Utc> = "2026-11-20T12:00:00Z".parse().unwrap();
        let good = Claims {
            iss: keys.issuer.clone(),
            aud: AUDIENCE.into(),
            sub: Uuid::nil(),
            sid: Uuid::nil(),
            tid: TenantId::sre(),
            jti: Uuid::nil(),
            iat: now.timestamp(),
            nbf: now.timestamp(),
            exp: now.timestamp() + ACCESS_SECONDS,
        };
        let sign = |typ: &str, claims: &Claims| {
            let mut header = Header::new(Algorithm::EdDSA);
            header.typ = Some(typ.into());
            header.kid = Some(keys.kid.clone());
            jsonwebtoken::encode(&header, claims, &keys.signing).unwrap()
        };
        assert!(keys.verify(&sign("at+jwt", &good), now).is_ok());
        assert!(keys.verify(&sign("JWT", &good), now).is_err());
        assert!(
            keys.verify(
                &sign(
                    "at+jwt",
                    &Claims {
                        aud: "other".into(),
                        ..good.clone()
                    }
                ),
                now
            )
            .is_err()
        );
        assert!(
            keys.verify(
                &sign(
                    "at+jwt",
                    &Claims {
                        iss: "other".into(),
                        ..good.clone()
                    }
                ),
                now
            )
            .is_err()
        );
        assert!(
            keys.verify(
                &sign(
                    "at+jwt",
                    &Claims {
                        exp: now.timestamp() + 9_000,
                        ..good
                    }
                ),
                now
            )
            .is_err()
        );
    }
}
