//! Answers made shorter for callers that take it. The framework's own way is not used: its features
//! would also unpack what callers send, which is refused (`entry.rs`), and it holds the memory of a
//! packer for as long as a caller takes to read.

use crate::operation::{Content, Operation};
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{
    self, AcceptEncoding, ContentEncoding, Encoding, Header, HeaderMap, HeaderValue,
};
use actix_web::http::{Method, StatusCode};
use actix_web::web::{self, Bytes};
use brotli::CompressorWriter;
use flate2::write::GzEncoder;
use std::io::{self, Write};
use std::ops::RangeInclusive;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Up to how many bytes an answer is sent as it is: so little fits into one packet anyway.
const SHORT: u64 = 1024;

/// How many answers are compressed at once. Each takes 2.5 MB of memory at most meanwhile.
pub const PLACES: usize = 16;

/// How hard gzip tries, of 9: beyond this it takes far longer for little.
const GZIP: u32 = 5;
/// The same of brotli, of 11. One step further it takes four times the memory for some answers, at
/// 5 and with a small window 33 MB.
const BROTLI: u32 = 3;
/// How far back brotli looks, as powers of two: as far as the answer is long, within these.
const WINDOW: RangeInclusive<u32> = 16..=19;

/// What becomes shorter. A document is a format that is compressed in itself.
const KINDS: [&str; 8] = [
    "application/json",
    "application/problem+json",
    "text/csv",
    "text/html",
    "text/css",
    "text/javascript",
    "application/javascript",
    "image/svg+xml",
];

/// How the answer to one request is compressed.
pub struct Compression {
    coding: Option<Coding>,
    /// The plain forms of the tags of compressed answers that the caller has.
    had: Vec<String>,
}

impl Compression {
    /// Reads what the caller takes. A tag of a compressed answer that it has becomes the plain one,
    /// which the operations know, where the same coding would be used again: another caller's
    /// cache must not hand on what this one cannot read.
    pub fn agree(request: &mut ServiceRequest, operations: &[Arc<Operation>]) -> Self {
        let method = request.method();
        let asked = operations.iter().find(|known| known.method == *method);
        let allowed = asked.is_none_or(|operation| may_be_compressed(operation));
        let coding = wanted(request).filter(|_coding| allowed);
        let had = coding.map_or_else(Vec::new, |coding| plain_tags(request.headers_mut(), coding));
        Self { coding, had }
    }

    /// Compresses the answer where that was agreed and is worth it, and a place is free: nobody
    /// waits for it, and no flood of answers takes more memory than the places do.
    pub async fn apply(
        &self,
        mut answer: ServiceResponse,
        places: &Arc<Semaphore>,
    ) -> ServiceResponse {
        let Some(coding) = self.coding else {
            return answer;
        };
        if answer.status() == StatusCode::NOT_MODIFIED {
            let tag = text(answer.headers(), header::ETAG);
            if self.had.contains(&tag) {
                mark_tag(answer.headers_mut(), coding);
            }
            return answer;
        }
        if !is_worth_it(&answer) {
            return answer;
        }
        let Ok(place) = Arc::clone(places).try_acquire_owned() else {
            return answer;
        };
        let (request, answer) = answer.into_parts();
        let (mut answer, body) = answer.into_parts();
        let body = match body.try_into_bytes() {
            Ok(whole) => match packed(coding, whole.clone(), place).await {
                Some(packed) => {
                    mark_tag(answer.headers_mut(), coding);
                    let name = HeaderValue::from_static(coding.name());
                    answer.headers_mut().insert(header::CONTENT_ENCODING, name);
                    BoxBody::new(packed)
                }
                // The plain answer is as good.
                None => BoxBody::new(whole),
            },
            Err(stream) => stream,
        };
        ServiceResponse::new(request, answer.set_body(body))
    }
}

/// The place is kept until the work is over, which goes on when the caller has gone.
async fn packed(coding: Coding, whole: Bytes, place: OwnedSemaphorePermit) -> Option<Vec<u8>> {
    let work = web::block(move || {
        let packed = coding.pack(&whole);
        drop(place);
        packed
    });
    work.await.ok()?.ok()
}

/// How bytes are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Coding {
    Brotli,
    Gzip,
}

impl Coding {
    fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    fn pack(self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        match self {
            Self::Brotli => {
                let length = usize::BITS - bytes.len().leading_zeros();
                let window = length.clamp(*WINDOW.start(), *WINDOW.end());
                let mut packer = CompressorWriter::new(Vec::new(), 4096, BROTLI, window);
                packer.write_all(bytes)?;
                Ok(packer.into_inner())
            }
            Self::Gzip => {
                let mut packer = GzEncoder::new(Vec::new(), flate2::Compression::new(GZIP));
                packer.write_all(bytes)?;
                packer.finish()
            }
        }
    }
}

/// Never what carries a credential: the length of a compressed answer tells of its content. Never
/// the bytes of a document, whose ranges are counted as they are kept; `HEAD` asks for those alone.
fn may_be_compressed(operation: &Operation) -> bool {
    let bytes = matches!(operation.content, Content::Pdf) || operation.method == Method::HEAD;
    !(operation.credential || bytes)
}

