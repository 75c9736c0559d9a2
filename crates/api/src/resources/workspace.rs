//! The workspace of a government.

use super::links::{link, tools};
use super::records::exchanges;
use crate::context::Ctx;
use crate::examples;
use crate::operation::Operation;
use crate::route::Route;
use actix_web::HttpResponse;
use actix_web::http::Method;
use serde::Deserialize;
use utoipa::IntoParams;
use vinculo_auth::{Action, Kind};
use vinculo_domain::workspace::Workspace;
use vinculo_domain::{Result, Role};
use vinculo_persistence::stores::workspace;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// Only the cases that wait for this role of your government: `registrar` at the ministry lists
    /// what waits for its inscription. All that wait for your government where nothing is said.
    role: Option<Role>,
}

pub fn operations() -> Vec<Route> {
    vec![
        Operation::new("get_workspace", Method::GET, "/v1/workspace", (Kind::Workspace, Action::Read))
            .says("workspace", "Open one's workspace", "What a signed-in person finds at its government, a municipal one first of all: the cases that wait for it, the urgent and those due first, with who has each, whose turn it is, and what is due and missing in it; the negotiations announced to it; what governments ask of each other, such as referrals and advice, where it is its turn or it waits for the other side; the cases in sight by stage, the designated office of its state and the mechanism in force, and the tools of the platform that its roles hold. At most 20 of each; the full lists are linked.")
            .query::<Asked>()
            .answers::<Workspace>(200, examples::workspace())
            .handled_by(get),
    ]
}

async fn get(ctx: Ctx) -> Result<HttpResponse> {
    let Asked { role } = ctx.params()?;
    ctx.scope().require()?;
    let spanish = ctx.spanish;
    let (cases, kinds) = (
        ctx.scope_for(Kind::Agreement, Action::Read),
        exchanges(&ctx),
    );
    let mut found = ctx
        .read_as(&cases, move |tx| {
            workspace::get(tx, (role, spanish), &kinds)
        })
        .await?;
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
