//! The OpenAPI 3.1 document, made from the list of operations.

use crate::operation::{Content as Answer, Input, Operation, SchemaUse};
use crate::operations;
use crate::problem::{self, ProblemBody};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use utoipa::openapi::extensions::ExtensionsBuilder;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{
    HttpMethod, OperationBuilder, ParameterBuilder, ParameterIn, PathItem, Paths,
};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{Components, ObjectBuilder, Schema, Type};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    ContentBuilder, Info, InfoBuilder, License, OpenApi, OpenApiBuilder, Ref, RefOr, Required,
    ResponseBuilder,
};
use utoipa::{PartialSchema, ToSchema};
use vinculo_domain::Refusal;
use vinculo_domain::problems::Problem;

const SECURITY: &str = "bearer";

/// The document as it is committed and served: indented, one spelling, a newline at the end.
pub fn text() -> String {
    let mut text = document().to_pretty_json().unwrap_or_default();
    text.push('\n');
    text
}

/// The document.
pub fn document() -> OpenApi {
    let mut schemas: BTreeMap<String, RefOr<Schema>> = BTreeMap::new();
    let mut listed = vec![(ProblemBody::name().into_owned(), ProblemBody::schema())];
    ProblemBody::schemas(&mut listed);
    schemas.extend(listed);
    let mut paths = Paths::new();
    for operation in operations::all() {
        for used in schema_uses(&operation) {
            schemas.extend(used.schemas.iter().cloned());
        }
        let item = PathItem::new(method(&operation), describe(&operation));
        match paths.paths.get_mut(operation.path) {
            Some(known) => known.merge_operations(item),
            None => {
                paths.paths.insert(operation.path.to_owned(), item);
            }
        }
    }
    let mut components = Components::new();
    components.schemas = schemas.into_iter().collect();
    components.add_security_scheme(SECURITY, SecurityScheme::Http(bearer()));
    OpenApiBuilder::new()
        .info(info())
        .paths(paths)
        .components(Some(components))
        .build()
}

fn info() -> Info {
    let mut licence = License::new("MIT OR Apache-2.0");
    licence.identifier = Some("MIT OR Apache-2.0".into());
    InfoBuilder::new()
        .title("Vínculo")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "The platform on which Mexico's governments run their action abroad: inter-institutional agreements from first draft to the national registry. \
             Texts for people come in Spanish, and in English by `Accept-Language`. Clients must tolerate new fields and new values of enumerations.",
        ))
        .license(Some(licence))
        .build()
}

fn bearer() -> Http {
    let mut http = Http::new(HttpAuthScheme::Bearer);
    http.bearer_format = Some("JWT".into());
    http.description = Some("The access token of `create_session`, signed with EdDSA.".into());
    http
}

fn method(operation: &Operation) -> HttpMethod {
    match operation.method.as_str() {
        "POST" => HttpMethod::Post,
        "PATCH" => HttpMethod::Patch,
        "DELETE" => HttpMethod::Delete,
        "HEAD" => HttpMethod::Head,
        _ => HttpMethod::Get,
    }
}

fn schema_uses(operation: &Operation) -> Vec<&SchemaUse> {
    let input = match &operation.input {
        Some(Input::Json(used) | Input::Patch(used) | Input::Form(used)) => Some(used),
        None => None,
    };
    let answer = match &operation.content {
        Answer::Json(used, _) => Some(used),
        _ => None,
    };
    input.into_iter().chain(answer).collect()
}

