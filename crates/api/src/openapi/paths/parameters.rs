//! The path parameters and request headers of an operation.

use super::{conditional, text};
use crate::entry::TAG_PATTERN;
use crate::operation::{Content as Answer, Operation};
use actix_web::http::Method;
use strum::VariantArray;
use utoipa::ToSchema;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type};
use utoipa::openapi::{Ref, RefOr, Required};
use vinculo_domain::TenantId;
use vinculo_domain::catalogs::Catalog;

pub(super) fn path_parameter(path: &str, name: &'static str) -> Parameter {
    let uuid = text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)));
    let (said, schema): (_, RefOr<Schema>) = match name {
        "number" => (
            "The number in the registry, such as `2026-000001`.",
            text().examples(["2026-000001"]).into(),
        ),
        "catalog" => (
            "The catalogue's name.",
            text()
                .enum_values(Some(Catalog::VARIANTS.iter().map(|known| known.slug())))
                .into(),
        ),
        "ordinal" => (
            "Which annotation of the inscription, from 1.",
            ObjectBuilder::new()
                .schema_type(Type::Integer)
                .minimum(Some(1))
                .maximum(Some(i32::MAX))
                .into(),
        ),
        "system" => (
            "The other system, as in `external_ids`.",
            text()
                .min_length(Some(1))
                .max_length(Some(60))
                .examples(["siga-jalisco"])
                .into(),
        ),
        "value" => (
            "The id in the other system.",
            text()
                .min_length(Some(1))
                .max_length(Some(120))
                .examples(["R-17"])
                .into(),
        ),
        "document_id" => ("The document's id.", uuid.into()),
        "agreement_id" => ("The id of one agreement.", uuid.into()),
        "other_id" => ("The id of the other agreement.", uuid.into()),
        "text_set_id" => ("The id of the version of the texts.", uuid.into()),
        _ if path.starts_with("/v1/governments/") => (
            "The government's key.",
            Ref::from_schema_name(TenantId::name()).into(),
        ),
        _ => ("The record's id.", uuid.into()),
    };
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .description(Some(said))
        .schema(Some(schema))
        .build()
}

pub(super) fn request_headers(operation: &Operation) -> Vec<Parameter> {
    let parameter = |name: &str, required, said: &str, schema: ObjectBuilder| {
        ParameterBuilder::new()
            .name(name)
            .parameter_in(ParameterIn::Header)
            .required(required)
            .description(Some(said))
            .schema(Some(schema))
            .build()
    };
    let mut headers = Vec::new();
    if operation.if_match {
        headers.push(parameter(
            "If-Match",
            Required::True,
            "The ETag of your last read; only its version is compared.",
            text()
                .pattern(Some(TAG_PATTERN))
                .examples(["\"3.5d1c3f0a9b7e\""]),
        ));
    }
    if operation.method == Method::PUT && !operation.if_match {
        headers.push(parameter(
            "If-Match",
            Required::False,
            "Optional: the ETag of your last read; then only that version is written over.",
            text().pattern(Some(TAG_PATTERN)),
        ));
    }
    if conditional(operation) {
        headers.push(parameter(
            "If-None-Match",
            Required::False,
            "The ETag of your last read; where nothing has changed, 304 is the answer.",
            text(),
        ));
    }
    if matches!(operation.content, Answer::Pdf) {
        headers.push(parameter(
            "Range",
            Required::False,
            "One range of bytes (RFC 9110).",
            text().examples(["bytes=0-1023"]),
        ));
    }
    if operation.repeatable && operation.method == Method::POST {
        headers.push(parameter(
            "Idempotency-Key",
            Required::False,
            "1 to 255 visible ASCII characters; a repeated request gets the first one's answer for 48 hours.",
            text()
                .min_length(Some(1))
                .max_length(Some(255))
                .pattern(Some("^[!-~]+$")),
        ));
    }
    headers.push(parameter(
        "Accept-Language",
        Required::False,
        "`es` (default) or `en`, for texts for people.",
        text().examples(["en"]),
    ));
    headers
}
