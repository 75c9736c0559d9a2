//! The compliance board: its figures match the lists that the same caller can page through.

use chrono::TimeDelta;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{
    Client, GUADALAJARA, GUANAJUATO, IRAPUATO, JALISCO, SRE, TestApp, ZAPOPAN, on_both,
};

async fn all(client: &Client, path: &str, limit: usize) -> Vec<Value> {
    let (mut items, mut cursor) = (Vec::new(), String::new());
    loop {
        let glue = if path.contains('?') { '&' } else { '?' };
        let page = format!("{path}{glue}limit={limit}{cursor}");
        let page = client.get(&page).await.expect(200).json();
        items.extend(page["items"].as_array().unwrap().iter().cloned());
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return items,
        }
    }
}

/// Which figure counts a stage, written by hand.
fn figure(stage: &str) -> &'static str {
    match stage {
        "draft"
        | "state_review"
        | "federal_intake"
        | "legal_review"
        | "opinion_favorable"
        | "pending_registration" => "in_process",
        "returned" | "observed" | "opinion_unfavorable" => "returned",
        "signed" => "signed_unsent",
        "registered" => "registered",
        "reported" => "reported",
        _ => "closed",
    }
}

/// The figures of each owner, counted from the caller's own list of cases.
async fn recomputed(client: &Client) -> BTreeMap<String, BTreeMap<&'static str, i64>> {
    let mut owners: BTreeMap<String, BTreeMap<&'static str, i64>> = BTreeMap::new();
    for case in all(client, "/v1/agreements", 3).await {
        let figures = owners
            .entry(case["owner"].as_str().unwrap().to_owned())
            .or_default();
        let counted = figure(case["stage"].as_str().unwrap());
        *figures.entry(counted).or_default() += 1;
        let doubtful = matches!(
            case["compliance"].as_str(),
            Some("unknown" | "non_compliant")
        );
        if doubtful && matches!(counted, "in_process" | "returned" | "signed_unsent") {
            *figures.entry("unreviewed").or_default() += 1;
        }
    }
    owners
}

async fn world(app: &TestApp) {
    for (lead, stage) in [
        (GUADALAJARA, Stage::Draft),
        (GUADALAJARA, Stage::StateReview),
        (GUADALAJARA, Stage::Returned),
        (GUADALAJARA, Stage::Observed),
        (GUADALAJARA, Stage::Signed),
        (GUADALAJARA, Stage::Registered),
        (ZAPOPAN, Stage::Registered),
        (ZAPOPAN, Stage::LegalReview),
        (IRAPUATO, Stage::Signed),
        (JALISCO, Stage::Signed),
    ] {
        app.case_in(lead, stage).await;
    }
    app.scratch.execute(&format!(
        "UPDATE agreement_access SET compliance = 'unknown' WHERE owner_tenant = '{IRAPUATO}'"
    ));
}

fn line<'a>(board: &'a [Value], id: &str) -> &'a Value {
    board
        .iter()
        .find(|line| line["government_id"] == id)
        .unwrap()
}

// row: 004-08
// operations: list_compliance, list_agreements, list_registry
#[actix_web::test]
async fn the_board_counts_what_the_caller_sees_and_nothing_else() {
    on_both(|app: TestApp| async move {
        world(&app).await;
        for (role, tenant, lines) in [
            (Role::Liaison, SRE, 2478),
            (Role::Viewer, JALISCO, 125),
            (Role::Liaison, GUANAJUATO, 46),
            (Role::Officer, GUADALAJARA, 1),
            (Role::Viewer, ZAPOPAN, 1),
        ] {
            let client = app.client(role, tenant).await;
            let board = all(&client, "/v1/compliance", 200).await;
            assert_eq!(board.len(), lines, "{tenant}");
            let ids: BTreeSet<&str> = board
                .iter()
                .map(|line| line["government_id"].as_str().unwrap())
                .collect();
            assert_eq!(ids.len(), lines, "{tenant}");
            let owners = recomputed(&client).await;
            for line in &board {
                let id = line["government_id"].as_str().unwrap();
                let figures = owners.get(id).cloned().unwrap_or_default();
                for (name, count) in line["cases"].as_object().unwrap() {
                    let wanted = figures.get(name.as_str()).copied().unwrap_or(0);
                    assert_eq!(*count, wanted, "{id} {name} for {tenant}");
                }
                let waits = ["in_process", "returned", "signed_unsent", "reported"];
                let waits = waits.iter().any(|name| figures.contains_key(name));
                let days = if waits { json!(0) } else { Value::Null };
                assert_eq!(line["oldest_waiting_days"], days, "{id} for {tenant}");
                if [GUADALAJARA, ZAPOPAN, IRAPUATO].contains(&id) {
                    let path = format!("/v1/registry?municipality={id}");
                    let public = all(&app.nobody(), &path, 1).await;
                    assert_eq!(line["inscriptions"], public.len(), "{id}");
                } else {
                    assert_eq!(line["light"], "none", "{id}");
                }
            }
            let small = all(&client, "/v1/compliance?state=14", 7).await;
            let in_jalisco = |line: &&Value| line["state_id"] == JALISCO;
            let wanted: Vec<_> = board.iter().filter(in_jalisco).cloned().collect();
            assert_eq!(small, wanted, "{tenant}");
        }
        let sre = app.client(Role::Auditor, SRE).await;
        let counted = sre.get("/v1/compliance?state=11&count=true&limit=1").await;
        assert_eq!(counted.json()["total"], 46);
    })
    .await;
}

