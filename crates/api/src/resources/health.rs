//! Whether the service lives, and whether it is ready.

use crate::context::Ctx;
use crate::operation::Operation;
use crate::server::upkeep;
use actix_web::HttpResponse;
use actix_web::http::{Method, header};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use vinculo_auth::{Action, Kind};
use vinculo_domain::Result;

/// How the service does.
#[derive(Serialize, ToSchema)]
struct Health {
    /// `pass`.
    status: &'static str,
}

pub fn operations() -> Vec<Operation> {
    let permission = (Kind::Catalog, Action::Read);
    vec![
        Operation::new(
            "get_liveness",
            Method::GET,
            "/health/live",
            permission,
            live,
        )
        .says(
            "health",
            "Is it alive",
            "Whether the process answers at all.",
        )
        .public()
        .answers::<Health>(200, json!({"status": "pass"})),
        Operation::new(
            "get_readiness",
            Method::GET,
            "/health/ready",
            permission,
            ready,
        )
        .says(
            "health",
            "Is it ready",
            "Whether the store answers; 503 where it does not.",
        )
        .public()
        .answers::<Health>(200, json!({"status": "pass"})),
    ]
}

async fn live(_ctx: Ctx) -> Result<HttpResponse> {
    Ok(pass())
}

async fn ready(ctx: Ctx) -> Result<HttpResponse> {
    ctx.app.db.ping(&upkeep()).await?;
    Ok(pass())
}

/// Never kept by anybody on the way: it would hide an outage.
fn pass() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(Health { status: "pass" })
}
