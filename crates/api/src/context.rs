//! The context of one request: the caller and the request data.

mod payload;
mod work;

use crate::app::App;
use crate::edge::deadlines::Due;
use crate::edge::passing::Passing;
use crate::entry::{authenticate, check_request, parse_tag, speaks_spanish};
use crate::operation::Operation;
use crate::render::Render;
use crate::{cursor, params};
use actix_web::HttpRequest;
use actix_web::http::header;
use actix_web::web::{Data, Payload};
use serde::de::DeserializeOwned;
use std::net::IpAddr;
use std::sync::Arc;
use uuid::Uuid;
use vinculo_auth::seal::sha256;
use vinculo_auth::{Action, Actor, Kind, Scope, policy};
use vinculo_domain::inscription_number::InscriptionNumber;
use vinculo_domain::limits::{DEFAULT_LIMIT, MAX_LIMIT};
use vinculo_domain::page::PageRequest;
use vinculo_domain::problems::Problem;
use vinculo_domain::wording;
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::Intent;

/// A request of a known operation, and its caller if it carries a token.
pub struct Ctx {
    pub app: Data<App>,
    pub operation: Arc<Operation>,
    pub actor: Option<Actor>,
    pub request: HttpRequest,
    pub payload: Option<Payload>,
    pub request_id: String,
    pub spanish: bool,
    pub pairs: Vec<(String, String)>,
    pub dry_run: bool,
    /// When the answer is due.
    pub due: Due,
    fingerprint: String,
}

impl Ctx {
    /// Identifies the caller (401), then checks what the request alone can tell (400).
    pub async fn new(
        app: Data<App>,
        operation: Arc<Operation>,
        request: HttpRequest,
        payload: Payload,
        due: Due,
        request_id: String,
    ) -> std::result::Result<Self, (Refusal, Option<Actor>)> {
        let passing = Passing::of(&request).map_err(|refusal| (refusal, None))?;
        let actor = authenticate(&app, &operation, request.headers(), &passing)
            .await
            .map_err(|refusal| (refusal, None))?;
        let spanish = speaks_spanish(request.headers());
        let checked = check_request(&operation, &request);
        let (pairs, dry_run) = checked.map_err(|refusal| (refusal, actor.clone()))?;
        let fingerprint = sha256(format!("{} {}", request.method(), request.path()).as_bytes());
        Ok(Self {
            app,
            operation,
            actor,
            request,
            payload: Some(payload),
            request_id,
            spanish,
            pairs,
            dry_run,
            due,
            fingerprint,
        })
    }

    /// The caller's address.
    pub fn address(&self) -> Result<IpAddr> {
        Passing::of(&self.request).map(|passing| passing.address)
    }

    /// The scope of this operation.
    pub fn scope(&self) -> Scope {
        let (kind, action) = self.operation.permission;
        self.scope_for(kind, action)
    }

    /// The scope of another action by the same caller.
    pub fn scope_for(&self, kind: Kind, action: Action) -> Scope {
        policy::scope(self.actor.as_ref(), kind, action)
    }

    /// A part of the path as text.
    pub fn part(&self, name: &str) -> String {
        self.request.match_info().query(name).to_owned()
    }

    /// A part of the path as an id; anything else is answered with 404.
    pub fn id(&self, name: &str) -> Result<Uuid> {
        let text = self.part(name);
        let id = Uuid::try_parse(&text).map_err(|_error| Refusal::new(Problem::NotFound))?;
        // Each id has only one spelling.
        if id.to_string() == text {
            Ok(id)
        } else {
            Err(Refusal::new(Problem::NotFound))
        }
    }

    /// The inscription number in the path; anything else is answered with 404.
    pub fn inscription_number(&self) -> Result<InscriptionNumber> {
        self.part("number").parse()
    }

    /// The query parameters.
    pub fn params<T: DeserializeOwned>(&self) -> Result<T> {
        params::typed(&self.pairs)
    }

    /// The requested page.
    pub fn page(&self) -> Result<PageRequest> {
        let asked: params::ListParams = self.params()?;
        let limit = asked.limit.unwrap_or(DEFAULT_LIMIT);
        if !(1..=MAX_LIMIT).contains(&limit) {
            return Err(params::wrong("limit"));
        }
        let after = asked
            .cursor
            .map(|sealed| {
                cursor::read(
                    &self.app.seal,
                    &self.cursor_context(),
                    &sealed,
                    self.app.db.now(),
                )
            })
            .transpose()?;
        Ok(PageRequest {
            limit,
            after,
            count: asked.count.unwrap_or(false),
        })
    }

    pub fn cursor_context(&self) -> String {
        cursor::context(
            self.scope().tenant().as_str(),
            self.operation.id,
            self.request.path(),
            &self.pairs,
        )
    }

    /// The version in `If-Match`; the rest of the tag is not compared.
    pub fn if_match(&self) -> Result<i32> {
        let text = self
            .request
            .headers()
            .get(header::IF_MATCH)
            .and_then(|value| value.to_str().ok())
            .ok_or_else(|| Refusal::new(Problem::PreconditionRequired))?;
        parse_tag(text).ok_or_else(|| {
            Refusal::new(Problem::InvalidHeader).saying(wording::requests::if_match())
        })
    }

    /// The version in `If-Match`, if the caller sent one.
    pub fn optional_if_match(&self) -> Result<Option<i32>> {
        let sent = self.request.headers().contains_key(header::IF_MATCH);
        sent.then(|| self.if_match()).transpose()
    }

    /// The request as its unit of work sees it.
    pub fn intent(&self) -> Result<Intent> {
        Ok(Intent {
            operation: self.operation.id,
            request_id: self.request_id.clone(),
            idempotency: self.idempotency()?,
            dry_run: self.dry_run,
        })
    }

    /// The idempotency key of a repeatable request.
    pub fn key(&self) -> Result<Option<String>> {
        Ok(self.idempotency()?.map(|(key, _fingerprint)| key))
    }

    fn idempotency(&self) -> Result<Option<(String, String)>> {
        let Some(value) = self.request.headers().get("idempotency-key") else {
            return Ok(None);
        };
        let key = value.to_str().ok().filter(|key| {
            (1..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic())
        });
        let key = key.ok_or_else(|| {
            Refusal::new(Problem::InvalidHeader).saying(wording::requests::idempotency_key())
        })?;
        let taken =
            self.operation.repeatable && self.operation.method == actix_web::http::Method::POST;
        Ok(taken.then(|| (key.to_owned(), self.fingerprint.clone())))
    }

    /// How to render records for this caller.
    pub fn render(&self) -> Render {
        let roles: Vec<&str> = self
            .actor
            .iter()
            .flat_map(|actor| &actor.roles)
            .map(Into::into)
            .collect();
        let tenant = self.scope().tenant().to_string();
        Render {
            viewer: format!("{tenant} {roles:?} {}", self.spanish),
            path: self.request.path().trim_end_matches('/').to_owned(),
        }
    }
}
