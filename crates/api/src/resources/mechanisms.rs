//! Collaboration mechanisms between states and the foreign ministry.

use super::to_json;
use crate::context::Ctx;
use crate::operation::Operation;
use crate::params::{Several, several};
use crate::route::Route;
use crate::{body, examples};
use actix_web::HttpResponse;
use actix_web::http::Method;
use serde::Deserialize;
use utoipa::IntoParams;
use vinculo_auth::{Action, Kind};
use vinculo_domain::mechanisms::{Mechanism, MechanismFields};
use vinculo_domain::{Result, TenantId};
use vinculo_persistence::stores::mechanisms;

const TAG: &str = "mechanisms";
const PATH: &str = "/v1/mechanisms";
const ONE: &str = "/v1/mechanisms/{id}";
pub(super) const READ_ONLY: &[&str] = &["id", "version", "created_at", "updated_at"];

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct StateFilter {
    /// Of one of these states.
    #[param(value_type = Option<Vec<String>>)]
    pub(super) state: Option<Several<TenantId>>,
}

pub fn operations() -> Vec<Route> {
    let kind = Kind::Mechanism;
    vec![
        Operation::new("list_mechanisms", Method::GET, PATH, (kind, Action::Read))
            .says(TAG, "List collaboration mechanisms", "The mechanisms (mecanismos de colaboración) by which municipal cases pass through their state, oldest first.")
            .query::<crate::params::ListParams>()
            .query::<StateFilter>()
            .lists::<Mechanism>(examples::mechanism())
            .handled_by(list),
        Operation::new("create_mechanism", Method::POST, PATH, (kind, Action::Create))
            .says(TAG, "Write down a mechanism", "The foreign ministry alone writes mechanisms. One routes submissions only while it is in force, the state has a designated office, and somebody there can act.")
            .takes::<MechanismFields>()
            .writes()
            .answers::<Mechanism>(201, examples::mechanism())
            .handled_by(create),
        Operation::new("get_mechanism", Method::GET, ONE, (kind, Action::Read))
            .says(TAG, "Read a mechanism", "One collaboration mechanism.")
            .answers::<Mechanism>(200, examples::mechanism())
            .handled_by(get),
        Operation::new("update_mechanism", Method::PATCH, ONE, (kind, Action::Update))
            .says(TAG, "Change a mechanism", "A merge patch; a mechanism ends by its `ends_on`.")
            .takes_patch::<MechanismFields>(READ_ONLY)
            .guarded()
            .writes()
            .answers::<Mechanism>(200, examples::mechanism())
            .handled_by(update),
    ]
}

async fn list(ctx: Ctx) -> Result<HttpResponse> {
    let asked: StateFilter = ctx.params()?;
    let (states, page) = (several(asked.state), ctx.page()?);
    let found = ctx
        .read(move |tx| mechanisms::list(tx, &states, &page))
        .await?;
    ctx.list(found)
}

async fn get(ctx: Ctx) -> Result<HttpResponse> {
    let id = ctx.id("id")?;
    let found = ctx.read(move |tx| mechanisms::get(tx, id)).await?;
    ctx.record(&found, found.version)
}

async fn create(mut ctx: Ctx) -> Result<HttpResponse> {
    let fields: MechanismFields = ctx.body(READ_ONLY).await?;
    ctx.write(move |tx, render| {
        let made = mechanisms::create(tx, &fields)?;
        Ok(render.created(&made, made.id, made.version)?)
    })
    .await
}

async fn update(mut ctx: Ctx) -> Result<HttpResponse> {
    let (id, version) = (ctx.id("id")?, ctx.if_match()?);
    let patch = ctx.patch::<MechanismFields>(READ_ONLY).await?;
    ctx.write(move |tx, render| {
        let change = |current: &Mechanism| {
            body::patched(
                &to_json(current)?,
                to_json(&current.fields)?,
                &patch,
                READ_ONLY,
            )
        };
        let changed = mechanisms::update(tx, id, version, change)?;
        Ok(render.record(200, &changed, changed.version)?)
    })
    .await
}
