//! The institutionalisation score: what earns points, what does not, how a government compares, and by
//! which method.

mod earlier;
mod methods;
mod seeds;
mod statements;
mod unseen;

pub use self::seeds::{Seed, institution, made};

use crate::tools::{noon, on_both_at_noon, points_at};
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{
    Client, GUADALAJARA, GUANAJUATO, IRAPUATO, JALISCO, SRE, TestApp, ZAPOPAN, on_both,
};

const SCORE: &str = "/v1/governments/14039/score";

async fn read(client: &Client, path: &str) -> Value {
    client.get(path).await.expect(200).json()
}

/// The items of a score that are met.
fn met(score: &Value) -> Vec<String> {
    let dimensions = score["dimensions"].as_array().unwrap().iter();
    let items = dimensions.flat_map(|one| one["items"].as_array().unwrap());
    let met = items.filter(|item| item["met"] == true);
    met.map(|item| item["item"].as_str().unwrap().to_owned())
        .collect()
}

/// What records alone earn.
const OF_RECORDS: [&str; 15] = [
    "office",
    "instrument",
    "legal_personality",
    "budget_of_year",
    "budget_spent",
    "direct_link",
    "committee",
    "committee_rules",
    "session",
    "membership",
    "term_on_file",
    "office_outlived",
    "committee_outlived",
    "membership_outlived",
    "published_minutes",
];

// row: 000-33, 002-67
// operations: get_score
#[actix_web::test]
async fn what_anybody_may_read_earns_points_and_the_rest_are_gaps() {
    on_both_at_noon(|app, _clock| async move {
        let officer = app.officer(GUADALAJARA).await;
        let before = read(&officer, SCORE).await;
        assert_eq!(
            (&before["score"], &before["level"]),
            (&json!(0.0), &json!("none"))
        );
        let gaps = before["gaps"].as_array().unwrap();
        let added: f64 = gaps
            .iter()
            .map(|gap| gap["would_add"].as_f64().unwrap())
            .sum();
        assert_eq!((gaps.len(), added), (20, 100.0));
        assert_eq!(
            gaps[0]["what"],
            "Publique la oficina de asuntos internacionales y regístrela abierta."
        );

        institution(&app, GUADALAJARA, &Seed::default()).await;
        let score = read(&officer, SCORE).await;
        assert_eq!(met(&score), OF_RECORDS);
        // 20 + 15 + 10 + 15 of whole dimensions, 40 % of 10, 10, and 50 % of 5.
        assert_eq!(
            (&score["score"], &score["level"]),
            (&json!(76.5), &json!("very_high"))
        );
        assert_eq!(score["as_of"], "2026-11-20");
        assert_eq!(score["method"]["version"], 1);
        let office = &score["dimensions"][0]["items"][0];
        let evidence = &office["evidence"][0];
        assert_eq!(
            (&evidence["since"], &office["count"]),
            (&json!("2015-03-01"), &json!(1))
        );
        // Anybody finds the evidence at its address.
        let href = evidence["href"].as_str().unwrap();
        let seen = read(&app.client(Role::Viewer, GUANAJUATO).await, href).await;
        assert_eq!(seen["title"], evidence["title"]);

        // One agreement of the registry, with the day of signature.
        app.case_in(GUADALAJARA, Stage::Registered).await;
        let more = read(&officer, SCORE).await;
        let earned = met(&more);
        assert!(
            earned.contains(&"registered_agreement".to_owned()),
            "{earned:?}"
        );
        assert!(!earned.contains(&"several_agreements".to_owned()));
        let registry = &more["dimensions"][4]["items"][0]["evidence"][0];
        assert!(
            registry["href"]
                .as_str()
                .unwrap()
                .starts_with("/v1/registry/2026-"),
            "{registry}"
        );
        assert!(more["score"].as_f64().unwrap() > score["score"].as_f64().unwrap());

        // Whoever asks reads the same number, in either language.
        for (role, tenant) in [
            (Role::Admin, SRE),
            (Role::Viewer, JALISCO),
            (Role::Officer, ZAPOPAN),
            (Role::CommitteeMember, IRAPUATO),
            (Role::StatisticsReader, GUADALAJARA),
            (Role::Viewer, "obs-senado"),
        ] {
            assert_eq!(
                read(&app.client(role, tenant).await, SCORE).await,
                more,
                "{tenant}"
            );
        }
        app.nobody()
            .get(SCORE)
            .await
            .refused(401, "unauthenticated");
    })
    .await;
}

