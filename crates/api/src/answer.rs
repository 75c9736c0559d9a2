//! How handlers answer a request.

use crate::context::Ctx;
use crate::cursor;
use actix_web::HttpResponse;
use actix_web::http::header;
use serde::Serialize;
use vinculo_auth::seal::sha256;
use vinculo_domain::page::{List, Page};
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::Reply;

impl Ctx {
    /// Answers with the reply that this unit of work, or an earlier one with the same key,
    /// produced.
    pub fn answer(&self, reply: Reply) -> HttpResponse {
        let status = actix_web::http::StatusCode::from_u16(reply.status).unwrap_or_default();
        let mut builder = HttpResponse::build(status);
        if let Some(etag) = reply.etag {
            builder.insert_header((header::ETAG, etag));
        }
        if let Some(location) = reply.location {
            builder.insert_header((header::LOCATION, location));
        }
        if reply.replayed {
            builder.insert_header(("Idempotency-Replayed", "true"));
        }
        if self.dry_run {
            builder.insert_header(("Dry-Run", "true"));
        }
        if reply.body.is_empty() {
            builder.finish()
        } else {
            builder.content_type("application/json").body(reply.body)
        }
    }

    /// Answers with a record, or 304 if the caller already has it.
    pub fn record<T: Serialize>(&self, record: &T, version: i32) -> Result<HttpResponse> {
        let reply = self.render().record(200, record, version)?;
        Ok(self.unless_unchanged(reply))
    }

    /// Answers with data gathered from several records; its tag is its own digest.
    pub fn gathered<T: Serialize>(&self, found: &T) -> Result<HttpResponse> {
        let body =
            serde_json::to_string(found).map_err(|error| Refusal::internal(error.to_string()))?;
        Ok(self.unless_unchanged(Reply {
            status: 200,
            etag: Some(format!("\"{}\"", sha256(body.as_bytes()))),
            location: None,
            body,
            replayed: false,
        }))
    }

    /// Answers 304 if `If-None-Match` contains the tag of the answer.
    pub fn unless_unchanged(&self, reply: Reply) -> HttpResponse {
        match &reply.etag {
            Some(etag) if self.has_already(etag) => self.not_modified(etag),
            _ => self.answer(reply),
        }
    }

    /// Answers that the caller has what stands under this tag.
    pub fn not_modified(&self, etag: &str) -> HttpResponse {
        HttpResponse::NotModified()
            .insert_header((header::ETAG, etag))
            .finish()
    }

    /// Whether `If-None-Match` contains this tag, weak or strong, alone or in a list.
    pub fn has_already(&self, etag: &str) -> bool {
        let value = self.request.headers().get(header::IF_NONE_MATCH);
        let text = value.and_then(|value| value.to_str().ok());
        text.is_some_and(|text| {
            text.split(',')
                .map(str::trim)
                .any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
        })
    }

    /// Answers with a page of a list.
    pub fn list<T: Serialize>(&self, page: Page<T>) -> Result<HttpResponse> {
        let next_cursor = page
            .next
            .map(|after| {
                cursor::write(
                    &self.app.seal,
                    &self.cursor_context(),
                    &after,
                    self.app.db.now(),
                )
            })
            .transpose()?;
        let mut builder = HttpResponse::Ok();
        if let Some(next) = &next_cursor {
            let mut pairs: Vec<_> = self
                .pairs
                .iter()
                .filter(|(name, _)| name != "cursor")
                .cloned()
                .collect();
            pairs.push(("cursor".into(), next.clone()));
            let query = serde_urlencoded::to_string(&pairs)
                .map_err(|error| Refusal::internal(error.to_string()))?;
            builder.insert_header((
                header::LINK,
                format!("<{}?{query}>; rel=\"next\"", self.request.path()),
            ));
        }
        Ok(builder.json(List {
            items: page.items,
            next_cursor,
            total: page.total,
        }))
    }
}
