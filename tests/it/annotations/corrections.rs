//! Corrections of inscribed data: afterwards it is as if the error had never been made.

use super::{annotate, figures, found, registrar};
use crate::tools::{entry, inscribe, on_both_at_noon, points_at};
use serde_json::{Value, json};
use vinculo_api::fixtures::pdf;
use vinculo_tests::{GUADALAJARA, TestApp};

/// A field with a wrong value, its place in the record, and what the correction changes.
struct Case {
    /// The correction without the old value; that is read from the record.
    field: Value,
    place: &'static str,
    /// Figures that the correction changes, before and after.
    figures: Vec<(&'static str, Value, Value)>,
    lists: Vec<(&'static str, usize)>,
    /// The standing on given days, afterwards.
    standings: Vec<(&'static str, &'static str)>,
}

fn cases() -> Vec<Case> {
    let local = json!({"local": 1});
    vec![
        Case {
            field: json!({"field": "sdg_targets", "new": ["13.2"]}),
            place: "/sdg_targets",
            figures: vec![(
                "stock?by=sdg_goal",
                json!({"11": 1, "17": 1}),
                json!({"13": 1}),
            )],
            lists: vec![
                ("sdg=13", 1),
                ("sdg=13.2", 1),
                ("sdg=11", 0),
                ("sdg=11.4", 0),
            ],
            standings: vec![("2026-11-20", "in_force")],
        },
        Case {
            field: json!({"field": "counterpart_name", "position": 0, "new": "Ciudad de Nara"}),
            place: "/counterparts/0/name",
            figures: vec![("stock?by=counterpart_level", local.clone(), local.clone())],
            lists: vec![("q=nara", 1)],
            standings: vec![("2026-11-20", "in_force")],
        },
        Case {
            field: json!({"field": "counterpart_level", "position": 0, "new": "metropolitan"}),
            place: "/counterparts/0/level",
            figures: vec![(
                "stock?by=counterpart_level",
                local,
                json!({"metropolitan": 1}),
            )],
            lists: vec![],
            standings: vec![("2026-11-20", "in_force")],
        },
        // With only a month, the day on which it takes effect is unknown.
        Case {
            field: json!({"field": "signed_on", "new": "2025-03"}),
            place: "/signed_on",
            figures: vec![
                ("stock?by=year", json!({"2026": 1}), json!({"2025": 1})),
                (
                    "stock?by=standing",
                    json!({"in_force": 1}),
                    json!({"in_force": 1}),
                ),
            ],
            lists: vec![("signed_to=2025-12-31", 1), ("signed_from=2026", 0)],
            standings: vec![
                ("2025-02-28", "not_yet_in_force"),
                ("2025-03-15", "unknown"),
                ("2025-03-31", "in_force"),
            ],
        },
        Case {
            field: json!({"field": "signed_on", "new": null}),
            place: "/signed_on",
            figures: vec![
                ("stock?by=year", json!({"2025": 1}), json!({"unknown": 1})),
                (
                    "stock?by=standing",
                    json!({"in_force": 1}),
                    json!({"unknown": 1}),
                ),
            ],
            lists: vec![("standing=unknown", 1), ("signed_to=2026", 0)],
            standings: vec![("2026-11-20", "unknown")],
        },
        Case {
            field: json!({"field": "validity", "new": {"enters_into_force_on": "2026-01-01",
                "ends_on": "2027-03-31", "term": "fixed", "renewal": "by_agreement"}}),
            place: "/validity",
            figures: vec![
                (
                    "stock?by=standing",
                    json!({"unknown": 1}),
                    json!({"in_force": 1}),
                ),
                (
                    "life?by=ending",
                    json!({"none": 1}),
                    json!({"within_6_months": 1}),
                ),
                (
                    "life?by=renewal",
                    json!({"none": 1}),
                    json!({"by_agreement": 1}),
                ),
            ],
            lists: vec![("standing=in_force", 1)],
            standings: vec![
                ("2025-12-31", "not_yet_in_force"),
                ("2027-03-31", "in_force"),
                ("2027-04-01", "expired"),
            ],
        },
        // It expired before today: a correction has no date, it applies from the beginning.
        Case {
            field: json!({"field": "validity", "new": {"enters_into_force_on": "2026-01-01",
                "ends_on": "2026-10", "term": "fixed", "renewal": "none"}}),
            place: "/validity",
            figures: vec![
                (
                    "stock?by=standing",
                    json!({"in_force": 1}),
                    json!({"expired": 1}),
                ),
                (
                    "life?by=ending",
                    json!({"within_6_months": 1}),
                    json!({"ended": 1}),
                ),
                (
                    "life?by=renewal",
                    json!({"by_agreement": 1}),
                    json!({"none": 1}),
                ),
            ],
            lists: vec![("standing=expired", 1), ("standing=in_force", 0)],
            standings: vec![("2026-09-30", "in_force"), ("2026-11-01", "expired")],
        },
        Case {
            field: json!({"field": "validity", "new": null}),
            place: "/validity",
            figures: vec![
                (
                    "stock?by=standing",
                    json!({"expired": 1}),
                    json!({"unknown": 1}),
                ),
                ("life?by=ending", json!({"ended": 1}), json!({"unknown": 1})),
                ("life?by=renewal", json!({"none": 1}), json!({"unknown": 1})),
            ],
            lists: vec![("standing=unknown", 1)],
            standings: vec![("2026-11-20", "unknown")],
        },
    ]
}

async fn record(app: &TestApp, number: &str, query: &str) -> Value {
    let path = format!("{}{query}", entry(number));
    app.nobody().get(&path).await.expect(200).json()
}

async fn standing_on(app: &TestApp, number: &str, on: &str) -> Value {
    record(app, number, &format!("?on={on}")).await["standing"]["standing"].clone()
}

// row: 002-10, 003-05
// operations: create_annotation, get_inscription, list_registry, get_stock_statistics, get_life_statistics
#[actix_web::test]
async fn each_correction_shows_in_the_consolidated_form_and_in_what_follows() {
    on_both_at_noon(|app, _clock| async move {
        let (_case, number) = inscribe(&app, GUADALAJARA, json!({})).await;
        let registrar = registrar(&app).await;
        let inscribed = record(&app, &number, "").await;
        for (at, case) in cases().into_iter().enumerate() {
            let what = &case.field;
            let old = record(&app, &number, "").await["consolidated"]
                .pointer(case.place)
                .unwrap()
                .clone();
            for (query, before, _) in &case.figures {
                assert_eq!(figures(&app, query).await, *before, "{query} before {what}");
            }
            let mut field = what.clone();
            field["old"] = old;
            let body = json!({"effective_on": "2026-11-20", "ground": "Error de captura.",
                "changes": {"kind": "correction", "fields": [field]}});
            let made = annotate(&registrar, &number, &body)
                .await
                .expect(201)
                .json();
            assert_eq!(
                (&made["ordinal"], &made["changes"]),
                (&json!(at + 1), &body["changes"])
            );

            let now = record(&app, &number, "").await;
            assert_eq!(
                now["consolidated"].pointer(case.place).unwrap(),
                &what["new"],
                "{what}"
            );
            for (name, value) in inscribed.as_object().unwrap() {
                if !["annotations", "consolidated", "standing", "updated_at"]
                    .contains(&name.as_str())
                {
                    assert_eq!(&now[name], value, "{name} after {what}");
                }
            }
            for (query, _, after) in &case.figures {
                assert_eq!(figures(&app, query).await, *after, "{query} after {what}");
            }
            for (query, hits) in case.lists {
                assert_eq!(found(&app, query).await.len(), hits, "{query} after {what}");
            }
            for (on, standing) in case.standings {
                assert_eq!(
                    standing_on(&app, &number, on).await,
                    standing,
                    "{on} after {what}"
                );
            }
            // The old value of the first correction is no longer the current value.
            let again = annotate(&registrar, &number, &body)
                .await
                .refused(422, "validation_failed");
            points_at(&again, "/changes/fields/0/old", "differs");
        }
        let relations = app
            .nobody()
            .get(&format!("/v1/governments/{GUADALAJARA}/relations"))
            .await
            .json();
        let abroad = &relations["items"][1];
        assert_eq!(
            (&abroad["name"], &abroad["level"]),
            (&json!("Ciudad de Nara"), &json!("metropolitan"))
        );
        assert_eq!(abroad["first_signed_on"], Value::Null);
    })
    .await;
}

// row: 002-10
// operations: create_annotation, get_inscription, get_life_statistics
#[actix_web::test]
async fn a_validity_that_was_agreed_later_is_the_one_that_is_corrected() {
    on_both_at_noon(|app, _clock| async move {
        let fixed = |last: &str, renewal: &str| json!({"enters_into_force_on": null, "ends_on": last, "term": "fixed", "renewal": renewal});
        let signed = fixed("2026-12-31", "by_agreement");
        let (case, number) = inscribe(&app, GUADALAJARA, json!({"validity": signed})).await;
        let registrar = registrar(&app).await;
        let paper = registrar.attach(&case, "annotation_instrument", None, &pdf("prórroga")).await.expect(201).id();
        let renewal = json!({"effective_on": "2026-11-20", "document_id": paper,
            "changes": {"kind": "renewal", "ends_on": "2027-12-31", "renewal": "automatic"}});
        annotate(&registrar, &number, &renewal).await.expect(201);
        assert_eq!(figures(&app, "life?by=renewal").await, json!({"automatic": 1}));
        assert_eq!(standing_on(&app, &number, "2028-06-01").await, "in_force");
        let (wrong, right) = (fixed("2027-12-31", "automatic"), fixed("2028-12-31", "none"));
        for (old, new, renewal, ending, standing) in [
            (wrong, right.clone(), "none", "later", "in_force"),
            // The validity is now unknown: the one first signed does not come back.
            (right, Value::Null, "unknown", "unknown", "unknown"),
            (Value::Null, fixed("2027-05-31", "by_agreement"), "by_agreement", "within_12_months", "expired"),
        ] {
            let body = json!({"effective_on": "2026-11-20", "ground": "Error de captura.", "changes":
                {"kind": "correction", "fields": [{"field": "validity", "old": old, "new": new}]}});
            annotate(&registrar, &number, &body).await.expect(201);
            let now = record(&app, &number, "?on=2028-06-01").await;
            assert_eq!((&now["consolidated"]["validity"], &now["validity"]), (&new, &signed));
            assert_eq!(now["standing"]["standing"], standing, "{new}");
            assert_eq!(figures(&app, "life?by=renewal").await, json!({renewal: 1}), "{new}");
            assert_eq!(figures(&app, "life?by=ending").await, json!({ending: 1}), "{new}");
        }
    })
    .await;
}
