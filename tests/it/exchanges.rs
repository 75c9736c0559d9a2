//! What one government asks of another: whose turn it is, who is told of each move, and that nobody
//! else learns of it.

mod earlier;
mod ended;
mod many;

use crate::tools::{noon, on_both_at_noon, post};
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_tests::{Answer, Client, GUADALAJARA, IRAPUATO, JALISCO, SRE, TestApp, ZAPOPAN};

const SOUGHT: &str = "Una ciudad con industria aeroespacial.";

async fn json_of(client: &Client, path: &str) -> Value {
    client.get(path).await.expect(200).json()
}

async fn make(client: &Client, path: &str, body: Value) -> String {
    let id = client.post(path, &body).await.expect(201).id();
    format!("{path}/{id}")
}

async fn act(client: &Client, one: &str, action: &str, fields: Value) -> Answer {
    let etag = client.get(one).await.expect(200).etag();
    let asked = json!({"action": action, "fields": fields});
    let request = post(&format!("{one}/transitions"), &asked);
    client.send(request.if_match(&etag)).await
}

/// A mission with these officers: its id.
async fn mission(app: &TestApp, city: &str, officers: &[&Client]) -> String {
    let mut ids = Vec::new();
    for officer in officers {
        ids.push(officer.get("/v1/me").await.expect(200).id());
    }
    let fields = json!({"title": format!("Consulado en {city}"), "type": "consulate",
        "city": city, "country": "JP", "officer_ids": ids});
    let sre = app.client(Role::Liaison, SRE).await;
    sre.post("/v1/missions", &fields).await.expect(201).id()
}

fn question(title: &str, mission: &str, deadline: Option<&str>) -> Value {
    json!({"title": title, "mission_id": mission, "deadline": deadline, "sought": SOUGHT})
}

/// The titles of a list of exchanges in the workspace.
async fn found(client: &Client, list: &str) -> Vec<String> {
    let own = json_of(client, "/v1/workspace").await;
    let lines = own["exchanges"][list].as_array().unwrap().iter();
    lines
        .map(|line| line["title"].as_str().unwrap().to_owned())
        .collect()
}

/// Kind and title of each notice, by pages of one.
async fn notices(client: &Client) -> Vec<String> {
    let (mut told, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/v1/notices?limit=1{cursor}");
        let page = json_of(client, &path).await;
        let items = page["items"].as_array().unwrap().iter();
        told.extend(items.map(|item| {
            let [kind, title] = ["kind", "title"].map(|name| item[name].as_str().unwrap());
            format!("{kind} {title}")
        }));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return told,
        }
    }
}

/// Whose turn it is, since when, for how many days, and how that stands to the deadline.
#[track_caller]
fn turn(view: &Value, holder: &str, since: &str, days: i64, state: &str) {
    let turn = &view["turn"];
    assert_eq!(turn["government_id"], holder, "{turn}");
    assert!(turn["since"].as_str().unwrap().starts_with(since), "{turn}");
    assert_eq!(
        (&turn["business_days"], &turn["state"]),
        (&json!(days), &json!(state)),
        "{turn}"
    );
}

/// What the asker and the mission find: their turn, what they wait for, and their notice.
async fn each(app: &TestApp, expected: [(&[&str], &[&str], &[&str]); 2]) {
    let sides = [(Role::Officer, GUADALAJARA), (Role::MissionOfficer, SRE)];
    for ((role, tenant), (waiting, awaited, told)) in sides.into_iter().zip(expected) {
        let client = app.client(role, tenant).await;
        assert_eq!(found(&client, "waiting").await, waiting, "{tenant} waiting");
        assert_eq!(found(&client, "awaited").await, awaited, "{tenant} awaited");
        assert_eq!(notices(&client).await, told, "{tenant} notices");
    }
    for (role, tenant) in [
        (Role::Officer, ZAPOPAN),
        (Role::Liaison, JALISCO),
        (Role::Trainer, JALISCO),
        (Role::Officer, IRAPUATO),
        (Role::Admin, "00-amexcid"),
        (Role::MissionOfficer, GUADALAJARA),
        (Role::Viewer, "obs-senado"),
    ] {
        let other = app.client(role, tenant).await;
        for path in ["/v1/workspace", "/v1/notices"] {
            let answer = other.get(path).await;
            assert!(
                answer.status == 200 || answer.status == 403,
                "{tenant} {path}"
            );
            assert!(!answer.text().contains("Para Tokio"), "{tenant} {path}");
        }
    }
}

