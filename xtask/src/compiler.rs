//! How cargo compiles for the chores: with which profile, and with or without clippy.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process;
use crate::tier::Tier;

/// What clippy is told besides the workspace's own lints, in the form in which `cargo clippy` passes
/// it on.
const DENY: (&str, &str) = ("CLIPPY_ARGS", "-Dwarnings__CLIPPY_HACKERY__");
/// The profile of the full tier.
const FULL: &str = "full";
/// The variable of cargo for a compiler of the workspace's own crates.
const WRAPPER: &str = "RUSTC_WORKSPACE_WRAPPER";

/// Compiles for one tier. With clippy, the compiler of our own crates is `clippy-driver`, which lints
/// and then compiles: `cargo clippy` would check every library once more, only for its own use.
pub struct Compiler {
    pub tier: Tier,
    clippy: Option<PathBuf>,
}

impl Compiler {
    pub fn plain(tier: Tier) -> Self {
        Self { tier, clippy: None }
    }

    /// Fails if this toolchain has no clippy.
    pub fn with_clippy(tier: Tier) -> Result<Self, String> {
        let sysroot = process::capture(Command::new("rustc").args(["--print", "sysroot"]))?;
        let driver = Path::new(sysroot.trim()).join("bin/clippy-driver");
        let driver = driver.with_extension(std::env::consts::EXE_EXTENSION);
        if !driver.is_file() {
            return Err(format!(
                "there is no {}: `rustup component add clippy` brings it, `cargo xtask test --no-lint` does without",
                driver.display()
            ));
        }
        let clippy = Some(driver);
        Ok(Self { tier, clippy })
    }

    /// cargo, without a developer's own settings.
    pub fn cargo(&self) -> Command {
        let mut cargo = Command::new("cargo");
        process::forget_settings(&mut cargo);
        if let Some(driver) = &self.clippy {
            cargo.env(WRAPPER, driver).env(DENY.0, DENY.1);
        }
        cargo
    }

    /// Names the tier's profile of `Cargo.toml` by this flag. The full tier sends so many requests that
    /// optimised tests save far more time than it takes to build them.
    pub fn choose_profile(&self, cargo: &mut Command, flag: &str) {
        if self.tier.is_full() {
            cargo.args([flag, FULL]);
        }
    }

    /// The folder of the programs that were built.
    pub fn programs(&self) -> PathBuf {
        let profile = if self.tier.is_full() { FULL } else { "debug" };
        PathBuf::from("target").join(profile)
    }
}
