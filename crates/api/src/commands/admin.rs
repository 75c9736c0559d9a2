//! `vinculo admin create`: creates the first people of an installation.

use crate::app::App;
use crate::config::Config;
use uuid::Uuid;
use vinculo_auth::password_rules;
use vinculo_auth::seal::random_token;
use vinculo_auth::{Action, Actor, Kind, password, policy};
use vinculo_domain::identity::{Membership, normal_email};
use vinculo_domain::{Refusal, Result, Role, TenantId};
use vinculo_persistence::stores::people::{self, CreatedPerson, NewPerson};
use vinculo_persistence::{Intent, Reply};

/// The person to create.
#[derive(Debug, Clone)]
pub struct NewAdmin {
    /// The address.
    pub email: String,
    /// The name.
    pub name: String,
    /// The memberships.
    pub memberships: Vec<(TenantId, Role)>,
    /// The password; generated if absent.
    pub password: Option<String>,
}

/// Creates a person and returns the password; returns none if the address existed before, because
/// it keeps its own password.
pub async fn create(app: &App, new: &NewAdmin) -> Result<Option<String>> {
    let email = normal_email(&new.email).map_err(|said| Refusal::internal(said.en))?;
    let secret = match &new.password {
        Some(password) => password.clone(),
        None => random_token()?,
    };
    password_rules::check(&secret).map_err(|said| Refusal::internal(said.en))?;
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
    let reply = app
        .db
        .write(&scope, &intent, move |tx| {
            let made = people::create(tx, &person)?;
            Ok(Reply {
                status: 201,
                etag: None,
                location: None,
                body: serde_json::to_string(&made)?,
                replayed: false,
            })
        })
        .await?;
    let made: CreatedPerson =
        serde_json::from_str(&reply.body).map_err(|error| Refusal::internal(error.to_string()))?;
    Ok((!made.known).then_some(secret))
}

/// Runs the command.
pub async fn run(config: &Config, new: NewAdmin) -> Result<String> {
    let app = super::open(config)?;
    let who = format!("{} <{}>", new.name, new.email);
    Ok(match create(&app, &new).await? {
        Some(secret) => format!("{who}\npassword: {secret}\nIt is shown this once."),
        None => format!(
            "{who}\nThe address was there before: it has the roles now, and keeps its password."
        ),
    })
}
