//! What a question may ask for besides: all of the rows, no drafts, several values of a filter, and
//! a table that spreadsheets open.

use crate::imports::{FILE, bring};
use crate::tools::points_at;
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{Client, GUADALAJARA, JALISCO, SRE, TestApp, ZAPOPAN, on_both};

/// What is counted, without what the answer repeats of the question.
async fn figures(client: &Client, query: &str) -> Value {
    let path = format!("/v1/statistics/{query}");
    let mut answer = client.get(&path).await.expect(200).json();
    answer.as_object_mut().unwrap().remove("filter").unwrap();
    answer
}

async fn total(client: &Client, query: &str) -> i64 {
    let answer = figures(client, query).await;
    answer["total"].as_i64().unwrap()
}

fn sum(rows: &[Value]) -> i64 {
    rows.iter().map(|row| row["count"].as_i64().unwrap()).sum()
}

// row: 003-11
// operations: get_own_stock_statistics, get_own_stock_statistics_csv, get_own_gap_statistics, get_own_gap_statistics_csv
// operations: get_own_life_statistics, get_own_life_statistics_csv, get_own_concentration_statistics
#[actix_web::test]
async fn the_others_are_opened() {
    on_both(|app: TestApp| async move {
        bring(&app.app, FILE, false).await;
        let sre = app.client(Role::Viewer, SRE).await;
        for (family, by) in [
            ("stock", "country"),
            ("stock", "state"),
            ("stock", "state,country"),
            ("gaps", "gap,state"),
            ("life", "ending,state"),
        ] {
            let whole = figures(&sre, &format!("mine/{family}?by={by}&rows=10000")).await;
            let rows = whole["rows"].as_array().unwrap();
            assert!(rows.len() > 3, "{by}");
            assert!(!whole.to_string().contains("\"others\""), "{by}");
            // Fewer than 200, so they are all there without asking.
            assert_eq!(
                figures(&sre, &format!("mine/{family}?by={by}")).await,
                whole
            );
            for most in 1..rows.len() {
                let query = format!("mine/{family}?by={by}&rows={most}");
                let some = figures(&sre, &query).await;
                let named = some["rows"].as_array().unwrap();
                assert_eq!(named.len(), most + 1, "{query}");
                assert_eq!(named[most]["keys"][by.split(',').next().unwrap()], "others");
                assert_eq!(named[most]["count"], sum(&rows[most..]), "{query}");
                assert_eq!(
                    (&some["total"], &some["counted"]),
                    (&whole["total"], &whole["counted"])
                );
                for (one, same) in named[..most].iter().zip(rows) {
                    assert_eq!(
                        (&one["keys"], &one["count"]),
                        (&same["keys"], &same["count"])
                    );
                }
                let path = format!("/v1/statistics/{}", query.replace('?', ".csv?"));
                let table = sre.get(&path).await.expect(200).text();
                // The head, the rows and their total.
                assert_eq!(table.lines().count(), most + 3, "{query}");
            }
            let all = format!("mine/{family}?by={by}&rows={}", rows.len());
            assert_eq!(figures(&sre, &all).await, whole);
        }
        // How many rows there are is not a filter.
        let path = "/v1/statistics/mine/stock?rows=5&kind=twinning";
        let told = sre.get(path).await.expect(200).json()["filter"].clone();
        assert_eq!(told, json!({"kind": "twinning"}));

        let ranked = figures(&sre, "mine/concentration?by=territory&top=1").await;
        let keys = |answer: &Value| -> Vec<Value> {
            let rows = answer["rows"].as_array().unwrap().iter();
            rows.map(|row| row["keys"]["state"].clone()).collect()
        };
        assert_eq!(keys(&ranked).pop(), Some(json!("others")));
        let all = figures(&sre, "mine/concentration?by=territory&top=3000").await;
        assert!(!keys(&all).contains(&json!("others")), "{all}");
        assert_eq!(
            sum(all["rows"].as_array().unwrap()),
            all["counted"].as_i64().unwrap()
        );
        assert_eq!(keys(&all)[0], keys(&ranked)[0]);
    })
    .await;
}

