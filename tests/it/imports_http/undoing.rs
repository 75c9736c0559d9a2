//! A batch is undone as a whole, except for cases that somebody has worked on.

use super::{PATH, bring, case_at, file, keyed, long};
use crate::tools::one;
use actix_web::http::Method;
use serde_json::{Value, json};
use vinculo_api::fixtures::pdf;
use vinculo_domain::Role;
use vinculo_tests::{
    Answer, Client, GUADALAJARA, GUANAJUATO, JALISCO, Request, SRE, TestApp, ZAPOPAN, on_both,
};

async fn undo(client: &Client, batch: &Value, query: &str) -> Answer {
    let path = format!("{PATH}/{}/undo{query}", batch.as_str().unwrap());
    client.send(Request::new(Method::POST, &path)).await
}

// row: 003-07, 003-21
// operations: undo_import, create_import, transition_agreement
#[actix_web::test]
async fn what_a_municipality_took_up_is_kept_and_the_rest_is_gone() {
    on_both(|app: TestApp| async move {
        let liaison = app.client(Role::Liaison, JALISCO).await;
        let text = format!(
            "{}Jalisco,Zapopan,Lyon,Francia,hermanamiento,1999,Gaceta,\n",
            file()
        );
        let report = bring(&liaison, &text).await.expect(201).json();
        let [own, confirmed, disputed, untouched] = [2, 3, 4, 9].map(|line| case_at(&report, line));
        let [guadalajara, zapopan] = [app.officer(GUADALAJARA).await, app.officer(ZAPOPAN).await];
        guadalajara
            .transition(&confirmed, &json!({"action": "confirm"}))
            .await
            .expect(200);
        let dispute = json!({"action": "dispute", "reason": "No es nuestro."});
        zapopan.transition(&disputed, &dispute).await.expect(200);
        let batch = &report["batch_id"];
        // A dry run says the same and changes nothing.
        let wanted = json!({"undone": 2, "kept": [confirmed, disputed], "cancelled": []});
        let dry = undo(&liaison, batch, "?dry_run=true").await.expect(200);
        assert_eq!(dry.json(), wanted);
        zapopan.get(&one(&untouched)).await.expect(200);
        // Nobody else can undo it, or learn of it.
        for (role, tenant) in [
            (Role::Liaison, SRE),
            (Role::Liaison, GUANAJUATO),
            (Role::Officer, JALISCO),
        ] {
            let other = app.client(role, tenant).await;
            undo(&other, batch, "").await.refused(404, "not_found");
        }
        let done = undo(&liaison, batch, "").await.expect(200);
        super::fits("/v1/imports/{id}/undo", "post", &done);
        assert_eq!(done.json(), wanted);
        undo(&liaison, batch, "").await.refused(409, "wrong_stage");
        for (client, case) in [
            (&zapopan, &untouched),
            (&liaison, &untouched),
            (&liaison, &own),
        ] {
            client.get(&one(case)).await.refused(404, "not_found");
        }
        let found = zapopan.get("/v1/agreements?q=lyon&count=true").await.json();
        assert_eq!(found["total"], 0);
        let view = guadalajara.get(&one(&confirmed)).await.expect(200).json();
        assert_eq!(view["stage"], "signed");
        let told = liaison
            .get(&format!("{PATH}/{}", batch.as_str().unwrap()))
            .await
            .json();
        assert!(told["undone_at"].is_string());
        // Counterparts of undone cases block nothing, and the file may be imported again.
        let book = app
            .officer(JALISCO)
            .await
            .get("/v1/counterparts?q=lyon")
            .await
            .json();
        let path = format!(
            "/v1/counterparts/{}",
            book["items"][0]["id"].as_str().unwrap()
        );
        let officer = app.officer(JALISCO).await;
        let etag = officer.get(&path).await.etag();
        officer.delete(&path, &etag).await.expect(204);
        let again = bring(&liaison, &text).await.expect(201).json();
        assert_eq!(
            json!([again["summary"]["imported"], again["summary"]["duplicate"]]),
            json!([2, 3])
        );
    })
    .await;
}

// row: 003-07
// operations: undo_import, create_document
#[actix_web::test]
async fn what_somebody_added_to_is_kept_for_the_ministry_too() {
    on_both(|app: TestApp| async move {
        let ministry = app.client(Role::Liaison, SRE).await;
        let report = bring(&ministry, &long(120)).await.expect(201).json();
        let worked_on = case_at(&report, 40);
        let owner = app.officer(GUADALAJARA).await;
        let copy = &pdf("copia");
        owner
            .attach(&worked_on, "signed_copy", Some("es"), copy)
            .await
            .expect(201);
        let path = format!("{PATH}/{}/undo", report["batch_id"].as_str().unwrap());
        let request = || Request::new(Method::POST, &path).header("idempotency-key", "una");
        let done = ministry.send(request()).await.expect(200);
        let wanted = json!({"undone": 119, "kept": [worked_on], "cancelled": []});
        assert_eq!(done.json(), wanted);
        let again = ministry.send(request()).await.expect(200);
        assert_eq!(again.json(), done.json());
        assert_eq!(app.scratch.count("agreements WHERE retired_at IS NULL"), 1);
        owner.get(&one(&worked_on)).await.expect(200);
        // Repeating the import gives the batch that was undone.
        let sent = ministry
            .send(keyed("otra", &long(1)))
            .await
            .expect(201)
            .json();
        undo(&ministry, &sent["batch_id"], "").await.expect(200);
        let late = ministry.send(keyed("otra", &long(1))).await;
        late.refused(409, "wrong_stage");
    })
    .await;
}
