//! Parses incoming JSON strictly.

use crate::body::escaped;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;
use vinculo_domain::limits::MAX_JSON_DEPTH;
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::Checks;
use vinculo_domain::wording;
use vinculo_domain::{Refusal, Result};

/// Parses a document: no duplicate keys, at most 32 levels, nothing after the end, no NUL in its
/// texts.
pub fn parse(bytes: &[u8]) -> Result<Value> {
    if bytes.trim_ascii().is_empty() {
        return Err(Refusal::new(Problem::MalformedJson).saying(wording::requests::empty_body()));
    }
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = Strict(MAX_JSON_DEPTH)
        .deserialize(&mut reader)
        .and_then(|value| reader.end().map(|()| value));
    let value = value.map_err(|error| {
        let place = format!("{}:{}", error.line(), error.column());
        Refusal::new(Problem::MalformedJson).saying(wording::requests::json(place))
    })?;
    // JSON has NUL only in this spelling.
    if bytes.windows(NUL.len()).any(|piece| piece == NUL) {
        let mut checks = Checks::default();
        refuse_nul(&value, "", &mut checks);
        checks.finish(Problem::InvalidBody)?;
    }
    Ok(value)
}

const NUL: &[u8] = br"\u0000";

/// Points at the texts with NUL, and at the objects with NUL in a key: it is valid JSON, but
/// PostgreSQL cannot store it in text.
fn refuse_nul(value: &Value, place: &str, checks: &mut Checks) {
    let said = wording::common::control_characters;
    match value {
        Value::String(text) if text.contains('\0') => {
            checks.add(place, "control_characters", said());
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                refuse_nul(item, &format!("{place}/{at}"), checks);
            }
        }
        Value::Object(fields) => {
            for (key, field) in fields {
                if key.contains('\0') {
                    checks.add(place, "control_characters", said());
                } else {
                    refuse_nul(field, &format!("{place}/{}", escaped(key)), checks);
                }
            }
        }
        _ => {}
    }
}

/// The integer value of a number without a fraction, within the range where doubles are exact.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the range is looked at before"
)]
fn whole(value: f64) -> Option<i64> {
    const SAFE: f64 = 9_007_199_254_740_992.0;
    (value.fract() == 0.0 && value.abs() < SAFE).then_some(value as i64)
}

struct Strict(usize);

impl Strict {
    fn deeper<E: serde::de::Error>(&self) -> std::result::Result<Self, E> {
        self.0
            .checked_sub(1)
            .map(Self)
            .ok_or_else(|| E::custom("too deep"))
    }
}

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> std::result::Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> std::result::Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> std::result::Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> std::result::Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> std::result::Result<Value, E> {
        // JSON has no separate integers: to JSON Schema `101.0` is the integer 101.
        if let Some(whole) = whole(value) {
            return Ok(whole.into());
        }
        Number::from_f64(value)
            .map(Value::Number)
            .ok_or_else(|| E::custom("no number"))
    }

    fn visit_str<E>(self, value: &str) -> std::result::Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_unit<E>(self) -> std::result::Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> std::result::Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(self.deeper()?)? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            let value = map.next_value_seed(self.deeper()?)?;
            if object.insert(key, value).is_some() {
                return Err(serde::de::Error::custom("repeated key"));
            }
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn strict_reading_refuses_what_is_ambiguous_or_endless() {
        assert_eq!(
            parse(br#"{"a":[1,{"b":null}]}"#).unwrap(),
            json!({"a":[1,{"b":null}]})
        );
        assert_eq!(
            parse(b"[101.0,1e2,-0.0,1.5]").unwrap(),
            json!([101, 100, 0, 1.5])
        );
        for bad in [
            r#"{"a":1,"a":2}"#,
            "{\"a\":\"\0\"}",
            "[1] 2",
            "{\"a\":1e999}",
            "\"\\ud800\"",
            "",
            "{",
            "nul",
        ] {
            assert_eq!(
                parse(bad.as_bytes()).unwrap_err().problem,
                Problem::MalformedJson,
                "{bad}"
            );
        }
        assert!(parse("[".repeat(100_000).as_bytes()).is_err());
        assert!(parse(format!("{}{}", "[".repeat(33), "]".repeat(33)).as_bytes()).is_err());
        assert!(parse(format!("{}{}", "[".repeat(32), "]".repeat(32)).as_bytes()).is_ok());
        assert!(parse(b"\"\xff\"").is_err());
    }

    #[test]
    fn nul_is_pointed_at() {
        for (body, places) in [
            (r#"{"a":"\u0000"}"#, &["/a"][..]),
            (
                r#"{"a":["x","y\u0000z"],"b/c":{"d":"\u0000"}}"#,
                &["/a/1", "/b~1c/d"],
            ),
            (r#"{"a":{"b\u0000":1}}"#, &["/a"]),
            (r#""\u0000""#, &[""]),
        ] {
            let refusal = parse(body.as_bytes()).unwrap_err();
            assert_eq!(refusal.problem, Problem::InvalidBody, "{body}");
            let errors = refusal.errors.iter();
            let found: Vec<&str> = errors.map(|error| error.pointer.as_str()).collect();
            assert_eq!(found, places, "{body}");
        }
        // A backslash and the same letters are no NUL.
        let text = parse(br#"{"a":"\\u0000"}"#).unwrap();
        assert_eq!(text, json!({"a": "\\u0000"}));
    }

    #[test]
    fn an_empty_body_is_said_to_be_empty() {
        let said = |bytes: &[u8]| parse(bytes).unwrap_err().said.unwrap().en;
        for empty in [&b""[..], b" ", b"\r\n\t"] {
            assert!(said(empty).contains("empty"));
        }
        assert!(!said(b"{").contains("empty"));
    }
}
