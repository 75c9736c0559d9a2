//! Records as lines of a table: what stands in a cell, and which value a cell stands for. A table that
//! is brought in as it was given out changes nothing.

use serde_json::{Map, Value, json};
use utoipa::openapi::schema::{ArrayItems, SchemaType, Type};
use utoipa::openapi::{RefOr, Schema};
use vinculo_domain::records::{Fields, Record};
use vinculo_domain::spreadsheets::{guarded, unguarded};

/// Between several values in one cell.
const BETWEEN: &str = "; ";

/// How a value stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// As the text that it is.
    Text,
    /// As JSON writes it: a number, or true and false.
    Literal,
    /// Texts, one after the other.
    List,
    /// Ids of other systems, each as `system:value`.
    Ids,
    /// As JSON, because a cell has no parts.
    Json,
}

/// A column: a field of every record of a kind.
#[derive(Debug, Clone)]
pub(super) struct Column {
    /// The name of the field.
    pub(super) name: String,
    shape: Shape,
}

type Schemas = Vec<(String, RefOr<Schema>)>;

/// The columns of a kind, from the schema of its answers, which comes first among these: what the
/// system writes, what every record has, and what the kind has of its own.
pub(super) fn columns(schemas: &Schemas) -> Vec<Column> {
    let Some((_, RefOr::T(Schema::Object(whole)))) = schemas.first() else {
        return Vec::new();
    };
    let common = Record::NAMES.iter().chain(Fields::NAMES);
    let own = whole.properties.keys().map(String::as_str);
    let own = own.filter(|name| !Record::NAMES.contains(name) && !Fields::NAMES.contains(name));
    let column = |name: &str| Column {
        name: name.to_owned(),
        shape: match whole.properties.get(name) {
            _ if name == "external_ids" => Shape::Ids,
            Some(schema) => shape(schema, schemas),
            None => Shape::Text,
        },
    };
    common.copied().chain(own).map(column).collect()
}

fn shape(schema: &RefOr<Schema>, schemas: &Schemas) -> Shape {
    let schema = match schema {
        RefOr::T(schema) => schema,
        RefOr::Ref(referred) => {
            let name = referred.ref_location.rsplit('/').next();
            let found = schemas
                .iter()
                .find(|(known, _)| Some(known.as_str()) == name);
            return found.map_or(Shape::Text, |(_, schema)| shape(schema, schemas));
        }
    };
    match schema {
        Schema::Object(object) => of_type(&object.schema_type),
        Schema::Array(array) => match &array.items {
            ArrayItems::RefOrSchema(item) if shape(item, schemas) == Shape::Text => Shape::List,
            _ => Shape::Json,
        },
        Schema::OneOf(one) => of_several(&one.items, schemas),
        Schema::AllOf(all) => of_several(&all.items, schemas),
        Schema::AnyOf(any) => of_several(&any.items, schemas),
        _ => Shape::Json,
    }
}

/// Of schemas of which one may be that of nothing.
fn of_several(items: &[RefOr<Schema>], schemas: &Schemas) -> Shape {
    let nothing = |item: &&RefOr<Schema>| match item {
        RefOr::T(Schema::Object(object)) => object.schema_type == SchemaType::Type(Type::Null),
        _ => false,
    };
    let some = items.iter().find(|item| !nothing(item));
    some.map_or(Shape::Text, |item| shape(item, schemas))
}

fn of_type(kind: &SchemaType) -> Shape {
    let is = |wanted: Type| match kind {
        SchemaType::Type(one) => *one == wanted,
        SchemaType::Array(several) => several.contains(&wanted),
        SchemaType::AnyValue => false,
    };
    if is(Type::String) {
        Shape::Text
    } else if is(Type::Number) || is(Type::Integer) || is(Type::Boolean) {
        Shape::Literal
    } else {
        Shape::Json
    }
}

