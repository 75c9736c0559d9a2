//! How figures are requested and answered: days, breakdowns, languages, tables.

use crate::tools::points_at;
use actix_web::http::Method;
use serde_json::{Value, json};
use std::sync::Arc;
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_domain::clock::FixedClock;
use vinculo_domain::statistics::{Audience, Family, offered};
use vinculo_tests::{GUADALAJARA, GUANAJUATO, JALISCO, Request, SRE, TestApp, engines, on_both};

#[actix_web::test]
async fn what_is_no_question_is_refused() {
    on_both(|app: TestApp| async move {
        let nobody = app.nobody();
        for query in [
            "stock?by=colour",
            "stock?by=kind,tier",
            "stock?by=stage",
            "stock?stage=draft",
            "stock?compliance=compliant",
            "stock?scope=mine",
            "stock?as_of=2024-02-30",
            "stock?as_of=2024-1-1",
            "stock?as_of=2024",
            "stock?as_of=%2B2024-01-01",
            "stock?count_by=parties",
            "stock?year=24",
            "stock?sdg_goal=18",
            "stock?standing=alive",
            "stock?target_days=3",
            "flow?by=tier",
            "flow?count_by=participations",
            "coverage?by=mechanism",
            "concentration?top=0",
            "concentration?top=3001",
            "concentration?years=21",
            "concentration?level=country",
            "concentration?by=state",
        ] {
            let path = format!("/v1/statistics/{query}");
            nobody.get(&path).await.refused(400, "invalid_parameter");
        }
        for query in [
            "stock?as_of=2999-01-01",
            "stock.csv?as_of=2999-01-01",
            "stock?as_of=1799-12-31",
            "concentration?level=municipality&by=territory",
        ] {
            let path = format!("/v1/statistics/{query}");
            nobody.get(&path).await.refused(422, "validation_failed");
        }
        let sre = app.client(Role::Viewer, SRE).await;
        let path = "/v1/statistics/mine/time?target_days=1001";
        sre.get(path).await.refused(400, "invalid_parameter");
        for absent in ["time", "lapses", "stocks", "mine"] {
            let path = format!("/v1/statistics/{absent}");
            nobody.get(&path).await.refused(404, "not_found");
        }
    })
    .await;
}

/// The first breakdown offered is the default, and every one offered is answered.
#[actix_web::test]
async fn every_breakdown_that_is_offered_is_answered() {
    on_both(|app: TestApp| async move {
        app.case_in(GUADALAJARA, Stage::Registered).await;
        let sre = app.client(Role::Viewer, SRE).await;
        for family in [
            Family::Stock,
            Family::Flow,
            Family::Time,
            Family::Gaps,
            Family::Life,
            Family::Coverage,
        ] {
            let word: &str = family.into();
            let base = format!("/v1/statistics/mine/{word}");
            let usual = sre.get(&base).await.expect(200).json();
            for (at, grouping) in offered(family, Audience::Mine).into_iter().enumerate() {
                let names: Vec<&str> = grouping.iter().map(|one| one.name()).collect();
                let mut path = format!("{base}?by={}", names.join(","));
                if names.contains(&"administration") {
                    // A breakdown by administration needs a government.
                    let answer = sre.get(&path).await.refused(422, "validation_failed");
                    points_at(&answer, "by", "required");
                    path.push_str("&municipality=14039");
                }
                let answer = sre.get(&path).await.expect(200).json();
                assert_eq!(answer["by"], serde_json::json!(names), "{path}");
                assert_eq!(
                    answer["rows"] == usual["rows"] && at == 0,
                    at == 0,
                    "{path}"
                );
            }
        }
    })
    .await;
}

fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            c => cells.last_mut().unwrap().push(c),
        }
    }
    cells
}

