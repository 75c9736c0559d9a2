//! Claims that the service did not issue for a live session, most signed with its own key.

use super::{CLAIMS, Members, Specimen, object, quoted, split, with, without};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use uuid::Uuid;
use vinculo_tests::TENANTS;

/// Each claim missing, with another type, and with its own value spelled differently.
fn changed(it: &Specimen) -> Vec<Members> {
    let mut all = Vec::new();
    for (name, good) in &it.claims {
        let text = good.trim_matches('"').to_owned();
        let mut values: Vec<String> = [
            "null",
            "true",
            "false",
            "0",
            "-1",
            "1.5",
            "1e400",
            "-1e400",
            "1e18",
            "9007199254740993",
            "18446744073709551615",
            "18446744073709551616",
            "-9223372036854775808",
            "[]",
            "{}",
            "\"\"",
            "\"x\"",
            "\"null\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"*\"",
            "\"%\"",
            "\"' OR '1'='1\"",
            "{\"$ne\":null}",
            "NaN",
            "Infinity",
            "",
        ]
        .map(str::to_owned)
        .into();
        values.extend([
            format!("[{good}]"),
            format!("[{good},\"x\"]"),
            format!("[\"x\",{good}]"),
            format!("{{\"value\":{good}}}"),
            quoted(&format!("{text} ")),
            quoted(&format!(" {text}")),
            quoted(&format!("{text}\u{0}")),
            quoted(&format!("{text}\n")),
            quoted(&format!("{text}/")),
            quoted(&format!("{text},{text}")),
            quoted(&text[1..]),
            quoted(&wide(&text)),
        ]);
        values.extend(if good.starts_with('"') {
            vec![text.clone()]
        } else {
            vec![
                quoted(&text),
                format!("{text}.0"),
                format!("{text}e0"),
                format!("0{text}"),
                format!("+{text}"),
                format!("-{text}"),
            ]
        });
        let other = [text.to_uppercase(), capital(&text)];
        values.extend(
            other
                .iter()
                .filter(|other| **other != text)
                .map(|other| quoted(other)),
        );
        if Uuid::try_parse(&text).is_ok() {
            values.extend([
                quoted(&format!("{{{text}}}")),
                quoted(&format!("urn:uuid:{text}")),
                quoted(&text.replace('-', "")),
                quoted(&text.replace('-', "_")),
            ]);
        }
        all.push(without(&it.claims, name));
        all.extend(values.iter().map(|value| with(&it.claims, name, value)));
        for renamed in [
            name.to_uppercase(),
            format!("{name} "),
            format!(" {name}"),
            capital(name),
        ] {
            all.push(with(&without(&it.claims, name), &renamed, good));
        }
    }
    all
}

fn capital(text: &str) -> String {
    let (first, rest) = text.split_at(1);
    format!("{}{rest}", first.to_uppercase())
}

/// The digits as full-width characters, which some parsers accept as digits.
fn wide(text: &str) -> String {
    text.chars()
        .map(|letter| match letter.to_digit(10) {
            Some(digit) => char::from_u32(0xff10 + digit).unwrap(),
            None => letter,
        })
        .collect()
}

pub fn any_type(it: &Specimen) -> Vec<String> {
    changed(it)
        .iter()
        .map(|claims| it.with_claims(claims))
        .collect()
}

/// Altered claims and those of other people, with the original signature.
pub fn unsigned(it: &Specimen) -> Vec<String> {
    let ([header, _, signature], claims) =
        (it.parts(), changed(it).into_iter().chain(exchanged(it)));
    claims
        .map(|claims| format!("{header}.{}.{signature}", BASE64.encode(object(&claims))))
        .collect()
}

