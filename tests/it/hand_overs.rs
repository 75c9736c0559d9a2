//! An administration ends: the next one reads what it receives, takes over what is pending, and loses
//! nothing.

mod printed;

use crate::tools::on_both_at_noon;
use actix_web::http::Method;
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{
    Client, GUADALAJARA, GUANAJUATO, JALISCO, Request, SRE, TestApp, ZAPOPAN, on_both,
};

const FILE: &str = "/v1/governments/14039/hand-over";
const PAGE: &str = "/v1/governments/14039/hand-over.html";
const PDF: &str = "/v1/governments/14039/hand-over.pdf";

async fn made(client: &Client, path: &str, body: Value) -> String {
    let made = client.post(path, &body).await.expect(201);
    format!("{path}/{}", made.id())
}

async fn act(client: &Client, one: &str, body: Value) -> Value {
    let etag = client.get(one).await.expect(200).etag();
    let request = Request::new(Method::POST, &format!("{one}/transitions"));
    let done = client.send(request.json(&body).if_match(&etag)).await;
    done.expect(200).json()
}

/// The titles of a section of the file.
async fn titles(client: &Client, kind: &str) -> Vec<String> {
    let file = client.get(FILE).await.expect(200).json();
    let sections = file["sections"].as_array().unwrap();
    let section = sections.iter().find(|one| one["kind"] == kind).unwrap();
    let records = section["records"].as_array().unwrap().iter();
    records
        .map(|one| one["title"].as_str().unwrap().to_owned())
        .collect()
}

// row: 000-01, 000-02, 002-10
// operations: get_hand_over, get_hand_over_page, transition_commitment, transition_staff_member
#[actix_web::test]
async fn the_next_administration_takes_over_what_is_pending() {
    on_both(|app: TestApp| async move {
        let officer = app.officer(GUADALAJARA).await;
        let admin = app.client(Role::Admin, GUADALAJARA).await;
        let case = app.case_in(GUADALAJARA, Stage::Registered).await;
        let term = json!({"government_id": GUADALAJARA, "starts_on": "2024-10-01", "ends_on": "2199-09-30",
            "head": {"name": "Persona Titular", "post": "Presidenta municipal", "capacity": "constitucional"}});
        officer.post("/v1/administrations", &term).await.expect(201);
        let promise = json!({"title": "Donar <libros>", "source": "visit", "due_on": "2030-06-30"});
        let promise = made(&officer, "/v1/commitments", promise).await;
        let kept = made(&officer, "/v1/commitments", json!({"title": "Visita", "source": "visit"})).await;
        act(&officer, &kept, json!({"action": "fulfil", "fields": {"evidence": "Acta."}})).await;
        let post = json!({"title": "Coordinación", "name": "Persona Saliente"});
        let post = made(&admin, "/v1/staff-members", post).await;

        // Its own people read it, with the case, who has access, and what is pending; nobody else does.
        let file = officer.get(FILE).await.expect(200).json();
        assert_eq!(file["term"]["ends_on"], "2199-09-30");
        assert_eq!(file["term"]["head"]["post"], "Presidenta municipal");
        let agreements = file["agreements"].as_array().unwrap().iter();
        assert!(agreements.clone().any(|line| line["id"] == case.to_string()));
        let people = file["people"].as_array().unwrap().iter();
        assert!(people.clone().any(|one| one["roles"] == json!(["admin"])));
        assert_eq!(titles(&officer, "commitments").await, ["Donar <libros>"]);
        assert_eq!(titles(&officer, "staff-members").await, ["Coordinación"]);
        for (role, tenant) in [
            (Role::Admin, ZAPOPAN),
            (Role::Admin, JALISCO),
            (Role::Liaison, JALISCO),
            (Role::Admin, SRE),
            (Role::Viewer, "obs-senado"),
        ] {
            let reader = app.client(role, tenant).await;
            for path in [FILE, PAGE, PDF] {
                // The roles of its own government would not help: only the government itself reads it.
                let problem = reader.get(path).await.refused(403, "forbidden").json();
                assert_eq!(problem["seats"], json!(["owner"]), "{problem}");
                let detail = problem["detail"].as_str().unwrap();
                assert!(detail.contains("Solo el propio gobierno"), "{detail}");
            }
        }
        app.nobody().get(FILE).await.refused(401, "unauthenticated");
        officer.get("/v1/governments/99999/hand-over").await.refused(404, "not_found");
        let member = app.client(Role::CommitteeMember, GUADALAJARA).await;
        let problem = member.get(FILE).await.refused(403, "forbidden").json();
        assert_eq!(problem["roles"], json!(["admin", "officer", "viewer", "auditor"]));
        assert_eq!(problem.get("seats"), None, "{problem}");

        let page = officer.get("/v1/governments/14039/hand-over.html").await.expect(200);
        let (kind, text) = (page.header("content-type").unwrap(), page.text());
        assert_eq!(kind, "text/html; charset=utf-8");
        assert!(text.contains("Donar &lt;libros&gt;") && text.contains("2030-06-30"), "{text}");
        assert!(text.contains("Entrega-recepción") && !text.contains("<libros>"));

        // The next one takes the promise over and fills the post; nothing of before is lost.
        let taken = act(&officer, &promise, json!({"action": "carry_over"})).await;
        assert_eq!(taken["status"], "carried_over");
        act(&admin, &post, json!({"action": "leave"})).await;
        assert!(titles(&officer, "staff-members").await.is_empty());
        let fields = json!({"name": "Persona Entrante"});
        let filled = act(&admin, &post, json!({"action": "join", "fields": fields})).await;
        assert_eq!(filled["name"], "Persona Entrante");
        assert_eq!(titles(&officer, "commitments").await, ["Donar <libros>"]);
        assert_eq!(titles(&officer, "staff-members").await, ["Coordinación"]);
        let before = officer.get(&format!("{post}/history")).await.expect(200).text();
        assert!(before.contains("Persona Saliente"));
    })
    .await;
}

