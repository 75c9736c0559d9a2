//! Chains of refresh tokens.

use super::{lives, refresh, tokens};
use crate::spellings;
use crate::tools::{on_both_at_noon, shape};
use chrono::Duration;
use futures_util::future::join_all;
use serde_json::Value;
use std::collections::BTreeSet;
use std::time::Instant;
use vinculo_auth::seal::{SealKey, sha256};
use vinculo_domain::clock::{Clock, FixedClock};
use vinculo_tests::{TestApp, on_both};

fn advance(clock: &FixedClock, seconds: i64) {
    clock.set(clock.now() + Duration::seconds(seconds));
}

async fn next(app: &TestApp, session: &Value) -> Value {
    refresh(app, &session["refresh_token"])
        .await
        .expect(201)
        .json()
}

fn ended(app: &TestApp, reason: &str) -> i64 {
    app.scratch
        .count(&format!("sessions WHERE revoke_reason = '{reason}'"))
}

#[actix_web::test]
async fn a_session_goes_on_from_token_to_token() {
    on_both_at_noon(|app, clock| async move {
        let mut session = tokens(&app).await;
        let mut seen = BTreeSet::new();
        for _ in 0..20 {
            assert!(seen.insert(session["refresh_token"].to_string()));
            assert!(lives(&app, &session).await);
            advance(&clock, 290);
            session = next(&app, &session).await;
        }
        assert_eq!(app.scratch.count("sessions"), 1);
        assert_eq!(app.scratch.count("refresh_tokens"), 21);
    })
    .await;
}

/// The answer may have been lost on the way.
#[actix_web::test]
async fn a_token_used_again_at_once_gives_the_same_successor() {
    on_both_at_noon(|app, clock| async move {
        let first = tokens(&app).await;
        let second = next(&app, &first).await;
        for _ in 0..2 {
            advance(&clock, 5);
            let again = next(&app, &first).await;
            assert_eq!(again["refresh_token"], second["refresh_token"]);
            assert!(lives(&app, &again).await);
        }
        assert_eq!(app.scratch.count("refresh_tokens"), 2);
        next(&app, &second).await;
    })
    .await;
}

#[actix_web::test]
async fn a_token_used_again_later_ends_the_session() {
    on_both_at_noon(|app, clock| async move {
        let (first, other) = (tokens(&app).await, tokens(&app).await);
        let second = next(&app, &first).await;
        advance(&clock, 11);
        refresh(&app, &first["refresh_token"])
            .await
            .refused(401, "unauthenticated");
        assert!(!lives(&app, &second).await);
        refresh(&app, &second["refresh_token"])
            .await
            .refused(401, "unauthenticated");
        assert_eq!(ended(&app, "reuse"), 1);
        assert!(lives(&app, &other).await);
    })
    .await;
}

#[actix_web::test]
async fn a_token_of_two_steps_ago_ends_the_session_at_once() {
    on_both_at_noon(|app, _clock| async move {
        let first = tokens(&app).await;
        let second = next(&app, &first).await;
        let third = next(&app, &second).await;
        refresh(&app, &first["refresh_token"])
            .await
            .refused(401, "unauthenticated");
        assert!(!lives(&app, &third).await);
        refresh(&app, &third["refresh_token"])
            .await
            .refused(401, "unauthenticated");
        assert_eq!(ended(&app, "reuse"), 1);
    })
    .await;
}

#[actix_web::test]
async fn a_session_ends_by_itself() {
    on_both_at_noon(|app, clock| async move {
        let idle = tokens(&app).await;
        advance(&clock, 30 * 60 + 1);
        refresh(&app, &idle["refresh_token"])
            .await
            .refused(401, "unauthenticated");
        // A session that is kept alive lasts twelve hours and not a minute longer.
        let mut session = tokens(&app).await;
        for _ in 0..24 {
            advance(&clock, 29 * 60);
            session = next(&app, &session).await;
        }
        advance(&clock, 24 * 60 - 1);
        session = next(&app, &session).await;
        assert!(lives(&app, &session).await);
        advance(&clock, 1);
        assert!(!lives(&app, &session).await);
        refresh(&app, &session["refresh_token"])
            .await
            .refused(401, "unauthenticated");
    })
    .await;
}

#[actix_web::test]
async fn what_is_no_refresh_token_is_refused() {
    on_both(|app| async move {
        let session = tokens(&app).await;
        let good = session["refresh_token"].as_str().unwrap();
        let access = session["access_token"].as_str().unwrap();
        for bad in [
            "",
            "x",
            &good[1..],
            &format!("{good}="),
            &good.to_lowercase(),
            access,
        ] {
            refresh(&app, &bad.into())
                .await
                .refused(401, "unauthenticated");
        }
        next(&app, &session).await;
    })
    .await;
}

/// Guessing ends no session: only the reuse of a valid, used token does.
#[actix_web::test]
async fn no_altered_refresh_token_of_two_thousand_is_accepted() {
    on_both_at_noon(|app, clock| async move {
        let (start, session) = (Instant::now(), tokens(&app).await);
        let other = tokens(&app).await;
        let good = session["refresh_token"].as_str().unwrap();
        let mut altered = spellings::all(good);
        altered.extend([
            sha256(good.as_bytes()),
            app.app.seal.successor(good),
            SealKey::new(&[7; 32]).unwrap().successor(good),
            app.app.seal.seal("refresh-successor", good),
            good.repeat(1_000),
        ]);
        let same = refresh(&app, &"x".into()).await;
        let same = shape(&same.refused(401, "unauthenticated"));
        for bad in &altered {
            let answer = refresh(&app, &bad.as_str().into()).await;
            assert_eq!(answer.status, 401, "{bad}: {}", answer.text());
            assert_eq!(shape(&answer), same, "{bad}");
        }
        assert_eq!(
            app.scratch.count("sessions WHERE revoked_at IS NOT NULL"),
            0
        );
        assert_eq!(app.scratch.count("refresh_tokens"), 2);
        eprintln!(
            "{:>6} altered refresh tokens, 0 accepted, {:?}",
            altered.len(),
            start.elapsed()
        );
        assert!(altered.len() >= 2_000, "{}", altered.len());
        let second = next(&app, &session).await;
        assert!(lives(&app, &second).await);
        // Real reuse still ends a session, and only its own.
        advance(&clock, 11);
        refresh(&app, &session["refresh_token"])
            .await
            .refused(401, "unauthenticated");
        assert_eq!(ended(&app, "reuse"), 1);
        assert!(!lives(&app, &second).await);
        assert!(lives(&app, &other).await);
    })
    .await;
}

#[actix_web::test]
async fn ten_refreshes_at_once_go_on_in_one_family() {
    on_both(|app| async move {
        for round in 1..=5 {
            let session = tokens(&app).await;
            let shots = (0..10).map(|_| refresh(&app, &session["refresh_token"]));
            let mut successors = BTreeSet::new();
            for answer in join_all(shots).await {
                let fresh = answer.expect(201).json();
                assert!(lives(&app, &fresh).await);
                successors.insert(fresh["refresh_token"].to_string());
            }
            assert_eq!(successors.len(), 1);
            assert_eq!(app.scratch.count("sessions"), round);
            assert_eq!(app.scratch.count("refresh_tokens"), 2 * round);
        }
        let once = "audit_log WHERE outcome = 'done' AND operation = 'refresh_session'";
        assert_eq!(app.scratch.count(once), 5);
    })
    .await;
}
