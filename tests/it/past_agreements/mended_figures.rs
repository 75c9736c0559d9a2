//! What is corrected or withdrawn counts otherwise from today on, for everybody who counted it; figures
//! of earlier days stay the same to the byte.

use super::{PATH, correct, record, reported, with, withdraw};
use crate::tools::{noon, on_both_at_noon};
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_tests::{Client, GUADALAJARA, JALISCO, SRE, TestApp};

const FAMILIES: [&str; 6] = [
    "stock?by=country",
    "stock?by=stage,kind",
    "flow?by=event,year",
    "gaps?by=gap",
    "life?by=ending",
    "time?by=stage",
];

/// The figures of a day, as they are sent.
async fn figures(client: &Client, day: &str) -> Vec<String> {
    let mut found = Vec::new();
    for family in FAMILIES {
        let path = format!("/v1/statistics/mine/{family}&as_of={day}");
        found.push(client.get(&path).await.expect(200).text());
    }
    found
}

/// How many agreements the caller counts with a country, on a day.
async fn with_country(client: &Client, country: &str, day: &str) -> Value {
    let path = format!("/v1/statistics/mine/stock?by=country&as_of={day}");
    let answer = client.get(&path).await.expect(200).json();
    let mut rows = answer["rows"].as_array().unwrap().iter();
    let row = rows.find(|row| row["keys"]["country"] == country);
    row.map_or(json!(0), |row| row["count"].clone())
}

fn with_lyon(body: Value) -> Value {
    let lyon =
        json!({"kind": "foreign_government", "level": "local", "name": "Lyon", "country": "FR"});
    with(body, "counterparts", json!([{"fields": lyon}]))
}

/// The owner, the ministry and the state, with tokens of this day.
async fn signed_in(app: &TestApp) -> [Client; 3] {
    [
        app.officer(GUADALAJARA).await,
        app.client(Role::Liaison, SRE).await,
        app.client(Role::Liaison, JALISCO).await,
    ]
}

// row: 003-07, 003-11
// operations: create_agreement_correction, create_agreement_withdrawal, get_own_stock_statistics
#[actix_web::test]
async fn figures_follow_from_today_and_earlier_days_stay() {
    on_both_at_noon(|app, clock| async move {
        let [owner, ministry, liaison] = signed_in(&app).await;
        let body = with(record(), "government_id", json!(GUADALAJARA));
        let recorded = ministry.post(PATH, &body).await.expect(201).id();
        let other = with_lyon(record());
        let wrong = owner.post(PATH, &other).await.expect(201).id();
        let dated = with(super::report(), "signed_on", json!("1990"));
        let report = liaison.post(PATH, &dated).await.expect(201).id();
        let confirm = json!({"action": "confirm"});
        owner.transition(&report, &confirm).await.expect(200);
        noon(&clock, "2026-11-21");
        let [owner, ministry, liaison] = signed_in(&app).await;
        let readers = [&owner, &ministry, &liaison];
        let mut before = Vec::new();
        for reader in readers {
            before.push(figures(reader, "2026-11-20").await);
        }
        // The next day one is corrected, one withdrawn, and so is what a state reported.
        let corrected = with_lyon(json!({"reason": "Era con Lyon.", "signed_on": "1997"}));
        correct(&owner, &recorded, corrected).await.expect(200);
        withdraw(&owner, &wrong).await.expect(200);
        withdraw(&owner, &report).await.expect(200);
        for (reader, wanted) in readers.iter().zip(&before) {
            assert_eq!(&figures(reader, "2026-11-20").await, wanted);
        }
        for (reader, japan, france) in [(&owner, 0, 1), (&ministry, 0, 1), (&liaison, 0, 0)] {
            let today = "2026-11-21";
            assert_eq!(with_country(reader, "JP", today).await, json!(japan));
            assert_eq!(with_country(reader, "FR", today).await, json!(france));
            // Nothing counts in a stage that it left, or as withdrawn.
            let stages = "/v1/statistics/mine/stock?by=stage";
            let rows = reader.get(stages).await.expect(200).json()["rows"].clone();
            let text = rows.to_string();
            assert!(!text.contains("withdrawn"), "{text}");
        }
        noon(&clock, "2026-11-22");
        let [owner, ministry, liaison] = signed_in(&app).await;
        for (reader, wanted) in [&owner, &ministry, &liaison].iter().zip(&before) {
            assert_eq!(&figures(reader, "2026-11-20").await, wanted);
        }
        // A withdrawn record counts nowhere again, whatever happens to what it names.
        rename(&owner, &wrong).await;
        assert_eq!(with_country(&owner, "FR", "2026-11-22").await, json!(1));
        reported(&liaison).await.expect(201);
    })
    .await;
}

/// Renames the counterpart of a record.
async fn rename(owner: &Client, case: &str) {
    let view = owner.get(&crate::tools::one(case)).await.expect(200).json();
    let path = format!(
        "/v1/counterparts/{}",
        view["counterparts"][0]["id"].as_str().unwrap()
    );
    let etag = owner.get(&path).await.etag();
    let name = json!({"name": "Ciudad de Lyon"});
    owner.patch(&path, &etag, &name).await.expect(200);
}
