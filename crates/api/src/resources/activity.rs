//! Activity abroad by year.

use crate::context::Ctx;
use crate::operation::Operation;
use crate::params;
use crate::route::Route;
use actix_web::HttpResponse;
use actix_web::http::Method;
use chrono::Datelike;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::IntoParams;
use vinculo_auth::{Action, Kind};
use vinculo_domain::activity::{Activity, Place, years};
use vinculo_domain::clock::mexican_day;
use vinculo_domain::{Refusal, Result, TenantId, wording};
use vinculo_persistence::stores::activity;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// Of this government.
    government: Option<TenantId>,
    /// Of this state and its municipalities; of the country where neither is named.
    state: Option<TenantId>,
    /// From this year on: at most 60 years are shown; the last ten where nothing is said.
    #[param(minimum = 1800, maximum = 2200, example = 2017)]
    from: Option<i32>,
    /// Up to this year; the present one where nothing is said.
    #[param(minimum = 1800, maximum = 2200, example = 2026)]
    to: Option<i32>,
}

pub fn operations() -> Vec<Route> {
    let permission = (Kind::Statistic, Action::Read);
    vec![
        Operation::new("get_activity", Method::GET, "/v1/statistics/activity", permission)
            .says("statistics", "Count activity by year", "How intense the action abroad is (intensidad): agreements of the registry signed and inscribed, memberships begun, committees installed, sessions held, offices opened and commitments made in each year, as far as your government sees them. Years without anything are there with 0.")
            .query::<Asked>()
            .answers::<Activity>(200, example())
            .handled_by(get),
    ]
}

fn example() -> Value {
    let counts = json!([{"family": "memberships_begun", "count": 1}, {"family": "sessions_held", "count": 4}]);
    json!({
        "government": "14039", "state": null, "years": [{"year": 2026, "counts": counts, "total": 5}], "total": 5,
        "undated": [{"family": "offices_opened", "count": 1}],
    })
}

async fn get(ctx: Ctx) -> Result<HttpResponse> {
    let asked: Asked = ctx.params()?;
    for (name, year) in [("from", asked.from), ("to", asked.to)] {
        if year.is_some_and(|year| !(1800..=2200).contains(&year)) {
            return Err(params::wrong(name));
        }
    }
    let this = mexican_day(ctx.app.db.now()).year();
    let years = years(asked.from, asked.to, this)?;
    let place = match (asked.government, asked.state) {
        (Some(_), Some(_)) => {
            return Err(Refusal::field(
                "state",
                "one_place",
                wording::scores::one_place(),
            ));
        }
        (Some(one), None) => Place::Government(one),
        (None, Some(state)) => Place::State(state),
        (None, None) => Place::Country,
    };
    let found = ctx.read(move |tx| activity::get(tx, &place, years)).await?;
    ctx.gathered(&found)
}
