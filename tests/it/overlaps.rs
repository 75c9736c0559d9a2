//! Agreements of one government that overlap, and what is decided on them.

mod refusals;

use crate::record_contract::statements::{cost, listen};
use crate::tools::inscribe;
use actix_web::http::Method;
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_tests::{
    Answer, Client, GUADALAJARA, JALISCO, Request, SRE, TestApp, ZAPOPAN, on_both,
};

/// The most statements that each costs, with the beginning, the settings and the end of the
/// transaction: candidates, agreements, lives, counterparts and decisions in force.
const LIST: usize = 8;
const READ: usize = 7;
const DECIDE: usize = 16;

async fn counterpart(client: &Client, name: &str) -> String {
    let body = TestApp::counterpart_json(name);
    client
        .post("/v1/counterparts", &body)
        .await
        .expect(201)
        .id()
}

/// A draft with a counterpart and themes, and other fields.
async fn draft(client: &Client, counterpart: &str, themes: &[&str], fields: Value) -> String {
    let mut body = json!({"kind": "twinning", "title": "Acuerdo con Kioto",
        "counterparts": [counterpart], "themes": themes});
    let whole = body.as_object_mut().unwrap();
    whole.extend(fields.as_object().unwrap().clone());
    client.post("/v1/agreements", &body).await.expect(201).id()
}

fn address(one: &str, other: &str) -> String {
    format!("/v1/overlaps/{one}/{other}/resolution")
}

fn put(one: &str, other: &str, etag: &str, body: &Value) -> Request {
    let request = Request::new(Method::PUT, &address(one, other));
    request.json(body).if_match(etag)
}

async fn decide(client: &Client, (one, other): (&str, &str), etag: &str, body: &Value) -> Answer {
    client.send(put(one, other, etag, body)).await
}

/// The pairs of a list, over all its pages of one line.
async fn pairs(client: &Client, filter: &str) -> Vec<(String, String)> {
    let (mut pairs, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/v1/overlaps?limit=1{filter}{cursor}");
        let page = client.get(&path).await.expect(200).json();
        for item in page["items"].as_array().unwrap() {
            let id = |side: &str| item[side]["id"].as_str().unwrap().to_owned();
            pairs.push((id("agreement"), id("other")));
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return pairs,
        }
    }
}

fn sorted(one: &str, other: &str) -> (String, String) {
    (one.min(other).to_owned(), one.max(other).to_owned())
}

