//! What each kind of government decides within itself before it binds itself: an ayuntamiento, a
//! borough with its concejo, a state. Nobody is asked for, and nobody attests, what does not exist.

mod powers;

use crate::parties::{case_with, confirm, etag, said, submit};
use crate::tools::{one, points_at};
use serde_json::{Value, json};
use vinculo_api::fixtures::{Official, pdf};
use vinculo_domain::agreements::{CHECKLIST, ChecklistItem, PartyRole, Stage};
use vinculo_domain::{Role, Tier};
use vinculo_tests::{Client, GUADALAJARA, GUANAJUATO, JALISCO, SRE, TestApp, ZAPOPAN, on_both};

/// A borough of Mexico City, which has no mechanism: its cases go to the ministry.
const COYOACAN: &str = "09003";

/// The borough's first officer.
async fn officer_of_coyoacan(app: &TestApp) -> Client {
    let (email, tier) = ("officer@09003.example", Tier::Municipality);
    let hired = Official::hire(
        &app.app,
        email,
        "Persona",
        COYOACAN,
        tier,
        Role::Officer,
        "-",
    );
    let person = hired.await.unwrap().actor.person.unwrap();
    app.session(person, COYOACAN).await
}

/// A draft with everything but the approval of a council.
async fn drafted(client: &Client, powers: &[&str]) -> String {
    let fields = TestApp::counterpart_json(&format!("Nara {}", uuid::Uuid::now_v7()));
    let counterpart = client
        .post("/v1/counterparts", &fields)
        .await
        .expect(201)
        .id();
    let draft = json!({
        "kind": "twinning", "title": "Hermanamiento con Nara", "counterparts": [counterpart],
        "themes": ["culture"], "languages": ["es"], "own_powers": powers,
        "validity": {"term": "indefinite"}, "planned_signing_on": "2027-03",
    });
    let case = client.post("/v1/agreements", &draft).await.expect(201).id();
    let text = client
        .attach(&case, "text", Some("es"), &pdf("texto"))
        .await
        .expect(201)
        .id();
    let text = json!({"language": "es", "authenticity": "authentic", "document_id": text});
    let sets = format!("{}/text-sets", one(&case));
    client
        .post(&sets, &json!({"texts": [text]}))
        .await
        .expect(201);
    case
}

/// Cites the decision of a council, in a document of this kind.
async fn cite(client: &Client, case: &str, kind: &str) -> vinculo_tests::Answer {
    let paper = client
        .attach(case, kind, None, &pdf("acta"))
        .await
        .expect(201)
        .id();
    let body = json!({"council_approval": {"session_on": "2026-09-01", "document_id": paper,
        "members": 11, "votes_for": 7, "votes_against": 4}});
    let tag = etag(client, case).await;
    client.patch(&one(case), &tag, &body).await
}

/// An intake that finds these items not to apply, and looks at the others.
fn accept(without: &[ChecklistItem]) -> Value {
    let there: Vec<_> = CHECKLIST
        .iter()
        .filter(|item| !without.contains(item))
        .collect();
    let reasons = without
        .iter()
        .map(|item| json!({"item": item, "reason": "Así lo dice la ley."}));
    let reasons: Vec<Value> = reasons.collect();
    json!({"action": "accept", "file_number": "DGCP-7", "checklist": there, "not_applicable": reasons})
}

const MINUTES: ChecklistItem = ChecklistItem::CouncilMinutes;
const LANGUAGES: ChecklistItem = ChecklistItem::OtherLanguages;

