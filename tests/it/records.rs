//! The kinds of records, each with its story: who writes it, how it moves, and who sees what of it.
//! What all kinds have in common is in `record_contract`.

mod advisory_cases;
mod budgets;
mod closed_missions;
mod commitments;
mod committees;
mod currencies;
mod international_offices;
mod library_items;
mod meetings;
mod memberships;
mod missions;
mod named;
mod networks;
mod of_agreements;
mod referrals;
mod staff_members;
mod territory_profiles;

// The stories take all of these from here.
use self::named::{body_of, mission, network, office, seats, session};
use crate::tools::{noon, on_both_at_noon, points_at, post};
use actix_web::http::Method;
use serde_json::{Value, json};
use vinculo_domain::Role;
use vinculo_tests::{
    Answer, Client, GUADALAJARA, GUANAJUATO, IRAPUATO, JALISCO, Request, SRE, TestApp, ZAPOPAN,
    on_both,
};

const OFFICES: &str = "/v1/international-offices";

/// A body with other fields in it.
fn with(body: &Value, fields: Value) -> Value {
    let mut whole = body.as_object().unwrap().clone();
    whole.extend(fields.as_object().unwrap().clone());
    whole.into()
}

/// A new record: its id and its address.
async fn made(client: &Client, path: &str, body: &Value) -> (String, String) {
    let id = client.post(path, body).await.expect(201).id();
    let one = format!("{path}/{id}");
    (id, one)
}

/// Puts a record by its id in another system.
async fn put(client: &Client, path: &str, id: &str, body: &Value) -> Answer {
    let path = format!("{path}/by-external-id/{}", id.replace(':', "/"));
    client
        .send(Request::new(Method::PUT, &path).json(body))
        .await
}

/// The tag of the version that the client reads; of a record out of its sight, one that may be.
async fn tag(client: &Client, one: &str) -> String {
    let found = client.get(one).await.header("etag");
    found.unwrap_or_else(|| "\"1\"".to_owned())
}

/// Changes the current version.
async fn change(client: &Client, one: &str, fields: Value) -> Answer {
    client.patch(one, &tag(client, one).await, &fields).await
}

/// Changes the current version, which the client may.
async fn changed(client: &Client, one: &str, fields: Value) {
    change(client, one, fields).await.expect(200);
}

/// Removes the current version.
async fn remove(client: &Client, one: &str) -> Answer {
    client.delete(one, &tag(client, one).await).await
}

/// Takes an action on the current version, with the fields that come with it.
async fn act(client: &Client, one: &str, action: &str, fields: Value) -> Answer {
    let etag = tag(client, one).await;
    let asked = json!({"action": action, "fields": fields});
    let request = post(&format!("{one}/transitions"), &asked);
    client.send(request.if_match(&etag)).await
}

/// Takes an action that nothing comes with.
async fn step(client: &Client, one: &str, action: &str) -> Answer {
    act(client, one, action, json!({})).await
}

/// Takes an action that leads to a status, with the fields that come with it: `open → closed`.
async fn moved(client: &Client, one: &str, step: &str, fields: Value) {
    let (action, status) = step.split_once(" → ").unwrap();
    let moved = act(client, one, action, fields).await.expect(200);
    assert_eq!(moved.json()["status"], status, "{action}");
}

/// Takes actions that nothing comes with, each of which leads to a status.
async fn walk(client: &Client, one: &str, steps: &str) {
    for step in steps.split(", ") {
        moved(client, one, step, json!({})).await;
    }
}

async fn seen(client: &Client, one: &str) -> Value {
    client.get(one).await.expect(200).json()
}

/// For a client it is not there, whatever it does.
async fn unseen(client: &Client, one: &str) {
    client.get(one).await.refused(404, "not_found");
    for action in ["confirm", "answer"] {
        step(client, one, action).await.refused(404, "not_found");
    }
}

/// What a client reads has these values.
async fn shows(client: &Client, one: &str, values: Value) {
    let view = seen(client, one).await;
    for (name, value) in values.as_object().unwrap() {
        assert_eq!(view[name], *value, "{name}");
    }
}

/// These actions are open to a client.
async fn open_to(client: &Client, one: &str, actions: &[&str]) {
    shows(client, one, json!({"available_actions": actions})).await;
}

/// The titles of a list, in its order.
async fn titles(client: &Client, path: &str) -> Vec<String> {
    let list = seen(client, path).await;
    let items = list["items"].as_array().unwrap().iter();
    items
        .map(|item| item["title"].as_str().unwrap().to_owned())
        .collect()
}

/// A list has these, in this order.
async fn lists(client: &Client, path: &str, expected: &[&str]) {
    assert_eq!(titles(client, path).await, expected);
}

