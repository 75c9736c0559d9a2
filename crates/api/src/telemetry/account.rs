//! The account of one request: counted and logged once its answer is sent, or once nobody waits for
//! it any more.

use crate::app::App;
use crate::operation::Operation;
use crate::telemetry::access_log::Line;
use actix_web::HttpMessage;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::web::{Bytes, Data};
use chrono::SecondsFormat;
use futures_util::StreamExt;
use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

/// The status if the client left before the answer.
const GONE: u16 = 499;
/// The operation of a request that matches none.
const UNKNOWN: &str = "unknown";

/// The account of one request.
pub struct Account {
    app: Data<App>,
    request_id: String,
    time: String,
    start: Instant,
    operation: &'static str,
    method: &'static str,
    route: String,
    answered: Option<(u16, Duration)>,
    bytes_in: Rc<Cell<u64>>,
    bytes_out: u64,
    whole: bool,
}

impl Account {
    /// Opens the account of a request and starts counting its body.
    pub fn open(
        app: &Data<App>,
        request: &mut ServiceRequest,
        request_id: &str,
        pattern: Option<String>,
        operations: &[Arc<Operation>],
    ) -> Self {
        app.telemetry.metrics.begun();
        let method = request.method().clone();
        let asked = operations.iter().find(|known| known.method == method);
        Self {
            request_id: request_id.to_owned(),
            time: app.db.now().to_rfc3339_opts(SecondsFormat::Millis, true),
            start: Instant::now(),
            operation: asked.map_or_else(|| other(&method, request.path()), |known| known.id),
            method: known_method(&method),
            route: pattern.unwrap_or_else(|| UNKNOWN.into()),
            answered: None,
            bytes_in: count_body(request),
            bytes_out: 0,
            whole: false,
            app: app.clone(),
        }
    }

    /// Notes that the answer is known; the account closes with its last byte.
    pub fn answered(mut self, answer: ServiceResponse) -> ServiceResponse {
        self.answered = Some((answer.status().as_u16(), self.start.elapsed()));
        self.whole = matches!(
            answer.response().body().size(),
            BodySize::None | BodySize::Sized(0)
        );
        answer.map_body(|_head, body| {
            let account = self;
            Counted { body, account }.boxed()
        })
    }

    /// Notes that the framework answers by itself.
    pub fn failed(mut self, status: u16) {
        self.answered = Some((status, self.start.elapsed()));
        self.whole = true;
    }
}

impl Drop for Account {
    fn drop(&mut self) {
        let sent = self.start.elapsed();
        let (status, took) = self.answered.unwrap_or((GONE, sent));
        let telemetry = &self.app.telemetry;
        telemetry
            .metrics
            .ended(self.operation, status, took, &self.request_id, !self.whole);
        if let Some(log) = &telemetry.log {
            log.note(&Line {
                time: std::mem::take(&mut self.time),
                request_id: &self.request_id,
                operation: self.operation,
                method: self.method,
                route: &self.route,
                status,
                duration_ms: milliseconds(took),
                sent_ms: milliseconds(sent),
                bytes_in: self.bytes_in.get(),
                bytes_out: self.bytes_out,
                aborted: !self.whole,
            });
        }
    }
}

fn milliseconds(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1_000_000.0).round() / 1000.0
}

/// What was requested if it was not an operation.
fn other(method: &Method, path: &str) -> &'static str {
    if *method == Method::OPTIONS {
        "preflight"
    } else if path == "/openapi.json" {
        "openapi"
    } else if path == "/docs" || path.starts_with("/docs/") {
        "docs"
    } else {
        UNKNOWN
    }
}

/// A caller may invent methods.
fn known_method(method: &Method) -> &'static str {
    let known = ["GET", "POST", "PATCH", "PUT", "DELETE", "OPTIONS", "HEAD"];
    let found = known.into_iter().find(|name| *name == method.as_str());
    found.unwrap_or("OTHER")
}

/// Counts the bytes of a body as they are read.
fn count_body(request: &mut ServiceRequest) -> Rc<Cell<u64>> {
    let count = Rc::new(Cell::new(0));
    let payload = request.take_payload();
    if matches!(payload, Payload::None) {
        return count;
    }
    let counted = Rc::clone(&count);
    let payload = payload.inspect(move |piece| {
        if let Ok(bytes) = piece {
            counted.set(counted.get() + length(bytes));
        }
    });
    request.set_payload(Payload::Stream {
        payload: Box::pin(payload),
    });
    count
}

fn length(bytes: &Bytes) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

/// An answer whose bytes are counted as they are sent.
struct Counted {
    body: BoxBody,
    account: Account,
}

impl MessageBody for Counted {
    type Error = Box<dyn std::error::Error>;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        let piece = Pin::new(&mut self.body).poll_next(context);
        match &piece {
            Poll::Ready(Some(Ok(bytes))) => {
                self.account.bytes_out += length(bytes);
                let all = BodySize::Sized(self.account.bytes_out);
                self.account.whole |= self.body.size() == all;
            }
            Poll::Ready(None) => self.account.whole = true,
            Poll::Ready(Some(Err(_))) | Poll::Pending => {}
        }
        piece
    }
}
