//! The objects of the table, brought about through the service, each with its canaries.

use super::table::Table;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;
use vinculo_api::world::{Cast, Desk, content_for, pdf};
use vinculo_domain::agreements::{
    AgreementContent, CaseAction, Party, PartyRole, RemarkFields, Stage, TransitionRequest,
};
use vinculo_domain::counterparts::{
    CounterpartFields, CounterpartKind, CounterpartLevel, Visibility,
};
use vinculo_domain::documents::DocumentKind;
use vinculo_domain::{Role, TenantId};
use vinculo_tests::{Client, GUADALAJARA, IRAPUATO, JALISCO, TestApp, ZAPOPAN};

/// Where an object stands.
#[derive(Clone, Debug)]
pub struct Place {
    /// The id in the path; of a document, its case's.
    pub id: String,
    /// The document, or for a case one of its texts.
    pub document: String,
}

/// All objects, and what requests about them need.
pub struct Places {
    pub by_name: BTreeMap<String, Place>,
    /// The answers to the remarks of the returned case.
    pub answers: Value,
    /// The inscription's number and its public document.
    pub number: String,
    pub public_document: String,
    /// What Jalisco read of the returned case just before it was edited, and just after.
    pub former: [Vec<String>; 2],
}

/// A canary as it stands in a text; only those of the table exist.
pub fn canary(table: &Table, name: &str) -> String {
    assert!(table.canaries.contains_key(name), "no canary {name}");
    format!("canario-{name}-z")
}

struct Maker<'a> {
    app: &'a TestApp,
    table: &'a Table,
    places: BTreeMap<String, Place>,
}

impl<'a> Maker<'a> {
    fn word(&self, name: &str) -> String {
        canary(self.table, name)
    }

    async fn counterpart(&self, desk: &Desk<'_>, name: String, visibility: Visibility) -> Uuid {
        let fields = CounterpartFields {
            kind: CounterpartKind::ForeignGovernment,
            level: CounterpartLevel::Local,
            name,
            country: Some("JP".into()),
            visibility,
            external_ids: Vec::new(),
        };
        desk.counterpart(fields).await.unwrap()
    }

    /// A case full of canaries, carried to a stage.
    async fn case(
        &mut self,
        name: &str,
        lead: &str,
        to: Stage,
        other: Option<&str>,
    ) -> (Uuid, Cast<'a>) {
        let app: &'a TestApp = self.app;
        let cast = app.cast(lead).await;
        let named = self.word(&format!("{name}-counterpart"));
        let counterpart = self
            .counterpart(&cast.officer, named, Visibility::Private)
            .await;
        let title = format!("Hermanamiento {}", self.word(&format!("{name}-title")));
        let content = content_for("twinning", &title, counterpart, "culture").unwrap();
        let party = |government: &str, role| Party {
            government_id: TenantId::new(government),
            role,
            body: None,
        };
        let mut parties = vec![party(lead, PartyRole::Lead)];
        parties.extend(other.map(|other| party(other, PartyRole::Signatory)));
        let content = AgreementContent {
            objective: Some(self.word(&format!("{name}-objective"))),
            parties,
            ..content
        };
        let case = cast.prepare(content).await.unwrap();
        let sent = format!("{name}-sent");
        if self.table.canaries.contains_key(&sent) {
            let line = self.word(&sent);
            cast.officer
                .attach(case, DocumentKind::Approval, None, &line)
                .await
                .unwrap();
        }
        let line = self.word(&format!("{name}-kept"));
        let kept = cast
            .officer
            .attach(case, DocumentKind::Other, None, &line)
            .await
            .unwrap();
        cast.carry(case, to).await.unwrap();
        let client = self.app.officer(lead).await;
        let sets = client
            .get(&format!("/v1/agreements/{case}/text-sets"))
            .await
            .expect(200)
            .json();
        let text = sets["items"][0]["texts"][0]["document_id"]
            .as_str()
            .unwrap();
        let place = |document: &str| Place {
            id: case.to_string(),
            document: document.to_owned(),
        };
        for (object, document) in [
            (name.to_owned(), text.to_owned()),
            (format!("{name}_text"), text.to_owned()),
            (format!("{name}_kept"), kept.to_string()),
        ] {
            if self.table.objects.contains_key(&object) {
                self.places.insert(object, place(&document));
            }
        }
        (case, cast)
    }

    fn put(&mut self, object: &str, id: impl ToString, document: impl ToString) {
        let place = Place {
            id: id.to_string(),
            document: document.to_string(),
        };
        self.places.insert(object.to_owned(), place);
    }
}

