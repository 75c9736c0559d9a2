//! `cargo xtask test`: the one test command, for developers and for the build server.

use std::process::Command;

use crate::servers::Servers;
use crate::steps::Steps;
use crate::tier::Tier;
use crate::{
    barriers, dependency_rule, faults, licences, metadata, process, record_sizes, regenerate,
    schemathesis, slowest,
};

/// The xtask crate uses libraries with other features. Built together with the product, it would
/// give those features to the product's libraries too, and they would be compiled twice.
pub const PRODUCT: [&str; 3] = ["--workspace", "--exclude", "xtask"];

pub fn run(arguments: &[String]) -> Result<(), String> {
    let (flags, filters): (Vec<String>, Vec<String>) = arguments
        .iter()
        .cloned()
        .partition(|argument| argument.starts_with("--"));
    let has = |name: &str| flags.iter().any(|flag| flag == name);
    if let Some(unknown) = flags
        .iter()
        .find(|flag| !["--full", "--no-lint"].contains(&flag.as_str()))
    {
        return Err(format!("`cargo xtask test` knows no {unknown}"));
    }
    let tier = if has("--full") {
        Tier::Full
    } else {
        Tier::Short
    };
    tier.begin()?;
    slowest::forget();
    let mut steps = Steps::default();
    let outcome = if filters.is_empty() {
        everything(&mut steps, tier, !has("--no-lint"))
    } else {
        with_server(&mut steps, |steps, server| {
            steps.run("tests", || tests(server, tier, &filters))
        })
    };
    slowest::print();
    tier.print_left();
    steps.print_summary();
    outcome
}

fn everything(steps: &mut Steps, tier: Tier, lint: bool) -> Result<(), String> {
    if lint {
        steps.run("format", || {
            process::run(Command::new("cargo").args(["fmt", "--all", "--", "--check"]))
                .map_err(|error| format!("{error}\n`cargo fmt --all` puts the sources in shape"))
        })?;
        let metadata = steps.run("metadata", metadata::load)?;
        steps.run("dependency rule", || dependency_rule::check(&metadata))?;
        steps.run("barriers", barriers::check)?;
        steps.run("sizes of kinds", record_sizes::check)?;
        steps.run("licences and bans", || licences::check(&metadata))?;
        steps.run("clippy", || {
            clippy(&PRODUCT).and_then(|()| clippy(&["-p", "xtask"]))
        })?;
    }
    with_server(steps, |steps, server| {
        // Documentation examples come first, so that the output ends with the count of the main
        // tests.
        steps.run("documentation tests", || {
            let mut cargo = cargo_for_tests(server);
            cargo.args(["test", "--doc"]).args(PRODUCT);
            tier.choose_profile(&mut cargo, "--profile");
            process::run(cargo.args(["--locked", "--quiet"]))
        })?;
        steps.run("tests of the chores", || {
            process::run(Command::new("cargo").args(["test", "-p", "xtask", "--locked", "--quiet"]))
        })?;
        steps.run("tests", || tests(server, tier, &[]))?;
        steps.run("Schemathesis", || {
            schemathesis::run(server.postgres(), tier)
        })
    })?;
    steps.run("generated documents", || {
        regenerate::run(regenerate::Mode::Check, tier)
    })
}

fn clippy(packages: &[&str]) -> Result<(), String> {
    let mut cargo = Command::new("cargo");
    cargo.arg("clippy").args(packages);
    cargo.args(["--all-targets", "--locked", "--", "-D", "warnings"]);
    process::run(&mut cargo)
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

fn tests(server: &Servers, tier: Tier, filters: &[String]) -> Result<(), String> {
    let mut cargo = cargo_for_tests(server);
    tier.tell(&mut cargo)?;
    if process::succeeds("cargo", &["nextest", "--version"]) {
        cargo
            .args(["nextest", "run", "--locked"])
            .args(PRODUCT)
            .args(filters);
        tier.choose_profile(&mut cargo, "--cargo-profile");
        if tier.is_full() {
            cargo.args(["--run-ignored", "all"]);
        }
    } else {
        println!("cargo nextest is not installed: using cargo test");
        cargo.args(["test", "--locked", "--lib", "--bins", "--tests"]);
        tier.choose_profile(&mut cargo, "--profile");
        cargo.args(PRODUCT);
        cargo.arg("--").args(filters);
        if tier.is_full() {
            cargo.arg("--include-ignored");
        }
    }
    process::run(&mut cargo)
}

fn cargo_for_tests(server: &Servers) -> Command {
    let mut cargo = Command::new("cargo");
    process::forget_settings(&mut cargo);
    cargo.envs(server.environment());
    cargo
}
