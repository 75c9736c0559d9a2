//! What may be uploaded: a file is taken apart before it is kept, and refused with a reason where
//! it carries what a document of the registry may not carry.
//!
//! What stands here reads bytes of strangers, so it runs in a process of its own with little time,
//! little memory and nothing to open ([`Inspector`]).

mod framing;
mod images;
mod inflation;
mod inspector;
mod pages;
mod pdf;
mod walk;

pub use inspector::Inspector;

use std::io::{Read, Write};
use vinculo_domain::documents::{FileReason, MAX_BYTES, MediaType};
use vinculo_domain::{Refusal, Result};

/// What a file was found to be, or why it is refused.
pub type Verdict = std::result::Result<MediaType, FileReason>;

/// Takes a file apart.
pub fn inspect(bytes: Vec<u8>) -> Verdict {
    if bytes.starts_with(images::JPEG) {
        images::check(&bytes, MediaType::Jpeg)
    } else if bytes.starts_with(images::PNG) {
        images::check(&bytes, MediaType::Png)
    } else {
        pdf::check(bytes)
    }
}

/// The line in which a process tells its verdict.
fn line(verdict: Verdict) -> String {
    match verdict {
        Ok(media) => format!("{{\"media_type\":\"{}\"}}", <&str>::from(media)),
        Err(reason) => format!("{{\"refused\":\"{}\"}}", <&str>::from(reason)),
    }
}

/// Reads such a line; nothing where it is none.
fn read_line(text: &str) -> Option<Verdict> {
    let value: serde_json::Value = serde_json::from_str(text).ok()?;
    let word = |name: &str| value.get(name).and_then(serde_json::Value::as_str);
    if let Some(media) = word("media_type") {
        return media.parse().ok().map(Ok);
    }
    word("refused")?.parse().ok().map(Err)
}

/// The most memory of a process that inspects, in bytes.
const MEMORY: u64 = 512 * 1024 * 1024;
/// The most seconds of a processor that it takes.
const SECONDS: u64 = 10;

/// The command: reads one file from standard input and prints the verdict. It gives up what it
/// does not need first, so that a file that finds a fault in a parser finds little else.
pub fn run() -> Result<()> {
    give_up()?;
    let mut bytes = Vec::new();
    std::io::stdin()
        .take(MAX_BYTES + 1)
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
