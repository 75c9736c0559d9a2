//! The standing of inscribed agreements by date: lists and records agree.

use crate::tools::{entry, inscribe, on_both_at_noon};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use vinculo_domain::clock::FixedClock;
use vinculo_tests::{GUADALAJARA, GUANAJUATO, TestApp};

const ALL: [&str; 8] = [
    "unknown",
    "not_yet_in_force",
    "in_force",
    "suspended",
    "dormant",
    "expired",
    "terminated",
    "superseded",
];

/// Every line found under a standing, read in pages of two.
async fn found(app: &TestApp, standing: &str) -> Vec<String> {
    let (mut numbers, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/v1/registry?standing={standing}&limit=2{cursor}");
        let page = app.nobody().get(&path).await.expect(200).json();
        for item in page["items"].as_array().unwrap() {
            assert_eq!(item["standing"], standing, "{item}");
            numbers.push(item["number"].as_str().unwrap().to_owned());
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return numbers,
        }
    }
}

async fn standing_of(app: &TestApp, number: &str, query: &str) -> Value {
    let record = app.nobody().get(&format!("{}{query}", entry(number))).await;
    record.expect(200).json()["standing"].clone()
}

/// Sets the clock to noon of a day in Mexico City.
fn to(clock: &FixedClock, day: &str) {
    let noon: DateTime<Utc> = format!("{day}T18:00:00Z").parse().unwrap();
    clock.set(noon);
}

// row: 002-10, 003-05
// operations: list_registry, get_inscription
#[actix_web::test]
async fn a_list_by_standing_is_what_the_records_say_on_every_day() {
    on_both_at_noon(|app, clock| async move {
        let validities = [
            json!({"term": "indefinite"}),
            json!({"term": "fixed", "ends_on": "2028-02-29"}),
            json!({"term": "fixed", "ends_on": "2028", "renewal": "by_agreement"}),
            json!({"term": "fixed", "ends_on": "2027-06-30", "renewal": "automatic"}),
            json!({"term": "fixed", "ends_on": "2029-01-31", "enters_into_force_on": "2027-03"}),
        ];
        let mut numbers = Vec::new();
        for (at, validity) in validities.into_iter().enumerate() {
            let lead = [GUADALAJARA, GUANAJUATO][at % 2];
            numbers.push(inscribe(&app, lead, json!({"validity": validity})).await.1);
        }
        let mut seen = std::collections::BTreeSet::new();
        let mut days = vec![("2026-11-20", None)];
        days.extend([
            ("2027-02-28", Some("not_yet_in_force")),
            ("2027-03-15", Some("unknown")),
            ("2027-03-31", Some("in_force")),
            ("2028-02-29", Some("in_force")),
            ("2028-03-01", Some("in_force")),
            ("2028-12-31", Some("in_force")),
            ("2029-01-01", Some("in_force")),
            ("2029-01-31", Some("in_force")),
            ("2029-02-01", Some("expired")),
        ]);
        for (day, last) in days {
            to(&clock, day);
            let mut told = Vec::new();
            for number in &numbers {
                let today = standing_of(&app, number, "").await;
                assert_eq!(
                    (&today["on"], &today["cancelled"]),
                    (&json!(day), &json!(false))
                );
                assert_eq!(
                    today,
                    standing_of(&app, number, &format!("?on={day}")).await
                );
                told.push(today["standing"].as_str().unwrap().to_owned());
            }
            if let Some(last) = last {
                assert_eq!(told[4], last, "{day}");
            }
            for standing in ALL {
                let mut expected: Vec<_> = numbers
                    .iter()
                    .zip(&told)
                    .filter(|(_, told)| *told == standing)
                    .map(|(number, _)| number.clone())
                    .collect();
                expected.sort_by(|a, b| b.cmp(a));
                assert_eq!(found(&app, standing).await, expected, "{standing} on {day}");
            }
            seen.extend(told);
        }
        let seen: Vec<&str> = seen.iter().map(String::as_str).collect();
        assert_eq!(seen, ["expired", "in_force", "not_yet_in_force", "unknown"]);
        to(&clock, "2028-03-01");
        let told = standing_of(&app, &numbers[1], "").await;
        assert_eq!(
            (&told["standing"], &told["last_day"]),
            (&json!("expired"), &Value::Null)
        );
        let told = standing_of(&app, &numbers[1], "?on=2028-02-29").await;
        assert_eq!(
            (&told["standing"], &told["last_day"]),
            (&json!("in_force"), &json!("2028-02-29"))
        );
        assert_eq!(
            standing_of(&app, &numbers[3], "").await["last_day"],
            Value::Null
        );
    })
    .await;
}

// row: 002-10, 003-05
// operations: get_inscription, list_registry
#[actix_web::test]
async fn a_day_and_a_standing_are_spelt_as_the_document_says() {
    on_both_at_noon(|app, _clock| async move {
        let (_case, number) = inscribe(&app, GUADALAJARA, json!({})).await;
        for wrong in ["2026", "2026-02-30", "hoy", "2026-1-1", ""] {
            let path = format!("{}?on={wrong}", entry(&number));
            app.nobody()
                .get(&path)
                .await
                .refused(400, "invalid_parameter");
        }
        app.nobody()
            .get("/v1/registry?standing=alive")
            .await
            .refused(400, "invalid_parameter");
        let basis = app
            .nobody()
            .get("/v1/catalogs/legal-bases")
            .await
            .expect(200)
            .json();
        let versions: Vec<&str> = basis["entries"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|entry| entry["attributes"]["key"] == "LCT")
            .map(|entry| entry["attributes"]["version"].as_str().unwrap())
            .collect();
        assert_eq!(versions, ["1992-01-02", "2021-05-20", "2025-11-14"]);
    })
    .await;
}
