//! Whether the service is alive, and whether it is ready.

use crate::context::Ctx;
use crate::maintenance;
use crate::operation::Operation;
use crate::route::Route;
use actix_web::HttpResponse;
use actix_web::http::{Method, header};
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use vinculo_auth::{Action, Kind};
use vinculo_domain::problems::Problem;
use vinculo_domain::wording;
use vinculo_domain::{Refusal, Result};

/// How the service does.
#[derive(Serialize, ToSchema)]
struct Health {
    /// `pass`.
    status: &'static str,
}

/// Whether the service may be sent requests.
#[derive(Serialize, ToSchema)]
struct Readiness {
    /// `pass`.
    status: &'static str,
    /// What needs a person: for each alarm of this instance, how many things it stands for. It
    /// serves all the same.
    alarms: BTreeMap<String, usize>,
}

pub fn operations() -> Vec<Route> {
    let permission = (Kind::Catalog, Action::Read);
    vec![
        Operation::new("get_liveness", Method::GET, "/health/live", permission)
        .says(
            "health",
            "Is it alive",
            "Whether the process answers at all.",
        )
        .public()
        .answers::<Health>(200, json!({"status": "pass"}))
        .handled_by(live),
        Operation::new("get_readiness", Method::GET, "/health/ready", permission)
        .says(
            "health",
            "Is it ready",
            "Whether the store takes writes: a row is committed and a file written, at most once a second. 503 where it does not, and from the moment the service is told to end. `alarms` counts what needs a person.",
        )
        .public()
        .answers::<Readiness>(200, json!({"status": "pass", "alarms": {"file_damaged": 1}}))
        .handled_by(ready),
    ]
}

async fn live(_ctx: Ctx) -> Result<HttpResponse> {
    Ok(now(&Health { status: "pass" }))
}

async fn ready(ctx: Ctx) -> Result<HttpResponse> {
    if ctx.app.is_draining() {
        return Err(Refusal::new(Problem::TooBusy).saying(wording::requests::stopping()));
    }
    ctx.app
        .db
        .require_ready(&maintenance::operator_scope())
        .await?;
    ctx.app.db.files().look_for_marks().await?;
    let alarms = ctx.app.db.alarms().all().into_iter();
    Ok(now(&Readiness {
        status: "pass",
        alarms: alarms
            .map(|(alarm, count)| (alarm.to_string(), count))
            .collect(),
    }))
}

/// Not cacheable: a cached answer would hide an outage.
fn now(body: &impl Serialize) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(body)
}
