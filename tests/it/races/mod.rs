//! Concurrent requests: each race has one winner, and the audit log counts only winners.

mod edits;
mod turns;

use crate::tools::{one, post};
use futures_util::future::join_all;
use serde_json::Value;
use vinculo_api::fixtures::{Cast, content_for, request_for};
use vinculo_domain::Role;
use vinculo_domain::agreements::{CaseAction as A, OpinionResult, Stage as S};
use vinculo_domain::documents::DocumentKind;
use vinculo_tests::{
    Answer, Client, GUADALAJARA, GUANAJUATO, JALISCO, SRE, TestApp, on_both, pick,
};

/// How often each race is run on each engine.
fn rounds() -> i64 {
    pick("races: rounds of each action, each engine", 5, 20) as i64
}

const CLIENTS: usize = 16;

#[derive(Clone, Copy, PartialEq)]
enum By {
    Officer,
    State,
    Intake,
    Legal,
    Registrar,
}

impl By {
    async fn client(self, app: &TestApp, lead: &str) -> Client {
        let client = match self {
            Self::Officer => app.officer(lead).await,
            Self::State => app.client(Role::Liaison, JALISCO).await,
            Self::Intake => app.client(Role::Liaison, SRE).await,
            Self::Legal => app.client(Role::LegalReviewer, SRE).await,
            Self::Registrar => app.client(Role::Registrar, SRE).await,
        };
        client.patient()
    }
}

/// One row of the procedure, raced.
#[derive(Clone, Copy)]
struct Edge(&'static str, S, By, A, S);

/// The one answer that succeeded; all others say that the case has changed meanwhile.
#[track_caller]
fn one_winner(answers: Vec<Answer>) -> Answer {
    let (won, lost): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status < 300);
    assert_eq!((won.len(), lost.len()), (1, CLIENTS - 1));
    for loser in lost {
        loser.refused(412, "precondition_failed");
    }
    won.into_iter().next().unwrap()
}

async fn body_of(cast: &Cast<'_>, client: &Client, case: uuid::Uuid, action: A) -> Value {
    if matches!(action, A::Resubmit | A::ChangeText) {
        cast.officer.texts(case, &["es"]).await.unwrap();
    }
    let opinion = if action == A::IssueOpinion {
        let kind = DocumentKind::Opinion;
        let letter = cast.legal.attach(case, kind, None, "Dictamen").await;
        Some((OpinionResult::Favorable, letter.unwrap()))
    } else {
        None
    };
    let view = client.get(&one(case)).await.expect(200).json();
    serde_json::to_value(request_for(action, &view, opinion).unwrap()).unwrap()
}

async fn race(app: TestApp, edge: Edge) {
    let Edge(lead, from, by, action, to) = edge;
    let (cast, client) = (app.cast(lead).await, by.client(&app, lead).await);
    let counterpart = app.counterpart(&cast.officer, "Kioto").await;
    for round in 0..rounds() {
        let content = content_for(
            "twinning",
            &format!("Ronda {round}"),
            counterpart,
            "culture",
        );
        let case = cast.prepare(content.unwrap()).await.unwrap();
        cast.carry(case, from).await.unwrap();
        let body = body_of(&cast, &client, case, action).await;
        one_round(&client, case, &body, to).await;
    }
    count(&app, action);
}

/// All clients take the same action on the same version.
async fn one_round(client: &Client, case: uuid::Uuid, body: &Value, to: S) {
    let before = client.get(&one(case)).await.expect(200);
    let path = format!("{}/transitions", one(case));
    let shot = || client.send(post(&path, body).if_match(&before.etag()));
    let won = one_winner(join_all((0..CLIENTS).map(|_| shot())).await).json();
    let (stage, version): (&str, _) = (to.into(), before.json()["version"].as_i64());
    assert_eq!(won["stage"], stage);
    assert_eq!(won["version"].as_i64(), version.map(|version| version + 1));
}

