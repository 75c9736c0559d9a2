//! Builds the OpenAPI 3.1 document from the list of operations.

mod labelled;
mod layout;
mod patches;
mod paths;
mod refusals;
mod schemas;
mod sharing;
mod walk;
mod wire;

pub use refusals::refusals;

use crate::keys;
use crate::operation::{Content as Answer, Input, Operation, SchemaUse};
use crate::operations;
use crate::problem::ProblemBody;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use utoipa::openapi::path::{HttpMethod, PathItem, Paths};
use utoipa::openapi::schema::{Components, Schema};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::server::Server;
use utoipa::openapi::tag::{Tag, TagBuilder};
use utoipa::openapi::{Info, InfoBuilder, License, OpenApiBuilder, RefOr};
use utoipa::{PartialSchema, ToSchema};
use vinculo_domain::records;

const SECURITY: &str = "bearer";
/// The groups of operations.
const TAGS: [(&str, &str); 28] = [
    (
        "sessions",
        "Signing in and out, fresh tokens, their keys, oneself.",
    ),
    (
        "agreements",
        "Cases of inter-institutional agreements, from first draft to the registry.",
    ),
    (
        "parties",
        "What the other Mexican parties of a case confirm, join and leave.",
    ),
    ("documents", "Files of a case."),
    (
        "texts",
        "Versions of the texts, their clauses, and what is remarked on them.",
    ),
    (
        "imports",
        "Files of past agreements, brought in as a whole and undone as a whole.",
    ),
    (
        "counterparts",
        "Those abroad with whom agreements are made.",
    ),
    ("registry", "The public registry of what was inscribed."),
    (
        "statistics",
        "Figures of the registry, and of the cases in one's sight, at the end of any day.",
    ),
    ("governments", "The governments of the country, by key."),
    (
        "bodies",
        "The bodies of governments that sign, such as dependencies.",
    ),
    (
        "administrations",
        "The periods of governments, and who heads them.",
    ),
    (
        "relations",
        "With whom governments work, and at which level.",
    ),
    (
        "compliance",
        "How municipalities stand to the law's procedure.",
    ),
    (
        "workspace",
        "What waits for one's government, and its tools.",
    ),
    (
        "mechanisms",
        "By which municipal cases pass through their state.",
    ),
    (
        "designated-offices",
        "The state offices that the mechanisms designate.",
    ),
    ("calendars", "The working days of each government."),
    (
        "targets",
        "The business days that governments set themselves.",
    ),
    ("notices", "What wants attention in one's own government."),
    (
        "hand-overs",
        "What an incoming administration receives, and when governments change hands.",
    ),
    (
        "scores",
        "How far governments have made their action abroad a matter of their institutions.",
    ),
    (
        "overlaps",
        "Agreements of one government that duplicate one another, and what was decided on them.",
    ),
    (
        "partners",
        "Which governments fit to what one seeks and offers, and why.",
    ),
    (
        "directory",
        "The international-affairs offices, for anyone.",
    ),
    ("reads", "Who else read one's records."),
    ("catalogs", "Closed lists of keys, with their labels."),
    ("health", "Whether the service is well."),
];

/// The text of the document, as committed and served; built once, on first use.
pub fn text() -> &'static str {
    static TEXT: LazyLock<String> = LazyLock::new(|| layout::text(&shared()));
    &TEXT
}

/// The document, with repeated parts moved to its components.
pub fn shared() -> Value {
    let mut document = document();
    sharing::share(&mut document);
    document
}

/// The document with every part in its original place.
pub fn document() -> Value {
    describing(paths::describe)
}

/// The same document without the answers, which are most of it.
pub fn requests() -> Value {
    describing(|operation| paths::request(operation).build())
}

fn describing(describe: fn(&Operation) -> utoipa::openapi::path::Operation) -> Value {
    let mut schemas: BTreeMap<String, RefOr<Schema>> = BTreeMap::new();
    let mut listed = vec![(ProblemBody::name().into_owned(), ProblemBody::schema())];
    ProblemBody::schemas(&mut listed);
    schemas.extend(listed);
    schemas.extend(keys::schemas());
    let mut paths = Paths::new();
    let mut patched = BTreeMap::new();
    for operation in operations::all() {
        for used in schema_uses(&operation) {
            schemas.extend((used.schemas)());
        }
        if let Some(Input::Patch(used)) = &operation.input {
            patched.insert(used.name.clone(), operation.read_only);
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
    let made = OpenApiBuilder::new()
        .info(info())
        .servers(Some([Server::new("/")]))
        .tags(Some(tags()))
        .paths(paths)
        .components(Some(components))
        .build();
    let mut document = serde_json::to_value(made).unwrap_or_else(|_never| json!({}));
    schemas::tidy(&mut document, &patched);
    wire::bound(&mut document);
    labelled::point(&mut document);
    document
}

fn tags() -> Vec<Tag> {
    let kinds = records::kinds().iter();
    let kinds = kinds.map(|kind| (kind.spec.many, kind.spec.says));
    TAGS.into_iter()
        .chain(kinds)
        .map(|(name, said)| TagBuilder::new().name(name).description(Some(said)).build())
        .collect()
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
        "PUT" => HttpMethod::Put,
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
        Answer::Json(used, _) | Answer::Lines(used, ..) => Some(used),
        _ => None,
    };
    input.into_iter().chain(answer).collect()
}
