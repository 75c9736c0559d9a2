//! Actions of the other Mexican parties of a case: confirm, join, leave.

use super::agreements::changed;
use crate::context::Ctx;
use crate::examples;
use crate::operation::Operation;
use crate::route::Route;
use actix_web::HttpResponse;
use actix_web::http::Method;
use vinculo_auth::{Action, Kind};
use vinculo_domain::Result;
use vinculo_domain::agreements::{
    AdhesionRequest, AgreementView, ConfirmationRequest, DepartureRequest,
};
use vinculo_persistence::stores::agreements;

const TAG: &str = "parties";

pub fn operations() -> Vec<Route> {
    let kind = Kind::Agreement;
    vec![
        Operation::new("confirm_agreement", Method::POST, "/v1/agreements/{id}/confirmations", (kind, Action::Confirm))
            .says(TAG, "Confirm as a party", "Another Mexican party confirms what stands in the draft, with its own approval where it brings one; a municipality that signs needs its council's minutes with their vote (acta de cabildo) before the case is submitted. Any change of the draft but of its `external_ids` undoes the confirmation; the approval stays on file.")
            .may_take::<ConfirmationRequest>()
            .guarded()
            .writes()
            .answers::<AgreementView>(200, examples::agreement())
            .handled_by(confirm),
        Operation::new("create_adhesion", Method::POST, "/v1/agreements/{id}/adhesions", (kind, Action::Adhere))
            .says(TAG, "Join as an adherent", "A party with role `adherent` joins (adhesión) what the others have signed, once, in the stages `signed` and `pending_registration`. The ministry reads it with the next thing that is sent to it. The inscription names the day, also where it came after the last of these.")
            .takes::<AdhesionRequest>()
            .guarded()
            .writes()
            .answers::<AgreementView>(200, examples::agreement())
            .handled_by(adhere),
        Operation::new("create_departure", Method::POST, "/v1/agreements/{id}/departures", (kind, Action::Leave))
            .says(TAG, "Leave as a party", "A party that does not lead leaves the case before it is signed, and does not see it any more. The draft does not name it from then on, and the other parties have to confirm again; what was submitted stays as it was sent.")
            .takes::<DepartureRequest>()
            .guarded()
            .writes()
            .answers_nothing()
            .handled_by(leave),
    ]
}

async fn confirm(mut ctx: Ctx) -> Result<HttpResponse> {
    let (id, version) = (ctx.id("id")?, ctx.if_match()?);
    let request: ConfirmationRequest = ctx.optional_body().await?;
    ctx.write(move |tx, render| {
        agreements::confirm(tx, id, version, &request)?;
        changed(tx, render, id)
    })
    .await
}

async fn adhere(mut ctx: Ctx) -> Result<HttpResponse> {
    let (id, version) = (ctx.id("id")?, ctx.if_match()?);
    let request: AdhesionRequest = ctx.body(&[]).await?;
    ctx.write(move |tx, render| {
        agreements::adhere(tx, id, version, &request)?;
        changed(tx, render, id)
    })
    .await
}

async fn leave(mut ctx: Ctx) -> Result<HttpResponse> {
    let (id, version) = (ctx.id("id")?, ctx.if_match()?);
    let request: DepartureRequest = ctx.body(&[]).await?;
    ctx.write(move |tx, render| {
        agreements::leave(tx, id, version, &request)?;
        Ok(render.nothing())
    })
    .await
}
