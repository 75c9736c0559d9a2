//! Compresses answers for callers that accept it. The framework's compression is not used: it would
//! also decompress request bodies, which are refused (`entry.rs`), and it holds the memory of a
//! compressor for as long as a caller takes to read.

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

/// Answers up to this size in bytes are sent as they are: they fit into one packet anyway.
const SHORT: u64 = 1024;

/// How many answers are compressed at once. Each takes at most 2.5 MB of memory meanwhile.
pub const PLACES: usize = 16;

/// gzip's level, out of 9: higher levels take far longer and save little.
const GZIP: u32 = 5;
/// brotli's level, out of 11. One level higher takes four times the memory for some answers; level
/// 5 with a small window takes 33 MB.
const BROTLI: u32 = 3;
/// brotli's window, as powers of two: the length of the answer, within these limits.
const WINDOW: RangeInclusive<u32> = 16..=19;

/// The types that become smaller. Documents are in formats that are already compressed.
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
    /// The uncompressed forms of the compressed answers' tags that the caller has.
    had: Vec<String>,
}

impl Compression {
    /// Reads which codings the caller accepts. A tag with the suffix of the coding to be used now
    /// is converted to the plain tag, which the operations know. Tags of other codings stay: a
    /// cache must not hand on an answer that this caller cannot read.
    pub fn agree(request: &mut ServiceRequest, operations: &[Arc<Operation>]) -> Self {
        let method = request.method();
        let asked = operations.iter().find(|known| known.method == *method);
        let allowed = asked.is_none_or(|operation| may_be_compressed(operation));
        let coding = wanted(request).filter(|_coding| allowed);
        let had = coding.map_or_else(Vec::new, |coding| plain_tags(request.headers_mut(), coding));
        Self { coding, had }
    }

    /// Compresses the answer if that was agreed, is worth it, and a place is free. Answers never
    /// wait for a place, and many answers at once take no more memory than the places allow.
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
                // The uncompressed answer is just as correct.
                None => BoxBody::new(whole),
            },
            Err(stream) => stream,
        };
        ServiceResponse::new(request, answer.set_body(body))
    }
}

/// Keeps its place until the work is over; the work continues even if the caller has gone.
async fn packed(coding: Coding, whole: Bytes, place: OwnedSemaphorePermit) -> Option<Vec<u8>> {
    let work = web::block(move || {
        let packed = coding.pack(&whole);
        drop(place);
        packed
    });
    work.await.ok()?.ok()
}

/// The compression used.
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

/// Never compress an answer with a credential: the length of a compressed answer reveals content.
/// Never compress document bytes: ranges refer to the bytes as stored, and `HEAD` only asks for
/// documents.
fn may_be_compressed(operation: &Operation) -> bool {
    let bytes = matches!(operation.content, Content::Pdf | Content::Print)
        || operation.method == Method::HEAD;
    !(operation.credential || bytes)
}

/// The coding that the caller prefers. A caller that accepts none of ours, not even the
/// uncompressed form, gets the uncompressed answer.
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

/// `"3.5d1c"` becomes `"3.5d1c-gzip"`, because a strong tag identifies exact bytes. `If-Match`
/// reads only the version, so it accepts both.
fn mark_tag(headers: &mut HeaderMap, coding: Coding) {
    let tag = text(headers, header::ETAG);
    let marked = tag
        .strip_suffix('"')
        .map(|start| format!("{start}-{}\"", coding.name()));
    if let Some(Ok(marked)) = marked.map(|marked| HeaderValue::from_str(&marked)) {
        headers.insert(header::ETAG, marked);
    }
}

/// Converts the tags of this coding in `If-None-Match` to plain ones, and returns them.
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
                "get_hand_over_pdf",
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
