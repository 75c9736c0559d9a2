//! Everybody in the tests' world, signed in once.

use super::table::{Who, everybody};
use std::str::FromStr;
use uuid::Uuid;
use vinculo_auth::{Action, Kind, policy};
use vinculo_domain::{Role, TenantId};
use vinculo_persistence::stores::{people, sessions};
use vinculo_persistence::{Intent, Reply};
use vinculo_tests::{Client, TestApp};

/// A person with a session for its requests, another one to end, and a third to go on with.
pub struct Person {
    pub who: Who,
    pub client: Client,
    pub leaving: Client,
    pub refresh_token: String,
}

/// Signs everybody in.
pub async fn all(app: &TestApp) -> Vec<Person> {
    let mut all = Vec::new();
    for who in everybody() {
        let role = Role::from_str(who.role).unwrap();
        all.push(Person {
            who,
            client: app.client(role, who.tenant).await,
            leaving: app.client(role, who.tenant).await,
            refresh_token: refresh_token(app, who).await,
        });
    }
    all
}

/// A refresh token of a session of its own, made past the password.
pub async fn refresh_token(app: &TestApp, who: Who) -> String {
    let scope = policy::scope(None, Kind::Session, Action::Create);
    let email = format!("{}@{}.example", who.role, who.tenant);
    let found = app
        .app
        .db
        .read(&scope, "test", "", move |tx| {
            people::find_account(tx, &email)
        })
        .await;
    let person = found.unwrap().unwrap().person;
    let (token, tenant) = (Uuid::now_v7().to_string(), TenantId::new(who.tenant));
    let intent = Intent {
        operation: "test",
        request_id: String::new(),
        idempotency: None,
        dry_run: false,
    };
    let sent = token.clone();
    let reply = app.app.db.write(&scope, &intent, move |tx| {
        sessions::create(tx, person, &tenant, &sent)?;
        Ok(Reply {
            status: 201,
            etag: None,
            location: None,
            body: String::new(),
            replayed: false,
        })
    });
    reply.await.unwrap();
    token
}
