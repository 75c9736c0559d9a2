//! Well-formed content with invalid values.

use super::Bench;
use crate::tools::{errors, one, patch, points_at, post};
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{SRE, TestApp, on_both};

const FAILED: &str = "validation_failed";

fn with(base: &Value, field: &str, value: Value) -> Value {
    let mut body = base.clone();
    body[field] = value;
    body
}

// row: 003-06
// operations: create_counterpart
#[actix_web::test]
async fn a_counterpart_is_what_the_law_lets_it_be() {
    on_both(|app| async move {
        let bench = Bench::new(app).await;
        let city = TestApp::counterpart_json("Kioto");
        let company = with(&city, "kind", json!("private"));
        let twice = json!([{"system": "siga", "value": "1"}, {"system": "siga", "value": "1"}]);
        for (body, pointer, code) in [
            (
                with(&city, "country", json!("XX")),
                "/country",
                "unknown_key",
            ),
            (
                with(&city, "country", json!("jp")),
                "/country",
                "unknown_key",
            ),
            (
                with(&city, "country", json!("Japón")),
                "/country",
                "unknown_key",
            ),
            (
                with(&city, "country", json!("MX")),
                "/country",
                "domestic_country",
            ),
            (with(&city, "country", json!(null)), "/country", "required"),
            (
                with(&company, "country", json!(null)),
                "/country",
                "required",
            ),
            (
                with(&city, "kind", json!("domestic")),
                "/country",
                "not_domestic",
            ),
            (with(&city, "name", json!("")), "/name", "required"),
            (with(&city, "name", json!(" \t ")), "/name", "required"),
            (
                with(&city, "name", json!("a".repeat(301))),
                "/name",
                "too_long",
            ),
            (
                with(&city, "name", json!("Kio\u{7}to")),
                "/name",
                "control_characters",
            ),
            (
                with(&city, "external_ids", twice),
                "/external_ids/1",
                "repeated",
            ),
        ] {
            let answer = bench
                .refuse(post("/v1/counterparts", &body), 422, FAILED)
                .await;
            points_at(&answer, pointer, code);
        }
        let organisation =
            json!({"kind": "international_organization", "level": "none", "name": "CGLU"});
        bench
            .officer
            .post("/v1/counterparts", &organisation)
            .await
            .expect(201);
        let accents = with(&city, "name", json!("ñ".repeat(300)));
        bench
            .officer
            .post("/v1/counterparts", &accents)
            .await
            .expect(201);
    })
    .await;
}

#[actix_web::test]
async fn a_key_that_no_catalogue_has_is_pointed_at() {
    on_both(|app| async move {
        let bench = Bench::new(app).await;
        let base = json!({"kind": "twinning", "title": "Acuerdo"});
        let lead = json!({"government_id": "14039", "role": "lead"});
        let party = |id: &str| json!([lead, {"government_id": id, "role": "signatory"}]);
        let id = &bench.case;
        let council = json!({"session_on": "2026-09-01", "document_id": id, "members": 19, "votes_for": 15});
        let unknown = [
            ("themes", json!(["culture", "astrology"]), "/themes/1"),
            ("sdg_targets", json!(["11.4", "18.1"]), "/sdg_targets/1"),
            ("sdg_targets", json!(["11.04"]), "/sdg_targets/0"),
            ("languages", json!(["es", "spanish"]), "/languages/1"),
            ("own_powers", json!(["999"]), "/own_powers/0"),
            ("counterparts", json!([id]), "/counterparts/0"),
            ("parties", party("14999"), "/parties/1/government_id"),
            ("parties", party("obs-senado"), "/parties/1/government_id"),
            ("council_approval", council, "/council_approval/document_id"),
        ];
        for (field, value, pointer) in &unknown {
            let request = post("/v1/agreements", &with(&base, field, value.clone()));
            let answer = bench.refuse(request, 422, FAILED).await;
            points_at(&answer, pointer, "unknown_key");
            let edit = json!({ (*field): value });
            let request = patch(&one(id), &bench.etag(), &edit);
            let answer = bench.refuse(request, 422, FAILED).await;
            points_at(&answer, pointer, "unknown_key");
        }
        // One answer names every error.
        let all = json!({"kind": "twinning", "title": "", "themes": ["x"], "languages": ["y"], "relates_to": id});
        let answer = bench.refuse(post("/v1/agreements", &all), 422, FAILED).await;
        assert_eq!(errors(&answer).len(), 4, "{}", answer.text());
    })
    .await;
}

