//! Annotations of the registry.

use crate::context::Ctx;
use crate::examples;
use crate::operation::Operation;
use crate::route::Route;
use actix_web::HttpResponse;
use actix_web::http::Method;
use vinculo_auth::{Action, Kind};
use vinculo_domain::annotations::{Annotation, AnnotationFields};
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::Reply;
use vinculo_persistence::stores::annotations;

const TAG: &str = "registry";
const ALL: &str = "/v1/registry/{number}/annotations";
const ONE: &str = "/v1/registry/{number}/annotations/{ordinal}";
/// Fields that the system writes.
const READ_ONLY: &[&str] = &["number", "ordinal", "annotated_at"];

pub fn operations() -> Vec<Route> {
    let read = (Kind::Inscription, Action::Read);
    vec![
        Operation::new("list_annotations", Method::GET, ALL, read)
            .says(TAG, "List annotations", "What was annotated (anotaciones) since the inscription, in the order of record.")
            .public()
            .query::<crate::params::PageParams>()
            .lists::<Annotation>(examples::annotation())
            .handled_by(list),
        Operation::new("create_annotation", Method::POST, ALL, (Kind::Inscription, Action::Annotate))
            .says(TAG, "Annotate an inscription", "The registrar notes what happened to an agreement after its inscription: a correction, an amendment, a renewal, a termination, a succession, a suspension, a resumption or a cancellation, with its instrument. `If-Match` takes the tag of the inscription; the answer's tag is its next one.")
            .takes::<AnnotationFields>()
            .guarded()
            .writes()
            .answers::<Annotation>(201, examples::annotation())
            .handled_by(create),
        Operation::new("get_annotation", Method::GET, ONE, read)
            .says(TAG, "Read an annotation", "One annotation of an inscription; its public number is that of the inscription with its own, `2026-000001/1`.")
            .public()
            .answers::<Annotation>(200, examples::annotation())
            .handled_by(get),
    ]
}

async fn list(ctx: Ctx) -> Result<HttpResponse> {
    let (number, page) = (ctx.inscription_number()?, ctx.page()?);
    let found = ctx
        .read(move |tx| annotations::list(tx, number.as_str(), &page))
        .await?;
    ctx.list(found)
}

async fn get(ctx: Ctx) -> Result<HttpResponse> {
    let (number, text) = (ctx.inscription_number()?, ctx.part("ordinal"));
    // Each ordinal has only one spelling.
    let ordinal: Option<i32> = text.parse().ok();
    let ordinal = ordinal
        .filter(|ordinal| ordinal.to_string() == text)
        .ok_or_else(|| Refusal::new(Problem::NotFound))?;
    let found = ctx
        .read(move |tx| annotations::get(tx, number.as_str(), ordinal))
        .await?;
    ctx.record(&found, 1)
}

async fn create(mut ctx: Ctx) -> Result<HttpResponse> {
    let (number, version) = (ctx.inscription_number()?, ctx.if_match()?);
    let fields: AnnotationFields = ctx.body(READ_ONLY).await?;
    ctx.write(move |tx, render| {
        let (made, next) = annotations::create(tx, number.as_str(), version, &fields)?;
        Ok(Reply {
            location: Some(format!("{}/{}", render.path, made.ordinal)),
            ..render.record(201, &made, next)?
        })
    })
    .await
}
