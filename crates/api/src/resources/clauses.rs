//! The clause checklist of a case.

use crate::context::Ctx;
use crate::examples;
use crate::operation::Operation;
use crate::route::Route;
use actix_web::HttpResponse;
use actix_web::http::Method;
use vinculo_auth::{Action, Kind};
use vinculo_domain::Result;
use vinculo_domain::clauses::ClauseChecklist;
use vinculo_persistence::stores::agreements;

pub fn operations() -> Vec<Route> {
    let read = (Kind::Agreement, Action::Read);
    vec![
        Operation::new("get_clauses", Method::GET, "/v1/agreements/{id}/clauses", read)
            .says("texts", "Read the clause checklist", "Which model clauses (lista de cláusulas) of the kind the newest version of the texts in your sight has, language by language, which it lacks and which an open remark in your sight points to. It is guidance: nothing waits for it. Unknown where a text came without its clauses.")
            .answers::<ClauseChecklist>(200, examples::clauses())
            .handled_by(get),
    ]
}

async fn get(ctx: Ctx) -> Result<HttpResponse> {
    let id = ctx.id("id")?;
    let (found, version) = ctx.read(move |tx| agreements::get_clauses(tx, id)).await?;
    ctx.record(&found, version)
}