#[actix_web::test]
async fn an_agreement_does_not_contradict_itself() {
    on_both(|app| async move {
        let bench = Bench::new(app).await;
        let base = json!({"kind": "twinning", "title": "Acuerdo"});
        let lead = |id: &str| json!({"government_id": id, "role": "lead"});
        let signs = |id: &str| json!({"government_id": id, "role": "signatory"});
        let one_lead = [
            json!([lead("14120")]),
            json!([signs("14039")]),
            json!([lead("14039"), lead("14120")]),
        ];
        for parties in one_lead {
            let request = post("/v1/agreements", &with(&base, "parties", parties));
            let answer = bench.refuse(request, 422, FAILED).await;
            points_at(&answer, "/parties", "one_lead");
        }
        let fixed = |ends: Value| json!({"term": "fixed", "enters_into_force_on": "2027-01-01", "ends_on": ends});
        let council = |members: i32, votes: i32| json!({"session_on": "2026-09-01", "document_id": bench.case, "members": members, "votes_for": votes});
        let lost = with(&council(19, 9), "votes_against", json!(9));
        for (field, value, pointer, code) in [
            ("title", json!("Tratado de amistad"), "/title", "treaty"),
            ("title", json!("a".repeat(501)), "/title", "too_long"),
            ("objective", json!("a".repeat(5001)), "/objective", "too_long"),
            ("instrument", json!("renewal"), "/relates_to", "instrument"),
            ("relates_to", json!(bench.case), "/relates_to", "instrument"),
            ("validity", json!({"term": "fixed"}), "/validity/ends_on", "term"),
            ("validity", json!({"term": "indefinite", "ends_on": "2030"}), "/validity/ends_on", "term"),
            ("validity", fixed(json!("2026-12-31")), "/validity/ends_on", "before_start"),
            ("themes", json!(["culture", "culture"]), "/themes/1", "repeated"),
            ("counterparts", json!([bench.case, bench.case]), "/counterparts", "repeated"),
            ("parties", json!([lead("14039"), signs("14120"), signs("14120")]), "/parties/2", "repeated"),
            ("council_approval", council(19, 20), "/council_approval", "votes"),
            ("council_approval", council(0, 0), "/council_approval", "votes"),
            ("council_approval", council(19, -1), "/council_approval", "votes"),
            ("council_approval", council(19, 0), "/council_approval", "not_carried"),
            ("council_approval", with(&lost, "votes_for", json!(9)), "/council_approval", "not_carried"),
            ("council_approval", with(&lost, "votes_for", json!(0)), "/council_approval", "not_carried"),
            ("council_approval", with(&council(19, 15), "session_on", json!("2199")), "/council_approval/session_on", "in_the_future"),
            ("council_approval", with(&council(19, 15), "session_on", json!("2199-01-01")), "/council_approval/session_on", "in_the_future"),
        ] {
            let request = post("/v1/agreements", &with(&base, field, value));
            let answer = bench.refuse(request, 422, FAILED).await;
            points_at(&answer, pointer, code);
        }
    })
    .await;
}

#[actix_web::test]
async fn a_signature_is_of_the_past_and_of_the_parties() {
    on_both(|app| async move {
        let bench = Bench::at(app, Stage::OpinionFavorable).await;
        let view = bench.officer.get(&one(&bench.case)).await.json();
        let counterpart = view["counterparts"][0]["id"].clone();
        let signs = |side: &str, party: Value| json!({"side": side, "party": party, "name": "Persona", "post": "Alcaldía", "capacity": "Titular"});
        let both = json!([signs("mexican", json!("14039")), signs("counterpart", counterpart.clone())]);
        let originals = json!([{"language": "es", "authenticity": "authentic", "count": 2}]);
        let base = json!({"action": "record_signature", "signed_on": "2026-11-10", "place": "Kioto", "signatories": both, "originals": originals});
        let swapped = json!([signs("mexican", counterpart), signs("counterpart", json!("14039"))]);
        let count = |count: i32| json!([{"language": "es", "authenticity": "authentic", "count": count}]);
        let spanish = json!({"language": "es", "authenticity": "authentic", "count": 2});
        let translated = json!({"language": "es", "authenticity": "translation", "count": 2});
        let path = format!("{}/transitions", one(&bench.case));
        for (field, value, pointer, code) in [
            ("signed_on", json!("2100-01-01"), "/signed_on", "in_the_future"),
            ("signed_on", json!("2100"), "/signed_on", "in_the_future"),
            ("place", json!(""), "/place", "required"),
            ("signatories", json!([]), "/signatories", "both_sides"),
            ("signatories", swapped, "/signatories/0/party", "unknown_key"),
            ("originals", json!([]), "/originals", "spanish_missing"),
            ("originals", count(0), "/originals", "count"),
            ("originals", count(21), "/originals", "count"),
            ("originals", json!([spanish, spanish]), "/originals/1/language", "repeated"),
            ("originals", json!([translated]), "/originals", "spanish_missing"),
        ] {
            let request = post(&path, &with(&base, field, value)).if_match(&bench.etag());
            let answer = bench.refuse(request, 422, FAILED).await;
            points_at(&answer, pointer, code);
        }
        // The side that is missing is named, and a party by its name.
        let of = |at: usize| json!([base["signatories"][at]]);
        for (signatories, said) in [
            (json!([]), "ambas partes"),
            (of(0), "de la contraparte"),
            (of(1), "de la parte mexicana"),
        ] {
            let request = post(&path, &with(&base, "signatories", signatories)).if_match(&bench.etag());
            let answer = bench.refuse(request, 422, FAILED).await;
            let missing = ("/signatories".to_owned(), "both_sides".to_owned());
            assert_eq!(crate::tools::errors(&answer), [missing]);
            let detail = answer.json()["errors"][0]["detail"].to_string();
            assert!(detail.contains(said), "{detail}");
        }
        bench.officer.transition(&bench.case, &base).await.expect(200);
    })
    .await;
}

#[actix_web::test]
async fn a_mechanism_and_an_office_belong_to_a_state() {
    on_both(|app| async move {
        let bench = Bench::new(app).await;
        let sre = bench.app.client(Role::Liaison, SRE).await;
        let before = bench.app.scratch.count("mechanisms") + bench.app.scratch.count("offices");
        for state in ["14039", "00", "99", "obs-senado", ""] {
            let mechanism = json!({"state_id": state, "name": "Mecanismo", "starts_on": "2026"});
            let request = post("/v1/mechanisms", &mechanism);
            let answer = bench.refuse_to(&sre, request, 422, FAILED).await;
            points_at(&answer, "/state_id", "unknown_key");
            let office = json!({"state_id": state, "name": "Oficina", "since": "2026"});
            let request = post("/v1/designated-offices", &office);
            let answer = bench.refuse_to(&sre, request, 422, FAILED).await;
            points_at(&answer, "/state_id", "unknown_key");
        }
        let after = bench.app.scratch.count("mechanisms") + bench.app.scratch.count("offices");
        assert_eq!(after, before);
    })
    .await;
}
