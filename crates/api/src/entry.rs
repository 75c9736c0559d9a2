//! The first checks of every request: who calls, and whether the request itself is valid.

use crate::app::App;
use crate::edge::passing::Passing;
use crate::operation::Operation;
use crate::params::{self, INVALID_VALUE};
use crate::problem::CONTENT_TYPE;
use actix_web::HttpRequest;
use actix_web::http::header::{self, HeaderMap};
use vinculo_auth::tokens::Claims;
use vinculo_auth::{Action, Actor, Kind, policy};
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::Admitted;
use vinculo_domain::wording;
use vinculo_domain::{FieldError, Refusal, Result};
use vinculo_persistence::stores::sessions;

pub async fn authenticate(
    app: &App,
    operation: &Operation,
    headers: &HeaderMap,
    passing: &Passing,
) -> Result<Option<Actor>> {
    let (rates, address) = (&app.edge.rates, passing.address);
    if operation.public {
        if operation.id == "create_session" {
            passing.charge(rates.sign_in(address))?;
        }
        return Ok(None);
    }
    let claims = match shown(app, headers) {
        Ok(claims) => claims,
        Err(refusal) => {
            passing.charge(rates.anonymous(address))?;
            return Err(refusal);
        }
    };
    charge_bearer(app, &claims, passing)?;
    let scope = policy::scope(None, Kind::Session, Action::Create);
    let actor = app
        .db
        .read(&scope, operation.id, &passing.request_id, move |tx| {
            sessions::actor(tx, claims.sid, claims.sub, &claims.tid)
        })
        .await?;
    let actor = actor.ok_or_else(|| Refusal::new(Problem::Unauthenticated))?;
    Ok(Some(actor))
}

/// Counts a request that needs no token: a read with a valid token against its person and
/// government, everything else against the address. Signing in and refreshing a session are no
/// reads, so a token buys nobody more attempts at a password.
pub fn charge_open(
    app: &App,
    operation: Option<&Operation>,
    headers: &HeaderMap,
    passing: &Passing,
) -> Result<()> {
    let reads = operation.is_some_and(|operation| operation.method.is_safe());
    match shown(app, headers) {
        Ok(claims) if reads => charge_bearer(app, &claims, passing),
        _ => passing.charge(app.edge.rates.anonymous(passing.address)),
    }
}

/// Counts a request against the person and the government of its token. The signature vouches for
/// both, so a flood is refused without asking the store.
fn charge_bearer(app: &App, claims: &Claims, passing: &Passing) -> Result<()> {
    passing.charge(app.edge.rates.person(claims.sub))?;
    passing.charge(app.edge.rates.government(&claims.tid))
}

/// The claims of the token in a request.
fn shown(app: &App, headers: &HeaderMap) -> Result<Claims> {
    let token = bearer(headers).ok_or_else(|| Refusal::new(Problem::Unauthenticated))?;
    app.tokens.verify(token, app.db.now())
}

/// The bearer token of the only `Authorization` header. With two headers, a proxy in front of this
/// service might have checked the other one.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut sent = headers.get_all(header::AUTHORIZATION);
    let (value, None) = (sent.next()?, sent.next()) else {
        return None;
    };
    let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.trim_start_matches(' '))
}

pub fn check_request(
    operation: &Operation,
    request: &HttpRequest,
) -> Result<(Vec<(String, String)>, bool)> {
    // PostgreSQL cannot store NUL in text, so a path with one cannot exist.
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
    params::check_values(&pairs, &operation.query)?;
    // Compressed request bodies are refused, so a small body cannot expand into a large one.
    if request.headers().contains_key(header::CONTENT_ENCODING) {
        let said = wording::requests::content_encoding();
        let error = FieldError::new("Content-Encoding", "unexpected", said);
        return Err(unsupported(error));
    }
    if operation.if_match && !request.headers().contains_key(header::IF_MATCH) {
        return Err(Refusal::new(Problem::PreconditionRequired));
    }
    let write: params::WriteParams = params::typed(&pairs)?;
    Ok((pairs, write.dry_run.unwrap_or(false)))
}

/// Refuses a body of a type that the operation does not take.
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
        let said = wording::requests::content_type();
        let error = FieldError::new(CONTENT_TYPE, INVALID_VALUE, said);
        Err(unsupported(
            error.admitting(Admitted::of(kinds.iter().copied())),
        ))
    }
}

fn unsupported(error: FieldError) -> Refusal {
    Refusal {
        errors: vec![error],
        ..Refusal::new(Problem::UnsupportedMediaType)
    }
}

/// Spanish, unless the caller prefers English.
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

/// The version in an entity tag, weak or strong.
pub fn parse_tag(text: &str) -> Option<i32> {
    let tag = text.trim();
    let tag = tag.strip_prefix("W/").unwrap_or(tag);
    let inner = tag.strip_prefix('"')?.strip_suffix('"')?;
    let (version, rest) = inner.split_once('.').unwrap_or((inner, ""));
    // One tag, not a list; must match `TAG_PATTERN`.
    let digits = (1..=9).contains(&version.len()) && version.bytes().all(|b| b.is_ascii_digit());
    let visible = rest.bytes().all(|b| b.is_ascii_graphic() && b != b'"');
    version.parse().ok().filter(|_| digits && visible)
}

/// The pattern that `parse_tag` accepts.
pub const TAG_PATTERN: &str = r#"^(W/)?"[0-9]{1,9}(\.[!#-~]*)?"$"#;

/// Whether a request declares a body.
pub fn brings_body(headers: &HeaderMap) -> bool {
    let length = headers.get(header::CONTENT_LENGTH);
    let empty = length.is_none_or(|length| length.as_bytes() == b"0");
    !empty
        || headers.contains_key(header::CONTENT_TYPE)
        || headers.contains_key(header::TRANSFER_ENCODING)
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
