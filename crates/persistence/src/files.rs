//! Files: stored by tenant and digest. A file is written whole and synced before any row names it,
//! and its digest is checked each time before it is given out.

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

/// The location of a file: the tenant's folder and the digest of its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    /// The owner of the file.
    pub tenant: TenantId,
    /// The SHA-256 digest, in hexadecimal.
    pub sha256: String,
    /// The size in bytes.
    pub size: u64,
}

/// The path of a file in a folder of files: government, first two letters of the digest, digest.
pub(crate) fn layout<'f>(tenant: &'f str, sha256: &'f str) -> [&'f str; 3] {
    [tenant, sha256.get(..2).unwrap_or("__"), sha256]
}

impl StoredFile {
    /// Its path in the folder of files.
    pub fn place(&self) -> std::path::PathBuf {
        layout(self.tenant.as_str(), &self.sha256).iter().collect()
    }

    /// Where it is now, in a folder of files or set aside beside it; where it should be, if it is
    /// in neither. The service brings a file back from quarantine when it reads it.
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
    /// Opens the folder. The list of files known to be damaged is beside it.
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

    /// Whether a file is in a folder of files, or in the quarantine beside it.
    pub(crate) fn stands(folder: &std::path::Path, tenant: &str, sha256: &str) -> bool {
        let folders = Folders::beside(folder);
        folders.file(tenant, sha256).exists() || folders.set_aside(tenant, sha256).exists()
    }

    fn path(tenant: &TenantId, sha256: &str) -> Path {
        Path::from_iter(layout(tenant.as_str(), sha256))
    }

    /// Stores the bytes; the same bytes of one tenant are stored once.
    pub async fn put(&self, tenant: &TenantId, sha256: &str, bytes: Bytes) -> Result<StoredFile> {
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let path = Self::path(tenant, sha256);
        let file = StoredFile {
            tenant: tenant.clone(),
            sha256: sha256.to_owned(),
            size,
        };
        self.make_room(&file);
        // Written again even if it exists: the new date keeps it from being swept before its row is
        // there, and a damaged copy is repaired.
        let payload = PutPayload::from_bytes(bytes);
        self.store
            .put(&path, payload)
            .await
            .map_err(|error| unwritten(&error))?;
        self.damage.right(&file);
        Ok(file)
    }

    /// The path of a file's bytes.
    fn place(&self, file: &StoredFile) -> PathBuf {
        self.folders.file(file.tenant.as_str(), &file.sha256)
    }

    /// A folder at a file's path would keep the file from being written: it is moved aside with its
    /// content.
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

    /// Loads what other instances know of damaged files.
    pub async fn look_for_marks(&self) -> Result<()> {
        let damage = self.damage.clone();
        tokio::task::spawn_blocking(move || damage.look())
            .await
            .map_err(|error| Refusal::internal(error.to_string()))
    }
}