// row: 002-67
// operations: get_score
#[actix_web::test]
async fn a_government_is_compared_with_all_of_its_order() {
    on_both_at_noon(|app, _clock| async move {
        let reader = app.client(Role::Viewer, ZAPOPAN).await;
        institution(&app, GUADALAJARA, &Seed::default()).await;
        app.case_in(GUADALAJARA, Stage::Registered).await;
        let office_alone = Seed { office_alone: true };
        institution(&app, ZAPOPAN, &office_alone).await;
        let first = read(&reader, SCORE).await;
        let own = read(&reader, "/v1/governments/14120/score").await;
        // The comparison counts by the index what the score counts by evidence.
        for (place, count) in [("state", 125), ("country", 2478)] {
            let (of_first, of_own) = (&first["comparison"][place], &own["comparison"][place]);
            assert_eq!(of_first["governments"], count);
            assert_eq!(
                (&of_first["position"], &of_own["position"]),
                (&json!(1), &json!(2))
            );
            assert_eq!(of_own["highest"], first["score"]);
            assert_eq!(of_own["median"], 0.0);
        }
        let foreign = read(&reader, "/v1/governments/11017/score").await;
        assert_eq!(foreign["comparison"]["country"]["position"], 3);
        assert_eq!(foreign["comparison"]["state"]["position"], 1);
        assert_eq!(foreign["comparison"]["state"]["governments"], 46);
        assert_eq!(foreign["comparison"]["country"]["highest"], first["score"]);
        // A state is compared with states; its municipalities earn it nothing.
        let state = read(&reader, "/v1/governments/14/score").await;
        assert_eq!(
            (&state["score"], &state["state_id"]),
            (&json!(0.0), &Value::Null)
        );
        assert_eq!(state["comparison"]["state"], Value::Null);
        assert_eq!(state["comparison"]["country"]["governments"], 32);
        app.case_in(JALISCO, Stage::Registered).await;
        let state = read(&reader, "/v1/governments/14/score").await;
        assert!(met(&state).contains(&"registered_agreement".to_owned()));
        assert_eq!(state["comparison"]["country"]["highest"], state["score"]);
        assert_eq!(read(&reader, SCORE).await, first);
    })
    .await;
}

// row: 000-33
// operations: get_score
#[actix_web::test]
async fn past_years_are_scored_by_the_dates_of_the_evidence() {
    on_both_at_noon(|app, clock| async move {
        let reader = app.client(Role::Viewer, SRE).await;
        institution(&app, GUADALAJARA, &Seed::default()).await;
        let now = read(&reader, SCORE).await;
        let history = now["history"].as_array().unwrap();
        let years: Vec<i64> = history
            .iter()
            .map(|one| one["year"].as_i64().unwrap())
            .collect();
        assert_eq!(years, (2016..=2025).collect::<Vec<_>>());
        for one in history {
            let past = read(&reader, &format!("{SCORE}?year={}", one["year"])).await;
            assert_eq!(
                (&past["score"], &past["level"]),
                (&one["score"], &one["level"])
            );
            assert_eq!(
                (&past["comparison"], &past["history"]),
                (&Value::Null, &now["history"])
            );
        }
        let past = read(&reader, &format!("{SCORE}?year=2018")).await;
        assert_eq!(past["as_of"], "2018-12-31");
        // The office is of 2015, the membership of 2010; no term of then is on file.
        let of_2018 = [
            "office",
            "instrument",
            "legal_personality",
            "direct_link",
            "membership",
        ];
        assert_eq!(met(&past), of_2018);
        let past = read(&reader, &format!("{SCORE}?year=2014")).await;
        assert_eq!(met(&past), ["membership"]);
        let past = read(&reader, &format!("{SCORE}?year=2025")).await;
        assert!(met(&past).contains(&"office_outlived".to_owned()));
        assert!(!met(&past).contains(&"session".to_owned()));

        // When the year is over, what was of the year counts for it.
        noon(&clock, "2027-01-10");
        let reader = app.client(Role::Viewer, SRE).await;
        let over = read(&reader, &format!("{SCORE}?year=2026")).await;
        assert_eq!(met(&over), OF_RECORDS);
        let new = met(&read(&reader, SCORE).await);
        assert!(!new.contains(&"budget_of_year".to_owned()) && new.contains(&"session".to_owned()));
        reader
            .get(&format!("{SCORE}?year=2027"))
            .await
            .refused(422, "validation_failed");
    })
    .await;
}
