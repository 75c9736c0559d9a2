//! Calls PostgreSQL's own programs, which know its catalogue better than we do.

use super::failed;
use super::verifying::text;
use crate::config::Config;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use vinculo_domain::{Refusal, Result};

/// Where Debian and Ubuntu put the server programs of each version.
const DEBIAN: &str = "/usr/lib/postgresql";
/// Our settings that hold passwords; the programs must not see them.
const OURS: [&str; 3] = [
    "VINCULO_DATABASE_URL",
    "VINCULO_MIGRATION_URL",
    "VINCULO_BACKUP_URL",
];

/// From this version on `pg_restore` sets parameters that older servers do not know.
const TIMEOUTS: u32 = 17;
/// What to do if a program is missing or too old.
const INSTALL: &str = "install PostgreSQL's client programs (postgresql-client) of the server's own version, \
     or name pg_dump in VINCULO_PG_DUMP";

/// Dumps the state of a snapshot; `server` is the major version of the server.
pub fn dump(
    config: &Config,
    url: &str,
    server: Option<u32>,
    snapshot: &str,
    target: &Path,
) -> Result<()> {
    let program = program(config, "pg_dump", server);
    refuse_newer(&program, server)?;
    let mut command = command(&program, url);
    command
        .args(["--format=custom", "--lock-wait-timeout=30s"])
        .arg(format!("--snapshot={snapshot}"))
        .arg("--file")
        .arg(target);
    run(command, "pg_dump")
}

/// Restores a dump as the owner of the tables, in one transaction; `server` is the major version of
/// the server.
pub fn restore(config: &Config, url: &str, server: Option<u32>, dump: &Path) -> Result<()> {
    let mut command = command(&program(config, "pg_restore", server), url);
    command
        .args(["--single-transaction", "--exit-on-error", "--no-owner"])
        .arg("--role=vinculo_owner")
        .arg(dump);
    run(command, "pg_restore")
}

