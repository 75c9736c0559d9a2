//! Search by word beginnings, the same on both engines: an inverted index keyed by the viewer,
//! searched by ranges of plain text. We do not use the engines' full-text search, so that row-level
//! security stays one equality and can still use the index (docs/adr/0004).

use crate::barrier::{TenantEq, tenant_eq};
use crate::conn::Conn;
use crate::dialect::unnest;
use crate::failure::Outcome;
use crate::schema::search_words as words;
use diesel::prelude::*;
use std::collections::HashSet;
use vinculo_domain::text;

#[derive(Insertable, Clone)]
#[diesel(table_name = words, treat_none_as_default_value = false)]
pub(crate) struct Word {
    viewer: String,
    kind: &'static str,
    word: String,
    subject_id: String,
}

/// The rows that let `viewer` find `subject`.
pub(crate) fn rows(viewer: &str, kind: &'static str, subject: &str, texts: &[&str]) -> Vec<Word> {
    let words = text::words(&texts.join(" "));
    words
        .into_iter()
        .map(|word| Word {
            viewer: viewer.to_owned(),
            kind,
            word,
            subject_id: subject.to_owned(),
        })
        .collect()
}

/// Adds rows that do not exist yet. PostgreSQL takes longer to plan the policies of this table than to
/// write the rows. So it gets one array for each column: the statement is then the same for any
/// number of rows, and PostgreSQL plans it once.
pub(crate) fn add(conn: &mut Conn, rows: &[Word]) -> Outcome<()> {
    for rows in rows.chunks(200) {
        match conn {
            Conn::Pg(conn) => {
                let column = |of: fn(&Word) -> &str| rows.iter().map(of).collect::<Vec<&str>>();
                diesel::select((
                    unnest(column(|row| &row.viewer)),
                    unnest(column(|row| row.kind)),
                    unnest(column(|row| &row.word)),
                    unnest(column(|row| &row.subject_id)),
                ))
                .insert_into(words::table)
                .into_columns((words::viewer, words::kind, words::word, words::subject_id))
                .execute(conn)?
            }
            Conn::Sqlite(conn) => diesel::insert_into(words::table)
                .values(rows)
                .execute(conn)?,
        };
    }
    Ok(())
}

/// Lets `viewer` find `subject` by the words of `texts`, and by no others. Most changes of a record
/// change few of its words, and each row that is written costs a check of its policies.
pub(crate) fn replace(
    conn: &mut Conn,
    viewer: &str,
    kind: &'static str,
    subject: &str,
    texts: &[&str],
) -> Outcome<()> {
    let mine = words::table
        .filter(words::viewer.eq(viewer))
        .filter(words::kind.eq(kind))
        .filter(words::subject_id.eq(subject));
    let there: HashSet<String> = mine.select(words::word).load(conn)?.into_iter().collect();
    let mut wanted = rows(viewer, kind, subject, texts);
    let kept: HashSet<&str> = wanted.iter().map(|row| row.word.as_str()).collect();
    let gone: Vec<&String> = there
        .iter()
        .filter(|word| !kept.contains(word.as_str()))
        .collect();
    if !gone.is_empty() {
        diesel::delete(mine.filter(words::word.eq_any(gone))).execute(conn)?;
    }
    wanted.retain(|row| !there.contains(&row.word));
    add(conn, &wanted)
}

/// Lets `viewer` find `subject` by the words of `texts` as well.
pub(crate) fn extend(
    conn: &mut Conn,
    viewer: &str,
    kind: &'static str,
    subject: &str,
    texts: &[&str],
) -> Outcome<()> {
    let there: Vec<String> = words::table
        .filter(words::viewer.eq(viewer))
        .filter(words::kind.eq(kind))
        .filter(words::subject_id.eq(subject))
        .select(words::word)
        .load(conn)?;
    let mut rows = rows(viewer, kind, subject, texts);
    rows.retain(|row| !there.contains(&row.word));
    add(conn, &rows)
}

/// Adds the words of `texts` that the program folds otherwise than the one that wrote the rows, and
/// removes words that nobody can search for any more. A viewer that does not find the subject still
/// does not.
pub(crate) fn renew(
    conn: &mut Conn,
    viewer: &str,
    kind: &'static str,
    subject: &str,
    texts: &[&str],
) -> Outcome<()> {
    if texts.iter().all(|text| text::is_plain(text)) {
        return Ok(());
    }
    let mine = words::table
        .filter(words::viewer.eq(viewer))
        .filter(words::kind.eq(kind))
        .filter(words::subject_id.eq(subject));
    let there: Vec<String> = mine.select(words::word).load(conn)?;
    if there.is_empty() {
        return Ok(());
    }
    let stale: Vec<&str> = there
        .iter()
        .map(String::as_str)
        .filter(|word| text::fold(word) != *word)
        .collect();
    let mut wanted = rows(viewer, kind, subject, texts);
    wanted.extend(rows(viewer, kind, subject, &stale));
    let mut seen: HashSet<String> = there.iter().cloned().collect();
    wanted.retain(|row| seen.insert(row.word.clone()));
    add(conn, &wanted)?;
    diesel::delete(mine.filter(words::word.eq_any(&stale))).execute(conn)?;
    Ok(())
}

/// Stops `viewer` from finding `subject`.
pub(crate) fn remove(conn: &mut Conn, viewer: &str, kind: &str, subject: &str) -> Outcome<()> {
    diesel::delete(
        words::table
            .filter(words::viewer.eq(viewer))
            .filter(words::kind.eq(kind))
            .filter(words::subject_id.eq(subject)),
    )
    .execute(conn)?;
    Ok(())
}

/// The subjects that a viewer finds by a word from `word` up to `end`.
#[diesel::dsl::auto_type]
pub(crate) fn found_between(
    mine: TenantEq<words::viewer>,
    kind: &'static str,
    word: String,
    end: String,
) -> _ {
    words::table
        .filter(mine)
        .filter(words::kind.eq(kind))
        .filter(words::word.ge(word))
        .filter(words::word.lt(end))
        .select(words::subject_id)
}

/// For each word of `q`, the subjects that `viewer` finds by a word beginning with it.
pub(crate) fn subjects(viewer: &str, kind: &'static str, q: &str) -> Vec<found_between> {
    let one = |word: String| {
        let end = text::prefix_end(&word);
        found_between(tenant_eq(words::viewer, viewer), kind, word, end)
    };
    text::sought(q).into_iter().map(one).collect()
}
