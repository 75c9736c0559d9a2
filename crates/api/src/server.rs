//! The service assembled: the router made from the list of operations, and what surrounds it.

use crate::app::App;
use crate::context::Ctx;
use crate::entry::speaks_spanish;
use crate::operation::Operation;
use crate::problem;
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::web::{self, Data, Payload, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use std::collections::BTreeMap;
use std::sync::Arc;
use tracing::Instrument;
use uuid::Uuid;
use vinculo_auth::{Action, Kind, policy};
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, Result};

/// Registers every operation, the document and its page. The one place where routes are made.
pub fn configure(app: Data<App>) -> impl Fn(&mut ServiceConfig) + Clone {
    move |config: &mut ServiceConfig| {
        config.app_data(app.clone());
        for (path, operations) in by_path() {
            let allow = operations
                .iter()
                .map(|operation| operation.method.as_str())
                .collect::<Vec<_>>()
                .join(", ");
            let mut resource = web::resource(path);
            for operation in operations {
                let method = operation.method.clone();
                resource = resource.route(web::method(method).to(
                    move |app: Data<App>, request: HttpRequest, payload: Payload| {
                        dispatch(app, Arc::clone(&operation), request, payload)
                    },
                ));
            }
            config.service(
                resource.default_service(web::to(move |request: HttpRequest| {
                    let allow = allow.clone();
                    async move {
                        let mut response = refuse(&request, Problem::MethodNotAllowed);
                        if let Ok(value) = HeaderValue::from_str(&allow) {
                            response.headers_mut().insert(header::ALLOW, value);
                        }
                        response
                    }
                })),
            );
        }
        config.route(
            "/openapi.json",
            web::get().to(|app: Data<App>| async move {
                HttpResponse::Ok()
                    .content_type("application/json")
                    .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
                    .body(app.document.clone())
            }),
        );
        config.service(
            utoipa_swagger_ui::SwaggerUi::new("/docs/{_:.*}")
                .config(utoipa_swagger_ui::Config::from("/openapi.json")),
        );
        config.route(
            "/docs",
            web::get().to(|| async {
                HttpResponse::Found()
                    .insert_header((header::LOCATION, "/docs/"))
                    .finish()
            }),
        );
        config.default_service(web::to(|request: HttpRequest| async move {
            refuse(&request, Problem::NotFound)
        }));
    }
}

fn by_path() -> BTreeMap<&'static str, Vec<Arc<Operation>>> {
    let mut paths: BTreeMap<&'static str, Vec<Arc<Operation>>> = BTreeMap::new();
    for operation in crate::operations::all() {
        paths.entry(operation.path).or_default().push(operation);
    }
    paths
}

fn refuse(request: &HttpRequest, problem: Problem) -> HttpResponse {
    let request_id = Uuid::now_v7().to_string();
    let mut response = problem::response(
        &Refusal::new(problem),
        &request_id,
        speaks_spanish(request.headers()),
    );
    dress(&mut response, &request_id, false);
    response
}

/// One request: its context, its handler, its answer or its problem.
async fn dispatch(
    app: Data<App>,
    operation: Arc<Operation>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let request_id = Uuid::now_v7().to_string();
    let spanish = speaks_spanish(request.headers());
    let open = operation.public && matches!(operation.method, Method::GET | Method::HEAD);
    let span = tracing::info_span!("request", operation = operation.id, request_id);
    let outcome = run(app, operation, request, payload, &request_id)
        .instrument(span)
        .await;
    let mut response =
        outcome.unwrap_or_else(|refusal| problem::response(&refusal, &request_id, spanish));
    dress(&mut response, &request_id, open);
    response
}

async fn run(
    app: Data<App>,
    operation: Arc<Operation>,
    request: HttpRequest,
    payload: Payload,
    request_id: &str,
) -> Result<HttpResponse> {
    let (id, permission) = (operation.id, operation.permission);
    let subject = request.match_info().get("id").map(str::to_owned);
    let handler = Arc::clone(&operation.handler);
    let (outcome, actor) = match Ctx::new(
        app.clone(),
        operation,
        request,
        payload,
        request_id.to_owned(),
    )
    .await
    {
        Ok(ctx) => {
            let actor = ctx.actor.clone();
            (handler(ctx).await, actor)
        }
        Err((refusal, actor)) => (Err(refusal), actor),
    };
    if let Err(refusal) = &outcome {
        log(refusal);
        let known = actor.is_some()
            && matches!(
                refusal.problem,
                Problem::NotFound | Problem::Forbidden | Problem::SeparationOfDuties
            );
        if known || refusal.problem == Problem::InvalidCredentials {
            let scope = policy::scope(actor.as_ref(), permission.0, permission.1);
            let short = subject.map(|text| text.replace('\0', "").chars().take(64).collect());
            app.db
                .refused(&scope, id, request_id, refusal.problem, short)
                .await?;
        }
    }
    outcome
}

/// A failure of the server is logged once, here, with its cause; a refusal is the caller's.
fn log(refusal: &Refusal) {
    if refusal.problem.status() >= 500 {
        tracing::error!(%refusal, "request failed");
    } else {
        tracing::debug!(%refusal, "request refused");
    }
}

/// The headers of every answer.
fn dress(response: &mut HttpResponse, request_id: &str, open: bool) {
    let kept = open && response.status().is_success();
    let headers = response.headers_mut();
    let mut put = |name: HeaderName, value: &'static str| {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    put(
        header::CACHE_CONTROL,
        if kept {
            "public, max-age=60"
        } else {
            "no-store"
        },
    );
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; frame-ancestors 'none'; sandbox",
    );
    put(header::REFERRER_POLICY, "no-referrer");
    if open {
        put(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    }
    put(header::VARY, "Accept-Language, Authorization");
    if let Ok(value) = HeaderValue::from_str(request_id) {
        headers.insert(HeaderName::from_static("x-request-id"), value);
    }
}

/// The scope of the service's own upkeep.
pub fn upkeep() -> vinculo_auth::Scope {
    policy::scope(
        Some(&vinculo_auth::Actor::operator()),
        Kind::Government,
        Action::Read,
    )
}
