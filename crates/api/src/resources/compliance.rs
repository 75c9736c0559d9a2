//! The compliance board.

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
use vinculo_domain::compliance::ComplianceLine;
use vinculo_domain::{Result, TenantId};
use vinculo_persistence::stores::compliance;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// The municipalities of these states.
    #[param(value_type = Option<Vec<String>>, example = json!(["14"]))]
    state: Option<Several<TenantId>>,
}

pub fn operations() -> Vec<Route> {
    vec![
        Operation::new("list_compliance", Method::GET, "/v1/compliance", (Kind::Compliance, Action::Read))
            .says("compliance", "Read the compliance board", "One line for each municipality, by name, those with nothing included: for SRE all, for a state its own, for a municipality its own line. Cases are those led by it in the caller's sight; inscriptions are public. The light (semáforo) is `red` where something was signed without the opinion and is not inscribed, otherwise `yellow` where something waits for the municipality or has not moved for more than 30 days, otherwise `green`, and `none` where nothing is known; each line carries the rule that set it.")
            .query::<crate::params::ListParams>()
            .query::<Filter>()
            .lists::<ComplianceLine>(examples::compliance_line())
            .handled_by(list),
    ]
}

async fn list(ctx: Ctx) -> Result<HttpResponse> {
    let asked: Filter = ctx.params()?;
    let (states, page) = (several(asked.state), ctx.page()?);
    ctx.scope().require()?;
    let found = ctx
        .read(move |tx| compliance::list(tx, &states, &page))
        .await?;
    ctx.list(found)
}
