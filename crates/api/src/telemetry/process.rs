//! What this process takes, as Linux tells it; nothing elsewhere.

use std::path::Path;

/// What a process takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Process {
    /// Bytes of memory.
    pub resident: u64,
    /// Open files.
    pub open_files: u64,
}

/// What this process takes now.
pub fn now() -> Process {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kilobytes = status.lines().find_map(|line| {
        let rest = line.strip_prefix("VmRSS:")?;
        rest.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()
    });
    let files = std::fs::read_dir("/proc/self/fd").map_or(0, Iterator::count);
    Process {
        resident: kilobytes.unwrap_or(0) * 1024,
        open_files: u64::try_from(files).unwrap_or(0),
    }
}

/// The bytes that are free on the disk of a folder, and those that it holds.
#[cfg(target_os = "linux")]
pub fn disk(folder: &Path) -> Option<(u64, u64)> {
    let found = rustix::fs::statvfs(folder).ok()?;
    Some((
        found.f_bavail.saturating_mul(found.f_frsize),
        found.f_blocks.saturating_mul(found.f_frsize),
    ))
}

/// Not known here.
#[cfg(not(target_os = "linux"))]
pub fn disk(_folder: &Path) -> Option<(u64, u64)> {
    None
}
