//! A whole list in one answer: as CSV, or with one JSON object in each line. It is read page by page
//! while it is sent, so that neither memory nor a transaction grows with it.

use super::bodies::Face;
use super::sheets::{Column, cells};
use crate::attachment::attachment;
use crate::context::Ctx;
use actix_web::HttpResponse;
use actix_web::http::header::{self, Accept, Header};
use actix_web::web::Bytes;
use chrono::{DateTime, Utc};
use futures_util::stream;
use serde_json::{Value, json};
use vinculo_domain::limits::MAX_LIMIT;
use vinculo_domain::page::{After, Page, PageRequest};
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::stores::records::{self as store, RecordFilter, RecordSort, RecordView};

/// The form of a list that is given out whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Csv,
    Ndjson,
}

impl Form {
    fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Ndjson => "application/x-ndjson",
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Ndjson => "ndjson",
        }
    }
}

/// The form that the caller accepts before JSON, if there is one.
pub(super) fn asked(ctx: &Ctx) -> Option<Form> {
    let accepted = Accept::parse(&ctx.request).ok()?;
    let form = |essence: &str| match essence {
        "text/csv" => Some(Some(Form::Csv)),
        "application/x-ndjson" | "application/ndjson" => Some(Some(Form::Ndjson)),
        "application/json" | "application/*" | "*/*" => Some(None),
        _ => None,
    };
    let ranked = accepted.ranked();
    let mut essences = ranked.iter().map(|accepted| accepted.essence_str());
    essences.find_map(form).flatten()
}

/// What is left to send of a list.
struct Sending {
    ctx: Ctx,
    face: Face,
    filter: RecordFilter,
    form: Form,
    columns: Vec<Column>,
    /// The next page, which is read already, or where it begins.
    next: Next,
    /// How many records may still be sent.
    left: i64,
    /// What changes after this instant is not sent: a list in the order of changes would not end.
    begun: DateTime<Utc>,
}

enum Next {
    Read(Page<RecordView>),
    After(After),
    Nothing,
}

/// The list from the cursor on, as many records as `limit` says, all of them if it says nothing.
pub(super) async fn whole(
    ctx: Ctx,
    face: Face,
    filter: RecordFilter,
    form: Form,
) -> Result<HttpResponse> {
    let asked = ctx.page()?;
    let is_limited = ctx.pairs.iter().any(|(name, _)| name == "limit");
    let mut sending = Sending {
        begun: ctx.app.db.now(),
        left: if is_limited { asked.limit } else { i64::MAX },
        columns: face.columns(),
        next: Next::Nothing,
        ctx,
        face,
        filter,
        form,
    };
    // What is refused is refused before anything is sent.
    sending.next = Next::Read(sending.page(asked.after).await?);
    let name = format!("{}.{}", face.kind.spec.many, form.ending());
    let heading = sending.heading()?;
    let pages = stream::try_unfold(sending, |mut sending| async move {
        let sent = sending.some().await.map_err(cut_off)?;
        Ok::<_, std::io::Error>(sent.map(|bytes| (bytes, sending)))
    });
    let lines = stream::iter([Ok(heading)]);
    Ok(HttpResponse::Ok()
        .content_type(form.media_type())
        .insert_header((header::CONTENT_DISPOSITION, attachment(&name)))
        .streaming(futures_util::StreamExt::chain(lines, pages)))
}

/// The answer has begun: the caller learns that it is not whole because it breaks off.
fn cut_off(refusal: Refusal) -> std::io::Error {
    tracing::warn!(problem = refusal.problem.code(), "a list broke off");
    std::io::Error::other(refusal.problem.code())
}

impl Sending {
    async fn page(&self, after: Option<After>) -> Result<Page<RecordView>> {
        let (kind, filter) = (self.face.kind, self.filter.clone());
        let wanted = PageRequest {
            limit: self.left.min(MAX_LIMIT),
            after,
            count: false,
        };
        let read =
            move |tx: &mut vinculo_persistence::ReadTx<'_>| store::list(tx, kind, &filter, &wanted);
        self.ctx.read(read).await
    }

    /// The next lines; none at the end.
    async fn some(&mut self) -> Result<Option<Bytes>> {
        let page = match std::mem::replace(&mut self.next, Next::Nothing) {
            Next::Read(page) => page,
            Next::After(after) => self.page(Some(after)).await?,
            Next::Nothing => return Ok(None),
        };
        self.left -= i64::try_from(page.items.len()).unwrap_or(i64::MAX);
        let lines = self.lines(&page.items)?;
        let past = page.items.last().is_some_and(|last| self.is_past(last));
        if let (Some(after), true) = (page.next, self.left > 0 && !past) {
            self.next = Next::After(after);
        }
        Ok(Some(lines))
    }

    /// Whether a list in the order of changes has come to what changed after it was begun.
    fn is_past(&self, last: &RecordView) -> bool {
        let changed = last.body.get("updated_at").and_then(Value::as_str);
        let changed = changed.and_then(|text| DateTime::parse_from_rfc3339(text).ok());
        self.filter.sort == RecordSort::Oldest && changed.is_some_and(|at| at > self.begun)
    }

    fn heading(&self) -> Result<Bytes> {
        match self.form {
            Form::Csv => table(&[self.columns.iter().map(|one| one.name.clone()).collect()]),
            Form::Ndjson => Ok(Bytes::new()),
        }
    }

    fn lines(&self, records: &[RecordView]) -> Result<Bytes> {
        if self.form == Form::Csv {
            let rows = records.iter().map(|one| cells(&self.columns, &one.body));
            return table(&rows.collect::<Vec<_>>());
        }
        let mut text = String::new();
        for one in records {
            text.push_str(&json!(one.body).to_string());
            text.push('\n');
        }
        Ok(text.into())
    }
}

/// Lines of CSV (RFC 4180).
fn table(rows: &[Vec<String>]) -> Result<Bytes> {
    let wrong = |error: &dyn std::fmt::Display| Refusal::internal(format!("table: {error}"));
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).map_err(|error| wrong(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| wrong(&error))?;
    Ok(bytes.into())
}

/// A table with one record, for the document.
pub(super) fn example(face: Face, record: &Value) -> Value {
    let columns = face.columns();
    let names = columns.iter().map(|one| one.name.clone()).collect();
    let record = record.as_object().cloned().unwrap_or_default();
    let bytes = table(&[names, cells(&columns, &record)]).unwrap_or_default();
    json!(String::from_utf8_lossy(&bytes))
}
