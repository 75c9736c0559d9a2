//! Checks of the barriers between governments that the compiler cannot make: every public function
//! of the store takes a transaction, scopes are made only in reviewed places, there is no SQL
//! text outside the query builder, and no circle of imports in `api`.

use crate::reviewed::Reviewed;
use crate::sources::{self, Source};
use crate::{import_circles, scope_makers, sql_text, store_functions};

const SQL_TEXT: &str = "xtask/sql_text.txt";
const SCOPES: &str = "xtask/scopes.txt";

pub fn check() -> Result<(), String> {
    let sources = sources::below("crates")?;
    let mut found = store_functions::violations(&sources);
    found.extend(import_circles::violations(&sources));
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
