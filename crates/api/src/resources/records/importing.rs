//! Brings a file of records in: a table or lines of JSON, some rows in each unit of work.

use super::bodies::Face;
use super::sheets::Column;
use crate::context::Ctx;
use crate::importing::{Part, one_of_several};
use crate::operation::Operation;
use crate::problem;
use crate::resources::imports::place;
use crate::resources::to_json;
use crate::uploads::receive_records;
use crate::{expected, json};
use actix_web::{HttpResponse, web};
use serde_json::{Map, Value};
use std::sync::Arc;
use uuid::Uuid;
use vinculo_auth::Scope;
use vinculo_domain::problems::Problem;
use vinculo_domain::records::{ImportMode, Kind, Record, RecordRowResult};
use vinculo_domain::{FieldError, Refusal, Result, limits, wording};
use vinculo_persistence::Reply;
use vinculo_persistence::stores::records::{self as store, RecordRow, RowReading};

mod report;
mod rows;

pub(super) use report::{RecordImport, example};
use report::{RecordImportRow, RecordRowProblem};

/// How many rows are brought in by one unit of work; other writers wait no longer than one takes.
const CHUNK: usize = 25;
/// The most errors that the report names of one row.
const MAX_ROW_ERRORS: usize = 10;
/// The most values that it names for one error.
const MAX_ROW_ADMITTED: usize = 10;

/// The operation whose body a row is, for what a refusal says would be right.
pub(super) fn reads(create: &Operation) -> Operation {
    let mut reads = Operation::new(
        create.id,
        create.method.clone(),
        create.path,
        create.permission,
    );
    reads.input.clone_from(&create.input);
    reads
}

/// How the rows of one request are brought in and told.
#[derive(Clone)]
struct Telling {
    face: Face,
    reads: Arc<Operation>,
    spanish: bool,
    dry_run: bool,
}

impl Telling {
    fn told(
        &self,
        line: u64,
        outcome: Result<(RecordRowResult, store::RecordView)>,
    ) -> RecordImportRow {
        let (result, made) = match outcome {
            Ok(done) => done,
            Err(refusal) => return self.refused(line, refusal),
        };
        // The id of what a dry run made does not exist.
        let there = !(self.dry_run && result == RecordRowResult::Created);
        RecordImportRow {
            line,
            result,
            id: there.then_some(made.id),
            version: there.then_some(made.version),
            problem: None,
        }
    }

    fn refused(&self, line: u64, refusal: Refusal) -> RecordImportRow {
        let explained = expected::explain(&self.reads, refusal);
        let mut body = problem::body(&explained, "", self.spanish);
        // A report has thousands of rows: each says enough to be mended.
        body.errors.truncate(MAX_ROW_ERRORS);
        for error in &mut body.errors {
            let most = if error.admitted_at.is_some() {
                0
            } else {
                MAX_ROW_ADMITTED
            };
            error.admitted.truncate(most);
        }
        RecordImportRow {
            line,
            result: RecordRowResult::Refused,
            id: None,
            version: None,
            problem: Some(RecordRowProblem {
                code: body.code,
                status: body.status,
                detail: body.detail,
                errors: body.errors,
            }),
        }
    }
}

pub(super) async fn import(
    mut ctx: Ctx,
    face: Face,
    reads: Arc<Operation>,
) -> Result<HttpResponse> {
    let (bytes, mode) = receive_records(&mut ctx, limits::MAX_RECORD_FILE_BYTES).await?;
    ctx.scope().require()?;
    // It limits the memory of all imports together.
    let _place = place(&ctx).await?;
    let rows = web::block(move || rows::read(&face, &bytes))
        .await
        .map_err(|error| Refusal::internal(error.to_string()))??;
    let telling = Telling {
        face,
        reads,
        spanish: ctx.spanish,
        dry_run: ctx.dry_run,
    };
    let mut report = RecordImport {
        kind: face.kind.spec.many.to_owned(),
        dry_run: ctx.dry_run,
        ..RecordImport::default()
    };
    let (scope, mut replayed) = (ctx.scope(), false);
    for (i, rows) in rows.chunks(CHUNK).enumerate() {
        let reply = bring(&ctx, &scope, i, (&telling, mode, rows)).await?;
        replayed |= reply.replayed;
        let told: Vec<Value> = serde_json::from_str(&reply.body).map_err(unreadable)?;
        if !reply.replayed {
            let noted = note_probes(&ctx, &scope, rows.iter().zip(&told)).await;
            noted.map_err(|refusal| unless_kept(&ctx, refusal))?;
        }
        report.add(told);
        ctx.due.restart(ctx.app.edge.deadlines.upload_handler);
    }
    Ok(ctx.answer(Reply {
        status: 200,
        etag: None,
        location: None,
        body: to_json(&report)?.to_string(),
        replayed,
    }))
}

