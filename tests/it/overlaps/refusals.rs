//! Each thing that is wrong with a decision is told, and nothing is kept of it.

use super::{address, counterpart, decide, draft, put};
use crate::tools::points_at;
use serde_json::json;
use vinculo_tests::{GUADALAJARA, Request, TestApp, ZAPOPAN, on_both};

// row: 000-12, 002-24
// operations: put_overlap_resolution, get_overlap_resolution
#[actix_web::test]
async fn a_pair_that_does_not_overlap_is_not_decided_on() {
    on_both(|app: TestApp| async move {
        let officer = app.officer(GUADALAJARA).await;
        let kyoto = counterpart(&officer, "Ciudad de Kioto").await;
        let lyon = counterpart(&officer, "Ciudad de Lyon").await;
        let ends =
            |day: &str| json!({"validity": {"term": "fixed", "ends_on": day, "renewal": "none"}});
        let one = draft(&officer, &kyoto, &["culture"], ends("2030")).await;
        let elsewhere = draft(&officer, &lyon, &["culture"], json!({})).await;
        let trade = draft(&officer, &kyoto, &["trade"], json!({})).await;
        let planned = json!({"planned_signing_on": "2031-02"});
        let later = draft(&officer, &kyoto, &["culture"], planned).await;
        let over = draft(&officer, &kyoto, &["culture"], ends("2020-05")).await;
        let left = draft(&officer, &kyoto, &["culture"], json!({})).await;
        officer
            .transition(&left, &json!({"action": "withdraw", "reason": "No."}))
            .await
            .expect(200);
        let renews = json!({"instrument": "renewal", "relates_to": one});
        let renewal = draft(&officer, &kyoto, &["culture"], renews).await;
        let body = json!({"decision": "merge", "reason": "Mismo objeto."});
        for (other, code) in [
            (&one, "same_agreement"),
            (&elsewhere, "no_shared_counterpart"),
            (&trade, "no_shared_theme"),
            (&later, "periods_apart"),
            (&over, "periods_apart"),
            (&left, "given_up"),
            (&renewal, "one_agreement"),
        ] {
            let refused = decide(&officer, (&one, other), "\"0\"", &body).await;
            points_at(&refused.refused(422, "validation_failed"), "other_id", code);
            officer
                .get(&address(&one, other))
                .await
                .refused(404, "not_found");
        }
        let list = officer.get("/v1/overlaps").await.expect(200).text();
        assert!(!list.contains(&one), "{list}");
        assert_eq!(app.scratch.count("overlap_resolutions"), 0);
    })
    .await;
}

// row: 000-12
// operations: put_overlap_resolution
#[actix_web::test]
async fn a_decision_needs_a_reason_and_the_tag_that_was_read() {
    on_both(|app: TestApp| async move {
        let officer = app.officer(GUADALAJARA).await;
        let kyoto = counterpart(&officer, "Ciudad de Kioto").await;
        let one = draft(&officer, &kyoto, &["culture"], json!({})).await;
        let other = draft(&officer, &kyoto, &["culture"], json!({})).await;
        let right = json!({"decision": "merge", "reason": "Mismo objeto."});
        let pair = (one.as_str(), other.as_str());

        let bare = Request::new(actix_web::http::Method::PUT, &address(&one, &other)).json(&right);
        officer
            .send(bare)
            .await
            .refused(428, "precondition_required");
        decide(&officer, pair, "\"1\"", &right)
            .await
            .refused(412, "precondition_failed");
        decide(&officer, pair, "*", &right)
            .await
            .refused(400, "invalid_header");
        for (body, pointer, code) in [
            (
                json!({"decision": "merge", "reason": " "}),
                "/reason",
                "required",
            ),
            (
                json!({"decision": "merge", "reason": "x".repeat(2001)}),
                "/reason",
                "too_long",
            ),
            (
                json!({"decision": "merge", "reason": "x", "responsible": "x".repeat(301)}),
                "/responsible",
                "too_long",
            ),
        ] {
            let refused = decide(&officer, pair, "\"0\"", &body).await;
            points_at(&refused.refused(422, "validation_failed"), pointer, code);
        }
        let unknown = json!({"decision": "forget", "reason": "x"});
        let refused = decide(&officer, pair, "\"0\"", &unknown)
            .await
            .refused(400, "invalid_body");
        let admitted = &refused.json()["errors"][0]["admitted"];
        assert_eq!(
            *admitted,
            json!(["keep_both", "merge", "end_one", "not_an_overlap"])
        );
        let none = json!({"decision": "merge"});
        decide(&officer, pair, "\"0\"", &none)
            .await
            .refused(400, "invalid_body");
        officer
            .get("/v1/overlaps?resolved=perhaps")
            .await
            .refused(400, "invalid_parameter");

        // An agreement of another government is not there.
        let neighbour = app.officer(ZAPOPAN).await;
        let theirs = counterpart(&neighbour, "Ciudad de Kioto").await;
        let theirs = draft(&neighbour, &theirs, &["culture"], json!({})).await;
        let nowhere = "0190f5fe-7c00-7a00-8000-000000000001";
        for id in [theirs.as_str(), nowhere, "x"] {
            officer
                .get(&address(&one, id))
                .await
                .refused(404, "not_found");
            officer
                .send(put(id, &one, "\"0\"", &right))
                .await
                .refused(404, "not_found");
        }
        assert_eq!(app.scratch.count("overlap_resolutions"), 0);
    })
    .await;
}
