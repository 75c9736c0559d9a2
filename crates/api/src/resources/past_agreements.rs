//! Past agreements, recorded or reported one by one, and mended where they came on record with an
//! error.

use super::agreements::{changed, permission_of};
use crate::context::Ctx;
use crate::examples;
use crate::operation::Operation;
use crate::route::Route;
use actix_web::HttpResponse;
use actix_web::http::Method;
use vinculo_auth::{Action, Kind};
use vinculo_domain::Result;
use vinculo_domain::agreements::{
    AgreementView, PastAgreementFields, RecordCorrection, RecordWithdrawal,
};
use vinculo_persistence::Reply;
use vinculo_persistence::stores::agreements;

const TAG: &str = "agreements";
const PATH: &str = "/v1/past-agreements";
const CORRECTIONS: &str = "/v1/agreements/{id}/corrections";
const WITHDRAWALS: &str = "/v1/agreements/{id}/withdrawals";

pub fn operations() -> Vec<Route> {
    let kind = Kind::Agreement;
    vec![
        Operation::new("create_past_agreement", Method::POST, PATH, (kind, Action::Read))
            .says(TAG, "Put a past agreement on record", "An agreement signed in the past without an opinion (dictamen). `record_unreviewed`: by its own government, or by SRE; it is signed, and may be regularised. `report`: by its state, or by SRE; its government confirms or disputes it. The same agreement again is 409, whoever put it on record.")
            .takes::<PastAgreementFields>()
            .writes()
            .answers::<AgreementView>(201, examples::agreement())
            .handled_by(create),
        Operation::new("create_agreement_correction", Method::POST, CORRECTIONS, (kind, Action::CorrectRecord))
            .says(TAG, "Correct a past agreement on record", "A past agreement that was recorded or imported with an error, corrected with a reason: by its own government while it is signed and not inscribed; by the government that recorded or reported it until its own has taken it up. What is not sent stays, null empties. The history keeps the old values beside the new ones; everybody who reads the record reads the new ones. A correction that changes nothing makes no new version. The owner cannot be corrected: withdraw the record and record it anew. What is inscribed is corrected by an annotation of the registry.")
            .takes::<RecordCorrection>()
            .guarded()
            .writes()
            .answers::<AgreementView>(200, examples::agreement())
            .handled_by(correct),
        Operation::new("create_agreement_withdrawal", Method::POST, WITHDRAWALS, (kind, Action::WithdrawRecord))
            .says(TAG, "Withdraw a past agreement recorded in error", "A past agreement that should not be on record: none was made, it is another government's, or it stands there twice. By the same governments, and as long, as a correction. It stays readable to those who read it, with its history; it leaves their lists (`recorded_in_error=true` lists it) and the figures from today on, while figures of earlier days stay the same. The agreement may be recorded again; a file that brings it in once more is asked about it.")
            .takes::<RecordWithdrawal>()
            .guarded()
            .writes()
            .answers::<AgreementView>(200, examples::agreement())
            .handled_by(withdraw),
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

async fn correct(mut ctx: Ctx) -> Result<HttpResponse> {
    let (id, version) = (ctx.id("id")?, ctx.if_match()?);
    let correction: RecordCorrection = ctx.body(&[]).await?;
    ctx.write(move |tx, render| {
        agreements::correct_past(tx, id, version, &correction)?;
        changed(tx, render, id)
    })
    .await
}

async fn withdraw(mut ctx: Ctx) -> Result<HttpResponse> {
    let (id, version) = (ctx.id("id")?, ctx.if_match()?);
    let withdrawal: RecordWithdrawal = ctx.body(&[]).await?;
    ctx.write(move |tx, render| {
        agreements::withdraw_past(tx, id, version, &withdrawal)?;
        changed(tx, render, id)
    })
    .await
}
