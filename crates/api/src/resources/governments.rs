//! The catalogue of governments.

use crate::context::Ctx;
use crate::examples;
use crate::operation::Operation;
use crate::params::{Several, several};
use crate::route::Route;
use actix_web::HttpResponse;
use actix_web::http::Method;
use serde::Deserialize;
use utoipa::IntoParams;
use vinculo_auth::{Action, Kind};
use vinculo_domain::governments::Government;
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, Result, TenantId, Tier};
use vinculo_persistence::stores::governments::{self, GovernmentFilter};

const TAG: &str = "governments";

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// Of one of these orders of government.
    #[param(value_type = Option<Vec<Tier>>)]
    tier: Option<Several<Tier>>,
    /// These states and their municipalities.
    #[param(value_type = Option<Vec<String>>, example = json!(["14"]))]
    state: Option<Several<TenantId>>,
    /// Beginnings of words of the name, or of the main city's, without regard to accents and capitals.
    #[param(min_length = 1, max_length = 200, example = "guadala")]
    q: Option<String>,
}

pub fn operations() -> Vec<Route> {
    vec![
        Operation::new("list_governments", Method::GET, "/v1/governments", (Kind::Government, Action::Read))
            .says(TAG, "List governments", "The foreign ministry, federal bodies, 32 states, 2,478 municipalities and boroughs, and observers, by name. Their ids are the keys used everywhere else.")
            .public()
            .query::<crate::params::ListParams>()
            .query::<Filter>()
            .lists::<Government>(examples::government())
            .handled_by(list),
        Operation::new("get_government", Method::GET, "/v1/governments/{id}", (Kind::Government, Action::Read))
            .says(TAG, "Read a government", "A government as it stands today.")
            .public()
            .answers::<Government>(200, examples::government())
            .handled_by(get),
    ]
}

async fn list(ctx: Ctx) -> Result<HttpResponse> {
    let asked: Filter = ctx.params()?;
    let page = ctx.page()?;
    let filter = GovernmentFilter {
        tier: several(asked.tier),
        state: several(asked.state),
        q: asked.q,
    };
    let found = ctx
        .read(move |tx| governments::list(tx, &filter, &page))
        .await?;
    ctx.list(found)
}

async fn get(ctx: Ctx) -> Result<HttpResponse> {
    let id = TenantId::new(ctx.part("id"));
    let found = ctx.read(move |tx| governments::get(tx, &id)).await?;
    let found = found.ok_or_else(|| Refusal::new(Problem::NotFound))?;
    ctx.record(&found, 1)
}
