//! Names shared parts by their meaning: a short name, and a longer one if several parts want the
//! short one.

use crate::openapi::walk::pascal;
use actix_web::http::StatusCode;
use serde_json::Value;

/// Short words for the second and further codes in the name of a refusal.
const WORDS: [(&[&str], &str); 8] = [
    (&["malformed_json", "invalid_body", "unknown_field"], "Body"),
    (&["invalid_cursor"], "Cursor"),
    (&["invalid_header"], "Header"),
    (&["upload_incomplete"], "Upload"),
    (&["idempotency_in_flight"], "InFlight"),
    (&["idempotency_mismatch"], "Mismatch"),
    (&["wrong_stage", "locked_in_stage"], "Stage"),
    (
        &["counterpart_not_registrable", "kind_not_registrable"],
        "NotRegistrable",
    ),
];

/// A parameter's own name; the longer name adds the words that all its operations share, or else the
/// first two words that it takes, or the first words of what it says.
pub(super) fn parameter(parameter: &Value, operations: &[String]) -> [String; 2] {
    let name = parameter
        .get("name")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let everywhere = |word: &&str| {
        operations
            .iter()
            .all(|id| id.split('_').any(|w| w == *word))
    };
    let first = operations.first().map(String::as_str).unwrap_or_default();
    let common: String = first
        .split('_')
        .skip(1)
        .filter(everywhere)
        .map(pascal)
        .collect();
    let name = pascal(name);
    let told = if common.is_empty() {
        taken(parameter).unwrap_or_else(|| described(parameter))
    } else {
        common
    };
    [name.clone(), told + &name]
}

/// The first two of the words that a parameter takes, if it takes some of a list.
fn taken(parameter: &Value) -> Option<String> {
    let words = parameter.pointer("/schema/items/enum")?.as_array()?;
    let words = words.iter().filter_map(Value::as_str).take(2);
    Some(words.map(pascal).collect())
}

/// The first words of a description: where operations share no word, it tells their parameters apart.
fn described(parameter: &Value) -> String {
    let said = parameter.get("description").and_then(Value::as_str);
    let words = said
        .unwrap_or_default()
        .split(|c: char| !c.is_ascii_alphabetic());
    let words = words.filter(|word| !word.is_empty()).take(3);
    words.map(pascal).collect()
}

/// A refusal is named by its codes (its description); an answer without codes by its status.
pub(super) fn refusal(refusal: &Value, statuses: &[String]) -> [String; 2] {
    let said = refusal
        .get("description")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let codes: Vec<&str> = said.split('`').skip(1).step_by(2).collect();
    let name = match codes.split_first() {
        Some((first, rest)) => alternatives(pascal(first), rest),
        None => statuses
            .first()
            .and_then(|status| {
                StatusCode::from_bytes(status.as_bytes())
                    .ok()?
                    .canonical_reason()
            })
            .unwrap_or_default()
            .replace(' ', ""),
    };
    [name.clone(), name]
}

/// `A`, `AOrB`, `ABOrC`.
fn alternatives(first: String, mut codes: &[&str]) -> String {
    let mut words = vec![first];
    while let Some((code, rest)) = codes.split_first() {
        let known = WORDS
            .iter()
            .find_map(|(together, word)| Some((codes.strip_prefix(*together)?, *word)));
        let (rest, word) = match known {
            Some((rest, word)) => (rest, word.to_owned()),
            None => (rest, pascal(code)),
        };
        words.push(word);
        codes = rest;
    }
    let last = words.pop().unwrap_or_default();
    if words.is_empty() {
        last
    } else {
        format!("{}Or{last}", words.concat())
    }
}

/// A header by its name.
pub(super) fn header(header: &Value, names: &[String]) -> [String; 2] {
    let name = pascal(names.first().map(String::as_str).unwrap_or_default());
    let always = header.get("required") == Some(&Value::Bool(true));
    let full = if always {
        name.clone()
    } else {
        format!("Optional{name}")
    };
    [name, full]
}

/// An example is named by its subject, which its place tells.
pub(super) fn example(_example: &Value, names: &[String]) -> [String; 2] {
    let name = names.first().cloned().unwrap_or_default();
    [name.clone(), name]
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_refusal_is_called_by_its_codes() {
        for (said, status, name) in [
            ("`not_found`", "404", "NotFound"),
            ("The caller has it already.", "304", "NotModified"),
            (
                "`invalid_parameter`, `invalid_cursor`",
                "400",
                "InvalidParameterOrCursor",
            ),
            (
                "`forbidden`, `separation_of_duties`",
                "403",
                "ForbiddenOrSeparationOfDuties",
            ),
            (
                "`invalid_parameter`, `malformed_json`, `invalid_body`, `unknown_field`, `invalid_header`",
                "400",
                "InvalidParameterBodyOrHeader",
            ),
            // One of the words that stand for several codes.
            ("`duplicate`, `wrong_stage`", "409", "DuplicateOrWrongStage"),
        ] {
            let [first, second] = refusal(&json!({"description": said}), &[status.to_owned()]);
            assert_eq!((first.as_str(), second.as_str()), (name, name));
        }
    }

    #[test]
    fn a_parameter_is_told_from_its_namesakes_by_its_operations() {
        let ids = ["get_own_flow_statistics", "get_flow_statistics_csv"].map(str::to_owned);
        let names = parameter(&json!({"name": "by"}), &ids);
        assert_eq!(names, ["By", "FlowStatisticsBy"]);
        let names = parameter(&json!({"name": "If-Match"}), &["update_body".to_owned()]);
        assert_eq!(names, ["IfMatch", "BodyIfMatch"]);
    }

    #[test]
    fn a_header_that_may_be_absent_says_so() {
        let names = ["ETag".to_owned()];
        assert_eq!(header(&json!({"required": true}), &names), ["ETag", "ETag"]);
        assert_eq!(header(&json!({}), &names), ["ETag", "OptionalETag"]);
    }
}
