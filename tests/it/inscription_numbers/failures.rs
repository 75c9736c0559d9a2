//! The ways in which a registration fails, or may fail.

use super::register;
use crate::storm::dice::Dice;
use actix_web::http::Method;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::Duration;
use uuid::Uuid;
use vinculo_api::fixtures::request_for;
use vinculo_auth::{Action, Actor, Kind, policy};
use vinculo_domain::Refusal;
use vinculo_domain::agreements::{AgreementView, CaseAction};
use vinculo_persistence::Intent;
use vinculo_persistence::stores::agreements;
use vinculo_tests::{Answer, Client, Request, TestApp};

/// The registrars, and what they tried.
pub struct Official {
    pub registrar: Client,
    pub legal: Client,
    pub actor: Actor,
    pub app: TestApp,
    pub failures: RefCell<BTreeMap<&'static str, usize>>,
}

/// Repeats a request while the service is busy, one more failure that must use no number.
pub async fn patiently(client: &Client, request: Request) -> Answer {
    loop {
        let answer = client.send(request.clone()).await;
        if answer.status != 503 {
            return answer;
        }
    }
}

impl Official {
    async fn tag(&self, case: Uuid) -> String {
        self.view(case).await.etag()
    }

    async fn view(&self, case: Uuid) -> Answer {
        let get = Request::new(Method::GET, &format!("/v1/agreements/{case}"));
        patiently(&self.registrar, get).await.expect(200)
    }

    /// A registration whose transaction fails: with an error of its own, or because the thread
    /// panics after the number was taken.
    async fn broken(&self, case: Uuid, dies: bool) {
        let action = Action::Case(CaseAction::Register);
        let scope = policy::scope(Some(&self.actor), Kind::Agreement, action);
        let intent = Intent {
            operation: "test",
            request_id: Uuid::now_v7().to_string(),
            idempotency: None,
            dry_run: false,
        };
        let request = request_for(CaseAction::Register, &Value::Null, None).unwrap();
        let reply = self.app.app.db.write(&scope, &intent, move |tx| {
            let AgreementView::Submitted(view) = agreements::view(tx, case)? else {
                return Err(Refusal::internal("no view").into());
            };
            agreements::transition(tx, case, view.summary.version, &request)?;
            let AgreementView::Submitted(view) = agreements::view(tx, case)? else {
                return Err(Refusal::internal("no view").into());
            };
            assert!(view.inscription.is_some(), "no number was taken");
            assert!(!dies, "this thread dies on purpose");
            Err(Refusal::internal("this transaction fails on purpose").into())
        });
        assert!(reply.await.is_err());
    }

    /// A request whose sender disconnects before, while or after it is carried out.
    async fn abandoned(&self, case: Uuid, patience: Duration) {
        let tag = self.tag(case).await;
        let request = self.registrar.send(register(case, "", &tag));
        let _gone = tokio::time::timeout(patience, request).await;
    }

    /// One of the ways in which a registration fails, or may fail.
    async fn fail(&self, case: Uuid, dice: &mut Dice) {
        let ways = [
            "dry run",
            "stale",
            "forbidden",
            "invalid",
            "rolled back",
            "died",
            "abandoned",
        ];
        let way = dice.pick(&ways);
        *self.failures.borrow_mut().entry(way).or_default() += 1;
        let tag = self.tag(case).await;
        let done = "\"stage\":\"registered\"";
        match way {
            "dry run" => {
                let dry = patiently(&self.registrar, register(case, "?dry_run=true", &tag)).await;
                let dry = dry.expect(200);
                assert!(dry.text().contains(done));
                assert_eq!(dry.json()["inscription"], Value::Null);
            }
            "stale" => {
                let stale = patiently(&self.registrar, register(case, "", "\"1.stale\"")).await;
                stale.refused(412, "precondition_failed");
            }
            "forbidden" => {
                let other = patiently(&self.legal, register(case, "", &tag)).await;
                other.refused(403, "forbidden");
            }
            "invalid" => {
                let mut request = register(case, "", &tag);
                request.body = br#"{"action":"register","text_matches":false}"#.to_vec();
                let wrong = patiently(&self.registrar, request).await;
                wrong.refused(422, "validation_failed");
            }
            "abandoned" => {
                let patience = Duration::from_micros(500 * dice.below(60) as u64);
                self.abandoned(case, patience).await;
            }
            way => self.broken(case, way == "died").await,
        }
    }

    /// Inscribes one case after some failures; sometimes two registrars try at once.
    pub async fn inscribe(&self, case: Uuid, mut dice: Dice) -> String {
        let mut abandoned = false;
        for _failure in 0..dice.below(3) {
            let before = self.failures.borrow().get("abandoned").copied();
            if !abandoned {
                self.fail(case, &mut dice).await;
            }
            abandoned |= self.failures.borrow().get("abandoned").copied() != before;
        }
        // The abandoned request may still be running, or be done.
        loop {
            let tag = self.tag(case).await;
            let shot = || patiently(&self.registrar, register(case, "", &tag));
            let answers = if dice.below(4) == 0 {
                let (one, other) = futures_util::join!(shot(), shot());
                vec![one, other]
            } else {
                vec![shot().await]
            };
            let won: Vec<_> = answers
                .iter()
                .filter(|answer| answer.status == 200)
                .collect();
            assert!(won.len() < 2, "two inscribed one case");
            for lost in answers.iter().filter(|answer| answer.status != 200) {
                assert!([409, 412].contains(&lost.status), "{}", lost.text());
            }
            if let Some(number) = self.view(case).await.json()["inscription"].as_str() {
                return number.to_owned();
            }
        }
    }
}