// row: 000-12, 002-24
// operations: list_overlaps, get_overlap_resolution, put_overlap_resolution, list_overlap_resolution_history
#[actix_web::test]
async fn an_overlap_comes_to_light_and_is_decided_on() {
    on_both(|app: TestApp| async move {
        let officer = app.officer(GUADALAJARA).await;
        let kyoto = counterpart(&officer, "Ciudad de Kioto").await;
        let plan = json!({"planned_signing_on": "2030-03",
            "validity": {"term": "fixed", "ends_on": "2033", "renewal": "none"}});
        let one = draft(&officer, &kyoto, &["culture", "trade"], plan).await;
        let later = json!({"planned_signing_on": "2031"});
        let other = draft(&officer, &kyoto, &["trade", "culture"], later).await;
        assert_eq!(pairs(&officer, "").await, [sorted(&one, &other)]);
        let line = officer.get("/v1/overlaps").await.expect(200).json()["items"][0].clone();
        let shared = json!({"counterparts": [{"id": kyoto, "name": "Ciudad de Kioto"}],
            "themes": line["shared"]["themes"], "since": "2031", "until": "2033-12-31"});
        assert_eq!(line["shared"], shared);
        assert_eq!(line["shared"]["themes"].as_array().unwrap().len(), 2);
        assert_eq!((&line["resolution"], &line["version"]), (&Value::Null, &json!(0)));
        assert_eq!(line["agreement"]["stage"], "draft");

        // Either order of the address is the same overlap, with the same tag.
        let found = officer.get(&address(&one, &other)).await.expect(200);
        let turned = officer.get(&address(&other, &one)).await.expect(200);
        assert_eq!(found.json(), line);
        assert_eq!(turned.json(), line);
        assert!(found.etag().starts_with("\"0."), "{}", found.etag());

        let body = json!({"decision": "merge", "reason": "Mismo objeto.", "responsible": "Dirección de Cultura"});
        let decided = decide(&officer, (&other, &one), &turned.etag(), &body).await.expect(200);
        let answer = decided.json();
        assert_eq!(answer["resolution"]["decision"], "merge");
        assert_eq!(answer["resolution"]["shared"], shared);
        assert_eq!((&answer["version"], &answer["outdated"]), (&json!(1), &json!(false)));
        let me = officer.get("/v1/me").await.expect(200).id();
        assert_eq!(answer["resolution"]["decided_by"], me);
        assert_eq!(officer.get(&address(&one, &other)).await.json(), answer);
        assert!(pairs(&officer, "&resolved=false").await.is_empty());
        assert_eq!(pairs(&officer, "&resolved=true").await.len(), 1);

        // The same again changes nothing; another decision is a version of its own.
        let again = decide(&officer, (&one, &other), &decided.etag(), &body).await.expect(200);
        assert_eq!((again.json(), again.etag()), (answer, decided.etag()));
        let admin = app.client(Role::Admin, GUADALAJARA).await;
        let next = json!({"decision": "end_one", "reason": "El segundo no avanza."});
        let next = decide(&admin, (&one, &other), "\"1\"", &next).await.expect(200);
        assert_eq!(next.json()["resolution"]["responsible"], Value::Null);
        let history = format!("{}/history", address(&one, &other));
        let lines = officer.get(&format!("{history}?limit=1")).await.expect(200).json();
        assert_eq!(lines["items"][0]["decision"], "end_one");
        let cursor = lines["next_cursor"].as_str().unwrap();
        let rest = officer.get(&format!("{history}?limit=1&cursor={cursor}")).await;
        let rest = rest.expect(200).json();
        assert_eq!((&rest["items"][0]["version"], &rest["next_cursor"]), (&json!(1), &Value::Null));

        // A change of what they share leaves the decision, and says that it is outdated.
        let case = format!("/v1/agreements/{one}");
        let etag = officer.get(&case).await.etag();
        officer.patch(&case, &etag, &json!({"themes": ["trade"]})).await.expect(200);
        let changed = officer.get(&address(&one, &other)).await.expect(200);
        assert_eq!(changed.json()["outdated"], true);
        assert_eq!(changed.json()["resolution"]["decision"], "end_one");
        assert_ne!(changed.etag(), next.etag());
        // To decide the same anew is a decision on what they share now.
        let same = json!({"decision": "end_one", "reason": "El segundo no avanza."});
        let anew = decide(&officer, (&one, &other), &changed.etag(), &same).await.expect(200);
        assert_eq!((&anew.json()["version"], &anew.json()["outdated"]), (&json!(3), &json!(false)));

        // What was decided is carried out: the overlap is gone, and the decision stays.
        officer.transition(&other, &json!({"action": "withdraw", "reason": "Duplicado."})).await.expect(200);
        assert!(pairs(&officer, "").await.is_empty());
        let gone = officer.get(&address(&one, &other)).await.expect(200).json();
        assert_eq!((&gone["shared"], &gone["outdated"]), (&Value::Null, &json!(true)));
        assert_eq!(gone["other"]["stage"], "withdrawn");
        let lines = officer.get(&history).await.expect(200).json();
        assert_eq!(lines["items"].as_array().unwrap().len(), 3);
    })
    .await;
}

// row: 000-12
// operations: list_overlaps
#[actix_web::test]
async fn an_inscribed_agreement_overlaps_until_it_has_ended() {
    on_both(|app: TestApp| async move {
        let officer = app.officer(GUADALAJARA).await;
        let (case, _) = inscribe(&app, GUADALAJARA, json!({})).await;
        let view = officer.get(&format!("/v1/agreements/{case}")).await.json();
        let named = view["draft"]["counterparts"][0].as_str().unwrap();
        let other = draft(&officer, named, &["culture"], json!({})).await;
        let apart = draft(&officer, named, &["trade"], json!({})).await;
        let found = pairs(&officer, "").await;
        assert_eq!(found, [sorted(&case, &other)], "and not {apart}");
        let line = officer.get("/v1/overlaps").await.json()["items"][0].clone();
        assert_eq!(
            line["shared"]["since"],
            Value::Null,
            "the other has no date"
        );
        assert!(line["agreement"]["period"]["starts_on"].is_string());
    })
    .await;
}