/// How many records a client finds by each of these filters: `status=open → 2`.
async fn finds(client: &Client, path: &str, counts: &str) {
    for one in counts.split(", ") {
        let (filter, count) = one.split_once(" → ").unwrap();
        let found = titles(client, &format!("{path}?{filter}")).await;
        assert_eq!(found.len().to_string(), count, "{filter}: {found:?}");
    }
}

/// The id of the person of a session.
async fn me(client: &Client) -> String {
    client.get("/v1/me").await.expect(200).id()
}

/// What a client's government counts of a kind.
async fn counted(client: &Client, query: &str) -> Value {
    seen(client, &format!("/v1/statistics/mine/records?{query}")).await
}

/// What anyone counts of a kind.
async fn counted_by_all(app: &TestApp, query: &str) -> Value {
    seen(&app.nobody(), &format!("/v1/statistics/records?{query}")).await
}

/// Nothing is counted so.
async fn not_counted(client: &Client, query: &str) {
    let path = format!("/v1/statistics/mine/records?{query}");
    client.get(&path).await.refused(400, "invalid_parameter");
}

/// The sums of figures: `approved MXN 2026 500, spent MXN 2026 120`.
fn sums(figures: &Value) -> String {
    let sums = figures["sums"].as_array().unwrap().iter();
    let sums: Vec<String> = sums
        .map(|sum| {
            let [name, unit] = ["name", "unit"].map(|field| sum[field].as_str().unwrap());
            format!("{name} {unit} {} {}", sum["year"], sum["value"])
        })
        .collect();
    sums.join(", ")
}

/// Figures with these values, each with how many records have it.
#[track_caller]
fn rows(figures: &Value, rows: &[(&str, i64)]) {
    let rows = rows.iter();
    let rows: Vec<Value> = rows
        .map(|(value, count)| json!({"value": value, "count": count}))
        .collect();
    assert_eq!(figures["rows"], json!(rows));
}

/// Of one office in Jalisco, the ministry reads whether it is stale.
async fn stale(app: &TestApp, stale: i64, share: f64) {
    let sre = app.client(Role::Viewer, SRE).await;
    let path = "/v1/statistics/mine/record-freshness?kind=international-offices";
    let state = json!({"state": JALISCO, "total": 1, "stale": stale, "stale_share": share});
    shows(&sre, path, json!({"states": [state]})).await;
}

/// A refusal that names exactly the roles that may.
#[track_caller]
fn only_for(answer: Answer, roles: &[&str]) {
    let problem = answer.refused(403, "forbidden").json();
    assert_eq!(problem["roles"], json!(roles), "{problem}");
}

/// A reader of a government is told which roles write such a record.
async fn written_by(app: &TestApp, path: &str, body: &Value, roles: &[&str]) {
    let viewer = app.client(Role::Viewer, GUADALAJARA).await;
    only_for(viewer.post(path, body).await, roles);
}

/// The ministry asks nobody for anything.
async fn asked_by_others(app: &TestApp, path: &str, body: &Value) {
    let sre = app.officer(SRE).await;
    only_for(sre.post(path, body).await, &["officer"]);
}

/// A client that sees a record neither changes it so nor removes it.
async fn kept_from(client: &Client, one: &str, fields: &Value, roles: &[&str]) {
    only_for(change(client, one, fields.clone()).await, roles);
    only_for(remove(client, one).await, roles);
}

/// A refusal of content, with what is wrong at each place: `/title required`.
#[track_caller]
fn wrong(answer: Answer, places: &str) {
    let answer = answer.refused(422, "validation_failed");
    for place in places.split(", ") {
        let (pointer, code) = place.split_once(' ').unwrap();
        points_at(&answer, pointer, code);
    }
}

/// A body is wrong with other fields in it.
async fn wrong_with(client: &Client, path: &str, body: &Value, fields: Value, places: &str) {
    wrong(client.post(path, &with(body, fields)).await, places);
}

/// A body names no office of another government, although everybody sees that one.
async fn no_office_of_others(app: &TestApp, client: &Client, path: &str, body: &Value) {
    let theirs = json!({"office_id": office(app, ZAPOPAN).await.0});
    wrong_with(client, path, body, theirs, "/office_id not_found").await;
}

/// A refusal of a change that the status does not allow any more.
#[track_caller]
fn locked(answer: Answer) {
    answer.refused(409, "locked_in_stage");
}

/// A refusal of an action for want of a field.
#[track_caller]
fn lacking(answer: Answer, field: &str) {
    let answer = answer.refused(422, "incomplete");
    points_at(&answer, &format!("/fields/{field}"), "required");
}

/// A refusal of an action out of order, which names exactly the open ones.
#[track_caller]
fn out_of_order(answer: Answer, open: &str) {
    let problem = answer.refused(409, "wrong_stage").json();
    let detail = problem["detail"].as_str().unwrap();
    let end = match open {
        "" => "» no procede ninguna actuación.".to_owned(),
        open => format!("» proceden estas actuaciones: {open}."),
    };
    assert!(detail.ends_with(&end), "{detail}");
}
