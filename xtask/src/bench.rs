//! `cargo xtask bench`: requests per second and the 99th percentile of a signed-in point read, a
//! list of 20 and a create, on both engines in one run. It also measures what neighbours cost a
//! point read: its 99th percentile while 24 clients sign in, and under a flood without tokens.
//! Needs `wrk`, `curl` and `psql`. Compare figures only within one run, not between two machines.

mod neighbours;

use crate::postgres::{Server, Storage};
use crate::process;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const BINARY: &str = "target/release/vinculo";
const TENANT: &str = "14039";
const EMAIL: &str = "banco@14039.example";
/// Seconds of each measurement, connections and threads.
const LOAD: [&str; 6] = ["-d", "8s", "-c", "16", "-t", "2"];

pub fn run() -> Result<(), String> {
    process::run(Command::new("cargo").args(["build", "--release", "-p", "vinculo-api"]))?;
    let server = Server::start(Storage::Disk)?;
    println!("| engine | operation | requests/s | p99 |\n|---|---|---|---|");
    measure("SQLite", None)?;
    measure("PostgreSQL", Some(&server))
}

fn measure(name: &str, server: Option<&Server>) -> Result<(), String> {
    let folder = Folder::new()?;
    let mut settings = vec![
        ("VINCULO_DATA_DIR", folder.0.display().to_string()),
        ("VINCULO_BIND", "127.0.0.1:18181".to_owned()),
        ("VINCULO_LOG", "error".to_owned()),
        // This measures the service, not the limits on one caller.
        ("VINCULO_ANONYMOUS_PER_MINUTE", "100000000".to_owned()),
        ("VINCULO_SIGN_INS_PER_MINUTE", "100000000".to_owned()),
        ("VINCULO_CONNECTIONS_PER_ADDRESS", "400".to_owned()),
        ("VINCULO_ACCESS_LOG", "off".to_owned()),
        ("VINCULO_PERSON_PER_MINUTE", "100000000".to_owned()),
        ("VINCULO_GOVERNMENT_PER_MINUTE", "100000000".to_owned()),
    ];
    if let Some(server) = server {
        settings.extend(database(server)?);
    }
    let vinculo = |arguments: &[&str]| {
        let mut command = Command::new(BINARY);
        process::forget_settings(&mut command);
        command.envs(settings.iter().cloned()).args(arguments);
        command
    };
    process::capture(&mut vinculo(&["migrate"]))?;
    let person = ["admin", "create", "--tenant", TENANT, "--role", "officer"];
    let printed = process::capture(vinculo(&person).args(["--email", EMAIL, "--name", "Banco"]))?;
    let password = printed
        .lines()
        .find_map(|line| line.strip_prefix("password: "));
    let password = password.ok_or("admin create printed no password")?;
    let past = ["import", "agreements", "examples/acuerdos_historicos.csv"];
    process::capture(&mut vinculo(&past))?;
    let _serving = Serving::start(vinculo(&["serve"]))?;
    let token = sign_in(password)?;
    let found = call(&token, "/v1/agreements?limit=1")?;
    let case = text_after(&found, "\"id\":\"").ok_or("no agreement was imported")?;
    report(
        name,
        "point read",
        &wrk(&token, &format!("/v1/agreements/{case}"), None)?,
    );
    report(
        name,
        "list of 20",
        &wrk(&token, "/v1/agreements?limit=20", None)?,
    );
    let script = folder.0.join("create.lua");
    std::fs::write(&script, CREATE).map_err(|error| error.to_string())?;
    report(
        name,
        "create",
        &wrk(&token, "/v1/counterparts", Some(&script))?,
    );
    neighbours::measure(
        name,
        &token,
        &format!("/v1/agreements/{case}"),
        password,
        &folder.0,
    )
}

