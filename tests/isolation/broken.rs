//! Broken principals: tokens and persons that were valid once, or look valid. The service treats
//! each of them as nobody: it answers with the same bytes as without a token, and nothing changes.

use super::people::{hire, refresh_token, revoke};
use super::run::shown;
use super::run::{Cell, Matrix};
use actix_web::http::Method;
use chrono::Duration;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use uuid::Uuid;
use vinculo_auth::tokens::generate_key;
use vinculo_domain::Role;
use vinculo_persistence::Engine;
use vinculo_tests::{Client, GUADALAJARA, Request, TestApp, ZAPOPAN, is_full, leave};

/// A government that stays suspended in this world.
const SUSPENDED: &str = "15";

pub struct Broken {
    why: &'static str,
    client: Client,
    /// Set where the session is the broken part.
    refresh_token: Option<String>,
}

/// Operations that stand for all on PostgreSQL: who calls is found out before an operation begins, by
/// the same statements for each.
const STAND_FOR_ALL: [&str; 4] = [
    "get_me",
    "list_agreements",
    "create_agreement",
    "list_registry",
];

/// Tries every operation as each broken principal; returns how many cells that was.
pub async fn all(matrix: &Matrix) -> usize {
    let broken = principals(&matrix.app).await;
    let few = matrix.app.scratch.engine == Engine::Postgres && !is_full();
    if few {
        let what = "isolation: operations of broken principals on PostgreSQL";
        leave(what, STAND_FOR_ALL.len(), matrix.operations.len());
    }
    let is_tried = |operation: &str| !few || STAND_FOR_ALL.contains(&operation);
    try_each(matrix, &broken, is_tried).await
}

/// Tries the operations that `wanted` picks.
pub async fn try_each(matrix: &Matrix, broken: &[Broken], wanted: impl Fn(&str) -> bool) -> usize {
    let before = (matrix.digest(), matrix.app.scratch.count("audit_log"));
    let mut cells = 0;
    let operations = matrix.operations.iter().enumerate();
    for (at, operation) in operations.filter(|(_, one)| wanted(one.id)) {
        // A broken principal is refused before anything else is looked at.
        for object in matrix.objects_of(operation.id).into_iter().take(1) {
            let cell = Cell {
                operation: at,
                object,
                person: None,
            };
            let Some(request) = matrix.request_of(cell) else {
                continue;
            };
            // Operations that open or prolong a session ask for no token. They are tried below.
            if operation.public && operation.method != Method::GET {
                continue;
            }
            let nobody = matrix.nobody.send(request.clone()).await;
            for one in broken {
                let answer = one.client.send(request.clone()).await;
                cells += 1;
                let refused = operation.public || answer.status == 401;
                if !refused || shown(&answer) != shown(&nobody) {
                    let name = matrix.name(cell);
                    let text = shown(&answer);
                    matrix.wrong(format!("{name}, with {}: {text}", one.why));
                }
            }
        }
    }
    refreshing(matrix, broken).await;
    if before != (matrix.digest(), matrix.app.scratch.count("audit_log")) {
        matrix.wrong("broken principals changed something".to_owned());
    }
    cells
}

/// A broken session cannot be refreshed.
async fn refreshing(matrix: &Matrix, broken: &[Broken]) {
    for one in broken {
        let Some(token) = &one.refresh_token else {
            continue;
        };
        let refresh = Request::new(Method::POST, "/v1/sessions/refresh");
        let refresh = refresh.json(&json!({ "refresh_token": token }));
        let answer = matrix.nobody.send(refresh).await;
        if answer.status != 401 {
            matrix.wrong(format!("{} goes on: {}", one.why, answer.text()));
        }
    }
}

/// All broken principals, already invalid.
pub async fn principals(app: &TestApp) -> Vec<Broken> {
    let mut broken = tokens(app).await;
    broken.extend(persons(app).await);
    broken
}

/// The claims of a good token of Guadalajara's officer, and its session.
async fn claims(app: &TestApp) -> (Value, Client) {
    let client = app.officer(GUADALAJARA).await;
    let token = client.token.clone().unwrap();
    let claims = app.app.tokens.verify(&token, app.app.db.now()).unwrap();
    (serde_json::to_value(claims).unwrap(), client)
}

