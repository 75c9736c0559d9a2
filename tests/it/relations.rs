//! The circle of relations: who works with whom and at which level. Anyone reads it from the
//! registry, and a government also from its own cases.

mod annotated;

use crate::tools::one;
use serde_json::{Value, json};
use uuid::Uuid;
use vinculo_api::fixtures::content_for;
use vinculo_domain::Role;
use vinculo_domain::TenantId;
use vinculo_domain::agreements::{AgreementContent, Party, PartyRole, Stage};
use vinculo_domain::counterparts::{
    CounterpartFields, CounterpartKind, CounterpartLevel, Visibility,
};
use vinculo_tests::{Client, GUADALAJARA, GUANAJUATO, JALISCO, SRE, TestApp, ZAPOPAN, on_both};

const ONE: &str = "/v1/governments/14039/relations";

async fn all(client: &Client, path: &str, limit: usize) -> Vec<Value> {
    let (mut items, mut cursor) = (Vec::new(), String::new());
    loop {
        let glue = if path.contains('?') { '&' } else { '?' };
        let page = format!("{path}{glue}limit={limit}{cursor}");
        let page = client.get(&page).await.expect(200).json();
        items.extend(page["items"].as_array().unwrap().iter().cloned());
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return items,
        }
    }
}

/// A case of a government with this counterpart, which has its own level, carried to a stage.
async fn case(app: &TestApp, lead: &str, partner: Partner, stage: Stage) -> Uuid {
    let cast = app.cast(lead).await;
    let (kind, level, name, country) = partner;
    let fields = CounterpartFields {
        kind,
        level,
        name: name.to_owned(),
        country: country.map(str::to_owned),
        visibility: Visibility::Private,
        external_ids: Vec::new(),
    };
    let counterpart = cast.officer.counterpart(fields).await.unwrap();
    let title = format!("Acuerdo con {name} {}", Uuid::now_v7());
    let content = content_for("twinning", &title, counterpart, "culture").unwrap();
    let case = cast.prepare(content).await.unwrap();
    cast.carry(case, stage).await.unwrap();
    case
}

fn with_zapopan(content: &AgreementContent) -> AgreementContent {
    let mut parties = content.parties.clone();
    parties.push(Party {
        government_id: TenantId::new(ZAPOPAN),
        role: PartyRole::Signatory,
        body: None,
        body_id: None,
    });
    AgreementContent {
        parties,
        ..content.clone()
    }
}

/// Kind, source, name, level, agreements.
fn short(relation: &Value) -> String {
    let text = |field: &str| relation[field].as_str().unwrap_or("-").to_owned();
    let fields = ["kind", "source", "name", "level", "country", "tier"];
    let words: Vec<String> = fields.iter().map(|field| text(field)).collect();
    format!("{} {}", words.join(" "), relation["agreements"])
}

fn shorts(relations: &[Value]) -> Vec<String> {
    relations.iter().map(short).collect()
}

type Partner = (
    CounterpartKind,
    CounterpartLevel,
    &'static str,
    Option<&'static str>,
);

fn city(name: &'static str) -> Partner {
    let kind = CounterpartKind::ForeignGovernment;
    (kind, CounterpartLevel::Local, name, Some("FR"))
}

const KYOTO: Partner = (
    CounterpartKind::ForeignGovernment,
    CounterpartLevel::Local,
    "Kioto",
    Some("JP"),
);
const BAVARIA: Partner = (
    CounterpartKind::ForeignGovernment,
    CounterpartLevel::Regional,
    "Baviera",
    Some("DE"),
);
const UNESCO: Partner = (
    CounterpartKind::InternationalOrganization,
    CounterpartLevel::None,
    "UNESCO",
    None,
);

// row: 004-16, 003-19
// operations: list_government_relations
#[actix_web::test]
async fn the_registry_tells_anyone_who_works_with_whom() {
    on_both(|app: TestApp| async move {
        case(&app, GUADALAJARA, KYOTO, Stage::Registered).await;
        case(&app, GUADALAJARA, BAVARIA, Stage::Registered).await;
        case(&app, GUADALAJARA, UNESCO, Stage::Registered).await;
        case(&app, JALISCO, BAVARIA, Stage::Registered).await;
        case(&app, GUADALAJARA, city("draft"), Stage::Draft).await;
        let nobody = app.nobody();
        let circle = all(&nobody, ONE, 200).await;
        let sre = circle[0]["name"].as_str().unwrap().to_owned();
        // A municipality with a province: levels are recorded and need not be equal.
        assert_eq!(
            shorts(&circle),
            [
                format!("foreign_ministry registry {sre} - - federal 3"),
                "foreign_government registry Baviera regional DE - 1".into(),
                "foreign_government registry Kioto local JP - 1".into(),
                "international_organization registry UNESCO none - - 1".into(),
            ]
        );
        assert_eq!(circle[0]["numbers"].as_array().unwrap().len(), 3);
        assert_eq!(circle[1]["first_signed_on"], "2026-11-10");
        assert_eq!(circle[1]["last_signed_on"], circle[1]["first_signed_on"]);
        for limit in [1, 2, 3] {
            assert_eq!(all(&nobody, ONE, limit).await, circle);
        }
        // Agreements of a state's municipalities are not the state's own.
        let state = all(&nobody, "/v1/governments/14/relations", 50).await;
        assert_eq!(
            shorts(&state)[1..],
            ["foreign_government registry Baviera regional DE - 1"]
        );
        let none = all(&nobody, "/v1/governments/11017/relations", 50).await;
        assert_eq!(none, Vec::<Value>::new());
        // A token makes no difference in a public operation.
        let officer = app.officer(GUADALAJARA).await;
        assert_eq!(all(&officer, ONE, 200).await, circle);
        let unknown = nobody.get("/v1/governments/99999/relations").await;
        unknown.refused(404, "not_found");
    })
    .await;
}

