//! Agreements signed years ago: recorded by their own government or the ministry, or reported by
//! the state and then disputed, confirmed, withdrawn and reported again.

mod corrections;
mod guarded;
mod likely;
mod mended_figures;
mod mending_refused;
mod races;
mod refusals;
mod reports;
mod story;
mod withdrawals;

use crate::tools::{one, post_on};
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_tests::{
    Answer, Client, GUADALAJARA, GUANAJUATO, IRAPUATO, JALISCO, SRE, TestApp, ZAPOPAN, on_both,
};

const PATH: &str = "/v1/past-agreements";

/// The governments whose access is checked.
const READERS: [&str; 8] = [
    SRE,
    "00-amexcid",
    JALISCO,
    GUANAJUATO,
    GUADALAJARA,
    ZAPOPAN,
    IRAPUATO,
    "obs-senado",
];

/// A report on an agreement of Guadalajara.
fn report() -> Value {
    json!({
        "action": "report", "government_id": GUADALAJARA, "kind": "twinning",
        "title": "Hermanamiento con la ciudad de Kioto",
        "counterparts": [{"fields": TestApp::counterpart_json("Ciudad de Kioto")}],
        "signed_on": "1998-10-20", "place": "Kioto", "themes": ["culture"], "languages": ["es"],
        "source": "Periódico Oficial del Estado", "reason": "Consta en el archivo del estado.",
    })
}

/// An agreement that a government records for itself.
fn record() -> Value {
    let mut body = report();
    body["action"] = json!("record_unreviewed");
    body["compliance"] = json!("non_compliant");
    body.as_object_mut().unwrap().remove("government_id");
    body
}

fn with(mut body: Value, field: &str, value: Value) -> Value {
    body[field] = value;
    body
}

/// The governments whose viewers see the case, by its id and in their lists.
async fn seen_by(app: &TestApp, case: &str) -> Vec<&'static str> {
    let mut seen = Vec::new();
    for tenant in READERS {
        let viewer = app.client(Role::Viewer, tenant).await;
        let answer = viewer.get(&one(case)).await;
        let list = viewer.get("/v1/agreements?limit=200").await.expect(200);
        let listed = list.text().contains(case);
        assert_eq!(answer.status == 200, listed, "{tenant}: {}", answer.text());
        if listed {
            seen.push(tenant);
        } else {
            answer.refused(404, "not_found");
        }
    }
    app.nobody()
        .get(&one(case))
        .await
        .refused(401, "unauthenticated");
    seen
}

async fn reported(liaison: &Client) -> Answer {
    liaison.post(PATH, &report()).await.expect(201)
}

fn dispute() -> Value {
    json!({"action": "dispute", "reason": "La fecha no es la del acta."})
}

// row: 003-07, 002-14, 003-21
// operations: create_past_agreement, get_agreement, list_agreements
#[actix_web::test]
async fn what_is_reported_is_seen_by_its_owner_and_its_reporter_alone() {
    on_both(|app| async move {
        let liaison = app.client(Role::Liaison, JALISCO).await;
        let made = reported(&liaison).await;
        let case = made.id();
        assert_eq!(made.header("location"), Some(one(&case)));
        let view = made.json();
        assert_eq!(
            json!([
                view["stage"],
                view["compliance"],
                view["level"],
                view["seats"],
                view["owner"]
            ]),
            json!([
                "reported",
                "unknown",
                "submitted",
                ["reporter"],
                GUADALAJARA
            ])
        );
        assert_eq!(view["source"], "Periódico Oficial del Estado");
        assert_eq!(view["quality_flags"], json!(["missing_text"]));
        assert_eq!(view["submission"]["content"]["themes"], json!(["culture"]));
        assert_eq!(view["signature"]["place"], "Kioto");
        assert_eq!(seen_by(&app, &case).await, [JALISCO, GUADALAJARA]);
        let owner = app.officer(GUADALAJARA).await;
        let own = owner.get(&one(&case)).await.json();
        assert_eq!(
            json!([own["stage"], own["level"], own["seats"], own["signed_on"]]),
            json!(["reported", "full", ["owner"], "1998-10-20"])
        );
        // The counterpart belongs to the reporter, not to the owner.
        let counterpart = own["draft"]["counterparts"][0].as_str().unwrap().to_owned();
        let path = format!("/v1/counterparts/{counterpart}");
        owner.get(&path).await.refused(404, "not_found");
        let kept = app.client(Role::Viewer, JALISCO).await.get(&path).await;
        assert_eq!(kept.expect(200).json()["tenant_id"], JALISCO);
        // The reporter may change none of it.
        let etag = liaison.get(&one(&case)).await.etag();
        let patch = json!({"title": "Otro"});
        let refused = liaison.patch(&one(&case), &etag, &patch).await;
        refused.refused(403, "forbidden");
        let confirm = json!({"action": "confirm"});
        let refused = liaison.transition(&case, &confirm).await;
        refused.refused(403, "forbidden");
        let officer = app.officer(JALISCO).await;
        let withdraw = json!({"action": "withdraw", "reason": "Error."});
        let refused = officer.transition(&case, &withdraw).await;
        refused.refused(403, "forbidden");
    })
    .await;
}

