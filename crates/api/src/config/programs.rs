//! The PostgreSQL programs that a configuration names.

use std::path::Path;
use vinculo_domain::{Refusal, Result};

/// Refuses a path that does not name a program.
pub(super) fn check(path: &Path) -> Result<()> {
    if path.is_file() {
        return Ok(());
    }
    Err(Refusal::internal(format!(
        "{}: pg_dump names no file; it is the path of PostgreSQL's pg_dump",
        path.display()
    )))
}
