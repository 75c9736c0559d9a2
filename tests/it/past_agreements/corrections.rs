//! A past agreement that came on record with an error is corrected: by its owner, or by whoever
//! recorded or reported it until its owner takes it up.

use super::{PATH, actions, correct, dispute, lines, listed, record, reported, with};
use crate::tools::{one, post_on};
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_tests::{GUADALAJARA, JALISCO, SRE, TestApp, on_both};

/// A correction of several fields.
fn mended() -> Value {
    json!({
        "reason": "El acta es la del hermanamiento con Nara.",
        "title": "Hermanamiento con Nara", "signed_on": "1999-03", "place": null,
        "counterparts": [{"fields": TestApp::counterpart_json("Ciudad de Nara")}],
        "themes": ["trade"], "languages": [], "source": "Gaceta municipal",
        "validity": {"term": "fixed", "ends_on": "2009"}, "compliance": "unknown",
    })
}

// row: 003-07
// operations: create_agreement_correction, get_agreement, list_agreements, list_agreement_history
#[actix_web::test]
async fn a_government_corrects_its_record_and_the_history_keeps_what_stood_there() {
    on_both(|app| async move {
        let owner = app.officer(GUADALAJARA).await;
        let made = owner.post(PATH, &record()).await.expect(201);
        let case = made.id();
        let first = owner.get(&one(&case)).await;
        let done = correct(&owner, &case, mended()).await.expect(200);
        let view = done.json();
        assert_ne!(done.etag(), first.etag());
        assert_eq!(view["version"], 2);
        assert!(view["updated_at"].as_str() > first.json()["updated_at"].as_str());
        assert_eq!(
            json!([
                view["title"],
                view["signed_on"],
                view["counterparts"][0]["name"],
                view["draft"]["themes"],
                view["draft"]["languages"],
                view["draft"]["validity"]["ends_on"],
                view["source"],
                view["compliance"],
                view["signature"]["place"],
                view["stage"],
            ]),
            json!([
                "Hermanamiento con Nara",
                "1999-03",
                "Ciudad de Nara",
                ["trade"],
                [],
                "2009",
                "Gaceta municipal",
                "unknown",
                null,
                "signed"
            ])
        );
        assert_eq!(
            view["quality_flags"],
            json!(["month_only_date", "missing_text"])
        );
        let read = owner.get(&one(&case)).await;
        assert_eq!((read.etag(), read.json()), (done.etag(), view));
        assert_eq!(listed(&owner, "q=nara").await, 1);
        assert_eq!(listed(&owner, "q=kioto").await, 0);
        // What stood there is in the history, with the reason.
        let history = lines(&owner, &case).await;
        assert_eq!(
            actions(&owner, &case).await,
            ["correct_record", "record_unreviewed"]
        );
        assert_eq!(
            history[0]["note"],
            "El acta es la del hermanamiento con Nara."
        );
        assert_eq!(history[1]["changes"], json!([]));
        let changes = history[0]["changes"].as_array().unwrap();
        let change = |field: &str| {
            changes
                .iter()
                .find(|change| change["field"] == field)
                .unwrap()
        };
        for (field, old, new) in [
            ("signed_on", json!("1998-10-20"), json!("1999-03")),
            ("place", json!("Kioto"), json!(null)),
            ("themes", json!("culture"), json!("trade")),
            ("languages", json!("es"), json!(null)),
            ("compliance", json!("non_compliant"), json!("unknown")),
            (
                "counterparts",
                json!("Ciudad de Kioto (JP, foreign_government, local)"),
                json!("Ciudad de Nara (JP, foreign_government, local)"),
            ),
        ] {
            let found = change(field);
            assert_eq!((&found["old"], &found["new"]), (&old, &new), "{field}");
        }
        assert_eq!(changes.len(), 9);
        // The same once more changes nothing.
        let same = correct(&owner, &case, mended()).await.expect(200);
        assert_eq!(
            (same.etag(), same.json()["version"].clone()),
            (done.etag(), json!(2))
        );
        assert_eq!(lines(&owner, &case).await.len(), 2);
        // It is recognised by what it says now.
        let again = with(record(), "counterparts", mended()["counterparts"].clone());
        let again = with(again, "signed_on", json!("1999-03"));
        owner.post(PATH, &again).await.refused(409, "duplicate");
        owner.post(PATH, &record()).await.expect(201);
    })
    .await;
}

