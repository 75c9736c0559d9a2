//! What follows from the day or from the reader is shown and not recorded: the tag covers it, version
//! and instant do not.

use super::{Kept, stamps};
use crate::tools::{entry, inscribe, noon, on_both_at_noon, one};
use serde_json::json;
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{GUADALAJARA, TestApp};

// row: 003-05
// operations: get_inscription, list_registry
#[actix_web::test]
async fn the_standing_of_a_new_day_has_a_new_tag_and_no_new_version() {
    on_both_at_noon(|app, clock| async move {
        let fixed =
            json!({"validity": {"term": "fixed", "ends_on": "2026-12-31", "renewal": "none"}});
        let (case, number) = inscribe(&app, GUADALAJARA, fixed).await;
        let nobody = app.nobody();
        let before = Kept::of(&nobody, "/v1/registry", &entry(&number)).await;
        let own = Kept::of(
            &app.officer(GUADALAJARA).await,
            "/v1/agreements",
            &one(&case),
        )
        .await;
        noon(&clock, "2027-01-01");
        assert_eq!(before.asked(&nobody).await.status, 200);
        let after = Kept::of(&nobody, "/v1/registry", &entry(&number)).await;
        assert_eq!(after.json()["standing"]["standing"], "expired");
        assert_ne!(after.answer.etag(), before.answer.etag());
        assert_eq!(stamps(&after.line), stamps(&before.line));
        // What is the same on the next day has the same tag.
        let owner = app.officer(GUADALAJARA).await;
        own.has_stayed(&owner).await;
    })
    .await;
}

// row: 002-14
// operations: get_agreement
#[actix_web::test]
async fn a_tag_is_its_readers_own() {
    on_both_at_noon(|app: TestApp, _clock| async move {
        let case = one(app.case_in(GUADALAJARA, Stage::Draft).await);
        let mut tags = Vec::new();
        for role in [Role::Officer, Role::Viewer] {
            let reader = app.client(role, GUADALAJARA).await;
            let kept = Kept::of(&reader, "/v1/agreements", &case).await;
            kept.has_stayed(&reader).await;
            tags.push((kept.answer.etag(), stamps(&kept.line)));
        }
        assert_ne!(tags[0].0, tags[1].0);
        assert_eq!(tags[0].1, tags[1].1);
    })
    .await;
}