// row: 004-08
// operations: list_compliance
#[actix_web::test]
async fn the_light_says_its_rule() {
    on_both(|app: TestApp| async move {
        world(&app).await;
        let sre = app.client(Role::Viewer, SRE).await;
        let of = |board: &[Value], id: &str| line(board, id)["light"].as_str().unwrap().to_owned();
        let board = all(&sre, "/v1/compliance", 200).await;
        assert_eq!(of(&board, IRAPUATO), "red");
        assert_eq!(of(&board, GUADALAJARA), "yellow");
        assert_eq!(of(&board, ZAPOPAN), "green");
        assert_eq!(of(&board, "14001"), "none");
        let rule = &line(&board, IRAPUATO)["rule"];
        assert!(rule["es"].as_str().unwrap().starts_with("Rojo"), "{rule}");
        assert!(rule["en"].as_str().unwrap().starts_with("Red"), "{rule}");
        // Its state has received nothing of the case, so its board shows nothing of it.
        let state = app.client(Role::Liaison, GUANAJUATO).await;
        let board = all(&state, "/v1/compliance", 200).await;
        assert_eq!(of(&board, IRAPUATO), "none");
        // A green light turns yellow when a case has not moved for more than thirty days.
        for (days, light) in [(30, "green"), (31, "yellow")] {
            let at = app.app.db.now() - TimeDelta::days(days);
            app.scratch.execute(&format!(
                "UPDATE agreement_access SET changed_at = '{}' WHERE owner_tenant = '{ZAPOPAN}' AND stage = 'legal_review'",
                at.format("%Y-%m-%d %H:%M:%S.%6f")
            ));
            let board = all(&sre, "/v1/compliance?state=14", 200).await;
            assert_eq!(line(&board, ZAPOPAN)["oldest_waiting_days"], days);
            assert_eq!(of(&board, ZAPOPAN), light, "{days}");
        }
    })
    .await;
}

// row: 004-08
// operations: list_compliance
#[actix_web::test]
async fn the_board_is_for_those_who_oversee_and_for_oneself() {
    on_both(|app: TestApp| async move {
        world(&app).await;
        app.nobody()
            .get("/v1/compliance")
            .await
            .refused(401, "unauthenticated");
        for (role, tenant) in [
            (Role::Officer, "00-amexcid"),
            (Role::Viewer, "obs-senado"),
            (Role::Trainer, JALISCO),
            (Role::StatisticsReader, SRE),
            (Role::CommitteeMember, GUADALAJARA),
        ] {
            let client = app.client(role, tenant).await;
            client.get("/v1/compliance").await.refused(403, "forbidden");
        }
        // Asking for another's board gives nothing, not a refusal: it filters one's own.
        for (tenant, state) in [(JALISCO, "11"), (GUADALAJARA, "11")] {
            let client = app.client(Role::Viewer, tenant).await;
            let path = format!("/v1/compliance?state={state}&count=true");
            let none = client.get(&path).await.expect(200).json();
            assert_eq!(none, json!({"items": [], "next_cursor": null, "total": 0}));
        }
        let ministry = app.client(Role::Viewer, SRE).await;
        let none = ministry.get("/v1/compliance?state=99").await;
        none.refused(400, "invalid_parameter");
        let municipal = app.client(Role::Viewer, GUADALAJARA).await;
        let own = all(&municipal, "/v1/compliance", 200).await;
        assert_eq!(own.len(), 1);
        assert_eq!(own[0]["cases"]["in_process"], 2);
        let unknown = municipal.get("/v1/compliance?colour=red").await;
        unknown.refused(400, "invalid_parameter");
    })
    .await;
}
