//! Cursors that were altered, made for another list, or sealed elsewhere.

use crate::spellings;
use crate::tools::{on_both_at_noon, shape};
use serde_json::json;
use std::time::Instant;
use vinculo_auth::seal::SealKey;
use vinculo_domain::agreements::Stage;
use vinculo_domain::clock::Clock;
use vinculo_tests::{Answer, Client, GUADALAJARA, TestApp, ZAPOPAN, on_both, on_tier};

/// Requests a list at `cursor`, whatever its characters.
async fn at(client: &Client, list: &str, cursor: &str) -> Answer {
    let encoded: String = cursor.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let glue = if list.contains('?') { '&' } else { '?' };
    client.get(&format!("{list}{glue}cursor={encoded}")).await
}

async fn cursor(client: &Client, list: &str) -> String {
    let glue = if list.contains('?') { '&' } else { '?' };
    let page = client.get(&format!("{list}{glue}limit=1")).await;
    let page = page.expect(200).json();
    page["next_cursor"]
        .as_str()
        .unwrap_or_else(|| panic!("{list} has one page"))
        .to_owned()
}

async fn counterparts(client: &Client) {
    for name in ["Ciudad Uno", "Ciudad Dos"] {
        let body = TestApp::counterpart_json(name);
        client.post("/v1/counterparts", &body).await.expect(201);
    }
}

#[actix_web::test]
async fn no_altered_cursor_of_five_thousand_is_accepted() {
    on_tier("refusals: altered cursors", |app| async move {
        let (start, client) = (Instant::now(), app.officer(GUADALAJARA).await);
        counterparts(&client).await;
        let list = "/v1/counterparts?q=ciudad";
        let good = cursor(&client, list).await;
        let same = at(&client, list, "x").await.refused(400, "invalid_cursor");
        let altered = spellings::all(&good);
        for bad in &altered {
            let answer = at(&client, list, bad).await;
            assert_eq!(answer.status, 400, "{bad}: {}", answer.text());
            assert_eq!(shape(&answer), shape(&same), "{bad}");
        }
        at(&client, list, &good).await.expect(200);
        eprintln!(
            "{:>6} altered cursors, 0 accepted, {:?}",
            altered.len(),
            start.elapsed()
        );
        assert!(altered.len() >= 5_000, "{}", altered.len());
    })
    .await;
}

/// Every cursor on every list of both governments: it continues only its own list.
#[actix_web::test]
async fn a_cursor_goes_on_with_its_own_list_alone() {
    on_both(|app| async move {
        let mut sources = Vec::new();
        for tenant in [GUADALAJARA, ZAPOPAN] {
            let client = app.officer(tenant).await;
            counterparts(&client).await;
            let cases = [
                app.case_in(tenant, Stage::StateReview).await,
                app.case_in(tenant, Stage::StateReview).await,
            ];
            let mut lists: Vec<String> = [
                "counterparts",
                "counterparts?q=ciudad",
                "counterparts?q=ciud",
                "counterparts?country=JP",
                "counterparts?country=JP&q=ciudad",
                "agreements",
                "agreements?q=hermanamiento",
                "agreements?stage=state_review",
                "agreements?sort=-signed_on",
                "agreements?sort=-updated_at",
            ]
            .map(|list| format!("/v1/{list}"))
            .into();
            for case in cases {
                for part in ["history", "documents"] {
                    lists.push(format!("/v1/agreements/{case}/{part}"));
                }
            }
            for list in lists {
                let cursor = cursor(&client, &list).await;
                sources.push((tenant, client.clone(), list, cursor));
            }
        }
        let (mut own, mut foreign) = (0, 0);
        for (theirs, _, made_for, cursor) in &sources {
            for (tenant, client, list, _) in &sources {
                let answer = at(client, list, cursor).await;
                if (theirs, made_for) == (tenant, list) {
                    answer.expect(200);
                    own += 1;
                } else {
                    assert_eq!(
                        answer.code(),
                        "invalid_cursor",
                        "{made_for} of {theirs} at {list} of {tenant}"
                    );
                    foreign += 1;
                }
            }
        }
        eprintln!("{own} own cursors, {foreign} foreign ones, 0 of these accepted");
        assert_eq!((own, foreign), (28, 28 * 27));
    })
    .await;
}

/// Sealed with the key of this installation, and with another key.
#[actix_web::test]
async fn a_cursor_is_sealed_here_for_a_time_and_complete() {
    on_both_at_noon(|app, clock| async move {
        let client = app.officer(GUADALAJARA).await;
        counterparts(&client).await;
        let (list, now) = ("/v1/counterparts", clock.now().timestamp());
        let context = format!("{GUADALAJARA} list_counterparts {list} []");
        let id = uuid::Uuid::nil();
        let good = json!({"k": "ciudad", "i": id, "until": now});
        let seal = |payload: &str| app.app.seal.seal(&context, payload);
        at(&client, list, &seal(&good.to_string()))
            .await
            .expect(200);
        let elsewhere = SealKey::new(&[7; 32]).unwrap();
        let mut bad = vec![elsewhere.seal(&context, &good.to_string())];
        for context in [
            "",
            &context.replace(GUADALAJARA, ZAPOPAN),
            &context.replace("counterparts", "agreements"),
            &context.replace("[]", "[(\"q\", \"x\")]"),
            &format!("{context} "),
        ] {
            bad.push(app.app.seal.seal(context, &good.to_string()));
        }
        for payload in [
            json!({"k": "ciudad", "i": id, "until": now - 1}),
            json!({"k": "ciudad", "i": id, "until": -1}),
            json!({"k": "ciudad", "i": id, "until": "9999999999"}),
            json!({"k": "ciudad", "i": id, "until": 1e300}),
            json!({"k": "ciudad", "i": id}),
            json!({"k": "ciudad", "until": now}),
            json!({"i": id, "until": now}),
            json!({"k": null, "i": id, "until": now}),
            json!({"k": ["ciudad"], "i": id, "until": now}),
            json!({}),
            json!(null),
        ] {
            bad.push(seal(&payload.to_string()));
        }
        bad.extend(["", "{", "{}{}", "x"].map(seal));
        for cursor in bad {
            at(&client, list, &cursor)
                .await
                .refused(400, "invalid_cursor");
        }
    })
    .await;
}
