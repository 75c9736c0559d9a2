//! The program itself, built beside the tests.

pub fn program() -> std::path::PathBuf {
    let tests = std::env::current_exe().unwrap();
    let program = tests.ancestors().nth(2).unwrap().join("vinculo");
    assert!(
        program.exists(),
        "{} is absent: build it with `cargo build -p vinculo-api`",
        program.display()
    );
    program
}
