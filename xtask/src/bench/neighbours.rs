//! What neighbours cost: the 99th percentile of a signed-in point read alone, while 24 clients sign
//! in, and while 24 read the registry and its figures without a token.

use super::{EMAIL, report};
use crate::process;
use std::path::Path;
use std::process::{Child, Command, Stdio};

const BASE: &str = "http://127.0.0.1:18181";
/// The reader that is timed: few connections, so that it does not wait for itself.
const READER: [&str; 6] = ["-d", "8s", "-c", "2", "-t", "1"];
/// Its neighbours, who start before it and end after it.
const NEIGHBOURS: [&str; 6] = ["-d", "12s", "-c", "24", "-t", "1"];

pub fn measure(
    engine: &str,
    token: &str,
    path: &str,
    password: &str,
    folder: &Path,
) -> Result<(), String> {
    let sign_in = folder.join("sign_in.lua");
    let body = format!("{{\"email\":\"{EMAIL}\",\"password\":\"{password}\"}}");
    let script = format!(
        "wrk.method = \"POST\"\nwrk.body = '{body}'\nwrk.headers[\"content-type\"] = \"application/json\"\n"
    );
    std::fs::write(&sign_in, script).map_err(|error| error.to_string())?;
    let alone = read(token, path)?;
    report(engine, "point read alone", &alone);
    let figures = "/v1/statistics/stock";
    for (name, target, script) in [
        (
            "point read, 24 sign in",
            "/v1/sessions",
            Some(sign_in.as_path()),
        ),
        (
            "point read, 24 read the registry",
            "/v1/registry?limit=100",
            None,
        ),
        ("point read, 24 ask for figures", figures, None),
    ] {
        let neighbours = Neighbours::start(target, script)?;
        std::thread::sleep(std::time::Duration::from_secs(2));
        let beside = read(token, path)?;
        drop(neighbours);
        report(engine, name, &beside);
        if let (Some(alone), Some(beside)) = (p99(&alone), p99(&beside)) {
            println!(
                "| {engine} | {name} | | {:.1} times alone |",
                beside / alone
            );
        }
    }
    Ok(())
}

fn read(token: &str, path: &str) -> Result<String, String> {
    let header = format!("authorization: Bearer {token}");
    let mut wrk = Command::new("wrk");
    wrk.args(READER).args(["--latency", "-H", &header]);
    process::capture(wrk.arg(format!("{BASE}{path}")))
}

/// The 99th percentile in milliseconds.
fn p99(printed: &str) -> Option<f64> {
    let line = printed
        .lines()
        .find(|line| line.trim_start().starts_with("99%"))?;
    let text = line.split_whitespace().last()?;
    for (unit, factor) in [("us", 0.001), ("ms", 1.0), ("s", 1000.0)] {
        if let Some(figure) = text.strip_suffix(unit) {
            return figure.parse::<f64>().ok().map(|figure| figure * factor);
        }
    }
    None
}

/// Other callers that send requests until this is dropped.
struct Neighbours(Child);

impl Neighbours {
    fn start(target: &str, script: Option<&Path>) -> Result<Self, String> {
        let mut wrk = Command::new("wrk");
        wrk.args(NEIGHBOURS).stdout(Stdio::null());
        if let Some(script) = script {
            wrk.arg("-s").arg(script);
        }
        let started = wrk.arg(format!("{BASE}{target}")).spawn();
        started.map(Self).map_err(|error| error.to_string())
    }
}

impl Drop for Neighbours {
    fn drop(&mut self) {
        if let Err(error) = self.0.kill().and_then(|()| self.0.wait().map(drop)) {
            eprintln!("wrk did not stop: {error}");
        }
    }
}