// row: 002-24
// operations: list_overlaps, put_overlap_resolution
#[actix_web::test]
async fn what_is_decided_is_the_government_s_own() {
    on_both(|app: TestApp| async move {
        let officer = app.officer(GUADALAJARA).await;
        let (case, _) = inscribe(&app, GUADALAJARA, json!({})).await;
        let view = officer.get(&format!("/v1/agreements/{case}")).await.json();
        let named = view["draft"]["counterparts"][0].as_str().unwrap();
        let other = draft(&officer, named, &["culture"], json!({})).await;
        let pair = (case.as_str(), other.as_str());
        let etag = officer.get(&address(&case, &other)).await.etag();
        let body = json!({"decision": "keep_both", "reason": "Canario reservado."});
        decide(&officer, pair, &etag, &body).await.expect(200);
        let rows = app.scratch.count("overlap_resolutions");
        for tenant in [JALISCO, SRE, ZAPOPAN] {
            for role in [Role::Admin, Role::Officer, Role::Viewer] {
                let reader = app.client(role, tenant).await;
                let list = reader.get("/v1/overlaps").await.expect(200);
                assert_eq!(list.json()["items"], json!([]), "{tenant}");
                reader
                    .get(&address(&case, &other))
                    .await
                    .refused(404, "not_found");
                let history = format!("{}/history", address(&case, &other));
                reader.get(&history).await.refused(404, "not_found");
                decide(&reader, pair, "\"1\"", &body)
                    .await
                    .refused(404, "not_found");
            }
        }
        let observer = app.client(Role::Viewer, "obs-senado").await;
        observer.get("/v1/overlaps").await.refused(403, "forbidden");
        app.nobody()
            .get("/v1/overlaps")
            .await
            .refused(401, "unauthenticated");
        for role in [Role::Viewer, Role::Auditor, Role::Liaison] {
            let reader = app.client(role, GUADALAJARA).await;
            reader.get(&address(&case, &other)).await.expect(200);
            let refused = decide(&reader, pair, "\"1\"", &body)
                .await
                .refused(403, "forbidden");
            assert_eq!(refused.json()["roles"], json!(["admin", "officer"]));
        }
        assert_eq!(app.scratch.count("overlap_resolutions"), rows);
    })
    .await;
}

// row: 000-12
// operations: put_overlap_resolution
#[actix_web::test]
async fn of_two_who_decide_at_once_one_is_told_to_read_again() {
    on_both(|app: TestApp| async move {
        let officer = app.officer(GUADALAJARA).await;
        let kyoto = counterpart(&officer, "Ciudad de Kioto").await;
        let one = draft(&officer, &kyoto, &["culture"], json!({})).await;
        let other = draft(&officer, &kyoto, &["culture"], json!({})).await;
        let etag = officer.get(&address(&one, &other)).await.etag();
        let body = |word: &str| json!({"decision": "merge", "reason": word});
        let both = futures_util::future::join_all(["una", "otra"].map(|word| {
            let (officer, etag) = (officer.clone(), etag.clone());
            let request = put(&one, &other, &etag, &body(word));
            async move { officer.send(request).await.status }
        }));
        let mut both = both.await;
        both.sort_unstable();
        assert_eq!(both, [200, 412]);
        assert_eq!(app.scratch.count("overlap_resolutions"), 1);
        let dry = Request::new(
            Method::PUT,
            &format!("{}?dry_run=true", address(&one, &other)),
        );
        let dry = dry.json(&body("prueba")).if_match("\"1\"");
        officer.send(dry).await.expect(200);
        assert_eq!(app.scratch.count("overlap_resolutions"), 1);
    })
    .await;
}

// row: 002-24
// operations: list_overlaps
#[actix_web::test]
async fn an_overlap_costs_few_statements_however_many_there_are() {
    listen();
    on_both(|app: TestApp| async move {
        let officer = app.officer(GUADALAJARA).await;
        let kyoto = counterpart(&officer, "Ciudad de Kioto").await;
        let lyon = counterpart(&officer, "Ciudad de Lyon").await;
        let mut cases = Vec::new();
        for n in 0..6 {
            let both = json!({"counterparts": [kyoto, lyon], "title": format!("Acuerdo {n}")});
            cases.push(draft(&officer, &kyoto, &["culture"], both).await);
        }
        let (answer, seen) = cost(officer.get("/v1/overlaps?resolved=false")).await;
        assert_eq!(
            answer.expect(200).json()["items"].as_array().unwrap().len(),
            15
        );
        assert!(seen.len() <= LIST, "{} {seen:#?}", seen.len());
        let (one, other) = (&cases[0], &cases[1]);
        let (answer, seen) = cost(officer.get(&address(one, other))).await;
        let etag = answer.expect(200).etag();
        assert!(seen.len() <= READ, "{} {seen:#?}", seen.len());
        let body = json!({"decision": "keep_both", "reason": "Son distintos."});
        let (answer, seen) = cost(decide(&officer, (one, other), &etag, &body)).await;
        answer.expect(200);
        assert!(seen.len() <= DECIDE, "{} {seen:#?}", seen.len());
        assert_eq!(pairs(&officer, "").await.len(), 15);
        assert_eq!(pairs(&officer, "&resolved=false").await.len(), 14);
    })
    .await;
}