// row: 002-31, 003-11
// operations: get_stock_statistics_csv, get_flow_statistics_csv, get_life_statistics_csv
// operations: get_coverage_statistics_csv, get_concentration_statistics_csv
// operations: get_own_stock_statistics_csv, get_own_flow_statistics_csv, get_own_time_statistics_csv
// operations: get_own_gap_statistics_csv, get_own_life_statistics_csv
// operations: get_own_coverage_statistics_csv, get_own_concentration_statistics_csv
#[actix_web::test]
async fn a_table_says_what_the_figures_say() {
    on_both(|app: TestApp| async move {
        app.case_in(GUADALAJARA, Stage::Registered).await;
        app.case_in(JALISCO, Stage::Signed).await;
        let sre = app.client(Role::Viewer, SRE).await;
        let nobody = app.nobody();
        let mut addresses = Vec::new();
        for family in ["stock", "flow", "life", "coverage", "concentration"] {
            addresses.push((&nobody, format!("/v1/statistics/{family}")));
        }
        let totals = "concentration?by=territory&years=2";
        addresses.push((&nobody, format!("/v1/statistics/{totals}")));
        let units = "stock?by=state&count_by=participations";
        addresses.push((&nobody, format!("/v1/statistics/{units}")));
        for family in [
            "stock",
            "flow",
            "time",
            "gaps",
            "life",
            "coverage",
            "concentration",
        ] {
            addresses.push((&sre, format!("/v1/statistics/mine/{family}")));
        }
        for (client, path) in addresses {
            let json = client.get(&path).await.expect(200).json();
            let csv = match path.split_once('?') {
                Some((path, query)) => format!("{path}.csv?{query}"),
                None => format!("{path}.csv"),
            };
            let table = client.get(&csv).await.expect(200);
            let kind = table.header("content-type").unwrap();
            assert_eq!(kind, "text/csv; charset=utf-8");
            let name = table.header("content-disposition").unwrap();
            let family = csv.split('?').next().unwrap().rsplit('/').next().unwrap();
            let said = format!("attachment; filename=\"{family}\"; filename*=UTF-8''{family}");
            assert_eq!(name, said);
            let text = table.text();
            let mut lines = text.split_terminator("\r\n");
            let names = cells(lines.next().unwrap());
            let at = |name: &str| names.iter().position(|known| known == name).unwrap();
            let rows: Vec<Vec<String>> = lines.map(cells).collect();
            let wanted = json["rows"].as_array().unwrap();
            let points = json["over_time"].as_array().unwrap();
            let lines = wanted.len() + 1 + points.len();
            assert_eq!(rows.len(), lines, "{path}\n{text}");
            let (rows, others) = rows.split_at(wanted.len());
            let total = &others[0];
            assert_eq!(total[at("line")], "total");
            assert_eq!(total[at("count")], json["counted"].to_string());
            for (name, wanted) in json["measures"].as_object().unwrap() {
                let cell = &total[at(name)];
                assert_eq!(cell.parse::<f64>().ok(), wanted.as_f64(), "{path} {name}");
            }
            for (line, point) in others[1..].iter().zip(points) {
                assert_eq!(line[at("line")], "over_time");
                assert_eq!(line[at("as_of")], point["as_of"].as_str().unwrap());
                assert_eq!(line[at("count")], point["count"].to_string());
                assert_eq!(line[at("total")], point["total"].to_string());
                let share = format!("{:.1}", point["share"].as_f64().unwrap());
                assert_eq!(line[at("share")], share);
            }
            assert!(!rows.is_empty() || path.ends_with("flow"), "{path}");
            for (row, wanted) in rows.iter().zip(wanted) {
                assert_eq!(row[at("line")], "row");
                assert_eq!(row[at("count_by")], json["count_by"].as_str().unwrap());
                assert_eq!(row[at("count")], wanted["count"].to_string());
                assert_eq!(
                    row[at("share")],
                    format!("{:.1}", wanted["share"].as_f64().unwrap())
                );
                assert_eq!(row[at("as_of")], json["as_of"].as_str().unwrap());
                assert_eq!(
                    row[at("counting_rule")],
                    json["counting_rule"].as_str().unwrap()
                );
                for one in json["by"].as_array().unwrap() {
                    let one = one.as_str().unwrap();
                    assert_eq!(row[at(one)], wanted["keys"][one].as_str().unwrap());
                    assert_eq!(
                        row[at(&format!("{one}_label"))],
                        wanted["labels"][one].as_str().unwrap()
                    );
                }
            }
            // Requested again with its tag, neither is sent again.
            for path in [path.clone(), csv] {
                let tag = client.get(&path).await.etag();
                let again = Request::new(Method::GET, &path).header("if-none-match", &tag);
                assert!(client.send(again).await.expect(304).body.is_empty());
            }
        }
    })
    .await;
}

