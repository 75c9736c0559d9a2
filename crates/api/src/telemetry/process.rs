//! The resources of this process, as reported by Linux; empty elsewhere.

use std::path::Path;

/// The resources of a process.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Process {
    /// Bytes of memory.
    pub resident: u64,
    /// Open files.
    pub open_files: u64,
}

/// The current resources of this process.
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

/// The free and the total bytes on the disk of a folder.
#[cfg(target_os = "linux")]
pub fn disk(folder: &Path) -> Option<(u64, u64)> {
    let found = rustix::fs::statvfs(folder).ok()?;
    Some((
        found.f_bavail.saturating_mul(found.f_frsize),
        found.f_blocks.saturating_mul(found.f_frsize),
    ))
}

/// Unknown on this system.
#[cfg(not(target_os = "linux"))]
pub fn disk(_folder: &Path) -> Option<(u64, u64)> {
    None
}
