//! Files: bytes under tenant and digest, written whole and to the disk before any row names them.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt, PutPayload};
use std::ops::Range;
use std::sync::Arc;
use vinculo_domain::{Refusal, Result, TenantId};

/// The store of files.
#[derive(Clone)]
pub struct FileStore(Arc<LocalFileSystem>);

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

impl FileStore {
    pub(crate) fn open(folder: &std::path::Path) -> Result<Self> {
        let failed =
            |error: &dyn std::fmt::Display| Refusal::internal(format!("files folder: {error}"));
        std::fs::create_dir_all(folder).map_err(|error| failed(&error))?;
        let store = LocalFileSystem::new_with_prefix(folder).map_err(|error| failed(&error))?;
        Ok(Self(Arc::new(store.with_fsync(true))))
    }

    fn path(tenant: &TenantId, sha256: &str) -> Path {
        Path::from_iter([tenant.as_str(), sha256.get(..2).unwrap_or("__"), sha256])
    }

    /// Keeps the bytes; the same bytes of the same tenant are kept once.
    pub async fn put(&self, tenant: &TenantId, sha256: &str, bytes: Bytes) -> Result<StoredFile> {
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let path = Self::path(tenant, sha256);
        // Written again even where it stands already: a fresh date keeps it from being swept
        // before its row is there.
        let payload = PutPayload::from_bytes(bytes);
        self.0
            .put(&path, payload)
            .await
            .map_err(|error| Refusal::internal(error.to_string()))?;
        Ok(StoredFile {
            tenant: tenant.clone(),
            sha256: sha256.to_owned(),
            size,
        })
    }

    /// Every file with its tenant, its digest and when it was last written, one by one.
    pub(crate) fn list(&self) -> BoxStream<'static, Result<(TenantId, String, DateTime<Utc>)>> {
        let files = self.0.list(None).map(|file| {
            let file = file.map_err(|error| Refusal::internal(error.to_string()))?;
            let mut parts = file.location.parts();
            let tenant = parts.next().map(|part| part.as_ref().to_owned());
            let sha256 = file.location.filename().unwrap_or_default().to_owned();
            let tenant = TenantId::new(tenant.unwrap_or_default());
            Ok((tenant, sha256, file.last_modified))
        });
        Box::pin(files)
    }

    /// Removes a file that no row names.
    pub(crate) async fn remove(&self, tenant: &TenantId, sha256: &str) -> Result<()> {
        self.0
            .delete(&Self::path(tenant, sha256))
            .await
            .map_err(|error| Refusal::internal(error.to_string()))
    }

    /// The bytes, or a range of them, piece by piece.
    pub async fn get(
        &self,
        tenant: &TenantId,
        sha256: &str,
        range: Option<Range<u64>>,
    ) -> Result<BoxStream<'static, std::result::Result<Bytes, std::io::Error>>> {
        let options = GetOptions {
            range: range.map(GetRange::Bounded),
            ..GetOptions::default()
        };
        let found = self
            .0
            .get_opts(&Self::path(tenant, sha256), options)
            .await
            .map_err(|error| Refusal::internal(format!("a stored file is missing: {error}")))?;
        Ok(Box::pin(found.into_stream().map_err(std::io::Error::other)))
    }
}
