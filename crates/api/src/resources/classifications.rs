//! The transparency class of a document over time.

use crate::context::Ctx;
use crate::operation::Operation;
use crate::route::Route;
use crate::{examples, params};
use actix_web::HttpResponse;
use actix_web::http::Method;
use vinculo_auth::{Action, Kind};
use vinculo_domain::Result;
use vinculo_domain::classifications::{ClassificationFields, ClassificationView};
use vinculo_persistence::Reply;
use vinculo_persistence::stores::classifications;

const TAG: &str = "documents";
const PATH: &str = "/v1/agreements/{id}/documents/{document_id}/classifications";
/// Fields that the system writes.
const READ_ONLY: &[&str] = &["number", "acting_tenant", "classified_at"];

pub fn operations() -> Vec<Route> {
    vec![
        Operation::new("list_classifications", Method::GET, PATH, (Kind::Agreement, Action::Read))
            .says(TAG, "List classifications", "Every decision on the transparency class of a document (LGTAIP), newest first; number 0 is what was said when it came.")
            .query::<params::PageParams>()
            .lists::<ClassificationView>(examples::classification())
            .handled_by(list),
        Operation::new("create_classification", Method::POST, PATH, (Kind::Agreement, Action::Classify))
            .says(TAG, "Classify a document", "A new decision on a document that your government put in: public, reserved (información reservada, with ground and end, at most five years) or confidential. What is reserved opens by itself after its last day.")
            .takes::<ClassificationFields>()
            .writes()
            .answers::<ClassificationView>(201, examples::classification())
            .handled_by(create),
    ]
}

async fn list(ctx: Ctx) -> Result<HttpResponse> {
    let (id, document, page) = (ctx.id("id")?, ctx.id("document_id")?, ctx.page()?);
    let found = ctx
        .read(move |tx| classifications::list(tx, id, document, &page))
        .await?;
    ctx.list(found)
}

async fn create(mut ctx: Ctx) -> Result<HttpResponse> {
    let (id, document) = (ctx.id("id")?, ctx.id("document_id")?);
    let fields: ClassificationFields = ctx.body(READ_ONLY).await?;
    ctx.write(move |tx, render| {
        let made = classifications::create(tx, id, document, &fields)?;
        Ok(Reply {
            etag: None,
            location: Some(format!("{}/{}", render.path, made.number)),
            ..render.record(201, &made, 1)?
        })
    })
    .await
}
