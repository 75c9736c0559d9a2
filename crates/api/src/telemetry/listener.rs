//! The address that serves the metrics and nothing else. It is for the monitoring machine; there is
//! no sign-in.

use crate::app::App;
use crate::telemetry::metrics::CONTENT_TYPE;
use actix_web::dev::Server;
use actix_web::http::header;
use actix_web::web::{self, Data};
use actix_web::{App as Service, HttpResponse, HttpServer};
use std::net::SocketAddr;
use vinculo_domain::{Refusal, Result};

/// Connections at once: a monitoring system needs one.
const CONNECTIONS: usize = 8;

/// A listening server for the metrics, and its addresses.
pub fn listen(app: Data<App>, bind: SocketAddr) -> Result<(Vec<SocketAddr>, Server)> {
    let service = move || {
        Service::new()
            .app_data(app.clone())
            .service(web::resource("/metrics").route(web::get().to(metrics)))
            .default_service(web::to(HttpResponse::NotFound))
    };
    let server = HttpServer::new(service)
        .workers(1)
        .max_connections(CONNECTIONS)
        .disable_signals()
        .shutdown_timeout(1)
        .bind(bind)
        .map_err(|error| {
            Refusal::internal(format!("cannot listen for metrics on {bind}: {error}"))
        })?;
    Ok((server.addrs(), server.run()))
}

async fn metrics(app: Data<App>) -> HttpResponse {
    let text = app.telemetry.metrics.expose(&app).await;
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, CONTENT_TYPE))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(text)
}
