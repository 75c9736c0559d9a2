//! Moves repeated parts of the document into its components and refers to them.
//!
//! This is a pass over the finished document, because only then is it known what is repeated, and
//! the tests compare both forms. Successful answers stay with their operation, where readers look
//! for them.

mod names;
mod parts;

use self::parts::{examples, headers, parameters, refusals};
use super::walk::{Schemas, visit};
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// Shares refusals first, because they contain headers and examples.
pub(super) fn share(document: &mut Value) {
    share_texts(document);

    let mut seen = Seen::default();
    parameters(document, |operation, part| seen.note(operation, part));
    let shelf = seen.shelve("parameters", names::parameter);
    parameters(document, |_operation, part| shelf.refer(part));
    shelf.store(document, |parameter| parameter);

    let mut seen = Seen::default();
    refusals(document, |status, part| seen.note(status, part));
    let shelf = seen.shelve("responses", names::refusal);
    refusals(document, |_status, part| shelf.refer(part));
    shelf.store(document, |refusal| refusal);

    let mut seen = Seen::default();
    headers(document, |name, part| seen.note(name, part));
    let shelf = seen.shelve("headers", names::header);
    headers(document, |_name, part| shelf.refer(part));
    shelf.store(document, |header| header);

    let mut seen = Seen::default();
    examples(document, |name, content| {
        if let Some(example) = content.get("example") {
            seen.note(name, example);
        }
    });
    let shelf = seen.shelve("examples", names::example);
    examples(document, |_name, content| {
        let shared = content.get("example").and_then(|part| shelf.name(part));
        if let Some(name) = shared {
            content.remove("example");
            content.insert("examples".into(), json!({ name: shelf.reference(name) }));
        }
    });
    shelf.store(document, |value| json!({ "value": value }));
}

/// The parts of one kind, with the places where each occurs.
#[derive(Default)]
struct Seen(HashMap<Value, Vec<String>>);

impl Seen {
    fn note(&mut self, place: &str, part: &Value) {
        match self.0.get_mut(part) {
            Some(places) => places.push(place.to_owned()),
            None => {
                self.0.insert(part.clone(), vec![place.to_owned()]);
            }
        }
    }

    /// Names the repeated parts: by the short name if no other part wants it, otherwise by the full
    /// name. A part without a unique name stays where it is.
    fn shelve(
        mut self,
        section: &'static str,
        names: impl Fn(&Value, &[String]) -> [String; 2],
    ) -> Shelf {
        self.0.retain(|_part, places| places.len() > 1);
        let wanted: Vec<(Value, [String; 2])> = self
            .0
            .into_iter()
            .map(|(part, places)| {
                let names = names(&part, &places);
                (part, names)
            })
            .collect();
        let short_names = count(wanted.iter().map(|(_part, [short, _])| short));
        let named: Vec<(Value, String)> = wanted
            .into_iter()
            .map(|(part, [short, full])| {
                let alone = short_names.get(&short) == Some(&1);
                (part, if alone { short } else { full })
            })
            .collect();
        let taken = count(named.iter().map(|(_part, name)| name));
        let names = named
            .into_iter()
            .filter(|(_part, name)| taken.get(name) == Some(&1))
            .collect();
        Shelf { section, names }
    }
}

fn count<'a>(names: impl Iterator<Item = &'a String>) -> HashMap<String, usize> {
    let mut counted = HashMap::new();
    for name in names {
        *counted.entry(name.clone()).or_default() += 1;
    }
    counted
}

/// The names of shared parts in one section of the components.
struct Shelf {
    section: &'static str,
    names: HashMap<Value, String>,
}

impl Shelf {
    fn name(&self, part: &Value) -> Option<&str> {
        self.names.get(part).map(String::as_str)
    }

    fn reference(&self, name: &str) -> Value {
        json!({ "$ref": format!("#/components/{}/{name}", self.section) })
    }

    fn refer(&self, part: &mut Value) {
        if let Some(name) = self.name(part) {
            *part = self.reference(name);
        }
    }

    fn store(self, document: &mut Value, wrapped: impl Fn(Value) -> Value) {
        let stored: Map<String, Value> = self
            .names
            .into_iter()
            .map(|(part, name)| (name, wrapped(part)))
            .collect();
        let components = document.get_mut("components");
        if let Some(components) = components.and_then(Value::as_object_mut) {
            components.insert(self.section.into(), Value::Object(stored));
        }
    }
}

/// Gives a nullable text with a pattern a schema of its own, because the pattern can be longer than
/// the rest of the field. Each place keeps its own description beside the reference.
fn share_texts(document: &mut Value) {
    let Some(schemas) = document.pointer_mut("/components/schemas") else {
        return;
    };
    let Some(schemas) = schemas.as_object_mut() else {
        return;
    };
    let twins: Vec<(String, Map<String, Value>)> = schemas
        .iter()
        .filter_map(|(name, schema)| Some((format!("{name}OrNull"), or_null(schema)?)))
        .collect();
    for (name, mut twin) in twins {
        let said = twin.remove("description");
        let mut met = false;
        for schema in schemas.values_mut() {
            visit(schema, &mut |schema| met |= refer_to(schema, &name, &twin));
        }
        if met {
            twin.extend(said.map(|said| ("description".to_owned(), said)));
            schemas.insert(name, Value::Object(twin));
        }
    }
}

/// The same text, or null.
fn or_null(schema: &Value) -> Option<Map<String, Value>> {
    let mut schema = schema.as_object().cloned()?;
    let text = schema.get("type").is_some_and(|kind| kind == "string");
    if !text || !schema.contains_key("pattern") {
        return None;
    }
    schema.insert("type".into(), json!(["string", "null"]));
    Some(schema)
}

/// Replaces a schema with a reference if it equals this one apart from its description, which it
/// must have.
fn refer_to(schema: &mut Schemas, name: &str, twin: &Map<String, Value>) -> bool {
    let Some(said) = schema.remove("description") else {
        return false;
    };
    let same = schema == twin;
    if same {
        schema.clear();
        let reference = super::walk::reference(name);
        schema.extend(reference.as_object().cloned().unwrap_or_default());
    }
    schema.insert("description".into(), said);
    same
}
