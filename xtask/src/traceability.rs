//! Which test proves which row of the capabilities, read from marks in the sources. The marks are
//! comments, which no parser of the language keeps, so this reads lines.
//!
//! ```text
//! // row: 003-06, 003-07
//! // operations: get_registry_entry, list_registry
//! #[actix_web::test]
//! async fn a_citizen_reads_the_registry() {
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crate::sources;

const SOURCES: [&str; 2] = ["tests", "crates"];

#[derive(Debug, Default, PartialEq, Eq)]
pub struct Row {
    operations: BTreeSet<String>,
    tests: BTreeSet<String>,
}

pub type Rows = BTreeMap<String, Row>;

pub fn document() -> Result<String, String> {
    let mut rows = Rows::new();
    for folder in SOURCES {
        for (file, text) in sources::texts(folder)? {
            read_marks(&file, &text, &mut rows)?;
        }
    }
    Ok(table(&rows))
}

/// A mark that leads to no function is an error: if it were ignored, it would look like a proof.
fn read_marks(file: &str, text: &str, rows: &mut Rows) -> Result<(), String> {
    let mut ids: Vec<String> = Vec::new();
    let mut operations: Vec<String> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let at = |problem: &str| format!("{file}:{}: {problem}", index + 1);
        let line = line.trim();
        if let Some(list) = line.strip_prefix("// row:") {
            for id in names(list) {
                if !is_row_id(&id) {
                    return Err(at(&format!("`{id}` is no row id such as 003-06")));
                }
                ids.push(id);
            }
        } else if let Some(list) = line.strip_prefix("// operations:") {
            operations.extend(names(list));
        } else if let Some(name) = function_name(line) {
            if ids.is_empty() && !operations.is_empty() {
                return Err(at("operations are named without a row"));
            }
            for id in ids.drain(..) {
                let row = rows.entry(id).or_default();
                row.operations.extend(operations.iter().cloned());
                row.tests.insert(format!("{file}::{name}"));
            }
            operations.clear();
        } else if !(ids.is_empty() && operations.is_empty() || stands_before_function(line)) {
            return Err(at("the marks above lead to no function"));
        }
    }
    if ids.is_empty() && operations.is_empty() {
        return Ok(());
    }
    Err(format!("{file}: the last marks lead to no function"))
}

fn names(list: &str) -> Vec<String> {
    list.split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

fn is_row_id(id: &str) -> bool {
    let digits =
        |text: &str, count| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    id.split_once('-')
        .is_some_and(|(document, row)| digits(document, 3) && digits(row, 2))
}

fn stands_before_function(line: &str) -> bool {
    line.starts_with("//") || line.starts_with('#')
}

/// The name in `pub async fn name<..>(..)` and the like.
fn function_name(line: &str) -> Option<&str> {
    let (before, rest) = line
        .strip_prefix("fn ")
        .map(|rest| ("", rest))
        .or_else(|| line.split_once(" fn "))?;
    let known = [
        "pub",
        "pub(crate)",
        "pub(super)",
        "async",
        "const",
        "unsafe",
    ];
    if !before.split_whitespace().all(|word| known.contains(&word)) {
        return None;
    }
    rest.split(|character: char| !character.is_alphanumeric() && character != '_')
        .next()
}

fn table(rows: &Rows) -> String {
    let mut text = String::from(
        "# Capabilities and their proofs\n\n\
         Made by `cargo xtask regenerate` from the marks above the tests; change those, not this \
         file.\n\n\
         | row | operations | tests |\n|---|---|---|\n",
    );
    let quoted = |names: &BTreeSet<String>, separator: &str| {
        names
            .iter()
            .map(|name| format!("`{name}`"))
            .collect::<Vec<_>>()
            .join(separator)
    };
    for (id, row) in rows {
        let operations = quoted(&row.operations, ", ");
        text.push_str(&format!(
            "| {id} | {operations} | {} |\n",
            quoted(&row.tests, "<br>")
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    // The marks are put together at compile time, so that this file's own text contains none.
    const ROW: &str = concat!("// ", "row:");
    const OPERATIONS: &str = concat!("// ", "operations:");

    fn read(text: &str) -> Result<Rows, String> {
        let mut rows = Rows::new();
        read_marks("tests/it/a.rs", text, &mut rows).map(|()| rows)
    }

    #[test]
    fn a_mark_names_the_function_below_it() {
        let text = format!(
            "{ROW} 003-06, 003-07\n{ROW} 001-01\n{OPERATIONS} list_registry\n/// Why.\n\
             #[actix_web::test]\nasync fn reads_it() {{\n}}\nfn unmarked() {{}}\n"
        );
        let rows = read(&text).unwrap();
        assert_eq!(
            rows.keys().collect::<Vec<_>>(),
            ["001-01", "003-06", "003-07"]
        );
        for row in rows.values() {
            assert_eq!(
                row.tests,
                BTreeSet::from(["tests/it/a.rs::reads_it".to_owned()])
            );
            assert_eq!(row.operations, BTreeSet::from(["list_registry".to_owned()]));
        }
    }

    #[test]
    fn several_tests_prove_one_row() {
        let text = format!(
            "{ROW} 003-06\n{OPERATIONS} b\n#[test]\nfn one() {{}}\n\
             {ROW} 003-06\n{OPERATIONS} a\n#[test]\npub(crate) fn two<T>() {{}}\n"
        );
        assert!(
            table(&read(&text).unwrap()).ends_with(
                "| 003-06 | `a`, `b` | `tests/it/a.rs::one`<br>`tests/it/a.rs::two` |\n"
            )
        );
    }

    #[test]
    fn a_mark_without_a_function_is_an_error() {
        assert_eq!(
            read(&format!("{ROW} 003-06\n\nfn far() {{}}\n")).unwrap_err(),
            "tests/it/a.rs:2: the marks above lead to no function"
        );
        assert!(read(&format!("{ROW} 003-06")).is_err());
        assert!(read(&format!("{OPERATIONS} a\nfn one() {{}}\n")).is_err());
    }

    #[test]
    fn a_mistyped_row_is_an_error() {
        assert_eq!(
            read(&format!("{ROW} 3-6\nfn one() {{}}\n")).unwrap_err(),
            "tests/it/a.rs:1: `3-6` is no row id such as 003-06"
        );
    }
}
