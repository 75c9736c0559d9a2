//! Searches and the indexes behind them find what the caller may read, and nothing else.

use super::canaries::Canary;
use super::lists::pages;
use super::people::Person;
use super::run::Matrix;
use std::collections::BTreeSet;
use vinculo_domain::records::{find, kinds};
use vinculo_persistence::Engine;
use vinculo_tests::{is_full, leave};

/// Those of the lists that can be searched by words.
const SEARCHED: [(&str, &str); 2] = [
    ("/v1/agreements", "case"),
    ("/v1/counterparts", "counterpart"),
];

/// The kinds whose records are searched. Kinds of one access class have the same code, and the same
/// policies: on PostgreSQL one of them stands for all.
fn searched_kinds(matrix: &Matrix) -> Vec<&'static str> {
    let all = matrix.app.scratch.engine == Engine::Sqlite || is_full();
    let mut classes = BTreeSet::new();
    let specs = kinds().iter().map(|kind| kind.spec);
    let tried = specs.filter(|spec| classes.insert(format!("{:?}", spec.access)) || all);
    let tried: Vec<_> = tried.map(|spec| spec.many).collect();
    if !all {
        let (few, all) = (tried.len(), kinds().len());
        leave(
            "isolation: kinds whose records are searched, Postgres",
            few,
            all,
        );
    }
    tried
}

/// A record is found by the words of its title by who sees it, in its list and once.
pub async fn records_by_word(matrix: &Matrix) {
    let (kinds, mut found) = (searched_kinds(matrix), BTreeSet::new());
    for person in matrix.people.iter().filter(|one| one.who.role == "viewer") {
        for (canary, word) in &matrix.canaries.all() {
            let object = matrix.table.objects.get(&canary.object);
            let kind = object.and_then(|object| find(&object.kind));
            let tried = |many: &str| canary.field == "title" && kinds.contains(&many);
            let Some(kind) = kind.filter(|kind| tried(kind.spec.many)) else {
                continue;
            };
            let path = format!("{}?q={word}", kind.spec.address());
            if search(matrix, person, canary, &path, kind.spec.many).await {
                found.insert(canary.object.clone());
            }
        }
    }
    for (object, one) in &matrix.table.objects {
        if kinds.contains(&one.kind.as_str()) && !found.contains(object) {
            matrix.wrong(format!("nobody finds {object}"));
        }
    }
}

/// No facet of a viewer holds a word that this viewer may not read, and none holds a person's name or
/// an id of another system.
pub fn facets(matrix: &Matrix) {
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
pub fn index(matrix: &Matrix) {
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
pub async fn all(matrix: &Matrix) {
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
