//! The records of every kind that belong to an agreement.

use super::schemas::{AnyRecord, any_example};
use crate::context::Ctx;
use crate::operation::Operation;
use crate::params::PageParams;
use crate::route::Route;
use actix_web::HttpResponse;
use actix_web::http::Method;
use strum::VariantArray;
use vinculo_auth::{Action, Kind as Permission};
use vinculo_domain::Result;
use vinculo_domain::records::Access;
use vinculo_persistence::stores::records as store;

pub(super) fn operation() -> Vec<Route> {
    let operation = Operation::new(
        "list_agreement_records",
        Method::GET,
        "/v1/agreements/{id}/records",
        (Permission::Agreement, Action::Read),
    );
    vec![
        operation
            .says("agreements", "List the records of an agreement", "Commitments, budgets, committees and records of every other kind that name this agreement and that your government sees, by title.")
            .query::<PageParams>()
            .lists::<AnyRecord>(any_example())
            .handled_by(list),
    ]
}

async fn list(ctx: Ctx) -> Result<HttpResponse> {
    let (agreement, page) = (ctx.id("id")?, ctx.page()?);
    let scope = |class: &Access| {
        let permission = Permission::of_records(*class);
        (*class, ctx.scope_for(permission, Action::Read))
    };
    let scopes: Vec<_> = Access::VARIANTS.iter().map(scope).collect();
    let found = ctx
        .read(move |tx| store::of_agreement(tx, agreement, &scopes, &page))
        .await?;
    ctx.list(found.map(|view| view.body))
}
