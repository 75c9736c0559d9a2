//! Rewrites the schemas so that client generators understand them: flat objects, named variants
//! with a discriminator, and no `oneOf` with `null` where a type is enough.

use super::patches;
use super::walk::{PREFIX, Schemas, closure, pascal, reference, requests, target, visit};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Fields that an answer omits when they are empty, by schema; of every schema the total.
const OMITTED: [(&str, &[&str]); 2] = [
    (
        "Problem",
        &["errors", "roles", "tiers", "seats", "existing"],
    ),
    ("ProblemField", &["admitted", "admitted_at", "existing"]),
];

/// Puts the document into its final form; `patched` are the schemas that merge patches apply to,
/// with their server-written fields.
pub(super) fn tidy(document: &mut Value, patched: &BTreeMap<String, &[&str]>) {
    let mut schemas = document
        .pointer_mut("/components/schemas")
        .and_then(Value::as_object_mut)
        .map(std::mem::take)
        .unwrap_or_default();
    for schema in schemas.values_mut() {
        visit(schema, &mut plain);
    }
    let merged = flatten(&mut schemas);
    levels(&mut schemas);
    name_actions(&mut schemas);
    let known = schemas.clone();
    for schema in schemas.values_mut() {
        visit(schema, &mut |schema| nullable(schema, &known));
    }
    let asked = closure(&schemas, &requests(document, |_kind| true));
    for (name, schema) in &mut schemas {
        if asked.contains(name) {
            close_variants(schema);
        } else {
            require_all(name, schema);
        }
    }
    for name in requests(document, |kind| kind == "multipart/form-data") {
        if let Some(schema) = schemas.get_mut(&name) {
            visit(schema, &mut present);
        }
    }
    for (name, read_only) in patched {
        patches::add(&mut schemas, name, read_only);
    }
    if let Some(components) = document
        .pointer_mut("/components")
        .and_then(Value::as_object_mut)
    {
        components.insert("schemas".into(), Value::Object(schemas));
    }
    drop_unused(document, &merged);
}

/// Removes the schemas that stood in others and nowhere else: nothing refers to them any more.
fn drop_unused(document: &mut Value, merged: &BTreeSet<String>) {
    let text = document.to_string();
    let used = |name: &String| text.contains(&format!("\"{PREFIX}{name}\""));
    let schemas = document
        .pointer_mut("/components/schemas")
        .and_then(Value::as_object_mut);
    if let Some(schemas) = schemas {
        schemas.retain(|name, _schema| !merged.contains(name) || used(name));
    }
}

/// OpenAPI 3.1 has `examples` where 3.0 had `example`, and every object key is text.
fn plain(schema: &mut Map<String, Value>) {
    if let Some(example) = schema.remove("example") {
        schema.insert("examples".into(), json!([example]));
    }
    schema.remove("propertyNames");
}

/// Merges the parts of an `allOf` into one object; gives the names of these parts.
fn flatten(schemas: &mut Schemas) -> BTreeSet<String> {
    let mut merged = BTreeSet::new();
    let names: Vec<String> = schemas
        .iter()
        .filter(|(_, schema)| schema.get("allOf").is_some())
        .map(|(name, _)| name.clone())
        .collect();
    for name in names {
        let Some(schema) = schemas.get(&name) else {
            continue;
        };
        let (mut properties, mut required) = (Map::new(), BTreeSet::new());
        gather(schemas, schema, &mut properties, &mut required);
        let parts = schema.get("allOf").and_then(Value::as_array);
        let names = parts.into_iter().flatten().filter_map(target);
        merged.extend(names.map(str::to_owned));
        let flat = json!({
            "type": "object", "description": schema.get("description"), "required": required, "properties": properties,
        });
        schemas.insert(name, flat);
    }
    merged
}

fn gather(
    schemas: &Schemas,
    schema: &Value,
    properties: &mut Map<String, Value>,
    required: &mut BTreeSet<String>,
) {
    if let Some(inner) = target(schema).and_then(|name| schemas.get(name)) {
        gather(schemas, inner, properties, required);
    }
    let parts = schema.get("allOf").and_then(Value::as_array);
    for part in parts.into_iter().flatten() {
        gather(schemas, part, properties, required);
    }
    properties.extend(
        schema
            .get("properties")
            .and_then(Value::as_object)
            .cloned()
            .unwrap_or_default(),
    );
    let names = schema.get("required").and_then(Value::as_array);
    required.extend(
        names
            .into_iter()
            .flatten()
            .filter_map(|name| name.as_str().map(str::to_owned)),
    );
}

