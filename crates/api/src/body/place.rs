//! Finds the part of a body that the parser complains about, where the parser does not say it: a
//! type whose variants a field tells apart is first read into memory, and on the way the place of
//! the error is lost. The parser stops at the first error. So the shortest beginning of an object or
//! a list that draws the same complaint ends with the part that is wrong.

use super::{escaped, missing};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// The fields that tell variants apart. Without them nothing else is read.
const TAGS: [&str; 3] = ["action", "kind", "field"];

/// The pointer to the innermost part that the complaint `said` is about, from `place` on; of a
/// missing field, the object that lacks it.
pub(super) fn innermost<T: DeserializeOwned>(body: &Value, place: String, said: &str) -> String {
    let mut search = Search {
        body: body.clone(),
        said,
        complaint: complaint::<T>,
    };
    let mut innermost = place.clone();
    while let Some(next) = search.within(&innermost) {
        innermost = next;
    }
    // What lacks a field is an object; otherwise its place was not found.
    let lacking = missing(said).is_some();
    match search.body.pointer(&innermost) {
        Some(Value::Object(_)) => innermost,
        Some(_) if !lacking => innermost,
        _ => place,
    }
}

fn complaint<T: DeserializeOwned>(body: &Value) -> Option<String> {
    let read = <T as serde::Deserialize<'_>>::deserialize(body);
    read.err().map(|error| error.to_string())
}

struct Search<'s> {
    body: Value,
    said: &'s str,
    complaint: fn(&Value) -> Option<String>,
}