// row: 003-07, 003-21
// operations: create_agreement_correction
#[actix_web::test]
async fn who_recorded_for_another_corrects_until_its_owner_takes_it_up() {
    on_both(|app| async move {
        let ministry = app.client(Role::Liaison, SRE).await;
        let body = with(record(), "government_id", json!(GUADALAJARA));
        let case = ministry.post(PATH, &body).await.expect(201).id();
        let owner = app.officer(GUADALAJARA).await;
        let dated = json!({"reason": "El DOF dice 21.", "signed_on": "1998-10-21",
            "counterparts": [{"fields": TestApp::counterpart_json("Ciudad de Nara")}]});
        let seen = correct(&ministry, &case, dated).await.expect(200).json();
        assert_eq!(
            json!([seen["level"], seen["signed_on"], seen["counterpart"]]),
            json!(["submitted", "1998-10-21", "Ciudad de Nara"])
        );
        let own = owner.get(&one(&case)).await.json();
        assert_eq!(
            json!([own["signed_on"], own["version"]]),
            json!(["1998-10-21", 2])
        );
        // The counterpart is one of its owner's.
        let counterpart = own["counterparts"][0]["id"].as_str().unwrap();
        let book = owner.get(&format!("/v1/counterparts/{counterpart}")).await;
        assert_eq!(book.expect(200).json()["tenant_id"], GUADALAJARA);
        let line = &lines(&owner, &case).await[0];
        assert_eq!(
            json!([line["action"], line["acting_tenant"], line["note"]]),
            json!(["correct_record", SRE, "El DOF dice 21."])
        );
        // It may name again what the case names, though that is its owner's own.
        let again = json!({"reason": "Sin cambio.", "counterparts": [{"id": counterpart}]});
        let same = correct(&ministry, &case, again).await.expect(200);
        assert_eq!(same.json()["version"], 2);
        // Its owner corrects too, and has taken it up by that. The ministry reads why.
        let why = json!({"reason": "El acta dice 22.", "signed_on": "1998-10-22"});
        correct(&owner, &case, why).await.expect(200);
        let told = ministry.get(&one(&case)).await.json();
        assert_eq!(
            json!([told["signed_on"], told["signature"]["signed_on"]]),
            json!(["1998-10-22", "1998-10-22"])
        );
        assert_eq!(told["submission"]["content"]["themes"], json!(["culture"]));
        assert_eq!(lines(&ministry, &case).await[0]["note"], "El acta dice 22.");
        let late = json!({"reason": "No.", "signed_on": "1998"});
        let late = correct(&ministry, &case, late).await;
        assert!(late.text().contains("hizo cargo"), "{}", late.text());
        late.refused(409, "wrong_stage");
    })
    .await;
}

// row: 003-07, 003-21
// operations: create_agreement_correction, transition_agreement, list_agreement_history
#[actix_web::test]
async fn a_reporter_corrects_what_is_disputed_and_is_later_told_of_corrections_alone() {
    on_both(|app| async move {
        let liaison = app.client(Role::Liaison, JALISCO).await;
        let case = reported(&liaison).await.id();
        let owner = app.officer(GUADALAJARA).await;
        let dated = |day: &str| json!({"reason": "La fecha era otra.", "signed_on": day});
        let early = correct(&owner, &case, dated("1998")).await;
        assert!(early.text().contains("confírmelo"), "{}", early.text());
        early.refused(409, "wrong_stage");
        owner.transition(&case, &dispute()).await.expect(200);
        let done = correct(&liaison, &case, dated("1998-10-21")).await;
        assert_eq!(done.expect(200).json()["signed_on"], "1998-10-21");
        // What its government said is wrong stands until it confirms.
        let own = owner.get(&one(&case)).await.json();
        assert_eq!(
            json!([own["stage"], own["dispute"], own["signed_on"]]),
            json!(["reported", "La fecha no es la del acta.", "1998-10-21"])
        );
        owner
            .transition(&case, &json!({"action": "confirm"}))
            .await
            .expect(200);
        let late = correct(&liaison, &case, dated("1998")).await;
        late.refused(409, "wrong_stage");
        // Steps of its owner are none of the reporter's business any more, corrections are.
        let urgent = json!({"urgent": true, "reason": "Visita oficial"});
        post_on(&owner, &case, "urgency", &urgent).await.expect(200);
        let before = liaison.get(&one(&case)).await;
        let known = actions(&liaison, &case).await;
        let turns = liaison.get(&format!("{}/turns", one(&case))).await.json();
        correct(&owner, &case, dated("1998-10-22"))
            .await
            .expect(200);
        let after = liaison.get(&one(&case)).await;
        assert_ne!(after.etag(), before.etag());
        let view = after.json();
        assert_eq!(
            json!([
                view["signed_on"],
                view["signature"]["signed_on"],
                view["priority"],
                view["urgency"]
            ]),
            json!(["1998-10-22", "1998-10-22", "normal", null])
        );
        assert_eq!(actions(&liaison, &case).await, known);
        assert_eq!(known, ["confirm", "correct_record", "dispute", "report"]);
        let now = liaison.get(&format!("{}/turns", one(&case))).await.json();
        assert_eq!(now["turns"], turns["turns"]);
        assert_eq!(owner.get(&one(&case)).await.json()["priority"], "urgent");
        // Both once more: the reporter still knows of nothing in between.
        correct(&owner, &case, dated("1998-10-23"))
            .await
            .expect(200);
        let view = liaison.get(&one(&case)).await.json();
        assert_eq!(
            json!([view["signed_on"], view["priority"]]),
            json!(["1998-10-23", "normal"])
        );
        assert_eq!(actions(&liaison, &case).await, known);
        assert_eq!(listed(&liaison, "priority=urgent").await, 0);
    })
    .await;
}