// row: 004-16
// operations: list_relations
#[actix_web::test]
async fn cases_tell_it_to_those_who_have_them_in_sight() {
    on_both(|app: TestApp| async move {
        let lyon = city("Lyon");
        let nice = city("Niza");
        let metz = city("Metz");
        let gone = city("Brest");
        case(&app, GUADALAJARA, KYOTO, Stage::Registered).await;
        case(&app, GUADALAJARA, lyon, Stage::Draft).await;
        case(&app, GUADALAJARA, nice, Stage::StateReview).await;
        case(&app, GUADALAJARA, metz, Stage::LegalReview).await;
        case(&app, GUADALAJARA, gone, Stage::Withdrawn).await;
        let joint = case(&app, GUADALAJARA, city("Dijon"), Stage::Draft).await;
        let cast = app.cast(GUADALAJARA).await;
        cast.officer.edit(joint, with_zapopan).await.unwrap();

        let path = "/v1/relations?government=14039";
        let told = |relations: Vec<Value>| -> Vec<String> {
            let cases = relations.iter().filter(|one| one["source"] == "case");
            cases
                .map(|one| format!("{} {}", one["name"].as_str().unwrap(), one["agreements"]))
                .collect()
        };
        let registry = |relations: &[Value]| {
            let public = relations.iter().filter(|one| one["source"] == "registry");
            public.cloned().collect::<Vec<_>>()
        };
        let public = all(&app.nobody(), ONE, 200).await;
        let sre = public[0]["name"].as_str().unwrap().to_owned();
        for (role, tenant, wanted) in [
            (
                Role::Officer,
                GUADALAJARA,
                vec![
                    format!("{sre} 1"),
                    "Jalisco 2".into(),
                    "Zapopan 1".into(),
                    "Dijon 1".into(),
                    "Lyon 1".into(),
                    "Metz 1".into(),
                    "Niza 1".into(),
                ],
            ),
            (
                Role::Viewer,
                JALISCO,
                vec!["Jalisco 2".into(), "Metz 1".into(), "Niza 1".into()],
            ),
            (
                Role::Liaison,
                SRE,
                vec![format!("{sre} 1"), "Jalisco 1".into(), "Metz 1".into()],
            ),
            (
                Role::Officer,
                ZAPOPAN,
                vec!["Zapopan 1".into(), "Dijon 1".into()],
            ),
            (Role::Liaison, GUANAJUATO, vec![]),
            (Role::Viewer, "obs-senado", vec![]),
        ] {
            let client = app.client(role, tenant).await;
            let circle = all(&client, path, 200).await;
            assert_eq!(registry(&circle), public, "{tenant}");
            assert_eq!(all(&client, path, 2).await, circle, "{tenant}");
            assert_eq!(told(circle), wanted, "{tenant}");
        }
        let officer = app.officer(GUADALAJARA).await;
        let own = all(&officer, "/v1/relations", 200).await;
        assert_eq!(own, all(&officer, path, 200).await);
        // Reading other governments' cases here is recorded in the audit log.
        let auditor = app.client(Role::Auditor, GUADALAJARA).await;
        let reads = all(&auditor, "/v1/reads", 200).await;
        let by_state = |read: &&Value| {
            read["operation"] == "list_relations" && read["viewer_tenant"] == JALISCO
        };
        let read = reads.iter().find(by_state).unwrap();
        assert_eq!(read["subject_ids"].as_array().unwrap().len(), 2);
        let nobody = app.nobody().get("/v1/relations").await;
        nobody.refused(401, "unauthenticated");
        let trainer = app.client(Role::Trainer, GUADALAJARA).await;
        trainer.get("/v1/relations").await.refused(403, "forbidden");
        let unknown = officer.get("/v1/relations?government=99999").await;
        crate::tools::points_at(&unknown, "government", "invalid_value");
        unknown.refused(400, "invalid_parameter");
        let alone = officer.get("/v1/relations?government=01001").await;
        assert_eq!(
            alone.expect(200).json(),
            json!({"items": [], "next_cursor": null})
        );
    })
    .await;
}

// row: 004-16, 004-02
// operations: list_relations
#[actix_web::test]
async fn an_announcement_tells_no_relation() {
    on_both(|app: TestApp| async move {
        let case = case(&app, GUADALAJARA, KYOTO, Stage::Draft).await;
        let cast = app.cast(GUADALAJARA).await;
        cast.officer.edit(case, with_zapopan).await.unwrap();
        let officer = app.officer(GUADALAJARA).await;
        let body = json!({"action": "announce", "share_with_state": true});
        let case = case.to_string();
        officer.transition(&case, &body).await.expect(200);
        let path = "/v1/relations?government=14039";
        for (role, tenant) in [(Role::Liaison, SRE), (Role::Viewer, JALISCO)] {
            let client = app.client(role, tenant).await;
            let told = client.get(&one(&case)).await.expect(200).json();
            assert_eq!(told["level"], "summary", "{tenant}");
            assert_eq!(all(&client, path, 200).await, Vec::<Value>::new());
        }
        // No more is stored for them than they are told.
        let kept = "submissions WHERE announcement";
        assert_eq!(app.scratch.count(kept), 1);
        let other = format!("{kept} AND content LIKE '%\"{ZAPOPAN}\"%'");
        assert_eq!(app.scratch.count(&other), 0);
        let own = all(&officer, path, 200).await;
        assert!(own.iter().any(|one| one["name"] == "Zapopan"), "{own:?}");
    })
    .await;
}
