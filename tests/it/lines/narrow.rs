//! Filters take several values, and dates have ranges.

use crate::administrations::period;
use crate::tools::{inscribe, on_both_at_noon, one, post_on};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{Client, GUADALAJARA, GUANAJUATO, JALISCO, SRE, TestApp, ZAPOPAN, on_both};

/// What a list finds, by the field that tells its lines apart.
async fn found(client: &Client, path: &str, name: &str) -> BTreeSet<String> {
    let list = client.get(path).await.expect(200).json();
    assert_eq!(list["next_cursor"], Value::Null, "{path}");
    let items = list["items"].as_array().unwrap().clone();
    let found: BTreeSet<String> = items.iter().map(|item| item[name].to_string()).collect();
    assert_eq!(found.len(), items.len(), "{path}");
    if path.contains("count=true") {
        assert_eq!(list["total"], found.len(), "{path}");
    }
    found
}

/// Two values find what each of them finds, and each finds something that the other does not.
async fn united(client: &Client, base: &str, filter: &str, values: [&str; 2], name: &str) {
    let ask = async |value: &str| {
        let path = format!("{base}{filter}={value}");
        found(client, &path, name).await
    };
    let (one, other) = (ask(values[0]).await, ask(values[1]).await);
    assert!(
        !one.is_subset(&other) && !other.is_subset(&one),
        "{base}{filter}"
    );
    let both = ask(&values.join(",")).await;
    let wanted: BTreeSet<String> = one.union(&other).cloned().collect();
    assert_eq!(both, wanted, "{base}{filter}");
    // The order and a repetition do not matter.
    let [first, second] = values;
    let again = ask(&format!("{second},{first},{second}")).await;
    assert_eq!(again, wanted, "{base}{filter}");
}

// row: 002-10, 003-05
// operations: list_agreements
#[actix_web::test]
async fn cases_are_found_by_any_of_several_values() {
    on_both_at_noon(|app, _clock| async move {
        app.case_in(JALISCO, Stage::Draft).await;
        app.case_in(GUADALAJARA, Stage::StateReview).await;
        let pressing = app.case_in(ZAPOPAN, Stage::LegalReview).await.to_string();
        app.case_in(ZAPOPAN, Stage::Signed).await;
        let officer = app.officer(JALISCO).await;
        let past = json!({
            "action": "record_unreviewed", "kind": "specific_cooperation", "compliance": "non_compliant",
            "title": "Cooperación con Lyon", "themes": ["culture"], "languages": ["es"], "signed_on": "1998-10-20",
            "counterparts": [{"fields": {"kind": "foreign_government", "level": "local", "name": "Lyon", "country": "FR"}}],
            "source": "Archivo del estado", "reason": "Consta en el archivo.",
        });
        officer.post("/v1/past-agreements", &past).await.expect(201);
        let base = "/v1/agreements?limit=200&count=true&";
        for (filter, values) in [
            ("stage", ["draft", "legal_review"]),
            ("kind", ["twinning", "specific_cooperation"]),
            ("compliance", ["in_process", "non_compliant"]),
            ("country", ["JP", "FR"]),
            ("owner", [GUADALAJARA, ZAPOPAN]),
        ] {
            united(&officer, base, filter, values, "id").await;
        }
        // Several filters together narrow further.
        let path = format!("{base}stage=draft,signed&owner={ZAPOPAN},{JALISCO}&country=JP,KR");
        assert_eq!(found(&officer, &path, "id").await.len(), 2);

        let sre = app.client(Role::Liaison, SRE).await;
        let urgent = json!({"urgent": true, "reason": "Visita oficial."});
        let owner = app.officer(ZAPOPAN).await;
        post_on(&owner, &pressing, "urgency", &urgent)
            .await
            .expect(200);
        let caller = app.official(Role::Liaison, SRE).await.actor.person;
        let mine = json!({"person_id": caller});
        sre.post(&format!("{}/assignments", one(&pressing)), &mine)
            .await
            .expect(201);
        united(&sre, base, "priority", ["normal", "urgent"], "id").await;
        united(&sre, base, "assigned_to", ["me", "none"], "id").await;
        let all = found(&sre, base.trim_end_matches('&'), "id").await;
        let path = format!("{base}assigned_to=none,me");
        assert_eq!(found(&sre, &path, "id").await, all);
    })
    .await;
}