/// Each request creates a record with another name.
const CREATE: &str = r#"
local threads = 0
function setup(thread) thread:set("id", threads); threads = threads + 1 end
function init() counter = 0 end
function request()
  counter = counter + 1
  local body = string.format('{"kind":"foreign_government","level":"local","name":"Ciudad %d %d","country":"JP"}', id, counter)
  return wrk.format("POST", nil, {["content-type"] = "application/json", ["authorization"] = wrk.headers["authorization"]}, body)
end
"#;

/// A database that makes acknowledged writes durable, as in production.
fn database(server: &Server) -> Result<Vec<(&'static str, String)>, String> {
    let environment = server.environment();
    let admin = environment
        .iter()
        .find(|(name, _)| *name == "VINCULO_TEST_ADMIN_URL");
    let (_, admin) = admin.ok_or("the server names no superuser")?;
    for sql in [
        "ALTER SYSTEM SET fsync = on",
        "ALTER SYSTEM SET synchronous_commit = on",
        "ALTER SYSTEM SET full_page_writes = on",
        "SELECT pg_reload_conf()",
    ] {
        process::capture(Command::new("psql").arg(admin).args(["-qc", sql]))?;
    }
    let [application, migrator] = server.create_database("bench")?;
    Ok(vec![
        ("VINCULO_DATABASE_URL", application),
        ("VINCULO_MIGRATION_URL", migrator),
    ])
}

fn sign_in(password: &str) -> Result<String, String> {
    let body = format!("{{\"email\":\"{EMAIL}\",\"password\":\"{password}\"}}");
    let mut curl = Command::new("curl");
    curl.args(["-s", "-H", "content-type: application/json", "-d", &body]);
    let answer = process::capture(curl.arg("http://127.0.0.1:18181/v1/sessions"))?;
    text_after(&answer, "\"access_token\":\"").ok_or(answer)
}

fn call(token: &str, path: &str) -> Result<String, String> {
    let header = format!("authorization: Bearer {token}");
    process::capture(Command::new("curl").args([
        "-s",
        "-H",
        &header,
        &format!("http://127.0.0.1:18181{path}"),
    ]))
}

fn text_after(text: &str, mark: &str) -> Option<String> {
    let rest = text.split_once(mark)?.1;
    Some(rest.split_once('"')?.0.to_owned())
}

fn wrk(token: &str, path: &str, script: Option<&Path>) -> Result<String, String> {
    let mut wrk = Command::new("wrk");
    wrk.args(LOAD)
        .args(["--latency", "-H", &format!("authorization: Bearer {token}")]);
    if let Some(script) = script {
        wrk.arg("-s").arg(script);
    }
    process::capture(wrk.arg(format!("http://127.0.0.1:18181{path}")))
}

fn report(engine: &str, operation: &str, printed: &str) {
    let value = |mark: &str| {
        let line = printed
            .lines()
            .find(|line| line.trim_start().starts_with(mark));
        line.and_then(|line| line.split_whitespace().last())
            .unwrap_or("?")
            .to_owned()
    };
    println!(
        "| {engine} | {operation} | {} | {} |",
        value("Requests/sec"),
        value("99%")
    );
    if let Some(line) = printed.lines().find(|line| line.contains("Non-2xx")) {
        println!("| {engine} | {operation} | {} | |", line.trim());
    }
}

/// A folder that is removed when dropped.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Self, String> {
        let folder = std::env::temp_dir().join(format!("vinculo-bench-{}", std::process::id()));
        std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        Ok(Self(folder))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            eprintln!("{}: {error}", self.0.display());
        }
    }
}

/// A service that is stopped when dropped.
struct Serving(Child);

impl Serving {
    fn start(mut command: Command) -> Result<Self, String> {
        let child = command
            .stdout(Stdio::null())
            .spawn()
            .map_err(|error| error.to_string())?;
        let serving = Self(child);
        for _ in 0..100 {
            if process::succeeds("curl", &["-sf", "http://127.0.0.1:18181/health/ready"]) {
                return Ok(serving);
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Err("the service did not come up".to_owned())
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        if let Err(error) = self.0.kill().and_then(|()| self.0.wait()) {
            eprintln!("the service did not stop: {error}");
        }
    }
}