impl Search<'_> {
    /// The part within the one at a place that is complained about; what stands behind it is left
    /// out from here on.
    fn within(&mut self, place: &str) -> Option<String> {
        let whole = self.body.pointer(place)?.clone();
        let found = self.found(place, &whole);
        let (rest, key) = match found {
            Some((rest, key)) => (rest, Some(key)),
            None => (whole, None),
        };
        *self.body.pointer_mut(place)? = rest;
        key.map(|key| format!("{place}/{}", escaped(&key)))
    }

    /// The shortest beginning that draws the complaint, and the key of its last part.
    fn found(&mut self, place: &str, whole: &Value) -> Option<(Value, String)> {
        let keys = self.keys(whole)?;
        if !self.is_same(place, whole.clone()) || self.lacks(place, whole) {
            return None;
        }
        let bare = self.beginning(whole, 0);
        let then = self.complaint_with(place, bare.clone());
        if then.as_deref() == Some(self.said) {
            let key = self.wrong_tag(place, whole)?;
            return Some((bare, key));
        }
        // A list in the place of an object is wrong as a whole.
        let is_length = |said: &str| said.starts_with("invalid length");
        if is_length(self.said) && then.as_deref().is_some_and(is_length) {
            return None;
        }
        let (mut fine, mut wrong) = (0, keys.len());
        while wrong - fine > 1 {
            let middle = fine + (wrong - fine) / 2;
            if self.is_same(place, self.beginning(whole, middle)) {
                wrong = middle;
            } else {
                fine = middle;
            }
        }
        let key = keys.get(wrong.checked_sub(1)?)?.clone();
        Some((self.beginning(whole, wrong), key))
    }

    /// Whether the body with another part at a place draws the same complaint.
    fn is_same(&mut self, place: &str, part: Value) -> bool {
        self.complaint_with(place, part).as_deref() == Some(self.said)
    }

    fn complaint_with(&mut self, place: &str, part: Value) -> Option<String> {
        *self.body.pointer_mut(place)? = part;
        (self.complaint)(&self.body)
    }

    /// Whether the object itself lacks the field that is missing: then there is another complaint
    /// once it has it.
    fn lacks(&mut self, place: &str, whole: &Value) -> bool {
        let (Some(name), Value::Object(fields)) = (missing(self.said), whole) else {
            return false;
        };
        if fields.contains_key(name) {
            return false;
        }
        let mut with = fields.clone();
        with.insert(name.to_owned(), Value::Null);
        let then = self.complaint_with(place, Value::Object(with));
        // A complaint about an inner part names a field that means nothing here.
        let means_nothing = |then: &String| then.starts_with("unknown field");
        then.as_deref() != Some(self.said) && !then.as_ref().is_some_and(means_nothing)
    }

    /// Of the fields that every beginning keeps, the one without which there is another complaint.
    fn wrong_tag(&mut self, place: &str, whole: &Value) -> Option<String> {
        let fields = whole.as_object()?;
        if missing(self.said).is_some() {
            return None;
        }
        let mut tags = TAGS.into_iter().filter(|tag| fields.contains_key(*tag));
        let wrong = tags.find(|tag| {
            let mut without = fields.clone();
            without.remove(*tag);
            !self.is_same(place, Value::Object(without))
        });
        wrong.map(str::to_owned)
    }

    /// Whether every beginning of an object keeps a field. A field of the name that an inner part
    /// lacks is kept too, lest the beginning lack it.
    fn keeps(&self, name: &str) -> bool {
        TAGS.contains(&name) || missing(self.said) == Some(name)
    }

    /// The keys of an object that a beginning may leave out, or the indices of a list.
    fn keys(&self, whole: &Value) -> Option<Vec<String>> {
        match whole {
            Value::Object(fields) => {
                let others = fields.keys().filter(|name| !self.keeps(name));
                Some(others.cloned().collect())
            }
            Value::Array(items) => Some((0..items.len()).map(|at| at.to_string()).collect()),
            _ => None,
        }
    }

    fn beginning(&self, whole: &Value, length: usize) -> Value {
        match whole {
            Value::Object(fields) => {
                let mut left = length;
                let mut beginning = Map::new();
                for (name, field) in fields {
                    let kept = self.keeps(name);
                    if kept || left > 0 {
                        beginning.insert(name.clone(), field.clone());
                    }
                    if !kept {
                        left = left.saturating_sub(1);
                    }
                }
                Value::Object(beginning)
            }
            Value::Array(items) => Value::Array(items.iter().take(length).cloned().collect()),
            other => other.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::body::typed;
    use serde_json::{Value, json};
    use vinculo_domain::agreements::TransitionRequest;
    use vinculo_domain::annotations::AnnotationFields;
    use vinculo_domain::{Refusal, Result};

    fn places<T>(read: Result<T>) -> Vec<(String, &'static str)> {
        let refusal: Refusal = read.err().unwrap();
        let errors = refusal.errors.into_iter();
        errors.map(|error| (error.pointer, error.code)).collect()
    }

    #[track_caller]
    fn step(body: Value, pointer: &str, code: &'static str) {
        let found = places(typed::<TransitionRequest>(body.clone(), &[]));
        assert_eq!(found, [(pointer.to_owned(), code)], "{body}");
    }

    #[test]
    fn a_step_says_where_it_is_wrong() {
        let accept = |field: &str, value: Value| {
            let mut body = json!({"action": "accept", "file_number": "1", "checklist": []});
            body[field] = value;
            body
        };
        let send = |answers: Value| json!({"action": "resubmit", "answers": answers, "note": "x"});
        let back = |remarks: Value| json!({"action": "return_to_owner", "remarks": remarks});
        for (body, pointer, code) in [
            (json!({}), "/action", "required"),
            (json!({"note": "x"}), "/action", "required"),
            (json!({"action": "x"}), "/action", "invalid_value"),
            (json!({"action": 7}), "/action", "wrong_type"),
            (json!({"action": "withdraw"}), "/reason", "required"),
            (
                json!({"action": "withdraw", "reason": {"a": 1}}),
                "/reason",
                "wrong_type",
            ),
            (
                json!({"action": "withdraw", "reason": "x", "a/b~c": 1}),
                "/a~1b~0c",
                "unknown_field",
            ),
            (
                accept("not_applicable", json!(["council_minutes"])),
                "/not_applicable/0",
                "wrong_type",
            ),
            (
                accept("checklist", json!(["parties", "x", "parties", "x"])),
                "/checklist/1",
                "invalid_value",
            ),
            (accept("checklist", json!({})), "/checklist", "wrong_type"),
            (
                send(json!([{"remark_id": "x", "text": "x"}])),
                "/answers/0/remark_id",
                "wrong_type",
            ),
            (
                back(json!([{"text": "x", "foo": 1}])),
                "/remarks/0/foo",
                "unknown_field",
            ),
            (
                back(json!([{"text": "x"}, {"text": "y"}, {"clause": null}, {"text": 1}])),
                "/remarks/2/text",
                "required",
            ),
            (
                back(json!([{"text": "x"}, 1, 1])),
                "/remarks/1",
                "wrong_type",
            ),
            (
                accept("not_applicable", json!([["parties"]])),
                "/not_applicable/0",
                "wrong_type",
            ),
        ] {
            step(body, pointer, code);
        }
    }

    #[test]
    fn an_annotation_says_where_it_is_wrong() {
        let fixing = |field: Value| {
            let right = json!({"field": "title", "old": "A", "new": "B"});
            json!({"kind": "correction", "fields": [right, field]})
        };
        let day = json!({"field": "signed_on", "old": null, "new": "2020-02-30"});
        for (changes, pointer, code) in [
            (fixing(day), "/changes/fields/1/new", "wrong_type"),
            (
                fixing(json!({"field": "title", "old": "A"})),
                "/changes/fields/1/new",
                "required",
            ),
            (
                fixing(json!({"field": "colour", "old": "A", "new": "B"})),
                "/changes/fields/1/field",
                "invalid_value",
            ),
            (fixing(json!({})), "/changes/fields/1/field", "required"),
            (
                fixing(json!({"field": "title", "old": "A", "new": "B", "foo": 1})),
                "/changes/fields/1/foo",
                "unknown_field",
            ),
            (json!({"kind": "correction"}), "/changes/fields", "required"),
            (json!({"kind": "x"}), "/changes/kind", "invalid_value"),
            (
                json!({"kind": "suspension", "foo": 1}),
                "/changes/foo",
                "unknown_field",
            ),
            (json!("suspension"), "/changes", "wrong_type"),
        ] {
            let body = json!({"effective_on": "2026", "changes": changes});
            let found = places(typed::<AnnotationFields>(body.clone(), &[]));
            assert_eq!(found, [(pointer.to_owned(), code)], "{body}");
        }
    }
}
