//! Finds a Python that can make virtual environments, installs one if it is missing, and keeps the
//! environment of the tools from PyPI.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::packages::{self, search_path};
use crate::process;

/// What the tools need: the metadata of `schemathesis` states it.
const SUITS: &str = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))";

const DEBIAN: &str = "
set -e
export DEBIAN_FRONTEND=noninteractive
apt-get update
apt-get install -y --no-install-recommends python3 python3-venv
";

const SCRIPTS: packages::Scripts = [
    ("apt-get", DEBIAN),
    ("dnf", "dnf install -y python3 python3-pip"),
    ("apk", "apk add --no-cache python3 py3-pip"),
    ("pacman", "pacman -Sy --noconfirm --needed python"),
    (
        "zypper",
        "zypper --non-interactive install python313 python313-pip",
    ),
    ("brew", "brew install python"),
];

/// Makes an environment in `folder` with exactly what `requirements` lists; returns the folder of
/// its programs.
pub fn environment(folder: &Path, requirements: &Path) -> Result<PathBuf, String> {
    let programs = folder.join("bin");
    let wanted = read(requirements)?;
    // Written last, so an environment that was interrupted while being made has no such file.
    let made_from = folder.join("made-from.txt");
    let python = programs.join("python");
    let works = || process::succeeds(&python.to_string_lossy(), &["-c", SUITS]);
    if std::fs::read_to_string(&made_from).is_ok_and(|found| found == wanted) && works() {
        return Ok(programs);
    }
    let found = find_or_install()?;
    process::run(
        Command::new(found)
            .args(["-m", "venv", "--clear"])
            .arg(folder),
    )?;
    let mut pip = Command::new(&python);
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]);
    pip.args(["--require-hashes", "--only-binary=:all:", "--requirement"]);
    process::run(pip.arg(requirements))?;
    std::fs::write(&made_from, wanted)
        .map_err(|error| format!("{}: {error}", made_from.display()))?;
    Ok(programs)
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn find_or_install() -> Result<PathBuf, String> {
    if let Some(found) = find() {
        return Ok(found);
    }
    println!("no Python 3.11 or newer with venv on this machine: installing it");
    packages::install(&SCRIPTS).map_err(|cause| refusal(&cause))?;
    find().ok_or_else(|| refusal("the package manager brought none of that age"))
}

fn find() -> Option<PathBuf> {
    let names = [
        "python3",
        "python3.14",
        "python3.13",
        "python3.12",
        "python3.11",
    ];
    names
        .iter()
        .flat_map(|name| search_path().into_iter().map(move |place| place.join(name)))
        .filter(|program| program.is_file())
        .find(|program| process::succeeds(&program.to_string_lossy(), &["-c", SUITS]))
}

fn refusal(cause: &str) -> String {
    format!(
        "the test command needs Python 3.11 or newer with its module venv (on Debian the packages \
         python3 and python3-venv) and could not get it: {cause}. Install it with your system's \
         package manager and run the command again"
    )
}
