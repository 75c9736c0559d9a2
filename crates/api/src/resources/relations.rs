//! The circle of relations of a government.

use crate::context::Ctx;
use crate::examples;
use crate::operation::Operation;
use crate::params;
use crate::route::Route;
use actix_web::HttpResponse;
use actix_web::http::Method;
use serde::Deserialize;
use utoipa::IntoParams;
use vinculo_auth::{Action, Kind};
use vinculo_domain::relations::Relation;
use vinculo_domain::{Result, TenantId};
use vinculo_persistence::stores::relations;

const TAG: &str = "relations";

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// The government in the middle; one's own where none is named.
    #[param(example = "14039")]
    government: Option<TenantId>,
}

pub fn operations() -> Vec<Route> {
    vec![
        Operation::new("list_government_relations", Method::GET, "/v1/governments/{id}/relations", (Kind::Inscription, Action::Read))
            .says(TAG, "Read a government's circle", "With whom a government works, as the public registry says it (círculo de vinculación): other Mexican parties, its state, SRE, foreign governments by country and level, international organisations, each with its number of agreements, first and last signature and newest numbers. Levels are recorded as they are; none has to equal another. Federal bodies are shown by what they lead.")
            .public()
            .query::<params::PageParams>()
            .lists::<Relation>(examples::relation())
            .handled_by(of_government),
        Operation::new("list_relations", Method::GET, "/v1/relations", (Kind::Agreement, Action::Read))
            .says(TAG, "Read a circle with the cases in sight", "The same circle, and beside it (`source` is `case`) what the cases led by that government say that are in your sight and not inscribed, as far as you read them. What was only announced to you, was given up, is out of scope, at rest or unconfirmed is left out.")
            .query::<params::PageParams>()
            .query::<Filter>()
            .lists::<Relation>(examples::relation())
            .handled_by(in_sight),
    ]
}

async fn of_government(ctx: Ctx) -> Result<HttpResponse> {
    let (id, page) = (TenantId::new(ctx.part("id")), ctx.page()?);
    let found = ctx
        .read(move |tx| relations::list_public(tx, &id, &page))
        .await?;
    ctx.list(found)
}

async fn in_sight(ctx: Ctx) -> Result<HttpResponse> {
    let asked: Filter = ctx.params()?;
    let page = ctx.page()?;
    ctx.scope().require()?;
    let own = ctx.scope().tenant().clone();
    let government = asked.government.unwrap_or(own);
    let found = ctx
        .read(move |tx| relations::list(tx, &government, &page))
        .await?;
    ctx.list(found)
}
