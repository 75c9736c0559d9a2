//! Documents of a case.

use crate::attachment::attachment;
use crate::context::Ctx;
use crate::operation::Operation;
use crate::route::Route;
use crate::uploads::{DocumentUpload, Upload, receive};
use crate::{examples, params, problem};
use actix_web::HttpResponse;
use actix_web::body::SizedStream;
use actix_web::http::header::HeaderValue;
use actix_web::http::{Method, header};
use actix_web::web::Bytes;
use futures_util::stream;
use std::ops::Range;
use uuid::Uuid;
use vinculo_auth::{Action, Kind};
use vinculo_domain::documents::{Document, FileReason};
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, Result, TenantId};
use vinculo_persistence::StoredFile;
use vinculo_persistence::stores::documents;

const TAG: &str = "documents";
const PATH: &str = "/v1/agreements/{id}/documents";
const ONE: &str = "/v1/agreements/{id}/documents/{document_id}";
const CONTENT: &str = "/v1/agreements/{id}/documents/{document_id}/content";

pub fn operations() -> Vec<Route> {
    let read = (Kind::Agreement, Action::Read);
    let attach = (Kind::Agreement, Action::Attach);
    vec![
        Operation::new("list_documents", Method::GET, PATH, read)
            .says(TAG, "List documents", "The documents of a case that you may read: all on the owner's side, otherwise those that were sent to you or that you added.")
            .query::<params::PageParams>()
            .lists::<Document>(examples::document())
            .handled_by(list),
        Operation::new("create_document", Method::POST, PATH, attach)
            .says(TAG, "Add a document", "A PDF of up to 25 MB, or a scan of a document as a JPEG or PNG image, kept byte for byte with its SHA-256 digest. It is taken apart before it is kept: scripts, actions that start or send something, encryption, files inside and other formats glued to it are refused. It counts against the room of the government that adds it. What a reviewer adds stays with the reviewer until an action of the procedure hands it over.")
            .takes_form::<DocumentUpload>()
            .writes()
            .answers::<Document>(201, examples::document())
            .handled_by(create),
        Operation::new("get_document", Method::GET, ONE, read)
            .says(TAG, "Read about a document", "What is known of a document, without its bytes.")
            .answers::<Document>(200, examples::document())
            .handled_by(get),
        Operation::new("get_document_content", Method::GET, CONTENT, read)
            .says(TAG, "Download a document", "The bytes of a document, or one range of them.")
            .answers_pdf()
            .handled_by(content),
        Operation::new("head_document_content", Method::HEAD, CONTENT, read)
            .says(TAG, "Ask about a document's bytes", "Size, digest and type, without the bytes.")
            .handled_by(content),
    ]
}

async fn list(ctx: Ctx) -> Result<HttpResponse> {
    let (id, page) = (ctx.id("id")?, ctx.page()?);
    let found = ctx.read(move |tx| documents::list(tx, id, &page)).await?;
    ctx.list(found)
}

async fn get(ctx: Ctx) -> Result<HttpResponse> {
    let (id, document) = (ctx.id("id")?, ctx.id("document_id")?);
    let (found, _stored) = ctx.read(move |tx| documents::get(tx, id, document)).await?;
    ctx.record(&found, 1)
}

/// The file is stored first, then its row, so that a row never names missing bytes. A repeated
/// request gets its answer even if a first one would now be refused.
async fn create(mut ctx: Ctx) -> Result<HttpResponse> {
    let id = ctx.id("id")?;
    let mut upload = receive(&mut ctx).await?;
    let (owner, repeated) = find_place(&ctx, id).await?;
    let stored = StoredFile {
        tenant: owner,
        sha256: upload.sha256.clone(),
        size: upload.size(),
    };
    if !repeated {
        keep(&ctx, id, &stored, &mut upload).await?;
    }
    let (fields, quota) = (upload.fields, ctx.app.storage.quota);
    ctx.write(move |tx, render| {
        let made = documents::create(tx, id, &fields, &stored, quota)?;
        Ok(render.added(&made, made.id)?)
    })
    .await
}

/// The government whose folder the file goes to, and whether this same request has already stored
/// it.
async fn find_place(ctx: &Ctx, id: Uuid) -> Result<(TenantId, bool)> {
    let (key, operation) = (ctx.key()?, ctx.operation.id);
    ctx.read(move |tx| {
        let owner = documents::owner_of_upload(tx, id)?;
        let repeated = match key {
            Some(key) => tx.is_answered(operation, &key)?,
            None => false,
        };
        Ok((owner, repeated))
    })
    .await
}

