//! Altered access tokens by family: each differs from a valid token.

mod claims;
mod headers;
mod keys;
mod payloads;
mod shapes;

use crate::spellings;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use jsonwebtoken::{Algorithm, EncodingKey, crypto};
use serde_json::Value;
use std::collections::HashSet;
use vinculo_auth::tokens::{TokenKeys, generate_key};
use vinculo_tests::TestApp;

/// The claims of an access token, in their order.
const CLAIMS: [&str; 9] = [
    "iss", "aud", "sub", "sid", "tid", "jti", "iat", "nbf", "exp",
];

/// Members of a JSON object: names, and values as written.
type Members = Vec<(String, String)>;

/// A family: its name and its tokens.
pub type Family = (&'static str, fn(&Specimen) -> Vec<String>);

/// Families that the signature or the header gives away, without asking the store.
pub const UNSIGNED: [Family; 16] = [
    ("one bit", |it| spellings::one_bit(&it.token)),
    ("a foreign character", |it| spellings::foreign(&it.token)),
    ("a character more", |it| spellings::inserted(&it.token)),
    ("a character less", |it| spellings::left_out(&it.token)),
    ("neighbours swapped", |it| spellings::neighbours(&it.token)),
    ("cut off", |it| spellings::truncated(&it.token)),
    ("one byte decoded", |it| spellings::bytes(&it.token)),
    ("several characters", |it| spellings::several(&it.token)),
    ("idle bits, padding, alphabet", |it| {
        spellings::base64(&it.token)
    }),
    ("parts", shapes::parts),
    ("two tokens", shapes::two_tokens),
    ("other forms", shapes::other_forms),
    ("another key", keys::another),
    ("header", headers::altered),
    ("shared secret", keys::shared_secret),
    ("claims, signature kept", claims::unsigned),
];

/// Families signed with the service's own key.
pub const SIGNED: [Family; 5] = [
    ("signed: claims of any type", claims::any_type),
    ("signed: claims of another", claims::of_another),
    ("signed: times", claims::times),
    ("signed: claims twice or besides", payloads::repeated),
    ("signed: no claims", payloads::none),
];

/// A key pair that signs anything.
pub struct Key {
    pkcs8: Vec<u8>,
    signing: EncodingKey,
}

impl Key {
    fn new(pkcs8: Vec<u8>) -> Self {
        let signing = EncodingKey::from_ed_der(&pkcs8);
        Self { pkcs8, signing }
    }

    pub fn read(app: &TestApp) -> Self {
        let file = app.folder.path().join("secrets/signing-key.p8");
        Self::new(std::fs::read(file).unwrap())
    }

    fn fresh() -> Self {
        Self::new(generate_key().unwrap())
    }

    /// Signs a header and a payload as written.
    fn sign(&self, header: &str, payload: impl AsRef<[u8]>) -> String {
        let message = format!("{}.{}", BASE64.encode(header), BASE64.encode(payload));
        let signature = crypto::sign(message.as_bytes(), &self.signing, Algorithm::EdDSA);
        format!("{message}.{}", signature.unwrap())
    }

    /// Header and payload of a token, signed with this key.
    pub fn signed_again(&self, token: &str) -> String {
        let [header, payload, _] = split(token);
        let text = |part| String::from_utf8(BASE64.decode(part).unwrap()).unwrap();
        self.sign(&text(header), text(payload))
    }
}

/// A valid token in its parts, the key that signed it, and valid tokens of others.
pub struct Specimen {
    pub token: String,
    pub others: Vec<String>,
    key: Key,
    foreign: Key,
    public: Vec<u8>,
    issuer: String,
    header: Members,
    claims: Members,
}

impl Specimen {
    pub fn new(app: &TestApp, token: &str, others: Vec<String>) -> Self {
        let set = app.app.tokens.jwks();
        let claims = members(token, 1, &CLAIMS);
        let it = Self {
            token: token.to_owned(),
            others,
            key: Key::read(app),
            foreign: Key::fresh(),
            public: BASE64
                .decode(set["keys"][0]["x"].as_str().unwrap())
                .unwrap(),
            issuer: serde_json::from_str(&claims[0].1).unwrap(),
            header: members(token, 0, &["typ", "alg", "kid"]),
            claims,
        };
        // Reassembled it is the same token, so the tests below differ only by their alteration.
        assert_eq!(it.signed(&it.header, &it.claims), token);
        it
    }

    fn signed(&self, header: &Members, claims: &Members) -> String {
        self.key.sign(&object(header), object(claims))
    }

    fn with_claims(&self, claims: &Members) -> String {
        self.signed(&self.header, claims)
    }

    fn parts(&self) -> [&str; 3] {
        split(&self.token)
    }

    /// The public half of a key that is not ours.
    fn foreign_public(&self) -> Vec<u8> {
        let keys = TokenKeys::new(&self.foreign.pkcs8, "").unwrap();
        BASE64
            .decode(keys.jwks()["keys"][0]["x"].as_str().unwrap())
            .unwrap()
    }

    fn kid(&self) -> String {
        serde_json::from_str(&self.header[2].1).unwrap()
    }

    /// The tokens of a family: none is valid, and each appears once.
    pub fn family(&self, family: Family, seen: &mut HashSet<String>) -> Vec<String> {
        let mut tokens = family.1(self);
        tokens.retain(|token| {
            let good = *token == self.token || self.others.contains(token);
            !good && seen.insert(token.clone())
        });
        tokens
    }
}

fn split(token: &str) -> [&str; 3] {
    let parts: Vec<&str> = token.split('.').collect();
    parts.try_into().unwrap()
}

fn members(token: &str, part: usize, names: &[&str]) -> Members {
    let text = BASE64.decode(split(token)[part]).unwrap();
    let value: Value = serde_json::from_slice(&text).unwrap();
    assert_eq!(value.as_object().unwrap().len(), names.len());
    let member = |name: &&str| ((*name).to_owned(), value[*name].to_string());
    names.iter().map(member).collect()
}

fn object(members: &Members) -> String {
    let texts: Vec<String> = members
        .iter()
        .map(|(name, value)| format!("\"{name}\":{value}"))
        .collect();
    format!("{{{}}}", texts.join(","))
}

/// The members with one replaced in place, or appended.
fn with(members: &Members, name: &str, value: &str) -> Members {
    let mut changed = members.clone();
    match changed.iter_mut().find(|(held, _)| held == name) {
        Some(member) => value.clone_into(&mut member.1),
        None => changed.push((name.to_owned(), value.to_owned())),
    }
    changed
}

fn without(members: &Members, name: &str) -> Members {
    let mut changed = members.clone();
    changed.retain(|(held, _)| held != name);
    changed
}

/// The members with one added at the front or at the end, even if it is there already.
fn besides(members: &Members, name: &str, value: &str) -> [Members; 2] {
    let more = (name.to_owned(), value.to_owned());
    let (mut first, mut last) = (members.clone(), members.clone());
    first.insert(0, more.clone());
    last.push(more);
    [first, last]
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}
