//! What the compiler cannot see of the barriers between governments: that the public functions of the
//! store all want a transaction, that scopes are made where it was reviewed, and that no SQL text
//! stands outside the query builder.

use crate::reviewed::Reviewed;
use crate::sources::{self, Source};
use crate::{scope_makers, sql_text, store_functions};

const SQL_TEXT: &str = "xtask/sql_text.txt";
const SCOPES: &str = "xtask/scopes.txt";

pub fn check() -> Result<(), String> {
    let sources = sources::below("crates")?;
    let mut found = store_functions::violations(&sources);
    found.extend(Reviewed::read(SQL_TEXT)?.compare(&count(&sources, sql_text::findings)));
    found.extend(Reviewed::read(SCOPES)?.compare(&count(&sources, scope_makers::findings)));
    if found.is_empty() {
        println!("{} sources keep the barriers", sources.len());
        return Ok(());
    }
    Err(format!("a barrier is broken:\n  {}", found.join("\n  ")))
}

fn count(
    sources: &[Source],
    findings: fn(&Source) -> Vec<&'static str>,
) -> Vec<(String, &'static str)> {
    let each = sources.iter().flat_map(|source| {
        let found = findings(source).into_iter();
        found.map(|what| (source.path.clone(), what))
    });
    each.collect()
}