fn describe(operation: &Operation) -> utoipa::openapi::path::Operation {
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
        let schema = ObjectBuilder::new().schema_type(Type::String).build();
        let said = path_parameter(name);
        builder = builder.parameter(
            ParameterBuilder::new()
                .name(name)
                .parameter_in(ParameterIn::Path)
                .required(Required::True)
                .description(Some(said))
                .schema(Some(schema)),
        );
    }
    for parameter in &operation.query {
        builder = builder.parameter(parameter.clone());
    }
    for (name, required, said) in request_headers(operation) {
        let schema = ObjectBuilder::new().schema_type(Type::String).build();
        let required = if required {
            Required::True
        } else {
            Required::False
        };
        builder = builder.parameter(
            ParameterBuilder::new()
                .name(name)
                .parameter_in(ParameterIn::Header)
                .required(required)
                .description(Some(said))
                .schema(Some(schema)),
        );
    }
    if let Some(input) = &operation.input {
        builder = builder.request_body(Some(request_body(input)));
    }
    builder = builder.response(operation.status.to_string(), success(operation));
    if matches!(operation.content, Answer::Pdf) {
        builder = builder.response(
            "206",
            ResponseBuilder::new()
                .description("One range of the bytes.")
                .content("application/pdf", ContentBuilder::new().build()),
        );
    }
    if operation.method == actix_web::http::Method::GET
        && !matches!(operation.content, Answer::None)
    {
        builder = builder.response(
            "304",
            ResponseBuilder::new().description("The caller has it already."),
        );
    }
    for (status, problems) in refusals(operation) {
        builder = builder.response(status.to_string(), refusal(&problems));
    }
    builder.build()
}

