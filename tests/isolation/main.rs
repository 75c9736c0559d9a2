//! Isolation tests: every operation on every object, tried by everybody.

mod alone;
mod broken;
mod canaries;
mod classes;
mod duties;
mod identifiers;
mod lists;
mod matrix;
mod mutations;
mod objects;
mod people;
mod policies;
mod records;
mod renames;
mod requests;
mod reviewers;
mod run;
mod searches;
mod table;
mod versions;

/// Faults are injected for the whole process. Where the tests of this program run as threads, they
/// must take turns.
static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// Compares the lines of a table with those in `docs/faults.md`, between the markers of `name`.
fn table_in_docs(name: &str, lines: &[String]) {
    let text = include_str!("../../docs/faults.md");
    let begin = format!("<!-- {name}:begin -->");
    let end = format!("<!-- {name}:end -->");
    let inside = text
        .split_once(&begin)
        .and_then(|(_, rest)| rest.split_once(&end));
    let (inside, _) = inside.unwrap_or_else(|| panic!("docs/faults.md has no {begin}"));
    let written: Vec<&str> = inside
        .lines()
        .filter(|line| line.starts_with("| "))
        .skip(1)
        .collect();
    assert_eq!(
        written,
        lines,
        "docs/faults.md should say\n{}\n",
        lines.join("\n")
    );
}
