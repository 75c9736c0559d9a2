//! The secrets of an installation, in files that only the owner can read. They are created once,
//! with the installation, and only read afterwards.

mod strength;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use vinculo_auth::seal::{self, SealKey};
use vinculo_auth::tokens::{TokenKeys, generate_key};
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::{make_folder, sync_folder};

/// The files of the secrets in a data folder: the key that signs tokens, and the key of the seals.
pub fn paths(folder: &Path) -> [PathBuf; 2] {
    ["signing-key.p8", "seal.key"].map(|name| folder.join("secrets").join(name))
}

/// Creates the missing secrets in a data folder. Only for an installation that is being created:
/// with existing records, new keys would end every session and open no seal.
pub fn make(folder: &Path) -> Result<()> {
    let secrets = folder.join("secrets");
    make_folder(&secrets).map_err(|error| failed(&secrets, &error))?;
    check_owner_only(&folder.join("secrets"), "700")?;
    let [signing, sealing] = paths(folder);
    if !signing.exists() {
        write_new(&signing, &generate_key()?)?;
    }
    if !sealing.exists() {
        write_new(&sealing, &seal::random::<32>()?)?;
    }
    sync_folder(&folder.join("secrets")).map_err(|error| failed(folder, &error))
}

/// Reads the secrets of a data folder.
pub fn read(folder: &Path, issuer: &str) -> Result<(TokenKeys, SealKey)> {
    check_owner_only(&folder.join("secrets"), "700")?;
    let [signing, sealing] = paths(folder);
    let seed = read_secret(&signing, strength::seed)?;
    let seal = read_secret(&sealing, |bytes| Some(bytes))?;
    Ok((TokenKeys::new(&seed, issuer)?, SealKey::new(&seal)?))
}

/// Creates the missing secrets and reads them: for a folder that nothing else depends on, as in a
/// test.
pub fn load(folder: &Path, issuer: &str) -> Result<(TokenKeys, SealKey)> {
    make(folder)?;
    read(folder, issuer)
}

fn failed(path: &Path, error: &dyn std::fmt::Display) -> Refusal {
    Refusal::internal(format!("{}: {error}", path.display()))
}

/// The bytes of a file; refused if `secret`, the part that must not be guessed, looks guessable.
fn read_secret(path: &Path, secret: impl Fn(&[u8]) -> Option<&[u8]>) -> Result<Vec<u8>> {
    check_owner_only(path, "600")?;
    let bytes = fs::read(path).map_err(|error| failed(path, &error))?;
    match secret(&bytes).and_then(strength::guessable) {
        None => Ok(bytes),
        Some(why) => Err(failed(
            path,
            &format!(
                "this key may be guessed: {why}. Remove it from use, and restore the key that was made with this installation; \
                 if there never was another, put 32 bytes of `openssl rand 32` (or a new Ed25519 key in PKCS #8) in its place"
            ),
        )),
    }
}

/// Writes to a temporary file and links it into place: of two concurrent first runs one wins, and
/// both read its key.
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

/// Refuses a file that others on the machine can read.
#[cfg(unix)]
fn check_owner_only(path: &Path, wanted: &str) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path)
        .map_err(|error| failed(path, &error))?
        .permissions()
        .mode();
    if mode & 0o077 == 0 {
        return Ok(());
    }
    let shown = path.display();
    Err(failed(
        path,
        &format!(
            "others on this machine may look into it; run: chmod {wanted} {shown}, and think whether somebody has"
        ),
    ))
}

#[cfg(not(unix))]
fn check_owner_only(_path: &Path, _wanted: &str) -> Result<()> {
    Ok(())
}
