//! What every request shares.

use crate::edge::Edge;
use crate::hashing::Hashing;
use crate::inspection::Inspector;
use crate::operation::Operation;
use crate::telemetry::Telemetry;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::Semaphore;
use vinculo_auth::seal::SealKey;
use vinculo_auth::tokens::TokenKeys;
use vinculo_domain::notices::{ABANDON_AFTER_DAYS, STALE_AFTER_DAYS};
use vinculo_domain::storage::Quota;
use vinculo_persistence::Db;

/// The shared parts of a running service.
pub struct App {
    /// The store.
    pub db: Db,
    /// The keys of access tokens.
    pub tokens: TokenKeys,
    /// The key of cursors and refresh chains.
    pub seal: SealKey,
    /// The document served at `/openapi.json`.
    pub document: String,
    /// Where passwords are hashed.
    pub hashing: Hashing,
    /// How many files are taken in at once: each may hold 25 MB of memory.
    pub upload_places: Arc<Semaphore>,
    /// How many files are brought in at once: each holds its rows in memory.
    pub import_places: Arc<Semaphore>,
    /// What stands around every request.
    pub edge: Edge,
    /// Metrics, and the line of each request.
    pub telemetry: Telemetry,
    /// How long cases may be left alone.
    pub patience: Patience,
    /// How files are kept.
    pub storage: Storage,
    /// Who takes uploads apart.
    pub inspector: Inspector,
    /// Whether the service is about to end, and takes what still comes.
    draining: AtomicBool,
    operations: HashMap<&'static str, Vec<Arc<Operation>>>,
}

/// How long drafts and returned cases may be left alone; 0 is for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Days after which they are noticed.
    pub stale_after_days: u32,
    /// Days after which they are abandoned.
    pub abandon_after_days: u32,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            stale_after_days: STALE_AFTER_DAYS,
            abandon_after_days: ABANDON_AFTER_DAYS,
        }
    }
}

/// How files are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Storage {
    /// How much each government may add.
    pub quota: Quota,
    /// How many bytes a second the check of kept files reads at most; 0 is no check.
    pub check_per_second: u64,
}

impl Default for Storage {
    fn default() -> Self {
        Self {
            quota: Quota::of_gigabytes(QUOTA_GB),
            check_per_second: u64::from(FILE_CHECK_MB_PER_SECOND) * 1_000_000,
        }
    }
}

/// How many gigabytes of documents each government may add, unless something else is set.
pub const QUOTA_GB: u32 = 50;
/// How many megabytes a second the check of kept files reads, unless something else is set.
pub const FILE_CHECK_MB_PER_SECOND: u32 = 4;

/// Uploads taken in at once.
pub(crate) const UPLOADS: usize = 4;
/// Imports carried out at once.
pub(crate) const IMPORTS: usize = 2;

impl App {
    /// Puts the parts together.
    pub fn new(db: Db, tokens: TokenKeys, seal: SealKey) -> Self {
        let mut operations: HashMap<_, Vec<_>> = HashMap::new();
        for operation in crate::operations::all() {
            operations
                .entry(operation.path)
                .or_default()
                .push(operation);
        }
        Self {
            db,
            tokens,
            seal,
            document: crate::openapi::text(),
            hashing: Hashing::default(),
            upload_places: Arc::new(Semaphore::new(UPLOADS)),
            import_places: Arc::new(Semaphore::new(IMPORTS)),
            edge: Edge::default(),
            telemetry: Telemetry::default(),
            patience: Patience::default(),
            storage: Storage::default(),
            inspector: Inspector::here(),
            draining: AtomicBool::new(false),
            operations,
        }
    }

    /// The same behind another edge.
    #[must_use]
    pub fn behind(self, edge: Edge) -> Self {
        Self { edge, ..self }
    }

    /// Whether the service is about to end.
    pub fn is_draining(&self) -> bool {
        self.draining.load(Ordering::Relaxed)
    }

    /// From here on nobody new should come: readiness says no, and each answer closes its connection.
    pub fn drain(&self) {
        self.draining.store(true, Ordering::Relaxed);
    }

    /// The same, with this telemetry.
    #[must_use]
    pub fn with_telemetry(self, telemetry: Telemetry) -> Self {
        Self { telemetry, ..self }
    }

    /// Every operation, in no order.
    pub fn operations(&self) -> impl Iterator<Item = &Arc<Operation>> {
        self.operations.values().flatten()
    }

    /// The same with another patience.
    #[must_use]
    pub fn with(self, patience: Patience) -> Self {
        Self { patience, ..self }
    }

    /// The same with other rules for its files.
    #[must_use]
    pub fn storing(self, storage: Storage) -> Self {
        Self { storage, ..self }
    }

    /// The same with another way to take uploads apart.
    #[must_use]
    pub fn inspecting(self, inspector: Inspector) -> Self {
        Self { inspector, ..self }
    }

    /// The operations of a path pattern.
    pub fn operations_at(&self, pattern: &str) -> &[Arc<Operation>] {
        self.operations.get(pattern).map_or(&[], Vec::as_slice)
    }
}