/// Checks a file and writes it to disk, but only once it is known that its row would be accepted: a
/// refused file leaves nothing behind.
async fn keep(ctx: &Ctx, id: Uuid, file: &StoredFile, upload: &mut Upload) -> Result<()> {
    let (fields, meant) = (upload.fields.clone(), file.clone());
    let quota = ctx.app.storage.quota;
    ctx.rehearse(move |tx| documents::create(tx, id, &fields, &meant, quota).map(drop))
        .await?;
    let verdict = ctx
        .app
        .inspector
        .verdict(&file.sha256, &upload.bytes)
        .await?;
    upload.fields.found(verdict.map_err(FileReason::refuse)?)?;
    ctx.app.db.require_room()?;
    if ctx.dry_run {
        return Ok(());
    }
    let (files, bytes) = (ctx.app.db.files(), upload.bytes.clone());
    files.put(&file.tenant, &file.sha256, bytes).await.map(drop)
}

async fn content(ctx: Ctx) -> Result<HttpResponse> {
    let (id, document) = (ctx.id("id")?, ctx.id("document_id")?);
    let (document, stored) = ctx.read(move |tx| documents::get(tx, id, document)).await?;
    serve(&ctx, Served { document, stored }).await
}

/// A document with the location of its bytes.
pub(super) struct Served {
    pub(super) document: Document,
    pub(super) stored: StoredFile,
}

/// Answers with the bytes of a document, all or one range.
pub(super) async fn serve(ctx: &Ctx, file: Served) -> Result<HttpResponse> {
    let etag = format!("\"{}\"", file.document.sha256);
    let asked = |name: header::HeaderName| {
        ctx.request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    if ctx.has_already(&etag) {
        return Ok(HttpResponse::NotModified()
            .insert_header((header::ETAG, etag))
            .finish());
    }
    let size = file.stored.size;
    let same = asked(header::IF_RANGE).is_none_or(|tag| tag == etag);
    let range = asked(header::RANGE)
        .filter(|_range| same)
        .and_then(|text| parse_range(text, size));
    let range = match range.transpose() {
        Ok(range) => range,
        // A client learns from the size what it may ask for (RFC 9110, section 15.5.17).
        Err(refusal) => return Ok(unsatisfiable(ctx, &refusal, size)),
    };
    let mut builder = if range.is_some() {
        HttpResponse::PartialContent()
    } else {
        HttpResponse::Ok()
    };
    builder
        .content_type(file.document.media_type.clone())
        .insert_header((header::ETAG, etag))
        .insert_header((header::ACCEPT_RANGES, "bytes"))
        .insert_header((
            header::CONTENT_DISPOSITION,
            attachment(&file.document.file_name),
        ));
    let span = range.clone().unwrap_or(0..size);
    if range.is_some() {
        builder.insert_header((
            header::CONTENT_RANGE,
            format!("bytes {}-{}/{size}", span.start, span.end.saturating_sub(1)),
        ));
    }
    let length = span.end.saturating_sub(span.start);
    if ctx.request.method() == Method::HEAD {
        ctx.app.db.files().look_at(&file.stored).await?;
        // Has a size but no bytes: behind a pipelined request the server would send them.
        let nothing = stream::empty::<std::result::Result<Bytes, std::io::Error>>();
        return Ok(builder.body(SizedStream::new(length, nothing)));
    }
    let bytes = ctx.app.db.files().read(&file.stored, range).await?;
    Ok(builder.no_chunking(length).streaming(bytes))
}

/// The refusal of a range that the file does not have, with the size that it has.
fn unsatisfiable(ctx: &Ctx, refusal: &Refusal, size: u64) -> HttpResponse {
    let mut response = problem::response(refusal, &ctx.request_id, ctx.spanish);
    if let Ok(value) = HeaderValue::from_str(&format!("bytes */{size}")) {
        response.headers_mut().insert(header::CONTENT_RANGE, value);
    }
    response
}

/// Parses one range of bytes; several ranges, or an invalid one, are answered with the whole.
fn parse_range(text: &str, size: u64) -> Option<Result<Range<u64>>> {
    let (first, last) = text.strip_prefix("bytes=")?.split_once('-')?;
    let range = match (first.trim(), last.trim()) {
        ("", suffix) => size.saturating_sub(suffix.parse().ok()?)..size,
        (start, "") => start.parse().ok()?..size,
        (start, end) => start.parse().ok()?..end.parse::<u64>().ok()?.saturating_add(1).min(size),
    };
    Some(if range.start < range.end && range.start < size {
        Ok(range)
    } else {
        Err(Refusal::new(Problem::RangeNotSatisfiable))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_stays_inside_the_file() {
        let read = |text| parse_range(text, 10).map(|range| range.ok());
        assert_eq!(read("bytes=0-3"), Some(Some(0..4)));
        assert_eq!(read("bytes=8-"), Some(Some(8..10)));
        assert_eq!(read("bytes=-3"), Some(Some(7..10)));
        assert_eq!(read("bytes=5-99"), Some(Some(5..10)));
        assert_eq!(read("bytes=10-"), Some(None));
        assert_eq!(read("bytes=5-2"), Some(None));
        assert_eq!(read("lines=1-2"), None);
        assert_eq!(read("bytes=a-b"), None);
    }
}
