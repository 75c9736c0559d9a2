//! Derives the schemas of merge patches (RFC 7396) from the schemas of the records.

use super::schemas::nullable;
use super::walk::{Schemas, reference, target};
use serde_json::{Map, Value, json};

/// Adds the schema of a patch for `name`: every field may be absent, and may be null if the field
/// is optional in the record. `read_only` are the fields that the server writes.
pub(super) fn add(schemas: &mut Schemas, name: &str, read_only: &[&str]) {
    let Some(whole) = schemas.get(name).cloned() else {
        return;
    };
    let mut properties = fields(schemas, &whole);
    for field in read_only {
        let said = "Written by the system: sent back unchanged, or not at all.";
        let schema = json!({ "readOnly": true, "description": said });
        properties.insert((*field).to_owned(), schema);
    }
    let said =
        format!("A merge patch (RFC 7396) onto `{name}`: what is absent stays, null removes.");
    schemas.insert(
        format!("{name}Patch"),
        json!({ "type": "object", "description": said, "properties": properties, "additionalProperties": false }),
    );
}

fn fields(schemas: &mut Schemas, whole: &Value) -> Map<String, Value> {
    let required = whole.get("required").and_then(Value::as_array);
    let must = |name: &str| required.is_some_and(|names| names.iter().any(|known| known == name));
    let properties = whole.get("properties").and_then(Value::as_object);
    let mut found = Map::new();
    for (name, schema) in properties.into_iter().flatten() {
        let mut schema = part(schemas, schema.clone());
        if !must(name) {
            removable(&mut schema, schemas);
        }
        found.insert(name.clone(), schema);
    }
    found
}

/// A field that is an object is patched like a record.
fn part(schemas: &mut Schemas, schema: Value) -> Value {
    let referred = schema.pointer("/oneOf/0").unwrap_or(&schema);
    let Some(name) = target(referred).map(str::to_owned) else {
        return schema;
    };
    let known = schemas.get(&name);
    if known.is_none_or(|known| known.get("properties").is_none()) {
        return schema;
    }
    add(schemas, &name, &[]);
    let patched = reference(&format!("{name}Patch"));
    json!({ "description": schema.get("description"), "oneOf": [patched, { "type": "null" }] })
}

/// Allows null.
fn removable(schema: &mut Value, known: &Schemas) {
    let Some(object) = schema.as_object_mut() else {
        return;
    };
    if let Some(Value::String(kind)) = object.get("type") {
        let kinds = json!([kind, "null"]);
        object.insert("type".into(), kinds);
    }
    if let Some(referred) = object.remove("$ref") {
        object.insert(
            "oneOf".into(),
            json!([{ "$ref": referred }, { "type": "null" }]),
        );
        nullable(object, known);
    }
}