// row: 003-11
#[actix_web::test]
async fn labels_and_rules_are_in_the_callers_language() {
    on_both(|app: TestApp| async move {
        app.case_in(GUADALAJARA, Stage::Registered).await;
        let nobody = app.nobody();
        let ask = async |query: &str, language: &str| -> Value {
            let path = format!("/v1/statistics/stock?by={query}");
            let request = Request::new(Method::GET, &path).header("accept-language", language);
            nobody.send(request).await.expect(200).json()
        };
        for (query, es, en) in [
            ("kind", "Hermanamiento", "Twinning"),
            ("country", "Japón", "Japan"),
            ("theme", "Cultura", "Culture"),
            ("state", "Jalisco", "Jalisco"),
            ("municipality", "Guadalajara", "Guadalajara"),
        ] {
            for (language, label) in [("es", es), ("en", en)] {
                let answer = ask(query, language).await;
                assert_eq!(answer["rows"][0]["labels"][query], label);
                assert_eq!(answer["rows"][0]["share"], 100.0);
            }
        }
        let (es, en) = (ask("kind", "es").await, ask("kind", "en").await);
        assert_ne!(es["counting_rule"], en["counting_rule"]);
        assert_eq!(es["rows"][0]["keys"], en["rows"][0]["keys"]);
    })
    .await;
}

/// A date that the ministry corrects later does not change earlier answers.
#[actix_web::test]
async fn a_mechanism_is_counted_as_it_stood_written() {
    for engine in engines() {
        let clock = FixedClock::at("2026-12-01T18:00:00Z".parse().unwrap());
        let app = TestApp::start_at(engine, Arc::new(clock.clone())).await;
        let path = "/v1/statistics/mine/coverage?by=mechanism";
        let liaison = app.client(Role::Liaison, SRE).await;
        let body = json!({"state_id": GUANAJUATO, "name": "Otro", "starts_on": "2025-01-01"});
        let made = liaison.post("/v1/mechanisms", &body).await.expect(201);
        let before = liaison.get(path).await.expect(200);
        assert_eq!(before.json()["rows"][1]["count"], 2, "{}", before.text());
        clock.set("2026-12-02T18:00:00Z".parse().unwrap());
        let liaison = app.client(Role::Liaison, SRE).await;
        let one = format!("/v1/mechanisms/{}", made.id());
        let ended = json!({"ends_on": "2026-06"});
        liaison.patch(&one, &made.etag(), &ended).await.expect(200);
        let now = liaison.get(path).await.expect(200).json();
        assert_eq!(now["rows"][1]["count"], 1, "{now}");
        let then = liaison.get(&format!("{path}&as_of=2026-12-01")).await;
        assert_eq!(then.text(), before.text());
    }
}

/// The day ends at midnight in Mexico City; what happens after that belongs to the new day.
#[actix_web::test]
async fn a_day_ends_at_midnight_in_mexico_city() {
    for engine in engines() {
        let clock = FixedClock::at("2026-12-01T05:59:59.999999Z".parse().unwrap());
        let app = TestApp::start_at(engine, Arc::new(clock.clone())).await;
        app.case_in(GUADALAJARA, Stage::Draft).await;
        let total = async |query: &str| {
            let client = app.client(Role::Viewer, GUADALAJARA).await;
            let path = format!("/v1/statistics/mine/stock{query}");
            client.get(&path).await.expect(200).json()["total"].as_i64()
        };
        assert_eq!(total("").await, Some(1));
        let client = app.client(Role::Viewer, GUADALAJARA).await;
        let tomorrow = "/v1/statistics/mine/stock?as_of=2026-12-01";
        client.get(tomorrow).await.refused(422, "validation_failed");
        clock.set("2026-12-01T06:00:00Z".parse().unwrap());
        app.case_in(GUADALAJARA, Stage::Draft).await;
        assert_eq!(total("").await, Some(2));
        assert_eq!(total("?as_of=2026-11-30").await, Some(1));
        assert_eq!(total("?as_of=2026-11-29").await, Some(0));
    }
}
