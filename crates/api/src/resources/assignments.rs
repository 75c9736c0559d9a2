//! Assignments: who works on a case in the caller's government.

use crate::context::Ctx;
use crate::operation::Operation;
use crate::route::Route;
use crate::{examples, params};
use actix_web::HttpResponse;
use actix_web::http::Method;
use vinculo_auth::{Action, Kind};
use vinculo_domain::Result;
use vinculo_domain::assignments::{Assignment, AssignmentFields};
use vinculo_persistence::stores::agreements;

const TAG: &str = "agreements";
const PATH: &str = "/v1/agreements/{id}/assignments";

pub fn operations() -> Vec<Route> {
    let kind = Kind::Agreement;
    vec![
        Operation::new("list_agreement_assignments", Method::GET, PATH, (kind, Action::Read))
            .says(TAG, "List who had the case", "To whom your government gave the case, newest first. No other government learns it.")
            .query::<params::PageParams>()
            .lists::<Assignment>(examples::assignment())
            .handled_by(list),
        Operation::new("create_agreement_assignment", Method::POST, PATH, (kind, Action::Assign))
            .says(TAG, "Give the case to a person", "Each government with a part in the case says for itself who works on it: a person of its own whose role acts there, or `null`.")
            .takes::<AssignmentFields>()
            .writes()
            .answers::<Assignment>(201, examples::assignment())
            .handled_by(assign),
    ]
}

async fn list(ctx: Ctx) -> Result<HttpResponse> {
    let (id, page) = (ctx.id("id")?, ctx.page()?);
    let found = ctx
        .read(move |tx| agreements::list_assignments(tx, id, &page))
        .await?;
    ctx.list(found)
}

async fn assign(mut ctx: Ctx) -> Result<HttpResponse> {
    let id = ctx.id("id")?;
    let fields: AssignmentFields = ctx.body(&[]).await?;
    ctx.write(move |tx, render| {
        let made = agreements::assign(tx, id, &fields)?;
        Ok(render.added(&made, made.id)?)
    })
    .await
}