// row: 000-01, 000-02, 002-10
// operations: get_hand_over_pdf, get_hand_over_page
#[actix_web::test]
async fn a_hand_over_is_a_file_to_print_and_sign() {
    on_both(|app: TestApp| async move {
        let officer = app.officer(GUADALAJARA).await;
        let long = "Instalar la mesa de trabajo con la Ciudad de Łódź. ".repeat(150);
        for n in 0..70 {
            let about = if n == 40 { long.as_str() } else { "Se hará." };
            let title = format!("Donación número {n} a Peñíscola");
            let promise = json!({"title": title, "source": "visit", "due_on": "2030-06-30", "description": about});
            made(&officer, "/v1/commitments", promise).await;
        }
        let file = officer.get(PDF).await.expect(200);
        assert_eq!(file.header("content-type").unwrap(), "application/pdf");
        let name = file.header("content-disposition").unwrap();
        assert!(name.ends_with("Entrega-recepci%C3%B3n%20Guadalajara.pdf"), "{name}");
        let pages = printed::pages(file.body.to_vec());
        let total = pages.len();
        assert!(total >= 4, "{total}");
        for (at, lines) in pages.iter().enumerate() {
            let number = format!("Página {} de {total}", at + 1);
            assert!(lines.contains(&number), "{lines:?}");
        }
        let text = pages.concat().join(" ");
        let page = officer.get(PAGE).await.expect(200).text();
        for n in 0..70 {
            let title = format!("Donación número {n} a Peñíscola");
            assert!(text.contains(&title) && page.contains(&title), "{title}");
        }
        assert_eq!(text.matches("Łódź").count(), 150);
        for heading in [
            "Entrega-recepción de la acción internacional: Guadalajara",
            "Compromisos por cumplir",
            "Personas con acceso a la plataforma",
            "Nada registrado.",
            "2030-06-30",
            "Entrega",
            "Recibe",
        ] {
            assert!(text.contains(heading) && page.contains(heading), "{heading}");
        }
        let english = Request::new(Method::GET, PDF).header("accept-language", "en");
        let english = officer.send(english).await.expect(200);
        let text = printed::pages(english.body.to_vec()).concat().join(" ");
        assert!(text.contains("Commitments to keep") && text.contains("Page 1 of"));
        app.nobody().get(PDF).await.refused(401, "unauthenticated");
        officer.get("/v1/governments/99999/hand-over.pdf").await.refused(404, "not_found");
    })
    .await;
}

