//! `cargo xtask test`: the one test command, for a developer and for the build server alike.

use std::process::Command;

use crate::servers::Servers;
use crate::steps::Steps;
use crate::{
    barriers, dependency_rule, faults, licences, metadata, process, regenerate, schemathesis,
};

pub fn run(arguments: &[String]) -> Result<(), String> {
    let (flags, filters): (Vec<String>, Vec<String>) = arguments
        .iter()
        .cloned()
        .partition(|argument| argument == "--no-lint");
    let mut steps = Steps::default();
    let outcome = if filters.is_empty() {
        everything(&mut steps, flags.is_empty())
    } else {
        with_server(&mut steps, |steps, server| {
            steps.run("tests", || tests(server, &filters))
        })
    };
    steps.print_summary();
    outcome
}

fn everything(steps: &mut Steps, lint: bool) -> Result<(), String> {
    if lint {
        steps.run("format", || {
            process::run(Command::new("cargo").args(["fmt", "--all", "--", "--check"]))
                .map_err(|error| format!("{error}\n`cargo fmt --all` puts the sources in shape"))
        })?;
        let metadata = steps.run("metadata", metadata::load)?;
        steps.run("dependency rule", || dependency_rule::check(&metadata))?;
        steps.run("barriers", barriers::check)?;
        steps.run("licences and bans", || licences::check(&metadata))?;
        steps.run("clippy", || {
            let arguments = [
                "clippy",
                "--workspace",
                "--all-targets",
                "--locked",
                "--",
                "-D",
                "warnings",
            ];
            process::run(Command::new("cargo").args(arguments))
        })?;
    }
    with_server(steps, |steps, server| {
        // Documentation examples first, so that the count of the tests proper ends the output.
        steps.run("documentation tests", || {
            let mut cargo = cargo_for_tests(server);
            process::run(cargo.args(["test", "--doc", "--workspace", "--locked", "--quiet"]))
        })?;
        steps.run("tests", || tests(server, &[]))?;
        steps.run("Schemathesis", || schemathesis::run(server.postgres()))
    })?;
    steps.run("generated documents", || {
        regenerate::run(regenerate::Mode::Check)
    })
}

fn with_server(
    steps: &mut Steps,
    action: impl FnOnce(&mut Steps, &Servers) -> Result<(), String>,
) -> Result<(), String> {
    let server = steps.run("PostgreSQL and PgBouncer", || {
        faults::find_or_install();
        Servers::start()
    })?;
    action(steps, &server)
}

fn tests(server: &Servers, filters: &[String]) -> Result<(), String> {
    let mut cargo = cargo_for_tests(server);
    if process::succeeds("cargo", &["nextest", "--version"]) {
        cargo
            .args(["nextest", "run", "--workspace", "--locked"])
            .args(filters);
    } else {
        println!("cargo nextest is not installed: using cargo test");
        cargo.args([
            "test",
            "--workspace",
            "--locked",
            "--lib",
            "--bins",
            "--tests",
        ]);
        cargo.arg("--").args(filters);
    }
    process::run(&mut cargo)
}

fn cargo_for_tests(server: &Servers) -> Command {
    let mut cargo = Command::new("cargo");
    process::forget_settings(&mut cargo);
    cargo.envs(server.environment());
    cargo
}
