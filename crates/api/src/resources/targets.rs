//! Targets in business days, by government and stage.

use super::to_json;
use crate::context::Ctx;
use crate::operation::Operation;
use crate::route::Route;
use crate::{body, examples};
use actix_web::HttpResponse;
use actix_web::http::Method;
use serde::Deserialize;
use utoipa::IntoParams;
use vinculo_auth::{Action, Kind};
use vinculo_domain::targets::{Target, TargetFields};
use vinculo_domain::{Result, TenantId};
use vinculo_persistence::stores::targets;

const TAG: &str = "targets";
const PATH: &str = "/v1/targets";
const ONE: &str = "/v1/targets/{id}";
const READ_ONLY: &[&str] = &["id", "government_id", "version", "created_at", "updated_at"];

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct GovernmentFilter {
    /// Of this government; of your own where none is named.
    government: Option<TenantId>,
}

pub fn operations() -> Vec<Route> {
    let kind = Kind::Target;
    vec![
        Operation::new("list_targets", Method::GET, PATH, (kind, Action::Read))
            .says(TAG, "List targets", "How many business days a government sets itself for each stage (metas de atención): your own, or what the government named promises as a reviewer. The law sets no time limit.")
            .query::<crate::params::ListParams>()
            .query::<GovernmentFilter>()
            .lists::<Target>(examples::target())
            .handled_by(list),
        Operation::new("create_target", Method::POST, PATH, (kind, Action::Create))
            .says(TAG, "Set a target", "For a stage in which your government holds cases: SRE for intake, legal review and registration, a state for its review, every owner for its own stages. Turns that begin from now on get their due date by it.")
            .takes::<TargetFields>()
            .writes()
            .answers::<Target>(201, examples::target())
            .handled_by(create),
        Operation::new("get_target", Method::GET, ONE, (kind, Action::Read))
            .says(TAG, "Read a target", "One target: your own, or a reviewer's.")
            .answers::<Target>(200, examples::target())
            .handled_by(get),
        Operation::new("update_target", Method::PATCH, ONE, (kind, Action::Update))
            .says(TAG, "Change a target", "A merge patch of `business_days`; `null` sets none. What is running keeps its due date.")
            .takes_patch::<TargetFields>(READ_ONLY)
            .guarded()
            .writes()
            .answers::<Target>(200, examples::target())
            .handled_by(update),
    ]
}

async fn list(ctx: Ctx) -> Result<HttpResponse> {
    let asked: GovernmentFilter = ctx.params()?;
    let page = ctx.page()?;
    let found = ctx
        .read(move |tx| targets::list(tx, asked.government.as_ref(), &page))
        .await?;
    ctx.list(found)
}

async fn get(ctx: Ctx) -> Result<HttpResponse> {
    let id = ctx.id("id")?;
    let found = ctx.read(move |tx| targets::get(tx, id)).await?;
    ctx.record(&found, found.version)
}

async fn create(mut ctx: Ctx) -> Result<HttpResponse> {
    let fields: TargetFields = ctx.body(READ_ONLY).await?;
    ctx.write(move |tx, render| {
        let made = targets::create(tx, &fields)?;
        Ok(render.created(&made, made.id, made.version)?)
    })
    .await
}

async fn update(mut ctx: Ctx) -> Result<HttpResponse> {
    let (id, version) = (ctx.id("id")?, ctx.if_match()?);
    let patch = ctx.patch::<TargetFields>(READ_ONLY).await?;
    ctx.write(move |tx, render| {
        let change = |current: &Target| {
            let fields = to_json(&current.fields)?;
            body::patched(&to_json(current)?, fields, &patch, READ_ONLY)
        };
        let changed = targets::update(tx, id, version, change)?;
        Ok(render.record(200, &changed, changed.version)?)
    })
    .await
}
