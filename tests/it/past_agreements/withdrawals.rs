//! A past agreement that was recorded in error is withdrawn: readable to those who knew of it, outside
//! of lists, search and book.

use super::{PATH, actions, correct, lines, listed, record, report, reported, with, withdraw};
use crate::tools::one;
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_tests::{Client, GUADALAJARA, JALISCO, SRE, on_both};

/// Whether a case is in the list of the caller, and in that of what was recorded in error.
async fn shown(client: &Client, case: &str) -> [bool; 2] {
    let mut shown = [false; 2];
    for (at, query) in ["", "&recorded_in_error=true"].iter().enumerate() {
        let list = client
            .get(&format!("/v1/agreements?limit=200{query}"))
            .await;
        shown[at] = list.expect(200).text().contains(case);
    }
    shown
}

// row: 003-07, 003-21
// operations: create_agreement_withdrawal, get_agreement, list_agreements, list_agreement_history
#[actix_web::test]
async fn what_was_recorded_in_error_leaves_lists_and_stays_readable() {
    on_both(|app| async move {
        let ministry = app.client(Role::Liaison, SRE).await;
        let owner = app.officer(GUADALAJARA).await;
        let body = with(record(), "government_id", json!(GUADALAJARA));
        let case = ministry.post(PATH, &body).await.expect(201).id();
        let before = owner.get(&one(&case)).await;
        let done = withdraw(&owner, &case).await.expect(200);
        let view = done.json();
        assert_eq!(
            json!([
                view["stage"],
                view["recorded_in_error"],
                view["version"],
                view["waiting_for"]
            ]),
            json!(["withdrawn", true, 2, null])
        );
        assert_ne!(done.etag(), before.etag());
        for client in [&owner, &ministry] {
            let read = client.get(&one(&case)).await.expect(200).json();
            assert_eq!(
                json!([read["stage"], read["recorded_in_error"], read["title"]]),
                json!(["withdrawn", true, "Hermanamiento con la ciudad de Kioto"])
            );
            assert_eq!(shown(client, &case).await, [false, true]);
            for query in ["q=kioto", "stage=withdrawn", "owner=14039", "country=JP"] {
                assert_eq!(listed(client, query).await, 0, "{query}");
            }
            assert_eq!(listed(client, "recorded_in_error=true&q=kioto").await, 1);
            let line = &lines(client, &case).await[0];
            assert_eq!(
                json!([
                    line["action"],
                    line["from_stage"],
                    line["to_stage"],
                    line["note"]
                ]),
                json!([
                    "withdraw_record",
                    "signed",
                    "withdrawn",
                    "Es de otro municipio."
                ])
            );
        }
        let workspace = owner.get("/v1/workspace").await.expect(200).json();
        assert_eq!(workspace["stages"], json!([]));
        let board = app.client(Role::Viewer, GUADALAJARA).await;
        let board = board.get("/v1/compliance").await.expect(200).json();
        assert_eq!(board["items"][0]["cases"]["closed"], 0);
        // Nobody else learns of it, and nobody changes it any more.
        let state = app.client(Role::Viewer, JALISCO).await;
        state.get(&one(&case)).await.refused(404, "not_found");
        for client in [&owner, &ministry] {
            let again = withdraw(client, &case).await;
            again.refused(409, "wrong_stage");
            let late = correct(client, &case, json!({"reason": "No.", "place": "Nara"})).await;
            late.refused(409, "wrong_stage");
        }
        owner
            .transition(&case, &json!({"action": "send_to_registry"}))
            .await
            .refused(409, "wrong_stage");
    })
    .await;
}

// row: 003-07
// operations: create_agreement_withdrawal, create_past_agreement, delete_counterpart
#[actix_web::test]
async fn it_may_be_recorded_again_and_its_counterpart_removed() {
    on_both(|app| async move {
        let owner = app.officer(GUADALAJARA).await;
        let made = owner.post(PATH, &record()).await.expect(201);
        let counterpart = made.json()["counterparts"][0]["id"].clone();
        let counterpart = format!("/v1/counterparts/{}", counterpart.as_str().unwrap());
        let etag = owner.get(&counterpart).await.etag();
        let used = owner.delete(&counterpart, &etag).await;
        used.refused(409, "in_use");
        withdraw(&owner, &made.id()).await.expect(200);
        // A second record uses the counterpart again, and is withdrawn too.
        let second = owner.post(PATH, &record()).await.expect(201).id();
        assert_ne!(second, made.id());
        owner.post(PATH, &record()).await.refused(409, "duplicate");
        owner
            .delete(&counterpart, &etag)
            .await
            .refused(409, "in_use");
        withdraw(&owner, &second).await.expect(200);
        owner.delete(&counterpart, &etag).await.expect(204);
        // The records still say with whom the agreement was said to be.
        let view = owner.get(&one(made.id())).await.json();
        assert_eq!(view["counterparts"][0]["name"], "Ciudad de Kioto");
        owner.post(PATH, &record()).await.expect(201);
        assert_eq!(listed(&owner, "recorded_in_error=true").await, 2);
    })
    .await;
}

// row: 003-07, 003-21
// operations: create_agreement_withdrawal, transition_agreement
#[actix_web::test]
async fn a_reporter_withdraws_its_report_and_its_owner_what_it_confirmed() {
    on_both(|app| async move {
        let liaison = app.client(Role::Liaison, JALISCO).await;
        let owner = app.officer(GUADALAJARA).await;
        let first = reported(&liaison).await.id();
        withdraw(&owner, &first).await.refused(409, "wrong_stage");
        withdraw(&liaison, &first).await.expect(200);
        for client in [&liaison, &owner] {
            assert_eq!(shown(client, &first).await, [false, true]);
        }
        // What its owner confirmed is its owner's; the reporter is told that it was an error.
        let second = reported(&liaison).await.id();
        let confirm = json!({"action": "confirm"});
        owner.transition(&second, &confirm).await.expect(200);
        let urgent = json!({"urgent": true, "reason": "Visita oficial"});
        let urgent = crate::tools::post_on(&owner, &second, "urgency", &urgent).await;
        urgent.expect(200);
        let known = actions(&liaison, &second).await;
        withdraw(&liaison, &second)
            .await
            .refused(409, "wrong_stage");
        withdraw(&owner, &second).await.expect(200);
        let told = liaison.get(&one(&second)).await.expect(200).json();
        assert_eq!(
            json!([
                told["stage"],
                told["recorded_in_error"],
                told["priority"],
                told["urgency"]
            ]),
            json!(["withdrawn", true, "normal", null])
        );
        assert_eq!(shown(&liaison, &second).await, [false, true]);
        // Of the steps in between it still knows nothing.
        assert_eq!(actions(&liaison, &second).await, known);
        assert_eq!(actions(&owner, &second).await[0], "withdraw_record");
        let third = liaison.post(PATH, &report()).await.expect(201);
        assert_eq!(third.json()["stage"], Value::from("reported"));
    })
    .await;
}
