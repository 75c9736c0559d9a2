//! No source file sets anything for a whole session: a pooler gives it to somebody else next.

use std::path::Path;

/// The migrator's own connection goes straight to the server and ends with the migration.
const ALLOWED: &str = "persistence/src/migrate.rs";

/// Places where a source file sets something for longer than a transaction.
fn lasting(source: &str) -> Vec<String> {
    let plain = source.split_whitespace().collect::<Vec<_>>().join(" ");
    let calls = plain.match_indices("set_config(").filter(|(at, _)| {
        // Up to the end of the statement: the last argument says for how long it is set.
        let call = plain[*at..].split([';', '}']).next().unwrap_or_default();
        call.contains("false")
    });
    let commands = plain.match_indices("SET ").filter(|(at, _)| {
        // The word starts an SQL statement: at the start of a text or after another statement.
        let begins = plain[..*at].trim_end().ends_with([';', '"', '\\']);
        begins && !plain[*at..].starts_with("SET LOCAL ")
    });
    calls
        .chain(commands)
        .map(|(at, _)| plain[at..].chars().take(60).collect())
        .collect()
}

fn walk(folder: &Path, found: &mut Vec<String>, files: &mut usize) {
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, found, files);
        } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with(ALLOWED) {
            *files += 1;
            let lasting = lasting(&std::fs::read_to_string(&path).unwrap());
            found.extend(
                lasting
                    .iter()
                    .map(|text| format!("{}: {text}", path.display())),
            );
        }
    }
}

#[test]
fn no_source_sets_a_session() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates");
    let (mut found, mut files) = (Vec::new(), 0);
    walk(&crates, &mut found, &mut files);
    assert!(files > 100, "{files} files");
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn a_source_that_sets_a_session_is_found() {
    for bad in [
        r#"set_config("app.tenant_id", tenant, false)"#,
        "set_config(\n  \"app.tenant_id\",\n  tenant,\n  false,\n)",
        r#"sql_query("SELECT set_config('app.tenant_id', '14', false)")"#,
        r#"batch_execute("SET app.tenant_id = '14'")"#,
        r#"batch_execute("SET SESSION app.tenant_id = '14'")"#,
        r#"batch_execute("SELECT 1; SET ROLE vinculo_owner")"#,
    ] {
        assert_eq!(lasting(bad).len(), 1, "{bad}");
    }
    for good in [
        r#"set_config("app.tenant_id", tenant, true)"#,
        r#"batch_execute("BEGIN; SET LOCAL jit = off")"#,
        r#"diesel::update(t).set(false); "UPDATE t SET a = 1""#,
    ] {
        assert_eq!(lasting(good), Vec::<String>::new(), "{good}");
    }
}
