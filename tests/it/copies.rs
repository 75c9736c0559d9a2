//! Copies of a case: one case goes through the whole procedure and all its rows are copied, because
//! each case on its own would take some sixteen writes.

use uuid::Uuid;
use vinculo_persistence::Engine;
use vinculo_tests::TestApp;

/// Copies of a case, and the case itself.
pub fn copies(app: &TestApp, first: Uuid, number: usize) -> Vec<Uuid> {
    // Only the start of an id is replaced; the rest keeps the ids of one copy distinct.
    let prefix = match app.scratch.engine {
        Engine::Sqlite => "printf('%08x', s.n)",
        Engine::Postgres => "lpad(to_hex(s.n), 8, '0')",
    };
    let documents = app.scratch.texts(&format!(
        "SELECT id AS x FROM documents WHERE agreement_id = '{first}'"
    ));
    let copy = |column: &str| match column {
        "id" | "agreement_id" | "document_id" | "submission_id" | "fact_id" => {
            format!("{prefix} || substr({column}, 9)")
        }
        // The content of a draft names its own documents.
        "content" | "texts" => documents.iter().fold(column.to_owned(), |text, id| {
            let tail = &id[8..];
            format!("replace({text}, '{id}', {prefix} || '{tail}')")
        }),
        // The fingerprint of an imported agreement is unique.
        "fingerprint" => "NULL".to_owned(),
        _ => column.to_owned(),
    };
    let series = format!(
        "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {})",
        number - 1
    );
    let mut tables: Vec<_> = app.scratch.structure().into_iter().collect();
    // Referenced rows come before the rows that reference them.
    let rank = ["agreements", "documents", "submissions", "text_sets"];
    tables.sort_by_key(|(name, _)| {
        let position = rank.iter().position(|first| first == name);
        position.unwrap_or(rank.len())
    });
    let mut sql = Vec::new();
    for (name, table) in tables {
        let columns: Vec<&str> = table
            .columns
            .iter()
            .map(|column| column.name.as_str())
            .collect();
        let key = match name.as_str() {
            "agreements" => "id",
            // A row of a file made only one case.
            "import_rows" => continue,
            _ if columns.contains(&"agreement_id") => "agreement_id",
            _ => continue,
        };
        let copied: Vec<String> = columns.iter().map(|column| copy(column)).collect();
        sql.push(format!(
            "INSERT INTO {name} ({}) {series} SELECT {} FROM {name} CROSS JOIN s WHERE {name}.{key} = '{first}'",
            columns.join(", "),
            copied.join(", "),
        ));
    }
    app.scratch.execute(&sql.join("; "));
    // A server in production updates its statistics by itself; the tests switch that off.
    app.scratch.execute("ANALYZE");
    let tail = &first.to_string()[8..];
    let found = app.scratch.texts(&format!(
        "SELECT id AS x FROM agreements WHERE id LIKE '%{tail}' ORDER BY id"
    ));
    assert_eq!(found.len(), number);
    let ids = found.iter().map(|id| Uuid::parse_str(id).unwrap());
    ids.collect()
}
