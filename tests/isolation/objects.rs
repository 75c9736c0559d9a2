//! The objects of the table, created through the service and full of canaries.

mod acting;
mod cases;
mod maker;
pub mod records;
mod steps;
mod turns;

use super::canaries::Canaries;
use actix_web::http::Method;
use maker::Maker;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use vinculo_api::fixtures::pdf;
use vinculo_domain::Role;
use vinculo_tests::{Client, GUADALAJARA, GUANAJUATO, JALISCO, Request, SRE, TestApp};

/// Where an object stands.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// The id in the path; for a document, the id of its case.
    pub id: String,
    /// The id of the document; for a case, of one of its texts.
    pub document: String,
    /// For a case, the first version of its texts.
    pub text_set: String,
    /// For a case, an action that fits its stage, or one that the stage refuses.
    pub action: Value,
}

impl Place {
    /// The id of the object itself.
    pub fn own_id(&self, kind: &str) -> &str {
        if kind == "document" {
            &self.document
        } else {
            &self.id
        }
    }
}

/// All objects, and what requests about them need.
pub struct Places {
    pub by_name: BTreeMap<String, Place>,
    /// The counterparts that the cases were given, each with its owner.
    pub counterparts: Vec<(String, String)>,
    /// The inscription's number and its public document.
    pub number: String,
    pub public_document: String,
    /// The inscription's tag, after its annotation.
    pub tag: String,
    /// What Jalisco read of the returned case just before and just after it was edited.
    pub former: [Vec<String>; 2],
}

/// Everything that somebody can read of a case.
pub async fn everything(client: &Client, case: &str) -> Vec<String> {
    let mut read = Vec::new();
    for part in [
        "",
        "/guide",
        "/history",
        "/documents",
        "/text-sets",
        "/clauses",
        "/text-comparison",
        "/remarks",
        "/turns",
        "/assignments",
    ] {
        let answer = client.get(&format!("/v1/agreements/{case}{part}")).await;
        read.push(format!(
            "{} {:?} {}",
            answer.status,
            answer.header("etag"),
            answer.text()
        ));
    }
    let list = client.get("/v1/agreements?limit=200").await.json();
    let line = list["items"].as_array().unwrap().iter();
    read.extend(line.filter(|item| item["id"] == case).map(Value::to_string));
    read
}

/// Creates everything that the table names.
pub async fn build(app: &TestApp, canaries: &Canaries) -> Places {
    let mut maker = Maker::new(app, canaries);
    counterparts(&mut maker).await;
    clocks(&mut maker).await;
    let former = cases::all(&mut maker).await;
    overlap(&mut maker).await;
    narrow(&mut maker).await;
    shared(&mut maker).await;
    signing(&mut maker).await;
    records::all(&mut maker).await;
    let case = maker.places["registered"].id.clone();
    let officer = app.officer(GUADALAJARA).await;
    let case = officer.get(&format!("/v1/agreements/{case}")).await.json();
    let number = case["inscription"].as_str().unwrap().to_owned();
    let public = app.nobody().get(&format!("/v1/registry/{number}")).await;
    let public_document = public.json()["documents"][0]["id"].clone();
    annotate(&maker, &number).await;
    let tag = app.nobody().get(&format!("/v1/registry/{number}")).await;
    Places {
        tag: tag.etag(),
        by_name: maker.places,
        counterparts: maker.counterparts,
        number,
        public_document: public_document.as_str().unwrap().to_owned(),
        former,
    }
}

/// Counterparts of every visibility, and one whose visibility is narrowed later.
async fn counterparts(maker: &mut Maker<'_>) {
    let officer = maker.app.officer(GUADALAJARA).await;
    for visibility in ["private", "government", "network", "public"] {
        let object = format!("counterpart_{visibility}");
        let id = maker
            .counterpart(&officer, &object, "name", "ids", visibility)
            .await;
        maker.put(&object, &id, "");
    }
    let officer = maker.app.officer(GUANAJUATO).await;
    let object = "counterpart_narrowed";
    let id = maker
        .counterpart(&officer, object, "name", "ids", "network")
        .await;
    maker.put(object, &id, "");
}

/// Two cases of Guadalajara come to name one more counterpart, and its officer decides on the overlap.
async fn overlap(maker: &mut Maker<'_>) {
    let officer = maker.app.officer(GUADALAJARA).await;
    let nagoya = TestApp::counterpart_json("Ciudad de Nagoya");
    let nagoya = officer
        .post("/v1/counterparts", &nagoya)
        .await
        .expect(201)
        .id();
    maker
        .counterparts
        .push((GUADALAJARA.to_owned(), nagoya.clone()));
    let [one, other] = ["draft", "returned"].map(|name| maker.places[name].id.clone());
    for case in [&one, &other] {
        let path = format!("/v1/agreements/{case}");
        let read = officer.get(&path).await.expect(200);
        let mut named = read.json()["draft"]["counterparts"]
            .as_array()
            .unwrap()
            .clone();
        named.push(json!(nagoya));
        let named = json!({"counterparts": named});
        officer.patch(&path, &read.etag(), &named).await.expect(200);
    }
    let path = format!("/v1/overlaps/{one}/{other}/resolution");
    let etag = officer.get(&path).await.expect(200).etag();
    let [reason, responsible] =
        ["reason", "responsible"].map(|field| maker.plant("overlap", "decision", field));
    let body = json!({"decision": "end_one", "reason": reason, "responsible": responsible});
    let request = Request::new(Method::PUT, &path).json(&body);
    officer.send(request.if_match(&etag)).await.expect(200);
    maker.put("overlap", &one, &other);
}

