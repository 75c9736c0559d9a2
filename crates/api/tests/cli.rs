//! The binary itself: what it prints and how it ends.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use serde_json::{Value, json};
use std::path::Path;
use std::process::{Command, Output};

/// Runs the binary in `folder` with only these settings.
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

// row: 003-07
#[test]
fn a_file_of_an_office_is_read_as_the_command_says() {
    let folder = tempfile::tempdir().unwrap();
    let file = b"Folio,Estado,Localidad,Contraparte,Pais,Tipo\nA-7,Jalisco,Guadalajara,P\xA2voa de Varzim,Portugal,hermanamiento\n";
    std::fs::write(folder.path().join("oficina.csv"), file).unwrap();
    let asked = vinculo(folder.path(), &[], &["import", "agreements", "oficina.csv"]);
    assert!(!asked.status.success(), "{asked:?}");
    let said = String::from_utf8(asked.stderr).unwrap();
    assert!(said.contains("cp850"), "{said}");
    let encoding = ["import", "agreements", "oficina.csv", "--encoding", "cp850"];
    let asked = vinculo(folder.path(), &[], &encoding);
    let said = String::from_utf8(asked.stderr).unwrap();
    assert!(said.contains("municipality=Localidad"), "{said}");
    let mut arguments = encoding.to_vec();
    arguments.extend(["--column", "municipality=Localidad"]);
    arguments.extend(["--external-id", "Folio=siga-jalisco"]);
    arguments.extend(["--report", "report.json"]);
    let text = printed(&vinculo(folder.path(), &[], &arguments));
    assert!(text.contains("1 imported"), "{text}");
    let report = std::fs::read(folder.path().join("report.json")).unwrap();
    let report: Value = serde_json::from_slice(&report).unwrap();
    let whose = report.pointer("/rows/0/detail/government_id");
    assert_eq!(whose, Some(&json!("14039")));
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

#[test]
fn a_setting_that_is_not_understood_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    for (name, value, word) in [
        ("VINCULO_LOG", "verbose", "no level"),
        ("VINCULO_LOG", "vinculo_api=loud", "VINCULO_LOG"),
        ("VINCULO_PUBLIC_URL", "convenios.example", "https://"),
        ("VINCULO_PUBLIC_URL", "https://a.example?b=c", "a query"),
        ("VINCULO_PUBLIC_URL", "http://a.example", "https://"),
        (
            "VINCULO_DATABASE_URL",
            "sqlite://a?mode=ro",
            "path of a file",
        ),
    ] {
        let ended = vinculo(folder.path(), &[(name, value)], &["migrate"]);
        assert!(!ended.status.success(), "{name} {value}");
        let said = String::from_utf8(ended.stderr).unwrap();
        assert!(said.contains(word), "{name} {value}: {said}");
    }
    assert_eq!(folder.path().read_dir().unwrap().count(), 0);
}

#[test]
fn an_operator_sees_the_figures_before_files_are_taken() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| printed(&vinculo(folder.path(), &[], arguments));
    run(&["migrate"]);
    let name = "ab".repeat(32);
    let files = folder.path().join("data/files/14039/ab");
    std::fs::create_dir_all(&files).unwrap();
    for number in 0..25 {
        let name = format!("{}{number:02}", name.get(..62).unwrap());
        std::fs::write(files.join(&name), "x").unwrap();
        let file = std::fs::File::options().write(true).open(files.join(&name));
        let old = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_700_000_000);
        file.unwrap().set_modified(old).unwrap();
    }
    let standing = || files.read_dir().unwrap().count();
    for arguments in [&["sweep"][..], &["sweep", "--all"]] {
        let text = run(arguments);
        assert!(text.contains("25 files; 25 that no record names"), "{text}");
        assert!(text.contains("nothing was touched"), "{text}");
        assert_eq!(standing(), 25);
    }
    let text = run(&["sweep", "--go-ahead"]);
    assert!(text.contains("too many was left alone"), "{text}");
    assert_eq!(standing(), 25);
    let text = run(&["sweep", "--all", "--go-ahead"]);
    assert!(text.contains("25 set aside"), "{text}");
    assert_eq!(standing(), 0);
    let aside = folder.path().join("data/quarantine/14039/ab");
    assert_eq!(aside.read_dir().unwrap().count(), 25);
}

#[cfg(unix)]
#[test]
fn a_store_is_backed_up_verified_and_restored_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let settings = [("VINCULO_DATA_DIR", "data")];
    let run = |arguments: &[&str]| vinculo(folder.path(), &settings, arguments);
    let create = ["admin", "create", "--email", "a@sre.example", "--name", "A"];
    printed(&run(&create));
    let said = printed(&run(&["backup", "backups", "--keep", "3"]));
    assert!(said.contains("SHA-256 of its manifest: "), "{said}");
    let said = printed(&run(&["verify", "--json"]));
    let found: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(found.get("whole"), Some(&json!(true)));
    printed(&run(&["verify", "--backup", "backups"]));

    let elsewhere = [("VINCULO_DATA_DIR", "elsewhere")];
    let said = printed(&vinculo(folder.path(), &elsewhere, &["restore", "backups"]));
    assert!(said.starts_with("restored and verified"), "{said}");
    let again = vinculo(folder.path(), &elsewhere, &["restore", "backups"]);
    assert!(!again.status.success());

    let key = folder.path().join("elsewhere/secrets/seal.key");
    std::fs::remove_file(key).unwrap();
    let lost = vinculo(folder.path(), &elsewhere, &["verify", "--json"]);
    assert_eq!(lost.status.code(), Some(1));
    let found: Value = serde_json::from_slice(&lost.stdout).unwrap();
    assert_eq!(found.get("whole"), Some(&json!(false)));
    // A restore that did not finish is not served.
    std::fs::write(folder.path().join("elsewhere/restoring"), "x").unwrap();
    let refused = vinculo(folder.path(), &elsewhere, &["migrate"]);
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(
        !refused.status.success() && said.contains("vinculo restore"),
        "{said}"
    );
}
