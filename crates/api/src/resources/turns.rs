//! The turns of a case: for whom it waits, and how urgent it is.

use super::agreements::changed;
use crate::context::Ctx;
use crate::examples;
use crate::operation::Operation;
use crate::route::Route;
use actix_web::HttpResponse;
use actix_web::http::Method;
use vinculo_auth::{Action, Kind};
use vinculo_domain::Result;
use vinculo_domain::agreements::AgreementView;
use vinculo_domain::turns::{Turns, WaitingFields};
use vinculo_domain::urgencies::UrgencyFields;
use vinculo_persistence::stores::agreements;

const TAG: &str = "agreements";

pub fn operations() -> Vec<Route> {
    let kind = Kind::Agreement;
    vec![
        Operation::new("get_agreement_turns", Method::GET, "/v1/agreements/{id}/turns", (kind, Action::Read))
            .says(TAG, "Read the turns", "For whom the case waited and for how long, in business days of the calendar of whoever held it; the sum for each waiting party, and the open turn so far. A reviewer reads them up to the last step that it knows of. Who was only told of the case reads none.")
            .answers::<Turns>(200, examples::turns())
            .handled_by(turns),
        Operation::new("create_agreement_waiting", Method::POST, "/v1/agreements/{id}/waiting", (kind, Action::Update))
            .says(TAG, "Say for whom you wait", "While the owner has the case, it may say that it waits for its counterpart abroad, and when it does so no more: that time is counted apart. Nobody outside of the owner's side is told.")
            .takes::<WaitingFields>()
            .guarded()
            .writes()
            .answers::<AgreementView>(200, examples::agreement())
            .handled_by(wait),
        Operation::new("create_agreement_urgency", Method::POST, "/v1/agreements/{id}/urgency", (kind, Action::Update))
            .says(TAG, "Say how urgent it is", "The owner asks for its case to be taken first, says why and when it is to be signed, or takes that back. Whoever follows the case reads it at once.")
            .takes::<UrgencyFields>()
            .guarded()
            .writes()
            .answers::<AgreementView>(200, examples::agreement())
            .handled_by(prioritize),
    ]
}

async fn turns(ctx: Ctx) -> Result<HttpResponse> {
    let id = ctx.id("id")?;
    let (found, version) = ctx.read(move |tx| agreements::list_turns(tx, id)).await?;
    ctx.record(&found, version)
}

async fn wait(mut ctx: Ctx) -> Result<HttpResponse> {
    let (id, version) = (ctx.id("id")?, ctx.if_match()?);
    let fields: WaitingFields = ctx.body(&[]).await?;
    ctx.write(move |tx, render| {
        agreements::wait(tx, id, version, &fields)?;
        changed(tx, render, id)
    })
    .await
}

async fn prioritize(mut ctx: Ctx) -> Result<HttpResponse> {
    let (id, version) = (ctx.id("id")?, ctx.if_match()?);
    let fields: UrgencyFields = ctx.body(&[]).await?;
    ctx.write(move |tx, render| {
        agreements::prioritize(tx, id, version, &fields)?;
        changed(tx, render, id)
    })
    .await
}
