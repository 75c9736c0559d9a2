//! Remarks and observations of a case, with their answers.

use crate::context::Ctx;
use crate::examples;
use crate::operation::Operation;
use crate::params::{self, Several, several};
use crate::route::Route;
use actix_web::HttpResponse;
use actix_web::http::Method;
use serde::Deserialize;
use utoipa::IntoParams;
use vinculo_auth::{Action, Kind};
use vinculo_domain::Result;
use vinculo_domain::agreements::{RemarkKind, RemarkView};
use vinculo_persistence::stores::agreements::{self, RemarkFilter};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// Without an answer; `false` for those with one.
    open: Option<bool>,
    /// Of one of these kinds.
    #[param(value_type = Option<Vec<RemarkKind>>)]
    kind: Option<Several<RemarkKind>>,
    /// On the text in one of these languages, BCP 47.
    #[param(value_type = Option<Vec<String>>)]
    language: Option<Several<String>>,
    /// On this version of the texts.
    #[param(minimum = 1)]
    text_set: Option<i32>,
}

pub fn operations() -> Vec<Route> {
    let read = (Kind::Agreement, Action::Read);
    vec![
        Operation::new("list_remarks", Method::GET, "/v1/agreements/{id}/remarks", read)
            .says("texts", "List remarks and observations", "All that was remarked and observed (observaciones) in the case and that you may read, newest first, each with its round, what it points to and its answer: everybody's on the owner's side, otherwise your government's own. The case itself shows the newest 200.")
            .query::<params::PageParams>()
            .query::<Filter>()
            .lists::<RemarkView>(examples::remark())
            .handled_by(list),
    ]
}

async fn list(ctx: Ctx) -> Result<HttpResponse> {
    let (id, page) = (ctx.id("id")?, ctx.page()?);
    let asked: Filter = ctx.params()?;
    if asked.text_set.is_some_and(|number| number < 1) {
        return Err(params::wrong("text_set"));
    }
    let filter = RemarkFilter {
        open: asked.open,
        kind: several(asked.kind),
        language: several(asked.language),
        text_set: asked.text_set,
    };
    let found = ctx
        .read(move |tx| agreements::list_remarks(tx, id, &filter, &page))
        .await?;
    ctx.list(found)
}
