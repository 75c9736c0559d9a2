//! `cargo xtask test`: the one test command, for developers and for the build server.

use std::process::Command;

use crate::compiler::Compiler;
use crate::servers::Servers;
use crate::steps::Steps;
use crate::tier::Tier;
use crate::{
    barriers, dependency_rule, faults, licences, metadata, process, record_sizes, regenerate,
    schemathesis, slowest, unrun_tests,
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
    slowest::forget(tier);
    let mut steps = Steps::default();
    let outcome = if filters.is_empty() {
        let lint = !has("--no-lint");
        let compiler = if lint {
            Compiler::with_clippy(tier)?
        } else {
            Compiler::plain(tier)
        };
        everything(&mut steps, &compiler, lint)
    } else {
        with_server(&mut steps, |steps, server| {
            steps.run("tests", || tests(server, &Compiler::plain(tier), &filters))
        })
    };
    slowest::print(tier);
    tier.print_left();
    steps.print_summary();
    outcome
}

fn everything(steps: &mut Steps, compiler: &Compiler, lint: bool) -> Result<(), String> {
    if lint {
        steps.run("format", || {
            process::run(Command::new("cargo").args(["fmt", "--all", "--", "--check"]))
                .map_err(|error| format!("{error}\n`cargo fmt --all` puts the sources in shape"))
        })?;
        let metadata = steps.run("metadata", metadata::load)?;
        steps.run("dependency rule", || dependency_rule::check(&metadata))?;
        steps.run("barriers", barriers::check)?;
        steps.run("sizes of kinds", record_sizes::check)?;
        steps.run("unit tests that never run", || {
            unrun_tests::check(&metadata)
        })?;
        steps.run("licences and bans", || licences::check(&metadata))?;
    }
    let what = if lint { "compile and lint" } else { "compile" };
    steps.run(what, || compile(compiler))?;
    steps.run("chores, and their tests", || {
        let mut cargo = compiler.cargo();
        cargo.args([
            "test",
            "-p",
            "xtask",
            "--all-targets",
            "--locked",
            "--quiet",
        ]);
        process::run(&mut cargo)
    })?;
    with_server(steps, |steps, server| {
        // Documentation examples come first, so that the output ends with the count of the main
        // tests.
        steps.run("documentation tests", || {
            let mut cargo = beside(server, compiler);
            cargo.args(["test", "--doc"]).args(PRODUCT);
            compiler.choose_profile(&mut cargo, "--profile");
            process::run(cargo.args(["--locked", "--quiet"]))
        })?;
        steps.run("tests", || tests(server, compiler, &[]))?;
        steps.run("Schemathesis", || {
            schemathesis::run(server.postgres(), compiler)
        })
    })?;
    steps.run("generated documents", || {
        regenerate::run(regenerate::Mode::Check, compiler)
    })
}

/// Everything that the later steps run, at once. `--all-targets` would also compile unit tests that a
/// manifest switches off.
fn compile(compiler: &Compiler) -> Result<(), String> {
    let mut cargo = compiler.cargo();
    cargo.args(["test", "--no-run", "--tests"]).args(PRODUCT);
    compiler.choose_profile(&mut cargo, "--profile");
    process::run(cargo.arg("--locked"))
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

fn tests(server: &Servers, compiler: &Compiler, filters: &[String]) -> Result<(), String> {
    let mut cargo = beside(server, compiler);
    let tier = compiler.tier;
    tier.tell(&mut cargo)?;
    if process::succeeds("cargo", &["nextest", "--version"]) {
        cargo
            // A run that fails says all that it can: it took the time already.
            .args(["nextest", "run", "--locked", "--no-fail-fast"])
            .args(PRODUCT)
            .args(["--test-threads", &slots()])
            .args(filters);
        compiler.choose_profile(&mut cargo, "--cargo-profile");
        cargo.args(["--profile", tier.nextest_profile()]);
        if tier.is_full() {
            cargo.args(["--run-ignored", "all"]);
        }
    } else {
        println!("cargo nextest is not installed: using cargo test");
        cargo.args(["test", "--locked", "--no-fail-fast"]);
        cargo.args(["--lib", "--bins", "--tests"]);
        compiler.choose_profile(&mut cargo, "--profile");
        cargo.args(PRODUCT);
        cargo.arg("--").args(filters);
        if tier.is_full() {
            cargo.arg("--include-ignored");
        }
    }
    process::run(&mut cargo)
}

/// cargo beside the servers that the tests use.
fn beside(server: &Servers, compiler: &Compiler) -> Command {
    let mut cargo = compiler.cargo();
    cargo.envs(server.environment());
    cargo
}

/// Two for each core, which a test that works takes, and two for one that waits and, later, for one more
/// that works (`.config/nextest.toml`).
fn slots() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    (2 * cores + 2).to_string()
}
