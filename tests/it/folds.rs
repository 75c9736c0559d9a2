//! Names with apostrophes and rare letters: found and recognised however they are typed, also on an
//! installation where an earlier program has folded them.

use crate::tools::{entry, inscribe};
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_domain::clock::{Clock, SystemClock};
use vinculo_persistence::migrate;
use vinculo_tests::{Client, GUADALAJARA, SRE, TestApp, on_both};

const PAST: &str = "/v1/past-agreements";

fn partner(name: &str, country: &str) -> Value {
    let mut fields = TestApp::counterpart_json(name);
    fields["country"] = json!(country);
    fields
}

fn past(name: &str, country: &str) -> Value {
    json!({
        "action": "record_unreviewed", "compliance": "unknown", "kind": "twinning",
        "title": format!("Hermanamiento con {name}"),
        "counterparts": [{"fields": partner(name, country)}], "signed_on": "1998-10-20",
        "source": "Archivo", "reason": "Consta en el archivo.",
    })
}

async fn found(client: &Client, path: &str, q: &str) -> usize {
    let answer = client
        .get(&format!("{path}?limit=200&q={}", urlencoded(q)))
        .await
        .expect(200);
    answer.json()["items"].as_array().unwrap().len()
}

fn urlencoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// How each of three names may be typed.
const TYPED: [(&str, &[&str]); 3] = [
    (
        "L'Aquila",
        &["aquila", "l'aquila", "L’AQUILA", "laquila", "l aq"],
    ),
    ("Hawaiʻi", &["hawaii", "hawai'i", "Hawaiʻi", "HAWAI"]),
    ("Łódź", &["lodz", "łódź", "LODZ"]),
];

async fn all_found(app: &TestApp, lists: &[&str]) {
    for tenant in [GUADALAJARA, SRE] {
        let viewer = app.client(Role::Viewer, tenant).await;
        for (name, typed) in TYPED {
            for q in typed {
                for list in lists {
                    assert_eq!(
                        found(&viewer, list, q).await,
                        1,
                        "{tenant} {list} {name}: {q}"
                    );
                }
            }
        }
    }
}

// row: 003-07
// operations: list_agreements, list_counterparts, create_past_agreement
#[actix_web::test]
async fn names_are_found_and_recognised_however_they_are_typed() {
    on_both(|app: TestApp| async move {
        let ministry = app.client(Role::Liaison, SRE).await;
        for (name, country) in [("L'Aquila", "IT"), ("Hawaiʻi", "US"), ("Łódź", "PL")] {
            let mut body = past(name, country);
            body["government_id"] = json!(GUADALAJARA);
            ministry.post(PAST, &body).await.expect(201);
        }
        all_found(&app, &["/v1/agreements"]).await;
        let owner = app.officer(GUADALAJARA).await;
        for (name, country) in [
            ("L’Aquila", "IT"),
            ("LAquila", "IT"),
            ("L Aquila", "IT"),
            ("Hawaii", "US"),
            ("Hawai'i", "US"),
            ("LODZ", "PL"),
        ] {
            let again = owner.post(PAST, &past(name, country)).await;
            again.refused(409, "duplicate");
        }
        for (name, country) in [("L´Aquila", "IT"), ("Hawai`i", "US"), ("Lodz", "PL")] {
            let twin = owner
                .post("/v1/counterparts", &partner(name, country))
                .await;
            twin.refused(409, "duplicate");
        }
    })
    .await;
}

/// Puts everything into the form that the first version of folding gave it.
fn fold_as_before(app: &TestApp) {
    let words = [
        ("laquila", None),
        ("lodz", Some("lodz")),
        ("hawaii", Some("hawaiʻi")),
        ("hawai", None),
        ("i", None),
    ];
    let mut sql = String::from(
        "UPDATE counterparts SET sort_name = 'l aquila' WHERE sort_name = 'laquila'; \
         UPDATE counterparts SET sort_name = 'hawaiʻi' WHERE sort_name = 'hawaii'; \
         UPDATE agreements SET fingerprint = replace(replace(replace(fingerprint, '2|', '1|'), 'laquila', 'l aquila'), 'hawaii', 'hawaiʻi') WHERE fingerprint LIKE '2|%'; \
         DELETE FROM counters WHERE series = 'folds'; ",
    );
    for (now, before) in words {
        sql.push_str(&match before {
            Some(before) => {
                format!("UPDATE search_words SET word = '{before}' WHERE word = '{now}'; ")
            }
            None => {
                format!("DELETE FROM search_words WHERE word = '{now}' AND kind <> 'governments'; ")
            }
        });
    }
    app.scratch.execute(&sql);
    app.scratch.seal();
}

