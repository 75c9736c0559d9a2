//! A refusal as `application/problem+json` (RFC 9457), in the caller's language.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use serde::Serialize;
use utoipa::ToSchema;
use vinculo_domain::agreements::Seat;
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::ExistingRecord;
use vinculo_domain::{Refusal, Role, Tier};

/// The header that a refusal of the type of a body points at.
pub const CONTENT_TYPE: &str = "Content-Type";

/// What a refusal says.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// Where the problem is explained.
    #[serde(rename = "type")]
    #[schema(example = "/v1/catalogs/problems#not_found")]
    pub type_: String,
    /// The short name.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What to do.
    pub detail: String,
    /// The stable code.
    pub code: Problem,
    /// The fields concerned.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub errors: Vec<ProblemField>,
    /// With 403, the roles that may do this: at the caller's own government, or else at governments
    /// of `tiers`, or in the parts `seats`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub roles: Vec<Role>,
    /// With 403, the orders of government whose people may do this, where the caller's own may not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub tiers: Vec<Tier>,
    /// With 403, the parts in the record, one of which may do this, where the caller's part is what
    /// is wrong. `owner` is the government whose record it is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub seats: Vec<Seat>,
    /// With 409 `duplicate`, the record that is there already; only where the caller may see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub existing: Option<ExistingRecord>,
    /// The request's id, to be named when asking for help.
    pub request_id: String,
}

/// What is wrong with one field.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemField {
    /// JSON Pointer (RFC 6901) into the body, or the name of a parameter or header.
    #[schema(example = "/country")]
    pub pointer: String,
    /// The stable code.
    #[schema(example = "unknown_key")]
    pub code: &'static str,
    /// What to do.
    pub detail: String,
    /// The values or names that are taken here: all of them, or of more than 30 the first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, max_items = 30)]
    pub admitted: Vec<String>,
    /// Where the whole list of what is taken stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "/v1/catalogs/countries")]
    pub admitted_at: Option<String>,
    /// The record that has this value already; only where the caller may see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub existing: Option<ExistingRecord>,
}

/// The body of a refusal.
pub fn body(refusal: &Refusal, request_id: &str, spanish: bool) -> ProblemBody {
    let text = refusal.problem.text();
    let own = refusal.said.as_ref().map(|said| said.pick(spanish));
    let field = |error: &vinculo_domain::FieldError| ProblemField {
        pointer: error.pointer.clone(),
        code: error.code,
        detail: error.said.pick(spanish).to_owned(),
        admitted: error.admitted.values().to_vec(),
        admitted_at: error.admitted.list().map(str::to_owned),
        existing: error.existing.clone(),
    };
    let hint = refusal.hint.as_deref().cloned().unwrap_or_default();
    ProblemBody {
        type_: format!("/v1/catalogs/problems#{}", refusal.problem.code()),
        title: text
            .map(|text| text.title.pick(spanish))
            .unwrap_or_default()
            .to_owned(),
        status: refusal.problem.status(),
        detail: own
            .or_else(|| text.map(|text| text.detail.pick(spanish)))
            .unwrap_or_default()
            .to_owned(),
        code: refusal.problem,
        errors: refusal.errors.iter().map(field).collect(),
        roles: hint.whose.roles,
        tiers: hint.whose.tiers,
        seats: hint.whose.seats,
        existing: hint.existing,
        request_id: request_id.to_owned(),
    }
}

/// The response for a refusal.
pub fn response(refusal: &Refusal, request_id: &str, spanish: bool) -> HttpResponse {
    let status =
        StatusCode::from_u16(refusal.problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut builder = HttpResponse::build(status);
    builder.insert_header((header::CONTENT_TYPE, "application/problem+json"));
    builder.insert_header((
        header::CONTENT_LANGUAGE,
        if spanish { "es-MX" } else { "en" },
    ));
    match refusal.problem {
        Problem::TooBusy | Problem::OutcomeUnknown | Problem::IdempotencyInFlight => {
            builder.insert_header((header::RETRY_AFTER, "2"));
        }
        Problem::StorageFull => {
            builder.insert_header((header::RETRY_AFTER, "60"));
        }
        // A person must repair it, so retrying does not help.
        Problem::FileDamaged => {
            builder.insert_header((header::RETRY_AFTER, "600"));
        }
        Problem::Unauthenticated => {
            builder.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
        // RFC 9110, 15.5.16.
        Problem::UnsupportedMediaType => {
            let mut errors = refusal.errors.iter();
            if let Some(error) = errors.find(|error| error.pointer == CONTENT_TYPE) {
                builder.insert_header((header::ACCEPT, error.admitted.values().join(", ")));
            }
        }
        _ => {}
    }
    // Serializing plain text and numbers cannot fail.
    builder.body(serde_json::to_string(&body(refusal, request_id, spanish)).unwrap_or_default())
}
