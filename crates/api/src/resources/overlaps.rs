//! Overlaps of a government's own agreements, and the decisions on them.

use crate::context::Ctx;
use crate::operation::Operation;
use crate::params::PageParams;
use crate::route::Route;
use actix_web::HttpResponse;
use actix_web::http::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::IntoParams;
use uuid::Uuid;
use vinculo_auth::{Action, Kind};
use vinculo_domain::Result;
use vinculo_domain::overlaps::{Overlap, OverlapResolution, OverlapResolutionFields};
use vinculo_persistence::stores::overlaps;

const TAG: &str = "overlaps";
const ONE: &str = "/v1/overlaps/{agreement_id}/{other_id}/resolution";

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// `true`: those that somebody decided on; `false`: the others.
    resolved: Option<bool>,
}

pub fn operations() -> Vec<Route> {
    let kind = Kind::Overlap;
    vec![
        Operation::new("list_overlaps", Method::GET, "/v1/overlaps", (kind, Action::Read))
            .says(TAG, "List overlaps", "Agreements that your government leads and that overlap (duplicidades): the same counterpart, a theme in common, and periods that run at the same time. Those that are under way count from the draft on; what amends, renews, ends or joins another does not overlap with it. A page may hold fewer than `limit` although more follow: go on while there is a `next_cursor`.")
            .query::<PageParams>()
            .query::<Filter>()
            .lists::<Overlap>(example())
            .handled_by(list),
        Operation::new("get_overlap_resolution", Method::GET, ONE, (kind, Action::Read))
            .says(TAG, "Read an overlap with its decision", "Two agreements, in either order: what they share, and what was decided. `outdated` says that they share something else by now. 404 if they do not overlap and nobody ever decided on them.")
            .answers::<Overlap>(200, example())
            .handled_by(get),
        Operation::new("put_overlap_resolution", Method::PUT, ONE, (kind, Action::Update))
            .says(TAG, "Decide on an overlap", "Puts on record what becomes of the two agreements, in either order; each decision is a new version. `If-Match` takes the tag of the overlap: version 0 while nobody has decided. The agreements themselves change by their own operations.")
            .takes::<OverlapResolutionFields>()
            .guarded()
            .writes()
            .answers::<Overlap>(200, example())
            .handled_by(put),
        Operation::new("list_overlap_resolution_history", Method::GET, "/v1/overlaps/{agreement_id}/{other_id}/resolution/history", (kind, Action::Read))
            .says(TAG, "Read the decisions on an overlap", "Every decision on the two agreements, newest first, with what they shared at the time.")
            .query::<PageParams>()
            .lists::<OverlapResolution>(resolution())
            .handled_by(history),
    ]
}

fn shared() -> Value {
    json!({
        "counterparts": [{"id": "0190f5fe-7c00-7a00-8000-000000000001", "name": "Ciudad de Kioto"}],
        "themes": ["culture"], "since": "2024-05-01", "until": null,
    })
}

fn resolution() -> Value {
    json!({
        "decision": "end_one", "reason": "El convenio de 2019 ya cubre los intercambios culturales.",
        "responsible": "Dirección de Relaciones Internacionales", "version": 1,
        "decided_at": "2026-11-20T18:00:00Z", "decided_by": "01938a5c-7c00-7a00-8000-000000000001",
        "shared": shared(),
    })
}

fn example() -> Value {
    let side = |id: &str, title: &str, starts_on: &str| {
        json!({"id": id, "title": title, "stage": "registered",
            "period": {"starts_on": starts_on, "ends_on": null}})
    };
    json!({
        "agreement": side("0190f5fe-7c00-7a00-8000-000000000011", "Hermanamiento con Kioto", "2019-03-14"),
        "other": side("0190f5fe-7c00-7a00-8000-000000000012", "Convenio cultural con Kioto", "2024-05-01"),
        "shared": shared(), "resolution": resolution(), "outdated": false, "version": 1,
    })
}

fn pair(ctx: &Ctx) -> Result<(Uuid, Uuid)> {
    Ok((ctx.id("agreement_id")?, ctx.id("other_id")?))
}

async fn list(ctx: Ctx) -> Result<HttpResponse> {
    let asked: Filter = ctx.params()?;
    let page = ctx.page()?;
    ctx.scope().require()?;
    let found = ctx
        .read(move |tx| overlaps::list(tx, asked.resolved, &page))
        .await?;
    ctx.list(found)
}

async fn get(ctx: Ctx) -> Result<HttpResponse> {
    let pair = pair(&ctx)?;
    let found = ctx.read(move |tx| overlaps::get(tx, pair)).await?;
    ctx.record(&found, found.version)
}

async fn put(mut ctx: Ctx) -> Result<HttpResponse> {
    let (pair, version) = (pair(&ctx)?, ctx.if_match()?);
    let fields: OverlapResolutionFields = ctx.body(&[]).await?;
    ctx.write(move |tx, render| {
        let decided = overlaps::resolve(tx, pair, version, &fields)?;
        Ok(render.record(200, &decided, decided.version)?)
    })
    .await
}

async fn history(ctx: Ctx) -> Result<HttpResponse> {
    let (pair, page) = (pair(&ctx)?, ctx.page()?);
    let found = ctx
        .read(move |tx| overlaps::history(tx, pair, &page))
        .await?;
    ctx.list(found)
}