/// What somebody reads of a case, all of it.
pub async fn everything(client: &Client, case: &str) -> Vec<String> {
    let mut read = Vec::new();
    for part in ["", "/history", "/documents", "/text-sets"] {
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

/// Jalisco returns the case; Guadalajara goes on writing.
async fn returned(maker: &mut Maker<'_>) -> (Value, [Vec<String>; 2]) {
    let text = maker.word("returned-remark");
    let title = maker.word("returned-later-title");
    let file = maker.word("returned-later-file");
    let app = maker.app;
    let (case, cast) = maker
        .case("returned", GUADALAJARA, Stage::StateReview, None)
        .await;
    let remark = RemarkFields {
        text,
        text_set: None,
        language: None,
        clause: None,
    };
    let back = TransitionRequest::ReturnToOwner {
        remarks: vec![remark],
    };
    let state = cast.state.as_ref().unwrap();
    state.act(case, back).await.unwrap();
    let reader = app.client(Role::Viewer, JALISCO).await;
    let before = everything(&reader, &case.to_string()).await;
    let change = move |content: &AgreementContent| AgreementContent {
        title: title.clone(),
        ..content.clone()
    };
    let view = cast.officer.edit(case, change).await.unwrap();
    cast.officer.texts(case, &["es"]).await.unwrap();
    let later = cast
        .officer
        .attach(case, DocumentKind::Text, Some("es"), &file)
        .await
        .unwrap();
    let after = everything(&reader, &case.to_string()).await;
    let answers = json!([{"remark_id": view["remarks"][0]["id"], "text": "Atendido."}]);
    maker.put("returned_later", case, later);
    (answers, [before, after])
}

/// Brings about everything that the table names.
pub async fn build(app: &TestApp, table: &Table) -> Places {
    let mut maker = Maker {
        app,
        table,
        places: BTreeMap::new(),
    };
    maker.case("draft", GUADALAJARA, Stage::Draft, None).await;
    maker
        .case("review", GUADALAJARA, Stage::StateReview, None)
        .await;
    let (answers, former) = returned(&mut maker).await;
    let (note, letter) = (maker.word("legal-note"), maker.word("legal-opinion"));
    let (case, cast) = maker
        .case("legal", GUADALAJARA, Stage::StateReview, None)
        .await;
    let state = cast.state.as_ref().unwrap();
    let forward = TransitionRequest::Forward { note };
    state.act(case, forward).await.unwrap();
    let view = cast.intake.view(case).await.unwrap();
    let accept = vinculo_api::world::request_for(CaseAction::Accept, &view, None).unwrap();
    cast.intake.act(case, accept).await.unwrap();
    let letter = cast
        .legal
        .attach(case, DocumentKind::Opinion, None, &letter);
    let letter = letter.await.unwrap();
    maker.put("legal_opinion", case, letter);
    maker
        .case("registered", GUADALAJARA, Stage::Registered, None)
        .await;
    maker
        .case("federal", JALISCO, Stage::FederalIntake, None)
        .await;
    maker
        .case("direct", IRAPUATO, Stage::FederalIntake, None)
        .await;
    maker
        .case("party", GUADALAJARA, Stage::Draft, Some(ZAPOPAN))
        .await;

    let officer = app.desk(Role::Officer, GUADALAJARA).await;
    for visibility in [
        Visibility::Private,
        Visibility::Government,
        Visibility::Network,
        Visibility::Public,
    ] {
        let word: &str = visibility.into();
        let name = maker.word(&format!("name-{word}"));
        let made = maker.counterpart(&officer, name, visibility).await;
        maker.put(&format!("counterpart_{word}"), made, "");
    }
    let nobody = app.nobody();
    let sre = app.client(Role::Viewer, vinculo_tests::SRE).await;
    for (object, path) in [
        ("mechanism", "/v1/mechanisms"),
        ("office", "/v1/designated-offices"),
    ] {
        let list = sre.get(path).await.expect(200).json();
        let id = list["items"][0]["id"].as_str().unwrap().to_owned();
        maker.put(object, id, "");
    }
    let list = nobody.get("/v1/registry").await.expect(200).json();
    let number = list["items"][0]["number"].as_str().unwrap().to_owned();
    let public = nobody.get(&format!("/v1/registry/{number}")).await.json();
    let public_document = public["documents"][0]["id"].as_str().unwrap().to_owned();
    Places {
        by_name: maker.places,
        answers,
        number,
        public_document,
        former,
    }
}

/// The bytes of a file that is sent.
pub fn file() -> Vec<u8> {
    pdf("un archivo")
}