/// Closes the variants of a request that a constant field tells apart: none takes the fields of
/// another.
fn close_variants(schema: &mut Value) {
    let variants = schema.get_mut("oneOf").and_then(Value::as_array_mut);
    for variant in variants.into_iter().flatten() {
        let properties = variant.get("properties").and_then(Value::as_object);
        let told = properties.is_some_and(|properties| {
            let words = |property: &Value| property.get("enum")?.as_array().map(Vec::len);
            properties
                .values()
                .any(|property| words(property) == Some(1))
        });
        if let Some(variant) = variant.as_object_mut().filter(|_variant| told) {
            variant.insert("additionalProperties".into(), Value::Bool(false));
        }
    }
}

/// A case is returned at one of three levels; `level` says which.
fn levels(schemas: &mut Schemas) {
    let variants = [
        ("full", "AgreementFull"),
        ("submitted", "AgreementSubmitted"),
        ("summary", "AgreementAnnounced"),
    ];
    let Some(description) = schemas
        .get("Agreement")
        .and_then(|schema| schema.get("description").cloned())
    else {
        return;
    };
    let mut mapping = BTreeMap::new();
    for (level, name) in variants {
        let mut schema = schemas.get(name).cloned().unwrap_or_default();
        if let Some(property) = schema.pointer_mut("/properties/level") {
            *property = json!({ "type": "string", "enum": [level], "description": "How much the caller reads." });
        }
        schemas.insert(name.to_owned(), schema);
        mapping.insert(level, format!("{PREFIX}{name}"));
    }
    let one_of: Vec<Value> = variants.iter().map(|(_, name)| reference(name)).collect();
    schemas.insert(
        "Agreement".into(),
        json!({ "description": description, "oneOf": one_of, "discriminator": { "propertyName": "level", "mapping": mapping } }),
    );
}

/// Gives each action of the procedure a schema with its own name.
fn name_actions(schemas: &mut Schemas) {
    let Some(mut request) = schemas.remove("TransitionRequest") else {
        return;
    };
    let mut mapping = BTreeMap::new();
    let mut one_of = Vec::new();
    let parts = request.get_mut("oneOf").and_then(Value::as_array_mut);
    for part in parts.into_iter().flatten() {
        let action = part
            .pointer("/properties/action/enum/0")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        let name = format!("{}Transition", pascal(&action));
        if let Some(object) = part.as_object_mut() {
            object.insert("additionalProperties".into(), Value::Bool(false));
        }
        schemas.insert(name.clone(), part.take());
        one_of.push(reference(&name));
        mapping.insert(action, format!("{PREFIX}{name}"));
    }
    if let Some(object) = request.as_object_mut() {
        object.insert("oneOf".into(), Value::Array(one_of));
        object.insert(
            "discriminator".into(),
            json!({ "propertyName": "action", "mapping": mapping }),
        );
    }
    schemas.insert("TransitionRequest".into(), request);
}

/// Turns `oneOf` of a reference and null into a nullable type if the target is plain text.
/// Otherwise keeps the reference, without a second description.
pub(super) fn nullable(schema: &mut Map<String, Value>, known: &Schemas) {
    let Some([referred, nothing]) = schema
        .get("oneOf")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
    else {
        return;
    };
    let Some(name) = target(referred).filter(|_name| *nothing == json!({ "type": "null" })) else {
        return;
    };
    let (name, description) = (name.to_owned(), referred.get("description").cloned());
    let text = known.get(&name).filter(|schema| {
        schema.get("type") == Some(&json!("string")) && schema.get("enum").is_none()
    });
    match text.and_then(Value::as_object) {
        Some(text) => {
            *schema = text.clone();
            schema.insert("type".into(), json!(["string", "null"]));
        }
        None => {
            schema.insert("oneOf".into(), json!([reference(&name), nothing]));
        }
    }
    schema.extend(description.map(|description| ("description".to_owned(), description)));
}

/// A form has no null: a part is present or absent.
fn present(schema: &mut Map<String, Value>) {
    if let Some(Value::Array(kinds)) = schema.get("type") {
        let kind = kinds.first().cloned().unwrap_or_default();
        schema.insert("type".into(), kind);
    }
    if let Some(Value::Array(parts)) = schema.get("oneOf") {
        let referred = parts.first().and_then(|part| part.get("$ref")).cloned();
        schema.remove("oneOf");
        schema.extend(referred.map(|referred| ("$ref".to_owned(), referred)));
    }
}

/// An answer always has all its fields; empty ones are null.
fn require_all(schema_name: &str, schema: &mut Value) {
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
        return;
    };
    let names: Vec<&String> = properties
        .keys()
        .filter(|name| !may_be_absent(schema_name, name))
        .collect();
    let required = json!(names);
    if let Some(object) = schema.as_object_mut() {
        object.insert("required".into(), required);
    }
}

fn may_be_absent(schema: &str, field: &str) -> bool {
    let mut omitted = OMITTED.iter();
    field == "total" || omitted.any(|(name, fields)| *name == schema && fields.contains(&field))
}
