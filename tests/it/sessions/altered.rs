//! Thousands of altered access tokens, none of which is accepted.

use super::corpus::{self, Key, Specimen};
use super::{lives, refresh, tokens};
use crate::tools::on_both_at_noon;
use actix_web::http::Method;
use futures_util::future::join_all;
use serde_json::json;
use std::collections::HashSet;
use std::rc::Rc;
use std::sync::{Arc, mpsc};
use std::time::Instant;
use tokio::sync::oneshot;
use vinculo_api::secrets;
use vinculo_api::server;
use vinculo_auth::{Action, Kind, policy};
use vinculo_domain::Role;
use vinculo_domain::clock::FixedClock;
use vinculo_domain::limits::MAX_HEAD_BYTES;
use vinculo_persistence::{Db, Settings};
use vinculo_tests::{Answer, Client, GUADALAJARA, JALISCO, Request, SRE, TestApp, ZAPOPAN};

/// A live token of Guadalajara's officer, and of a colleague, a neighbour, its state and SRE.
async fn specimen(app: &TestApp) -> Specimen {
    let mut good = Vec::new();
    for (role, tenant) in [
        (Role::Officer, GUADALAJARA),
        (Role::Viewer, GUADALAJARA),
        (Role::Officer, ZAPOPAN),
        (Role::Liaison, JALISCO),
        (Role::Liaison, SRE),
    ] {
        good.push(app.client(role, tenant).await.token.unwrap());
    }
    let token = good.remove(0);
    Specimen::new(app, &token, good)
}

async fn me(app: &TestApp, token: &str) -> Answer {
    let client = Client {
        token: Some(token.to_owned()),
        ..app.nobody()
    };
    client.get("/v1/me").await
}

/// The bytes of an answer without the request id.
fn bytes(answer: &Answer) -> String {
    let id = answer.header("x-request-id").unwrap();
    assert!(answer.text().contains(&id));
    answer.text().replace(&id, "")
}

/// Sends every token of a family. Gives those that were accepted and those that were refused
/// differently from `same`, shortened.
async fn sent(app: &TestApp, tokens: &[String], same: &str) -> [Vec<String>; 2] {
    let mut found = [Vec::new(), Vec::new()];
    for token in tokens {
        let answer = me(app, token).await;
        let accepted = answer.status < 400;
        // A token larger than a head may be is refused at the edge, before it is read.
        let refused = if token.len() > MAX_HEAD_BYTES {
            answer.status == 431
        } else {
            answer.status == 401 && bytes(&answer) == same
        };
        if !refused {
            let start: String = token.chars().take(700).collect();
            found[usize::from(!accepted)].push(format!("{start} {}", answer.text()));
        }
    }
    found
}

#[actix_web::test]
async fn no_altered_token_of_ten_thousand_is_accepted() {
    on_both_at_noon(|app, _clock| async move {
        let (start, it) = (Instant::now(), specimen(&app).await);
        let same = app.nobody().get("/v1/me").await;
        let same = bytes(&same.refused(401, "unauthenticated"));
        let (mut seen, mut found) = (HashSet::new(), Vec::new());
        let kept = app.scratch.count("audit_log");
        me(&app, &it.token).await.expect(200);
        for family in corpus::UNSIGNED.into_iter().chain(corpus::SIGNED) {
            let tokens = it.family(family, &mut seen);
            assert!(!tokens.is_empty(), "{}", family.0);
            let [accepted, otherwise] = sent(&app, &tokens, &same).await;
            eprintln!(
                "{:>6} {}: {} accepted, {} refused otherwise",
                tokens.len(),
                family.0,
                accepted.len(),
                otherwise.len()
            );
            found.extend([accepted, otherwise].concat());
            me(&app, &it.token).await.expect(200);
        }
        for token in &it.others {
            me(&app, token).await.expect(200);
        }
        assert!(
            found.is_empty(),
            "{} of {}: {:#?}",
            found.len(),
            seen.len(),
            &found[..9.min(found.len())]
        );
        assert_eq!(app.scratch.count("audit_log"), kept);
        assert_eq!(
            app.scratch.count("sessions WHERE revoked_at IS NOT NULL"),
            0
        );
        eprintln!(
            "{:>6} altered tokens, 0 accepted, {:?}",
            seen.len(),
            start.elapsed()
        );
        assert!(seen.len() >= 10_000, "{}", seen.len());
    })
    .await;
}

/// Takes every place for reading until the senders are dropped.
async fn hold(app: &TestApp) -> Vec<mpsc::Sender<()>> {
    let take = |_| async {
        let (release, held) = mpsc::channel::<()>();
        let (say, taken) = oneshot::channel();
        let shared = app.app.clone();
        actix_web::rt::spawn(async move {
            let scope = policy::scope(None, Kind::Session, Action::Create);
            let work = shared.db.read(&scope, "test", "", move |_tx| {
                say.send(()).unwrap();
                // Ends when the sender is dropped.
                let _ = held.recv();
                Ok(())
            });
            work.await
        });
        taken.await.unwrap();
        release
    };
    join_all((0..8).map(take)).await
}

/// A flood of tokens that we did not sign costs the store nothing.
#[actix_web::test]
async fn a_token_without_our_signature_never_reaches_the_store() {
    on_both_at_noon(|app, _clock| async move {
        let it = specimen(&app).await;
        let same = bytes(&app.nobody().get("/v1/me").await);
        let held = hold(&app).await;
        me(&app, &it.token).await.refused(503, "too_busy");
        let (start, mut seen) = (Instant::now(), HashSet::new());
        for family in corpus::UNSIGNED {
            let tokens = it.family(family, &mut seen);
            let few: Vec<String> = tokens.into_iter().step_by(10).collect();
            assert_eq!(sent(&app, &few, &same).await, [[""; 0]; 2], "{}", family.0);
        }
        // If they had asked for a place, each would have waited two seconds.
        assert!(start.elapsed().as_secs() < 60);
        me(&app, &it.token).await.refused(503, "too_busy");
        drop(held);
        me(&app, &it.token).await.expect(200);
    })
    .await;
}