fn path_parameters(path: &'static str) -> impl Iterator<Item = &'static str> {
    path.split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

fn path_parameter(name: &str) -> &'static str {
    match name {
        "number" => "The number in the registry, such as `2026-000001`.",
        "catalog" => "The catalogue's name.",
        "document_id" => "The document's id.",
        _ => "The record's id.",
    }
}

fn request_headers(operation: &Operation) -> Vec<(&'static str, bool, &'static str)> {
    let mut headers = Vec::new();
    if operation.if_match {
        headers.push((
            "If-Match",
            true,
            "The ETag of your last read; only its version is compared.",
        ));
    }
    if operation.repeatable && operation.method == actix_web::http::Method::POST {
        headers.push(("Idempotency-Key", false, "1 to 255 visible ASCII characters; a repeated request gets the first one's answer for 48 hours."));
    }
    headers.push((
        "Accept-Language",
        false,
        "`es` (default) or `en`, for texts for people.",
    ));
    headers
}

fn reference(used: &SchemaUse) -> RefOr<Schema> {
    RefOr::Ref(Ref::from_schema_name(&used.name))
}

fn request_body(input: &Input) -> utoipa::openapi::request_body::RequestBody {
    let (kind, content) = match input {
        Input::Json(used) => (
            "application/json",
            ContentBuilder::new().schema(Some(reference(used))).build(),
        ),
        Input::Form(used) => (
            "multipart/form-data",
            ContentBuilder::new().schema(Some(reference(used))).build(),
        ),
        Input::Patch(used) => {
            let said = format!(
                "A merge patch (RFC 7396) onto `{}`: what is absent stays, null removes.",
                used.name
            );
            let schema = ObjectBuilder::new()
                .schema_type(Type::Object)
                .description(Some(said))
                .build();
            (
                "application/merge-patch+json",
                ContentBuilder::new()
                    .schema(Some(RefOr::T(Schema::Object(schema))))
                    .example(Some(patch_example(used)))
                    .build(),
            )
        }
    };
    RequestBodyBuilder::new()
        .content(kind, content)
        .required(Some(Required::True))
        .build()
}

/// One field of the schema's own example is the patch.
fn patch_example(used: &SchemaUse) -> Value {
    let schema = used
        .schemas
        .first()
        .map(|(_, schema)| serde_json::to_value(schema).unwrap_or_default())
        .unwrap_or_default();
    let example = schema
        .get("example")
        .or_else(|| schema.get("examples").and_then(|examples| examples.get(0)))
        .cloned()
        .unwrap_or_default();
    let field = example.as_object().and_then(|fields| {
        fields
            .iter()
            .find(|(name, _)| matches!(name.as_str(), "name" | "title"))
    });
    field.map_or_else(
        || json!({}),
        |(name, value)| json!({ name.clone(): value.clone() }),
    )
}

fn success(operation: &Operation) -> utoipa::openapi::Response {
    let said = if operation.method == actix_web::http::Method::DELETE {
        "Done."
    } else {
        operation.summary
    };
    let mut builder = ResponseBuilder::new().description(said);
    let header = |said: &str| {
        HeaderBuilder::new()
            .description(Some(said))
            .schema(Some(ObjectBuilder::new().schema_type(Type::String).build()))
            .build()
    };
    builder = match &operation.content {
        Answer::Json(used, example) => builder.content(
            "application/json",
            ContentBuilder::new()
                .schema(Some(reference(used)))
                .example(Some(example.clone()))
                .build(),
        ),
        Answer::Pdf => builder.content(
            "application/pdf",
            ContentBuilder::new()
                .schema(Some(
                    ObjectBuilder::new()
                        .schema_type(Type::String)
                        .content_encoding("binary")
                        .build(),
                ))
                .build(),
        ),
        Answer::None => builder,
    };
    if operation.status == 201 && operation.repeatable {
        builder = builder.header("Location", header("Where the new record stands."));
    }
    if operation.if_match || operation.path.ends_with("{id}") {
        builder = builder.header("ETag", header("To be sent back in `If-Match`."));
    }
    builder
        .header("X-Request-Id", header("The request's id."))
        .build()
}

/// What an operation may refuse with, by status: computed from what it takes, so that none is
/// forgotten.
pub fn refusals(operation: &Operation) -> BTreeMap<u16, Vec<Problem>> {
    let mut problems = vec![
        Problem::InvalidParameter,
        Problem::TooBusy,
        Problem::Internal,
    ];
    if !operation.public {
        problems.extend([Problem::Unauthenticated, Problem::Forbidden]);
    }
    if path_parameters(operation.path).next().is_some() {
        problems.push(Problem::NotFound);
    }
    if operation
        .query
        .iter()
        .any(|parameter| parameter.name == "cursor")
    {
        problems.push(Problem::InvalidCursor);
    }
    if operation.input.is_some() {
        problems.extend([
            Problem::MalformedJson,
            Problem::InvalidBody,
            Problem::UnknownField,
            Problem::PayloadTooLarge,
            Problem::ValidationFailed,
            Problem::ReadOnly,
        ]);
    }
    problems.push(Problem::UnsupportedMediaType);
    if matches!(operation.input, Some(Input::Form(_))) {
        problems.extend([Problem::UploadIncomplete, Problem::NotAPdf]);
    }
    if matches!(operation.content, Answer::Pdf) {
        problems.push(Problem::RangeNotSatisfiable);
    }
    if operation.if_match {
        problems.extend([
            Problem::PreconditionRequired,
            Problem::InvalidHeader,
            Problem::PreconditionFailed,
        ]);
    }
    if operation.repeatable {
        problems.extend([
            Problem::Duplicate,
            Problem::IdempotencyInFlight,
            Problem::IdempotencyMismatch,
        ]);
    }
    if operation.permission.0 == vinculo_auth::Kind::Agreement && operation.repeatable {
        problems.extend([
            Problem::WrongStage,
            Problem::LockedInStage,
            Problem::SeparationOfDuties,
            Problem::Incomplete,
            Problem::CounterpartNotRegistrable,
            Problem::KindNotRegistrable,
        ]);
    }
    if operation.id == "create_session" {
        problems.extend([Problem::InvalidCredentials, Problem::TenantRequired]);
    }
    if operation.id == "refresh_session" {
        problems.push(Problem::Unauthenticated);
    }
    if operation.id == "delete_counterpart" {
        problems.push(Problem::InUse);
    }
    let mut by_status: BTreeMap<u16, Vec<Problem>> = BTreeMap::new();
    for problem in problems {
        let listed = by_status.entry(problem.status()).or_default();
        if !listed.contains(&problem) {
            listed.push(problem);
        }
    }
    by_status
}

fn refusal(problems: &[Problem]) -> utoipa::openapi::Response {
    let codes: Vec<String> = problems
        .iter()
        .map(|problem| format!("`{}`", problem.code()))
        .collect();
    let first = problems.first().copied().unwrap_or(Problem::Internal);
    let body = problem::body(
        &Refusal::new(first),
        "01938a5c-7c00-7a00-8000-00000000000f",
        false,
    );
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name(ProblemBody::name())))
        .example(serde_json::to_value(&body).ok())
        .build();
    ResponseBuilder::new()
        .description(codes.join(", "))
        .content("application/problem+json", content)
        .build()
}
