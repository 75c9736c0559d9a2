//! Hand-overs of governments: the file for the incoming administration, as data, as a page and as a
//! PDF to print, and the board of those that are due.

mod contents;

use crate::attachment::attachment;
use crate::context::Ctx;
use crate::operation::Operation;
use crate::params::{ListParams, Several, several};
use crate::printing::{html, pdf};
use crate::resources::imports::place;
use crate::route::Route;
use actix_web::http::{Method, header};
use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::IntoParams;
use vinculo_auth::seal::sha256;
use vinculo_auth::{Action, Kind};
use vinculo_domain::hand_overs::{HandOver, HandOverLine};
use vinculo_domain::{Refusal, Result, TenantId};
use vinculo_persistence::Reply;
use vinculo_persistence::stores::hand_overs;

const TAG: &str = "hand-overs";
/// The page has styles of its own, and nothing in it runs.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// The municipalities of these states.
    #[param(value_type = Option<Vec<String>>, example = json!(["14"]))]
    state: Option<Several<TenantId>>,
}

pub fn operations() -> Vec<Route> {
    let own = (Kind::HandOver, Action::Read);
    vec![
        Operation::new("list_hand_overs", Method::GET, "/v1/hand-overs", (Kind::Compliance, Action::Read))
            .says(TAG, "Read the board of hand-overs", "When each municipality changes hands (entrega-recepción), by name: for SRE all, for a state its own, for a municipality its own line.")
            .query::<ListParams>()
            .query::<Filter>()
            .lists::<HandOverLine>(line())
            .handled_by(board),
        Operation::new("get_hand_over", Method::GET, "/v1/governments/{id}/hand-over", own)
            .says(TAG, "Read one's hand-over", "What an incoming administration receives of the action abroad (entrega-recepción): agreements, people with access, and records that something is left to do with. For the government itself alone.")
            .answers::<HandOver>(200, example())
            .handled_by(get),
        Operation::new("get_hand_over_page", Method::GET, "/v1/governments/{id}/hand-over.html", own)
            .says(TAG, "Print one's hand-over", "The same as a page to print and sign, in the caller's language.")
            .answers_html()
            .handled_by(page),
        Operation::new("get_hand_over_pdf", Method::GET, "/v1/governments/{id}/hand-over.pdf", own)
            .says(TAG, "Save one's hand-over as a file", "The same as a PDF to print and sign, with page numbers, in the caller's language. Letters of other scripts than the Latin one appear as □.")
            .answers_print()
            .handled_by(file),
    ]
}

fn line() -> Value {
    json!({"government_id": "14039", "name": "Guadalajara", "state_id": "14", "ends_on": "2027-09-30", "days_left": 304})
}

fn example() -> Value {
    json!({
        "government_id": "14039", "government_name": "Guadalajara", "made_at": "2026-11-20T18:00:00Z",
        "term": {"ends_on": "2027-09-30", "days_left": 314, "head": null}, "agreements": [],
        "people": [{"id": "01938a5c-7c00-7a00-8000-000000000001", "name": "Oficial de Guadalajara", "roles": ["officer"]}],
        "sections": [{"kind": "commitments", "records": []}],
    })
}

async fn board(ctx: Ctx) -> Result<HttpResponse> {
    let asked: Filter = ctx.params()?;
    let (states, page) = (several(asked.state), ctx.page()?);
    ctx.scope().require()?;
    let found = ctx
        .read(move |tx| hand_overs::board(tx, &states, &page))
        .await?;
    ctx.list(found)
}

async fn read(ctx: &Ctx) -> Result<HandOver> {
    let government = TenantId::new(ctx.part("id"));
    ctx.read(move |tx| hand_overs::get(tx, &government)).await
}

fn written(found: &HandOver) -> Result<String> {
    serde_json::to_string(found).map_err(|error| Refusal::internal(error.to_string()))
}

/// A tag of what a hand-over says in one form, whenever it is put together.
fn tag(found: &mut HandOver, form: &str) -> Result<String> {
    let made_at = std::mem::take(&mut found.made_at);
    let body = written(found)?;
    found.made_at = made_at;
    let digest = sha256(format!("{form} {body}").as_bytes());
    Ok(format!("\"{digest}\""))
}

async fn get(ctx: Ctx) -> Result<HttpResponse> {
    let mut found = read(&ctx).await?;
    let etag = tag(&mut found, "json")?;
    Ok(ctx.unless_unchanged(Reply {
        status: 200,
        etag: Some(etag),
        location: None,
        body: written(&found)?,
        replayed: false,
    }))
}

async fn page(ctx: Ctx) -> Result<HttpResponse> {
    // Whole hand-overs are made one or two at a time, so that memory is bounded.
    let _place = place(&ctx).await?;
    let (mut found, spanish) = (read(&ctx).await?, ctx.spanish);
    let etag = tag(&mut found, if spanish { "html es" } else { "html en" })?;
    if ctx.has_already(&etag) {
        return Ok(ctx.not_modified(&etag));
    }
    let made = web::block(move || html(&contents::document(&found, spanish))).await;
    let made = made.map_err(|error| Refusal::internal(error.to_string()))?;
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::ETAG, etag))
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .body(made))
}

async fn file(ctx: Ctx) -> Result<HttpResponse> {
    let _place = place(&ctx).await?;
    let (mut found, spanish) = (read(&ctx).await?, ctx.spanish);
    let etag = tag(&mut found, if spanish { "pdf es" } else { "pdf en" })?;
    if ctx.has_already(&etag) {
        return Ok(ctx.not_modified(&etag));
    }
    let name = format!("{}.pdf", contents::file_name(&found, spanish));
    // Hundreds of pages take a while, in which this thread serves others.
    let made = web::block(move || pdf(&contents::document(&found, spanish))).await;
    let made = made.map_err(|error| Refusal::internal(error.to_string()))??;
    Ok(HttpResponse::Ok()
        .content_type("application/pdf")
        .insert_header((header::ETAG, etag))
        .insert_header((header::CONTENT_DISPOSITION, attachment(&name)))
        .body(made))
}