// row: 003-23, 003-24, 003-25
// operations: get_workspace, list_notices, get_referral, transition_referral
#[actix_web::test]
async fn each_side_knows_whose_turn_it_is_and_what_the_other_did() {
    on_both_at_noon(|app, clock| async move {
        let client = |role, tenant| app.client(role, tenant);
        let (tokyo, osaka) = {
            let official = client(Role::MissionOfficer, SRE).await;
            (
                mission(&app, "Tokio", &[&official]).await,
                mission(&app, "Osaka", &[]).await,
            )
        };
        let asker = client(Role::Officer, GUADALAJARA).await;
        let first = question("Para Tokio", &tokyo, Some("2026-11-30"));
        let one = make(&asker, "/v1/referrals", first).await;
        turn(
            &json_of(&asker, &one).await,
            SRE,
            "2026-11-20T18",
            0,
            "on_time",
        );
        each(
            &app,
            [
                (&[], &["Para Tokio"], &[]),
                (&["Para Tokio"], &[], &["asked Para Tokio"]),
            ],
        )
        .await;

        // A question that is changed is no new one.
        noon(&clock, "2026-11-25");
        let asker = client(Role::Officer, GUADALAJARA).await;
        let etag = asker.get(&one).await.expect(200).etag();
        asker
            .patch(&one, &etag, &json!({"description": "Urge."}))
            .await
            .expect(200);
        let official = client(Role::MissionOfficer, SRE).await;
        turn(
            &json_of(&official, &one).await,
            SRE,
            "2026-11-20T18",
            3,
            "due_soon",
        );
        let list = json_of(&official, "/v1/referrals").await;
        assert_eq!(
            list["items"][0]["turn"],
            json_of(&official, &one).await["turn"]
        );
        each(
            &app,
            [
                (&[], &["Para Tokio"], &[]),
                (&["Para Tokio"], &[], &["asked Para Tokio"]),
            ],
        )
        .await;
        // Another mission's is the ministry's, not this officer's.
        make(
            &asker,
            "/v1/referrals",
            question("Para Osaka", &osaka, None),
        )
        .await;
        assert_eq!(found(&official, "waiting").await, ["Para Tokio"]);
        let liaison = client(Role::Liaison, SRE).await;
        // What is due comes before what names no day.
        assert_eq!(
            found(&liaison, "waiting").await,
            ["Para Tokio", "Para Osaka"]
        );
        let list = json_of(&liaison, "/v1/workspace?role=registrar").await;
        assert_eq!(list["exchanges"]["waiting"], json!([]));
        let list = json_of(&liaison, "/v1/workspace?role=mission_officer").await;
        assert_eq!(list["exchanges"]["waiting"].as_array().unwrap().len(), 2);

        act(&official, &one, "accept", json!({})).await.expect(200);
        turn(
            &json_of(&official, &one).await,
            SRE,
            "2026-11-25T18",
            0,
            "due_soon",
        );
        let both: &[&str] = &["Para Tokio", "Para Osaka"];
        each(
            &app,
            [
                (&[], both, &["accepted Para Tokio"]),
                (&["Para Tokio"], &[], &[]),
            ],
        )
        .await;

        noon(&clock, "2026-12-01");
        let official = client(Role::MissionOfficer, SRE).await;
        turn(
            &json_of(&official, &one).await,
            SRE,
            "2026-11-25T18",
            4,
            "overdue",
        );
        let answer = json!({"answer": "Nagoya y Gifu."});
        act(&official, &one, "answer", answer).await.expect(200);
        turn(
            &json_of(&official, &one).await,
            GUADALAJARA,
            "2026-12-01T18",
            0,
            "none",
        );
        each(
            &app,
            [
                (&["Para Tokio"], &["Para Osaka"], &["answered Para Tokio"]),
                (&[], &["Para Tokio"], &[]),
            ],
        )
        .await;
        let asker = client(Role::Viewer, GUADALAJARA).await;
        let told = asker.get("/v1/notices").await.expect(200);
        for content in [SOUGHT, "Nagoya"] {
            assert!(!told.text().contains(content), "{}", told.text());
        }
        let told = told.json()["items"][0].clone();
        assert_eq!(
            (&told["on"], &told["agreement_id"], &told["stage"]),
            (&json!("2026-12-01"), &Value::Null, &Value::Null)
        );
        assert_eq!(
            (&told["record"]["status"], &told["record"]["asked"]),
            (&json!("answered"), &json!(SRE))
        );
        assert_eq!(
            format!("/v1/referrals/{}", told["record"]["id"].as_str().unwrap()),
            one
        );
        let line = json_of(&asker, "/v1/workspace").await["exchanges"]["waiting"][0].clone();
        assert_eq!(
            (&line["path"], &line["owner"], &line["asked"]),
            (&json!(one), &json!(GUADALAJARA), &json!(SRE))
        );

        noon(&clock, "2026-12-03");
        let asker = client(Role::Officer, GUADALAJARA).await;
        turn(
            &json_of(&asker, &one).await,
            GUADALAJARA,
            "2026-12-01T18",
            2,
            "none",
        );
        act(&asker, &one, "close", json!({})).await.expect(200);
        assert_eq!(json_of(&asker, &one).await["turn"], Value::Null);
        each(
            &app,
            [
                (&[], &["Para Osaka"], &[]),
                (&[], &[], &["closed Para Tokio"]),
            ],
        )
        .await;
        // Whoever answers changes counts of the owner.
        crate::record_contract::counts::are_right(&app.scratch);
        // After thirty days it is no news any more.
        noon(&clock, "2027-01-03");
        each(&app, [(&[], &["Para Osaka"], &[]), (&[], &[], &[])]).await;
    })
    .await;
}
