//! Lists, counts, pages and searches show everything in sight and nothing else.

use super::people::Person;
use super::records;
use super::run::Matrix;
use super::searches;
use super::table::Who;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use vinculo_domain::records::kinds;
use vinculo_persistence::Engine;
use vinculo_tests::{Client, is_full};

/// The lists of the table's objects, each with the kind of its items.
pub const LISTS: [(&str, &str); 3] = [
    ("/v1/imports", "import"),
    ("/v1/agreements", "case"),
    ("/v1/counterparts", "counterpart"),
];

/// The roles that differ in what they see.
const DIFFER: [&str; 4] = ["viewer", "statistics_reader", "trainer", "mission_officer"];

pub async fn all(matrix: &Matrix) {
    // PostgreSQL knows governments, not roles: there the roles that differ stand for all.
    let few = matrix.app.scratch.engine == Engine::Postgres && !is_full();
    for person in &matrix.people {
        if few && !DIFFER.contains(&person.who.role) {
            continue;
        }
        for (path, kind) in LISTS {
            whole(matrix, person, path, kind).await;
        }
        of_records(matrix, person).await;
        reads(matrix, person).await;
        figures(matrix, person).await;
    }
    public_figures(matrix).await;
    files(matrix).await;
    on_record(matrix).await;
    searches::records_by_word(matrix).await;
    searches::facets(matrix);
    records::by_target(matrix).await;
    records::sums(matrix).await;
    records::links(matrix).await;
    searches::index(matrix);
    searches::all(matrix).await;
}

/// The lists of every kind of record, by the roles that differ in what they see.
pub async fn of_records(matrix: &Matrix, person: &Person) {
    if !is_full() && !DIFFER.contains(&person.who.role) {
        return;
    }
    for kind in kinds() {
        let path = kind.spec.address();
        whole(matrix, person, &path, kind.spec.many).await;
        let list = person.client.get(&format!("{path}?limit=200")).await;
        for line in matrix.given_away(Some(person), &list) {
            matrix.wrong(format!("{path} of {}: {line}", person.email));
        }
    }
}

/// Every file, requested by a reader of each government: a reader who has the line in the list gets
/// the bytes, and nobody else does.
async fn files(matrix: &Matrix) {
    let rows = "SELECT agreement_id || '|' || id AS x FROM documents";
    let mut cases: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in matrix.app.scratch.cells(rows) {
        cases
            .entry(row[0].clone())
            .or_default()
            .push(row[1].clone());
    }
    assert!(cases.len() > 10);
    for person in matrix
        .people
        .iter()
        .filter(|person| person.who.role == "viewer")
    {
        for (case, documents) in &cases {
            let path = format!("/v1/agreements/{case}/documents");
            let list = person.client.get(&format!("{path}?limit=200")).await;
            for document in documents {
                let listed = list.status == 200 && list.text().contains(document);
                let bytes = person
                    .client
                    .get(&format!("{path}/{document}/content"))
                    .await;
                let given_away = matrix.given_away(Some(person), &bytes);
                if (bytes.status == 200) != listed || !given_away.is_empty() {
                    let line = format!("{path}/{document} of {}: {given_away:?}", person.email);
                    matrix.wrong(line);
                }
            }
        }
    }
}

/// The ids of all pages, and the total that the first page states.
pub async fn pages(client: &Client, path: &str, limit: usize) -> Option<(Vec<String>, Value)> {
    let (mut ids, mut total, mut cursor) = (Vec::new(), Value::Null, String::new());
    loop {
        let glue = if path.contains('?') { '&' } else { '?' };
        let page = format!("{path}{glue}limit={limit}&count=true{cursor}");
        let answer = client.get(&page).await;
        if answer.status == 403 {
            return None;
        }
        let answer = answer.expect(200).json();
        let items = answer["items"].as_array().unwrap().iter();
        ids.extend(items.map(|item| item["id"].as_str().unwrap_or_default().to_owned()));
        if cursor.is_empty() {
            total = answer["total"].clone();
        }
        match answer["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return Some((ids, total)),
        }
    }
}

