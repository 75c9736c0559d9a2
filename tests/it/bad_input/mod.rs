//! What is refused, how, and that a refusal changes nothing.

mod bytes;
mod documents;
mod fields;
mod headers;
mod parameters;
mod paths;
mod procedure;
mod read_only;
mod reasons;
mod syntax;

use crate::procedure::scenes::Scenes;
use crate::tools::one;
use std::cell::RefCell;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{Answer, Client, GUADALAJARA, Request, TestApp};

/// Rows that every change would leave, without those of sessions: people may sign in meanwhile.
const KEPT: [&str; 12] = [
    "SELECT id FROM history",
    "SELECT id FROM outbox WHERE subject_kind <> 'session'",
    "SELECT id FROM audit_log WHERE outcome = 'done' AND subject_kind <> 'session'",
    "SELECT id FROM agreements",
    "SELECT id FROM counterparts",
    "SELECT id FROM documents",
    "SELECT id FROM text_sets",
    "SELECT id FROM submissions",
    "SELECT id FROM remarks",
    "SELECT id FROM opinions",
    "SELECT key FROM idempotency_keys",
    "SELECT value FROM external_ids",
];

type State = (String, String, i64);

/// A case with its owner, and the state that a refusal must leave unchanged.
struct Bench {
    app: TestApp,
    officer: Client,
    case: String,
    codes: Vec<String>,
    before: RefCell<State>,
}

impl Bench {
    /// A draft that is ready to submit.
    async fn new(app: TestApp) -> Self {
        Self::at(app, Stage::Draft).await
    }

    async fn at(app: TestApp, stage: Stage) -> Self {
        let case = match stage {
            // No transition of the case itself leads to these stages.
            Stage::Reported | Stage::Abandoned => {
                let scenes = Scenes::new(&app, false).await;
                scenes.bring(stage.into()).await
            }
            _ => app.case_in(GUADALAJARA, stage).await,
        };
        Self::of(app, case.to_string()).await
    }

    async fn of(app: TestApp, case: String) -> Self {
        let catalog = app.nobody().get("/v1/catalogs/problems").await.json();
        let codes = catalog["problems"].as_array().unwrap().iter();
        let bench = Self {
            codes: codes
                .map(|problem| problem["code"].as_str().unwrap().to_owned())
                .collect(),
            officer: app.officer(GUADALAJARA).await,
            before: RefCell::default(),
            case,
            app,
        };
        bench.mark().await;
        bench
    }

    async fn state(&self) -> State {
        let record = self.officer.get(&one(&self.case)).await.expect(200);
        let tables = KEPT.join(" UNION ALL ");
        let rows = self.app.scratch.count(&format!("({tables}) AS kept"));
        (record.text(), record.etag(), rows)
    }

    /// Records the state that must not change from here on.
    async fn mark(&self) {
        let state = self.state().await;
        *self.before.borrow_mut() = state;
    }

    fn etag(&self) -> String {
        self.before.borrow().1.clone()
    }

    /// Sends a request that must be refused, and checks that nothing changed.
    async fn refuse(&self, request: Request, status: u16, code: &str) -> Answer {
        let officer = self.officer.clone();
        self.refuse_to(&officer, request, status, code).await
    }

    async fn refuse_to(&self, who: &Client, sent: Request, status: u16, code: &str) -> Answer {
        let what = format!("{} {}", sent.method, sent.path);
        let body: String = String::from_utf8_lossy(&sent.body)
            .chars()
            .take(200)
            .collect();
        eprintln!("{what} {body}");
        let answer = who.send(sent).await.refused(status, code);
        let problem = answer.json();
        assert!(self.codes.contains(&code.to_owned()), "{code}");
        assert_eq!(problem["type"], format!("/v1/catalogs/problems#{code}"));
        assert_eq!(problem["status"], status);
        assert_eq!(
            problem["request_id"],
            answer.header("x-request-id").unwrap()
        );
        assert_eq!(self.state().await, *self.before.borrow(), "{what} {body}");
        answer
    }
}
