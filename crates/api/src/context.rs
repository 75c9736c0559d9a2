//! One request on its way: who calls, what with, and how the answer is made.

use crate::app::App;
use crate::operation::Operation;
use crate::{cursor, json, params};
use actix_web::http::header::{self, HeaderMap};
use actix_web::web::{BytesMut, Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::StreamExt;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::sync::Arc;
use uuid::Uuid;
use vinculo_auth::seal::sha256;
use vinculo_auth::{Action, Actor, Kind, Scope, policy};
use vinculo_domain::clock::mexican_day;
use vinculo_domain::page::{DEFAULT_LIMIT, List, MAX_LIMIT, Page, PageRequest};
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::{Intent, Outcome, ReadTx, Reply, WriteTx};

/// The largest JSON body.
const MAX_JSON: usize = 256 * 1024;

/// A request of a known operation, its caller known too where there is a token.
pub struct Ctx {
    pub app: Data<App>,
    pub operation: Arc<Operation>,
    pub actor: Option<Actor>,
    pub request: HttpRequest,
    pub payload: Option<Payload>,
    pub request_id: String,
    pub spanish: bool,
    pub pairs: Vec<(String, String)>,
    dry_run: bool,
    fingerprint: String,
}

impl Ctx {
    /// Establishes the caller (401), then looks at what the request alone can tell (400).
    pub async fn new(
        app: Data<App>,
        operation: Arc<Operation>,
        request: HttpRequest,
        payload: Payload,
        request_id: String,
    ) -> std::result::Result<Self, (Refusal, Option<Actor>)> {
        let actor = authenticate(&app, &operation, request.headers(), &request_id)
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
            fingerprint,
        })
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

    /// A part of the path as an id; anything else is not found.
    pub fn id(&self, name: &str) -> Result<Uuid> {
        let text = self.part(name);
        let id = Uuid::try_parse(&text).map_err(|_error| Refusal::new(Problem::NotFound))?;
        // One spelling for one thing.
        if id.to_string() == text {
            Ok(id)
        } else {
            Err(Refusal::new(Problem::NotFound))
        }
    }

    /// The query parameters.
    pub fn params<T: DeserializeOwned>(&self) -> Result<T> {
        params::typed(&self.pairs)
    }

    /// Which page is asked for.
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

    fn cursor_context(&self) -> String {
        cursor::context(
            self.scope().tenant().as_str(),
            self.operation.id,
            &self.pairs,
        )
    }

    /// The version that `If-Match` names; the rest of the tag is not compared.
    pub fn if_match(&self) -> Result<i32> {
        let text = self
            .request
            .headers()
            .get(header::IF_MATCH)
            .and_then(|value| value.to_str().ok())
            .ok_or_else(|| Refusal::new(Problem::PreconditionRequired))?;
        parse_tag(text).ok_or_else(|| {
            Refusal::new(Problem::InvalidHeader).saying(
                "Envíe en If-Match el ETag de su última lectura, entre comillas; «*» no se admite.",
                "Send in If-Match the ETag of your last read, in quotes; “*” is not taken.",
            )
        })
    }

    /// The body as JSON.
    pub async fn json(&mut self) -> Result<Value> {
        let patch = matches!(
            self.operation.input,
            Some(crate::operation::Input::Patch(_))
        );
        let kinds: &[&str] = if patch {
            &["application/merge-patch+json", "application/json"]
        } else {
            &["application/json"]
        };
        require_content_type(self.request.headers(), kinds)?;
        let mut body = BytesMut::new();
        let mut payload = self
            .payload
            .take()
            .ok_or_else(|| Refusal::internal("the body was read twice"))?;
        while let Some(chunk) = payload.next().await {
            let chunk = chunk.map_err(|_error| Refusal::new(Problem::MalformedJson))?;
            if body.len() + chunk.len() > MAX_JSON {
                return Err(Refusal::new(Problem::PayloadTooLarge));
            }
            body.extend_from_slice(&chunk);
        }
        self.add_to_fingerprint(&body);
        json::parse(&body)
    }

    /// The body as the type that the operation takes.
    pub async fn body<T: DeserializeOwned>(&mut self, read_only: &[&str]) -> Result<T> {
        json::typed(self.json().await?, read_only)
    }

    /// Makes a repeated request with another content another request.
    pub fn add_to_fingerprint(&mut self, bytes: &[u8]) {
        self.fingerprint = sha256([self.fingerprint.as_bytes(), bytes].concat().as_slice());
    }

    /// Runs a reading transaction.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut ReadTx<'_>) -> Outcome<T> + Send + 'static,
    ) -> Result<T> {
        self.app
            .db
            .read(&self.scope(), self.operation.id, &self.request_id, work)
            .await
    }

    /// Runs a writing transaction in the scope of the operation.
    pub async fn write(
        &self,
        work: impl Fn(&mut WriteTx<'_>, &Render) -> Outcome<Reply> + Send + 'static,
    ) -> Result<HttpResponse> {
        self.write_as(&self.scope(), work).await
    }

    /// Runs a writing transaction in a scope that the body decided.
    pub async fn write_as(
        &self,
        scope: &Scope,
        work: impl Fn(&mut WriteTx<'_>, &Render) -> Outcome<Reply> + Send + 'static,
    ) -> Result<HttpResponse> {
        let render = self.render();
        let intent = Intent {
            operation: self.operation.id,
            request_id: self.request_id.clone(),
            idempotency: self.idempotency()?,
            dry_run: self.dry_run,
        };
        let reply = self
            .app
            .db
            .write(scope, &intent, move |tx| work(tx, &render))
            .await?;
        Ok(self.answer(reply))
    }

    fn idempotency(&self) -> Result<Option<(String, String)>> {
        let Some(value) = self.request.headers().get("idempotency-key") else {
            return Ok(None);
        };
        let key = value.to_str().ok().filter(|key| {
            (1..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic())
        });
        let key = key.ok_or_else(|| {
            Refusal::new(Problem::InvalidHeader).saying(
                "Idempotency-Key lleva de 1 a 255 caracteres ASCII visibles.",
                "Idempotency-Key has 1 to 255 visible ASCII characters.",
            )
        })?;
        let taken =
            self.operation.repeatable && self.operation.method == actix_web::http::Method::POST;
        Ok(taken.then(|| (key.to_owned(), self.fingerprint.clone())))
    }

    /// How records are shown to this caller.
    pub fn render(&self) -> Render {
        let roles: Vec<&str> = self
            .actor
            .iter()
            .flat_map(|actor| &actor.roles)
            .map(Into::into)
            .collect();
        let tenant = self.scope().tenant().to_string();
        let sight = format!(
            "{tenant} {roles:?} {} {}",
            self.spanish,
            mexican_day(self.app.db.now())
        );
        Render {
            sight: sha256(sight.as_bytes()).chars().take(12).collect(),
            path: self.request.path().trim_end_matches('/').to_owned(),
        }
    }

    fn answer(&self, reply: Reply) -> HttpResponse {
        let status = actix_web::http::StatusCode::from_u16(reply.status).unwrap_or_default();
        let mut builder = HttpResponse::build(status);
        if let Some(etag) = reply.etag {
            builder.insert_header((header::ETAG, etag));
        }
        if let Some(location) = reply.location {
            builder.insert_header((header::LOCATION, location));
        }
        if reply.replayed {
            builder.insert_header(("Idempotency-Replayed", "true"));
        }
        if self.dry_run {
            builder.insert_header(("Dry-Run", "true"));
        }
        if reply.body.is_empty() {
            builder.finish()
        } else {
            builder.content_type("application/json").body(reply.body)
        }
    }

    /// Answers with a record; 304 where the caller has it already.
    pub fn record<T: Serialize>(&self, record: &T, version: i32) -> Result<HttpResponse> {
        let reply = self.render().record(200, record, version)?;
        Ok(self.unless_unchanged(reply))
    }

    /// Answers 304 where `If-None-Match` has the tag of the answer.
    pub fn unless_unchanged(&self, reply: Reply) -> HttpResponse {
        match &reply.etag {
            Some(etag) if self.has_already(etag) => HttpResponse::NotModified()
                .insert_header((header::ETAG, etag.as_str()))
                .finish(),
            _ => self.answer(reply),
        }
    }

    /// Whether `If-None-Match` names this tag, weak or strong, alone or among others.
    pub fn has_already(&self, etag: &str) -> bool {
        let value = self.request.headers().get(header::IF_NONE_MATCH);
        let text = value.and_then(|value| value.to_str().ok());
        text.is_some_and(|text| {
            text.split(',')
                .map(str::trim)
                .any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
        })
    }

    /// Answers with a page of a list.
    pub fn list<T: Serialize>(&self, page: Page<T>) -> Result<HttpResponse> {
        let next_cursor = page
            .next
            .map(|after| {
                cursor::write(
                    &self.app.seal,
                    &self.cursor_context(),
                    &after,
                    self.app.db.now(),
                )
            })
            .transpose()?;
        let mut builder = HttpResponse::Ok();
        if let Some(next) = &next_cursor {
            let mut pairs: Vec<_> = self
                .pairs
                .iter()
                .filter(|(name, _)| name != "cursor")
                .cloned()
                .collect();
            pairs.push(("cursor".into(), next.clone()));
            let query = serde_urlencoded::to_string(&pairs)
                .map_err(|error| Refusal::internal(error.to_string()))?;
            builder.insert_header((
                header::LINK,
                format!("<{}?{query}>; rel=\"next\"", self.request.path()),
            ));
        }
        Ok(builder.json(List {
            items: page.items,
            next_cursor,
            total: page.total,
        }))
    }
}

/// How a record is shown to one caller.
#[derive(Clone)]
pub struct Render {
    sight: String,
    path: String,
}

impl Render {
    /// A record with its tag: the version, and what else the caller's view of it hangs on.
    pub fn record<T: Serialize>(&self, status: u16, record: &T, version: i32) -> Result<Reply> {
        let body =
            serde_json::to_string(record).map_err(|error| Refusal::internal(error.to_string()))?;
        Ok(Reply {
            status,
            etag: Some(format!("\"{version}.{}\"", self.sight)),
            location: None,
            body,
            replayed: false,
        })
    }

    /// A new record and where it stands.
    pub fn created<T: Serialize>(&self, record: &T, id: Uuid, version: i32) -> Result<Reply> {
        Ok(Reply {
            location: Some(format!("{}/{id}", self.path)),
            ..self.record(201, record, version)?
        })
    }

    /// A new part of a record, without a version of its own.
    pub fn added<T: Serialize>(&self, part: &T, id: Uuid) -> Result<Reply> {
        Ok(Reply {
            etag: None,
            ..self.created(part, id, 1)?
        })
    }

    /// Nothing to show.
    pub fn nothing(&self) -> Reply {
        Reply {
            status: 204,
            etag: None,
            location: None,
            body: String::new(),
            replayed: false,
        }
    }
}

/// The version in an entity tag, weak or strong.
fn parse_tag(text: &str) -> Option<i32> {
    let tag = text.trim();
    let tag = tag.strip_prefix("W/").unwrap_or(tag);
    let inner = tag.strip_prefix('"')?.strip_suffix('"')?;
    let version = inner.split_once('.').map_or(inner, |(version, _)| version);
    // One tag, not a list of them.
    if version.bytes().all(|byte| byte.is_ascii_digit()) && !inner.contains('"') {
        version.parse().ok()
    } else {
        None
    }
}

async fn authenticate(
    app: &App,
    operation: &Operation,
    headers: &HeaderMap,
    request_id: &str,
) -> Result<Option<Actor>> {
    if operation.public {
        return Ok(None);
    }
    let refused = || Refusal::new(Problem::Unauthenticated);
    let value = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .ok_or_else(refused)?;
    let (scheme, token) = value.split_once(' ').ok_or_else(refused)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(refused());
    }
    let claims = app.tokens.verify(token.trim(), app.db.now())?;
    let scope = policy::scope(None, Kind::Session, Action::Create);
    let actor = app
        .db
        .read(&scope, operation.id, request_id, move |tx| {
            vinculo_persistence::stores::sessions::actor(tx, claims.sid, claims.sub, &claims.tid)
        })
        .await?;
    actor.map(Some).ok_or_else(refused)
}

