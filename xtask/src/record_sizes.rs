//! What a kind of record costs: its declaration and its story together, without comments and blank
//! lines. A kind that needs more is no plain thing, or the mechanism lacks something.

use std::fs;
use std::path::Path;

const KINDS: &str = "crates/domain/src/records";
const STORIES: &str = "tests/it/records";
/// The most lines of a kind with its story.
const MOST: usize = 150;

pub fn check() -> Result<(), String> {
    let mut lines = Vec::new();
    let mut wrong = Vec::new();
    for (name, declared) in kinds()? {
        let story = Path::new(STORIES).join(&name);
        let story =
            fs::read_to_string(&story).map_err(|error| format!("{}: {error}", story.display()))?;
        let (own, told) = (count(&declared), count(&story));
        lines.push(format!("{name} {own}+{told}"));
        if own + told > MOST {
            wrong.push(format!(
                "{name} has {} lines with its story, and may have {MOST}",
                own + told
            ));
        }
    }
    println!("kinds of records: {}", lines.join(", "));
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.join("\n"))
    }
}

/// The files that declare a kind, by name.
fn kinds() -> Result<Vec<(String, String)>, String> {
    let failed = |error: std::io::Error| format!("{KINDS}: {error}");
    let mut found = Vec::new();
    for entry in fs::read_dir(KINDS).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let text = fs::read_to_string(entry.path()).map_err(failed)?;
        if text.contains("impl RecordKind for ") {
            found.push((entry.file_name().to_string_lossy().into_owned(), text));
        }
    }
    found.sort();
    Ok(found)
}

fn count(text: &str) -> usize {
    let lines = text.lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .count()
}

#[cfg(test)]
mod tests {
    #[test]
    fn comments_and_blank_lines_do_not_count() {
        let text = "//! What.\n\nuse a;\n\n/// One.\npub struct A {\n    // Why.\n    b: C,\n}\n";
        assert_eq!(super::count(text), 4);
    }
}
