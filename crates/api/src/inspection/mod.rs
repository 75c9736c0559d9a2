//! Checks uploads before they are kept. A file is refused, with a reason, if it contains something
//! that a document of the registry must not contain.
//!
//! This code parses untrusted bytes, so it runs in a process of its own with little time, little
//! memory and no access to files ([`Inspector`]).

mod framing;
mod images;
mod inflation;
mod inspector;
mod pages;
mod pdf;
mod walk;

pub use inspector::Inspector;

use std::io::{Read, Write};
use vinculo_domain::documents::{FileReason, MediaType};
use vinculo_domain::limits::MAX_DOCUMENT_BYTES;
use vinculo_domain::{Refusal, Result};

/// What kind of file it is, or why it is refused.
pub type Verdict = std::result::Result<MediaType, FileReason>;

/// Checks a file.
pub fn inspect(bytes: Vec<u8>) -> Verdict {
    if bytes.starts_with(images::JPEG) {
        images::check(&bytes, MediaType::Jpeg)
    } else if bytes.starts_with(images::PNG) {
        images::check(&bytes, MediaType::Png)
    } else {
        pdf::check(bytes)
    }
}

/// The line in which a process prints its verdict.
fn line(verdict: Verdict) -> String {
    match verdict {
        Ok(media) => format!("{{\"media_type\":\"{}\"}}", <&str>::from(media)),
        Err(reason) => format!("{{\"refused\":\"{}\"}}", <&str>::from(reason)),
    }
}

/// Parses such a line; none if it is not one.
fn read_line(text: &str) -> Option<Verdict> {
    let value: serde_json::Value = serde_json::from_str(text).ok()?;
    let word = |name: &str| value.get(name).and_then(serde_json::Value::as_str);
    if let Some(media) = word("media_type") {
        return media.parse().ok().map(Ok);
    }
    word("refused")?.parse().ok().map(Err)
}

/// The most memory of an inspecting process, in bytes.
const MEMORY: u64 = 512 * 1024 * 1024;
/// The most processor time it may use, in seconds.
const SECONDS: u64 = 10;

/// The command: reads one file from standard input and prints the verdict. It first gives up the
/// rights it does not need, so that a file which exploits a parser gains little.
pub fn run() -> Result<()> {
    give_up()?;
    let mut bytes = Vec::new();
    std::io::stdin()
        .take(MAX_DOCUMENT_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    let text = line(inspect(bytes));
    writeln!(std::io::stdout(), "{text}").map_err(failed)
}

fn give_up() -> Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    for (resource, most) in [
        (Resource::As, MEMORY),
        (Resource::Cpu, SECONDS),
        (Resource::Core, 0),
        (Resource::Fsize, 0),
        (Resource::Nofile, 0),
    ] {
        let limit = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        setrlimit(resource, limit).map_err(|error| failed(error.into()))?;
    }
    Ok(())
}

fn failed(error: std::io::Error) -> Refusal {
    Refusal::internal(format!("the inspection: {error}"))
}

#[cfg(test)]
mod tests;