/// The coding that the caller likes best. Who takes nothing that we have, not even the plain
/// answer, gets the plain answer.
fn wanted(request: &ServiceRequest) -> Option<Coding> {
    let offered = [Encoding::identity(), Encoding::brotli(), Encoding::gzip()];
    let asked = AcceptEncoding::parse(request).ok()?;
    match asked.negotiate(offered.iter())? {
        Encoding::Known(ContentEncoding::Brotli) => Some(Coding::Brotli),
        Encoding::Known(ContentEncoding::Gzip) => Some(Coding::Gzip),
        _ => None,
    }
}

fn is_worth_it(answer: &ServiceResponse) -> bool {
    let headers = answer.headers();
    let kind = text(headers, header::CONTENT_TYPE);
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let size = answer.response().body().size();
    let long = matches!(size, BodySize::Sized(length) if length > SHORT);
    long && KINDS.contains(&kind)
        && answer.status() != StatusCode::PARTIAL_CONTENT
        && !headers.contains_key(header::ACCEPT_RANGES)
        && !headers.contains_key(header::CONTENT_ENCODING)
}

/// `"3.5d1c"` becomes `"3.5d1c-gzip"`: these are other bytes, and a strong tag stands for bytes.
/// `If-Match` reads the version alone, so either is good there.
fn mark_tag(headers: &mut HeaderMap, coding: Coding) {
    let tag = text(headers, header::ETAG);
    let marked = tag
        .strip_suffix('"')
        .map(|start| format!("{start}-{}\"", coding.name()));
    if let Some(Ok(marked)) = marked.map(|marked| HeaderValue::from_str(&marked)) {
        headers.insert(header::ETAG, marked);
    }
}

/// Puts the tags of this coding in `If-None-Match` into their plain form, and names them.
fn plain_tags(headers: &mut HeaderMap, coding: Coding) -> Vec<String> {
    let end = format!("-{}\"", coding.name());
    let mut had = Vec::new();
    let tags: Vec<String> = text(headers, header::IF_NONE_MATCH)
        .split(',')
        .map(|tag| match tag.trim().strip_suffix(&end) {
            Some(start) => {
                let plain = format!("{start}\"");
                had.push(plain.trim_start_matches("W/").to_owned());
                plain
            }
            None => tag.trim().to_owned(),
        })
        .collect();
    if !had.is_empty()
        && let Ok(tags) = HeaderValue::from_str(&tags.join(", "))
    {
        headers.insert(header::IF_NONE_MATCH, tags);
    }
    had
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> String {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations;
    use actix_web::HttpResponse;
    use actix_web::test::TestRequest;

    fn agreed(operation: &Arc<Operation>) -> Option<Coding> {
        let request = TestRequest::default()
            .method(operation.method.clone())
            .insert_header(("accept-encoding", "gzip"));
        let mut request = request.to_srv_request();
        Compression::agree(&mut request, std::slice::from_ref(operation)).coding
    }

    #[test]
    fn what_carries_a_credential_or_a_document_is_never_compressed() {
        for operation in operations::all() {
            let plain = [
                "create_session",
                "refresh_session",
                "get_document_content",
                "head_document_content",
                "get_registry_document",
                "head_registry_document",
            ]
            .contains(&operation.id);
            let coding = agreed(&operation);
            assert_eq!(coding.is_none(), plain, "{}", operation.id);
        }
    }

    #[test]
    fn only_what_becomes_shorter_is_compressed() {
        let long = "x".repeat(1025);
        let worth = |kind: &str, body: &str, more: (&str, &str), status: u16| {
            let status = StatusCode::from_u16(status).unwrap();
            let answer = HttpResponse::build(status)
                .content_type(kind)
                .insert_header(more)
                .body(body.to_owned());
            let request = TestRequest::default().to_srv_request();
            is_worth_it(&request.into_response(answer))
        };
        let none = ("x-none", "");
        assert!(worth("application/json", &long, none, 200));
        assert!(worth("text/csv; charset=utf-8", &long, none, 201));
        assert!(worth("application/problem+json", &long, none, 422));
        assert!(!worth("application/json", &long[1..], none, 200));
        assert!(!worth("application/json", &long, none, 206));
        assert!(!worth("application/pdf", &long, none, 200));
        assert!(!worth("image/png", &long, none, 200));
        assert!(!worth("", &long, none, 200));
        let packed = ("content-encoding", "gzip");
        assert!(!worth("application/json", &long, packed, 200));
        let ranged = ("accept-ranges", "bytes");
        assert!(!worth("application/json", &long, ranged, 200));
    }

    #[test]
    fn tags_of_the_same_coding_alone_become_plain() {
        let mut headers = HeaderMap::new();
        let sent = HeaderValue::from_static("\"1.a\", W/\"2.b-gzip\",\"3.c-br\", *");
        headers.insert(header::IF_NONE_MATCH, sent);
        let had = plain_tags(&mut headers, Coding::Gzip);
        assert_eq!(had, ["\"2.b\""]);
        let left = text(&headers, header::IF_NONE_MATCH);
        assert_eq!(left, "\"1.a\", W/\"2.b\", \"3.c-br\", *");
    }
}
