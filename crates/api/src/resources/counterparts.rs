//! Counterparts abroad.

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
use vinculo_domain::Result;
use vinculo_domain::counterparts::{Counterpart, CounterpartFields, CounterpartKind};
use vinculo_persistence::stores::counterparts::{self, CounterpartFilter};

const TAG: &str = "counterparts";
const PATH: &str = "/v1/counterparts";
const ONE: &str = "/v1/counterparts/{id}";
const READ_ONLY: &[&str] = &["id", "tenant_id", "version", "created_at", "updated_at"];

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// Of one of these kinds.
    #[param(value_type = Option<Vec<CounterpartKind>>)]
    kind: Option<Several<CounterpartKind>>,
    /// Of one of these countries, ISO 3166-1 alpha-2.
    #[param(value_type = Option<Vec<String>>)]
    country: Option<Several<String>>,
    /// Known to another system under this id: `system:value`.
    #[param(pattern = "^[^:]+:.", example = "siga-jalisco:C-17")]
    external_id: Option<String>,
    /// Beginnings of words of the name, without regard to accents and capitals.
    #[param(min_length = 1, max_length = 200)]
    q: Option<String>,
}

pub fn operations() -> Vec<Route> {
    let kind = Kind::Counterpart;
    vec![
        Operation::new("list_counterparts", Method::GET, PATH, (kind, Action::Read))
            .says(TAG, "List counterparts", "The counterparts (contrapartes) that your government wrote down, and those that others share with it, by name.")
            .query::<crate::params::ListParams>()
            .query::<Filter>()
            .lists::<Counterpart>(examples::counterpart())
            .handled_by(list),
        Operation::new("create_counterpart", Method::POST, PATH, (kind, Action::Create))
            .says(TAG, "Write down a counterpart", "A foreign government body or an international organisation (LCT articles 1 and 2-VIII) leads to the registry; a private or a Mexican one is kept on record only.")
            .takes::<CounterpartFields>()
            .writes()
            .answers::<Counterpart>(201, examples::counterpart())
            .handled_by(create),
        Operation::new("get_counterpart", Method::GET, ONE, (kind, Action::Read))
            .says(TAG, "Read a counterpart", "A counterpart in your government's sight.")
            .answers::<Counterpart>(200, examples::counterpart())
            .handled_by(get),
        Operation::new("update_counterpart", Method::PATCH, ONE, (kind, Action::Update))
            .says(TAG, "Change a counterpart", "A merge patch onto a counterpart of your own government. What was already submitted keeps the name it was submitted with; every case that names it shows the new one and gets a new version.")
            .takes_patch::<CounterpartFields>(READ_ONLY)
            .guarded()
            .writes()
            .answers::<Counterpart>(200, examples::counterpart())
            .handled_by(update),
        Operation::new("delete_counterpart", Method::DELETE, ONE, (kind, Action::Delete))
            .says(TAG, "Remove a counterpart", "Removes a counterpart of your own government that no agreement names.")
            .guarded()
            .writes()
            .answers_nothing()
            .handled_by(delete),
    ]
}

/// Splits `system:value` into its two parts.
pub(in crate::resources) fn external_id(text: Option<String>) -> Result<Option<(String, String)>> {
    let Some(text) = text else { return Ok(None) };
    match text.split_once(':') {
        Some((system, value)) if !system.is_empty() && !value.is_empty() => {
            Ok(Some((system.to_owned(), value.to_owned())))
        }
        _ => Err(crate::params::wrong("external_id")),
    }
}

async fn list(ctx: Ctx) -> Result<HttpResponse> {
    let asked: Filter = ctx.params()?;
    let page = ctx.page()?;
    ctx.scope().require()?;
    let filter = CounterpartFilter {
        kind: several(asked.kind),
        country: several(asked.country),
        external_id: external_id(asked.external_id)?,
        q: asked.q,
    };
    let found = ctx
        .read(move |tx| counterparts::list(tx, &filter, &page))
        .await?;
    ctx.list(found)
}

async fn get(ctx: Ctx) -> Result<HttpResponse> {
    let id = ctx.id("id")?;
    let found = ctx.read(move |tx| counterparts::get(tx, id)).await?;
    ctx.record(&found, found.version)
}

async fn create(mut ctx: Ctx) -> Result<HttpResponse> {
    let fields: CounterpartFields = ctx.body(READ_ONLY).await?;
    ctx.write(move |tx, render| {
        let made = counterparts::create(tx, &fields)?;
        Ok(render.created(&made, made.id, made.version)?)
    })
    .await
}

async fn update(mut ctx: Ctx) -> Result<HttpResponse> {
    let (id, version) = (ctx.id("id")?, ctx.if_match()?);
    let patch = ctx.patch::<CounterpartFields>(READ_ONLY).await?;
    ctx.write(move |tx, render| {
        let change = |current: &Counterpart| {
            body::patched(
                &to_json(current)?,
                to_json(&current.fields)?,
                &patch,
                READ_ONLY,
            )
        };
        let changed = counterparts::update(tx, id, version, change)?;
        Ok(render.record(200, &changed, changed.version)?)
    })
    .await
}

async fn delete(ctx: Ctx) -> Result<HttpResponse> {
    let (id, version) = (ctx.id("id")?, ctx.if_match()?);
    ctx.write(move |tx, render| {
        counterparts::delete(tx, id, version)?;
        Ok(render.nothing())
    })
    .await
}