/// One to three of person, session and government taken from another person.
fn exchanged(it: &Specimen) -> Vec<Members> {
    let mut all = Vec::new();
    let nobody = [
        quoted(&Uuid::nil().to_string()),
        quoted(&Uuid::max().to_string()),
    ];
    for other in &it.others {
        let payload = BASE64.decode(split(other)[1]).unwrap();
        let theirs: serde_json::Value = serde_json::from_slice(&payload).unwrap();
        for taken in 1..7 {
            let mut claims = it.claims.clone();
            for (bit, name) in ["sub", "sid", "tid"].iter().enumerate() {
                if taken & (1 << bit) != 0 {
                    claims = with(&claims, name, &theirs[*name].to_string());
                }
            }
            // All three of one colleague together would be that colleague's own token.
            let all_theirs = ["sub", "sid", "tid"]
                .iter()
                .all(|name| claims.contains(&((*name).to_owned(), theirs[*name].to_string())));
            if !all_theirs {
                all.push(claims);
            }
        }
    }
    for name in ["sub", "sid"] {
        let fresh = (0..20).map(|_| quoted(&Uuid::now_v7().to_string()));
        let ids = nobody.iter().cloned().chain(fresh);
        all.extend(ids.map(|id| with(&it.claims, name, &id)));
        for other in CLAIMS.iter().filter(|other| **other != name) {
            let value = &it.claims.iter().find(|(held, _)| held == other).unwrap().1;
            all.push(with(&it.claims, name, value));
        }
    }
    let states = (0..100).map(|number| format!("{number:02}"));
    for tenant in TENANTS
        .map(|(id, _)| id.to_owned())
        .into_iter()
        .chain(states)
    {
        all.push(with(&it.claims, "tid", &quoted(&tenant)));
    }
    for issuer in [
        "http://vinculo.example",
        "https://vinculo.example/",
        "https://VINCULO.example",
        "https://vinculo.example.otra.example",
        "https://vinculo.example@otra.example",
        "vinculo.example",
        "https://otra.example",
    ] {
        all.push(with(&it.claims, "iss", &quoted(issuer)));
    }
    for audience in [
        "Vinculo",
        "vínculo",
        "vinculo-api",
        "https://vinculo.example",
        "vinculo vinculo",
        "other",
    ] {
        all.push(with(&it.claims, "aud", &quoted(audience)));
        all.push(with(
            &it.claims,
            "aud",
            &format!("[{},\"vinculo\"]", quoted(audience)),
        ));
    }
    all
}

pub fn of_another(it: &Specimen) -> Vec<String> {
    exchanged(it)
        .iter()
        .map(|claims| it.with_claims(claims))
        .collect()
}

/// Tokens that are expired, not yet valid, or valid for longer or shorter than any we issue.
pub fn times(it: &Specimen) -> Vec<String> {
    let issued: i64 = it.claims[6].1.parse().unwrap();
    let life = |iat: i64, nbf: i64, exp: i64| {
        let claims = with(&it.claims, "iat", &iat.to_string());
        let claims = with(&claims, "nbf", &nbf.to_string());
        it.with_claims(&with(&claims, "exp", &exp.to_string()))
    };
    let mut altered = Vec::new();
    let shifts = [
        1,
        2,
        29,
        60,
        299,
        300,
        301,
        330,
        600,
        3_600,
        86_400,
        1_000_000_000,
        i64::from(u32::MAX),
        1 << 53,
        i64::MAX / 2,
    ];
    for shift in shifts.into_iter().flat_map(|shift| [shift, -shift]) {
        altered.push(life(issued + shift, issued, issued + 300));
        altered.push(life(issued, issued + shift, issued + 300));
        altered.push(life(issued, issued, (issued + 300).saturating_add(shift)));
        altered.push(life(issued + shift, issued + shift, issued + 300));
        altered.push(life(issued, issued + shift, issued + 300 + shift));
        if shift.abs() >= 600 {
            altered.push(life(issued + shift, issued + shift, issued + 300 + shift));
        }
    }
    for extreme in [0, 1, i64::MIN, i64::MIN + 1, i64::MAX - 300, i64::MAX] {
        altered.push(life(extreme, extreme, extreme.saturating_add(300)));
        altered.push(life(extreme, extreme, i64::MAX));
        altered.push(life(i64::MIN, i64::MIN, extreme));
    }
    // In milliseconds, as some programs write it.
    altered.push(life(issued * 1_000, issued * 1_000, (issued + 300) * 1_000));
    altered
}
