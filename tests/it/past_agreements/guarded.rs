//! How a correction is sent: rehearsed, repeated, in a version, and never into another record.

use super::{PATH, actions, correct, record, report, with, withdraw};
use crate::tools::{one, post};
use serde_json::json;
use vinculo_domain::Role;
use vinculo_tests::{GUADALAJARA, SRE, on_both};

// row: 003-07
// operations: create_agreement_correction
#[actix_web::test]
async fn a_correction_is_rehearsed_repeated_and_guarded() {
    on_both(|app| async move {
        let owner = app.officer(GUADALAJARA).await;
        let case = owner.post(PATH, &record()).await.expect(201).id();
        let path = format!("{}/corrections", one(&case));
        let body = json!({"reason": "La fecha era otra.", "signed_on": "1998"});
        let etag = owner.get(&one(&case)).await.etag();
        let dry = post(&format!("{path}?dry_run=true"), &body).if_match(&etag);
        let dry = owner.send(dry).await.expect(200);
        assert_eq!(dry.json()["signed_on"], "1998");
        let still = owner.get(&one(&case)).await;
        assert_eq!(
            (still.etag(), still.json()["signed_on"].clone()),
            (etag.clone(), json!("1998-10-20"))
        );
        let keyed = || {
            post(&path, &body)
                .if_match(&etag)
                .header("idempotency-key", "una")
        };
        let done = owner.send(keyed()).await.expect(200);
        let again = owner.send(keyed()).await.expect(200);
        assert_eq!((again.json(), again.etag()), (done.json(), done.etag()));
        assert_eq!(actions(&owner, &case).await.len(), 2);
        owner
            .send(post(&path, &body).if_match(&etag))
            .await
            .refused(412, "precondition_failed");
        owner
            .send(post(&path, &body))
            .await
            .refused(428, "precondition_required");
        // The version of a line in a list is enough to correct the record.
        let line = owner.get("/v1/agreements").await.json()["items"][0].clone();
        let tag = format!("\"{}\"", line["version"]);
        let next = json!({"reason": "El acta dice otro lugar.", "place": "Nara"});
        owner
            .send(post(&path, &next).if_match(&tag))
            .await
            .expect(200);
    })
    .await;
}

// row: 003-07
// operations: create_agreement_correction
#[actix_web::test]
async fn a_record_is_not_corrected_into_another_one() {
    on_both(|app| async move {
        let owner = app.officer(GUADALAJARA).await;
        let ministry = app.client(Role::Liaison, SRE).await;
        owner.post(PATH, &record()).await.expect(201);
        let other = with(record(), "signed_on", json!("2001"));
        let own = owner.post(PATH, &other).await.expect(201).id();
        let theirs = with(
            with(report(), "action", json!("report")),
            "signed_on",
            json!("2002"),
        );
        let theirs = ministry.post(PATH, &theirs).await.expect(201).id();
        let same = json!({"reason": "La fecha era otra.", "signed_on": "1998-10-20"});
        for (client, case) in [(&owner, &own), (&ministry, &theirs)] {
            let before = client.get(&one(case)).await;
            correct(client, case, same.clone())
                .await
                .refused(409, "duplicate");
            let after = client.get(&one(case)).await;
            assert_eq!((after.etag(), after.json()), (before.etag(), before.json()));
        }
        // One that was withdrawn is no obstacle.
        let list = owner.get("/v1/agreements?limit=200").await.json();
        let items = list["items"].as_array().unwrap();
        let first = items
            .iter()
            .find(|item| item["signed_on"] == "1998-10-20")
            .unwrap();
        withdraw(&owner, first["id"].as_str().unwrap())
            .await
            .expect(200);
        correct(&owner, &own, same).await.expect(200);
    })
    .await;
}
