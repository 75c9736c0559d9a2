//! The other commands.

use serde_json::json;
use std::rc::Rc;
use tempfile::TempDir;
use vinculo_api::commands::admin::{NewAdmin, run};
use vinculo_api::commands::{open, print};
use vinculo_api::config::Config;
use vinculo_api::openapi;
use vinculo_domain::{Role, TenantId, wording};
use vinculo_persistence::Engine;
use vinculo_tests::{Client, Scratch, TestApp, on_each};

#[test]
fn what_is_printed_is_the_same_each_time() {
    for print in [print::matrix, print::procedure, wording::page] {
        assert_eq!(print(), print());
    }
    // The text itself is made once a process; what it is made from is made twice here.
    assert_eq!(openapi::shared(), openapi::shared());
    let matrix = print::matrix();
    for word in ["agreement", "counterpart", "registrar", "legal_reviewer"] {
        assert!(matrix.contains(word), "{word}\n{matrix}");
    }
    let procedure = print::procedure();
    for line in [
        "| `register` | pending_registration |",
        "    draft --> state_review: submit",
        "    legal_review --> opinion_unfavorable: issue_opinion",
        "    registered --> [*]",
    ] {
        assert!(procedure.contains(line), "{line}\n{procedure}");
    }
}

#[actix_web::test]
async fn whom_the_command_creates_signs_in_with_the_password_it_prints() {
    on_each(|engine: Engine, folder: Rc<TempDir>| async move {
        let scratch = Scratch::empty(engine, folder.path());
        let config = Config {
            data_dir: folder.path().join("data"),
            database_url: Some(scratch.url.clone()),
            migration_url: Some(scratch.migration_url.clone()),
            ..Config::default()
        };
        let new = |email: &str, tenant: &str| NewAdmin {
            email: email.to_owned(),
            name: "Primera persona".into(),
            memberships: [Role::Admin, Role::Registrar]
                .map(|role| (TenantId::new(tenant), role))
                .into(),
            password: None,
        };
        let printed = run(&config, new("Admin@SRE.example", "00")).await.unwrap();
        let password = printed
            .lines()
            .find_map(|line| line.strip_prefix("password: "))
            .unwrap()
            .to_owned();
        assert!(password.len() >= 15, "{printed}");

        // A person who already exists keeps the password, and no new one is printed.
        let again = run(&config, new("admin@sre.example", "00")).await.unwrap();
        assert!(!again.contains("password:"), "{again}");
        run(&config, new("otra@sre.example", "99999"))
            .await
            .unwrap_err();
        run(&config, new("otra", "00")).await.unwrap_err();
        assert_eq!(
            (scratch.count("people"), scratch.count("memberships")),
            (1, 2)
        );

        let app = TestApp::over(open(&config).unwrap(), scratch, folder).await;
        let nobody = app.nobody();
        let sign_in = TestApp::sign_in("admin@sre.example", &password);
        let session = nobody.send(sign_in).await.expect(201).json();
        let admin = Client {
            token: session["access_token"].as_str().map(str::to_owned),
            ..nobody.clone()
        };
        let me = admin.get("/v1/me").await.expect(200).json();
        assert_eq!(
            (&me["tenant"], &me["roles"]),
            (&json!("00"), &json!(["admin", "registrar"]))
        );
        let wrong = TestApp::sign_in("admin@sre.example", "otra frase larga");
        nobody.send(wrong).await.refused(401, "invalid_credentials");
    })
    .await;
}

#[test]
fn what_is_checked_is_printed_without_secrets() {
    let config = Config {
        database_url: Some("postgres://app:hidden-one@localhost/v".into()),
        migration_url: Some("postgres:///v?host=/run&user=o&password=hidden-two".into()),
        ..Config::default()
    };
    let shown = config.redacted().unwrap();
    assert!(
        shown.contains("@localhost/v") && shown.contains("host=/run"),
        "{shown}"
    );
    assert!(!shown.contains("hidden"), "{shown}");
}
