//! SQL text in the sources: ways around Diesel's builder, and strings that look like SQL.

use crate::sources::Source;

/// Names that take SQL as text, or that extend what the builder can express.
const NAMES: &str = "\
    batch_execute begin_transaction_sql declare_sql_function define_sql_function \
    diesel_infix_operator diesel_postfix_operator diesel_prefix_operator embed_migrations \
    infix_operator postfix_operator prefix_operator push_sql sql_function sql_query SqlLiteral \
    UncheckedBind";

/// Words that begin a statement, as we write SQL.
const OPENINGS: &str = "\
    ALTER ANALYZE ATTACH BEGIN CALL COMMIT COPY CREATE DECLARE DELETE DO DROP EXECUTE EXPLAIN \
    GRANT INSERT LOCK MERGE PRAGMA RESET REVOKE ROLLBACK SAVEPOINT SELECT SET TRUNCATE UPDATE \
    WITH";

/// Statements of a single word.
const ALONE: [&str; 4] = ["begin", "commit", "rollback", "vacuum"];

/// Words that occur together in SQL, in any case and anywhere in a string.
const PAIRS: &str = "\
    alter table, begin immediate, create table, delete from, drop table, insert into, select *, \
    set local, set role, set session, truncate table, union select";

pub fn findings(source: &Source) -> Vec<&'static str> {
    let mut found = source.find(|_, word, after| match (word, after) {
        ("sql", ["(", ..] | [":", ":", "<", ..]) => Some("sql"),
        _ => NAMES.split(' ').find(|name| *name == word),
    });
    found.extend(source.texts.iter().filter_map(|text| reads_like(text)));
    found
}

/// `text` for SQL, `file` for the name of an SQL file.
fn reads_like(text: &str) -> Option<&'static str> {
    let between = |letter: char| letter.is_whitespace() || letter.is_control() || letter == '"';
    let words = text.split(between).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.collect();
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let opening = *words.first()?;
    let opens = words.len() > 1 && OPENINGS.split(' ').any(|word| word == opening);
    let first = lower.first()?.trim_end_matches(';');
    let alone = words.len() == 1 && ALONE.contains(&first);
    let after = |word: &str| lower.iter().any(|found| found == word);
    let spelt = (first == "select" && after("from")) || (first == "update" && after("set"));
    let pragma = first == "pragma" && words.len() > 1;
    let mut pairs = PAIRS.split(", ").filter_map(|pair| pair.split_once(' '));
    let paired = pairs.any(|(one, two)| lower.windows(2).any(|pair| pair == [one, two]));
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
            ("const X: &[u8] = b\"COMMIT\\0\";", "text"),
            ("const X: &str = \"\\\"SELECT 1\\\"\";", "text"),
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
