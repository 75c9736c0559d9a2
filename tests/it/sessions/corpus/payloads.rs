//! Payloads signed with the service's own key that repeat a claim, add one, or are not claims.

use super::{Specimen, besides, object, quoted, with};

/// A duplicate claim, and claims that no token of ours has.
pub fn repeated(it: &Specimen) -> Vec<String> {
    let mut all = Vec::new();
    for (name, good) in &it.claims {
        let values = ["null", "0", "\"x\"", "\"00\"", "[]", "9999999999"];
        for value in values.into_iter().chain([good.as_str()]) {
            all.extend(besides(&it.claims, name, value));
            // The wrong value in the valid one's place, with the valid one before or after it.
            all.extend(besides(&with(&it.claims, name, value), name, good));
        }
    }
    for name in [
        "role",
        "roles",
        "scope",
        "scp",
        "admin",
        "act",
        "may_act",
        "actor",
        "tenant",
        "tenant_id",
        "person",
        "cnf",
        "client_id",
        "azp",
        "groups",
        "permissions",
        "entitlements",
        "amr",
        "acr",
        "auth_time",
        "nonce",
        "email",
        "x",
        "",
        "Tid",
        "TID",
        "tid ",
        "t\\u0000id",
        "__proto__",
        "kid",
        "alg",
    ] {
        for value in [
            "null",
            "true",
            "\"admin\"",
            "[\"admin\"]",
            "\"00\"",
            "{\"tid\":\"00\"}",
        ] {
            all.extend(besides(&it.claims, name, value));
        }
    }
    all.iter().map(|claims| it.with_claims(claims)).collect()
}

/// Payloads that are not claims at all.
pub fn none(it: &Specimen) -> Vec<String> {
    let (header, good) = (object(&it.header), object(&it.claims));
    let values: Vec<&str> = it.claims.iter().map(|(_, value)| value.as_str()).collect();
    let utf16: Vec<u8> = good.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut payloads: Vec<Vec<u8>> = [
        "",
        " ",
        "null",
        "true",
        "0",
        "\"\"",
        "[]",
        "{}",
        "[{}]",
        "nul",
        "{",
        "}",
        "{\"iss\"}",
        "\u{feff}{}",
    ]
    .map(|text| text.as_bytes().to_vec())
    .into();
    payloads.extend(
        [
            format!("[{}]", values.join(",")),
            format!("[{good}]"),
            format!("{{\"claims\":{good}}}"),
            format!("{good}{good}"),
            format!("{good}x"),
            format!("{good},"),
            format!("\u{feff}{good}"),
            format!("{good}\u{0}"),
            quoted(&good),
            good.replace('"', "'"),
            good.replace("{\"", "{\"a\":/**/1,\""),
            good.replace('}', ",}"),
            good[..good.len() - 1].to_owned(),
            good[1..].to_owned(),
            format!("{}{}", "[".repeat(1_400), "]".repeat(1_400)),
            "{\"a\":".repeat(500),
        ]
        .map(String::into_bytes),
    );
    payloads.extend([utf16, vec![0xff; 40], vec![0; 40]]);
    let cut = (0..good.len()).map(|end| good.as_bytes()[..end].to_vec());
    payloads.extend(cut);
    payloads
        .iter()
        .map(|payload| it.key.sign(&header, payload))
        .collect()
}
