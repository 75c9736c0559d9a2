//! Describes one operation in the document.

mod parameters;

use self::parameters::{path_parameter, request_headers};
use super::{SECURITY, refusals};
use crate::examples;
use crate::operation::{Content as Answer, Input, Operation, SchemaUse};
use actix_web::http::Method;
use serde_json::{Value, json};
use utoipa::openapi::extensions::ExtensionsBuilder;
use utoipa::openapi::header::{Header, HeaderBuilder};
use utoipa::openapi::path::OperationBuilder;
use utoipa::openapi::request_body::{RequestBody, RequestBodyBuilder};
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type};
use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Required, Response, ResponseBuilder};

/// What an operation takes.
pub(super) fn request(operation: &Operation) -> OperationBuilder {
    let (kind, action) = operation.permission;
    let kind: &str = kind.into();
    let mut builder = OperationBuilder::new()
        .operation_id(Some(operation.id))
        .tag(operation.tag)
        .summary(Some(operation.summary))
        .description(Some(operation.description))
        .extensions(Some(
            ExtensionsBuilder::new()
                .add("x-permission", json!(format!("{kind}.{}", action.name())))
                .build(),
        ));
    builder = if operation.public {
        builder.securities(Some(Vec::<SecurityRequirement>::new()))
    } else {
        builder.security(SecurityRequirement::new(SECURITY, Vec::<String>::new()))
    };
    for name in path_parameters(operation.path) {
        builder = builder.parameter(path_parameter(operation.path, name));
    }
    for parameter in &operation.query {
        builder = builder.parameter(parameter.clone());
    }
    for parameter in request_headers(operation) {
        builder = builder.parameter(parameter);
    }
    if let Some(input) = &operation.input {
        builder = builder.request_body(Some(request_body(input, operation.body_optional)));
    }
    builder
}

/// What an operation takes and answers.
pub(super) fn describe(operation: &Operation) -> utoipa::openapi::path::Operation {
    let mut builder = request(operation);
    builder = builder.response(operation.status.to_string(), success(operation));
    if creates(operation) {
        builder = builder.response("200", rehearsed(operation));
    }
    if matches!(operation.content, Answer::Pdf) {
        builder = builder.response(
            "206",
            pdf(ResponseBuilder::new()
                .description("One range of the bytes.")
                .header("Content-Range", header(refusals::RANGE)))
            .build(),
        );
    }
    if conditional(operation) {
        builder = builder.response(
            "304",
            ResponseBuilder::new()
                .description("The caller has it already.")
                .header("ETag", header("As it was.")),
        );
    }
    for (status, problems) in refusals::refusals(operation) {
        builder = builder.response(status.to_string(), refusals::refusal(&problems));
    }
    builder.build()
}

pub(super) fn path_parameters(path: &'static str) -> impl Iterator<Item = &'static str> {
    path.split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

fn reference(name: &str) -> RefOr<Schema> {
    RefOr::Ref(Ref::from_schema_name(name))
}

fn request_body(input: &Input, optional: bool) -> RequestBody {
    let body = |name: &str, example: Value| {
        ContentBuilder::new()
            .schema(Some(reference(name)))
            .example(Some(example))
            .build()
    };
    let (kind, content) = match input {
        Input::Json(used) => ("application/json", body(&used.name, request_example(used))),
        Input::Form(used) => (
            "multipart/form-data",
            body(&used.name, examples::form(&used.name)),
        ),
        Input::Patch(used) => {
            let patch = format!("{}Patch", used.name);
            (
                "application/merge-patch+json",
                body(&patch, patch_example(used)),
            )
        }
    };
    RequestBodyBuilder::new()
        .content(kind, content)
        .required(Some(if optional {
            Required::False
        } else {
            Required::True
        }))
        .build()
}

/// The schema's own example.
fn request_example(used: &SchemaUse) -> Value {
    let schema = (used.schemas)()
        .first()
        .and_then(|(_, schema)| serde_json::to_value(schema).ok())
        .unwrap_or_default();
    schema.get("example").cloned().unwrap_or_default()
}

/// One field of the schema's own example serves as the patch.
fn patch_example(used: &SchemaUse) -> Value {
    let example = request_example(used);
    let field = ["title", "name", "ends_on", "business_days"]
        .into_iter()
        .find_map(|name| Some((name, example.get(name)?)));
    field.map_or(Value::Null, |(name, value)| json!({ name: value }))
}

/// Answers that are not a record with a version, or that contain many (an import).
const UNVERSIONED: [&str; 5] = [
    "create_import",
    "get_jwks",
    "get_liveness",
    "get_readiness",
    "get_workload",
];

/// Whether an answer has a tag and honours `If-None-Match`.
fn conditional(operation: &Operation) -> bool {
    operation.method == Method::GET
        && operation.id.starts_with("get_")
        && !UNVERSIONED.contains(&operation.id)
}

pub(super) fn header(said: &str) -> Header {
    HeaderBuilder::new()
        .description(Some(said))
        .schema(Some(text()))
        .build()
}

fn bytes() -> ObjectBuilder {
    text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)))
}

