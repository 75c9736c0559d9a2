//! SQL text in the sources: the ways past Diesel's builder, and strings that read like SQL.

use crate::sources::{Source, Token, is_group, is_sign};

/// Names that take SQL as text, or that add to what the builder can say.
const NAMES: [&str; 16] = [
    "batch_execute",
    "begin_transaction_sql",
    "declare_sql_function",
    "define_sql_function",
    "diesel_infix_operator",
    "diesel_postfix_operator",
    "diesel_prefix_operator",
    "embed_migrations",
    "infix_operator",
    "postfix_operator",
    "prefix_operator",
    "push_sql",
    "sql_function",
    "sql_query",
    "SqlLiteral",
    "UncheckedBind",
];

/// Words that a statement begins with, as we write SQL.
const OPENINGS: [&str; 28] = [
    "ALTER",
    "ANALYZE",
    "ATTACH",
    "BEGIN",
    "CALL",
    "COMMIT",
    "COPY",
    "CREATE",
    "DECLARE",
    "DELETE",
    "DO",
    "DROP",
    "EXECUTE",
    "EXPLAIN",
    "GRANT",
    "INSERT",
    "LOCK",
    "MERGE",
    "PRAGMA",
    "RESET",
    "REVOKE",
    "ROLLBACK",
    "SAVEPOINT",
    "SELECT",
    "SET",
    "TRUNCATE",
    "UPDATE",
    "WITH",
];

/// Statements of one word.
const ALONE: [&str; 4] = ["begin", "commit", "rollback", "vacuum"];

/// Words that stand together in SQL, however it is written and wherever in a string.
const PAIRS: [(&str, &str); 12] = [
    ("alter", "table"),
    ("begin", "immediate"),
    ("create", "table"),
    ("delete", "from"),
    ("drop", "table"),
    ("insert", "into"),
    ("select", "*"),
    ("set", "local"),
    ("set", "role"),
    ("set", "session"),
    ("truncate", "table"),
    ("union", "select"),
];

pub fn findings(source: &Source) -> Vec<&'static str> {
    let mut found = Vec::new();
    source.each_token(|row, place| match row.get(place) {
        Some(Token::Word(word)) => {
            let name = NAMES.into_iter().find(|name| word == name);
            let called = word == "sql"
                && (is_sign(row, place + 1, ':') && is_sign(row, place + 3, '<')
                    || is_group(row, place + 1, '('));
            found.extend(name.or(called.then_some("sql")));
        }
        Some(Token::Text(text)) => found.extend(reads_like(text)),
        _ => {}
    });
    found
}

/// `text` for SQL, `file` for the name of a file of it.
fn reads_like(text: &str) -> Option<&'static str> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let opens = words.len() > 1 && OPENINGS.contains(words.first()?);
    let first = lower.first()?.trim_end_matches(';');
    let alone = words.len() == 1 && ALONE.contains(&first);
    let after = |word: &str| lower.iter().any(|found| found == word);
    let spelt = (first == "select" && after("from")) || (first == "update" && after("set"));
    let pragma = first == "pragma" && words.len() > 1;
    let paired = lower
        .windows(2)
        .any(|pair| matches!(pair, [one, two] if PAIRS.contains(&(one.as_str(), two.as_str()))));
    if opens || alone || spelt || pragma || paired {
        return Some("text");
    }
    (words.len() == 1 && first.ends_with(".sql")).then_some("file")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&'static str> {
        findings(&Source::parse("made_up.rs", text).unwrap())
    }

    #[test]
    fn each_way_past_the_builder_is_found() {
        for (source, what) in [
            (
                "fn f() { diesel::sql_query(name).execute(conn) }",
                "sql_query",
            ),
            ("fn f() { conn.batch_execute(name) }", "batch_execute"),
            ("fn f() { query.filter(sql::<Bool>(name)) }", "sql"),
            ("fn f() { query.filter(dsl::sql(name)) }", "sql"),
            ("use diesel::dsl::sql_query as q;", "sql_query"),
            (
                "diesel::define_sql_function! { fn lower(x: Text) -> Text; }",
                "define_sql_function",
            ),
            ("fn f(out: AstPass) { out.push_sql(name) }", "push_sql"),
            ("const X: &str = \"SELECT 1\";", "text"),
            ("const X: &str = r#\" update x set y = 1\"#;", "text"),
            (
                "fn f() { format!(\"{with} WHERE 1 UNION SELECT {x}\") }",
                "text",
            ),
            ("fn f() { concat!(\"delete from \", \"x\") }", "text"),
            (
                "const X: &[u8] = b\"set local row_security = off\";",
                "text",
            ),
            ("const X: &str = \"begin\";", "text"),
            ("const X: &str = include_str!(\"../made_up.sql\");", "file"),
            (
                "mod tests { fn f() { assert!(run(\"DROP TABLE x\")) } }",
                "text",
            ),
        ] {
            assert_eq!(found(source), [what], "{source}");
        }
    }

    #[test]
    fn prose_and_names_are_not_sql() {
        for source in [
            "/// SELECT is not spoken of here.\nfn f() {}",
            "// sql_query(\"SELECT 1\")\nfn f() {}",
            "fn f() { Method::DELETE; method == \"DELETE\" }",
            "const X: &str = \"delete_session\";",
            "struct X { sql: &'static str }",
            "const X: &str = \"Set the price of it\";",
        ] {
            assert_eq!(found(source), Vec::<&str>::new(), "{source}");
        }
    }
}
