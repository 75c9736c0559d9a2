//! Tokens signed by another key: a retired one, another installation's, or a shared secret.

use super::{Key, Specimen, object, quoted, split, with};
use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD as BASE64};
use chrono::{TimeZone, Utc};
use jsonwebtoken::{Algorithm, EncodingKey, crypto};
use uuid::Uuid;
use vinculo_auth::tokens::TokenKeys;
use vinculo_domain::TenantId;

/// Valid in everything except that a retired key or another installation's key signed it.
pub fn another(it: &Specimen) -> Vec<String> {
    let id = |place: usize| -> Uuid { serde_json::from_str(&it.claims[place].1).unwrap() };
    let tenant: TenantId = serde_json::from_str(&it.claims[4].1).unwrap();
    let issued: i64 = it.claims[6].1.parse().unwrap();
    let issued = Utc.timestamp_opt(issued, 0).unwrap();
    let mut altered = Vec::new();
    for _ in 0..20 {
        let old = Key::fresh();
        for issuer in [it.issuer.as_str(), "https://otra.example"] {
            let keys = TokenKeys::new(&old.pkcs8, issuer).unwrap();
            // With its own key id, and with ours.
            let token = keys.issue(id(2), id(3), &tenant, issued).unwrap();
            let theirs = String::from_utf8(BASE64.decode(split(&token)[1]).unwrap()).unwrap();
            altered.push(token);
            altered.push(old.sign(&object(&it.header), theirs));
        }
        altered.push(old.sign(&object(&it.header), object(&it.claims)));
    }
    altered
}

/// The public key, which everybody knows, used as a shared secret.
pub fn shared_secret(it: &Specimen) -> Vec<String> {
    let der = [
        &[
            0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
        ][..],
        &it.public,
    ]
    .concat();
    let pem = BASE64_STANDARD.encode(&der);
    let pem = format!("-----BEGIN PUBLIC KEY-----\n{pem}\n-----END PUBLIC KEY-----");
    let x = BASE64.encode(&it.public);
    let secrets = [
        it.public.clone(),
        x.clone().into_bytes(),
        BASE64_STANDARD.encode(&it.public).into_bytes(),
        der,
        format!("{pem}\n").into_bytes(),
        pem.into_bytes(),
        format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{x}"}}"#).into_bytes(),
        it.kid().into_bytes(),
        vec![0; 32],
        b"secret".to_vec(),
        Vec::new(),
    ];
    let mut altered = Vec::new();
    for secret in secrets {
        let key = EncodingKey::from_secret(&secret);
        for (name, algorithm) in [
            ("HS256", Algorithm::HS256),
            ("HS384", Algorithm::HS384),
            ("HS512", Algorithm::HS512),
        ] {
            // With the header that says so, and with the valid one.
            for said in [name, "EdDSA"] {
                let header = object(&with(&it.header, "alg", &quoted(said)));
                let message = format!("{}.{}", BASE64.encode(header), it.parts()[1]);
                let Ok(tag) = crypto::sign(message.as_bytes(), &key, algorithm) else {
                    continue;
                };
                altered.push(format!("{message}.{tag}"));
            }
        }
    }
    altered
}
