//! File operations of backups: files are complete, flushed to disk and readable by the owner only.

use super::failed;
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;
use vinculo_auth::seal::Digest;
use vinculo_domain::Result;
use vinculo_persistence::make_folder;

/// Bytes read at a time.
const PIECE: usize = 256 * 1024;

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read256 {
    /// Bytes.
    pub size: u64,
    /// Their SHA-256 digest.
    pub sha256: String,
}

/// Creates a file that only its owner can read.
pub fn create(path: &Path) -> Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|error| failed(path, error))
}

/// Creates a folder, and its missing parents, that only the owner can enter.
pub fn folder(path: &Path) -> Result<()> {
    make_folder(path).map_err(|error| failed(path, error))
}

/// Whether anybody but the owner may read or enter.
pub fn open_to_others(path: &Path) -> Result<bool> {
    let found = path.metadata().map_err(|error| failed(path, error))?;
    #[cfg(unix)]
    let mode = std::os::unix::fs::PermissionsExt::mode(&found.permissions());
    #[cfg(not(unix))]
    let mode = u32::from(found.is_dir()) & 0;
    Ok(mode & 0o077 != 0)
}

/// Flushes the names in a folder to disk.
pub fn sync_folder(path: &Path) -> Result<()> {
    vinculo_persistence::sync_folder(path).map_err(|error| failed(path, error))
}

/// Writes a small file completely and flushes it to disk.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = create(path)?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .map_err(|error| failed(path, error))
}

/// Reads a file to its end and passes each piece to `step`.
pub fn digest(path: &Path, step: impl FnMut(&[u8]) -> std::io::Result<()>) -> Result<Read256> {
    let file = File::open(path).map_err(|error| failed(path, error))?;
    pieces(file, step).map_err(|error| failed(path, error))
}

fn pieces(
    mut file: File,
    mut step: impl FnMut(&[u8]) -> std::io::Result<()>,
) -> std::io::Result<Read256> {
    let (mut digest, mut size) = (Digest::default(), 0_u64);
    let mut buffer = vec![0; PIECE];
    loop {
        let read = file.read(&mut buffer)?;
        let piece = buffer.get(..read).unwrap_or_default();
        if piece.is_empty() {
            return Ok(Read256 {
                size,
                sha256: digest.finish(),
            });
        }
        digest.update(piece);
        size += u64::try_from(read).unwrap_or_default();
        step(piece)?;
    }
}

/// Copies into a file that must not exist yet; the copy is on disk when this returns.
pub fn copy(from: &Path, to: &Path) -> Result<Read256> {
    let mut target = create(to)?;
    let read = digest(from, |piece| target.write_all(piece))?;
    target.sync_all().map_err(|error| failed(to, error))?;
    Ok(read)
}

/// Renames a file to its final place; the rename is on disk when this returns.
pub fn settle(from: &Path, to: &Path) -> Result<()> {
    std::fs::rename(from, to).map_err(|error| failed(to, error))?;
    to.parent().map_or(Ok(()), sync_folder)
}

/// Removes a file if it exists.
pub fn remove(path: &Path) -> Result<()> {
    let removed = if path.is_dir() {
        std::fs::remove_dir_all(path)
    } else {
        std::fs::remove_file(path)
    };
    match removed {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(failed(path, error)),
        _ => Ok(()),
    }
}
