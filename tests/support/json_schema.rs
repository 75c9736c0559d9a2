//! A small JSON Schema checker. It knows only the keywords that the OpenAPI document uses, so that
//! a new keyword is noticed instead of ignored.

use serde_json::{Map, Value};

/// Keywords that do not affect validity here.
const NOTES: [&str; 8] = [
    "description",
    "title",
    "examples",
    "default",
    "discriminator",
    "contentMediaType",
    "readOnly",
    "x-catalog",
];

/// The errors in `value`, by place; empty if it fits `schema` of `document`.
pub fn violations(document: &Value, schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(document, schema, value, "", &mut found);
    found
}

fn check(document: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    let schema = schema
        .as_object()
        .unwrap_or_else(|| panic!("no schema at {at}: {schema}"));
    let mut say = |what: String| found.push(format!("{at}: {what}"));
    for (keyword, said) in schema {
        match keyword.as_str() {
            "type" if !kinds(said).any(|kind| is(value, kind)) => {
                say(format!("{value} is no {said}"));
            }
            "enum" if !said.as_array().unwrap().contains(value) => {
                say(format!("{value} is none of {said}"));
            }
            "format" => {
                if let Some(text) = value.as_str().filter(|text| !formatted(said, text)) {
                    say(format!("{text} is no {said}"));
                }
            }
            "pattern" => {
                if let Some(text) = value.as_str().filter(|text| !matches(said, text)) {
                    say(format!("{text} does not match {said}"));
                }
            }
            "minLength" | "maxLength" => {
                let length = value.as_str().map(|text| text.chars().count() as f64);
                say_bound(keyword, length, said, &mut say);
            }
            "minItems" | "maxItems" => {
                let length = value.as_array().map(|items| items.len() as f64);
                say_bound(keyword, length, said, &mut say);
            }
            "minimum" | "maximum" => say_bound(keyword, value.as_f64(), said, &mut say),
            "required" if value.is_object() => {
                for name in said.as_array().unwrap() {
                    if value.get(name.as_str().unwrap()).is_none() {
                        say(format!("{name} is missing"));
                    }
                }
            }
            "type"
            | "enum"
            | "required"
            | "$ref"
            | "oneOf"
            | "items"
            | "properties"
            | "additionalProperties" => {}
            note if NOTES.contains(&note) => {}
            other => panic!("the checker does not know `{other}`"),
        }
    }
    inside(document, schema, value, at, found);
}

fn inside(
    document: &Value,
    schema: &Map<String, Value>,
    value: &Value,
    at: &str,
    found: &mut Vec<String>,
) {
    if let Some(reference) = schema.get("$ref") {
        let inner = document
            .pointer(reference.as_str().unwrap().trim_start_matches('#'))
            .unwrap_or_else(|| panic!("{reference} leads nowhere"));
        check(document, inner, value, at, found);
    }
    if let Some(Value::Array(parts)) = schema.get("oneOf") {
        let outcomes: Vec<_> = parts
            .iter()
            .map(|part| violations(document, part, value))
            .collect();
        if outcomes.iter().filter(|found| found.is_empty()).count() != 1 {
            found.push(format!("{at}: not exactly one of: {outcomes:?}"));
        }
    }
    if let (Some(inner), Value::Array(items)) = (schema.get("items"), value) {
        for (i, item) in items.iter().enumerate() {
            check(document, inner, item, &format!("{at}/{i}"), found);
        }
    }
    let Value::Object(fields) = value else { return };
    let known = schema.get("properties").and_then(Value::as_object);
    for (name, field) in fields {
        let place = format!("{at}/{name}");
        match (
            known.and_then(|known| known.get(name)),
            schema.get("additionalProperties"),
        ) {
            (Some(inner), _) => check(document, inner, field, &place, found),
            (None, Some(Value::Bool(false))) => found.push(format!("{place}: unknown")),
            (None, Some(inner @ Value::Object(_))) => check(document, inner, field, &place, found),
            (None, _) => {}
        }
    }
}

fn kinds(said: &Value) -> impl Iterator<Item = &str> {
    let one = said.as_str();
    let several = said.as_array().into_iter().flatten();
    one.into_iter()
        .chain(several.map(|kind| kind.as_str().unwrap()))
}

fn is(value: &Value, kind: &str) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("the checker does not know the type `{other}`"),
    }
}

fn formatted(format: &Value, text: &str) -> bool {
    match format.as_str().unwrap() {
        "uuid" => uuid::Uuid::try_parse(text).is_ok(),
        "date-time" => chrono::DateTime::parse_from_rfc3339(text).is_ok(),
        "date" => text.len() == 10 && text.parse::<chrono::NaiveDate>().is_ok(),
        "password" | "binary" => true,
        other => panic!("the checker does not know the format `{other}`"),
    }
}

fn matches(pattern: &Value, text: &str) -> bool {
    let pattern = pattern.as_str().unwrap();
    let read = regex::Regex::new(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"));
    read.is_match(text)
}

fn say_bound(keyword: &str, found: Option<f64>, said: &Value, say: &mut impl FnMut(String)) {
    let bound = said.as_f64().unwrap();
    let outside = |found: &f64| {
        if keyword.starts_with("min") {
            *found < bound
        } else {
            *found > bound
        }
    };
    if let Some(found) = found.filter(outside) {
        say(format!("{found} is beyond {keyword} {bound}"));
    }
}

#[cfg(test)]
mod tests {
    use super::violations;
    use serde_json::{Value, json};

    #[test]
    fn what_does_not_fit_is_found() {
        let document =
            json!({"day": {"type": "string", "pattern": "^\\d{4}(-\\d{2}(-\\d{2})?)?$"}});
        let schema = json!({
            "type": "object", "required": ["id"], "additionalProperties": false,
            "properties": {
                "id": {"type": "string", "format": "uuid"},
                "day": {"oneOf": [{"$ref": "#/day"}, {"type": "null"}]},
                "votes": {"type": "array", "minItems": 1, "maxItems": 2, "items": {"type": "integer", "minimum": 0, "maximum": 9}},
                "side": {"enum": ["a", "b"]},
            },
        });
        let id = "01938a5c-7c00-7a00-8000-000000000001";
        let fits = |value: Value| violations(&document, &schema, &value).is_empty();
        assert!(fits(
            json!({"id": id, "day": "1990-03", "votes": [0, 9], "side": "a"})
        ));
        assert!(fits(json!({"id": id, "day": null})));
        for wrong in [
            json!([]),
            json!({}),
            json!({"id": "x"}),
            json!({"id": id, "more": 1}),
            json!({"id": id, "day": "90"}),
            json!({"id": id, "votes": [10]}),
            json!({"id": id, "votes": ["1"]}),
            json!({"id": id, "votes": []}),
            json!({"id": id, "votes": [1, 2, 3]}),
            json!({"id": id, "side": "c"}),
        ] {
            assert!(!fits(wrong.clone()), "{wrong}");
        }
    }
}
