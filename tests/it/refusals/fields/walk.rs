//! Every way to get one word of a body wrong, from the document.

use super::NOWHERE;
use crate::refusals::{enumerated, resolved};
use serde_json::{Map, Value, json};

/// A body with one wrong word, where it stands, and the words that are taken there.
pub struct Wrong {
    pub body: Value,
    pub at: String,
    pub words: Vec<String>,
}

impl Wrong {
    fn within(self, field: &str, others: &Map<String, Value>) -> Self {
        let mut body = others.clone();
        body.insert(field.to_owned(), self.body);
        Self {
            body: Value::Object(body),
            at: format!("/{field}{}", self.at),
            words: self.words,
        }
    }
}

/// The fields of a variant that tell it from the others: each takes one word.
pub fn tags(properties: &Map<String, Value>) -> Map<String, Value> {
    let tags = properties.iter().filter_map(|(name, schema)| {
        let words = enumerated(schema)?;
        (words.len() == 1).then(|| (name.clone(), json!(words[0])))
    });
    tags.collect()
}

/// Every way to get one word of a schema wrong.
pub fn wrongs(document: &Value, schema: &Value) -> Vec<Wrong> {
    let schema = resolved(document, schema);
    if let Some(words) = enumerated(schema) {
        let wrong = Wrong {
            body: json!(NOWHERE),
            at: String::new(),
            words,
        };
        return vec![wrong];
    }
    if let Some(variants) = schema["oneOf"].as_array() {
        let variants: Vec<&Value> = variants.iter().map(|one| resolved(document, one)).collect();
        let mut found: Vec<Wrong> = variants
            .iter()
            .flat_map(|variant| wrongs(document, variant))
            .collect();
        found.extend(wrong_tag(&variants));
        return found;
    }
    if let Some(properties) = schema["properties"].as_object() {
        let tags = tags(properties);
        let others = properties
            .iter()
            .filter(|(name, _)| !tags.contains_key(*name));
        let found = others.flat_map(|(name, inner)| {
            let inner = wrongs(document, inner).into_iter();
            inner
                .map(|wrong| wrong.within(name, &tags))
                .collect::<Vec<_>>()
        });
        return found.collect();
    }
    let items = schema.get("items").map(|items| wrongs(document, items));
    let items = items.into_iter().flatten().map(|wrong| Wrong {
        body: json!([wrong.body]),
        at: format!("/0{}", wrong.at),
        words: wrong.words,
    });
    items.collect()
}

/// The field that tells variants apart, with the word of none of them.
fn wrong_tag(variants: &[&Value]) -> Option<Wrong> {
    let mut name = None;
    let mut words = Vec::new();
    for variant in variants {
        for (field, word) in tags(variant["properties"].as_object()?) {
            words.push(word.as_str().unwrap().to_owned());
            name = Some(field);
        }
    }
    let name = name?;
    Some(Wrong {
        body: json!({ (name.clone()): NOWHERE }),
        at: format!("/{name}"),
        words,
    })
}