// row: 003-07
// operations: create_past_agreement
#[actix_web::test]
async fn the_same_agreement_comes_on_record_once() {
    on_both(|app| async move {
        let liaison = app.client(Role::Liaison, JALISCO).await;
        let case = reported(&liaison).await.id();
        let owner = app.officer(GUADALAJARA).await;
        let ministry = app.client(Role::Liaison, SRE).await;
        let spelled = json!([{"fields": TestApp::counterpart_json("CIUDAD DE  KIOTO")}]);
        let again = with(report(), "counterparts", spelled);
        let mut told = None;
        // The ministry does not see the report: it learns no more than that there is one.
        for (who, body, sees) in [
            (&liaison, again, true),
            (&owner, record(), true),
            (&ministry, report(), false),
            (
                &ministry,
                with(record(), "government_id", json!(GUADALAJARA)),
                false,
            ),
        ] {
            let refused = who.post(PATH, &body).await.refused(409, "duplicate");
            let mut problem = refused.json();
            let existing = problem.as_object_mut().unwrap().remove("existing");
            let named = json!({"id": case, "href": one(&case)});
            assert_eq!(existing, sees.then_some(named));
            problem["request_id"] = Value::Null;
            assert!(!problem.to_string().contains(&case), "{problem}");
            assert_eq!(*told.get_or_insert(problem.clone()), problem);
        }
        assert_eq!(app.scratch.count("agreements"), 1);
        // With another government, kind or date it is another agreement.
        for (field, value) in [
            ("government_id", json!(ZAPOPAN)),
            ("kind", json!("specific_cooperation")),
            ("signed_on", json!("1999")),
        ] {
            liaison
                .post(PATH, &with(report(), field, value))
                .await
                .expect(201);
        }
    })
    .await;
}

// row: 003-07
// operations: create_past_agreement, get_agreement
#[actix_web::test]
async fn what_the_ministry_records_is_signed_and_its_owner_goes_on_with_it() {
    on_both(|app| async move {
        let ministry = app.client(Role::Liaison, SRE).await;
        let body = with(record(), "government_id", json!(GUADALAJARA));
        let made = ministry.post(PATH, &body).await.expect(201);
        let (case, view) = (made.id(), made.json());
        assert_eq!(
            json!([view["stage"], view["compliance"], view["seats"]]),
            json!(["signed", "non_compliant", ["federal"]])
        );
        assert_eq!(seen_by(&app, &case).await, [SRE, GUADALAJARA]);
        let owner = app.officer(GUADALAJARA).await;
        let own = owner.get(&one(&case)).await.json();
        let counterpart = own["counterparts"][0]["id"].as_str().unwrap();
        let book = owner.get(&format!("/v1/counterparts/{counterpart}")).await;
        assert_eq!(book.expect(200).json()["tenant_id"], GUADALAJARA);
        let line = owner.get(&format!("{}/history", one(&case))).await.json();
        let line = &line["items"][0];
        assert_eq!(
            json!([
                line["action"],
                line["acting_tenant"],
                line["on_behalf"],
                line["note"]
            ]),
            json!([
                "record_unreviewed",
                SRE,
                false,
                "Consta en el archivo del estado."
            ])
        );
        // Only the government sees what it records for itself, until it sends it.
        let mine = app
            .officer(ZAPOPAN)
            .await
            .post(PATH, &record())
            .await
            .expect(201);
        assert_eq!(mine.json()["level"], "full");
        assert_eq!(seen_by(&app, &mine.id()).await, [ZAPOPAN]);
    })
    .await;
}

/// Corrects a record, in the version that the caller reads.
async fn correct(client: &Client, case: &str, body: Value) -> Answer {
    post_on(client, case, "corrections", &body).await
}

/// Withdraws a record as recorded in error.
async fn withdraw(client: &Client, case: &str) -> Answer {
    let body = json!({"reason": "Es de otro municipio."});
    post_on(client, case, "withdrawals", &body).await
}

/// The history that the caller reads, newest first.
async fn lines(client: &Client, case: &str) -> Vec<Value> {
    let list = client.get(&format!("{}/history", one(case))).await;
    list.expect(200).json()["items"].as_array().unwrap().clone()
}

/// The actions of that history.
async fn actions(client: &Client, case: &str) -> Vec<String> {
    let lines = lines(client, case).await.into_iter();
    let action = |line: Value| line["action"].as_str().unwrap().to_owned();
    lines.map(action).collect()
}

/// How many cases a list of the caller shows.
async fn listed(client: &Client, query: &str) -> i64 {
    let path = format!("/v1/agreements?count=true&{query}");
    let list = client.get(&path).await;
    list.expect(200).json()["total"].as_i64().unwrap()
}