/// Every stage but the draft.
const SENT: &str = "state_review,returned,federal_intake,legal_review,observed,opinion_favorable,\
    opinion_unfavorable,signed,pending_registration,registered,withdrawn,out_of_scope,reported,abandoned";

// row: 003-11, 004-02
// operations: get_own_stock_statistics, get_own_flow_statistics, get_own_time_statistics
// operations: get_own_gap_statistics, get_own_life_statistics, get_own_coverage_statistics, get_own_concentration_statistics
#[actix_web::test]
async fn drafts_are_left_out_of_every_family() {
    on_both(|app: TestApp| async move {
        for stage in [
            Stage::Draft,
            Stage::Draft,
            Stage::StateReview,
            Stage::Signed,
        ] {
            app.case_in(GUADALAJARA, stage).await;
        }
        app.case_in(GUADALAJARA, Stage::Registered).await;
        let officer = app.officer(GUADALAJARA).await;
        assert_eq!(total(&officer, "mine/stock").await, 5);
        assert_eq!(total(&officer, "mine/stock?drafts=true").await, 5);
        assert_eq!(total(&officer, "mine/stock?drafts=false").await, 3);
        assert_eq!(
            total(&officer, "mine/stock?drafts=false&stage=draft").await,
            0
        );
        assert_eq!(
            total(&officer, "mine/stock?drafts=false&stage=draft,signed").await,
            1
        );
        let stages = figures(&officer, "mine/stock?by=stage&drafts=false").await;
        assert!(!stages.to_string().contains("\"draft\""), "{stages}");
        for query in [
            "stock?by=kind",
            "stock?by=state&count_by=participations",
            "stock?by=theme",
            "flow?by=event",
            "time?by=stage",
            "gaps?by=gap",
            "life?by=renewal",
            "coverage?by=coverage",
            "concentration?top=3",
        ] {
            let ask = async |more: &str| figures(&officer, &format!("mine/{query}{more}")).await;
            let without = ask("&drafts=false").await;
            assert_eq!(without, ask(&format!("&stage={SENT}")).await, "{query}");
            assert_eq!(ask("&drafts=true").await, ask("").await, "{query}");
        }
        // The answer says that it was asked so.
        let path = "/v1/statistics/mine/stock?drafts=false";
        let told = officer.get(path).await.expect(200).json()["filter"].clone();
        assert_eq!(told, json!({"drafts": "false"}));
    })
    .await;
}

// row: 003-11
// operations: get_own_stock_statistics, get_own_flow_statistics, get_own_coverage_statistics
#[actix_web::test]
async fn a_filter_takes_several_values() {
    on_both(|app: TestApp| async move {
        bring(&app.app, FILE, false).await;
        app.case_in(GUADALAJARA, Stage::LegalReview).await;
        app.case_in(ZAPOPAN, Stage::Registered).await;
        let sre = app.client(Role::Viewer, SRE).await;
        let counts = figures(&sre, "mine/stock?by=state").await;
        let rows = counts["rows"].as_array().unwrap();
        let state = |at: usize| rows[at]["keys"]["state"].as_str().unwrap().to_owned();
        let (first, second) = (state(0), state(1));
        for (filter, one, other) in [
            ("state", first.as_str(), second.as_str()),
            ("municipality", GUADALAJARA, ZAPOPAN),
            ("tier", "state", "municipality"),
            ("kind", "twinning", "domestic"),
            ("country", "MX", "JP"),
            ("stage", "legal_review", "signed"),
            ("compliance", "unknown", "in_process"),
            ("sdg_goal", "11", "4"),
            ("theme", "culture", "trade"),
            ("standing", "in_force", "unknown"),
        ] {
            for family in ["stock", "gaps", "flow"] {
                let of = async |values: &str| {
                    total(&sre, &format!("mine/{family}?{filter}={values}")).await
                };
                let (left, right) = (of(one).await, of(other).await);
                let both = of(&format!("{one},{other}")).await;
                assert_eq!(both, left + right, "{family} {filter}");
                assert_eq!(of(&format!("{one},{one}")).await, left, "{family} {filter}");
            }
        }
        // A participation counts if its state is one of those asked for.
        let named = format!("state={first},{second}");
        let query = format!("mine/stock?by=state&count_by=participations&{named}");
        let found = figures(&sre, &query).await;
        assert_eq!(found["rows"].as_array().unwrap().len(), 2, "{found}");
        // Both states are whole in the coverage.
        let of = async |query: &str| figures(&sre, &format!("mine/coverage?{query}")).await;
        let [left, right, both] = [
            of("state=14").await,
            of("state=11").await,
            of("state=14,11").await,
        ]
        .map(|answer| answer["counted"].as_i64().unwrap());
        assert_eq!(both, left + right);
        // Of whom the administrations are must be one government.
        let path = "/v1/statistics/mine/flow?by=event,administration&municipality=14039,14120";
        let refused = sre.get(path).await.refused(422, "validation_failed");
        points_at(&refused, "by", "required");
        let one = figures(&sre, "mine/flow?by=event,administration&municipality=14039").await;
        let more = "mine/flow?by=event,administration&municipality=14039&state=14,11";
        assert_eq!(figures(&sre, more).await, one);
    })
    .await;
}

