//! The workspace: what a government must act on, and nothing of anybody else.

mod roles;

use serde_json::{Value, json};
use std::collections::BTreeSet;
use vinculo_domain::Role;
use vinculo_domain::agreements::Stage;
use vinculo_tests::{Client, GUADALAJARA, IRAPUATO, JALISCO, SRE, TestApp, ZAPOPAN, on_both};

async fn open(client: &Client) -> Value {
    client.get("/v1/workspace").await.expect(200).json()
}

fn waiting(workspace: &Value) -> BTreeSet<String> {
    let cases = workspace["waiting"].as_array().unwrap().iter();
    cases
        .map(|case| case["id"].as_str().unwrap().to_owned())
        .collect()
}

fn operations(workspace: &Value) -> Vec<&str> {
    let tools = workspace["tools"].as_array().unwrap().iter();
    tools
        .map(|tool| tool["operation"].as_str().unwrap())
        .collect()
}

// row: 004-19
// operations: get_workspace, list_agreements
#[actix_web::test]
async fn a_government_finds_what_waits_for_it() {
    on_both(|app: TestApp| async move {
        let mut cases = Vec::new();
        for stage in [
            Stage::Draft,
            Stage::StateReview,
            Stage::Returned,
            Stage::FederalIntake,
            Stage::PendingRegistration,
            Stage::Registered,
        ] {
            cases.push(app.case_in(GUADALAJARA, stage).await.to_string());
        }
        let [draft, review, returned, intake, pending, _] = cases.try_into().unwrap();
        let of = |ids: &[&String]| ids.iter().map(|id| (*id).clone()).collect::<BTreeSet<_>>();
        let officer = app.officer(GUADALAJARA).await;
        let own = open(&officer).await;
        assert_eq!(waiting(&own), of(&[&draft, &returned]));
        assert_eq!(own["waiting_more"], false);
        let find = |id: &str| {
            let cases = own["waiting"].as_array().unwrap().iter();
            cases.clone().find(|case| case["id"] == id).unwrap().clone()
        };
        let due = json!([{"step": "state_review", "state": "missing", "missing": ["answers"],
            "actors": [{"government_id": GUADALAJARA, "name": "Guadalajara", "seat": "owner"}]}]);
        assert_eq!(find(&returned)["due"], due);
        let steps = find(&draft)["due"].as_array().unwrap().clone();
        assert_eq!(steps.last().unwrap()["step"], "submission");
        let guide = find(&draft)["guide"]["path"].as_str().unwrap().to_owned();
        officer.get(&guide).await.expect(200);
        for count in own["stages"].as_array().unwrap() {
            let list = count["list"]["path"].as_str().unwrap();
            let list = officer.get(&format!("{list}&count=true")).await.expect(200);
            assert_eq!(count["cases"], list.json()["total"], "{count}");
            assert_eq!(count["more"], false);
        }
        assert_eq!(own["stages"].as_array().unwrap().len(), 6);
        assert_eq!(own["government"]["id"], GUADALAJARA);
        assert_eq!(own["routing"]["state"]["id"], JALISCO);
        assert_eq!(
            own["routing"]["mechanisms"][0]["name"],
            "Mecanismo SRE–Jalisco"
        );
        assert_eq!(own["routing"]["offices"][0]["name"], "Oficina designada");

        let state = open(&app.client(Role::Liaison, JALISCO).await).await;
        assert_eq!(waiting(&state), of(&[&review]));
        let sre = open(&app.client(Role::Liaison, SRE).await).await;
        assert_eq!(waiting(&sre), of(&[&intake, &pending]));
        assert_eq!(sre["routing"], Value::Null);
        // Without a mechanism there is no state to escalate past.
        let irapuato = open(&app.officer(IRAPUATO).await).await;
        assert_eq!(irapuato["routing"]["state"]["id"], "11");
        assert_eq!(irapuato["routing"]["mechanisms"], json!([]));
        for (role, tenant) in [
            (Role::Officer, ZAPOPAN),
            (Role::Officer, IRAPUATO),
            (Role::Viewer, "obs-senado"),
        ] {
            let other = open(&app.client(role, tenant).await).await;
            assert_eq!(waiting(&other), BTreeSet::new(), "{tenant}");
            assert_eq!(other["stages"], json!([]), "{tenant}");
        }
    })
    .await;
}

