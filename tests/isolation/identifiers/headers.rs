//! In tags, cursors, idempotency keys and made-up headers.

use super::{Writer, compare, get, patch, post};
use crate::people::Person;
use crate::run::{Matrix, shown};
use actix_web::http::Method;
use serde_json::json;
use uuid::Uuid;
use vinculo_tests::{GUADALAJARA, Request, TENANTS, TestApp, ZAPOPAN};

pub async fn all(writer: &Writer<'_>) {
    tags(writer).await;
    made_up(writer).await;
}

/// Only the version in a tag counts. It makes no difference whose tag it is.
async fn tags(writer: &Writer<'_>) {
    let version = writer.tag.trim_matches('"').split('.').next().unwrap();
    let change = |tag: &str| patch(&writer.path(""), tag, &json!({"objective": "Otro"}));
    for tag in writer.matrix.tags_of_others(writer.person.who.tenant) {
        let others = tag.trim_matches('"').split('.').next().unwrap().to_owned();
        let answer = writer.client().send(change(&tag)).await;
        let wanted = if others == version { 200 } else { 412 };
        if answer.status != wanted {
            let email = &writer.person.email;
            writer
                .matrix
                .wrong(format!("{email} with the tag {tag}: {}", answer.text()));
        }
    }
}

/// A made-up header does not give its sender another identity.
async fn made_up(writer: &Writer<'_>) {
    let plain = writer.client().get("/v1/agreements?limit=200").await;
    for name in [
        "x-tenant-id",
        "x-acting-tenant",
        "x-forwarded-user",
        "x-user-id",
    ] {
        for (tenant, _) in TENANTS {
            let request = get("/v1/agreements?limit=200").header(name, tenant);
            let answer = writer.client().send(request).await;
            if shown(&answer) != shown(&plain) {
                let email = &writer.person.email;
                writer
                    .matrix
                    .wrong(format!("{email} is heard as {tenant} by {name}"));
            }
        }
    }
}

impl Matrix {
    pub fn person(&self, role: &str, tenant: &str) -> &Person {
        let found = |person: &&Person| (person.who.role, person.who.tenant) == (role, tenant);
        self.people.iter().find(found).unwrap()
    }

    /// A person and the tag that the person was given for a case.
    pub async fn hand(&self, role: &str, tenant: &str, case: &str) -> (&Person, String) {
        let person = self.person(role, tenant);
        let case = &self.places.by_name[case].id;
        let tag = person
            .client
            .get(&format!("/v1/agreements/{case}"))
            .await
            .etag();
        (person, tag)
    }
}

/// A tag can be answered with "not modified". Only the reader who was given the tag gets that
/// answer.
pub async fn tags_of_readers(matrix: &Matrix) {
    let path = format!("/v1/agreements/{}", matrix.places.by_name["legal"].id);
    let mut given = Vec::new();
    for tenant in ["14039", "14", "00"] {
        for role in ["viewer", "officer"] {
            given.push(matrix.hand(role, tenant, "legal").await);
        }
    }
    for (person, own) in &given {
        for (_, tag) in &given {
            let request = get(&path).header("if-none-match", tag);
            let answer = person.client.send(request).await;
            let wanted = if tag == own { 304 } else { 200 };
            if answer.status != wanted || given.iter().filter(|(_, one)| one == tag).count() > 1 {
                let email = &person.email;
                matrix.wrong(format!("{email} with the tag {tag}: {}", answer.status));
            }
        }
    }
}

/// A cursor is valid only for the government, the operation and the filter it was given for.
pub async fn cursors(matrix: &Matrix, wanted: impl Fn(&Person) -> bool) {
    let case = &matrix.places.by_name["registered"].id;
    let paths = [
        "/v1/agreements".to_owned(),
        "/v1/counterparts".to_owned(),
        "/v1/reads".to_owned(),
        format!("/v1/agreements/{case}/history"),
        format!("/v1/agreements/{case}/documents"),
    ];
    for path in &paths {
        let mut cursors = Vec::new();
        for person in matrix.people.iter().filter(|person| wanted(person)) {
            let page = person.client.get(&format!("{path}?limit=1")).await;
            if page.status == 200
                && let Some(cursor) = page.json()["next_cursor"].as_str()
            {
                cursors.push((person, cursor.to_owned()));
            }
        }
        assert!(cursors.len() > 1, "{path}");
        for (person, own) in &cursors {
            let next = person
                .client
                .get(&format!("{path}?limit=1&cursor={own}"))
                .await;
            next.expect(200);
            let others = cursors
                .iter()
                .filter(|(other, _)| other.who.tenant != person.who.tenant);
            let others: Vec<String> = others.map(|(_, cursor)| cursor.clone()).collect();
            let go_on = |cursor: &str| get(&format!("{path}?limit=1&cursor={cursor}"));
            compare(matrix, person, "a cursor of another", &others, go_on).await;
        }
        for other in paths.iter().filter(|other| *other != path) {
            let (person, own) = &cursors[0];
            let go_on = |cursor: &str| get(&format!("{other}?limit=1&cursor={cursor}"));
            let answer = person.client.get(&format!("{other}?limit=1")).await;
            if answer.status == 200 {
                let own = std::slice::from_ref(own);
                compare(matrix, person, "a cursor of another list", own, go_on).await;
            }
        }
    }
}

/// An idempotency key belongs to its sender. Under the same key and with the same body, another
/// government or another person creates a record of its own and is told nothing of the first.
pub async fn keys_of_repetition(writers: &[Writer<'_>]) {
    let (key, city) = (
        Uuid::now_v7().to_string(),
        format!("Ciudad {}", Uuid::now_v7()),
    );
    let create = |name: &str| {
        let body = TestApp::counterpart_json(name);
        Request::new(Method::POST, "/v1/counterparts")
            .json(&body)
            .header("idempotency-key", &key)
    };
    let mut ids = Vec::new();
    for writer in writers {
        let first = writer.client().send(create(&city)).await.expect(201);
        let again = writer.client().send(create(&city)).await.expect(201);
        assert_eq!(
            again.header("idempotency-replayed").as_deref(),
            Some("true")
        );
        assert_eq!(first.id(), again.id());
        let line = format!("{} is given another's answer", writer.person.email);
        if first.header("idempotency-replayed").is_some() || ids.contains(&first.id()) {
            return writer.matrix.wrong(line);
        }
        ids.push(first.id());
    }
    // Two people of one government: the second is refused as a duplicate and is not given the first
    // answer.
    let writer = writers
        .iter()
        .find(|writer| writer.person.who.tenant == GUADALAJARA)
        .unwrap();
    let (app, email) = (&writer.matrix.app, format!("{key}@14039.example"));
    let second = crate::people::hire(app, &email, GUADALAJARA, vinculo_domain::Role::Officer).await;
    let second = app.session(second, GUADALAJARA).await;
    let answer = second.send(create(&city)).await;
    if answer.status != 409 || answer.code() != "duplicate" {
        let line = format!("{email} is given another's answer");
        return writer.matrix.wrong(line);
    }
    // Another person's key with a different body is no conflict either.
    let other = writers
        .iter()
        .find(|writer| writer.person.who.tenant == ZAPOPAN)
        .unwrap();
    let fresh = post(
        "/v1/counterparts",
        &TestApp::counterpart_json("Otra ciudad"),
    );
    other
        .client()
        .send(fresh.header("idempotency-key", "solo-de-guadalajara"))
        .await
        .expect(200);
}
