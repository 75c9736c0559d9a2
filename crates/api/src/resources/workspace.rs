//! The workspace of a government.

use super::links::{link, tools};
use crate::context::Ctx;
use crate::examples;
use crate::operation::Operation;
use crate::route::Route;
use actix_web::HttpResponse;
use actix_web::http::Method;
use vinculo_auth::{Action, Kind};
use vinculo_domain::Result;
use vinculo_domain::workspace::Workspace;
use vinculo_persistence::stores::workspace;

pub fn operations() -> Vec<Route> {
    vec![
        Operation::new("get_workspace", Method::GET, "/v1/workspace", (Kind::Agreement, Action::Read))
            .says("workspace", "Open one's workspace", "What a signed-in person finds at its government, a municipal one first of all: the cases that wait for it with what is due and missing in each, the cases in sight by stage, the designated office of its state and the mechanism in force, and the tools of the platform that its roles hold. At most 20 cases; the full lists are linked.")
            .answers::<Workspace>(200, examples::workspace())
            .handled_by(get),
    ]
}

async fn get(ctx: Ctx) -> Result<HttpResponse> {
    ctx.scope().require()?;
    let spanish = ctx.spanish;
    let mut found = ctx.read(move |tx| workspace::get(tx, spanish)).await?;
    for case in &mut found.waiting {
        let id = case.summary.id.to_string();
        case.guide = link(&ctx, &case.guide.operation, &id).unwrap_or_default();
    }
    for count in &mut found.stages {
        let stage: &'static str = count.stage.into();
        count.list = link(&ctx, &count.list.operation, "").unwrap_or_default();
        count.list.path = format!("{}?stage={stage}", count.list.path);
    }
    found.notices = link(&ctx, "list_notices", "");
    found.tools = tools(&ctx);
    ctx.gathered(&found)
}
