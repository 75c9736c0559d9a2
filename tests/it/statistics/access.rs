//! Whose figures count what: no figure counts an agreement that its reader has no access to.

use super::slow::pages;
use serde_json::{Value, json};
use vinculo_api::fixtures::request_for;
use vinculo_domain::Role;
use vinculo_domain::agreements::{CaseAction, Stage};
use vinculo_tests::{
    Client, GUADALAJARA, GUANAJUATO, IRAPUATO, JALISCO, SRE, TestApp, ZAPOPAN, on_both,
};

async fn stock(client: &Client, query: &str) -> Value {
    let path = format!("/v1/statistics/mine/stock?{query}");
    client.get(&path).await.expect(200).json()
}

/// The rows of one dimension, as `key count`.
fn lines(answer: &Value) -> Vec<String> {
    let by = answer["by"][0].as_str().unwrap();
    let rows = answer["rows"].as_array().unwrap().iter();
    rows.map(|row| format!("{} {}", row["keys"][by].as_str().unwrap(), row["count"]))
        .collect()
}

// row: 004-06
// operations: get_own_stock_statistics
#[actix_web::test]
async fn a_case_is_counted_by_those_who_see_it_in_the_stage_that_they_know() {
    on_both(|app: TestApp| async move {
        let case = app.case_in(GUADALAJARA, Stage::Draft).await;
        let owner = app.client(Role::Viewer, GUADALAJARA).await;
        let state = app.client(Role::Viewer, JALISCO).await;
        let sre = app.client(Role::StatisticsReader, SRE).await;
        let stages = async || {
            let mut all = Vec::new();
            for client in [&owner, &state, &sre] {
                all.push(lines(&stock(client, "by=stage").await).join(" "));
            }
            all
        };
        assert_eq!(stages().await, ["draft 1", "", ""]);
        let cast = app.cast(GUADALAJARA).await;
        cast.carry(case, Stage::Returned).await.unwrap();
        assert_eq!(stages().await, ["returned 1", "returned 1", ""]);
        // Changes after the return are the owner's own: another theme, and the withdrawal.
        let themes = |content: &vinculo_domain::agreements::AgreementContent| {
            vinculo_domain::agreements::AgreementContent {
                themes: vec!["trade".into()],
                ..content.clone()
            }
        };
        cast.officer.edit(case, themes).await.unwrap();
        assert_eq!(lines(&stock(&owner, "by=theme").await), ["trade 1"]);
        assert_eq!(lines(&stock(&state, "by=theme").await), ["culture 1"]);
        let view = cast.officer.view(case).await.unwrap();
        let withdraw = request_for(CaseAction::Withdraw, &view, None).unwrap();
        cast.officer.act(case, withdraw).await.unwrap();
        assert_eq!(stages().await, ["withdrawn 1", "returned 1", ""]);
        let nobody = app.nobody().get("/v1/statistics/stock").await.expect(200);
        assert_eq!(nobody.json()["total"], 0);
    })
    .await;
}

// row: 002-31, 004-06
// operations: get_own_stock_statistics, get_stock_statistics
#[actix_web::test]
async fn everybody_counts_its_list_and_anyone_the_registry() {
    on_both(|app: TestApp| async move {
        for (lead, stage) in [
            (GUADALAJARA, Stage::Registered),
            (GUADALAJARA, Stage::LegalReview),
            (ZAPOPAN, Stage::StateReview),
            (JALISCO, Stage::Registered),
            (IRAPUATO, Stage::Draft),
            (GUANAJUATO, Stage::Signed),
        ] {
            app.case_in(lead, stage).await;
        }
        let tenants = [
            SRE,
            JALISCO,
            GUANAJUATO,
            GUADALAJARA,
            ZAPOPAN,
            IRAPUATO,
            "obs-senado",
        ];
        for tenant in tenants {
            let client = app.client(Role::Viewer, tenant).await;
            let listed = pages(&client, "/v1/agreements").await.len();
            let counted = stock(&client, "by=state,kind").await;
            assert_eq!(counted["total"], listed, "{tenant}");
        }
        let nobody = app.nobody();
        let registry = pages(&nobody, "/v1/registry").await.len();
        assert_eq!(registry, 2);
        for path in ["stock", "flow", "life", "coverage", "concentration"] {
            let answer = nobody
                .get(&format!("/v1/statistics/{path}"))
                .await
                .expect(200);
            assert_eq!(answer.json()["total"], registry, "{path}");
            // A signed-in person gets the same figures at the public address.
            let officer = app.officer(GUADALAJARA).await;
            let same = officer.get(&format!("/v1/statistics/{path}")).await;
            assert_eq!(same.text(), answer.text(), "{path}");
        }
    })
    .await;
}

