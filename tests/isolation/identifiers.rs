//! Identifiers of others in every place that takes one: the path, the query, the body and what is
//! nested in it, cursors, tags, idempotency keys, forms and headers. An identifier out of sight
//! gets the same answer as one that does not exist, and nothing changes.

mod bodies;
pub mod headers;
pub mod paths;

use super::people::Person;
use super::run::{Matrix, shown};
use actix_web::http::Method;
use serde_json::{Value, json};
use uuid::Uuid;
use vinculo_api::fixtures::pdf;
use vinculo_persistence::Engine;
use vinculo_tests::{Client, GUADALAJARA, JALISCO, Request, SRE, ZAPOPAN, is_full, leave};

/// An officer with a draft of its own; the tests write the identifiers of others into it.
pub struct Writer<'a> {
    pub matrix: &'a Matrix,
    pub person: &'a Person,
    pub draft: String,
    pub document: String,
    pub tag: String,
}

/// One officer of each government that writes.
pub async fn writers(matrix: &Matrix) -> Vec<Writer<'_>> {
    let mut writers = Vec::new();
    for person in matrix
        .people
        .iter()
        .filter(|person| person.who.role == "officer")
    {
        writers.extend(Writer::of(matrix, person).await);
    }
    assert_eq!(writers.len(), 7, "everyone but observers writes");
    writers
}

/// The officers who stand for the others on PostgreSQL, which knows governments by their relations.
const STAND_FOR_ALL: [&str; 4] = [GUADALAJARA, ZAPOPAN, JALISCO, SRE];

pub async fn all(matrix: &Matrix) {
    let mut writers = writers(matrix).await;
    if matrix.app.scratch.engine == Engine::Postgres && !is_full() {
        let all = writers.len();
        writers.retain(|writer| STAND_FOR_ALL.contains(&writer.person.who.tenant));
        leave(
            "isolation: officers who write identifiers of others, Postgres",
            writers.len(),
            all,
        );
    }
    let before = matrix.digest();
    for writer in &writers {
        paths::all(writer).await;
        bodies::all(writer).await;
        headers::all(writer).await;
    }
    bodies::in_actions(matrix).await;
    cursors(matrix).await;
    headers::tags_of_readers(matrix).await;
    let changed = before.difference(&matrix.digest());
    if !changed.is_empty() {
        matrix.wrong(format!("identifiers of others changed {changed:?}"));
    }
    headers::keys_of_repetition(&writers).await;
}

/// A cursor is for a government, whatever the role: these roles have all of its lists.
async fn cursors(matrix: &Matrix) {
    let tried =
        |person: &Person| is_full() || ["viewer", "officer", "admin"].contains(&person.who.role);
    let (few, all) = (
        matrix.people.iter().filter(|one| tried(one)).count(),
        matrix.people.len(),
    );
    if few < all {
        leave("isolation: people whose cursors are tried", few, all);
    }
    headers::cursors(matrix, tried).await;
}

impl<'a> Writer<'a> {
    /// None where the government writes no drafts.
    async fn of(matrix: &'a Matrix, person: &'a Person) -> Option<Self> {
        let draft = json!({"kind": "twinning", "title": "Otro acuerdo"});
        let answer = person.client.post("/v1/agreements", &draft).await;
        if answer.status == 403 {
            return None;
        }
        let draft = answer.expect(201).id();
        let client = &person.client;
        let document = client
            .attach(&draft, "text", Some("es"), &pdf("texto"))
            .await;
        let document = document.expect(201).id();
        let tag = client.get(&format!("/v1/agreements/{draft}")).await.etag();
        Some(Self {
            matrix,
            person,
            draft,
            document,
            tag,
        })
    }

    pub fn client(&self) -> &Client {
        &self.person.client
    }

    pub fn path(&self, part: &str) -> String {
        format!("/v1/agreements/{}{part}", self.draft)
    }

    /// The objects of a kind that are out of the writer's sight.
    pub fn hidden(&self, kind: &str) -> Vec<String> {
        let (table, who) = (&self.matrix.table, self.person.who);
        let objects = self.matrix.places.by_name.iter();
        let of_kind = objects.filter(|(name, _)| table.objects[*name].kind == kind);
        let hidden = of_kind.filter(|(name, _)| table.part(name, who).is_none());
        let mut ids: Vec<String> = hidden
            .map(|(_, place)| place.own_id(kind).to_owned())
            .collect();
        if kind == "counterpart" {
            let others = self.matrix.places.counterparts.iter();
            ids.extend(
                others
                    .filter(|(owner, _)| owner != who.tenant)
                    .map(|(_, id)| id.clone()),
            );
        }
        assert!(!ids.is_empty());
        ids
    }

    /// The documents of the table; none of them belongs to the writer's own draft.
    pub fn documents_elsewhere(&self) -> Vec<String> {
        let objects = self.matrix.places.by_name.iter();
        let documents =
            objects.filter(|(name, _)| self.matrix.table.objects[*name].kind == "document");
        documents.map(|(_, place)| place.document.clone()).collect()
    }

    /// The ids of rows, read past the service.
    pub fn ids(&self, from: &str) -> Vec<String> {
        self.matrix
            .app
            .scratch
            .texts(&format!("SELECT id AS x FROM {from} ORDER BY id"))
    }

    /// Sends the request that `make` builds from each word, and the one it builds from a word that
    /// means nothing. The answers must be the same except for the word itself.
    pub async fn compare(&self, place: &str, words: &[String], make: impl Fn(&str) -> Request) {
        compare(self.matrix, self.person, place, words, make).await;
    }
}

/// The same for any caller.
pub async fn compare(
    matrix: &Matrix,
    person: &Person,
    place: &str,
    words: &[String],
    make: impl Fn(&str) -> Request,
) {
    let random = Uuid::now_v7().to_string();
    let unknown = person.client.send(make(&random)).await;
    let wanted = shown(&unknown).replace(&random, "WORD");
    let empty = unknown.status == 200 && unknown.json()["items"] == json!([]);
    if unknown.status < 400 && !empty {
        matrix.wrong(format!(
            "{place} of {} takes anything: {wanted}",
            person.email
        ));
    }
    for word in words {
        let answer = person.client.send(make(word)).await;
        // A key as short as `00` also occurs inside other words; no refusal repeats it.
        let long = word.len() > 10;
        let found = if long {
            shown(&answer).replace(word.as_str(), "WORD")
        } else {
            shown(&answer)
        };
        if found != wanted {
            matrix.wrong(format!(
                "{place} of {} tells {word} from a random one:\n{found}\n{wanted}",
                person.email
            ));
        }
    }
}

/// A dry run of a POST.
pub fn post(path: &str, body: &Value) -> Request {
    Request::new(Method::POST, &format!("{path}?dry_run=true")).json(body)
}

/// A dry run of a PATCH.
pub fn patch(path: &str, tag: &str, body: &Value) -> Request {
    let request = Request::new(Method::PATCH, &format!("{path}?dry_run=true"));
    request.if_match(tag).json(body)
}

pub fn get(path: &str) -> Request {
    Request::new(Method::GET, path)
}