impl Matrix {
    /// The ids of a kind that somebody has in sight, by the table. Besides the table's
    /// counterparts, each case has a counterpart of its own that only its owner sees.
    pub fn seen_by(&self, kind: &str, who: Who) -> BTreeSet<String> {
        let objects = self.places.by_name.iter();
        let of_kind = objects.filter(|(name, _)| self.table.objects[*name].kind == kind);
        let seen = of_kind.filter(|(name, _)| self.table.part(name, who).is_some());
        let mut ids: BTreeSet<String> = seen.map(|(_, place)| place.id.clone()).collect();
        if kind == "import" && !ids.is_empty() {
            // Some past agreements of the table came from import files of their own.
            let own = format!(
                "SELECT id AS x FROM import_batches WHERE tenant_id = '{}'",
                who.tenant
            );
            ids.extend(self.app.scratch.texts(&own));
        }
        if kind == "counterpart" {
            let own = self.places.counterparts.iter();
            ids.extend(
                own.filter(|(owner, _)| owner == who.tenant)
                    .map(|(_, id)| id.clone()),
            );
        }
        ids
    }
}

/// Compares a whole list, fetched at once and page by page, and its total.
pub async fn whole(matrix: &Matrix, person: &Person, path: &str, kind: &str) {
    let wanted = matrix.seen_by(kind, person.who);
    // One reader of each government also tries small pages; its other readers have the same list.
    let limits: &[usize] = if person.who.role == "viewer" {
        &[200, 3]
    } else {
        &[200]
    };
    for &limit in limits {
        let Some((ids, total)) = pages(&person.client, path, limit).await else {
            continue;
        };
        let found: BTreeSet<String> = ids.iter().cloned().collect();
        if found != wanted || ids.len() != wanted.len() || total != wanted.len() {
            let missing: Vec<_> = wanted.difference(&found).collect();
            let more: Vec<_> = found.difference(&wanted).collect();
            matrix.wrong(format!(
                "{path} by {limit} of {}: missing {missing:?}, too much {more:?}, {} items, total {total}",
                person.email,
                ids.len()
            ));
        }
    }
}

/// How many agreements are counted at an address; None where the request is refused.
async fn counted(client: &Client, path: &str) -> Option<Value> {
    let answer = client.get(path).await;
    (answer.status == 200).then(|| answer.json()["total"].clone())
}

/// Figures count what is in sight, each case once, and nothing else.
pub async fn figures(matrix: &Matrix, person: &Person) {
    let wanted = matrix.seen_by("case", person.who).len();
    if person.who.role != "statistics_reader" {
        let path = "/v1/statistics/mine/stock";
        if let Some(total) = counted(&person.client, path).await
            && total != wanted
        {
            let line = format!("{path} of {}: {total} and not {wanted}", person.email);
            matrix.wrong(line);
        }
    }
}

/// Public figures count what stands in the registry.
async fn public_figures(matrix: &Matrix) {
    let wanted = matrix.app.scratch.count("inscriptions");
    let total = counted(&matrix.nobody, "/v1/statistics/stock").await;
    if total != Some(wanted.into()) {
        matrix.wrong(format!("public figures: {total:?} and not {wanted}"));
    }
}

/// In the list of reads by others, the total matches the number of items.
async fn reads(matrix: &Matrix, person: &Person) {
    if let Some((ids, total)) = pages(&person.client, "/v1/reads", 200).await
        && total != ids.len()
    {
        let line = format!(
            "{} has {} reads, {total} are counted",
            person.email,
            ids.len()
        );
        matrix.wrong(line);
    }
}

/// Each request that reads a case of another government is on record with the owner once.
pub async fn on_record(matrix: &Matrix) {
    let scratch = &matrix.app.scratch;
    for person in matrix.people.iter().filter(|one| one.who.role == "viewer") {
        for case in matrix.seen_by("case", person.who) {
            let answer = person.client.get(&format!("/v1/agreements/{case}")).await;
            let id = answer.header("x-request-id").unwrap_or_default();
            let rows = scratch.count(&format!(
                "audit_owners JOIN audit_log ON audit_log.id = audit_owners.audit_id \
                 WHERE outcome = 'read' AND request_id = '{id}' AND audit_owners.tenant_id = \
                 (SELECT tenant_id FROM agreements WHERE id = '{case}')"
            ));
            let of = format!(
                "agreements WHERE id = '{case}' AND tenant_id <> '{}'",
                person.who.tenant
            );
            if rows != scratch.count(&of) {
                let email = &person.email;
                matrix.wrong(format!("{case} read by {email}: {rows} rows on record"));
            }
        }
    }
}
