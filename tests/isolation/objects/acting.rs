//! What somebody other than the owner created: recorded, reported, carried, imported.

use super::cases::withdraw;
use super::maker::{Maker, Making};
use serde_json::json;
use std::collections::BTreeMap;
use vinculo_api::commands::import::import;
use vinculo_api::fixtures::Official;
use vinculo_domain::imports::Reading;
use vinculo_domain::{Role, Tier};
use vinculo_tests::{Client, GUADALAJARA, JALISCO, Request, SRE};

/// A municipality of Jalisco and one of Guanajuato, without people.
const TLAQUEPAQUE: &str = "14098";
const CELAYA: &str = "11007";

/// Past agreements that SRE records from a file, at the console.
pub(super) async fn past(maker: &mut Maker<'_>) {
    let name = maker.plant("past", "counterpart", "name");
    let title = maker.plant("past", "content", "title");
    let [source, term] = ["source", "term"].map(|field| maker.plant("past", "source", field));
    let file = format!(
        "entidad,municipio,contraparte,país,tipo,título,fuente,vigencia\n\
         Jalisco,Guadalajara,{name},Japón,hermanamiento,Hermanamiento {title},{source},{term}\n"
    );
    let reading = Reading::default();
    let report = import(
        &maker.app.app,
        "pasado.csv",
        file.as_bytes(),
        &reading,
        false,
        |_, _| {},
    );
    let report = report.await.unwrap();
    let id = report.rows[0].detail["agreement_id"].as_str().unwrap();
    let nothing = uuid::Uuid::now_v7().to_string();
    maker.put("past", id, &nothing);
    let view = maker.app.officer(GUADALAJARA).await;
    let view = view.get(&format!("/v1/agreements/{id}")).await.json();
    let counterpart = view["counterparts"][0]["id"].as_str().unwrap().to_owned();
    maker
        .counterparts
        .push((GUADALAJARA.to_owned(), counterpart));
    maker.places.get_mut("past").unwrap().action = withdraw();
}

/// What Jalisco reports about Guadalajara.
pub(super) async fn reported(maker: &mut Maker<'_>) {
    let liaison = maker.app.client(Role::Liaison, JALISCO).await;
    let plant = |group: &str, field: &str| maker.plant("reported", group, field);
    let [system, value] = ["system", "value"].map(|field| plant("counterpart_ids", field));
    let body = json!({
        "action": "report", "government_id": GUADALAJARA, "kind": "twinning",
        "title": format!("Hermanamiento {}", plant("content", "title")),
        "counterparts": [{"fields": {
            "kind": "foreign_government", "level": "local", "country": "JP",
            "name": format!("Ciudad {}", plant("counterpart", "name")),
            "external_ids": [{"system": system, "value": value}],
        }}],
        "signed_on": "1998", "place": plant("place", "place"),
        "source": plant("source", "source"), "reason": plant("reason", "reason"),
    });
    let made = liaison.post("/v1/past-agreements", &body).await.expect(201);
    let (view, id) = (made.json(), made.id());
    let counterpart = view["submission"]["counterparts"][0]["id"]
        .as_str()
        .unwrap();
    let owned = (JALISCO.to_owned(), counterpart.to_owned());
    maker.counterparts.push(owned);
    let nothing = uuid::Uuid::now_v7().to_string();
    maker.put("reported", &id, &nothing);
    let dispute = json!({"action": "dispute", "reason": "La fecha no es la del acta."});
    maker.places.get_mut("reported").unwrap().action = dispute;
}

/// What Jalisco writes for a municipality without people.
pub(super) async fn carried(maker: &mut Maker<'_>) {
    let case = carry(maker, "carried", JALISCO, TLAQUEPAQUE).await;
    case.settle(withdraw(), &["letter"]);
}

/// What SRE wrote for a municipality that has people by now.
pub(super) async fn taken_up(maker: &mut Maker<'_>) {
    let app = maker.app;
    let case = carry(maker, "taken_up", SRE, CELAYA).await;
    case.settle(withdraw(), &[]);
    let (email, role) = ("officer@11007.example", Role::Officer);
    let officer = Official::hire(
        &app.app,
        email,
        "Persona",
        CELAYA,
        Tier::Municipality,
        role,
        "-",
    );
    officer.await.unwrap();
}

async fn carry<'m, 'a>(
    maker: &'m mut Maker<'a>,
    name: &'static str,
    agent: &'static str,
    owner: &str,
) -> Making<'m, 'a> {
    let officer = maker.app.officer(agent).await;
    let (cards, ids) = ("counterpart", "counterpart_ids");
    let own = maker
        .counterpart(&officer, name, cards, ids, "private")
        .await;
    maker.counterparts.push((agent.to_owned(), own.clone()));
    let body = json!({
        "kind": "twinning", "counterparts": [own],
        "title": format!("Hermanamiento {}", maker.plant(name, "content", "title")),
        "objective": maker.plant(name, "content", "objective"),
    });
    let path = format!("/v1/agreements?on_behalf_of={owner}");
    let id = officer.post(&path, &body).await.expect(201).id();
    let mut case = Making {
        maker,
        name,
        id,
        lead: agent,
        signing: Vec::new(),
        documents: BTreeMap::new(),
    };
    let text = case.attach(&officer, "text", "text").await;
    let set = case.text_set(&officer, "text", &text).await;
    case.documents.insert("text_set", set);
    case.attach(&officer, "letter", "received_letter").await;
    case
}

/// A file of Jalisco and one of SRE; their rows create nothing, so no case depends on them.
pub(super) async fn brought_in(maker: &mut Maker<'_>) {
    for (object, tenant) in [("import_state", JALISCO), ("import_ministry", SRE)] {
        let liaison = maker.app.client(Role::Liaison, tenant).await;
        let file = format!("{}.csv", maker.plant(object, "file", "file"));
        let row = maker.plant(object, "row", "government");
        let id = bring(&liaison, &file, &row).await;
        maker.put(object, &id, "");
    }
}

async fn bring(liaison: &Client, name: &str, government: &str) -> String {
    let rows = format!(
        "entidad,municipio,contraparte,país,tipo\nJalisco,{government},Lisboa,Portugal,hermanamiento\n"
    );
    let request = Request::new(actix_web::http::Method::POST, "/v1/imports");
    let sent = request.form(&[("file", Some(name), rows.as_bytes())]);
    let made = liaison.send(sent).await.expect(201).json();
    made["batch_id"].as_str().unwrap().to_owned()
}
