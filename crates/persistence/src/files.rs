//! Files: bytes under tenant and digest, written whole and to the disk before any row names them,
//! and never given out without a look at their digest.

mod checks;
mod damage;
mod reading;

pub use checks::{Checked, check_files};
pub use reading::FileBytes;

use crate::alarms::Alarms;
use crate::metrics::Tallies;
use crate::quarantine::Folders;
use crate::room::unwritten;
use bytes::Bytes;
use damage::Damage;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStoreExt, PutPayload};
use std::path::PathBuf;
use std::sync::Arc;
use vinculo_domain::{Refusal, Result, TenantId};

/// The store of files.
#[derive(Clone)]
pub struct FileStore {
    store: Arc<LocalFileSystem>,
    folders: Arc<Folders>,
    damage: Damage,
    tallies: Arc<Tallies>,
}

/// Where a file stands: the tenant's folder and the digest of its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    /// Whose file.
    pub tenant: TenantId,
    /// The SHA-256 digest, in hexadecimal.
    pub sha256: String,
    /// The size in bytes.
    pub size: u64,
}

/// Where a file stands in a folder of files: government, the first two letters of the digest, digest.
pub(crate) fn layout<'f>(tenant: &'f str, sha256: &'f str) -> [&'f str; 3] {
    [tenant, sha256.get(..2).unwrap_or("__"), sha256]
}

impl StoredFile {
    /// Where it stands in the folder of files.
    pub fn place(&self) -> std::path::PathBuf {
        layout(self.tenant.as_str(), &self.sha256).iter().collect()
    }

    /// Where it stands now, in a folder of files or set aside beside it; where it should stand, if
    /// nowhere. What was set aside comes back when the service reads it.
    pub fn find(&self, files: &std::path::Path) -> std::path::PathBuf {
        let folders = Folders::beside(files);
        let (tenant, sha256) = (self.tenant.as_str(), &self.sha256);
        let (there, aside) = (
            folders.file(tenant, sha256),
            folders.set_aside(tenant, sha256),
        );
        if !there.exists() && aside.exists() {
            aside
        } else {
            there
        }
    }
}

impl FileStore {
    /// Opens the folder; what is known to be damaged stands beside it.
    pub(crate) fn open(
        folder: &std::path::Path,
        alarms: Alarms,
        tallies: Arc<Tallies>,
    ) -> Result<Self> {
        let failed =
            |error: &dyn std::fmt::Display| Refusal::internal(format!("files folder: {error}"));
        std::fs::create_dir_all(folder).map_err(|error| failed(&error))?;
        let store = LocalFileSystem::new_with_prefix(folder).map_err(|error| failed(&error))?;
        Ok(Self {
            store: Arc::new(store.with_fsync(true)),
            folders: Arc::new(Folders::beside(folder)),
            damage: Damage::open(folder.with_file_name("alarms"), alarms)?,
            tallies,
        })
    }

    pub(crate) fn folders(&self) -> Arc<Folders> {
        Arc::clone(&self.folders)
    }

    /// Whether a file stands in a folder of files, or beside it in quarantine.
    pub(crate) fn stands(folder: &std::path::Path, tenant: &str, sha256: &str) -> bool {
        let folders = Folders::beside(folder);
        folders.file(tenant, sha256).exists() || folders.set_aside(tenant, sha256).exists()
    }

    fn path(tenant: &TenantId, sha256: &str) -> Path {
        Path::from_iter(layout(tenant.as_str(), sha256))
    }

    /// Keeps the bytes; the same bytes of the same tenant are kept once.
    pub async fn put(&self, tenant: &TenantId, sha256: &str, bytes: Bytes) -> Result<StoredFile> {
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let path = Self::path(tenant, sha256);
        let file = StoredFile {
            tenant: tenant.clone(),
            sha256: sha256.to_owned(),
            size,
        };
        self.make_room(&file);
        // Written again even where it stands already: a fresh date keeps it from being swept
        // before its row is there, and what was damaged is mended.
        let payload = PutPayload::from_bytes(bytes);
        self.store
            .put(&path, payload)
            .await
            .map_err(|error| unwritten(&error))?;
        self.damage.right(&file);
        Ok(file)
    }

    /// Where the bytes of a file stand.
    fn place(&self, file: &StoredFile) -> PathBuf {
        self.folders.file(file.tenant.as_str(), &file.sha256)
    }

    /// A folder in the place of a file would keep it from being written: it is put aside, with what
    /// is in it.
    fn make_room(&self, file: &StoredFile) {
        let place = self.place(file);
        if std::fs::symlink_metadata(&place).is_ok_and(|found| found.is_dir()) {
            let name = format!("displaced.{}.{}", file.tenant, file.sha256);
            let aside = self.damage.folder().join(name);
            if let Err(error) = std::fs::rename(&place, aside) {
                tracing::warn!(%error, "a folder stands in the place of a file");
            }
        }
    }

    /// Takes over what other instances know of damaged files.
    pub async fn look_for_marks(&self) -> Result<()> {
        let damage = self.damage.clone();
        tokio::task::spawn_blocking(move || damage.look())
            .await
            .map_err(|error| Refusal::internal(error.to_string()))
    }
}
