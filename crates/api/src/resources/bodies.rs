//! The bodies of governments.

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
use vinculo_domain::bodies::{Body, BodyFields};
use vinculo_domain::{Result, TenantId};
use vinculo_persistence::stores::bodies;

const TAG: &str = "bodies";
const PATH: &str = "/v1/bodies";
const ONE: &str = "/v1/bodies/{id}";
const READ_ONLY: &[&str] = &[
    "id",
    "tenant_id",
    "requires_legal_review",
    "version",
    "created_at",
    "updated_at",
];

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// Of one of these governments.
    #[param(value_type = Option<Vec<String>>)]
    government: Option<Several<TenantId>>,
}

pub fn operations() -> Vec<Route> {
    let kind = Kind::Body;
    vec![
        Operation::new("list_bodies", Method::GET, PATH, (kind, Action::Read))
            .says(TAG, "List bodies", "The bodies (dependencias, organismos) of all governments, oldest first.")
            .query::<crate::params::ListParams>()
            .query::<Filter>()
            .lists::<Body>(examples::body())
            .handled_by(list),
        Operation::new("create_body", Method::POST, PATH, (kind, Action::Create))
            .says(TAG, "Write down a body", "A body of your government, and of others with it where it is intermunicipal. Kinds that LCT article 1 does not name are accepted and marked `requires_legal_review`.")
            .takes::<BodyFields>()
            .writes()
            .answers::<Body>(201, examples::body())
            .handled_by(create),
        Operation::new("get_body", Method::GET, ONE, (kind, Action::Read))
            .says(TAG, "Read a body", "One body of a government.")
            .answers::<Body>(200, examples::body())
            .handled_by(get),
        Operation::new("update_body", Method::PATCH, ONE, (kind, Action::Update))
            .says(TAG, "Change a body", "A merge patch, by the government that wrote it down; a body ends by its `ends_on`, and names its successor.")
            .takes_patch::<BodyFields>(READ_ONLY)
            .guarded()
            .writes()
            .answers::<Body>(200, examples::body())
            .handled_by(update),
    ]
}

async fn list(ctx: Ctx) -> Result<HttpResponse> {
    let asked: Filter = ctx.params()?;
    let (governments, page) = (several(asked.government), ctx.page()?);
    let found = ctx
        .read(move |tx| bodies::list(tx, &governments, &page))
        .await?;
    ctx.list(found)
}

async fn get(ctx: Ctx) -> Result<HttpResponse> {
    let id = ctx.id("id")?;
    let found = ctx.read(move |tx| bodies::get(tx, id)).await?;
    ctx.record(&found, found.version)
}

async fn create(mut ctx: Ctx) -> Result<HttpResponse> {
    let fields: BodyFields = ctx.body(READ_ONLY).await?;
    ctx.write(move |tx, render| {
        let made = bodies::create(tx, &fields)?;
        Ok(render.created(&made, made.id, made.version)?)
    })
    .await
}

async fn update(mut ctx: Ctx) -> Result<HttpResponse> {
    let (id, version) = (ctx.id("id")?, ctx.if_match()?);
    let patch = ctx.patch::<BodyFields>(READ_ONLY).await?;
    ctx.write(move |tx, render| {
        let change = |current: &Body| {
            body::patched(
                &to_json(current)?,
                to_json(&current.fields)?,
                &patch,
                READ_ONLY,
            )
        };
        let changed = bodies::update(tx, id, version, change)?;
        Ok(render.record(200, &changed, changed.version)?)
    })
    .await
}