// row: 004-19
// operations: get_workspace
#[actix_web::test]
async fn a_workspace_is_small_and_its_tools_are_the_callers() {
    on_both(|app: TestApp| async move {
        let officer = app.officer(GUADALAJARA).await;
        let mut newest = String::new();
        for n in 0..22 {
            let draft = json!({"kind": "twinning", "title": format!("Borrador {n}")});
            newest = officer.post("/v1/agreements", &draft).await.expect(201).id();
        }
        let own = open(&officer).await;
        assert_eq!(waiting(&own).len(), 20);
        assert_eq!(own["waiting_more"], true);
        assert_eq!(own["waiting"][0]["id"], newest.as_str());
        assert_eq!(own["stages"][0]["cases"], 22);
        let viewer = open(&app.client(Role::Viewer, GUADALAJARA).await).await;
        assert_eq!(viewer["waiting"], own["waiting"]);
        let (mine, theirs) = (operations(&own), operations(&viewer));
        for tool in ["create_agreement", "transition_agreement", "create_counterpart"] {
            assert!(mine.contains(&tool) && !theirs.contains(&tool), "{tool}");
        }
        for tool in ["list_agreements", "list_compliance", "get_workspace"] {
            assert!(mine.contains(&tool) && theirs.contains(&tool), "{tool}");
        }
        assert!(!mine.contains(&"create_mechanism"));
        let sre = open(&app.client(Role::Liaison, SRE).await).await;
        assert!(operations(&sre).contains(&"create_mechanism"));

        let parties = json!([{"government_id": GUADALAJARA, "role": "lead"}, {"government_id": ZAPOPAN, "role": "signatory"}]);
        let draft = json!({"kind": "twinning", "title": "Metropolitano", "parties": parties});
        let joint = officer.post("/v1/agreements", &draft).await.expect(201).id();
        let party = app.officer(ZAPOPAN).await;
        assert_eq!(waiting(&open(&party).await), BTreeSet::from([joint.clone()]));
        let one = format!("/v1/agreements/{joint}");
        let etag = party.get(&one).await.etag();
        let confirm = vinculo_tests::Request::new(actix_web::http::Method::POST, &format!("{one}/confirmations"));
        party.send(confirm.if_match(&etag)).await.expect(200);
        assert_eq!(waiting(&open(&party).await), BTreeSet::new());

        app.nobody().get("/v1/workspace").await.refused(401, "unauthenticated");
        for role in [Role::StatisticsReader, Role::MissionOfficer, Role::CommitteeMember] {
            let other = app.client(role, GUADALAJARA).await;
            other.get("/v1/workspace").await.refused(403, "forbidden");
        }
    })
    .await;
}

/// The ids of what waits, in their order.
fn in_order(workspace: &Value) -> Vec<String> {
    let cases = workspace["waiting"].as_array().unwrap().iter();
    cases
        .map(|case| case["id"].as_str().unwrap().to_owned())
        .collect()
}

