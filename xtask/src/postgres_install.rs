//! Finds the PostgreSQL server's programs, and installs them if they are missing.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::packages::{self, search_path};
use crate::process;

/// The oldest major version Vínculo supports in production.
const OLDEST: u32 = 15;
const NEEDED: [&str; 3] = ["initdb", "pg_ctl", "postgres"];

/// Folders whose children are named by version, or are versions themselves.
const KNOWN_PARENTS: [(&str, &str, &str); 6] = [
    ("/usr/lib/postgresql", "", "bin"),
    ("/usr/libexec", "postgresql", ""),
    ("/usr", "pgsql-", "bin"),
    ("/opt/homebrew/opt", "postgresql@", "bin"),
    ("/usr/local/opt", "postgresql@", "bin"),
    ("/home/linuxbrew/.linuxbrew/opt", "postgresql@", "bin"),
];

pub struct Binaries {
    pub folder: PathBuf,
    pub psql: PathBuf,
    pub version: u32,
}

pub fn find_or_install() -> Result<Binaries, String> {
    if let Some(found) = newest() {
        return Ok(found);
    }
    println!("no PostgreSQL {OLDEST} or newer on this machine: installing it");
    packages::install(&SCRIPTS).map_err(|cause| refusal(&cause))?;
    newest().ok_or_else(|| {
        refusal("the package manager brought no server of that age, or put it in an unknown place")
    })
}

fn newest() -> Option<Binaries> {
    candidates()
        .iter()
        .filter_map(|folder| inspect(folder))
        .filter(|binaries| binaries.version >= OLDEST)
        .max_by_key(|binaries| binaries.version)
}

fn candidates() -> Vec<PathBuf> {
    let mut folders = search_path();
    folders.extend(
        [
            "/usr/local/bin",
            "/usr/local/pgsql/bin",
            "/opt/homebrew/bin",
        ]
        .map(Into::into),
    );
    for (parent, start, end) in KNOWN_PARENTS {
        for child in std::fs::read_dir(parent).into_iter().flatten().flatten() {
            if child.file_name().to_string_lossy().starts_with(start) {
                folders.push(child.path().join(end));
            }
        }
    }
    folders
}

fn inspect(folder: &Path) -> Option<Binaries> {
    // Debian's links in PATH lead to the folder that holds all programs.
    let real = folder.join("initdb").canonicalize().ok()?;
    let folder = real.parent()?.to_path_buf();
    if !NEEDED.iter().all(|name| folder.join(name).is_file()) {
        return None;
    }
    let mut psql = search_path();
    psql.insert(0, folder.clone());
    let psql = psql
        .iter()
        .map(|place| place.join("psql"))
        .find(|file| file.is_file())?;
    let said = process::capture(Command::new(folder.join("postgres")).arg("--version")).ok()?;
    Some(Binaries {
        version: major_version(&said)?,
        folder,
        psql,
    })
}

/// Taken from `postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)`, or `.. 18beta1`.
fn major_version(said: &str) -> Option<u32> {
    let (_, rest) = said.split_once("(PostgreSQL) ")?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// On Debian the package would also create and start a server of its own; the drop-in forbids that
/// during the installation.
const DEBIAN: &str = r#"
set -e
folder=/etc/postgresql-common/createcluster.d
mkdir -p "$folder"
trap 'rm -f "$folder/vinculo.conf"' EXIT
echo 'create_main_cluster = false' > "$folder/vinculo.conf"
export DEBIAN_FRONTEND=noninteractive
apt-get update
apt-get install -y --no-install-recommends postgresql
"#;

const SCRIPTS: packages::Scripts = [
    ("apt-get", DEBIAN),
    ("dnf", "dnf install -y postgresql-server"),
    ("apk", "apk add --no-cache postgresql postgresql-client"),
    ("pacman", "pacman -Sy --noconfirm --needed postgresql"),
    (
        "zypper",
        "zypper --non-interactive install postgresql-server",
    ),
    ("brew", "brew install postgresql@17"),
];

fn refusal(cause: &str) -> String {
    format!(
        "the tests need the server programs of PostgreSQL {OLDEST} or newer (initdb, pg_ctl, postgres, \
         psql) and could not get them: {cause}. Install the server with your system's package \
         manager, or add the folder of its programs to PATH, and run the command again"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read() {
        assert_eq!(
            major_version("postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)"),
            Some(15)
        );
        assert_eq!(major_version("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(major_version("something else"), None);
    }
}
