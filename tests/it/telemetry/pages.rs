//! The metrics, and what uses them: their document, the dashboard, the rules.

use super::{exposed, on_both_logged};
use std::collections::BTreeSet;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use vinculo_api::telemetry::listener;
use vinculo_persistence::alarms::Alarm;
use vinculo_tests::{GUADALAJARA, TestApp};

const PAGE: &str = include_str!("../../../docs/operations/METRICS.md");
const DASHBOARD: &str = include_str!("../../../docs/operations/dashboard.json");
const RULES: &str = include_str!("../../../docs/operations/alerts.yml");

/// The names of metrics in a text.
fn named(text: &str) -> BTreeSet<String> {
    let part = |c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    text.split(part)
        .filter(|word| word.starts_with("vinculo_"))
        .map(str::to_owned)
        .collect()
}

/// The families of an exposition, with their types.
fn families(text: &str) -> BTreeSet<(String, String)> {
    text.lines()
        .filter_map(|line| line.strip_prefix("# TYPE ")?.split_once(' '))
        .map(|(name, kind)| (name.to_owned(), kind.to_owned()))
        .collect()
}

/// The names under which a family may be queried.
fn series(family: &str, kind: &str) -> Vec<String> {
    let endings: &[&str] = match kind {
        "counter" => &["_total"],
        "histogram" => &["_bucket", "_sum", "_count"],
        "info" => &["_info"],
        _ => &[""],
    };
    endings
        .iter()
        .map(|ending| format!("{family}{ending}"))
        .collect()
}

#[actix_web::test]
async fn what_the_dashboard_and_the_rules_ask_for_is_there_and_explained() {
    on_both_logged(|app, _written| async move {
        app.nobody().get("/v1/registry").await.expect(200);
        app.officer(GUADALAJARA)
            .await
            .get("/v1/me")
            .await
            .expect(200);
        app.app
            .db
            .alarms()
            .raise(Alarm::ClockFar, "clock".into(), "a test".into());
        let text = exposed(&app).await;
        assert!(text.ends_with("# EOF\n"), "{text}");
        let families = families(&text);
        let all: BTreeSet<String> = families
            .iter()
            .flat_map(|(family, kind)| series(family, kind))
            .collect();
        for (what, source) in [("dashboard", DASHBOARD), ("rules", RULES)] {
            let asked = named(source);
            assert!(asked.len() > 5, "{what}: {asked:?}");
            let missing: Vec<_> = asked.difference(&all).collect();
            assert!(missing.is_empty(), "{what} asks for {missing:?} of {all:?}");
        }
        let explained = named(PAGE);
        for (family, kind) in &families {
            let known = series(family, kind)
                .iter()
                .any(|name| explained.contains(name));
            assert!(known, "{family} is not in METRICS.md");
        }
        let gone: Vec<_> = explained.difference(&all).collect();
        assert!(gone.is_empty(), "METRICS.md explains {gone:?}");
        for said in [
            "vinculo_alarms{alarm=\"clock_far\"} 1",
            "vinculo_alarms{alarm=\"lapses_stopped\"} 0",
            "vinculo_requests_total{operation=\"list_registry\",status=\"200\"} 1",
            "vinculo_pool_places{pool=\"read\"} 8",
            "vinculo_store_answers 1",
        ] {
            assert!(text.contains(said), "{said}: {text}");
        }
        let value = |name: &str| -> f64 {
            let line = text
                .lines()
                .find(|line| line.starts_with(&format!("{name} ")));
            line.unwrap().rsplit_once(' ').unwrap().1.parse().unwrap()
        };
        for name in [
            "vinculo_database_bytes",
            "vinculo_process_resident_bytes",
            "vinculo_process_open_files",
            "vinculo_disk_free_bytes",
        ] {
            assert!(value(name) > 0.0, "{name}");
        }
        let dashboard: serde_json::Value = serde_json::from_str(DASHBOARD).unwrap();
        assert!(dashboard["panels"].as_array().unwrap().len() > 5);
    })
    .await;
}

#[actix_web::test]
async fn events_that_wait_are_counted_with_their_age() {
    on_both_logged(|app, _written| async move {
        let officer = app.officer(GUADALAJARA).await;
        let body = TestApp::counterpart_json("Kioto");
        officer.post("/v1/counterparts", &body).await.expect(201);
        let waiting = app.scratch.count("outbox WHERE position IS NULL");
        let text = exposed(&app).await;
        assert!(
            waiting > 0 && text.contains(&format!("vinculo_outbox_waiting {waiting}\n")),
            "{text}"
        );
    })
    .await;
}

#[actix_web::test]
async fn the_metrics_have_an_address_of_their_own_and_nothing_else_is_there() {
    on_both_logged(|app, _written| async move {
        app.nobody().get("/metrics").await.refused(404, "not_found");
        let (addresses, server) =
            listener::listen(app.app.clone(), app.app.telemetry.bind.unwrap()).unwrap();
        let handle = server.handle();
        actix_web::rt::spawn(server);
        let ask = async |line: &str| {
            let mut stream = TcpStream::connect(addresses[0]).await.unwrap();
            let request = format!("{line} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
            stream.write_all(request.as_bytes()).await.unwrap();
            let mut text = String::new();
            stream.read_to_string(&mut text).await.unwrap();
            text
        };
        let text = ask("GET /metrics").await;
        assert!(text.starts_with("HTTP/1.1 200"), "{text}");
        assert!(text.contains("application/openmetrics-text"), "{text}");
        assert!(text.contains("vinculo_uptime_seconds"), "{text}");
        for line in [
            "GET /",
            "GET /v1/registry",
            "GET /health/live",
            "GET /docs/",
        ] {
            assert!(ask(line).await.starts_with("HTTP/1.1 404"), "{line}");
        }
        assert!(ask("POST /metrics").await.starts_with("HTTP/1.1 405"));
        handle.stop(false).await;
    })
    .await;
}