#[actix_web::test]
async fn one_header_says_bearer_and_one_token() {
    on_both_at_noon(|app, _clock| async move {
        let it = specimen(&app).await;
        let good = &it.token;
        let send = |values: &[String]| {
            let request = Request::new(Method::GET, "/v1/me");
            let request = values.iter().fold(request, |request, value| {
                request.header("authorization", value)
            });
            let nobody = app.nobody();
            async move { nobody.send(request).await }
        };
        for scheme in ["Bearer ", "bearer ", "BEARER ", "bEaReR ", "Bearer   "] {
            send(&[format!("{scheme}{good}")]).await.expect(200);
        }
        let bearer = format!("Bearer {good}");
        for values in [
            vec![],
            vec![String::new()],
            vec!["Bearer".into()],
            vec!["Bearer ".into()],
            vec![good.clone()],
            vec![format!("Bearer{good}")],
            vec![format!("Bearer\t{good}")],
            vec![format!("Bearer \t{good}")],
            vec![format!("Bearer:{good}")],
            vec![format!("Bearer: {good}")],
            vec![format!("Bearer={good}")],
            vec![format!("Bearer,{good}")],
            vec![format!("Bearer, {good}")],
            vec![format!("Bearer token={good}")],
            vec![format!("Bearer \"{good}\"")],
            vec![format!("Bearer {good},")],
            vec![format!("Bearer {good} ")],
            vec![format!("Bearer {good}\t")],
            vec![format!("Bearer {good}; x")],
            vec![format!(" Bearer {good}")],
            vec![format!("Bearer Bearer {good}")],
            vec![format!("Bearer {good}, Bearer {good}")],
            vec![format!("Bearer x, Bearer {good}")],
            vec![format!("Basic {good}")],
            vec![format!("Basic dTpw, Bearer {good}")],
            vec![format!("Digest {good}")],
            vec![format!("DPoP {good}")],
            vec![format!("JWT {good}")],
            vec![format!("Token {good}")],
            vec![format!("Negotiate {good}")],
            vec![format!("Bearers {good}")],
            vec![format!("Beare {good}")],
            // Two headers, whichever is valid.
            vec![bearer.clone(), bearer.clone()],
            vec![bearer.clone(), "Bearer x".into()],
            vec!["Bearer x".into(), bearer.clone()],
            vec![bearer.clone(), "Basic dTpw".into()],
            vec!["Basic dTpw".into(), bearer.clone()],
            vec![bearer.clone(), String::new()],
            vec![bearer.clone(), format!("Bearer {}", it.others[0])],
        ] {
            let answer = send(&values).await;
            assert_eq!(answer.code(), "unauthenticated", "{values:?}");
        }
        send(&[bearer]).await.expect(200);
        // A token is accepted only in its header.
        for path in [
            format!("/v1/me?access_token={good}"),
            format!("/v1/me?token={good}"),
        ] {
            app.nobody()
                .get(&path)
                .await
                .refused(401, "unauthenticated");
        }
        for name in [
            "cookie",
            "x-authorization",
            "proxy-authorization",
            "x-access-token",
        ] {
            let request = Request::new(Method::GET, "/v1/me");
            let request = request.header(name, &format!("Bearer {good}"));
            app.nobody()
                .send(request)
                .await
                .refused(401, "unauthenticated");
        }
    })
    .await;
}

/// A second start of the same installation.
async fn restarted(app: &TestApp, clock: FixedClock) -> TestApp {
    let settings = Settings {
        url: app.scratch.url.clone(),
        files: app.folder.path().join("files"),
        pool: 2,
        pooler: app.scratch.pooler,
    };
    let db = Db::open(&settings, Arc::new(clock)).unwrap();
    let (keys, seal) = secrets::load(app.folder.path(), "https://vinculo.example").unwrap();
    let (scratch, folder) = (app.scratch.clone(), Rc::clone(&app.folder));
    TestApp::over(server::app(db, keys, seal), scratch, folder).await
}

/// Replacing the key file retires the key: older tokens are refused after the restart.
#[actix_web::test]
async fn a_replaced_key_ends_the_tokens_of_the_old_one() {
    on_both_at_noon(|app, clock| async move {
        let session = tokens(&app).await;
        assert!(lives(&app, &session).await);
        let file = app.folder.path().join("secrets/signing-key.p8");
        let old = Key::read(&app);
        let kid = |app: &TestApp| app.app.tokens.jwks()["keys"][0]["kid"].clone();
        std::fs::write(&file, vinculo_auth::tokens::generate_key().unwrap()).unwrap();
        let renewed = restarted(&app, clock).await;
        assert_ne!(kid(&app), kid(&renewed));
        assert!(!lives(&renewed, &session).await);
        // A token signed by the old key under the new key's id is refused too.
        let good = tokens(&renewed).await;
        let good = good["access_token"].as_str().unwrap().to_owned();
        let forged = old.signed_again(&good);
        assert_ne!(forged, good);
        assert!(!lives(&renewed, &json!({ "access_token": forged })).await);
        assert!(lives(&renewed, &json!({ "access_token": good })).await);
        // The session itself continues with its refresh token.
        let next = refresh(&renewed, &session["refresh_token"]).await;
        assert!(lives(&renewed, &next.expect(201).json()).await);
    })
    .await;
}
