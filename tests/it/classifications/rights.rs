//! Who may classify a document, and which decisions are refused.

use super::{decisions, public_of, public_version, reserved};
use crate::tools::{entry, inscribe, one, points_at};
use serde_json::json;
use vinculo_domain::Role;
use vinculo_tests::{GUADALAJARA, JALISCO, SRE, TestApp, ZAPOPAN, on_both};

// row: 002-31
// operations: create_classification, create_document, list_classifications
#[actix_web::test]
async fn whoever_put_a_document_in_decides_and_nobody_else() {
    on_both(|app: TestApp| async move {
        let (case, number) = inscribe(&app, GUADALAJARA, json!({})).await;
        let officer = app.officer(GUADALAJARA).await;
        let legal = app.client(Role::LegalReviewer, SRE).await;
        let view = officer.get(&one(&case)).await.json();
        let letter = view["opinion"]["document_id"].as_str().unwrap().to_owned();
        assert_eq!(
            view["opinion"]["legal_basis"],
            json!({"key": "LCT", "version": "2025-11-14"})
        );
        let copy = public_of(&app, &number).await["documents"][0]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        let body = reserved("2027-12-31");
        app.nobody()
            .post(&decisions(&case, &copy), &body)
            .await
            .refused(401, "unauthenticated");
        for stranger in [ZAPOPAN, "11"] {
            app.officer(stranger)
                .await
                .post(&decisions(&case, &copy), &body)
                .await
                .refused(404, "not_found");
        }
        app.client(Role::Viewer, GUADALAJARA)
            .await
            .post(&decisions(&case, &copy), &body)
            .await
            .refused(403, "forbidden");
        // Both can read the document, but it belongs to the other government.
        legal
            .post(&decisions(&case, &copy), &body)
            .await
            .refused(403, "forbidden");
        officer
            .post(&decisions(&case, &letter), &body)
            .await
            .refused(403, "forbidden");
        // The state has access to the case, but not to the letter.
        let state = app.client(Role::Liaison, JALISCO).await;
        state
            .post(&decisions(&case, &letter), &body)
            .await
            .refused(404, "not_found");
        state
            .get(&decisions(&case, &letter))
            .await
            .refused(404, "not_found");
        let nowhere = decisions(&case, "0190f5fe-7c00-7a00-8000-000000000001");
        officer
            .post(&nowhere, &body)
            .await
            .refused(404, "not_found");
        for (wrong, pointer, code) in [
            (
                json!({"classification": "reserved", "until": "2027-12-31"}),
                "/ground",
                "required",
            ),
            (
                json!({"classification": "reserved", "ground": "LGTAIP 112"}),
                "/until",
                "required",
            ),
            (reserved("2026-01-01"), "/until", "past"),
            (reserved("2090-01-01"), "/until", "too_long"),
            (reserved("2027"), "/until", "not_a_day"),
            (reserved("2027-06"), "/until", "not_a_day"),
            (
                json!({"classification": "confidential", "ground": "x", "until": "2027-12-31"}),
                "/until",
                "no_end",
            ),
        ] {
            let answer = officer.post(&decisions(&case, &copy), &wrong).await;
            points_at(&answer.refused(422, "validation_failed"), pointer, code);
        }
        assert_eq!(app.scratch.count("document_classifications"), 0);
        app.nobody()
            .get(&format!("{}/documents/{copy}/content", entry(&number)))
            .await
            .expect(200);

        let version = officer.get(&one(&case)).await.json()["version"]
            .as_i64()
            .unwrap();
        let rehearsed = format!("{}?dry_run=true", decisions(&case, &copy));
        officer.post(&rehearsed, &body).await.expect(200);
        assert_eq!(app.scratch.count("document_classifications"), 0);
        officer
            .post(&decisions(&case, &copy), &body)
            .await
            .expect(201);
        assert_eq!(
            officer.get(&one(&case)).await.json()["version"],
            version + 1
        );
        legal
            .post(&decisions(&case, &letter), &body)
            .await
            .expect(201);
        let shown = officer
            .get(&format!("{}/documents/{letter}", one(&case)))
            .await
            .expect(200)
            .json();
        assert_eq!(shown["classification"], "reserved");

        // A public version must be of an original of the same case and kind.
        public_version(&officer, &case, &letter, "signed_copy")
            .await
            .refused(422, "validation_failed");
        public_version(
            &officer,
            &case,
            "0190f5fe-7c00-7a00-8000-000000000001",
            "signed_copy",
        )
        .await
        .refused(422, "validation_failed");
        let made = public_version(&officer, &case, &copy, "signed_copy")
            .await
            .expect(201)
            .id();
        public_version(&officer, &case, &made, "signed_copy")
            .await
            .refused(422, "validation_failed");
    })
    .await;
}
