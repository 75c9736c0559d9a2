//! The secrets of an installation: made on the first run, in files that only the owner reads.

use std::fs;
use std::io::Write;
use std::path::Path;
use vinculo_auth::seal::{self, SealKey};
use vinculo_auth::tokens::{TokenKeys, generate_key};
use vinculo_domain::{Refusal, Result};

/// Reads the secrets of a data folder, and makes those that are missing.
pub fn load(folder: &Path, issuer: &str) -> Result<(TokenKeys, SealKey)> {
    let folder = folder.join("secrets");
    fs::create_dir_all(&folder).map_err(|error| failed(&folder, &error))?;
    restrict(&folder, 0o700)?;
    let signing = read_or_make(&folder.join("signing-key.p8"), generate_key)?;
    let sealing = read_or_make(&folder.join("seal.key"), || {
        Ok(seal::random::<32>()?.to_vec())
    })?;
    Ok((TokenKeys::new(&signing, issuer)?, SealKey::new(&sealing)?))
}

fn failed(path: &Path, error: &dyn std::fmt::Display) -> Refusal {
    Refusal::internal(format!("{}: {error}", path.display()))
}

fn read_or_make(path: &Path, make: impl Fn() -> Result<Vec<u8>>) -> Result<Vec<u8>> {
    if !path.exists() {
        write_new(path, &make()?)?;
    }
    check_owner_only(path)?;
    fs::read(path).map_err(|error| failed(path, &error))
}

/// Writes beside and links into place: of two first runs at once, one wins and both read it.
fn write_new(path: &Path, bytes: &[u8]) -> Result<()> {
    let draft = path.with_extension(format!("{}.new", uuid::Uuid::now_v7()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options
        .open(&draft)
        .map_err(|error| failed(&draft, &error))?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .map_err(|error| failed(&draft, &error))?;
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft).map_err(|error| failed(&draft, &error))?;
    match linked {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(failed(path, &error))
        }
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn restrict(path: &Path, mode: u32) -> Result<()> {
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode))
        .map_err(|error| failed(path, &error))
}

#[cfg(not(unix))]
fn restrict(_path: &Path, _mode: u32) -> Result<()> {
    Ok(())
}

/// Refuses a secret that others on the machine may read.
#[cfg(unix)]
fn check_owner_only(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path)
        .map_err(|error| failed(path, &error))?
        .permissions()
        .mode();
    if mode.trailing_zeros() >= 6 || mode & 0o077 == 0 {
        Ok(())
    } else {
        Err(failed(
            path,
            &"others may read this secret; run chmod 600 on it",
        ))
    }
}

#[cfg(not(unix))]
fn check_owner_only(_path: &Path) -> Result<()> {
    Ok(())
}