/// Checks that the audit log counts only winners.
fn count(app: &TestApp, action: A) {
    let name: &str = action.into();
    let audit = format!(
        "audit_log WHERE outcome = 'done' AND subject_kind = 'agreement' AND operation = 'transition_agreement' AND detail LIKE '{{\"event\":\"agreement.{name}\",%'"
    );
    let counts = [
        format!("history WHERE action = '{name}'"),
        audit,
        format!("outbox WHERE event_type = 'agreement.{name}'"),
    ];
    for from in counts {
        assert_eq!(app.scratch.count(&from), rounds(), "{from}");
    }
    if action == A::Register {
        assert_eq!(app.scratch.count("inscriptions"), rounds());
    }
}

async fn on_both_engines(edge: Edge) {
    on_both(|app| Box::pin(race(app, edge))).await;
}

const MUNICIPAL: &str = GUADALAJARA;

// row: 003-05
// operations: transition_agreement
#[actix_web::test]
async fn submit() {
    on_both_engines(Edge(
        MUNICIPAL,
        S::Draft,
        By::Officer,
        A::Submit,
        S::StateReview,
    ))
    .await;
}

// row: 004-02
// operations: transition_agreement
#[actix_web::test]
async fn forward() {
    let edge = Edge(
        MUNICIPAL,
        S::StateReview,
        By::State,
        A::Forward,
        S::FederalIntake,
    );
    on_both_engines(edge).await;
}

#[actix_web::test]
async fn return_by_the_state() {
    let edge = Edge(
        MUNICIPAL,
        S::StateReview,
        By::State,
        A::ReturnToOwner,
        S::Returned,
    );
    on_both_engines(edge).await;
}

#[actix_web::test]
async fn return_by_the_ministry() {
    let edge = Edge(
        GUANAJUATO,
        S::FederalIntake,
        By::Intake,
        A::ReturnToOwner,
        S::Returned,
    );
    on_both_engines(edge).await;
}

#[actix_web::test]
async fn resubmit_what_was_returned() {
    let edge = Edge(
        MUNICIPAL,
        S::Returned,
        By::Officer,
        A::Resubmit,
        S::StateReview,
    );
    on_both_engines(edge).await;
}

#[actix_web::test]
async fn resubmit_what_was_observed() {
    let edge = Edge(
        MUNICIPAL,
        S::Observed,
        By::Officer,
        A::Resubmit,
        S::LegalReview,
    );
    on_both_engines(edge).await;
}

#[actix_web::test]
async fn accept() {
    let edge = Edge(
        GUANAJUATO,
        S::FederalIntake,
        By::Intake,
        A::Accept,
        S::LegalReview,
    );
    on_both_engines(edge).await;
}

#[actix_web::test]
async fn observe() {
    let edge = Edge(
        GUANAJUATO,
        S::LegalReview,
        By::Legal,
        A::Observe,
        S::Observed,
    );
    on_both_engines(edge).await;
}

#[actix_web::test]
async fn issue_opinion() {
    let edge = Edge(
        GUANAJUATO,
        S::LegalReview,
        By::Legal,
        A::IssueOpinion,
        S::OpinionFavorable,
    );
    on_both_engines(edge).await;
}

#[actix_web::test]
async fn record_signature() {
    let edge = Edge(
        GUANAJUATO,
        S::OpinionFavorable,
        By::Officer,
        A::RecordSignature,
        S::Signed,
    );
    on_both_engines(edge).await;
}

#[actix_web::test]
async fn send_to_registry() {
    let edge = Edge(
        GUANAJUATO,
        S::Signed,
        By::Officer,
        A::SendToRegistry,
        S::PendingRegistration,
    );
    on_both_engines(edge).await;
}

#[actix_web::test]
async fn register() {
    let edge = Edge(
        GUANAJUATO,
        S::PendingRegistration,
        By::Registrar,
        A::Register,
        S::Registered,
    );
    on_both_engines(edge).await;
}

#[actix_web::test]
async fn withdraw() {
    on_both_engines(Edge(
        MUNICIPAL,
        S::Draft,
        By::Officer,
        A::Withdraw,
        S::Withdrawn,
    ))
    .await;
}
