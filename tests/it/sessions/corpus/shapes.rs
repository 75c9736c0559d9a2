//! Tokens without exactly three parts, or assembled from two tokens.

use super::{Specimen, object, quoted, split, with};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;

/// The three parts in other orders, fewer, more, or empty: all sequences of up to four.
pub fn parts(it: &Specimen) -> Vec<String> {
    let [header, payload, signature] = it.parts();
    let pieces = ["", header, payload, signature, "e30"];
    let mut rows: Vec<String> = pieces.map(str::to_owned).into();
    let mut altered = rows.clone();
    for _ in 0..3 {
        let longer = rows
            .iter()
            .flat_map(|row| pieces.map(|piece| format!("{row}.{piece}")));
        rows = longer.collect();
        altered.extend(rows.iter().cloned());
    }
    // Five parts are an encrypted token (JWE).
    altered.push(format!("{header}..{payload}.{payload}.{signature}"));
    altered.push(format!(
        "{header}.{payload}.{payload}.{payload}.{signature}"
    ));
    altered.extend((1..40).map(|dots| ".".repeat(dots)));
    altered
}

/// Parts of valid tokens of different people, sessions and governments, mixed.
pub fn two_tokens(it: &Specimen) -> Vec<String> {
    let mut good = vec![it.token.as_str()];
    good.extend(it.others.iter().map(String::as_str));
    let mut altered = Vec::new();
    for one in &good {
        for other in &good {
            for glue in [
                "",
                ".",
                ",",
                ", ",
                " ",
                ";",
                "\t",
                "|",
                ", Bearer ",
                " Bearer ",
            ] {
                altered.push(format!("{one}{glue}{other}"));
            }
            let ([header, payload, _], [_, foreign, signature]) = (split(one), split(other));
            altered.push(format!("{header}.{payload}.{signature}"));
            altered.push(format!("{header}.{payload}{foreign}.{signature}"));
        }
    }
    altered
}

pub fn other_forms(it: &Specimen) -> Vec<String> {
    let [header, payload, signature] = it.parts();
    let nested = with(&it.header, "cty", "\"JWT\"");
    let mut altered: Vec<String> = [
        "",
        "null",
        "undefined",
        "none",
        "true",
        "0",
        "{}",
        "[]",
        "x",
        "e30.e30.e30",
        "bearer",
        "eyJhbGciOiJub25lIn0.e30.",
        "../../secrets/signing-key.p8",
        "' OR '1'='1",
    ]
    .map(str::to_owned)
    .into();
    altered.extend([
        it.key.sign(&object(&nested), &it.token),
        it.key.sign(&object(&it.header), &it.token),
        it.key.sign(&object(&it.header), quoted(&it.token)),
        format!(r#"{{"protected":"{header}","payload":"{payload}","signature":"{signature}"}}"#),
        format!(r#"{{"payload":"{payload}","signatures":[{{"protected":"{header}","signature":"{signature}"}}]}}"#),
        format!("{header}.{payload}.{}", "A".repeat(1_000_000)),
        format!("{header}.{}.{signature}", "A".repeat(1_000_000)),
        format!("{}.{payload}.{signature}", "A".repeat(1_000_000)),
        "A".repeat(1_000_000),
        ".".repeat(1_000_000),
        BASE64.encode(&it.key.pkcs8),
        BASE64.encode(&it.public),
        it.kid(),
    ]);
    altered.extend(it.claims.iter().map(|(_, value)| value.clone()));
    altered
}
