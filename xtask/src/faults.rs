//! `cargo xtask faults`: kills, power cuts, full disks and clock jumps, checked against a ledger of
//! acknowledged requests.

use std::process::Command;

use crate::packages;
use crate::process;
use crate::servers::Servers;
use crate::test_command::PRODUCT;
use crate::tier::Tier;

const DEBIAN: &str = "
set -e
export DEBIAN_FRONTEND=noninteractive
apt-get update
apt-get install -y --no-install-recommends faketime e2fsprogs
";

const SCRIPTS: packages::Scripts = [
    ("apt-get", DEBIAN),
    ("dnf", "dnf install -y libfaketime e2fsprogs"),
    ("apk", "apk add --no-cache libfaketime e2fsprogs"),
    (
        "pacman",
        "pacman -Sy --noconfirm --needed libfaketime e2fsprogs",
    ),
    (
        "zypper",
        "zypper --non-interactive install libfaketime e2fsprogs",
    ),
    ("brew", "brew install libfaketime"),
];

/// Runs the tests of the suite whose names contain one of the given words.
pub fn run(arguments: &[String]) -> Result<(), String> {
    let (flags, words): (Vec<String>, Vec<String>) = arguments
        .iter()
        .cloned()
        .partition(|argument| argument.starts_with('-'));
    let full = match flags.as_slice() {
        [] => false,
        [flag] if flag == "--full" => true,
        _ => return Err("usage: cargo xtask faults [--full] [NAME...]".to_owned()),
    };
    find_or_install();
    let servers = Servers::start()?;
    // The program under test must be built with the tests' own features.
    let mut build = Command::new("cargo");
    build.arg("build").args(PRODUCT);
    process::run(build.args(["--bins", "--locked"]))?;
    let mut tests = Command::new("cargo");
    process::forget_settings(&mut tests);
    tests.envs(servers.environment());
    let tier = if full { Tier::Full } else { Tier::Short };
    tier.tell(&mut tests)?;
    if let Some(seed) = process::environment("VINCULO_TEST_SEED") {
        tests.env("VINCULO_TEST_SEED", seed);
    }
    let package = ["-p", "vinculo-tests", "--test", "faults", "--locked"];
    // Runs them one after the other and shows their output: the figures are the purpose of a run.
    tests.arg("test").args(package);
    tests
        .args(["--", "--test-threads=1", "--nocapture"])
        .args(words);
    process::run(&mut tests)
}

/// Installs what the suite needs beyond the usual; the suite reports itself what it could not run.
pub fn find_or_install() {
    let faketime = std::fs::read_dir("/usr/lib")
        .into_iter()
        .flatten()
        .flatten()
        .any(|place| place.path().join("faketime/libfaketime.so.1").is_file());
    if faketime && process::succeeds("mkfs.ext4", &["-V"]) {
        return;
    }
    println!("no faketime or no mkfs.ext4 on this machine: installing them");
    if let Err(cause) = packages::install(&SCRIPTS) {
        println!("{cause}: some faults will say that they were not run");
    }
}
