//! Which catalogue has the labels of an enumeration of the document.

use super::walk::Schemas;
use crate::keys::EXTENSION;
use crate::labels::LABELLED;
use serde_json::{Value, json};
use vinculo_domain::catalogs::Catalog;

/// Adds to each enumeration where its labels are.
pub(super) fn point(document: &mut Value) {
    let schemas = document
        .pointer_mut("/components/schemas")
        .and_then(Value::as_object_mut);
    let Some(schemas) = schemas else {
        return;
    };
    for (name, catalog) in LABELLED {
        label(schemas, name, catalog);
    }
}

fn label(schemas: &mut Schemas, name: &str, catalog: Catalog) {
    let schema = schemas.get_mut(name).and_then(Value::as_object_mut);
    if let Some(schema) = schema {
        schema.insert(EXTENSION.into(), json!(catalog.address()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_labelled_schema_is_in_the_document() {
        let document = crate::openapi::document();
        for (name, catalog) in LABELLED {
            let schema = &document["components"]["schemas"][name];
            assert_eq!(schema[EXTENSION], catalog.address(), "{name}");
        }
    }
}