/// Signs claims as this installation does, except for what the arguments replace.
fn signed(
    app: &TestApp,
    claims: &Value,
    key: Option<&[u8]>,
    typ: &str,
    kid: Option<&str>,
) -> String {
    let own = std::fs::read(app.folder.path().join("secrets/signing-key.p8")).unwrap();
    let set = app.app.tokens.jwks();
    let mut header = Header::new(Algorithm::EdDSA);
    header.typ = Some(typ.to_owned());
    header.kid = Some(
        kid.map_or(set["keys"][0]["kid"].as_str().unwrap(), |kid| kid)
            .to_owned(),
    );
    let key = EncodingKey::from_ed_der(key.unwrap_or(&own));
    jsonwebtoken::encode(&header, claims, &key).unwrap()
}

/// Tokens that are invalid by themselves, each for one reason.
async fn tokens(app: &TestApp) -> Vec<Broken> {
    let (good, client) = claims(app).await;
    let service = |token: String| Client {
        token: Some(token),
        ..client.clone()
    };
    let right = service(signed(app, &good, None, "at+jwt", None));
    right.get("/v1/me").await.expect(200);
    let now = app.app.db.now();
    let mut tokens = Vec::new();
    let long_ago = now - Duration::hours(1);
    for (why, claim, value) in [
        ("another audience", "aud", json!("other")),
        ("another issuer", "iss", json!("https://other.example")),
        ("another government", "tid", json!(ZAPOPAN)),
        ("another person", "sub", json!(Uuid::now_v7())),
        ("another session", "sid", json!(Uuid::now_v7())),
        ("a beginning to come", "nbf", json!(now.timestamp() + 120)),
    ] {
        let mut claims = good.clone();
        claims[claim] = value;
        tokens.push((why, signed(app, &claims, None, "at+jwt", None)));
    }
    let mut old = good.clone();
    for (claim, seconds) in [("iat", 0), ("nbf", 0), ("exp", 300)] {
        old[claim] = json!(long_ago.timestamp() + seconds);
    }
    tokens.push(("an expired token", signed(app, &old, None, "at+jwt", None)));
    tokens.push(("another type", signed(app, &good, None, "JWT", None)));
    // A key that is not, or is no longer, among the installation's keys: once under its own name
    // and once under the name of the present key.
    let other = generate_key().unwrap();
    let retired = signed(app, &good, Some(&other), "at+jwt", Some("0123456789abcdef"));
    tokens.push(("a retired key", retired));
    let foreign = signed(app, &good, Some(&other), "at+jwt", None);
    tokens.push(("a key of another installation", foreign));
    let tokens = tokens.into_iter();
    tokens
        .map(|(why, token)| Broken {
            why,
            client: service(token),
            refresh_token: None,
        })
        .collect()
}

/// Persons whose session was valid when it was opened.
async fn persons(app: &TestApp) -> Vec<Broken> {
    let mut all = Vec::new();
    for (why, tenant, sql) in [
        (
            "a suspended person",
            GUADALAJARA,
            "UPDATE accounts SET status = 'suspended' WHERE person_id = 'PERSON'",
        ),
        (
            "a suspended government",
            SUSPENDED,
            "UPDATE tenants SET status = 'suspended' WHERE id = '15'",
        ),
        ("no role left", GUADALAJARA, ""),
        (
            "a session that was ended",
            GUADALAJARA,
            "UPDATE sessions SET revoked_at = created_at WHERE person_id = 'PERSON'",
        ),
        (
            "a session that ran out",
            GUADALAJARA,
            "UPDATE sessions SET expires_at = created_at WHERE person_id = 'PERSON'",
        ),
    ] {
        let email = format!("{}@broken.example", all.len());
        let person = hire(app, &email, tenant, Role::Officer).await;
        let client = app.session(person, tenant).await;
        let refresh_token = refresh_token(app, person, tenant).await;
        client.get("/v1/me").await.expect(200);
        if sql.is_empty() {
            revoke(app, &email, tenant, Role::Officer);
        } else {
            app.scratch
                .execute(&sql.replace("PERSON", &person.to_string()));
        }
        let refresh_token = Some(refresh_token);
        all.push(Broken {
            why,
            client,
            refresh_token,
        });
    }
    all
}
