//! Signing in, refreshing a session, signing out; the public keys; the caller's own account.

use crate::app::App;
use crate::context::Ctx;
use crate::examples;
use crate::operation::Operation;
use crate::render::Render;
use crate::route::Route;
use actix_web::HttpResponse;
use actix_web::http::Method;
use utoipa::ToSchema;
use vinculo_auth::password_rules::MAX_PASSWORD;
use vinculo_auth::seal::{random_token, sha256};
use vinculo_auth::tokens::ACCESS_SECONDS;
use vinculo_auth::{Action, Kind};
use vinculo_domain::identity::{
    Me, Membership, RefreshSession, SessionTokens, SignIn, normal_email,
};
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::Admitted;
use vinculo_domain::wording;
use vinculo_domain::{FieldError, Refusal, Result, TenantId};
use vinculo_persistence::Reply;
use vinculo_persistence::stores::sessions::{OpenSession, Refreshed};
use vinculo_persistence::stores::{people, sessions};

const TAG: &str = "sessions";

/// The keys of access tokens (RFC 7517).
#[derive(ToSchema)]
#[expect(dead_code, reason = "the document's picture of the key set")]
struct KeySet {
    /// The keys; one for now.
    keys: Vec<std::collections::BTreeMap<String, String>>,
}

pub fn operations() -> Vec<Route> {
    let kind = Kind::Session;
    vec![
        Operation::new("create_session", Method::POST, "/v1/sessions", (kind, Action::Create))
            .says(TAG, "Sign in", "Opens a session for one government. The access token lives five minutes; the refresh token is good once.")
            .public()
            .takes::<SignIn>()
            .answers::<SessionTokens>(201, examples::session())
            .gives_credential()
            .handled_by(create),
        Operation::new("refresh_session", Method::POST, "/v1/sessions/refresh", (kind, Action::Create))
            .says(TAG, "Go on", "Gives fresh tokens. A refresh token used twice ends the session: somebody else has it; only within ten seconds the same answer is given again.")
            .public()
            .takes::<RefreshSession>()
            .answers::<SessionTokens>(201, examples::session())
            .gives_credential()
            .handled_by(refresh),
        Operation::new("delete_session", Method::DELETE, "/v1/sessions/current", (kind, Action::Delete))
            .says(TAG, "Sign out", "Ends the session; its access token is refused from the next request on.")
            .answers_nothing()
            .handled_by(delete),
        Operation::new("get_jwks", Method::GET, "/.well-known/jwks.json", (kind, Action::Create))
            .says(TAG, "Read the keys", "The public keys with which access tokens are verified (RFC 7517).")
            .public()
            .answers::<KeySet>(200, examples::jwks())
            .handled_by(jwks),
        Operation::new("get_me", Method::GET, "/v1/me", (kind, Action::Read))
            .says(TAG, "Read oneself", "The person, the government and the roles of this session, and every membership.")
            .answers::<Me>(200, examples::me())
            .handled_by(me),
    ]
}

async fn create(mut ctx: Ctx) -> Result<HttpResponse> {
    let wanted: SignIn = ctx.body(&[]).await?;
    let account = find(&ctx, &wanted).await?;
    let tenant = choose(&account.memberships, wanted.tenant_id)?;
    let token = random_token()?;
    let (app, person) = (ctx.app.clone(), account.person);
    ctx.write(move |tx, render| {
        let session = sessions::create(tx, person, &tenant, &token)?;
        Ok(answer(&app, render, &session, tx.now())?)
    })
    .await
}

