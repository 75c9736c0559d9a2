//! Calendars of working days.

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
use vinculo_domain::calendars::{CalendarFields, CalendarView};
use vinculo_domain::{Result, TenantId};
use vinculo_persistence::stores::calendars;

const TAG: &str = "calendars";
const PATH: &str = "/v1/calendars";
const ONE: &str = "/v1/calendars/{id}";
const READ_ONLY: &[&str] = &["id", "government_id", "version", "created_at", "updated_at"];

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct GovernmentFilter {
    /// Of one of these governments.
    #[param(value_type = Option<Vec<String>>)]
    government: Option<Several<TenantId>>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct VersionFilter {
    /// As it was in this version.
    #[param(minimum = 1)]
    version: Option<i32>,
}

pub fn operations() -> Vec<Route> {
    let kind = Kind::Calendar;
    vec![
        Operation::new("list_calendars", Method::GET, PATH, (kind, Action::Read))
            .says(TAG, "List calendars", "The calendars of working days (días hábiles) that governments keep, oldest first. For a government that keeps none, Monday to Friday are worked but for the rest days of the Federal Labour Law (LFT article 74).")
            .query::<crate::params::ListParams>()
            .query::<GovernmentFilter>()
            .lists::<CalendarView>(examples::calendar())
            .handled_by(list),
        Operation::new("create_calendar", Method::POST, PATH, (kind, Action::Create))
            .says(TAG, "Write down your calendar", "One for each government: its working week, its holidays, and whether the rest days of the law hold besides. Turns that begin from now on are counted by it.")
            .takes::<CalendarFields>()
            .writes()
            .answers::<CalendarView>(201, examples::calendar())
            .handled_by(create),
        Operation::new("get_calendar", Method::GET, ONE, (kind, Action::Read))
            .says(TAG, "Read a calendar", "One calendar, in its present version or in the earlier one by which a due date was counted.")
            .query::<VersionFilter>()
            .answers::<CalendarView>(200, examples::calendar())
            .handled_by(get),
        Operation::new("update_calendar", Method::PATCH, ONE, (kind, Action::Update))
            .says(TAG, "Change your calendar", "A merge patch makes a new version; the earlier ones stay. What is running keeps the due date that it was given.")
            .takes_patch::<CalendarFields>(READ_ONLY)
            .guarded()
            .writes()
            .answers::<CalendarView>(200, examples::calendar())
            .handled_by(update),
    ]
}

async fn list(ctx: Ctx) -> Result<HttpResponse> {
    let asked: GovernmentFilter = ctx.params()?;
    let (governments, page) = (several(asked.government), ctx.page()?);
    let found = ctx
        .read(move |tx| calendars::list(tx, &governments, &page))
        .await?;
    ctx.list(found)
}

async fn get(ctx: Ctx) -> Result<HttpResponse> {
    let (id, asked): (_, VersionFilter) = (ctx.id("id")?, ctx.params()?);
    if asked.version.is_some_and(|version| version < 1) {
        return Err(crate::params::wrong("version"));
    }
    let found = ctx
        .read(move |tx| calendars::get(tx, id, asked.version))
        .await?;
    ctx.record(&found, found.version)
}

async fn create(mut ctx: Ctx) -> Result<HttpResponse> {
    let fields: CalendarFields = ctx.body(READ_ONLY).await?;
    ctx.write(move |tx, render| {
        let made = calendars::create(tx, &fields)?;
        Ok(render.created(&made, made.id, made.version)?)
    })
    .await
}

async fn update(mut ctx: Ctx) -> Result<HttpResponse> {
    let (id, version) = (ctx.id("id")?, ctx.if_match()?);
    let patch = ctx.patch::<CalendarFields>(READ_ONLY).await?;
    ctx.write(move |tx, render| {
        let change = |current: &CalendarView| {
            let fields = to_json(&current.fields)?;
            body::patched(&to_json(current)?, fields, &patch, READ_ONLY)
        };
        let changed = calendars::update(tx, id, version, change)?;
        Ok(render.record(200, &changed, changed.version)?)
    })
    .await
}