/// Reads the list of a dump's contents, as a restoration would. Returns what is wrong with it, or
/// an error if this machine cannot tell.
pub fn list(config: &Config, dump: &Path) -> Result<Option<String>> {
    let cannot = |why: &str| failed(dump, format!("this dump cannot be checked here: {why}"));
    let mut command = Command::new(program(config, "pg_restore", None));
    command.arg("--list").arg(dump);
    let output = output(command, "pg_restore").map_err(|refusal| cannot(&text(&refusal)))?;
    if output.status.success() {
        return Ok(None);
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    // The dump matches its digest, so the cause is a program that is too old.
    if said.contains("unsupported version") {
        return Err(cannot(&format!("{said}; {INSTALL}")));
    }
    Ok(Some(format!("pg_restore failed: {said}")))
}

/// A URL without its password, safe to write down.
pub(super) fn without_password(url: &str) -> String {
    part(url).0
}

/// Refuses a program whose dump could not be restored on the same server.
fn refuse_newer(program: &Path, server: Option<u32>) -> Result<()> {
    let said = Command::new(program).arg("--version").output();
    // A program that does not start reports that when it is used.
    let client = said.ok().and_then(|said| {
        let said = String::from_utf8_lossy(&said.stdout).into_owned();
        major(&said)
    });
    match (client, server) {
        (Some(client), Some(server)) if client >= TIMEOUTS && server < TIMEOUTS => {
            Err(Refusal::internal(format!(
                "{} is of PostgreSQL {client} and the server of {server}, which could not restore what that program dumps; {INSTALL}",
                program.display()
            )))
        }
        _ => Ok(()),
    }
}

/// The major version in a program's `--version` output.
fn major(said: &str) -> Option<u32> {
    let mut words = said.split_whitespace();
    let number = words.find(|word| word.starts_with(|first: char| first.is_ascii_digit()))?;
    let end = number.find(|one: char| !one.is_ascii_digit());
    number.get(..end.unwrap_or(number.len()))?.parse().ok()
}

fn command(program: &Path, url: &str) -> Command {
    let (url, password) = part(url);
    let mut command = Command::new(program);
    command.arg("--no-password").arg(format!("--dbname={url}"));
    for ours in OURS {
        command.env_remove(ours);
    }
    // A password in an argument would be visible in the list of processes.
    if let Some(password) = password {
        command.env("PGPASSWORD", password);
    }
    command
}

fn output(mut command: Command, name: &str) -> Result<Output> {
    command
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .output()
        .map_err(|error| Refusal::internal(format!("{name}: {error}; {INSTALL}")))
}

fn run(command: Command, name: &str) -> Result<()> {
    let output = output(command, name)?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(Refusal::internal(format!("{name} failed: {}", said.trim())))
}

/// The configured program; otherwise, from the usual folder, the server's own version or the
/// newest; otherwise whatever is in the `PATH`.
fn program(config: &Config, name: &str, server: Option<u32>) -> PathBuf {
    if let Some(named) = &config.pg_dump {
        return named.with_file_name(name);
    }
    let versions = Path::new(DEBIAN).read_dir().into_iter().flatten().flatten();
    let best = versions
        .filter_map(|version| {
            let number: u32 = version.file_name().to_str()?.parse().ok()?;
            let program = version.path().join("bin").join(name);
            let own = server == Some(number);
            program.is_file().then_some((own, number, program))
        })
        .max();
    best.map_or_else(|| PathBuf::from(name), |(_, _, program)| program)
}

/// A URL without its password, and the password.
fn part(url: &str) -> (String, Option<String>) {
    let mut password = None;
    let (front, query) = url.split_once('?').unwrap_or((url, ""));
    let front = match front.split_once("://").map(|(scheme, rest)| {
        let end = rest.find('/').unwrap_or(rest.len());
        (scheme, rest.split_at(end))
    }) {
        Some((scheme, (authority, path))) => match authority.rsplit_once('@') {
            Some((user, host)) => {
                let (name, secret) = user.split_once(':').unwrap_or((user, ""));
                password = Some(secret).filter(|secret| !secret.is_empty());
                format!("{scheme}://{name}@{host}{path}")
            }
            None => front.to_owned(),
        },
        None => front.to_owned(),
    };
    let mut pairs = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        match pair.strip_prefix("password=") {
            Some(secret) => password = Some(secret),
            None => pairs.push(pair),
        }
    }
    let url = if pairs.is_empty() {
        front
    } else {
        format!("{front}?{}", pairs.join("&"))
    };
    (url, password.map(decoded))
}

/// Undoes percent-encoding.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let pair = after.get(..2).filter(|_pair| *first == b'%');
        let code = pair
            .and_then(|pair| std::str::from_utf8(pair).ok())
            .and_then(|pair| u8::from_str_radix(pair, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = after
            .get(if code.is_some() { 2 } else { 0 }..)
            .unwrap_or_default();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_says_its_version() {
        for (said, number) in [
            (
                "pg_dump (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)",
                Some(15),
            ),
            ("pg_dump (PostgreSQL) 17beta1", Some(17)),
            ("no number", None),
        ] {
            assert_eq!(major(said), number);
        }
    }

    #[test]
    fn a_password_leaves_the_url_wherever_it_stands() {
        for (url, without, password) in [
            (
                "postgres://a:b%40c@h:1/d",
                "postgres://a@h:1/d",
                Some("b@c"),
            ),
            (
                "postgres://a@h/d?sslmode=require",
                "postgres://a@h/d?sslmode=require",
                None,
            ),
            (
                "postgres:///d?host=/run&user=a&password=x%25y",
                "postgres:///d?host=/run&user=a",
                Some("x%y"),
            ),
            ("postgres://a:b@h", "postgres://a@h", Some("b")),
        ] {
            let (found, secret) = part(url);
            assert_eq!((found.as_str(), secret.as_deref()), (without, password));
        }
    }
}
