//! The offices that states designate.

use super::mechanisms::{READ_ONLY, StateFilter};
use super::to_json;
use crate::context::Ctx;
use crate::operation::Operation;
use crate::params::several;
use crate::route::Route;
use crate::{body, examples};
use actix_web::HttpResponse;
use actix_web::http::Method;
use vinculo_auth::{Action, Kind};
use vinculo_domain::Result;
use vinculo_domain::mechanisms::{Office, OfficeFields};
use vinculo_persistence::stores::offices;

const TAG: &str = "designated-offices";
const PATH: &str = "/v1/designated-offices";
const ONE: &str = "/v1/designated-offices/{id}";

pub fn operations() -> Vec<Route> {
    let kind = Kind::Office;
    vec![
        Operation::new("list_designated_offices", Method::GET, PATH, (kind, Action::Read))
            .says(TAG, "List designated offices", "The offices (oficinas estatales designadas) that are the ministry's link with the municipalities of their state, oldest first.")
            .query::<crate::params::ListParams>()
            .query::<StateFilter>()
            .lists::<Office>(examples::office())
            .handled_by(list),
        Operation::new("create_designated_office", Method::POST, PATH, (kind, Action::Create))
            .says(TAG, "Write down a designated office", "The foreign ministry writes down which office a state has designated, since when, and the post in charge.")
            .takes::<OfficeFields>()
            .writes()
            .answers::<Office>(201, examples::office())
            .handled_by(create),
        Operation::new("get_designated_office", Method::GET, ONE, (kind, Action::Read))
            .says(TAG, "Read a designated office", "One designated office.")
            .answers::<Office>(200, examples::office())
            .handled_by(get),
        Operation::new("update_designated_office", Method::PATCH, ONE, (kind, Action::Update))
            .says(TAG, "Change a designated office", "A merge patch; a designation ends by its `until`.")
            .takes_patch::<OfficeFields>(READ_ONLY)
            .guarded()
            .writes()
            .answers::<Office>(200, examples::office())
            .handled_by(update),
    ]
}

async fn list(ctx: Ctx) -> Result<HttpResponse> {
    let asked: StateFilter = ctx.params()?;
    let (states, page) = (several(asked.state), ctx.page()?);
    let found = ctx
        .read(move |tx| offices::list(tx, &states, &page))
        .await?;
    ctx.list(found)
}

async fn get(ctx: Ctx) -> Result<HttpResponse> {
    let id = ctx.id("id")?;
    let found = ctx.read(move |tx| offices::get(tx, id)).await?;
    ctx.record(&found, found.version)
}

async fn create(mut ctx: Ctx) -> Result<HttpResponse> {
    let fields: OfficeFields = ctx.body(READ_ONLY).await?;
    ctx.write(move |tx, render| {
        let made = offices::create(tx, &fields)?;
        Ok(render.created(&made, made.id, made.version)?)
    })
    .await
}

async fn update(mut ctx: Ctx) -> Result<HttpResponse> {
    let (id, version) = (ctx.id("id")?, ctx.if_match()?);
    let patch = ctx.patch::<OfficeFields>(READ_ONLY).await?;
    ctx.write(move |tx, render| {
        let change = |current: &Office| {
            body::patched(
                &to_json(current)?,
                to_json(&current.fields)?,
                &patch,
                READ_ONLY,
            )
        };
        let changed = offices::update(tx, id, version, change)?;
        Ok(render.record(200, &changed, changed.version)?)
    })
    .await
}
