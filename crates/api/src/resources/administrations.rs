//! Administrations: the periods of governments.

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
use vinculo_domain::administrations::{Administration, AdministrationFields};
use vinculo_domain::{Result, TenantId};
use vinculo_persistence::stores::administrations;

const TAG: &str = "administrations";
const PATH: &str = "/v1/administrations";
const ONE: &str = "/v1/administrations/{id}";
const READ_ONLY: &[&str] = &["id", "version", "created_at", "updated_at"];

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// Of one of these governments.
    #[param(value_type = Option<Vec<String>>)]
    government: Option<Several<TenantId>>,
}

pub fn operations() -> Vec<Route> {
    let kind = Kind::Administration;
    vec![
        Operation::new("list_administrations", Method::GET, PATH, (kind, Action::Read))
            .says(TAG, "List administrations", "The administrations (administraciones) that are on file, of all governments or of one: who headed each, and until when its term runs.")
            .query::<crate::params::ListParams>()
            .query::<Filter>()
            .lists::<Administration>(examples::administration())
            .handled_by(list),
        Operation::new("create_administration", Method::POST, PATH, (kind, Action::Create))
            .says(TAG, "Write down an administration", "An administration of your government; the ministry's administrator writes those of any. Whoever takes over before a term ends, for a time or to its end, heads an administration of their own in the same term: it begins on the day of taking over and ends on the same day as the first. Administrations of different terms share no day.")
            .takes::<AdministrationFields>()
            .writes()
            .answers::<Administration>(201, examples::administration())
            .handled_by(create),
        Operation::new("get_administration", Method::GET, ONE, (kind, Action::Read))
            .says(TAG, "Read an administration", "One administration of a government with its head.")
            .answers::<Administration>(200, examples::administration())
            .handled_by(get),
        Operation::new("update_administration", Method::PATCH, ONE, (kind, Action::Update))
            .says(TAG, "Change an administration", "A merge patch. Another name corrects the head's; whoever takes over before the term ends heads an administration of their own, with the same end.")
            .takes_patch::<AdministrationFields>(READ_ONLY)
            .guarded()
            .writes()
            .answers::<Administration>(200, examples::administration())
            .handled_by(update),
    ]
}

async fn list(ctx: Ctx) -> Result<HttpResponse> {
    let asked: Filter = ctx.params()?;
    let (governments, page) = (several(asked.government), ctx.page()?);
    let found = ctx
        .read(move |tx| administrations::list(tx, &governments, &page))
        .await?;
    ctx.list(found)
}

async fn get(ctx: Ctx) -> Result<HttpResponse> {
    let id = ctx.id("id")?;
    let found = ctx.read(move |tx| administrations::get(tx, id)).await?;
    ctx.record(&found, found.version)
}

async fn create(mut ctx: Ctx) -> Result<HttpResponse> {
    let fields: AdministrationFields = ctx.body(READ_ONLY).await?;
    ctx.write(move |tx, render| {
        let made = administrations::create(tx, &fields)?;
        Ok(render.created(&made, made.id, made.version)?)
    })
    .await
}

async fn update(mut ctx: Ctx) -> Result<HttpResponse> {
    let (id, version) = (ctx.id("id")?, ctx.if_match()?);
    let patch = ctx.patch::<AdministrationFields>(READ_ONLY).await?;
    ctx.write(move |tx, render| {
        let change = |current: &Administration| {
            body::patched(
                &to_json(current)?,
                to_json(&current.fields)?,
                &patch,
                READ_ONLY,
            )
        };
        let changed = administrations::update(tx, id, version, change)?;
        Ok(render.record(200, &changed, changed.version)?)
    })
    .await
}
