//! The manifest of a backup lists its contents with a digest of each part. The digest of the
//! manifest stands beside it.

use super::{copying, failed};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Component, Path};
use vinculo_auth::seal::sha256;
use vinculo_domain::{Refusal, Result, TenantId};
use vinculo_persistence::{Contents, StoredFile};

/// The format of the manifest; increased when an older program could not read it.
pub const FORMAT: u32 = 1;
/// The manifest.
pub const MANIFEST: &str = "manifest.json";
/// The file with its digest.
pub const SEAL: &str = "manifest.sha256";
/// The list of files.
pub const FILES: &str = "files.ndjson";
/// The id of the installation.
pub const INSTALLATION: &str = "installation";
/// The file with the copy of a SQLite database.
pub const SQLITE: &str = "database.sqlite";
/// The file with the dump of a PostgreSQL database.
pub const DUMP: &str = "database.dump";

/// What is in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Its format.
    pub format: u32,
    /// The version of the program that made it.
    pub program: String,
    /// `sqlite` or `postgres`.
    pub engine: String,
    /// The migrations of the database, oldest first.
    pub migrations: Vec<String>,
    /// The id of the installation, where it has one.
    pub installation: Option<String>,
    /// Everything acknowledged before this instant is in the backup.
    pub started_at: DateTime<Utc>,
    /// Nothing begun after this instant is in the backup.
    pub ended_at: DateTime<Utc>,
    /// All other files of the backup.
    pub parts: Vec<Part>,
    /// The tables, with row counts and digests.
    pub tables: BTreeMap<String, Contents>,
    /// The number of document files.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Files missing in the store (with `--keep-going`).
    pub missing: Vec<String>,
    /// Damage found in the store (with `--keep-going`): such a backup is kept but cannot be
    /// restored.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub damaged: Vec<String>,
}

/// A file in the backup's own folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Its path below the backup's folder.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// Their SHA-256 digest.
    pub sha256: String,
}

/// A line of the list of files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// The government that owns the file.
    pub tenant: String,
    /// The digest of its bytes, which is also its name.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
    /// Whether the file was missing in the store.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub missing: bool,
}

impl Listed {
    /// The stored file that this line describes.
    pub fn file(&self) -> StoredFile {
        StoredFile {
            tenant: TenantId::new(&self.tenant),
            sha256: self.sha256.clone(),
            size: self.size,
        }
    }
}

impl Manifest {
    /// Writes the manifest, and its digest beside it. Returns the digest.
    pub fn write(&self, folder: &Path) -> Result<String> {
        let bytes = serde_json::to_vec_pretty(self)
            .map_err(|error| Refusal::internal(error.to_string()))?;
        let digest = sha256(&bytes);
        copying::write(&folder.join(MANIFEST), &bytes)?;
        copying::write(&folder.join(SEAL), seal(&digest).as_bytes())?;
        Ok(digest)
    }

    /// Reads the manifest if it matches its digest. Returns both.
    pub fn read(folder: &Path) -> Result<(Self, String)> {
        let read = |name: &str| {
            let path = folder.join(name);
            std::fs::read(&path).map_err(|error| failed(&path, error))
        };
        let (bytes, sealed) = (read(MANIFEST)?, read(SEAL)?);
        let digest = sha256(&bytes);
        let path = folder.join(MANIFEST);
        if sealed != seal(&digest).into_bytes() {
            return Err(failed(
                &path,
                format!("it is not what {SEAL} was taken of: one of the two is damaged"),
            ));
        }
        let value: serde_json::Value =
            serde_json::from_slice(&bytes).map_err(|error| failed(&path, error))?;
        let format = value.get("format").and_then(serde_json::Value::as_u64);
        if format != Some(u64::from(FORMAT)) {
            return Err(failed(
                &path,
                format!(
                    "this program reads backups of format {FORMAT}; use the version of Vínculo that made it"
                ),
            ));
        }
        let manifest: Self = serde_json::from_value(value).map_err(|error| failed(&path, error))?;
        for part in &manifest.parts {
            let mut steps = Path::new(&part.path).components();
            if !steps.all(|step| matches!(step, Component::Normal(_))) {
                return Err(failed(
                    &path,
                    format!("{} is no path of a backup", part.path),
                ));
            }
        }
        Ok((manifest, digest))
    }

    /// A part by its path.
    pub fn part(&self, path: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.path == path)
    }

    /// Reads the list of files line by line.
    pub fn listed(folder: &Path) -> Result<impl Iterator<Item = Result<Listed>> + use<>> {
        let path = folder.join(FILES);
        let file = File::open(&path).map_err(|error| failed(&path, error))?;
        Ok(BufReader::new(file).lines().map(move |line| {
            let line = line.map_err(|error| failed(&path, error))?;
            serde_json::from_str(&line).map_err(|error| failed(&path, error))
        }))
    }
}

fn seal(digest: &str) -> String {
    format!("{digest}  {MANIFEST}\n")
}
