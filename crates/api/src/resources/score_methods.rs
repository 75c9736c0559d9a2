//! The versions of the method of the institutionalisation score.

use crate::context::Ctx;
use crate::operation::Operation;
use crate::params::ListParams;
use crate::route::Route;
use actix_web::HttpResponse;
use actix_web::http::Method;
use serde_json::{Value, json};
use vinculo_auth::{Action, Kind};
use vinculo_domain::Result;
use vinculo_domain::scores::{ScoreMethod, ScoreMethodFields};
use vinculo_persistence::stores::score_methods;

const TAG: &str = "scores";
const PATH: &str = "/v1/score-methods";
const READ_ONLY: &[&str] = &["id", "version", "created_at"];
/// A version is never changed.
const ONLY_VERSION: i32 = 1;

pub fn operations() -> Vec<Route> {
    let kind = Kind::ScoreMethod;
    vec![
        Operation::new("list_score_methods", Method::GET, PATH, (kind, Action::Read))
            .says(TAG, "List methods of the score", "Every version of the method of the institutionalisation score, with the weight (peso) of each dimension and the day from which it holds. None is ever changed.")
            .query::<ListParams>()
            .lists::<ScoreMethod>(example())
            .handled_by(list),
        Operation::new("create_score_method", Method::POST, PATH, (kind, Action::Create))
            .says(TAG, "Add a method of the score", "A new version of the weights, by SRE: together they are 100. It holds from the day named, today or later; earlier versions stay and can be asked for.")
            .takes::<ScoreMethodFields>()
            .writes()
            .answers::<ScoreMethod>(201, example())
            .handled_by(create),
        Operation::new("get_score_method", Method::GET, "/v1/score-methods/{id}", (kind, Action::Read))
            .says(TAG, "Read a method of the score", "One version of the method.")
            .answers::<ScoreMethod>(200, example())
            .handled_by(get),
    ]
}

pub(super) fn example() -> Value {
    let weights = json!({
        "legal_basis": 20, "budget": 15, "position": 10, "participation": 15, "compliance": 15, "activity": 10, "continuity": 10,
        "transparency": 5,
    });
    json!({"id": "01938a5c-7c00-7a00-8000-000000000001", "version": 1, "holds_from": "2026-01-01", "weights": weights, "created_at": null})
}

async fn list(ctx: Ctx) -> Result<HttpResponse> {
    let page = ctx.page()?;
    let found = ctx.read(move |tx| score_methods::list(tx, &page)).await?;
    ctx.list(found)
}

async fn get(ctx: Ctx) -> Result<HttpResponse> {
    let id = ctx.id("id")?;
    let found = ctx.read(move |tx| score_methods::get(tx, id)).await?;
    ctx.record(&found, ONLY_VERSION)
}

async fn create(mut ctx: Ctx) -> Result<HttpResponse> {
    let fields: ScoreMethodFields = ctx.body(READ_ONLY).await?;
    ctx.write(move |tx, render| {
        let made = score_methods::create(tx, &fields)?;
        Ok(render.created(&made, made.id, ONLY_VERSION)?)
    })
    .await
}
