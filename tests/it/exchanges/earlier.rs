//! Exchanges that were on record before each side found its own by facets.

use super::{act, make, mission, question};
use serde_json::json;
use std::collections::BTreeSet;
use vinculo_domain::Role;
use vinculo_persistence::Engine;
use vinculo_tests::{GUADALAJARA, JALISCO, SRE, TestApp, on_both};

/// The migration that writes what exchanges are found by.
macro_rules! migration {
    ($engine:literal) => {
        [
            include_str!(concat!(
                "../../../migrations/",
                $engine,
                "/0023_exchanges/up.sql"
            )),
            include_str!(concat!(
                "../../../migrations/",
                $engine,
                "/0023_exchanges/down.sql"
            )),
        ]
    };
}

/// The facets of turns and of moves, as stored.
fn rows(app: &TestApp) -> BTreeSet<String> {
    let found = app.scratch.texts(
        "SELECT viewer_tenant || ' ' || facet || ' ' || sort_key || ' ' || record_id || ' ' || owner_tenant AS x FROM record_facets \
         WHERE facet LIKE '%:answer=%' OR facet LIKE '%:close=%' OR facet LIKE '%:other=%' OR facet LIKE '%:told=%'",
    );
    found.into_iter().collect()
}

// row: 003-25
// operations: get_workspace
#[actix_web::test]
async fn what_was_asked_before_is_found_as_what_is_asked_now() {
    on_both(|app: TestApp| async move {
        let official = app.client(Role::MissionOfficer, SRE).await;
        let tokyo = mission(&app, "Tokio", &[&official]).await;
        let asker = app.officer(GUADALAJARA).await;
        let steps: [&[(bool, &str)]; 6] = [
            &[],
            &[(false, "accept")],
            &[(false, "answer")],
            &[(false, "decline")],
            &[(true, "withdraw")],
            &[(false, "answer"), (true, "close")],
        ];
        for (n, steps) in steps.into_iter().enumerate() {
            let deadline = (n % 2 == 0).then_some("2030-01-31");
            let body = question(&format!("Pregunta {n}"), &tokyo, deadline);
            let one = make(&asker, "/v1/referrals", body).await;
            for (own, action) in steps {
                let fields = match *action {
                    "answer" => json!({"answer": "Nagoya."}),
                    _ => json!({}),
                };
                let side = if *own { &asker } else { &official };
                act(side, &one, action, fields).await.expect(200);
            }
        }
        let ask = json!({"title": "Comité", "provider": JALISCO, "question": "¿Cómo?"});
        make(&asker, "/v1/advisory-cases", ask).await;
        let written = rows(&app);
        assert!(written.len() > 20, "{written:?}");
        let [up, down] = match app.scratch.engine {
            Engine::Sqlite => migration!("sqlite"),
            Engine::Postgres => migration!("postgres"),
        };
        app.scratch.execute(down);
        assert!(rows(&app).is_empty());
        app.scratch.execute(up);
        assert_eq!(rows(&app), written);
    })
    .await;
}
