//! The schemas of a kind: what is sent, what is answered, and an example of each.

use crate::operation::SchemaUse;
use serde_json::{Map, Value, json};
use utoipa::openapi::schema::{Object, OneOfBuilder, SchemaType, Type};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};
use uuid::Uuid;
use vinculo_domain::TenantId;
use vinculo_domain::page::List;
use vinculo_domain::records::{Content, Envelope, Fields, Kind, Record, RecordKind, Shown, find};

type Schemas = Vec<(String, RefOr<Schema>)>;

fn object(schema: RefOr<Schema>) -> Object {
    match schema {
        RefOr::T(Schema::Object(object)) => object,
        _ => ObjectBuilder::new().build(),
    }
}

/// The object that has the fields of all of these.
fn merged(parts: impl IntoIterator<Item = Object>) -> Object {
    let mut whole = ObjectBuilder::new().schema_type(Type::Object).build();
    for part in parts {
        whole.properties.extend(part.properties);
        whole.required.extend(part.required);
    }
    whole
}

/// What own fields and common ones refer to.
fn parts_of<K: RecordKind>() -> Schemas {
    let mut schemas = Vec::new();
    K::schemas(&mut schemas);
    Fields::schemas(&mut schemas);
    Envelope::schemas(&mut schemas);
    schemas
}

/// What is sent.
pub(super) fn input<K: RecordKind>() -> SchemaUse {
    SchemaUse {
        name: format!("{}Fields", K::name()),
        schemas: || {
            let own = object(K::schema());
            let says = own.description.clone();
            let mut whole = merged([object(Fields::schema()), own]);
            whole.description = says;
            whole.additional_properties = Some(Box::new(
                utoipa::openapi::schema::AdditionalProperties::FreeForm(false),
            ));
            whole.example = find(K::SPEC.many).map(|kind| Value::Object(sent::<K>(kind)));
            let mut schemas = vec![(format!("{}Fields", K::name()), Schema::Object(whole).into())];
            schemas.extend(parts_of::<K>());
            schemas
        },
    }
}

/// What is answered.
pub(super) fn answer<K: RecordKind>() -> SchemaUse {
    SchemaUse {
        name: K::name().into_owned(),
        schemas: answered::<K>,
    }
}

/// A page of a list.
pub(super) fn list<K: RecordKind>() -> SchemaUse {
    SchemaUse {
        name: format!("{}List", K::name()),
        schemas: || {
            let mut schemas = vec![(format!("{}List", K::name()), List::<K>::schema())];
            schemas.extend(answered::<K>());
            schemas
        },
    }
}

fn answered<K: RecordKind>() -> Schemas {
    let own = object(K::schema());
    let says = own.description.clone();
    let parts = [object(Envelope::schema()), object(Fields::schema()), own];
    let mut whole = merged(parts);
    whole.description = says;
    // What identifies people, and ids to which a reader has no access, are null for others.
    for name in K::SPEC.personal.iter().chain(K::SPEC.links) {
        if let Some(schema) = whole.properties.get_mut(*name) {
            *schema = nullable(schema.clone());
        }
    }
    let mut schemas = vec![(K::name().into_owned(), Schema::Object(whole).into())];
    schemas.extend(parts_of::<K>());
    schemas
}

fn nullable(schema: RefOr<Schema>) -> RefOr<Schema> {
    let with_null = |kind: SchemaType| match kind {
        SchemaType::Type(one) => SchemaType::Array(vec![one, Type::Null]),
        several => several,
    };
    match schema {
        RefOr::T(Schema::Object(mut object)) => {
            object.schema_type = with_null(object.schema_type);
            Schema::Object(object).into()
        }
        RefOr::T(Schema::Array(mut array)) => {
            array.schema_type = with_null(array.schema_type);
            Schema::Array(array).into()
        }
        RefOr::Ref(referred) => OneOfBuilder::new()
            .item(ObjectBuilder::new().schema_type(Type::Null))
            .item(referred)
            .into(),
        other => other,
    }
}

/// A body as an owner sends it.
fn sent<K: RecordKind>(kind: &Kind) -> Map<String, Value> {
    let own = object(K::schema()).example.unwrap_or_default();
    let mut body = own.as_object().cloned().unwrap_or_default();
    body.insert("title".into(), json!(title(kind)));
    body
}

/// What an example is called.
fn title(kind: &Kind) -> String {
    format!("Ejemplo: {}", kind.spec.many)
}

/// A record as its owner reads it.
pub(super) fn example<K: RecordKind>(kind: &'static Kind) -> Value {
    let Ok(content) = Content::read(kind, sent::<K>(kind)) else {
        return Value::Null;
    };
    let at = chrono::DateTime::from_timestamp(1_795_197_600, 0).unwrap_or_default();
    let record = Record {
        id: Uuid::from_u128(0x0193_8a5c_7c00_7a00_8000_0000_0000_0001),
        kind,
        tenant_id: TenantId::new("14039"),
        status: kind.spec.first_status(),
        version: 1,
        body: content.body().unwrap_or_default(),
        created_at: at,
        updated_at: at,
        confirmed_at: at,
        updated_by: None,
    };
    let shown = Shown {
        own: true,
        now: at,
        ..Shown::default()
    };
    Value::Object(record.show(&shown))
}

/// A line of a history.
pub(super) fn history_example() -> Value {
    json!({
        "version": 2, "at": "2026-11-20T18:00:00Z", "status": "active", "action": null, "acting_tenant": "14039", "person_id": null, "erased_at": null,
        "changes": [{"field": "title", "old": "Comité", "new": "Comité de Ciudades Hermanas"}],
    })
}

/// A record of any kind: what every one has, and what its kind has of its own.
#[derive(serde::Serialize)]
pub(super) struct AnyRecord;

impl PartialSchema for AnyRecord {
    fn schema() -> RefOr<Schema> {
        let mut whole = merged([object(Envelope::schema()), object(Fields::schema())]);
        whole.description =
            Some("What every record has; `kind` says which fields come on top.".to_owned());
        whole.additional_properties = Some(Box::new(
            utoipa::openapi::schema::AdditionalProperties::FreeForm(true),
        ));
        Schema::Object(whole).into()
    }
}

impl ToSchema for AnyRecord {
    fn name() -> std::borrow::Cow<'static, str> {
        "AnyRecord".into()
    }

    fn schemas(schemas: &mut Schemas) {
        Fields::schemas(schemas);
        Envelope::schemas(schemas);
    }
}

/// A record of an agreement, for the document.
pub(super) fn any_example() -> Value {
    find("commitments").map_or(Value::Null, example::<vinculo_domain::records::Commitment>)
}