// row: 004-19, 003-05
// operations: get_workspace, transition_agreement
#[actix_web::test]
async fn an_announcement_reaches_the_workspaces_of_those_told() {
    on_both(|app: TestApp| async move {
        let case = app.case_in(GUADALAJARA, Stage::Draft).await.to_string();
        let officer = app.officer(GUADALAJARA).await;
        let announced = async |role: Role, tenant: &str| {
            let found = open(&app.client(role, tenant).await).await;
            assert_eq!(found["announced_more"], false);
            let cases = found["announced"].as_array().unwrap().iter();
            let ids = cases.map(|case| case["id"].as_str().unwrap().to_owned());
            ids.collect::<Vec<String>>()
        };
        assert_eq!(announced(Role::Liaison, SRE).await, Vec::<String>::new());
        let announce = json!({"action": "announce"});
        officer.transition(&case, &announce).await.expect(200);
        assert_eq!(
            announced(Role::Liaison, SRE).await,
            std::slice::from_ref(&case)
        );
        // It is told, and has nothing to do: the case waits for its owner.
        let sre = open(&app.client(Role::Liaison, SRE).await).await;
        assert_eq!(waiting(&sre), BTreeSet::new());
        assert_eq!(sre["announced"][0]["waiting_for"], "owner");
        assert_eq!(sre["announced"][0]["level"], "summary");
        for (role, tenant) in [
            (Role::Officer, GUADALAJARA),
            (Role::Liaison, JALISCO),
            (Role::Officer, ZAPOPAN),
        ] {
            assert_eq!(
                announced(role, tenant).await,
                Vec::<String>::new(),
                "{tenant}"
            );
        }
        let audited = "audit_log WHERE operation = 'get_workspace' AND acting_tenant = '00'";
        assert!(
            app.scratch.count(audited) > 0,
            "reading what others announced is audited"
        );
        let withdraw = json!({"action": "withdraw", "reason": "Otra prioridad."});
        officer.transition(&case, &withdraw).await.expect(200);
        assert_eq!(announced(Role::Liaison, SRE).await, Vec::<String>::new());
    })
    .await;
}

// row: 004-19, 004-06
// operations: get_workspace, create_agreement_urgency, create_agreement_assignment
#[actix_web::test]
async fn what_presses_comes_first_and_each_case_says_who_has_it() {
    on_both(|app: TestApp| async move {
        let admin = app.client(Role::Admin, GUADALAJARA).await;
        for (stage, days) in [("returned", 10), ("observed", 5)] {
            let target = json!({"stage": stage, "business_days": days});
            admin.post("/v1/targets", &target).await.expect(201);
        }
        let mut cases = Vec::new();
        for stage in [Stage::Draft, Stage::Observed, Stage::Returned, Stage::Draft] {
            cases.push(app.case_in(GUADALAJARA, stage).await.to_string());
        }
        let [urgent, observed, returned, newest] = cases.try_into().unwrap();
        let officer = app.officer(GUADALAJARA).await;
        let body = json!({"urgent": true, "reason": "Visita oficial"});
        crate::tools::post_on(&officer, &urgent, "urgency", &body)
            .await
            .expect(200);
        // The draft that changed last is the last one: nothing is due in it.
        let etag = officer
            .get(&format!("/v1/agreements/{newest}"))
            .await
            .etag();
        let change = json!({"objective": "Otro objeto"});
        let path = format!("/v1/agreements/{newest}");
        officer.patch(&path, &etag, &change).await.expect(200);
        let me = app
            .official(Role::Officer, GUADALAJARA)
            .await
            .actor
            .person
            .unwrap();
        let path = format!("/v1/agreements/{observed}/assignments");
        officer
            .post(&path, &json!({"person_id": me}))
            .await
            .expect(201);

        let own = open(&officer).await;
        let expected = [&urgent, &observed, &returned, &newest].map(String::as_str);
        assert_eq!(in_order(&own), expected);
        let line = |at: usize| &own["waiting"][at];
        assert_eq!(line(1)["assigned_to"], json!(me));
        let name = app.officer(GUADALAJARA).await.get("/v1/me").await.json()["name"].clone();
        assert_eq!(line(1)["assignee"], name);
        assert_eq!(
            (&line(2)["assigned_to"], &line(2)["assignee"]),
            (&Value::Null, &Value::Null)
        );
        for case in own["waiting"].as_array().unwrap() {
            assert_eq!(case["waiting_for"], "owner");
            for step in case["due"].as_array().unwrap() {
                assert_eq!(step["actors"][0]["government_id"], GUADALAJARA, "{step}");
            }
        }
        // Who has a case is known only within each government.
        let sre = open(&app.client(Role::Liaison, SRE).await).await;
        assert!(!sre.to_string().contains(&me.to_string()));
    })
    .await;
}