// row: 002-31, 003-21
// operations: list_registry, list_governments, list_compliance
#[actix_web::test]
async fn the_registry_is_found_by_any_of_several_values() {
    on_both(|app: TestApp| async move {
        for (lead, content) in [
            (GUADALAJARA, json!({"themes": ["culture"], "sdg_targets": ["11.4"]})),
            (
                GUANAJUATO,
                json!({"kind": "specific_cooperation", "themes": ["trade"], "sdg_targets": ["17.17"]}),
            ),
            (
                ZAPOPAN,
                json!({"themes": ["education"], "sdg_targets": ["4.7"], "validity":
                    {"term": "indefinite", "enters_into_force_on": "2035-01-01", "renewal": "none"}}),
            ),
        ] {
            inscribe(&app, lead, content).await;
        }
        let nobody = app.nobody();
        let base = "/v1/registry?limit=200&count=true&";
        for (filter, values) in [
            ("state", [JALISCO, GUANAJUATO]),
            ("municipality", [GUADALAJARA, ZAPOPAN]),
            ("tier", ["municipality", "state"]),
            ("kind", ["twinning", "specific_cooperation"]),
            ("theme", ["culture", "trade"]),
            ("sdg", ["11", "17.17"]),
            ("standing", ["in_force", "not_yet_in_force"]),
        ] {
            united(&nobody, base, filter, values, "number").await;
        }
        let states = "/v1/governments?limit=200&count=true&tier=state&";
        united(&nobody, states, "state", ["14", "11"], "id").await;
        let tiers = "/v1/governments?limit=200&count=true&state=02&";
        united(&nobody, tiers, "tier", ["state", "municipality"], "id").await;
        let sre = app.client(Role::Viewer, SRE).await;
        let board = "/v1/compliance?limit=200&count=true&";
        united(&sre, board, "state", ["02", "03"], "government_id").await;
        // A state has the board of its own municipalities alone, whatever it asks for.
        let state = app.client(Role::Viewer, JALISCO).await;
        let own = found(&state, "/v1/compliance?limit=200", "government_id").await;
        let asked = found(&state, "/v1/compliance?limit=200&state=14,11", "government_id").await;
        assert_eq!(asked, own);
        let others = "/v1/compliance?limit=200&count=true&state=11,09";
        assert!(found(&state, others, "government_id").await.is_empty());
    })
    .await;
}

// row: 002-10
// operations: list_counterparts, list_designated_offices, list_mechanisms, list_bodies, list_administrations, list_calendars
#[actix_web::test]
async fn records_are_found_by_any_of_several_values() {
    on_both(|app: TestApp| async move {
        let officer = app.officer(GUADALAJARA).await;
        for (kind, level, name, country) in [
            ("foreign_government", "local", "Lyon", "FR"),
            ("private", "none", "Empresa", "JP"),
        ] {
            let fields = json!({"kind": kind, "level": level, "name": name, "country": country});
            officer.post("/v1/counterparts", &fields).await.expect(201);
        }
        let base = "/v1/counterparts?limit=200&count=true&";
        united(&officer, base, "country", ["FR", "JP"], "id").await;
        let kinds = ["foreign_government", "private"];
        united(&officer, base, "kind", kinds, "id").await;

        let liaison = app.client(Role::Liaison, SRE).await;
        let mechanism = |state: &str| json!({"state_id": state, "name": "Otro", "starts_on": "2025-01-01"});
        let office = |state: &str| json!({"state_id": state, "name": "Dirección", "since": "2025-01-01"});
        for state in [GUANAJUATO, "09"] {
            liaison.post("/v1/mechanisms", &mechanism(state)).await.expect(201);
            liaison.post("/v1/designated-offices", &office(state)).await.expect(201);
        }
        for tenant in [GUADALAJARA, JALISCO] {
            let admin = app.client(Role::Admin, tenant).await;
            let calendar = json!({"name": "Días hábiles"});
            admin.post("/v1/calendars", &calendar).await.expect(201);
            let officer = app.officer(tenant).await;
            let body = json!({"name": "Dirección", "kind": "dependency", "governments": [tenant], "starts_on": "2018"});
            officer.post("/v1/bodies", &body).await.expect(201);
            let term = period(tenant, "2024-10-01", "2027-09-30");
            officer.post("/v1/administrations", &term).await.expect(201);
        }
        let reader = app.client(Role::Viewer, SRE).await;
        for (list, filter, values) in [
            ("mechanisms", "state", [GUANAJUATO, "09"]),
            ("designated-offices", "state", [GUANAJUATO, "09"]),
            ("calendars", "government", [GUADALAJARA, JALISCO]),
            ("bodies", "government", [GUADALAJARA, JALISCO]),
            ("administrations", "government", [GUADALAJARA, JALISCO]),
        ] {
            let base = format!("/v1/{list}?limit=200&count=true&");
            united(&reader, &base, filter, values, "id").await;
        }
    })
    .await;
}

