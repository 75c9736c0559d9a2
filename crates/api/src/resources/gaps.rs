//! Gaps: what governments lack, and the countries and themes that no agreement names.

use crate::context::Ctx;
use crate::operation::Operation;
use crate::params::{ListParams, Several, several};
use crate::route::Route;
use actix_web::HttpResponse;
use actix_web::http::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::IntoParams;
use vinculo_auth::{Action, Kind};
use vinculo_domain::gaps::{GapLine, Gaps, GovernmentGap};
use vinculo_domain::{Result, TenantId, Tier};
use vinculo_persistence::stores::gaps::{self, GapFilter};

const TAG: &str = "statistics";

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct StateFilter {
    /// Of these states and their municipalities.
    #[param(value_type = Option<Vec<String>>, example = json!(["14"]))]
    state: Option<Several<TenantId>>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct GovernmentFilter {
    /// Of one of these orders: states and municipalities alone are listed.
    #[param(value_type = Option<Vec<Tier>>)]
    tier: Option<Several<Tier>>,
    /// That lack one of these; any of them where nothing is said.
    #[param(value_type = Option<Vec<GovernmentGap>>)]
    missing: Option<Several<GovernmentGap>>,
}

pub fn operations() -> Vec<Route> {
    let permission = (Kind::Statistic, Action::Read);
    vec![
        Operation::new("get_gaps", Method::GET, "/v1/statistics/gaps", permission)
            .says(TAG, "Count who lacks what", "How many states and municipalities have no agreement in the registry, no open office, no network and no committee in office, and which countries and themes no agreement of the registry names (por cubrir). Of public data alone, so that it is the same for every reader.")
            .query::<StateFilter>()
            .answers::<Gaps>(200, example())
            .handled_by(get),
        Operation::new("list_government_gaps", Method::GET, "/v1/statistics/gaps/governments", permission)
            .says(TAG, "List who lacks what", "The states and municipalities that have no agreement in the registry, no open office, no network or no committee in office, by name, with what each lacks. Of public data alone.")
            .query::<ListParams>()
            .query::<StateFilter>()
            .query::<GovernmentFilter>()
            .lists::<GapLine>(line())
            .handled_by(list),
    ]
}

fn line() -> Value {
    json!({"government_id": "14039", "name": "Guadalajara", "tier": "municipality", "state_id": "14", "missing": ["committee"]})
}

fn example() -> Value {
    let missing = json!([{"gap": "agreement", "count": 100}, {"gap": "office", "count": 120}]);
    json!({
        "states": ["14"], "governments": [{"tier": "municipality", "governments": 125, "missing": missing}],
        "countries": ["AD"], "themes": ["culture"],
    })
}

async fn get(ctx: Ctx) -> Result<HttpResponse> {
    let asked: StateFilter = ctx.params()?;
    let states = several(asked.state);
    let found = ctx.read(move |tx| gaps::get(tx, &states)).await?;
    ctx.gathered(&found)
}

async fn list(ctx: Ctx) -> Result<HttpResponse> {
    let (place, other): (StateFilter, GovernmentFilter) = (ctx.params()?, ctx.params()?);
    let page = ctx.page()?;
    let filter = GapFilter {
        state: several(place.state),
        tier: several(other.tier),
        missing: several(other.missing),
    };
    let found = ctx.read(move |tx| gaps::list(tx, &filter, &page)).await?;
    ctx.list(found)
}