// row: 003-10, 003-05
// operations: transition_agreement, get_agreement, get_agreement_guide, list_agreement_history
#[actix_web::test]
async fn a_borough_is_asked_for_no_minutes_and_nobody_attests_them() {
    on_both(|app| async move {
        let officer = officer_of_coyoacan(&app).await;
        let case = drafted(&officer, &["122-A-VI"]).await;
        let view = officer.get(&one(&case)).await.json();
        assert_eq!(view["powers_not_held"], json!([]));
        let guide = officer
            .get(&format!("{}/guide", one(&case)))
            .await
            .expect(200)
            .json();
        let mut steps = guide["steps"].as_array().unwrap().iter();
        let step = steps
            .find(|step| step["step"] == "council_approval")
            .unwrap();
        assert_eq!(
            (&step["state"], &step["missing"]),
            (&json!("not_applicable"), &json!([]))
        );
        assert_eq!(
            step["basis"],
            json!([{"law": "CPEUM", "article": "122-A-VI"}])
        );
        assert!(
            step["why"]["es"].as_str().unwrap().contains("concejo"),
            "{step}"
        );
        let sent = submit(&officer, &case).await.expect(200).json();
        assert_eq!(sent["stage"], "federal_intake");

        let intake = app.client(Role::Liaison, SRE).await;
        let attested = intake.transition(&case, &accept(&[LANGUAGES])).await;
        points_at(&attested, "/checklist/3", "not_applicable");
        assert!(said(&attested, "not_applicable").contains("concejo"));
        attested.refused(422, "validation_failed");
        let both = intake.transition(&case, &accept(&[])).await;
        points_at(&both, "/checklist/3", "not_applicable");
        points_at(&both, "/checklist/4", "not_applicable");
        for (list, pointer, code) in [
            (json!([]), "/checklist", "incomplete"),
            (
                json!([{"item": "council_minutes", "reason": " "}]),
                "/not_applicable/0/reason",
                "required",
            ),
            (
                json!([{"item": "parties", "reason": "No."}]),
                "/not_applicable/0/item",
                "repeated",
            ),
        ] {
            let mut body = accept(&[LANGUAGES, MINUTES]);
            body["not_applicable"] = list;
            points_at(&intake.transition(&case, &body).await, pointer, code);
        }
        // Nobody is sent to look at minutes that there are not.
        let mut open = accept(&[LANGUAGES, MINUTES]);
        open["checklist"] = json!(["parties", "own_powers"]);
        open["not_applicable"] = json!([]);
        let open = intake.transition(&case, &open).await;
        let asked = said(&open, "incomplete");
        assert!(
            asked.starts_with("\"Falta revisar: Texto en español."),
            "{asked}"
        );
        let absent = "Señale como no aplicable, con su razón: Textos en otros idiomas, Acta de";
        assert!(asked.contains(absent), "{asked}");
        let mut twice = accept(&[LANGUAGES, MINUTES]);
        twice["checklist"] = json!(["parties", "own_powers", "spanish_text", "parties"]);
        let twice = intake.transition(&case, &twice).await;
        points_at(&twice, "/checklist/3", "repeated");
        let passed_over = accept(&[LANGUAGES, MINUTES, ChecklistItem::Parties]);
        let passed_over = intake.transition(&case, &passed_over).await;
        points_at(&passed_over, "/not_applicable/2/item", "applies");
        assert_eq!(
            officer.get(&one(&case)).await.json()["stage"],
            "federal_intake"
        );
        let accepted = intake
            .transition(&case, &accept(&[LANGUAGES, MINUTES]))
            .await;
        assert_eq!(accepted.expect(200).json()["stage"], "legal_review");
        // The owner reads the reasons.
        let lines = officer.get(&format!("{}/history", one(&case))).await.json();
        let note = lines["items"][0]["note"].as_str().unwrap();
        assert!(
            note.contains("Acta de cabildo") && note.contains("Así lo dice la ley."),
            "{note}"
        );
    })
    .await;
}

