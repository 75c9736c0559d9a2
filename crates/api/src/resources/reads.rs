//! Reads of the caller's records by others.

use crate::context::Ctx;
use crate::examples;
use crate::operation::Operation;
use crate::route::Route;
use actix_web::HttpResponse;
use actix_web::http::Method;
use vinculo_auth::{Action, Kind};
use vinculo_domain::Result;
use vinculo_domain::history::RecordRead;
use vinculo_persistence::stores::reads;

pub fn operations() -> Vec<Route> {
    vec![
        Operation::new("list_reads", Method::GET, "/v1/reads", (Kind::Agreement, Action::Trace))
            .says("reads", "List reads by others", "Each time another government read a record of yours that is not public, newest first: which government, which operation, which record.")
            .query::<crate::params::ListParams>()
            .lists::<RecordRead>(examples::read())
            .handled_by(list),
    ]
}

async fn list(ctx: Ctx) -> Result<HttpResponse> {
    let page = ctx.page()?;
    ctx.scope().require()?;
    let found = ctx.read(move |tx| reads::list(tx, &page)).await?;
    ctx.list(found)
}