fn check_request(
    operation: &Operation,
    request: &HttpRequest,
) -> Result<(Vec<(String, String)>, bool)> {
    // PostgreSQL keeps no NUL in text, so no path with one leads anywhere.
    if request
        .match_info()
        .iter()
        .any(|(_, part)| part.contains('\0'))
    {
        return Err(Refusal::new(Problem::NotFound));
    }
    let pairs = params::pairs(request.query_string())?;
    let known: Vec<String> = operation
        .query
        .iter()
        .map(|parameter| parameter.name.clone())
        .collect();
    params::check_names(&pairs, &known)?;
    if request.headers().contains_key(header::CONTENT_ENCODING) {
        return Err(Refusal::new(Problem::UnsupportedMediaType));
    }
    if operation.if_match && !request.headers().contains_key(header::IF_MATCH) {
        return Err(Refusal::new(Problem::PreconditionRequired));
    }
    let write: params::WriteParams = params::typed(&pairs)?;
    Ok((pairs, write.dry_run.unwrap_or(false)))
}

/// Refuses a body of another type than the operation takes.
pub fn require_content_type(headers: &HeaderMap, kinds: &[&str]) -> Result<()> {
    let sent = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let kind = sent
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    if kinds.contains(&kind.as_str()) {
        Ok(())
    } else {
        Err(Refusal::new(Problem::UnsupportedMediaType))
    }
}

