//! How much is tested: what a change needs, or everything (`cargo xtask test --full`).

use crate::database::engines;
use vinculo_persistence::Engine;

#[expect(
    clippy::disallowed_methods,
    reason = "the test command says how much is tried"
)]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Whether everything is to be tested.
pub fn is_full() -> bool {
    variable("VINCULO_TEST_TIER").is_some_and(|tier| tier == "full")
}

/// A count for the tier. The test command lists at its end what the short tier left out.
pub fn pick(what: &str, short: usize, full: usize) -> usize {
    if is_full() {
        return full;
    }
    leave(what, short, full);
    short
}

/// The engines of the tier, for a test whose parts are tried on PostgreSQL elsewhere.
pub fn engines_of_tier(what: &str) -> Vec<Engine> {
    if is_full() {
        return engines().to_vec();
    }
    leave(&format!("{what}: engines"), 1, engines().len());
    vec![Engine::Sqlite]
}

/// Notes that only part was tested.
pub fn leave(what: &str, short: usize, full: usize) {
    use std::io::Write;
    let Some(list) = variable("VINCULO_TEST_LEFT") else {
        return;
    };
    let line = format!("{what}: {short} of {full}\n");
    let file = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(list);
    file.unwrap().write_all(line.as_bytes()).unwrap();
}
