//! `vinculo admin create`: the first people of an installation.

use crate::app::App;
use crate::config::Config;
use uuid::Uuid;
use vinculo_auth::seal::random_token;
use vinculo_auth::{Action, Actor, Kind, password, policy};
use vinculo_domain::identity::{Membership, check_password, normal_email};
use vinculo_domain::{Refusal, Result, Role, TenantId};
use vinculo_persistence::stores::people::{self, NewPerson};
use vinculo_persistence::{Intent, Reply};

/// Who is to be created.
#[derive(Debug, Clone)]
pub struct NewAdmin {
    /// The address.
    pub email: String,
    /// The name.
    pub name: String,
    /// The memberships.
    pub memberships: Vec<(TenantId, Role)>,
    /// The password; one is made where absent.
    pub password: Option<String>,
}

/// Creates a person and gives its password back; nothing for somebody known already, who gets
/// the memberships and keeps the password.
pub async fn create(app: &App, new: &NewAdmin) -> Result<Option<String>> {
    let email = normal_email(&new.email).map_err(|said| Refusal::internal(said.en))?;
    let known = is_known(app, &email).await?;
    let secret = match &new.password {
        Some(password) => password.clone(),
        None => random_token()?,
    };
    check_password(&secret).map_err(|said| Refusal::internal(said.en))?;
    let person = NewPerson {
        name: new.name.clone(),
        email,
        password_hash: password::hash(&secret)?,
        memberships: new
            .memberships
            .iter()
            .map(|(tenant, role)| Membership {
                tenant: tenant.clone(),
                role: *role,
            })
            .collect(),
    };
    let scope = policy::scope(Some(&Actor::operator()), Kind::Session, Action::Update);
    let intent = Intent {
        operation: "admin_create",
        request_id: Uuid::now_v7().to_string(),
        idempotency: None,
        dry_run: false,
    };
    app.db
        .write(&scope, &intent, move |tx| {
            people::create(tx, &person)?;
            Ok(Reply {
                status: 201,
                etag: None,
                location: None,
                body: String::new(),
                replayed: false,
            })
        })
        .await?;
    Ok((!known).then_some(secret))
}

async fn is_known(app: &App, email: &str) -> Result<bool> {
    let scope = policy::scope(None, Kind::Session, Action::Create);
    let email = email.to_owned();
    let account = app.db.read(&scope, "admin_create", "", move |tx| {
        people::find_account(tx, &email)
    });
    Ok(account.await?.is_some())
}

/// The command.
pub async fn run(config: &Config, new: NewAdmin) -> Result<String> {
    let app = super::open(config)?;
    let who = format!("{} <{}>", new.name, new.email);
    Ok(match create(&app, &new).await? {
        Some(secret) => format!("{who}\npassword: {secret}\nIt is shown this once."),
        None => format!("{who} is known: the roles were added, name and password stay."),
    })
}
