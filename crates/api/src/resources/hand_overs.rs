//! Hand-overs of governments: the file for the incoming administration, as data and as a page to
//! print, and the board of those that are due.

mod page;

use crate::context::Ctx;
use crate::operation::Operation;
use crate::params::{ListParams, Several, several};
use crate::route::Route;
use actix_web::HttpResponse;
use actix_web::http::{Method, header};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::IntoParams;
use vinculo_auth::{Action, Kind};
use vinculo_domain::hand_overs::{HandOver, HandOverLine};
use vinculo_domain::{Result, TenantId};
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

async fn get(ctx: Ctx) -> Result<HttpResponse> {
    let found = read(&ctx).await?;
    ctx.gathered(&found)
}

async fn page(ctx: Ctx) -> Result<HttpResponse> {
    let found = read(&ctx).await?;
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .body(page::html(&found, ctx.spanish)))
}