/// Writes to the audit log that rows named what the caller may not see or change: the first of them, as
/// the log has any such request.
async fn note_probes<'r>(
    ctx: &Ctx,
    scope: &Scope,
    mut rows: impl Iterator<Item = (&'r RecordRow, &'r Value)>,
) -> Result<()> {
    let probe = |told: &Value| match told.pointer("/problem/code").and_then(Value::as_str) {
        Some("not_found") => Some(Problem::NotFound),
        Some("forbidden") => Some(Problem::Forbidden),
        _ => None,
    };
    let found = rows.find_map(|(row, told)| Some((row, probe(told)?)));
    let Some((row, problem)) = found else {
        return Ok(());
    };
    let (db, subject) = (&ctx.app.db, row.id.map(|id| id.to_string()));
    db.refused(scope, ctx.operation.id, &ctx.request_id, problem, subject)
        .await
}

/// The rows are kept already: that they were not must not be said.
fn unless_kept(ctx: &Ctx, refusal: Refusal) -> Refusal {
    if ctx.dry_run {
        return refusal;
    }
    Refusal {
        problem: Problem::OutcomeUnknown,
        ..refusal
    }
}

fn unreadable(error: serde_json::Error) -> Refusal {
    Refusal::internal(error.to_string())
}

/// Brings some rows in. Each unit of work has a key of its own, made of the request's, so that the same
/// request finds what it did and goes on from there.
async fn bring(
    ctx: &Ctx,
    scope: &Scope,
    part: usize,
    (telling, mode, rows): (&Telling, ImportMode, &[RecordRow]),
) -> Result<Reply> {
    let (telling, rows) = (telling.clone(), rows.to_vec());
    let part = Part {
        db: &ctx.app.db,
        scope,
        intent: ctx.intent()?.of_part(part),
        begun: part > 0,
    };
    one_of_several(&part, move |tx| {
        let face = telling.face;
        let reading = RowReading {
            whole: &|row| face.whole(row),
            over: &|view, stored, row| face.over(view, stored, row),
        };
        let done = store::bring_in(tx, face.kind, &reading, (mode, &rows))?;
        let told = rows.iter().zip(done);
        let told = told.map(|(row, outcome)| telling.told(row.line, outcome));
        let body = to_json(&told.collect::<Vec<_>>())?.to_string();
        Ok(Reply {
            body,
            ..Reply::empty(200)
        })
    })
    .await
}

/// A row as it is brought in, from the fields that it has.
fn row(kind: &Kind, line: u64, mut body: Map<String, Value>) -> RecordRow {
    let said = body.remove("kind").filter(|said| !said.is_null());
    let id = body.remove("id").filter(|id| !id.is_null());
    let version = body.remove("version").filter(|version| !version.is_null());
    body.retain(|name, _| !Record::NAMES.contains(&name.as_str()));
    let mut wrong = Vec::new();
    let known_id = id.as_ref().and_then(Value::as_str);
    let known_id = known_id.and_then(|id| Uuid::try_parse(id.trim()).ok());
    if id.is_some() && known_id.is_none() {
        wrong.push(FieldError::new(
            "/id",
            "malformed",
            wording::records::row_id(),
        ));
    }
    let number = version.as_ref().and_then(Value::as_i64);
    let number = number.and_then(|number| i32::try_from(number).ok());
    if version.is_some() && number.is_none() {
        wrong.push(FieldError::new(
            "/version",
            "malformed",
            wording::records::row_version(),
        ));
    }
    if said.is_some_and(|said| said != kind.spec.many) {
        let error = FieldError::new("/kind", "not_taken", wording::records::row_kind());
        wrong.push(error.admitting(vinculo_domain::refusal::Admitted::of([kind.spec.many])));
    }
    let body = match wrong.is_empty() {
        true => Ok(body),
        false => Err(Refusal {
            errors: wrong,
            ..Refusal::new(Problem::ValidationFailed)
        }),
    };
    RecordRow {
        line,
        id: known_id,
        version: number,
        body,
    }
}

/// A line that cannot be read at all.
fn unread(line: u64, refusal: Refusal) -> RecordRow {
    RecordRow {
        line,
        id: None,
        version: None,
        body: Err(refusal),
    }
}

/// The columns of a file by their names.
fn column<'c>(columns: &'c [Column], name: &str) -> Option<&'c Column> {
    columns.iter().find(|one| one.name == name)
}

fn parsed(kind: &Kind, line: u64, text: &str) -> RecordRow {
    match json::parse(text.as_bytes()) {
        Ok(Value::Object(body)) => row(kind, line, body),
        Ok(_) => unread(line, crate::body::no_object()),
        Err(refusal) => unread(line, refusal),
    }
}
