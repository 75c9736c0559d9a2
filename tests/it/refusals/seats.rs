//! Whoever has the role but not the part in a record learns whose part it is.

use crate::tools::{one, patch, post_on};
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{Answer, GUADALAJARA, JALISCO, SRE, TestApp, ZAPOPAN, on_both};

#[track_caller]
fn belongs_to(answer: Answer, seats: &Value, roles: &Value) {
    let problem = answer.refused(403, "forbidden").json();
    assert_eq!(
        (&problem["seats"], &problem["roles"]),
        (seats, roles),
        "{problem}"
    );
    assert_eq!(problem.get("tiers"), None, "{problem}");
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains("Corresponde a: "), "{detail}");
}

#[actix_web::test]
async fn a_part_in_a_case_belongs_to_its_governments() {
    on_both(|app| async move {
        let case = app
            .case_in(GUADALAJARA, Stage::StateReview)
            .await
            .to_string();
        let owner = app.officer(GUADALAJARA).await;
        let state = app.client(Role::Liaison, JALISCO).await;
        let officer = app.officer(JALISCO).await;
        let withdraw = json!({"action": "withdraw", "reason": "Otra prioridad."});
        let answer = state.transition(&case, &withdraw).await;
        belongs_to(
            answer,
            &json!(["owner", "reporter"]),
            &json!(["officer", "liaison"]),
        );
        let submit = json!({"action": "submit"});
        let answer = officer.transition(&case, &submit).await;
        belongs_to(answer, &json!(["owner"]), &json!(["officer"]));
        let etag = officer.get(&one(&case)).await.etag();
        let edit = patch(&one(&case), &etag, &json!({"title": "Otro"}));
        belongs_to(
            officer.send(edit).await,
            &json!(["owner"]),
            &json!(["officer"]),
        );
        let answer = post_on(&owner, &case, "confirmations", &json!({})).await;
        belongs_to(answer, &json!(["party"]), &json!(["officer"]));
        let leave = json!({"reason": "Otra prioridad."});
        let answer = post_on(&owner, &case, "departures", &leave).await;
        belongs_to(answer, &json!(["party"]), &json!(["officer"]));
        // The role is missing before the part is.
        let forward = json!({"action": "forward", "note": "Sin inconveniente."});
        let problem = owner.transition(&case, &forward).await;
        let problem = problem.refused(403, "forbidden").json();
        assert_eq!(problem["roles"], json!(["liaison"]));
        assert_eq!(
            (&problem["tiers"], problem.get("seats")),
            (&json!(["state"]), None)
        );
        // One's own colleagues in the same part.
        let answer = officer.attach(&case, "other", None, b"%PDF-1.4").await;
        let problem = answer.refused(403, "forbidden").json();
        assert_eq!(
            (&problem["roles"], problem.get("seats")),
            (&json!(["liaison"]), None)
        );
    })
    .await;
}

#[actix_web::test]
async fn a_record_belongs_to_the_government_that_wrote_it_down() {
    on_both(|app| async move {
        let (owner, other) = (app.officer(GUADALAJARA).await, app.officer(ZAPOPAN).await);
        let mut shared = TestApp::counterpart_json("Kioto");
        shared["visibility"] = json!("network");
        let made = owner.post("/v1/counterparts", &shared).await.expect(201);
        let path = format!("/v1/counterparts/{}", made.id());
        let named = json!({"name": "Otra"});
        let answer = other.patch(&path, &made.etag(), &named).await;
        belongs_to(answer, &json!(["owner"]), &json!(["officer"]));
        let answer = other.delete(&path, &made.etag()).await;
        assert!(!answer.text().contains("promovente"), "{}", answer.text());
        belongs_to(answer, &json!(["owner"]), &json!(["officer"]));
        let period = json!({"government_id": GUADALAJARA, "starts_on": "2021", "ends_on": "2022"});
        let answer = other.post("/v1/administrations", &period).await;
        let said = answer.text();
        assert!(
            said.contains("de cuya administración se trata") && !said.contains("promovente"),
            "{said}"
        );
        belongs_to(answer, &json!(["owner"]), &json!(["admin", "officer"]));
        // A past agreement of another is recorded by its government or the ministry.
        let past = json!({
            "action": "record_unreviewed", "compliance": "unknown", "kind": "twinning",
            "title": "Hermanamiento", "source": "Archivo", "reason": "Se encontró.",
            "government_id": GUADALAJARA,
            "counterparts": [{"fields": TestApp::counterpart_json("Lisboa")}],
        });
        let answer = other.post("/v1/past-agreements", &past).await;
        belongs_to(
            answer,
            &json!(["owner", "federal"]),
            &json!(["officer", "liaison"]),
        );
        // Nobody acts for a neighbour; the text says when who does.
        let draft = json!({"kind": "twinning", "title": "Acuerdo"});
        let answer = other
            .post("/v1/agreements?on_behalf_of=14098", &draft)
            .await;
        assert!(
            answer.text().contains("mecanismo vigente"),
            "{}",
            answer.text()
        );
        belongs_to(answer, &json!(["agent"]), &json!(["officer"]));
    })
    .await;
}

/// A case that was only announced has no guide: it is for those who were sent more.
#[actix_web::test]
async fn a_guide_is_for_those_who_read_the_case() {
    on_both(|app| async move {
        let case = app.case_in(GUADALAJARA, Stage::Draft).await.to_string();
        let owner = app.officer(GUADALAJARA).await;
        let announce = json!({"action": "announce"});
        owner.transition(&case, &announce).await.expect(200);
        let ministry = app.client(Role::Viewer, SRE).await;
        let answer = ministry.get(&format!("{}/guide", one(&case))).await;
        let problem = answer.refused(403, "forbidden").json();
        let seats = json!(["owner", "party", "state_reviewer", "federal"]);
        assert_eq!(problem["seats"], seats, "{problem}");
        assert!(problem["roles"].as_array().unwrap().len() > 3, "{problem}");
    })
    .await;
}