/// The account if address and password match; otherwise always the same refusal, after the same
/// time.
async fn find(ctx: &Ctx, wanted: &SignIn) -> Result<people::Account> {
    let refused = || Refusal::new(Problem::InvalidCredentials);
    let email = normal_email(&wanted.email).unwrap_or_default();
    // Without a free place the request is refused before the store is asked.
    let ticket = ctx.app.hashing.enter(ctx.address()?)?;
    let account = ctx.read(move |tx| people::find_account(tx, &email)).await?;
    if wanted.password.chars().count() > MAX_PASSWORD {
        return Err(refused());
    }
    let hash = account
        .as_ref()
        .map(|account| account.password_hash.clone());
    let matches = ticket.verify(wanted.password.clone(), hash).await?;
    account
        .filter(|account| matches && account.active && !account.memberships.is_empty())
        .ok_or_else(refused)
}

fn choose(memberships: &[Membership], wanted: Option<TenantId>) -> Result<TenantId> {
    let mut tenants: Vec<TenantId> = memberships
        .iter()
        .map(|membership| membership.tenant.clone())
        .collect();
    tenants.dedup();
    match (wanted, tenants.as_slice()) {
        (Some(tenant), held) if held.contains(&tenant) => Ok(tenant),
        (Some(_), _) => Err(Refusal::new(Problem::InvalidCredentials)),
        (None, [only]) => Ok(only.clone()),
        (None, held) => Err(tenant_required(held)),
    }
}

/// Whoever has shown the password may know the governments of the account.
fn tenant_required(held: &[TenantId]) -> Refusal {
    let said = wording::sign_in::which_government();
    let held = Admitted::of(held.iter().map(TenantId::as_str));
    let error = FieldError::new("/tenant_id", "required", said);
    Refusal {
        errors: vec![error.admitting(held)],
        ..Refusal::new(Problem::TenantRequired)
    }
}

fn answer(
    app: &App,
    render: &Render,
    session: &OpenSession,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Reply> {
    let tokens = SessionTokens {
        access_token: app
            .tokens
            .issue(session.person, session.id, &session.tenant, now)?,
        token_type: "Bearer".into(),
        expires_in: ACCESS_SECONDS,
        refresh_token: session.refresh_token.clone(),
        tenant: session.tenant.clone(),
        roles: session.roles.clone(),
    };
    Ok(Reply {
        etag: None,
        ..render.record(201, &tokens, 1)?
    })
}

async fn refresh(mut ctx: Ctx) -> Result<HttpResponse> {
    let sent: RefreshSession = ctx.body(&[]).await?;
    let (app, fingerprint) = (ctx.app.clone(), sha256(sent.refresh_token.as_bytes()));
    let response =
        ctx.write(
            move |tx, render| match sessions::refresh(tx, &sent.refresh_token, &app.seal)? {
                Refreshed::Open(session) => Ok(answer(&app, render, &session, tx.now())?),
                // Committed despite the refusal: the family of a stolen token ends with this
                // answer.
                Refreshed::Reused => Ok(render.nothing()),
            },
        );
    let response = response.await.map_err(sign_in_again)?;
    if response.status() == actix_web::http::StatusCode::NO_CONTENT {
        tracing::warn!(
            token = fingerprint.get(..8),
            "a refresh token was used twice; its session has ended"
        );
        return Err(sign_in_again(Refusal::new(Problem::Unauthenticated)));
    }
    Ok(response)
}

/// Whoever has no good refresh token has no access token to send either.
fn sign_in_again(refusal: Refusal) -> Refusal {
    match refusal.problem {
        Problem::Unauthenticated => refusal.saying(wording::sign_in::again()),
        _ => refusal,
    }
}

async fn delete(ctx: Ctx) -> Result<HttpResponse> {
    ctx.write(|tx, render| {
        sessions::delete(tx)?;
        Ok(render.nothing())
    })
    .await
}

async fn jwks(ctx: Ctx) -> Result<HttpResponse> {
    Ok(HttpResponse::Ok().json(ctx.app.tokens.jwks()))
}

async fn me(ctx: Ctx) -> Result<HttpResponse> {
    let quota = ctx.app.storage.quota;
    let me = ctx.read(move |tx| people::me(tx, quota)).await?;
    ctx.record(&me, 1)
}
