//! Workload and notices of the caller's government.

use super::records::exchanges;
use crate::context::Ctx;
use crate::operation::Operation;
use crate::route::Route;
use crate::{examples, params};
use actix_web::HttpResponse;
use actix_web::http::Method;
use vinculo_auth::{Action, Kind};
use vinculo_domain::Result;
use vinculo_domain::notices::{Notice, Workload};
use vinculo_persistence::stores::notices;

const TAG: &str = "notices";

pub fn operations() -> Vec<Route> {
    let permission = (Kind::Agreement, Action::Workload);
    vec![
        Operation::new("list_notices", Method::GET, "/v1/notices", (Kind::Notice, Action::Read))
            .says(TAG, "List notices", "The cases in your government's hands that are overdue or due within three business days, its drafts and returned cases that nobody touched for long, and what others did in the last 30 days: who announced to you that it negotiates (LCT article 7), and which of your own cases were returned, observed, opined on, queried, found out of scope or inscribed; and the last move of the other side in each exchange, such as a referral or advice: that it asked, took up, answered, declined, took back or closed. By day, the earliest first.")
            .query::<params::PageParams>()
            .lists::<Notice>(examples::notice())
            .handled_by(list),
        Operation::new("get_workload", Method::GET, "/v1/workload", permission)
            .says(TAG, "Read the workload", "How many open cases your government has in its hands, by stage and person: how many are due soon, overdue and urgent, and how long the oldest has been there.")
            .answers::<Workload>(200, examples::workload())
            .handled_by(workload),
    ]
}

async fn list(ctx: Ctx) -> Result<HttpResponse> {
    let page = ctx.page()?;
    ctx.scope().require()?;
    let stale_after = ctx.app.draft_expiry.stale_after_days;
    let (cases, kinds) = (
        ctx.scope_for(Kind::Agreement, Action::Workload),
        exchanges(&ctx),
    );
    let found = ctx
        .read_as(&cases, move |tx| {
            notices::list(tx, stale_after, &kinds, &page)
        })
        .await?;
    ctx.list(found)
}

async fn workload(ctx: Ctx) -> Result<HttpResponse> {
    ctx.scope().require()?;
    let found = ctx.read(notices::workload).await?;
    Ok(HttpResponse::Ok().json(found))
}