/// Spanish, unless the caller likes English better.
pub fn speaks_spanish(headers: &HeaderMap) -> bool {
    let text = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let weight = |language: &str| {
        let weights = text.split(',').filter_map(|part| {
            let (tag, rest) = part.split_once(';').unwrap_or((part, ""));
            let tag = tag.trim().to_ascii_lowercase();
            let matches = tag == language || tag.starts_with(&format!("{language}-"));
            let weight: f32 = rest
                .trim()
                .strip_prefix("q=")
                .and_then(|q| q.parse().ok())
                .unwrap_or(1.0);
            matches.then_some(weight)
        });
        weights.fold(0.0_f32, f32::max)
    };
    weight("es") >= weight("en")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_read_by_its_version_alone() {
        assert_eq!(parse_tag("\"3.abc\""), Some(3));
        assert_eq!(parse_tag("W/\"3.abc\""), Some(3));
        assert_eq!(parse_tag("\"3\""), Some(3));
        for bad in [
            "*",
            "3",
            "\"\"",
            "\"x.3\"",
            "\"-1.a\"",
            "\"3.a\", \"4.a\"x",
            "\"3.a\", \"4.a\"",
            "\"99999999999.a\"",
        ] {
            assert_eq!(parse_tag(bad), None, "{bad}");
        }
    }
}
