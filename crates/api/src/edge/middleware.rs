//! The path of every request through the edge, and of every answer back.

use crate::app::App;
use crate::edge::compression::Compression;
use crate::edge::connections::{Handling, Seat};
use crate::edge::headers::{self, Nature};
use crate::edge::passing::Passing;
use crate::edge::{cors, rate_state, size};
use crate::entry::{charge_open, speaks_spanish};
use crate::operation::Operation;
use crate::problem;
use crate::telemetry::account::Account;
use actix_web::HttpResponse;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::{Bytes, Data};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, Result};

/// Passes one request on to the service and its answer back.
pub async fn pass(
    app: Data<App>,
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> std::result::Result<ServiceResponse, actix_web::Error> {
    let seat = request.request().conn_data::<Arc<Seat>>().cloned();
    let handling: Option<Handling> = seat.as_ref().map(Seat::handle);
    let caller = app
        .edge
        .proxies
        .caller(request.peer_addr(), request.headers());
    let passing = Passing::begin(&request, caller);
    let pattern = request.resource_map().match_pattern(request.path());
    let operations = pattern
        .as_ref()
        .map_or(&[][..], |pattern| app.operations_at(pattern));
    let id = &passing.request_id;
    let account = Account::open(&app, &mut request, id, pattern.clone(), operations);
    let about = About::new(&request, operations);
    let admitted = admit(&app, &request, &passing, operations);
    let compression = Compression::agree(&mut request, operations);
    let mut answer = match admitted {
        Ok(None) => match next.call(request).await {
            Ok(answer) => answer.map_into_boxed_body(),
            Err(error) => {
                account.failed(error.as_response_error().status_code().as_u16());
                return Err(error);
            }
        },
        Ok(Some(preflight)) => request.into_response(preflight),
        Err(refusal) => {
            let problem = problem::response(&refusal, &passing.request_id, about.spanish);
            request.into_response(problem)
        }
    };
    about.add_headers(&app, answer.response_mut(), &passing);
    if passing.is_flood() {
        // A refusal costs processor time too, so each connection gets only so many refusals a
        // second.
        tokio::time::sleep(app.edge.deadlines.flood_pause).await;
    }
    let answer = compression.apply(answer, &app.edge.compressing).await;
    drop(handling);
    let answer = account.answered(answer);
    Ok(match seat {
        Some(seat) => watch(answer, seat),
        None => answer,
    })
}

/// What can be decided before the request is read further: the answer to a preflight, or a refusal.
fn admit(
    app: &App,
    request: &ServiceRequest,
    passing: &Passing,
    operations: &[Arc<Operation>],
) -> Result<Option<HttpResponse>> {
    size::check(request.uri(), request.headers())?;
    if request.method() == Method::OPTIONS
        && let Some(headers) = app.edge.origins.preflight(request.headers(), operations)
    {
        let mut answer = HttpResponse::NoContent();
        headers.into_iter().for_each(|header| {
            answer.insert_header(header);
        });
        return Ok(Some(answer.finish()));
    }
    let asked = operations
        .iter()
        .find(|operation| operation.method == *request.method());
    // A request that needs a token is counted where the token is read.
    if asked.is_none_or(|operation| operation.public) && !request.path().starts_with("/health/") {
        let asked = asked.map(AsRef::as_ref);
        charge_open(app, asked, request.headers(), passing)?;
    }
    Ok(None)
}

/// What the answer still needs to know about its request.
struct About {
    nature: Nature,
    open: bool,
    spanish: bool,
    origin: Option<HeaderValue>,
}

impl About {
    fn new(request: &ServiceRequest, operations: &[Arc<Operation>]) -> Self {
        let document = request.path() == "/openapi.json";
        let open = document
            || operations
                .iter()
                .any(|known| known.method == *request.method() && cors::is_open(known));
        let nature = if request.path().starts_with("/docs") {
            Nature::Page
        } else if open {
            Nature::Public
        } else {
            Nature::Private
        };
        Self {
            nature,
            open,
            spanish: speaks_spanish(request.headers()),
            origin: request.headers().get(header::ORIGIN).cloned(),
        }
    }

    fn add_headers(&self, app: &App, response: &mut HttpResponse, passing: &Passing) {
        self.explain(response, passing);
        let status = response.status();
        headers::add_headers(response, &passing.request_id, self.nature, app.edge.https);
        let answer = response.headers_mut();
        if !answer.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN) {
            let origin = self.origin.as_ref();
            app.edge.origins.add_headers(answer, origin, self.open);
        }
        let states = passing.states();
        rate_state::add_headers(answer, &states);
        for empty in states.iter().filter(|one| one.wait.is_some()) {
            app.telemetry.metrics.limited(empty.policy);
        }
        if status == StatusCode::REQUEST_TIMEOUT || app.is_draining() {
            response.head_mut().set_connection_type(CLOSE);
        }
    }

    /// Adds a problem body to refusals of the reference page, which have none.
    fn explain(&self, response: &mut HttpResponse, passing: &Passing) {
        let status = response.status();
        let explained = response
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| kind == "application/problem+json");
        if explained || !(status.is_client_error() || status.is_server_error()) {
            return;
        }
        let refusal = if status == StatusCode::NOT_FOUND {
            Refusal::new(Problem::NotFound)
        } else {
            Refusal::internal("an answer without a problem")
        };
        *response = problem::response(&refusal, &passing.request_id, self.spanish);
    }
}

const CLOSE: actix_web::http::ConnectionType = actix_web::http::ConnectionType::Close;

/// An answer that notes activity on the connection with each piece.
struct Watched {
    body: BoxBody,
    seat: Arc<Seat>,
}

impl MessageBody for Watched {
    type Error = Box<dyn std::error::Error>;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<std::result::Result<Bytes, Self::Error>>> {
        self.seat.touch();
        Pin::new(&mut self.body).poll_next(context)
    }
}

fn watch(answer: ServiceResponse, seat: Arc<Seat>) -> ServiceResponse {
    if answer.status() == StatusCode::REQUEST_TIMEOUT {
        seat.stop_reading();
    }
    answer.map_body(|_head, body| Watched { body, seat }.boxed())
}
