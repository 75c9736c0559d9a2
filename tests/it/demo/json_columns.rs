//! `verify` reads back every column that has JSON: none of the demonstration is missing in its list.

use std::collections::BTreeSet;
use vinculo_persistence::JSON_COLUMNS;
use vinculo_tests::Scratch;

/// Listed columns for which the demonstration has no row.
const NOT_SHOWN: [(&str, &str); 6] = [
    ("calendar_versions", "fields"),
    ("history", "changes"),
    ("idempotency_keys", "body"),
    ("idempotency_keys", "headers"),
    ("overlap_resolutions", "shared"),
    ("score_methods", "weights"),
];

pub fn check(scratch: &Scratch) {
    let mut found = BTreeSet::new();
    for (name, table) in scratch.structure() {
        for column in table.columns {
            let rows = format!(
                "{name} WHERE json_valid({0}) AND ({0} LIKE '{{%' OR {0} LIKE '[%')",
                column.name
            );
            if scratch.count(&rows) > 0 {
                found.insert((name.clone(), column.name));
            }
        }
    }
    let listed: BTreeSet<(String, String)> = JSON_COLUMNS
        .iter()
        .map(|one| (one.table.to_owned(), one.column.to_owned()))
        .collect();
    assert_eq!(listed.len(), JSON_COLUMNS.len());
    let unlisted: Vec<_> = found.difference(&listed).collect();
    assert!(unlisted.is_empty(), "{unlisted:?}");
    let not_shown: BTreeSet<(String, String)> = NOT_SHOWN
        .iter()
        .map(|(table, column)| ((*table).to_owned(), (*column).to_owned()))
        .collect();
    let unseen: BTreeSet<_> = listed.difference(&found).cloned().collect();
    assert_eq!(unseen, not_shown);
}
