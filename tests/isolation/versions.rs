//! Every version of the texts, requested by a reader of each government: a reader who has its line
//! in the list gets the clauses, and nobody else does.

use super::run::Matrix;
use std::collections::BTreeMap;

pub async fn all(matrix: &Matrix) {
    let rows = "SELECT agreement_id || '|' || id AS x FROM text_sets";
    let mut cases: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in matrix.app.scratch.cells(rows) {
        let [case, set] = [&row[0], &row[1]].map(Clone::clone);
        cases.entry(case).or_default().push(set);
    }
    assert!(cases.len() > 10);
    let readers = |person: &&super::people::Person| person.who.role == "viewer";
    for person in matrix.people.iter().filter(readers) {
        for (case, sets) in &cases {
            let path = format!("/v1/agreements/{case}/text-sets");
            let list = person.client.get(&format!("{path}?limit=200")).await;
            for set in sets {
                let listed = list.status == 200 && list.text().contains(set);
                let one = person.client.get(&format!("{path}/{set}")).await;
                let given_away = matrix.given_away(Some(person), &one);
                if (one.status == 200) != listed || !given_away.is_empty() {
                    let line = format!("{path}/{set} of {}: {given_away:?}", person.email);
                    matrix.wrong(line);
                }
            }
        }
    }
}
