//! The guide to a case.

use super::links::link;
use crate::context::Ctx;
use crate::examples;
use crate::operation::Operation;
use crate::route::Route;
use actix_web::HttpResponse;
use actix_web::http::Method;
use vinculo_auth::{Action, Kind};
use vinculo_domain::Result;
use vinculo_domain::agreements::Seat;
use vinculo_domain::guide::{Guide, GuideStep};
use vinculo_persistence::stores::agreements;

pub fn operations() -> Vec<Route> {
    vec![
        Operation::new("get_agreement_guide", Method::GET, "/v1/agreements/{id}/guide", (Kind::Agreement, Action::Read))
            .says("agreements", "Be guided through a case", "What of the procedure is done, what is missing and why the law asks it (LCT, CPEUM, LGTAIP, or practice), who has to act, and by which operations: for whoever reads the case at the levels `full` or `submitted`; 403 for who was only told of it. `missing` is what the actions of the stage are refused for. A reviewer's guide tells nothing that its view of the case does not tell.")
            .answers::<Guide>(200, examples::guide())
            .handled_by(get),
    ]
}

async fn get(ctx: Ctx) -> Result<HttpResponse> {
    let (id, spanish) = (ctx.id("id")?, ctx.spanish);
    let mut guide = ctx
        .read(move |tx| agreements::guide(tx, id, spanish))
        .await?;
    let case = id.to_string();
    for step in &mut guide.steps {
        fill(&ctx, step, &case);
    }
    for next in &mut guide.next_actions {
        next.link = link(&ctx, &next.link.operation, &case).unwrap_or_default();
    }
    ctx.gathered(&guide)
}

/// Adds method and path to the links of a step, and removes the links that the caller's roles do
/// not permit. A party cannot confirm for another party.
fn fill(ctx: &Ctx, step: &mut GuideStep, case: &str) {
    let me = ctx.scope().tenant().clone();
    let others = |actor: &vinculo_domain::guide::GuideActor| {
        actor.seat == Seat::Party && actor.government_id != me
    };
    if step.actors.iter().all(others) {
        step.links.clear();
    }
    let links = step.links.iter();
    step.links = links
        .filter_map(|known| link(ctx, &known.operation, case))
        .collect();
}