/// The registrar corrects an inscription, with a reason that anybody can read.
async fn annotate(maker: &Maker<'_>, number: &str) {
    let registrar = maker.app.client(Role::Registrar, SRE).await;
    let one = format!("/v1/registry/{number}");
    let etag = registrar.get(&one).await.etag();
    let body = json!({
        "effective_on": "2027-01-01", "ground": maker.plant("registered", "annotation", "ground"),
        "changes": {"kind": "correction", "fields": [
            {"field": "themes", "old": ["culture"], "new": ["culture", "education"]}]},
    });
    let request = Request::new(Method::POST, &format!("{one}/annotations"));
    let made = registrar.send(request.json(&body).if_match(&etag)).await;
    made.expect(201);
}

/// Guanajuato makes private a counterpart that it had shared and that Guadalajara has named by now.
async fn narrow(maker: &mut Maker<'_>) {
    let officer = maker.app.officer(GUANAJUATO).await;
    let one = format!(
        "/v1/counterparts/{}",
        maker.places["counterpart_narrowed"].id
    );
    let etag = officer.get(&one).await.etag();
    let narrowed = json!({"visibility": "private"});
    officer.patch(&one, &etag, &narrowed).await.expect(200);
}

/// What everyone who signs in can read, with canaries in its texts.
async fn shared(maker: &mut Maker<'_>) {
    let liaison = maker.app.client(Role::Liaison, SRE).await;
    let (name, head, post) = (
        maker.plant("office", "name", "name"),
        maker.plant("office", "head_name", "head_name"),
        maker.plant("office", "head_post", "head_post"),
    );
    let mechanism = maker.plant("mechanism", "name", "name");
    for (object, path, patch) in [
        ("mechanism", "/v1/mechanisms", json!({"name": mechanism})),
        (
            "office",
            "/v1/designated-offices",
            json!({"name": name, "head_name": head, "head_post": post}),
        ),
    ] {
        let list = liaison.get(path).await.expect(200).json();
        let id = list["items"][0]["id"].as_str().unwrap().to_owned();
        let one = format!("{path}/{id}");
        let etag = liaison.get(&one).await.etag();
        liaison.patch(&one, &etag, &patch).await.expect(200);
        maker.put(object, &id, "");
    }
}

/// A body and an administration of Guadalajara, which everyone who signs in can read.
async fn signing(maker: &mut Maker<'_>) {
    let officer = maker.app.officer(GUADALAJARA).await;
    let name = maker.plant("body", "name", "name");
    let body = json!({"governments": [GUADALAJARA], "name": name, "kind": "dependency",
        "starts_on": "2018-10-01"});
    let [name, post, capacity] =
        ["name", "post", "capacity"].map(|field| maker.plant("administration", "head", field));
    let administration = json!({"government_id": GUADALAJARA, "starts_on": "2024-10-01",
        "ends_on": "2027-09-30", "head": {"name": name, "post": post, "capacity": capacity}});
    for (object, path, fields) in [
        ("body", "/v1/bodies", body),
        ("administration", "/v1/administrations", administration),
    ] {
        let id = officer.post(path, &fields).await.expect(201).id();
        maker.put(object, &id, "");
    }
}

/// A calendar, a promise published to everybody and a target that no other government sees. They
/// come before the cases, because the turns of the cases are counted by them.
async fn clocks(maker: &mut Maker<'_>) {
    let admin = maker.app.client(Role::Admin, JALISCO).await;
    let holiday = json!({"date": "2030-04-19", "name": maker.plant("calendar", "holiday", "name")});
    let calendar = json!({"name": maker.plant("calendar", "name", "name"), "holidays": [holiday]});
    let calendar = admin.post("/v1/calendars", &calendar).await.expect(201);
    maker.put("calendar", &calendar.id(), "");
    for (object, tenant, stage) in [
        ("target_promise", JALISCO, "state_review"),
        ("target_own", GUADALAJARA, "returned"),
    ] {
        let admin = maker.app.client(Role::Admin, tenant).await;
        let target = json!({"stage": stage, "business_days": 5});
        let target = admin.post("/v1/targets", &target).await.expect(201);
        maker.put(object, &target.id(), "");
    }
    let ministry = maker.app.client(Role::Admin, SRE).await;
    let method = json!({"holds_from": "2150-01-01", "weights": {
        "legal_basis": 100, "budget": 0, "position": 0, "participation": 0, "compliance": 0,
        "activity": 0, "continuity": 0, "transparency": 0,
    }});
    ministry
        .post("/v1/score-methods", &method)
        .await
        .expect(201);
}

/// The bytes of a file to send.
pub fn file() -> Vec<u8> {
    pdf("un archivo")
}
