//! Past agreements, recorded or reported one by one.

use super::agreements::permission_of;
use crate::context::Ctx;
use crate::examples;
use crate::operation::Operation;
use crate::route::Route;
use actix_web::HttpResponse;
use actix_web::http::Method;
use vinculo_auth::{Action, Kind};
use vinculo_domain::Result;
use vinculo_domain::agreements::{AgreementView, PastAgreementFields};
use vinculo_persistence::Reply;
use vinculo_persistence::stores::agreements;

const TAG: &str = "agreements";
const PATH: &str = "/v1/past-agreements";

pub fn operations() -> Vec<Route> {
    let read = (Kind::Agreement, Action::Read);
    vec![
        Operation::new("create_past_agreement", Method::POST, PATH, read)
            .says(TAG, "Put a past agreement on record", "An agreement signed in the past without an opinion (dictamen). `record_unreviewed`: by its own government, or by SRE; it is signed, and may be regularised. `report`: by its state, or by SRE; its government confirms or disputes it. The same agreement again is 409, whoever put it on record.")
            .takes::<PastAgreementFields>()
            .writes()
            .answers::<AgreementView>(201, examples::agreement())
            .handled_by(create),
    ]
}

async fn create(mut ctx: Ctx) -> Result<HttpResponse> {
    let fields: PastAgreementFields = ctx.body(&[]).await?;
    let (kind, action) = permission_of(fields.action.action());
    let scope = ctx.scope_for(kind, action);
    ctx.write_as(&scope, move |tx, render| {
        let id = agreements::create_past(tx, &fields)?;
        let view = agreements::view(tx, id)?;
        Ok(Reply {
            location: Some(format!("/v1/agreements/{id}")),
            ..render.record(201, &view, view.summary().version)?
        })
    })
    .await
}
