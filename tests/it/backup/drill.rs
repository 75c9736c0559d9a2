//! The restore drill: a backup is taken under writes and restored elsewhere. The result is the
//! store as it was at one moment between the start and the end of the backup.

use super::{config, damage, of_backups, of_store, place, restored, served, shelf, taken};
use crate::tools::one;
use actix_web::http::Method;
use futures_util::future::join_all;
use serde_json::json;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;
use uuid::Uuid;
use vinculo_api::fixtures::pdf;
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_persistence::Engine;
use vinculo_tests::{GUADALAJARA, Request, SRE, TestApp, pick};

/// Cases to be inscribed in a round.
const CASES: usize = 6;

/// A write: when it started and when it was acknowledged.
struct Write {
    text: String,
    begun: Instant,
    acked: Option<Instant>,
}

/// What the writers know of their writes.
#[derive(Default)]
struct Ledger {
    writes: RefCell<Vec<Write>>,
    over: Cell<bool>,
}

impl Ledger {
    fn acked(&self) -> usize {
        let writes = self.writes.borrow();
        writes.iter().filter(|write| write.acked.is_some()).count()
    }

    async fn write(&self, text: String, sent: impl Future<Output = u16>) {
        let number = self.writes.borrow().len();
        self.writes.borrow_mut().push(Write {
            text,
            begun: Instant::now(),
            acked: None,
        });
        let status = sent.await;
        if status < 300 {
            self.writes.borrow_mut()[number].acked = Some(Instant::now());
        }
    }

    async fn more(&self, count: usize) {
        let wanted = self.acked() + count;
        while self.acked() < wanted {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }
}

async fn names(app: &TestApp, ledger: &Ledger) {
    let client = app.officer(GUADALAJARA).await;
    while !ledger.over.get() {
        let text = format!("ensayo {}", Uuid::now_v7());
        let body = TestApp::counterpart_json(&text);
        let sent = async { client.post("/v1/counterparts", &body).await.status };
        ledger.write(text.clone(), sent).await;
    }
}

async fn papers(app: &TestApp, ledger: &Ledger) {
    let case = app.case_in(GUADALAJARA, Stage::Draft).await;
    let client = app.officer(GUADALAJARA).await;
    let path = format!("{}/documents", one(case));
    while !ledger.over.get() {
        let text = format!("ensayo-{}.pdf", Uuid::now_v7());
        let file = pdf(&text);
        let form: [(&str, Option<&str>, &[u8]); 2] =
            [("kind", None, b"other"), ("file", Some(&text), &file)];
        let request = Request::new(Method::POST, &path).form(&form);
        let sent = async { client.send(request).await.status };
        ledger.write(text.clone(), sent).await;
    }
}

async fn inscriptions(app: &TestApp, ledger: &Ledger, cases: Vec<Uuid>) {
    let client = app.client(Role::Registrar, SRE).await;
    for case in cases {
        if ledger.over.get() {
            return;
        }
        let etag = client.get(&one(case)).await.expect(200).etag();
        let request = Request::new(Method::POST, &format!("{}/transitions", one(case)))
            .json(&json!({"action": "register", "text_matches": true}))
            .if_match(&etag);
        let sent = async { client.send(request).await.status };
        ledger.write(case.to_string(), sent).await;
    }
}

/// Which of the writes are in a store.
fn standing(app: &TestApp) -> BTreeSet<String> {
    let texts = app.scratch.texts(
        "SELECT name AS x FROM counterparts WHERE name LIKE 'ensayo %' \
         UNION ALL SELECT file_name FROM documents WHERE file_name LIKE 'ensayo-%' \
         UNION ALL SELECT agreement_id FROM inscriptions",
    );
    texts.into_iter().collect()
}

async fn round(app: &TestApp, shelf: &Path, waiting: &mut Vec<Uuid>) -> u64 {
    let ledger = Ledger::default();
    let cases = waiting.split_off(waiting.len() - CASES);
    let config = config(app);
    let backup = async {
        ledger.more(25).await;
        let (config, shelf) = (config.clone(), shelf.to_owned());
        let start = Instant::now();
        let taken = tokio::task::spawn_blocking(move || taken(&config, &shelf).unwrap());
        let taken = taken.await.unwrap();
        let end = Instant::now();
        ledger.more(25).await;
        ledger.over.set(true);
        (start, end, taken)
    };
    let (first, second) = (names(app, &ledger), names(app, &ledger));
    let writers = join_all([
        Box::pin(first) as std::pin::Pin<Box<dyn Future<Output = ()>>>,
        Box::pin(second),
        Box::pin(papers(app, &ledger)),
        Box::pin(inscriptions(app, &ledger, cases)),
    ]);
    let ((start, end, taken), _written) = futures_util::join!(backup, writers);

    let (folder, scratch, elsewhere) = place(app.scratch.engine);
    restored(&elsewhere, shelf).unwrap();
    let copy = served(&elsewhere, &scratch, &folder).await;
    let found = standing(&copy);
    let writes = ledger.writes.into_inner();
    for write in &writes {
        let there = found.contains(&write.text);
        if write.acked.is_some_and(|acked| acked < start) {
            assert!(there, "{} was acknowledged before the backup", write.text);
        }
        if write.begun > end {
            assert!(!there, "{} was begun after the backup", write.text);
        }
    }
    // Without some of each kind the test would show nothing.
    let before = writes
        .iter()
        .filter(|write| write.acked.is_some_and(|acked| acked < start));
    let after = writes.iter().filter(|write| write.begun > end);
    assert!(before.count() >= 25 && after.count() >= 20);
    let during = writes
        .iter()
        .filter(|write| write.begun < end && write.acked.is_none_or(|acked| acked > start));
    println!(
        "{:?}: {} writes, {} during the backup",
        app.scratch.engine,
        writes.len(),
        during.count()
    );
    // The moment is consistent: no write is half there, and every file has its bytes.
    assert_eq!(damage(&of_store(&elsewhere)), []);
    let status = copy
        .nobody()
        .send(TestApp::sign_in(
            &format!("officer@{GUADALAJARA}.example"),
            TestApp::PASSWORD,
        ))
        .await
        .status;
    assert_eq!(status, 201);
    let client = copy.officer(GUADALAJARA).await;
    client.get("/v1/agreements").await.expect(200);
    taken.copied
}

async fn drill(engine: Engine) {
    let app = TestApp::start(engine).await;
    let shelf = shelf();
    let rounds = pick("backup: drills under writes, each engine", 2, 20);
    let mut waiting = Vec::new();
    for _case in 0..CASES * rounds {
        waiting.push(app.case_in(GUADALAJARA, Stage::PendingRegistration).await);
    }
    let mut copied = Vec::new();
    for _round in 0..rounds {
        copied.push(round(&app, shelf.path(), &mut waiting).await);
    }
    assert_eq!(damage(&of_backups(&config(&app), shelf.path())), []);
    println!("{engine:?}: {rounds} of {rounds} restored; new files each time: {copied:?}");
}

#[actix_web::test]
async fn a_backup_under_writes_is_a_moment_of_the_store_on_sqlite() {
    drill(Engine::Sqlite).await;
}

#[actix_web::test]
async fn a_backup_under_writes_is_a_moment_of_the_store_on_postgres() {
    drill(Engine::Postgres).await;
}
