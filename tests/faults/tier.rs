//! Values passed on by the command that runs the tests, and reports of what a machine cannot do.

use vinculo_tests::is_full;

#[expect(
    clippy::disallowed_methods,
    reason = "the chore that runs the tests passes them on"
)]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The seed of a run: a given one, or a new one that is printed so that it can be given again.
pub fn seed(name: &str) -> u64 {
    let seed = match variable("VINCULO_TEST_SEED") {
        Some(text) => text.parse().expect("VINCULO_TEST_SEED is a number"),
        None => {
            u64::from(uuid::Uuid::now_v7().as_fields().1) ^ uuid::Uuid::now_v7().as_u64_pair().1
        }
    };
    println!("{name}: seed {seed} (VINCULO_TEST_SEED)");
    seed
}

/// A value passed on by the command that runs the tests.
pub fn passed(name: &str) -> String {
    variable(name).unwrap_or_else(|| {
        panic!("{name} is not set: run `cargo xtask test` or `cargo xtask faults`")
    })
}

/// Says loudly that a machine cannot run something. The full tier then fails.
pub fn not_run(what: &str, why: &str) {
    println!("\n*** NOT RUN: {what}: {why} ***\n");
    eprintln!("\n*** NOT RUN: {what}: {why} ***\n");
    assert!(
        !is_full(),
        "the full tier goes without nothing: {what}: {why}"
    );
}
