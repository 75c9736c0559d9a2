//! Assembles the service: the router, built from the list of operations, and what surrounds it.

use crate::app::App;
use crate::context::Ctx;
use crate::edge::deadlines::Due;
use crate::edge::middleware::pass;
use crate::edge::passing::Passing;
use crate::entry::speaks_spanish;
use crate::expected::explain;
use crate::route::Route;
use crate::{openapi, operations, problem};
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::from_fn;
use actix_web::web::{self, Data, Payload, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, Resource};
use std::collections::BTreeMap;
use std::sync::Arc;
use tracing::Instrument;
use vinculo_auth::policy;
use vinculo_auth::seal::SealKey;
use vinculo_auth::tokens::TokenKeys;
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::Db;

/// The service over a store, with all operations.
pub fn app(db: Db, tokens: TokenKeys, seal: SealKey) -> App {
    App::new(db, tokens, seal, operations::all())
}

/// Registers every operation, the document and its page behind the edge. Routes are created only
/// here.
pub fn configure(app: Data<App>) -> impl Fn(&mut ServiceConfig) + Clone {
    move |config: &mut ServiceConfig| {
        let edge = app.clone();
        let middleware = from_fn(move |request, next| pass(edge.clone(), request, next));
        let inside = web::scope("")
            .wrap(middleware)
            .configure(routes)
            .default_service(web::to(not_found));
        config.app_data(app.clone()).service(inside);
    }
}

/// A request is compared with the collections first, as text; in one of them with the paths that go on with
/// a word; and then with the one that goes on with a parameter, and those below it. Each path with a
/// parameter is a regular expression, so a request meets few of them.
fn routes(config: &mut ServiceConfig) {
    for (collection, paths) in by_collection() {
        let mut scope = web::scope(collection).default_service(web::to(not_found));
        let (below, beside): (Paths, Paths) = paths
            .into_iter()
            .partition(|(path, _)| parts(path, 3).ends_with('}'));
        for (path, routes) in beside {
            scope = scope.service(resource(after(collection, path), routes));
        }
        for (item, paths) in grouped(below, 3) {
            let mut within =
                web::scope(after(collection, item)).default_service(web::to(not_found));
            for (path, routes) in paths {
                within = within.service(resource(after(item, path), routes));
            }
            scope = scope.service(within);
        }
        config.service(scope);
    }
    let document = web::resource("/openapi.json").route(web::get().to(|| async {
        HttpResponse::Ok()
            .content_type("application/json")
            .body(openapi::text())
    }));
    config.service(only(document, "GET".to_owned()));
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
}

fn resource(path: &'static str, routes: Vec<&'static Route>) -> Resource {
    let methods: Vec<&str> = routes
        .iter()
        .map(|route| route.operation.method.as_str())
        .collect();
    let allow = methods.join(", ");
    let mut resource = web::resource(path);
    for route in routes {
        let method = route.operation.method.clone();
        resource = resource.route(web::method(method).to(
            move |app: Data<App>, request: HttpRequest, payload: Payload| {
                dispatch(app, route, request, payload)
            },
        ));
    }
    only(resource, allow)
}

/// Refuses other methods than those that the resource allows.
fn only(resource: Resource, allow: String) -> Resource {
    resource.default_service(web::to(move |request: HttpRequest| {
        let mut response = refuse(&request, Problem::MethodNotAllowed);
        if let Ok(value) = HeaderValue::from_str(&allow) {
            response.headers_mut().insert(header::ALLOW, value);
        }
        std::future::ready(response)
    }))
}

type Paths = BTreeMap<&'static str, Vec<&'static Route>>;

/// The paths of each collection, such as `/v1/agreements`.
fn by_collection() -> BTreeMap<&'static str, Paths> {
    let mut paths = Paths::new();
    for route in operations::routes() {
        paths.entry(route.operation.path).or_default().push(route);
    }
    grouped(paths, 2)
}

/// The first parts of a path, or all of it.
fn parts(path: &'static str, count: usize) -> &'static str {
    let end = path.match_indices('/').nth(count).map(|(at, _)| at);
    end.and_then(|end| path.get(..end)).unwrap_or(path)
}

/// What is left of a path after its beginning.
fn after(beginning: &str, path: &'static str) -> &'static str {
    path.strip_prefix(beginning).unwrap_or(path)
}

/// Paths by their first parts.
fn grouped(paths: Paths, count: usize) -> BTreeMap<&'static str, Paths> {
    let mut groups: BTreeMap<&'static str, Paths> = BTreeMap::new();
    for (path, routes) in paths {
        let group = groups.entry(parts(path, count)).or_default();
        group.insert(path, routes);
    }
    groups
}

async fn not_found(request: HttpRequest) -> HttpResponse {
    refuse(&request, Problem::NotFound)
}

fn refuse(request: &HttpRequest, problem: Problem) -> HttpResponse {
    let request_id = Passing::of(request).map_or_else(
        |_unknown| String::new(),
        |passing| passing.request_id.clone(),
    );
    let spanish = speaks_spanish(request.headers());
    problem::response(&Refusal::new(problem), &request_id, spanish)
}

/// Handles one request within its time limit: context, handler, answer or problem.
async fn dispatch(
    app: Data<App>,
    route: &'static Route,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let spanish = speaks_spanish(request.headers());
    let passing = match Passing::of(&request) {
        Ok(passing) => passing,
        Err(refusal) => return problem::response(&refusal, "", spanish),
    };
    let request_id = passing.request_id.clone();
    let span = tracing::info_span!("request", operation = route.operation.id, request_id, address = %passing.address);
    let due = app.edge.deadlines.due(&route.operation);
    let safe = request.method().is_safe();
    let work = run(app, route, request, payload, due.clone(), &request_id);
    let outcome = due.hold(work).instrument(span.clone()).await;
    let outcome = outcome.unwrap_or_else(|| {
        let late = late(safe);
        span.in_scope(|| log(&late));
        Err(late)
    });
    outcome.unwrap_or_else(|refusal| problem::response(&refusal, &request_id, spanish))
}

/// The refusal when time is up. The store continues its work, so for a change it is not yet known
/// whether it will be kept.
fn late(safe: bool) -> Refusal {
    let problem = if safe {
        Problem::TooBusy
    } else {
        Problem::OutcomeUnknown
    };
    Refusal {
        internal: Some("the answer was not ready in time".into()),
        ..Refusal::new(problem)
    }
}

async fn run(
    app: Data<App>,
    route: &'static Route,
    request: HttpRequest,
    payload: Payload,
    due: Due,
    request_id: &str,
) -> Result<HttpResponse> {
    let operation = Arc::clone(&route.operation);
    let (id, permission) = (operation.id, operation.permission);
    let subject = request.match_info().get("id").map(str::to_owned);
    let (outcome, actor) = match Ctx::new(
        app.clone(),
        operation,
        request,
        payload,
        due,
        request_id.to_owned(),
    )
    .await
    {
        Ok(ctx) => {
            let actor = ctx.actor.clone();
            ((route.handler)(ctx).await, actor)
        }
        Err((refusal, actor)) => (Err(refusal), actor),
    };
    let outcome = outcome.map_err(|refusal| explain(&route.operation, refusal));
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

/// Logs a server failure once, here, with its cause. Refusals are the caller's errors and are not
/// logged.
fn log(refusal: &Refusal) {
    if refusal.problem.status() >= 500 {
        tracing::error!(%refusal, "request failed");
    } else {
        tracing::debug!(%refusal, "request refused");
    }
}