// row: 003-05, 003-07
// operations: list_agreements, list_registry
#[actix_web::test]
async fn dates_have_ranges() {
    on_both_at_noon(|app, _clock| async move {
        let officer = app.officer(GUADALAJARA).await;
        let days = ["1998-10-20", "1999", "2001-05"];
        for day in days {
            let past = json!({
                "action": "record_unreviewed", "kind": "twinning", "compliance": "unknown", "title": format!("Firma {day}"),
                "themes": ["culture"], "languages": ["es"], "signed_on": day,
                "counterparts": [{"fields": TestApp::counterpart_json("Kioto")}],
                "source": "Archivo", "reason": "Consta en el archivo.",
            });
            officer.post("/v1/past-agreements", &past).await.expect(201);
        }
        // Without a date.
        app.case_in(GUADALAJARA, Stage::Draft).await;
        for (query, wanted) in [
            ("signed_from=1998-10-20", &[0, 1, 2][..]),
            ("signed_from=1998-10-21", &[1, 2]),
            ("signed_from=1999", &[1, 2]),
            ("signed_from=1999-01", &[2]),
            ("signed_to=1998-10-20", &[0]),
            ("signed_to=1999", &[0, 1]),
            ("signed_to=2001", &[0, 1, 2]),
            ("signed_to=2001-05-31&signed_from=2001-05", &[2]),
            ("signed_from=2002", &[]),
            ("signed_to=2200&sort=-signed_on", &[0, 1, 2]),
        ] {
            let path = format!("/v1/agreements?limit=200&count=true&{query}");
            let wanted: BTreeSet<String> = wanted
                .iter()
                .map(|at: &usize| format!("\"Firma {}\"", days[*at]))
                .collect();
            assert_eq!(found(&officer, &path, "title").await, wanted, "{query}");
        }

        let admin = app.client(Role::Admin, JALISCO).await;
        let target = json!({"stage": "state_review", "business_days": 5});
        admin.post("/v1/targets", &target).await.expect(201);
        let case = app.case_in(GUADALAJARA, Stage::StateReview).await.to_string();
        let state = app.client(Role::Liaison, JALISCO).await;
        let due = state.get(&one(&case)).await.json()["due_on"].clone();
        let due = due.as_str().unwrap().to_owned();
        for (query, hits) in [
            (format!("due_from={due}"), 1),
            (format!("due_to={due}"), 1),
            (format!("due_from={due}&due_to={due}&sort=due_on"), 1),
            (format!("due_before={due}"), 0),
            ("due_to=2026-11-20".into(), 0),
            ("due_from=2027".into(), 0),
            ("due_to=2026".into(), 1),
            ("due_to=2200".into(), 1),
        ] {
            let path = format!("/v1/agreements?limit=200&count=true&{query}");
            assert_eq!(found(&state, &path, "id").await.len(), hits, "{query}");
        }

        let ending = |last: &str| json!({"validity": {"term": "fixed", "ends_on": last, "renewal": "none"}});
        let mut numbers = vec![inscribe(&app, GUADALAJARA, json!({})).await.1];
        for last in ["2027-06-30", "2028"] {
            numbers.push(inscribe(&app, GUADALAJARA, ending(last)).await.1);
        }
        for (query, wanted) in [
            ("ends_from=2027", &[1, 2][..]),
            ("ends_from=2027-07", &[2]),
            ("ends_to=2027-06-30", &[1]),
            ("ends_to=2028", &[1, 2]),
            ("ends_from=2027-06-30&ends_to=2027-06-30", &[1]),
            ("ends_to=2027-06", &[1]),
            ("ends_from=2029", &[]),
        ] {
            let path = format!("/v1/registry?limit=200&count=true&{query}");
            let wanted: BTreeSet<String> = wanted
                .iter()
                .map(|at: &usize| format!("\"{}\"", numbers[*at]))
                .collect();
            assert_eq!(found(&app.nobody(), &path, "number").await, wanted, "{query}");
        }
    })
    .await;
}