// row: 003-10, 003-19
// operations: update_agreement, transition_agreement
#[actix_web::test]
async fn a_borough_may_cite_its_concejo_and_a_state_cites_no_council() {
    on_both(|app| async move {
        let intake = app.client(Role::Liaison, SRE).await;
        let officer = officer_of_coyoacan(&app).await;
        for kind in ["approval", "council_minutes"] {
            let case = drafted(&officer, &["122-A-VI"]).await;
            let view = cite(&officer, &case, kind).await.expect(200).json();
            // The two-thirds rule is about ayuntamientos.
            let votes = ["council_two_thirds_met", "council_two_thirds_needed"];
            assert_eq!(
                votes.map(|name| view[name].clone()),
                [json!(false), Value::Null]
            );
            submit(&officer, &case).await.expect(200);
            let passed_over = intake
                .transition(&case, &accept(&[LANGUAGES, MINUTES]))
                .await;
            points_at(&passed_over, "/not_applicable/1/item", "applies");
            intake
                .transition(&case, &accept(&[LANGUAGES]))
                .await
                .expect(200);
        }
        let case = drafted(&officer, &["122-A-VI"]).await;
        points_at(
            &cite(&officer, &case, "other").await,
            "/council_approval/document_id",
            "unknown_key",
        );

        for tenant in [GUANAJUATO, "00-amexcid"] {
            let state = app.officer(tenant).await;
            let case = drafted(&state, &["73-XXIX-NN"]).await;
            let refused = cite(&state, &case, "council_minutes").await;
            points_at(&refused, "/council_approval", "no_council");
            refused.refused(422, "validation_failed");
            submit(&state, &case).await.expect(200);
            let attested = intake.transition(&case, &accept(&[LANGUAGES])).await;
            points_at(&attested, "/checklist/3", "not_applicable");
            intake
                .transition(&case, &accept(&[LANGUAGES, MINUTES]))
                .await
                .expect(200);
        }
        // A municipality is asked as before, and its minutes cannot be passed over.
        let lead = app.officer(GUADALAJARA).await;
        let case = drafted(&lead, &["73-XXIX-NN"]).await;
        points_at(
            &submit(&lead, &case).await,
            "/council_approval",
            "council_minutes",
        );
        points_at(
            &cite(&lead, &case, "approval").await,
            "/council_approval/document_id",
            "unknown_key",
        );
        let case = app
            .case_in(GUADALAJARA, Stage::FederalIntake)
            .await
            .to_string();
        let passed_over = intake
            .transition(&case, &accept(&[LANGUAGES, MINUTES]))
            .await;
        points_at(&passed_over, "/not_applicable/1/item", "applies");
    })
    .await;
}

// row: 003-10
// operations: confirm_agreement, transition_agreement
#[actix_web::test]
async fn of_the_parties_only_an_ayuntamiento_brings_its_minutes() {
    on_both(|app| async move {
        let borough = officer_of_coyoacan(&app).await;
        let others = [
            (COYOACAN, PartyRole::Signatory),
            (JALISCO, PartyRole::Signatory),
            (ZAPOPAN, PartyRole::Signatory),
        ];
        let case = case_with(&app, &others).await;
        let lead = app.officer(GUADALAJARA).await;
        // A state has no council to vote.
        let state = app.officer(JALISCO).await;
        let vote = crate::parties::approval(&state, &case).await;
        let refused = confirm(&state, &case, Some(&vote)).await;
        points_at(&refused, "/approval", "no_council");
        assert_eq!(app.scratch.count("party_approvals"), 0);
        for client in [&borough, &state, &app.officer(ZAPOPAN).await] {
            confirm(client, &case, None).await.expect(200);
        }
        let lacking = submit(&lead, &case).await.refused(422, "incomplete");
        let named = said(&lacking, "party_approvals");
        assert!(named.contains("Zapopan"), "{named}");
        assert!(
            !named.contains("Coyoacán") && !named.contains("Jalisco"),
            "{named}"
        );
        crate::parties::approve(&app.officer(ZAPOPAN).await, &case).await;
        // A borough may bring the vote of its concejo.
        let view = crate::parties::approve(&borough, &case).await;
        let own = crate::parties::party(&view, COYOACAN);
        assert_eq!(
            (&own["two_thirds_met"], &own["two_thirds_needed"]),
            (&json!(true), &Value::Null)
        );
        submit(&lead, &case).await.expect(200);
    })
    .await;
}