/// The bytes of a document: a PDF, or a scan as an image.
fn pdf(builder: ResponseBuilder) -> ResponseBuilder {
    let types = [
        ("application/pdf", "%PDF-1.7 ..."),
        ("image/jpeg", "\u{ff}\u{d8}\u{ff} ..."),
        ("image/png", "\u{89}PNG ..."),
    ];
    types.into_iter().fold(builder, |builder, (name, example)| {
        let content = ContentBuilder::new()
            .schema(Some(bytes()))
            .example(Some(json!(example)));
        builder.content(name, content.build())
    })
}

fn content(operation: &Operation, builder: ResponseBuilder) -> ResponseBuilder {
    match &operation.content {
        Answer::Json(used, example) => builder.content(
            "application/json",
            ContentBuilder::new()
                .schema(Some(reference(&used.name)))
                .example(Some(example.clone()))
                .build(),
        ),
        Answer::Lines(used, example, sheet) => {
            let lines = |example: Value| {
                let lines = ContentBuilder::new().schema(Some(text()));
                lines.example(Some(example)).build()
            };
            let line = example.pointer("/items/0").map(Value::to_string);
            let json = ContentBuilder::new().schema(Some(reference(&used.name)));
            builder
                .content(
                    "application/json",
                    json.example(Some(example.clone())).build(),
                )
                .content("text/csv", lines(sheet.clone()))
                .content(
                    "application/x-ndjson",
                    lines(json!(line.unwrap_or_default())),
                )
        }
        Answer::Pdf => pdf(builder),
        Answer::Csv(example) => builder.content(
            "text/csv",
            ContentBuilder::new()
                .schema(Some(text()))
                .example(Some(example.clone()))
                .build(),
        ),
        Answer::Print => builder.content(
            "application/pdf",
            ContentBuilder::new()
                .schema(Some(bytes()))
                .example(Some(json!("%PDF-1.7 ...")))
                .build(),
        ),
        Answer::Html => builder.content(
            "text/html",
            ContentBuilder::new()
                .schema(Some(text()))
                .example(Some(json!("<!doctype html><html lang=\"es\">...</html>")))
                .build(),
        ),
        Answer::None => builder,
    }
}

fn creates(operation: &Operation) -> bool {
    operation.status == 201 && operation.repeatable
}

/// A dry run creates nothing, so it does not answer 201.
fn rehearsed(operation: &Operation) -> Response {
    let said = "With `dry_run`: the record as it would have been made.";
    content(operation, ResponseBuilder::new().description(said))
        .header("X-Request-Id", header("The request's id."))
        .build()
}

fn success(operation: &Operation) -> Response {
    let said = if operation.method == Method::DELETE {
        "Done."
    } else {
        operation.summary
    };
    let mut builder = content(operation, ResponseBuilder::new().description(said));
    let creates = creates(operation);
    if creates {
        builder = builder.header("Location", header("Where the new record stands."));
    }
    let versioned = conditional(operation) || operation.method == Method::HEAD;
    // A part of a case has no version of its own.
    let part = operation.path.contains("{id}/");
    let made = creates && !part && !UNVERSIONED.contains(&operation.id);
    // A record that the caller can no longer see has no tag either.
    let changed = operation.if_match && operation.status != 204;
    if versioned || made || changed {
        builder = builder.header("ETag", header("The version as the caller sees it."));
    }
    if matches!(
        operation.content,
        Answer::Pdf | Answer::Print | Answer::Csv(_)
    ) {
        let said = "The name of the file, in plain letters and as it is (RFC 6266).";
        builder = builder.header("Content-Disposition", header(said));
    }
    if operation.query.iter().any(|asked| asked.name == "cursor") {
        builder = builder.header("Link", header("The next page, `rel=\"next\"` (RFC 8288)."));
    }
    if operation.tag != "health" {
        builder = builder
            .header("RateLimit", header(refusals::LIMIT))
            .header("RateLimit-Policy", header(refusals::POLICY));
    }
    builder
        .header("X-Request-Id", header("The request's id."))
        .build()
}
