//! The binary itself: what it prints, how it ends.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use serde_json::{Value, json};
use std::path::Path;
use std::process::{Command, Output};

/// Runs the binary in `folder` with no settings but these.
fn vinculo(folder: &Path, settings: &[(&str, &str)], arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_vinculo"))
        .current_dir(folder)
        .env_clear()
        .envs(settings.iter().copied())
        .args(arguments)
        .output()
        .unwrap()
}

fn printed(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

// row: 003-07
#[test]
fn an_import_ends_well_when_every_row_is_in_the_report() {
    let folder = tempfile::tempdir().unwrap();
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../examples/acuerdos_historicos.csv"
    );
    let arguments = ["import", "agreements", file, "--report", "report.json"];
    let text = printed(&vinculo(folder.path(), &[], &arguments));
    assert!(text.contains("62 imported, 1 duplicate"), "{text}");
    let report = std::fs::read(folder.path().join("report.json")).unwrap();
    let report: Value = serde_json::from_slice(&report).unwrap();
    assert_eq!(
        report.get("summary"),
        Some(&json!({"imported": 62, "duplicate": 1, "needs_decision": 0, "refused": 0}))
    );
    let rows = report.get("rows").and_then(Value::as_array).unwrap();
    assert_eq!(rows.len(), 63);

    let batch = report.get("batch_id").and_then(Value::as_str).unwrap();
    let text = printed(&vinculo(folder.path(), &[], &["import", "undo", batch]));
    assert!(text.starts_with("62 taken back, 0 kept"), "{text}");

    let absent = vinculo(folder.path(), &[], &["import", "agreements", "absent.csv"]);
    assert!(!absent.status.success());
    let said = String::from_utf8(absent.stderr).unwrap();
    assert!(said.contains("absent.csv"), "{said}");
}

#[test]
fn the_document_is_printed_as_it_is_committed() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(
        printed(&vinculo(folder.path(), &[], &["openapi"])),
        include_str!("../../../openapi/openapi.json")
    );
}

#[test]
fn the_configuration_is_printed_without_its_secrets() {
    let folder = tempfile::tempdir().unwrap();
    let settings = [
        (
            "VINCULO_DATABASE_URL",
            "postgres://app:hidden-one@localhost/v",
        ),
        (
            "VINCULO_MIGRATION_URL",
            "postgres:///v?host=/run&user=owner&password=hidden-two",
        ),
        ("VINCULO_POOL", "5"),
    ];
    let text = printed(&vinculo(folder.path(), &settings, &["check-config"]));
    assert!(text.contains("pool = 5"), "{text}");
    assert!(
        text.contains("localhost/v") && !text.contains("hidden"),
        "{text}"
    );

    let wrong = vinculo(
        folder.path(),
        &[("VINCULO_POOL", "many")],
        &["check-config"],
    );
    assert!(!wrong.status.success());
}