// row: 002-31, 003-11
// operations: get_stock_statistics_csv, get_own_stock_statistics_csv
#[actix_web::test]
async fn a_table_begins_with_a_mark_if_it_is_asked_for() {
    on_both(|app: TestApp| async move {
        app.case_in(GUADALAJARA, Stage::Registered).await;
        let state = app.client(Role::Viewer, JALISCO).await;
        for (client, base) in [
            (&app.nobody(), "/v1/statistics/stock.csv?by=state"),
            (&app.nobody(), "/v1/statistics/concentration.csv?top=3"),
            (&state, "/v1/statistics/mine/gaps.csv?kind=twinning"),
        ] {
            let plain = client.get(base).await.expect(200);
            let marked = client.get(&format!("{base}&bom=true")).await.expect(200);
            assert_eq!(marked.body[..3], [0xef, 0xbb, 0xbf]);
            assert_eq!(marked.body[3..], plain.body[..], "{base}");
            assert_ne!(marked.etag(), plain.etag());
            for name in ["content-type", "content-disposition"] {
                assert_eq!(marked.header(name), plain.header(name));
            }
            let unmarked = client.get(&format!("{base}&bom=false")).await.expect(200);
            assert_eq!((unmarked.etag(), unmarked.body), (plain.etag(), plain.body));
        }
    })
    .await;
}

// row: 003-11
// operations: get_stock_statistics, get_stock_statistics_csv, get_concentration_statistics
#[actix_web::test]
async fn what_is_not_offered_is_refused() {
    on_both(|app: TestApp| async move {
        let nobody = app.nobody();
        for (query, name, code) in [
            // Neither is a parameter of that family, nor of an answer that is no table.
            ("concentration?rows=5", "rows", "unknown_parameter"),
            ("stock?top=5", "top", "unknown_parameter"),
            ("stock?bom=true", "bom", "unknown_parameter"),
            // Nobody sees drafts in the registry.
            ("stock?drafts=false", "drafts", "unknown_parameter"),
            ("stock?rows=0", "rows", "out_of_range"),
            ("stock?rows=10001", "rows", "out_of_range"),
            ("stock?rows=all", "rows", "out_of_range"),
            ("stock?year=1998,24", "year", "out_of_range"),
            ("stock.csv?bom=1", "bom", "invalid_value"),
            ("stock?kind=twinning,", "kind", "invalid_value"),
            ("stock?kind=twinning,alliance", "kind", "invalid_value"),
            ("stock?sdg_goal=11,18", "sdg_goal", "invalid_value"),
        ] {
            let path = format!("/v1/statistics/{query}");
            let refused = nobody.get(&path).await.refused(400, "invalid_parameter");
            points_at(&refused, name, code);
        }
    })
    .await;
}
