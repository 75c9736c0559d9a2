//! Lists, counts, pages and searches show everything in sight and nothing else.

use super::canaries::Canary;
use super::people::Person;
use super::records;
use super::run::Matrix;
use super::table::Who;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use vinculo_domain::records::{find, kinds};
use vinculo_persistence::Engine;
use vinculo_tests::{Client, is_full};

/// The lists of the table's objects, each with the kind of its items.
pub const LISTS: [(&str, &str); 3] = [
    ("/v1/imports", "import"),
    ("/v1/agreements", "case"),
    ("/v1/counterparts", "counterpart"),
];

/// Those of the lists that can be searched by words.
const SEARCHED: [(&str, &str); 2] = [
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
    records_by_word(matrix).await;
    facets(matrix);
    records::by_target(matrix).await;
    records::sums(matrix).await;
    records::links(matrix).await;
    index(matrix);
    searches(matrix).await;
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

/// A record is found by the words of its title by who sees it, in its list and once.
async fn records_by_word(matrix: &Matrix) {
    let mut found = BTreeSet::new();
    for person in matrix.people.iter().filter(|one| one.who.role == "viewer") {
        for (canary, word) in &matrix.canaries.all() {
            let object = matrix.table.objects.get(&canary.object);
            let kind = object.and_then(|object| find(&object.kind));
            let Some(kind) = kind.filter(|_| canary.field == "title") else {
                continue;
            };
            let path = format!("{}?q={word}", kind.spec.address());
            if search(matrix, person, canary, &path, kind.spec.many).await {
                found.insert(canary.object.clone());
            }
        }
    }
    for (object, one) in &matrix.table.objects {
        if find(&one.kind).is_some() && !found.contains(object) {
            matrix.wrong(format!("nobody finds {object}"));
        }
    }
}

/// No facet of a viewer holds a word that this viewer may not read, and none holds a person's name or
/// an id of another system.
fn facets(matrix: &Matrix) {
    let rows =
        "SELECT viewer_tenant || '|' || facet AS x FROM record_facets WHERE facet LIKE '%canario%'";
    let rows = matrix.app.scratch.cells(rows);
    assert!(!rows.is_empty());
    for row in rows {
        for number in matrix.canaries.find(&row[1]) {
            let canary = matrix.canaries.get(number);
            let viewers = matrix.people.iter().filter(|one| one.who.role == "viewer");
            let reads =
                |person: &Person| matrix.table.meets(&canary, Some(person.who), &person.email);
            let fine = match row[0].strip_prefix("visibility:") {
                Some("government") => viewers.filter(|one| one.who.tenant == "00").all(reads),
                Some(_) => viewers.into_iter().all(reads),
                None => viewers.filter(|one| one.who.tenant == row[0]).all(reads),
            };
            if !fine || canary.field != "title" {
                matrix.wrong(format!("{} finds by {canary}", row[0]));
            }
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
async fn pages(client: &Client, path: &str, limit: usize) -> Option<(Vec<String>, Value)> {
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
    fn seen_by(&self, kind: &str, who: Who) -> BTreeSet<String> {
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

/// Searches by words of texts whose object the caller sees but whose text it may not read.
pub async fn beyond_reading(matrix: &Matrix) {
    for person in matrix.people.iter().filter(|one| one.who.role == "viewer") {
        for (canary, word) in &matrix.canaries.all() {
            let (table, who) = (&matrix.table, person.who);
            let seen = table.objects.contains_key(&canary.object)
                && table.part(&canary.object, who).is_some();
            if seen && !table.meets(canary, Some(who), &person.email) {
                for (path, kind) in SEARCHED {
                    search(matrix, person, canary, &format!("{path}?q={word}"), kind).await;
                }
            }
        }
    }
}

/// The index of a government holds no word of a text that the government may not read.
fn index(matrix: &Matrix) {
    let rows = matrix
        .app
        .scratch
        .cells("SELECT viewer || '|' || word AS x FROM search_words WHERE word LIKE 'canario%'");
    assert!(!rows.is_empty());
    for row in rows {
        let (viewer, word) = (&row[0], &row[1]);
        // Words found by visibility are filtered later, where the records are read.
        if viewer.starts_with("visibility:") {
            continue;
        }
        for number in matrix.canaries.find(word) {
            let canary = matrix.canaries.get(number);
            let reader = matrix
                .people
                .iter()
                .find(|person| person.who.role == "viewer" && person.who.tenant == viewer.as_str());
            // For a government without people, the index holds only what its own cases say.
            let nobody = matrix
                .people
                .iter()
                .all(|person| person.who.tenant != viewer.as_str());
            let own = format!(
                "search_words s JOIN agreements a ON a.id = s.subject_id AND a.tenant_id = s.viewer \
                 WHERE s.viewer = '{viewer}' AND s.word = '{word}'"
            );
            let meets = matrix.table.meets(&canary, None, "")
                || nobody && matrix.app.scratch.count(&own) > 0
                || reader.is_some_and(|reader| {
                    matrix.table.meets(&canary, Some(reader.who), &reader.email)
                });
            if !meets {
                matrix.wrong(format!("{viewer} finds by {canary}"));
            }
        }
    }
}

/// A search finds only what the caller may read and has in sight; the total does not count the rest
/// either. Every word of the index is found by somebody.
async fn searches(matrix: &Matrix) {
    let people: BTreeSet<&str> = matrix
        .people
        .iter()
        .map(|person| person.who.tenant)
        .collect();
    let people: Vec<String> = people.iter().map(|tenant| format!("'{tenant}'")).collect();
    let indexed = format!(
        "SELECT DISTINCT word AS x FROM search_words WHERE word LIKE 'canario%' \
         AND (viewer IN ({}) OR viewer LIKE 'visibility:%')",
        people.join(", ")
    );
    let mut unfound: BTreeSet<String> = matrix.app.scratch.texts(&indexed).into_iter().collect();
    let words = matrix.canaries.all().into_iter();
    // For the texts that are in no index, one text of each object is enough.
    let tried =
        |(canary, word): &(Canary, String)| unfound.contains(word) || canary.field == "objective";
    let words: Vec<_> = words.filter(tried).collect();
    for person in &matrix.people {
        if person.who.role != "viewer" {
            continue;
        }
        for (canary, word) in &words {
            for (path, kind) in SEARCHED {
                if search(matrix, person, canary, &format!("{path}?q={word}"), kind).await {
                    unfound.remove(word);
                }
            }
        }
    }
    for word in unfound {
        matrix.wrong(format!("nobody finds by {word}"));
    }
}

/// Searches once; returns whether something was found.
async fn search(matrix: &Matrix, person: &Person, canary: &Canary, path: &str, kind: &str) -> bool {
    let Some((ids, total)) = pages(&person.client, path, 200).await else {
        return false;
    };
    let seen = matrix.seen_by(kind, person.who);
    let reads = matrix.table.meets(canary, Some(person.who), &person.email);
    let fine = ids.iter().all(|id| reads && seen.contains(id)) && total == ids.len();
    if !fine || ids.len() > 1 {
        let line = format!("{path} ({canary}) of {}: {ids:?} of {total}", person.email);
        matrix.wrong(line);
    }
    !ids.is_empty()
}
