//! Partner search.

use crate::context::Ctx;
use crate::operation::Operation;
use crate::params::{PageParams, Several, several};
use crate::route::Route;
use actix_web::HttpResponse;
use actix_web::http::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::IntoParams;
use uuid::Uuid;
use vinculo_auth::{Action, Kind};
use vinculo_domain::partners::Partner;
use vinculo_domain::{Result, TenantId};
use vinculo_persistence::stores::partners::{self, PartnerQuestion};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// For this government; for your own where none is named.
    r#for: Option<TenantId>,
    /// By this territory profile of that government alone, instead of all of them.
    profile_id: Option<Uuid>,
    /// In these themes, whatever the profiles say.
    #[param(value_type = Option<Vec<String>>)]
    theme: Option<Several<String>>,
    /// Among governments of the fifty newest inscribed agreements with each of these countries.
    #[param(value_type = Option<Vec<String>>)]
    country: Option<Several<String>>,
    /// Among governments of these states, and these states themselves.
    #[param(value_type = Option<Vec<String>>, example = json!(["14"]))]
    state: Option<Several<TenantId>>,
}

pub fn operations() -> Vec<Route> {
    vec![
        Operation::new("list_partners", Method::GET, "/v1/partners", (Kind::Partner, Action::Read))
            .says("partners", "Search partners", "Mexican governments that fit (búsqueda de socios) to what a government seeks and offers in its territory profiles, to its networks and to its inscribed agreements, the best first. Each reason has its points and the address of what shows it. Of other governments only what is public counts; at most 500 are compared. Size does not count: the catalogue of governments has no population.")
            .query::<PageParams>()
            .query::<Filter>()
            .lists::<Partner>(example())
            .handled_by(list),
    ]
}

fn example() -> Value {
    json!({
        "government_id": "14120", "name": "Zapopan", "tier": "municipality", "state_id": "14", "points": 11,
        "reasons": [
            {"code": "offers", "value": "water", "points": 10,
                "text": {"es": "Ofrece un tema que se busca: Agua y saneamiento.", "en": "It offers a theme that is sought: Water and sanitation."},
                "evidence": "/v1/territory-profiles/01938a5c-7c00-7a00-8000-000000000001"},
            {"code": "same_state", "value": "14", "points": 1,
                "text": {"es": "Está en la misma entidad federativa.", "en": "It is in the same state."},
                "evidence": "/v1/governments/14120"},
        ],
        "weights_version": 1,
    })
}

async fn list(ctx: Ctx) -> Result<HttpResponse> {
    let asked: Filter = ctx.params()?;
    let page = ctx.page()?;
    ctx.scope().require()?;
    let question = PartnerQuestion {
        government: asked.r#for,
        profile: asked.profile_id,
        theme: several(asked.theme),
        country: several(asked.country),
        state: several(asked.state),
    };
    let found = ctx
        .read(move |tx| partners::list(tx, &question, &page))
        .await?;
    ctx.list(found)
}
