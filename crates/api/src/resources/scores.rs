//! The institutionalisation score of a government.

use crate::context::Ctx;
use crate::operation::Operation;
use crate::params;
use crate::resources::score_methods;
use crate::route::Route;
use actix_web::HttpResponse;
use actix_web::http::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::IntoParams;
use vinculo_auth::{Action, Kind};
use vinculo_domain::scores::Score;
use vinculo_domain::{Result, TenantId};
use vinculo_persistence::stores::scores::{self, ScoreAsked};

/// The highest number that a version may be asked for by.
const MAX_VERSION: i32 = 1_000_000;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// By this version of the method; by the one that holds today where none is named.
    #[param(minimum = 1, maximum = 1_000_000, example = 1)]
    method: Option<i32>,
    /// At 31 December of this year, which must be over; today where none is named.
    #[param(minimum = 1800, maximum = 2200, example = 2024)]
    year: Option<i32>,
}

pub fn operations() -> Vec<Route> {
    vec![
        Operation::new("get_score", Method::GET, "/v1/governments/{id}/score", (Kind::Score, Action::Read))
            .says("scores", "Read one's score", "How far a state or a municipality has made its action abroad a matter of its institutions (índice de institucionalización), from 0 to 100: by dimension and item with the evidence, what is missing and what would give it, at the end of the last ten years, and compared with those of its order in its state and in the country. Of public data alone, so that it is the same for every reader.")
            .query::<Asked>()
            .answers::<Score>(200, example())
            .handled_by(get),
    ]
}

fn example() -> Value {
    let evidence = json!({
        "kind": "international-offices", "href": "/v1/international-offices/01938a5c-7c00-7a00-8000-000000000002",
        "title": "Dirección de Relaciones Internacionales", "since": "2019-05-02", "until": null, "count": 1,
    });
    let item = json!({"item": "office", "points": 40, "needs": 1, "count": 1, "met": true, "evidence": [evidence]});
    json!({
        "government_id": "14039", "name": "Guadalajara", "tier": "municipality", "state_id": "14", "as_of": "2026-11-20",
        "score": 43.5, "level": "medium", "method": score_methods::example(), "basis": "Solo cuenta lo que cualquiera puede consultar.",
        "dimensions": [{"dimension": "legal_basis", "weight": 20, "score": 40, "items": [item]}],
        "gaps": [{"dimension": "legal_basis", "item": "instrument", "would_add": 8.0, "what": "Cree la oficina por ley, reglamento, decreto o acuerdo."}],
        "history": [{"year": 2025, "score": 40.0, "level": "medium"}],
        "comparison": {
            "state": {"governments": 125, "position": 1, "median": 0.0, "highest": 43.5},
            "country": {"governments": 2478, "position": 3, "median": 0.0, "highest": 80.0},
        },
    })
}

async fn get(ctx: Ctx) -> Result<HttpResponse> {
    let asked: Asked = ctx.params()?;
    if asked
        .method
        .is_some_and(|version| !(1..=MAX_VERSION).contains(&version))
    {
        return Err(params::wrong("method"));
    }
    if asked
        .year
        .is_some_and(|year| !(1800..=2200).contains(&year))
    {
        return Err(params::wrong("year"));
    }
    let wanted = ScoreAsked {
        version: asked.method,
        year: asked.year,
        spanish: ctx.spanish,
    };
    let government = TenantId::new(ctx.part("id"));
    let found = ctx
        .read(move |tx| scores::get(tx, &government, &wanted))
        .await?;
    ctx.gathered(&found)
}
