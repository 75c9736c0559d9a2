//! How much the test command runs: what a change needs, or everything.

use std::path::PathBuf;
use std::process::Command;

use crate::sources;

/// The file in which the tests record what they left out.
const LEFT: &str = "target/left-to-full.txt";

#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub enum Tier {
    #[default]
    Short,
    Full,
}

impl Tier {
    pub fn is_full(self) -> bool {
        self == Self::Full
    }

    /// The profile of nextest, `.config/nextest.toml`.
    pub fn nextest_profile(self) -> &'static str {
        if self.is_full() { "full" } else { "default" }
    }

    /// Tells the tests how much to run.
    pub fn tell(self, command: &mut Command) -> Result<(), String> {
        if self.is_full() {
            command.env("VINCULO_TEST_TIER", "full");
        }
        command.env("VINCULO_TEST_LEFT", left()?);
        Ok(())
    }

    /// Removes the record of what an earlier run left out.
    pub fn begin(self) -> Result<(), String> {
        let list = left()?;
        if !list.exists() {
            return Ok(());
        }
        std::fs::remove_file(&list).map_err(|error| format!("{}: {error}", list.display()))
    }

    /// Prints what this run left to the full tier.
    pub fn print_left(self) {
        if self.is_full() {
            return;
        }
        println!("\nleft to `cargo xtask test --full`");
        let written = std::fs::read_to_string(LEFT).unwrap_or_default();
        let mut lines: Vec<&str> = written.lines().collect();
        lines.sort_unstable();
        lines.dedup();
        for line in lines {
            println!("  {line}");
        }
        for line in ignored() {
            println!("  {line}");
        }
    }
}

fn left() -> Result<PathBuf, String> {
    let root = std::env::current_dir().map_err(|error| error.to_string())?;
    Ok(root.join(LEFT))
}

/// The tests that are left out entirely, each with its reason: `#[ignore = "full: ..."]`.
fn ignored() -> Vec<String> {
    let sources = sources::texts("tests").unwrap_or_default();
    let mut found: Vec<String> = sources
        .iter()
        .flat_map(|(_path, text)| in_text(text))
        .collect();
    found.sort();
    found
}

fn in_text(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut why = None;
    for line in text.lines().map(str::trim) {
        if let Some(reason) = line.strip_prefix("#[ignore = \"full: ") {
            why = Some(reason.trim_end_matches("\"]").to_owned());
        } else if let Some(reason) = why.take_if(|_| line.contains("fn ")) {
            let name = line.split("fn ").nth(1).unwrap_or_default();
            let name = name.split('(').next().unwrap_or_default();
            found.push(format!("{name}: {reason}"));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::in_text;

    #[test]
    fn a_test_that_is_left_out_is_named_with_its_reason() {
        let text = "#[test]\n#[ignore = \"full: it is slow\"]\nasync fn one() {\n}\n#[test]\nfn two() {}\n";
        assert_eq!(in_text(text), ["one: it is slow"]);
    }
}
