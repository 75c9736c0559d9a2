//! The instrument of an annotation, another inscription or a document, and its effects.

use super::{annotate, found, registrar};
use crate::tools::{entry, inscribe};
use serde_json::{Value, json};
use vinculo_api::fixtures::pdf;
use vinculo_tests::{GUADALAJARA, TestApp, ZAPOPAN, on_both};

// row: 002-10, 003-05
// operations: transition_agreement, get_inscription
#[actix_web::test]
async fn a_registered_instrument_annotates_what_it_relates_to() {
    on_both(|app: TestApp| async move {
        let fixed = |last: &str| json!({"term": "fixed", "ends_on": last, "renewal": "by_agreement"});
        let (original, number) = inscribe(&app, GUADALAJARA, json!({"validity": fixed("2026-12-31")})).await;
        let record = || async { app.nobody().get(&entry(&number)).await.expect(200).json() };
        assert_eq!(record().await["standing"]["last_day"], "2026-12-31");
        let renewal = json!({"instrument": "renewal", "relates_to": original, "title": "Prórroga", "validity": fixed("2030-12-31")});
        let (_case, renewing) = inscribe(&app, GUADALAJARA, renewal).await;
        let now = record().await;
        let made = &now["annotations"][0];
        assert_eq!((&made["ordinal"], &made["instrument_number"]), (&json!(1), &json!(renewing)));
        assert_eq!(made["changes"], json!({"kind": "renewal", "ends_on": "2030-12-31", "renewal": "by_agreement"}));
        assert_eq!(now["consolidated"]["validity"]["ends_on"], "2030-12-31");
        assert_eq!(now["validity"]["ends_on"], "2026-12-31");
        assert_eq!(now["standing"]["last_day"], "2030-12-31");
        let cited = app.nobody().get(&entry(&renewing)).await.json();
        assert_eq!((&cited["relates_to"], &cited["annotations"]), (&json!(number), &json!([])));

        let amendment = json!({"instrument": "amendment", "relates_to": original, "title": "Modificatorio", "validity": {"term": "indefinite"}});
        let (_case, amending) = inscribe(&app, GUADALAJARA, amendment).await;
        let now = record().await;
        assert_eq!((&now["annotations"][0]["ordinal"], &now["annotations"][0]["instrument_number"]), (&json!(2), &json!(amending)));
        assert_eq!(now["standing"]["last_day"], Value::Null);
        // The registrar may also cite it by hand.
        let registrar = registrar(&app).await;
        let body = json!({"effective_on": "2027-01-01", "instrument_number": amending, "changes": {"kind": "amendment", "text": "Cláusula quinta."}});
        annotate(&registrar, &number, &body).await.expect(201);

        let end = json!({"instrument": "termination", "relates_to": original, "title": "Terminación"});
        let (_case, ending) = inscribe(&app, GUADALAJARA, end).await;
        let now = record().await;
        assert_eq!((&now["annotations"][0]["ordinal"], &now["annotations"][0]["instrument_number"]), (&json!(4), &json!(ending)));
        assert_eq!(now["standing"]["standing"], "terminated");
        assert!(found(&app, "standing=terminated").await.contains(&number));
        assert_eq!(app.scratch.count("outbox WHERE event_type = 'inscription.annotate'"), 4);
    })
    .await;
}

// row: 002-10
// operations: create_annotation
#[actix_web::test]
async fn parties_leave_and_are_succeeded() {
    on_both(|app: TestApp| async move {
        let (case, number) = inscribe(&app, "11", json!({})).await;
        let registrar = registrar(&app).await;
        let paper = registrar.attach(&case, "annotation_instrument", None, &pdf("decreto")).await.expect(201).id();
        let act = |changes: Value| json!({"effective_on": "2026-11-21", "document_id": paper, "changes": changes});
        let succession = json!({"kind": "succession", "government_id": "11", "successor_id": ZAPOPAN, "body": "Coordinación"});
        annotate(&registrar, &number, &act(succession)).await.expect(201);
        let record = app.nobody().get(&entry(&number)).await.json();
        assert_eq!(record["parties"][0]["government_id"], "11");
        let party = &record["consolidated"]["parties"][0];
        assert_eq!((&party["government_id"], &party["tier"], &party["state_id"], &party["body"]), (&json!(ZAPOPAN), &json!("municipality"), &json!("14"), &json!("Coordinación")));
        for (query, hits) in [("municipality=14120", 1), ("state=14", 1), ("state=11", 0), ("tier=municipality", 1), ("q=zapopan", 1), ("q=guanajuato", 1)] {
            assert_eq!(found(&app, query).await.len(), hits, "{query}");
        }
        let unknown = json!({"kind": "succession", "government_id": ZAPOPAN, "successor_id": "99999"});
        annotate(&registrar, &number, &act(unknown)).await.refused(422, "validation_failed");

        // Suspended, resumed, and replaced by another agreement.
        let standing = || async { app.nobody().get(&entry(&number)).await.json()["standing"]["standing"].clone() };
        annotate(&registrar, &number, &act(json!({"kind": "suspension"}))).await.expect(201);
        assert_eq!(standing().await, "suspended");
        annotate(&registrar, &number, &act(json!({"kind": "resumption"}))).await.expect(201);
        assert_eq!(standing().await, "in_force");
        let (_case, next) = inscribe(&app, GUADALAJARA, json!({})).await;
        annotate(&registrar, &number, &act(json!({"kind": "termination", "superseded_by": "2026-999999"}))).await.refused(422, "validation_failed");
        annotate(&registrar, &number, &act(json!({"kind": "termination", "superseded_by": next}))).await.expect(201);
        assert_eq!(standing().await, "superseded");
        assert_eq!(found(&app, "standing=superseded").await, [number]);
    })
    .await;
}
