//! Versions of the texts of a case, and the comparison of two of them.

use crate::context::Ctx;
use crate::operation::Operation;
use crate::route::Route;
use crate::{examples, params};
use actix_web::HttpResponse;
use actix_web::http::Method;
use serde::Deserialize;
use utoipa::IntoParams;
use vinculo_auth::{Action, Kind};
use vinculo_domain::Result;
use vinculo_domain::text_comparison::TextComparison;
use vinculo_domain::texts::{FullTextSet, TextSet, TextSetFields};
use vinculo_persistence::stores::agreements;

const TAG: &str = "texts";
const PATH: &str = "/v1/agreements/{id}/text-sets";
const ONE: &str = "/v1/agreements/{id}/text-sets/{text_set_id}";

/// The two versions; what is not named is chosen as the operation says.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Versions {
    /// The number of the earlier version.
    #[param(minimum = 1)]
    from: Option<i32>,
    /// The number of the later version.
    #[param(minimum = 1)]
    to: Option<i32>,
}

pub fn operations() -> Vec<Route> {
    let read = (Kind::Agreement, Action::Read);
    vec![
        Operation::new("list_text_sets", Method::GET, PATH, read)
            .says(TAG, "List versions of the texts", "Each set is a version of the text (texto negociado): one file for each language, newest first. Their clauses come with each set alone.")
            .query::<params::PageParams>()
            .lists::<TextSet>(examples::text_set())
            .handled_by(list),
        Operation::new("create_text_set", Method::POST, PATH, (Kind::Agreement, Action::Update))
            .says(TAG, "Add a version of the texts", "One authentic text for each language, Spanish among them, each with its clauses where you have them. Other Mexican parties have to confirm the new version. With `signed` it is the text as it was signed, added in the stage `signed` and sent with `send_to_registry`.")
            .takes::<TextSetFields>()
            .writes()
            .answers::<FullTextSet>(201, examples::full_text_set())
            .handled_by(create),
        Operation::new("get_text_set", Method::GET, ONE, read)
            .says(TAG, "Read a version of the texts", "One set with the clauses of its texts.")
            .answers::<FullTextSet>(200, examples::full_text_set())
            .handled_by(get),
        Operation::new("get_text_comparison", Method::GET, "/v1/agreements/{id}/text-comparison", read)
            .says(TAG, "Compare two versions of the texts", "Clause by clause and word by word (cotejo), between versions in your sight. Without `from` it starts from the version that the newest favourable opinion was given on, or the version before where you know of none; without `to` it goes to the newest, which is the signed one once there is one.")
            .query::<Versions>()
            .answers::<TextComparison>(200, examples::text_comparison())
            .handled_by(compare),
    ]
}

async fn list(ctx: Ctx) -> Result<HttpResponse> {
    let (id, page) = (ctx.id("id")?, ctx.page()?);
    let found = ctx
        .read(move |tx| agreements::list_text_sets(tx, id, &page))
        .await?;
    ctx.list(found)
}

async fn create(mut ctx: Ctx) -> Result<HttpResponse> {
    let id = ctx.id("id")?;
    let fields: TextSetFields = ctx.body(&["id", "number", "created_at"]).await?;
    ctx.write(move |tx, render| {
        let made = agreements::create_text_set(tx, id, &fields)?;
        Ok(render.added(&made, made.id)?)
    })
    .await
}

async fn get(ctx: Ctx) -> Result<HttpResponse> {
    let (id, set) = (ctx.id("id")?, ctx.id("text_set_id")?);
    let found = ctx
        .read(move |tx| agreements::get_text_set(tx, id, set))
        .await?;
    ctx.record(&found, 1)
}

async fn compare(ctx: Ctx) -> Result<HttpResponse> {
    let id = ctx.id("id")?;
    let asked: Versions = ctx.params()?;
    let (found, version) = ctx
        .read(move |tx| agreements::get_text_comparison(tx, id, asked.from, asked.to))
        .await?;
    ctx.record(&found, version)
}
