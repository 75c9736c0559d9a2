//! Imports of past agreements, from files of a state's or the ministry's systems.

use super::to_json;
use crate::context::Ctx;
use crate::importing::{Importing, Source};
use crate::operation::Operation;
use crate::params::{Several, several};
use crate::route::Route;
use crate::uploads::{ImportUpload, receive_import};
use crate::{examples, params};
use actix_web::http::Method;
use actix_web::{HttpResponse, web};
use serde::Deserialize;
use std::sync::Arc;
use tokio::sync::OwnedSemaphorePermit;
use utoipa::IntoParams;
use vinculo_auth::{Action, Kind};
use vinculo_domain::clock::mexican_day;
use vinculo_domain::imports::{
    ImportBatch, ImportColumns, ImportReport, ImportRow, RowResult, Undone, import_columns,
    parse_upload,
};
use vinculo_domain::limits::MAX_IMPORT_UPLOAD_BYTES;
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::Reply;
use vinculo_persistence::stores::imports;

const TAG: &str = "imports";
const PATH: &str = "/v1/imports";
const ONE: &str = "/v1/imports/{id}";

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct RowFilter {
    /// That ended in one of these ways.
    #[param(value_type = Option<Vec<RowResult>>)]
    result: Option<Several<RowResult>>,
}

pub fn operations() -> Vec<Route> {
    let import = (Kind::Agreement, Action::Import);
    vec![
        Operation::new("list_imports", Method::GET, PATH, import)
            .says(TAG, "List imports", "The files (importaciones) that your government brought in, newest first.")
            .query::<params::ListParams>()
            .lists::<ImportBatch>(examples::import_batch())
            .handled_by(list),
        Operation::new("create_import", Method::POST, PATH, import)
            .says(TAG, "Bring a file of past agreements in", "A CSV with names instead of keys. What a state brings in of its municipalities is `reported`, what is its own is recorded as signed without an opinion; SRE records anybody's, and inscribes rows with a number of its older registry, unless the number is on record already. Every row is in the report: a bad one never stops the others. Try it first with `dry_run`. An import that was cut off is finished by the same request with the same `Idempotency-Key`.")
            .takes_form::<ImportUpload>()
            .writes()
            .answers::<ImportReport>(201, examples::import_report())
            .handled_by(create),
        Operation::new("list_import_columns", Method::GET, "/v1/imports/columns", import)
            .says(TAG, "List the columns of a file", "Which headings are understood, what each column holds, and how a column is named by hand.")
            .answers::<ImportColumns>(200, examples::import_columns())
            .handled_by(list_columns),
        Operation::new("get_import", Method::GET, ONE, import)
            .says(TAG, "Read about an import", "A file that your government brought in, and how many of its rows ended how.")
            .answers::<ImportBatch>(200, examples::import_batch())
            .handled_by(get),
        Operation::new("list_import_rows", Method::GET, "/v1/imports/{id}/rows", import)
            .says(TAG, "List the rows of an import", "What came of each row, in the order of the file.")
            .query::<params::PageParams>()
            .query::<RowFilter>()
            .lists::<ImportRow>(examples::import_row())
            .handled_by(list_rows),
        Operation::new("undo_import", Method::POST, "/v1/imports/{id}/undo", import)
            .says(TAG, "Undo an import", "Takes back every agreement of the file that nobody has worked on since; what somebody has, confirmed and disputed ones among them, is kept and listed. An inscription is taken back too, unless somebody annotated it, related an agreement to it or cited it: its number stays used, and the registry shows it as cancelled because it was imported in error.")
            .writes()
            .answers::<Undone>(200, examples::undone())
            .handled_by(undo),
    ]
}

async fn list(ctx: Ctx) -> Result<HttpResponse> {
    let page = ctx.page()?;
    ctx.scope().require()?;
    let found = ctx.read(move |tx| imports::list(tx, &page)).await?;
    ctx.list(found)
}

async fn list_columns(ctx: Ctx) -> Result<HttpResponse> {
    ctx.scope().require()?;
    ctx.record(&import_columns(), 1)
}

async fn get(ctx: Ctx) -> Result<HttpResponse> {
    let id = ctx.id("id")?;
    let found = ctx.read(move |tx| imports::get(tx, id)).await?;
    // It changes at most twice: when its last row is done, and when it is undone.
    let changes = i32::from(found.completed_at.is_some()) + i32::from(found.undone_at.is_some());
    ctx.record(&found, 1 + changes)
}

async fn list_rows(ctx: Ctx) -> Result<HttpResponse> {
    let (id, asked): (_, RowFilter) = (ctx.id("id")?, ctx.params()?);
    let (results, page) = (several(asked.result), ctx.page()?);
    let found = ctx
        .read(move |tx| imports::list_rows(tx, id, &results, &page))
        .await?;
    ctx.list(found)
}

/// A place among the imports; it limits the memory of all of them together.
pub(super) async fn place(ctx: &Ctx) -> Result<OwnedSemaphorePermit> {
    let place = Arc::clone(&ctx.app.import_places).acquire_owned();
    tokio::time::timeout(ctx.app.edge.deadlines.handler, place)
        .await
        .map_err(|_late| Refusal::new(Problem::TooBusy))?
        .map_err(|error| Refusal::internal(error.to_string()))
}

fn importing(ctx: &Ctx) -> Result<Importing<'_>> {
    Ok(Importing {
        db: &ctx.app.db,
        scope: ctx.scope(),
        intent: ctx.intent()?,
    })
}

async fn create(mut ctx: Ctx) -> Result<HttpResponse> {
    let _place = place(&ctx).await?;
    let sent = receive_import(&mut ctx, MAX_IMPORT_UPLOAD_BYTES).await?;
    ctx.scope().require()?;
    let (bytes, reading) = (sent.bytes, sent.reading);
    let today = mexican_day(ctx.app.db.now());
    let source = Source {
        name: sent.name,
        sha256: sent.sha256,
        file: web::block(move || parse_upload(&bytes, &reading, today))
            .await
            .map_err(|error| Refusal::internal(error.to_string()))??,
    };
    // Each unit of work has its own time limit: the whole import takes as long as its rows need.
    let (due, span) = (ctx.due.clone(), ctx.app.edge.deadlines.upload_handler);
    let progress = |_done, _total| due.restart(span);
    let (report, replayed) = importing(&ctx)?.run(source, progress).await?;
    let location = report.batch_id.map(|id| format!("{PATH}/{id}"));
    Ok(ctx.answer(Reply {
        status: if location.is_some() { 201 } else { 200 },
        etag: None,
        location,
        body: to_json(&report)?.to_string(),
        replayed,
    }))
}

async fn undo(ctx: Ctx) -> Result<HttpResponse> {
    let id = ctx.id("id")?;
    let (due, span) = (ctx.due.clone(), ctx.app.edge.deadlines.handler);
    let (undone, replayed) = importing(&ctx)?.undo(id, || due.restart(span)).await?;
    Ok(ctx.answer(Reply {
        status: 200,
        etag: None,
        location: None,
        body: to_json(&undone)?.to_string(),
        replayed,
    }))
}
