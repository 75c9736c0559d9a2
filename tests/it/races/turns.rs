//! Races of the actions by which a case leaves the normal path.

use super::{By, body_of, count, one_round, rounds};
use crate::procedure::scenes::Scenes;
use vinculo_domain::agreements::{CaseAction as A, Stage as S};
use vinculo_tests::{GUADALAJARA, on_both};

/// A scene, who acts, the action, and the resulting stage.
#[derive(Clone, Copy)]
struct Turn(&'static str, By, A, S);

async fn on_both_engines(turn: Turn) {
    on_both(|app| async move {
        let Turn(scene, by, action, to) = turn;
        let scenes = Scenes::new(&app, false).await;
        let client = by.client(&app, GUADALAJARA).await;
        for _round in 0..rounds() {
            let case = scenes.bring(scene).await;
            let body = body_of(&scenes.cast, &client, case, action).await;
            one_round(&client, case, &body, to).await;
        }
        count(&app, action);
    })
    .await;
}

// row: 003-05
// operations: transition_agreement
#[actix_web::test]
async fn announce() {
    on_both_engines(Turn("draft", By::Officer, A::Announce, S::Draft)).await;
}

// row: 004-02
// operations: transition_agreement
#[actix_web::test]
async fn escalate() {
    let turn = Turn("escalatable", By::Officer, A::Escalate, S::FederalIntake);
    on_both_engines(turn).await;
}

#[actix_web::test]
async fn return_to_intake() {
    let turn = Turn(
        "legal_review",
        By::Legal,
        A::ReturnToIntake,
        S::FederalIntake,
    );
    on_both_engines(turn).await;
}

#[actix_web::test]
async fn declare_out_of_scope_at_intake() {
    let turn = Turn(
        "federal_intake",
        By::Intake,
        A::DeclareOutOfScope,
        S::OutOfScope,
    );
    on_both_engines(turn).await;
}

#[actix_web::test]
async fn declare_out_of_scope_under_review() {
    let turn = Turn(
        "legal_review",
        By::Legal,
        A::DeclareOutOfScope,
        S::OutOfScope,
    );
    on_both_engines(turn).await;
}

#[actix_web::test]
async fn reopen() {
    let turn = Turn("out_of_scope", By::Intake, A::Reopen, S::FederalIntake);
    on_both_engines(turn).await;
}

#[actix_web::test]
async fn change_text() {
    let turn = Turn(
        "opinion_favorable",
        By::Officer,
        A::ChangeText,
        S::LegalReview,
    );
    on_both_engines(turn).await;
}

#[actix_web::test]
async fn query() {
    let turn = Turn("pending_registration", By::Registrar, A::Query, S::Signed);
    on_both_engines(turn).await;
}

#[actix_web::test]
async fn regularize() {
    let turn = Turn("unreviewed", By::Officer, A::Regularize, S::LegalReview);
    on_both_engines(turn).await;
}

/// A signed agreement goes back to its stage.
#[actix_web::test]
async fn give_up_regularizing() {
    let turn = Turn("regularizing", By::Officer, A::Withdraw, S::Signed);
    on_both_engines(turn).await;
}