// row: 004-06
// operations: get_own_stock_statistics
#[actix_web::test]
async fn a_deleted_draft_and_a_party_that_left_are_counted_no_more() {
    on_both(|app: TestApp| async move {
        let officer = app.officer(IRAPUATO).await;
        let body = json!({"kind": "twinning", "title": "Uno", "parties": [
            {"government_id": IRAPUATO, "role": "lead"}, {"government_id": ZAPOPAN, "role": "signatory"}]});
        let made = officer.post("/v1/agreements", &body).await.expect(201);
        let (id, etag) = (made.id(), made.etag());
        let party = app.client(Role::Viewer, ZAPOPAN).await;
        assert_eq!(stock(&party, "").await["total"], 1);
        let both = stock(&officer, "by=state&count_by=participations").await;
        assert_eq!(lines(&both), ["11 1", "14 1"]);
        assert_eq!((&both["total"], &both["counted"]), (&json!(1), &json!(2)));
        let alone = json!({"parties": [{"government_id": IRAPUATO, "role": "lead"}]});
        let path = format!("/v1/agreements/{id}");
        let left = officer.patch(&path, &etag, &alone).await.expect(200);
        assert_eq!(stock(&party, "").await["total"], 0);
        assert_eq!(stock(&officer, "").await["total"], 1);
        officer.delete(&path, &left.etag()).await.expect(204);
        assert_eq!(stock(&officer, "").await["total"], 0);
        // A dry run is not counted.
        let path = "/v1/agreements?dry_run=true";
        officer.post(path, &body).await.expect(200);
        assert_eq!(stock(&officer, "").await["total"], 0);
    })
    .await;
}

// row: 003-13, 004-06
// operations: get_own_coverage_statistics, get_own_life_statistics
#[actix_web::test]
async fn a_municipality_is_covered_by_what_was_signed() {
    on_both(|app: TestApp| async move {
        let owner = app.client(Role::Viewer, GUADALAJARA).await;
        let mine = async |family: &str| {
            let path = format!("/v1/statistics/mine/{family}?municipality={GUADALAJARA}");
            let answer = owner.get(&path).await.expect(200).json();
            (lines(&answer).join(" "), answer["total"].clone())
        };
        // A draft, a withdrawn case and a withdrawn report never became agreements.
        app.case_in(GUADALAJARA, Stage::Draft).await;
        app.case_in(GUADALAJARA, Stage::Withdrawn).await;
        let state = app.client(Role::Liaison, JALISCO).await;
        let report = json!({
            "action": "report", "government_id": GUADALAJARA, "kind": "twinning", "title": "Uno",
            "counterparts": [{"fields": TestApp::counterpart_json("Kioto")}], "signed_on": "1998",
            "themes": ["culture"], "languages": ["es"], "source": "Archivo", "reason": "Consta.",
        });
        let past = state.post("/v1/past-agreements", &report).await;
        let past = past.expect(201).id();
        assert_eq!(mine("coverage").await, ("ever 1".to_owned(), json!(1)));
        let back = json!({"action": "withdraw", "reason": "Error."});
        state.transition(&past, &back).await.expect(200);
        assert_eq!(mine("coverage").await, ("none 1".to_owned(), json!(0)));
        assert_eq!(mine("life").await, (String::new(), json!(0)));
        app.case_in(GUADALAJARA, Stage::Signed).await;
        assert_eq!(mine("coverage").await, ("active 1".to_owned(), json!(1)));
    })
    .await;
}

// row: 004-06
// operations: get_own_stock_statistics, get_own_time_statistics
#[actix_web::test]
async fn ones_own_figures_are_for_readers_of_cases_or_of_figures() {
    on_both(|app: TestApp| async move {
        for family in [
            "stock",
            "flow",
            "time",
            "gaps",
            "life",
            "coverage",
            "concentration",
        ] {
            for form in ["", ".csv"] {
                let path = format!("/v1/statistics/mine/{family}{form}");
                app.nobody()
                    .get(&path)
                    .await
                    .refused(401, "unauthenticated");
                for role in [Role::Trainer, Role::CommitteeMember, Role::MissionOfficer] {
                    let client = app.client(role, SRE).await;
                    client.get(&path).await.refused(403, "forbidden");
                }
                for role in [Role::StatisticsReader, Role::Viewer] {
                    let client = app.client(role, "obs-senado").await;
                    client.get(&path).await.expect(200);
                }
            }
        }
        // A reader of statistics cannot read cases.
        let reader = app.client(Role::StatisticsReader, GUADALAJARA).await;
        reader.get("/v1/agreements").await.refused(403, "forbidden");
    })
    .await;
}