impl Column {
    /// What stands in the cell of a value; nothing for nothing.
    pub(super) fn cell(&self, value: &Value) -> String {
        match (self.shape, value) {
            (_, Value::Null) => String::new(),
            (_, Value::Array(items)) if items.is_empty() => String::new(),
            (Shape::Text, Value::String(text)) => guarded(text),
            (Shape::List, Value::Array(items)) => joined(items.iter().map(Value::as_str), value),
            (Shape::Ids, Value::Array(items)) => {
                let pairs: Vec<Option<String>> = items.iter().map(pair).collect();
                joined(pairs.iter().map(Option::as_deref), value)
            }
            (_, value) => value.to_string(),
        }
    }

    /// The value that a cell stands for. What cannot be read stays a text, which is refused where the
    /// field is read.
    pub(super) fn value(&self, cell: &str) -> Value {
        let trimmed = cell.trim();
        if trimmed.is_empty() {
            return Value::Null;
        }
        let as_json = || crate::json::parse(trimmed.as_bytes()).unwrap_or_else(|_| json!(trimmed));
        let texts = || {
            let parts = unguarded(trimmed).split(BETWEEN.trim()).map(str::trim);
            parts.filter(|part| !part.is_empty())
        };
        match self.shape {
            Shape::Text => json!(unguarded(cell)),
            Shape::List if !trimmed.starts_with('[') => json!(texts().collect::<Vec<_>>()),
            Shape::Ids if !trimmed.starts_with('[') => {
                let id = |text: &str| match text.split_once(':') {
                    Some((system, value)) => json!({ "system": system, "value": value }),
                    None => json!(text),
                };
                Value::Array(texts().map(id).collect())
            }
            _ => as_json(),
        }
    }
}

/// An id of another system as one text.
fn pair(id: &Value) -> Option<String> {
    let part = |name: &str| id.get(name).and_then(Value::as_str);
    Some(format!("{}:{}", part("system")?, part("value")?))
}

/// Texts in one cell; where one of them could not be told from the next, as JSON.
fn joined<'t>(texts: impl Iterator<Item = Option<&'t str>>, value: &Value) -> String {
    let plain = |text: &&str| {
        !text.is_empty()
            && !text.contains(BETWEEN.trim())
            && text.trim() == *text
            && !text.starts_with(['[', '\''])
    };
    let texts: Option<Vec<&str>> = texts.map(|text| text.filter(plain)).collect();
    texts.map_or_else(|| value.to_string(), |texts| guarded(&texts.join(BETWEEN)))
}

/// The cells of a record.
pub(super) fn cells(columns: &[Column], record: &Map<String, Value>) -> Vec<String> {
    let value = |column: &Column| record.get(&column.name).cloned().unwrap_or_default();
    columns
        .iter()
        .map(|column| column.cell(&value(column)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_comes_back_from_its_cell() {
        let tried = [
            (Shape::Text, json!("Kioto"), "Kioto"),
            (Shape::Text, json!("=1+1"), "'=1+1"),
            (Shape::Text, json!("  con sangría"), "  con sangría"),
            (Shape::Literal, json!(12), "12"),
            (Shape::Literal, json!(false), "false"),
            (Shape::List, json!(["culture", "trade"]), "culture; trade"),
            (Shape::List, json!(["uno; dos"]), "[\"uno; dos\"]"),
            (Shape::List, json!(["+52"]), "'+52"),
            (
                Shape::Ids,
                json!([{"system": "siga", "value": "R:1"}]),
                "siga:R:1",
            ),
            (Shape::Json, json!({"a": [1]}), "{\"a\":[1]}"),
            (Shape::Json, json!([{"a": null}]), "[{\"a\":null}]"),
            (Shape::Text, Value::Null, ""),
        ];
        for (shape, value, cell) in tried {
            let column = Column {
                name: String::new(),
                shape,
            };
            assert_eq!(column.cell(&value), cell);
            assert_eq!(column.value(cell), value, "{cell}");
        }
    }
}
