//! Everybody in the tests' world, signed in once, and people with unusual rights.

use super::canaries::{Canaries, PEOPLE};
use super::table::{Who, everybody};
use std::str::FromStr;
use uuid::Uuid;
use vinculo_api::fixtures::Official;
use vinculo_auth::{Action, Kind, password, policy};
use vinculo_domain::{Role, TenantId};
use vinculo_persistence::stores::sessions;
use vinculo_persistence::{Intent, Reply};
use vinculo_tests::{Client, GUADALAJARA, GUANAJUATO, TENANTS, TestApp};

/// A person with a session for its requests, one to end and one to refresh.
pub struct Person {
    /// Who the person is in the table.
    pub who: Who,
    pub email: String,
    pub client: Client,
    pub leaving: Client,
    pub refresh_token: String,
}

impl Person {
    /// Whether the person has more than one role in one government.
    pub fn is_special(&self) -> bool {
        self.email != email_of(self.who)
    }
}

/// The address of the person who has only this role in this government.
fn email_of(who: Who) -> String {
    format!("{}@{}.example", who.role, who.tenant)
}

/// Hires somebody at a government of the tests' world, or adds a role to a person already there.
pub async fn hire(app: &TestApp, email: &str, tenant: &str, role: Role) -> Uuid {
    let tier = TENANTS.iter().find(|(id, _)| *id == tenant);
    let tier = tier.map_or(vinculo_domain::Tier::State, |(_, tier)| *tier);
    let hash = password::hash(TestApp::PASSWORD).unwrap();
    let official = Official::hire(&app.app, email, email, tenant, tier, role, &hash);
    official.await.unwrap().actor.person.unwrap()
}

/// Ends a person's role at a government from now on.
pub fn revoke(app: &TestApp, email: &str, tenant: &str, role: Role) {
    let role: &str = role.into();
    app.scratch.execute(&format!(
        "UPDATE memberships SET until = since WHERE tenant_id = '{tenant}' AND role = '{role}' \
         AND person_id = (SELECT person_id FROM accounts WHERE email = '{email}')"
    ));
}

/// A signed-in person.
async fn signed_in(app: &TestApp, who: Who, email: String, person: Uuid) -> Person {
    Person {
        who,
        email,
        client: app.session(person, who.tenant).await,
        leaving: app.session(person, who.tenant).await,
        refresh_token: refresh_token(app, person, who.tenant).await,
    }
}

/// Signs everybody in, and gives each person a canary as a name.
pub async fn all(app: &TestApp, canaries: &Canaries) -> Vec<Person> {
    let mut all = Vec::new();
    for who in everybody() {
        let role = Role::from_str(who.role).unwrap();
        let person = app.official(role, who.tenant).await.actor.person.unwrap();
        all.push(signed_in(app, who, email_of(who), person).await);
    }
    all.push(demoted(app).await);
    all.push(of_two_governments(app).await);
    let names = all.iter().map(|person| {
        let name = canaries.plant(PEOPLE, "name", &person.email);
        let of = format!(
            "SELECT person_id FROM accounts WHERE email = '{}'",
            person.email
        );
        format!("UPDATE people SET name = '{name}' WHERE id = ({of});")
    });
    app.scratch.execute(&names.collect::<String>());
    all
}

/// An officer who lost that role while the session was open. The person is also a viewer, so it can
/// still read, and nothing else.
async fn demoted(app: &TestApp) -> Person {
    let (email, who) = ("demoted@14039.example", viewer(GUADALAJARA));
    let person = hire(app, email, GUADALAJARA, Role::Officer).await;
    hire(app, email, GUADALAJARA, Role::Viewer).await;
    let person = signed_in(app, who, email.to_owned(), person).await;
    revoke(app, email, GUADALAJARA, Role::Officer);
    person
}

/// The person with roles at two governments.
const TWO: &str = "two@11.example";

/// Whether the person with this address works at a government: its address says for which it was
/// made, and one works for another one too.
pub fn works_at(email: &str, tenant: &str) -> bool {
    email.ends_with(&format!("@{tenant}.example")) || email == TWO && tenant == GUADALAJARA
}

/// Somebody with roles at two governments. A token is for one of them and grants nothing at the
/// other.
async fn of_two_governments(app: &TestApp) -> Person {
    let (email, who) = (TWO, viewer(GUANAJUATO));
    let person = hire(app, email, GUANAJUATO, Role::Viewer).await;
    hire(app, email, GUADALAJARA, Role::Officer).await;
    signed_in(app, who, email.to_owned(), person).await
}

fn viewer(tenant: &'static str) -> Who {
    let role = Role::Viewer.into();
    Who { tenant, role }
}

/// A refresh token of a separate session, opened without the password.
pub async fn refresh_token(app: &TestApp, person: Uuid, tenant: &str) -> String {
    let scope = policy::scope(None, Kind::Session, Action::Create);
    let (token, tenant) = (Uuid::now_v7().to_string(), TenantId::new(tenant));
    let intent = Intent {
        operation: "test",
        request_id: String::new(),
        idempotency: None,
        dry_run: false,
    };
    let sent = token.clone();
    let reply = app.app.db.write(&scope, &intent, move |tx| {
        sessions::create(tx, person, &tenant, &sent)?;
        Ok(Reply::empty(201))
    });
    reply.await.unwrap();
    token
}
