//! How many statements a request of records costs, besides those that tell who calls: they are most of
//! what a request takes.

use super::subjects;
use diesel::connection::{InstrumentationEvent, set_default_instrumentation};
use serde_json::json;
use std::future::Future;
use std::sync::Mutex;
use vinculo_tests::{Answer, TestApp, on_both};

static SEEN: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// From here on every new connection of this process tells its statements.
pub fn listen() {
    set_default_instrumentation(|| {
        Some(Box::new(|event: InstrumentationEvent<'_>| {
            if let InstrumentationEvent::StartQuery { query, .. } = event {
                SEEN.lock().unwrap().push(query.to_string());
            }
        }))
    })
    .unwrap();
}

/// The statements of a request, with their values.
pub async fn since(request: impl Future<Output = Answer>) -> (Answer, Vec<String>) {
    SEEN.lock().unwrap().clear();
    let answer = request.await;
    let seen = SEEN.lock().unwrap().clone();
    (answer, seen)
}

/// The statements of a request without those of its first transaction, which tells who calls.
pub async fn cost(request: impl Future<Output = Answer>) -> (Answer, Vec<String>) {
    let (answer, seen) = since(request).await;
    let begins = seen.iter().enumerate();
    let begins: Vec<usize> = begins
        .filter(|(_, sql)| sql.starts_with("BEGIN"))
        .map(|(at, _)| at)
        .collect();
    assert!(begins.len() >= 2, "{seen:#?}");
    let mut own: Vec<String> = Vec::new();
    for sql in &seen[begins[1]..] {
        let sql = sql.split(" -- binds").next().unwrap_or_default();
        // SQLite inserts many rows by running one statement for each, inside this process.
        let part = sql.contains("SAVEPOINT") || own.last().is_some_and(|last| last == sql);
        if !part {
            own.push(sql.to_owned());
        }
    }
    (answer, own)
}

/// The most statements of a transaction, its beginning, its settings and its end included.
const READ: usize = 4;
const LIST: usize = 4;
const WRITE: usize = 12;

#[actix_web::test]
async fn a_request_costs_few_statements() {
    listen();
    on_both(|app: TestApp| async move {
        let mut lines = Vec::new();
        for subject in subjects(&app).await {
            let what = subject.kind.spec.many;
            let (id, etag) = subject.made(&subject.body("Coste")).await;
            let one = subject.one(&id);
            let mut held = |name: &str, most: usize, seen: &[String]| {
                lines.push(format!("{what} {name} {}", seen.len()));
                assert!(
                    seen.len() <= most,
                    "{what} {name}: {} {seen:#?}",
                    seen.len()
                );
            };
            let (answer, seen) = cost(subject.writer.get(&one)).await;
            answer.expect(200);
            held("read", READ, &seen);
            let status = subject.kind.spec.first_status().word();
            let list = format!("{}?theme=culture&q=registro&status={status}", subject.path);
            let (answer, seen) = cost(subject.writer.get(&list)).await;
            answer.expect(200);
            held("list", LIST, &seen);
            let (answer, seen) = cost(subject.writer.get(&subject.path)).await;
            answer.expect(200);
            held("list all", LIST, &seen);
            let body = subject.body("Coste de otro");
            let (answer, seen) = cost(subject.writer.post(&subject.path, &body)).await;
            answer.expect(201);
            held("create", WRITE, &seen);
            let patch = json!({"description": "Otra."});
            let (answer, seen) = cost(subject.writer.patch(&one, &etag, &patch)).await;
            let etag = answer.expect(200).etag();
            held("change", WRITE, &seen);
            let confirm = json!({"action": "confirm"});
            let (answer, seen) = cost(subject.act(&id, &etag, confirm)).await;
            answer.expect(200);
            held("confirm", WRITE, &seen);
        }
        println!("{:?}: {}", app.scratch.engine, lines.join(", "));
    })
    .await;
}