// row: 003-07
// operations: list_agreements, list_counterparts, list_registry
#[actix_web::test]
async fn what_an_earlier_program_folded_is_folded_anew_with_the_migrations() {
    on_both(|app: TestApp| async move {
        let owner = app.officer(GUADALAJARA).await;
        for (name, country) in [("L'Aquila", "IT"), ("Hawaiʻi", "US"), ("Łódź", "PL")] {
            owner.post(PAST, &past(name, country)).await.expect(201);
        }
        let title = json!({"title": "Acuerdo de la Casa d’Oaxaca"});
        let (_case, number) = inscribe(&app, GUADALAJARA, title).await;
        app.scratch
            .execute("DELETE FROM search_words WHERE word = 'doaxaca'");
        let before = words_of(&app);
        fold_as_before(&app);
        assert_eq!(found(&owner, "/v1/agreements", "hawaii").await, 0);
        assert_eq!(found(&owner, "/v1/counterparts", "l'aquila").await, 0);

        migrate(&app.scratch.migration_url, SystemClock.now()).unwrap();
        for (name, typed) in TYPED {
            for q in typed {
                for list in ["/v1/agreements", "/v1/counterparts"] {
                    assert_eq!(found(&owner, list, q).await, 1, "{list} {name}: {q}");
                }
            }
        }
        // Nobody finds more than before, and nothing is left of the old form.
        let after = words_of(&app);
        let lost: Vec<&String> = before.iter().filter(|word| !after.contains(word)).collect();
        assert!(lost.is_empty(), "{lost:?}");
        let added: Vec<&String> = after.iter().filter(|word| !before.contains(word)).collect();
        assert!(
            added.iter().all(|word| word.contains("doaxaca")),
            "{added:?}"
        );
        assert_eq!(found(&app.nobody(), "/v1/registry", "d'oaxaca").await, 1);
        app.nobody().get(&entry(&number)).await.expect(200);
        for (name, country) in [("L Aquila", "IT"), ("Hawaii", "US")] {
            let again = owner.post(PAST, &past(name, country)).await;
            again.refused(409, "duplicate");
        }
        let twin = owner
            .post("/v1/counterparts", &partner("LAquila", "IT"))
            .await;
        twin.refused(409, "duplicate");
        // Once more, it has nothing to do.
        migrate(&app.scratch.migration_url, SystemClock.now()).unwrap();
        assert_eq!(words_of(&app), after);
    })
    .await;
}

fn words_of(app: &TestApp) -> Vec<String> {
    let all = "SELECT viewer || ' ' || kind || ' ' || word || ' ' || subject_id AS x FROM search_words ORDER BY 1";
    app.scratch.texts(all)
}

// row: 003-07
// operations: update_counterpart
#[actix_web::test]
async fn two_that_become_alike_both_stay_and_can_be_changed() {
    on_both(|app: TestApp| async move {
        let owner = app.officer(GUADALAJARA).await;
        let made = owner
            .post("/v1/counterparts", &partner("Xian", "CN"))
            .await
            .expect(201);
        let other = owner
            .post("/v1/counterparts", &partner("Xi An", "CN"))
            .await
            .expect(201);
        // An earlier program had told these two apart.
        app.scratch.execute(&format!(
            "UPDATE counterparts SET name = 'Xi''an' WHERE id = '{}'; DELETE FROM counters WHERE series = 'folds'",
            other.id()
        ));
        app.scratch.seal();
        migrate(&app.scratch.migration_url, SystemClock.now()).unwrap();
        assert_eq!(found(&owner, "/v1/counterparts", "xian").await, 2);
        let path = format!("/v1/counterparts/{}", other.id());
        let read = owner.get(&path).await.expect(200);
        let ids = json!({"external_ids": [{"system": "siga", "value": "7"}]});
        owner.patch(&path, &read.etag(), &ids).await.expect(200);
        owner
            .get(&format!("/v1/counterparts/{}", made.id()))
            .await
            .expect(200);
    })
    .await;
}