// row: 000-01
// operations: get_hand_over, get_hand_over_page, get_hand_over_pdf
#[actix_web::test]
async fn a_hand_over_has_the_same_tag_until_it_says_something_else() {
    on_both_at_noon(|app, clock| async move {
        let officer = app.officer(GUADALAJARA).await;
        let mut tags = std::collections::HashSet::new();
        for path in [FILE, PAGE, PDF] {
            let first = officer.get(path).await.expect(200);
            clock.set("2026-11-20T18:01:00Z".parse().unwrap());
            let second = officer.get(path).await.expect(200);
            assert_eq!(first.etag(), second.etag(), "{path}");
            assert_ne!(first.text(), second.text(), "{path}");
            let again = Request::new(Method::GET, path).header("if-none-match", &first.etag());
            let again = officer.send(again).await.expect(304);
            assert_eq!((again.etag(), again.text()), (first.etag(), String::new()));
            tags.insert(first.etag());
            clock.set("2026-11-20T18:00:00Z".parse().unwrap());
        }
        assert_eq!(tags.len(), 3);
        let promise = json!({"title": "Donar libros", "source": "visit"});
        made(&officer, "/v1/commitments", promise).await;
        for path in [FILE, PAGE, PDF] {
            assert!(
                tags.insert(officer.get(path).await.expect(200).etag()),
                "{path}"
            );
        }
    })
    .await;
}

// row: 000-02
// operations: list_hand_overs
#[actix_web::test]
async fn a_state_sees_when_its_municipalities_change_hands() {
    on_both(|app: TestApp| async move {
        let officer = app.officer(GUADALAJARA).await;
        let term = json!({"government_id": GUADALAJARA, "starts_on": "2024-10-01", "ends_on": "2199-09-30"});
        officer.post("/v1/administrations", &term).await.expect(201);
        let state = app.client(Role::Viewer, JALISCO).await;
        let board = state.get("/v1/hand-overs?limit=200&count=true").await.expect(200).json();
        let lines = board["items"].as_array().unwrap();
        assert_eq!(board["total"], lines.len());
        let line = lines.iter().find(|line| line["government_id"] == GUADALAJARA).unwrap();
        assert_eq!(line["ends_on"], "2199-09-30");
        assert!(line["days_left"].as_i64().unwrap() > 60_000);
        let other = lines.iter().find(|line| line["government_id"] == ZAPOPAN).unwrap();
        assert_eq!((&other["ends_on"], &other["days_left"]), (&Value::Null, &Value::Null));
        assert!(lines.iter().all(|line| line["state_id"] == JALISCO));
        let foreign = app.client(Role::Viewer, GUANAJUATO).await;
        let path = format!("/v1/hand-overs?state={JALISCO}");
        assert_eq!(foreign.get(&path).await.expect(200).json()["items"], json!([]));
        let own = officer.get("/v1/hand-overs").await.expect(200).json();
        assert_eq!(own["items"].as_array().unwrap().len(), 1);
        let observer = app.client(Role::Viewer, "obs-senado").await;
        observer.get("/v1/hand-overs").await.refused(403, "forbidden");
    })
    .await;
}

// row: 000-32, 004-20
// operations: list_directory
#[actix_web::test]
async fn anyone_finds_the_offices_that_are_meant_for_everybody() {
    on_both(|app: TestApp| async move {
        let officer = app.officer(GUADALAJARA).await;
        let open = json!({"title": "Dirección de Relaciones Internacionales", "themes": ["culture"],
            "contact": {"phone": "33 1234 5678"}});
        let open = made(&officer, "/v1/international-offices", open).await;
        let closed = json!({"title": "Oficina reservada", "visibility": "network"});
        made(&officer, "/v1/international-offices", closed).await;
        let nobody = app.nobody();
        let found = nobody
            .get("/v1/directory?q=relaciones&state=14&theme=culture&count=true")
            .await;
        let found = found.expect(200).json();
        assert_eq!(found["total"], 1);
        assert_eq!(found["items"][0]["contact"]["phone"], "33 1234 5678");
        assert!(open.ends_with(found["items"][0]["id"].as_str().unwrap()));
        let all = nobody.get("/v1/directory").await.expect(200).text();
        assert!(!all.contains("Oficina reservada"));
        nobody.get(&open).await.refused(401, "unauthenticated");
        nobody
            .get("/v1/directory?theme=nada")
            .await
            .refused(400, "invalid_parameter");
    })
    .await;
}
