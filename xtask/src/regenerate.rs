//! Documents made from the code: written, or compared with those in the tree.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::compiler::Compiler;
use crate::test_command::PRODUCT;
use crate::{process, traceability};

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Write,
    Check,
}

pub fn run(mode: Mode, compiler: &Compiler) -> Result<(), String> {
    let binary = build_binary(compiler)?;
    let documents = [
        ("openapi/openapi.json", print(&binary, "openapi")?),
        (
            "docs/AUTHORIZATION.md",
            pasted("docs/AUTHORIZATION.md", "matrix", &binary)?,
        ),
        (
            "docs/PROCEDURE.md",
            pasted("docs/PROCEDURE.md", "procedure", &binary)?,
        ),
        ("docs/TEXTS.md", print(&binary, "texts")?),
        ("docs/capabilities.md", traceability::document()?),
    ];
    let mut stale = Vec::new();
    for (path, wanted) in &documents {
        if std::fs::read_to_string(path).is_ok_and(|found| found == *wanted) {
            continue;
        }
        stale.push(*path);
        if mode == Mode::Write {
            write(Path::new(path), wanted)?;
        }
    }
    match mode {
        Mode::Write if stale.is_empty() => println!("nothing had changed"),
        Mode::Write => println!("written: {}", stale.join(", ")),
        Mode::Check if stale.is_empty() => println!("{} documents agree", documents.len()),
        Mode::Check => {
            return Err(format!(
                "out of date: {}; `cargo xtask regenerate` writes them, then read the difference",
                stale.join(", ")
            ));
        }
    }
    Ok(())
}

/// Built with the whole workspace, as the tests are: `cargo run` would choose other features for
/// shared libraries and compile them a second time.
fn build_binary(compiler: &Compiler) -> Result<PathBuf, String> {
    let mut cargo = compiler.cargo();
    cargo.arg("build").args(PRODUCT);
    compiler.choose_profile(&mut cargo, "--profile");
    cargo.args(["--bins", "--locked", "--quiet"]);
    let messages = process::capture(cargo.args(["--message-format", "json-render-diagnostics"]))?;
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| message["target"]["name"] == "vinculo")
        .find_map(|message| message["executable"].as_str().map(PathBuf::from))
        .ok_or_else(|| "cargo built no program named vinculo".to_owned())
}

fn print(binary: &Path, command: &str) -> Result<String, String> {
    let mut program = Command::new(binary);
    process::forget_settings(&mut program);
    let text = process::capture(program.arg(command))?;
    if text.trim().is_empty() {
        return Err(format!("`vinculo {command}` printed nothing"));
    }
    Ok(format!("{}\n", text.trim_end()))
}

fn pasted(path: &str, command: &str, binary: &Path) -> Result<String, String> {
    let around = std::fs::read_to_string(path)
        .map_err(|error| format!("cannot read {path}, which holds the {command}: {error}"))?;
    paste(&around, command, &print(binary, command)?).map_err(|error| format!("{path}: {error}"))
}

/// Puts `text` between the markers of that name and leaves everything else as it is.
fn paste(around: &str, name: &str, text: &str) -> Result<String, String> {
    let (begin, end) = (
        format!("<!-- {name}:begin -->"),
        format!("<!-- {name}:end -->"),
    );
    let missing = || format!("the lines `{begin}` and `{end}` must stand in it, in this order");
    let (before, rest) = around.split_once(&begin).ok_or_else(missing)?;
    let (_, after) = rest.split_once(&end).ok_or_else(missing)?;
    Ok(format!(
        "{before}{begin}\n\n{}\n\n{end}{after}",
        text.trim()
    ))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("cannot write {}: {error}", path.display());
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    std::fs::write(path, text).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_pasted_between_its_markers() {
        let around = "# T\n<!-- matrix:begin -->\nold\n<!-- matrix:end -->\nend\n";
        let once = paste(around, "matrix", "| a |\n").unwrap();
        assert_eq!(
            once,
            "# T\n<!-- matrix:begin -->\n\n| a |\n\n<!-- matrix:end -->\nend\n"
        );
        assert_eq!(paste(&once, "matrix", "| a |\n").unwrap(), once);
    }

    #[test]
    fn missing_markers_are_named() {
        let error = paste("# T\n", "procedure", "x").unwrap_err();
        assert!(error.contains("<!-- procedure:begin -->"), "{error}");
    }
}
