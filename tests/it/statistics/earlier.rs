//! A database from before figures were stored gets the same figures.

use serde_json::Value;
use uuid::Uuid;
use vinculo_api::commands::import::import;
use vinculo_api::fixtures::request_for;
use vinculo_domain::Role;
use vinculo_domain::agreements::{CaseAction, Stage};
use vinculo_domain::clock::{Clock, SystemClock};
use vinculo_domain::documents::DocumentKind;
use vinculo_domain::imports::Reading;
use vinculo_persistence::{Engine, migrate};
use vinculo_tests::{GUADALAJARA, GUANAJUATO, IRAPUATO, JALISCO, SRE, TestApp, ZAPOPAN, on_both};

const PAST: &str = "entidad,municipio,contraparte,pais,tipo,fecha_firma,fuente,registro\n\
    Jalisco,Zapopan,Málaga,España,hermanamiento,1998,DOF,RAI-0031\n\
    Guanajuato,Irapuato,Marianao,Cuba,hermanamiento,,DOF,\n";
const TABLES: [&str; 4] = [
    "agreement_facts",
    "agreement_fact_values",
    "agreement_spells",
    "mechanism_facts",
];

/// Every answer that does not depend on durations.
async fn said(app: &TestApp) -> Vec<String> {
    let mut all = Vec::new();
    for viewer in ["public", SRE, JALISCO, GUADALAJARA, ZAPOPAN] {
        let (client, base) = if viewer == "public" {
            (app.nobody(), "/v1/statistics")
        } else {
            (
                app.client(Role::Viewer, viewer).await,
                "/v1/statistics/mine",
            )
        };
        for query in [
            "stock?by=tier,kind",
            "stock?by=state,standing&count_by=participations",
            "stock?by=theme",
            "stock?by=country,year",
            "stock?by=registration_year",
            "life?by=ending",
            "coverage?by=state,coverage",
            "coverage?by=state,mechanism",
            "concentration?level=municipality",
            "stock?by=stage,state",
            "gaps?by=gap,stage",
            "flow?by=event,month&compliance=unknown",
        ] {
            let own = ["stage", "gaps", "compliance", "mechanism"];
            if viewer == "public" && own.iter().any(|word| query.contains(word)) {
                continue;
            }
            let answer = client.get(&format!("{base}/{query}")).await.expect(200);
            all.push(format!("{viewer} {query} {}", answer.text()));
        }
    }
    all
}

/// Irapuato requests the opinion on an agreement it signed without one, and withdraws the request.
async fn given_up(app: &TestApp, past: Uuid) {
    let officer = app.official(Role::Officer, IRAPUATO).await;
    let copy = officer.attach(past, DocumentKind::SignedCopy, Some("es"), "Copia");
    copy.await.unwrap();
    for action in [CaseAction::Regularize, CaseAction::Withdraw] {
        let request = request_for(action, &Value::Null, None).unwrap();
        officer.act(past, request).await.unwrap();
    }
}

/// Deletes everything that figures are counted from, without triggers and rights.
fn forget(app: &TestApp) {
    let mut sql = String::new();
    for table in TABLES {
        if app.scratch.engine == Engine::Sqlite {
            sql.push_str(&format!("DROP TRIGGER {table}_no_delete; "));
        }
        sql.push_str(&format!("DELETE FROM {table}; "));
    }
    sql.push_str("DELETE FROM counters WHERE series = 'agreement_facts'");
    app.scratch.execute(&sql);
}

// row: 003-11
#[actix_web::test]
async fn what_was_there_before_is_counted_alike() {
    on_both(|app: TestApp| async move {
        for (lead, stage) in [
            (GUADALAJARA, Stage::Registered),
            (GUADALAJARA, Stage::Returned),
            (ZAPOPAN, Stage::StateReview),
            (JALISCO, Stage::Signed),
            (GUANAJUATO, Stage::Observed),
            (ZAPOPAN, Stage::Draft),
        ] {
            app.case_in(lead, stage).await;
        }
        let done = import(
            &app.app,
            "rai.csv",
            PAST.as_bytes(),
            &Reading::default(),
            false,
            |_, _| {},
        )
        .await;
        let done = done.unwrap();
        assert_eq!(done.summary.imported, 2);
        let past = done.rows[1].detail["agreement_id"].as_str().unwrap();
        given_up(&app, past.parse().unwrap()).await;
        let before = said(&app).await;
        forget(&app);
        assert_eq!(app.scratch.count("agreement_facts"), 0);
        let nothing = app.nobody().get("/v1/statistics/stock").await.json();
        assert_eq!(nothing["total"], 0);
        migrate(&app.scratch.migration_url, SystemClock.now()).unwrap();
        for (after, before) in said(&app).await.iter().zip(&before) {
            assert_eq!(after, before);
        }
        let rows = "agreement_access";
        let facts = "agreement_facts WHERE position = 0 AND viewer_tenant <> 'public'";
        assert_eq!(app.scratch.count(facts), app.scratch.count(rows));
        // It runs only once; on PostgreSQL the tables are closed again afterwards.
        let counts = || TABLES.map(|table| app.scratch.count(table));
        let made = counts();
        migrate(&app.scratch.migration_url, SystemClock.now()).unwrap();
        assert_eq!(counts(), made);
        if app.scratch.engine == Engine::Postgres {
            let open = "pg_class WHERE relrowsecurity AND NOT relforcerowsecurity";
            assert_eq!(app.scratch.count(open), 0);
        }
        // Later changes are counted as usual.
        app.case_in(GUADALAJARA, Stage::Registered).await;
        let more = app.nobody().get("/v1/statistics/stock").await.json();
        assert_eq!(more["total"], 3);
    })
    .await;
}

/// A row's end is written once, and nothing else of it can change, whoever tries.
#[actix_web::test]
async fn the_application_cannot_rewrite_the_past() {
    on_both(|app: TestApp| async move {
        let case = app.case_in(GUADALAJARA, Stage::StateReview).await;
        let facts = app.scratch.count("agreement_facts");
        let context = match app.scratch.engine {
            Engine::Sqlite => String::new(),
            Engine::Postgres => [
                ("tenant_id", GUADALAJARA),
                ("actor_tenant", GUADALAJARA),
                ("case_id", &case.to_string()),
                ("acts", "on"),
            ]
            .map(|(name, value)| format!("SELECT set_config('app.{name}', '{value}', false); "))
            .concat(),
        };
        let mut tries = vec![
            "UPDATE agreement_facts SET stage = 'registered'".to_owned(),
            "UPDATE agreement_facts SET valid_from = '2020-01-01 00:00:00'".to_owned(),
            "UPDATE agreement_fact_values SET value = 'trade'".to_owned(),
            "UPDATE agreement_spells SET entered_month = '2020-01'".to_owned(),
        ];
        tries.extend(TABLES.map(|table| format!("DELETE FROM {table}")));
        for sql in tries {
            let done = app.scratch.execute_as_application(&format!("{context}{sql}"));
            assert!(done.is_err(), "{sql}");
        }
        let closed = "UPDATE agreement_facts SET valid_to = '2020-01-01 00:00:00' WHERE valid_to < '9999-01-01'";
        if app.scratch.engine == Engine::Sqlite {
            assert!(app.scratch.execute_as_application(closed).is_err());
        }
        assert_eq!(app.scratch.count("agreement_facts"), facts);
    })
    .await;
}
