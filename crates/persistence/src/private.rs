//! Files and folders that only their owner may read, and that are on the disk once a call returns.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::Result;
use std::path::Path;

/// Opens a file for writing that only its owner may read; creates it if missing.
pub fn open_private(path: &Path) -> Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Creates a folder, and its parents, that only their owner may enter.
///
/// # Errors
/// Whatever the file system says.
pub fn make_folder(folder: &Path) -> Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Makes sure that the file names in a folder are on the disk.
///
/// # Errors
/// Whatever the file system says.
#[cfg(unix)]
pub fn sync_folder(folder: &Path) -> Result<()> {
    File::open(folder)?.sync_all()
}

/// Does nothing: on other systems a folder cannot be opened.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub fn sync_folder(_folder: &Path) -> Result<()> {
    Ok(())
}

/// Locks a file, created if missing, unless another process holds it. The lock ends when the
/// returned file is dropped, or with the process.
///
/// # Errors
/// Whatever the file system says.
pub fn try_lock(path: &Path) -> Result<Option<File>> {
    let file = open_private(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}
