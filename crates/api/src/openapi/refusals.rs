//! The refusals that an operation may answer with.

use super::paths::{header, path_parameters};
use crate::operation::{Content as Answer, Input, Operation};
use crate::problem::{self, ProblemBody};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use utoipa::openapi::{ContentBuilder, Ref, Response, ResponseBuilder};
use vinculo_domain::Refusal;
use vinculo_domain::problems::Problem;

/// The refusals of an operation by status, computed from what it takes so that none is forgotten.
pub fn refusals(operation: &Operation) -> BTreeMap<u16, Vec<Problem>> {
    let mut problems = vec![
        Problem::InvalidParameter,
        Problem::UriTooLong,
        Problem::HeadTooLarge,
        Problem::TooBusy,
        Problem::Internal,
    ];
    // Changes, and also reads and refusals, which must be recorded in the audit log first.
    if !(operation.method.is_safe() && operation.public) {
        problems.push(Problem::StorageFull);
    }
    if operation.tag != "health" {
        problems.push(Problem::TooManyRequests);
    }
    if !operation.method.is_safe() {
        problems.push(Problem::OutcomeUnknown);
    }
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
            Problem::RequestTimeout,
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
    if operation.id == "create_document" {
        problems.extend([Problem::DocumentRefused, Problem::QuotaExceeded]);
    }
    if matches!(operation.content, Answer::Pdf) {
        problems.extend([Problem::RangeNotSatisfiable, Problem::FileDamaged]);
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
            Problem::InvalidHeader,
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
    if vinculo_domain::records::find(operation.tag).is_some() && operation.repeatable {
        problems.extend([
            Problem::WrongStage,
            Problem::LockedInStage,
            Problem::Incomplete,
            Problem::InUse,
            Problem::PreconditionFailed,
        ]);
    }
    let asks = ["get_text_comparison", "get_score"].contains(&operation.id);
    if operation.tag == "statistics" || asks {
        problems.push(Problem::ValidationFailed);
    }
    if operation.permission.0 == vinculo_auth::Kind::Inscription && operation.repeatable {
        problems.push(Problem::WrongStage);
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

pub(super) fn refusal(problems: &[Problem]) -> Response {
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
    let mut builder = ResponseBuilder::new()
        .description(codes.join(", "))
        .content("application/problem+json", content);
    if matches!(first.status(), 429 | 503 | 507) {
        builder = builder.header("Retry-After", header("Seconds to wait."));
    }
    if first.status() == 429 {
        builder = builder
            .header("RateLimit", header(LIMIT))
            .header("RateLimit-Policy", header(POLICY));
    }
    if first.status() == 416 {
        builder = builder.header("Content-Range", header(RANGE));
    }
    builder.build()
}

/// The description of `RateLimit`.
pub(super) const LIMIT: &str = "For each bucket concerned, the requests left and the seconds until it is full, or until the next request: `\"person\";r=598;t=1`.";
/// The description of `RateLimit-Policy`.
pub(super) const POLICY: &str =
    "For each bucket concerned, its requests and its seconds: `\"person\";q=600;w=60`.";
/// The description of `Content-Range`.
pub(super) const RANGE: &str = "Which bytes, of how many: `bytes 0-1023/48213`; where there are no such bytes, of how many alone: `bytes */48213`.";
