//! State that all requests share.

use crate::edge::Edge;
use crate::hashing::Hashing;
use crate::inspection::Inspector;
use crate::operation::Operation;
use crate::settings::{DraftExpiry, Storage};
use crate::telemetry::Telemetry;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::Semaphore;
use vinculo_auth::seal::SealKey;
use vinculo_auth::tokens::TokenKeys;
use vinculo_persistence::Db;

/// The shared parts of a running service.
pub struct App {
    /// The store.
    pub db: Db,
    /// The keys of access tokens.
    pub tokens: TokenKeys,
    /// The key that seals cursors and refresh chains.
    pub seal: SealKey,
    /// The threads that hash passwords.
    pub hashing: Hashing,
    /// How many uploads are received at once: each may hold 25 MB of memory.
    pub upload_places: Arc<Semaphore>,
    /// How many files are imported at once: each holds its rows in memory.
    pub import_places: Arc<Semaphore>,
    /// The checks around every request.
    pub edge: Edge,
    /// Metrics and the access log.
    pub telemetry: Telemetry,
    /// How long cases may stay untouched.
    pub draft_expiry: DraftExpiry,
    /// Limits for stored files.
    pub storage: Storage,
    /// Checks the files that are uploaded.
    pub inspector: Inspector,
    /// Whether the service is about to stop and only serves the requests that still arrive.
    draining: AtomicBool,
    operations: HashMap<&'static str, Vec<Arc<Operation>>>,
}

/// Uploads received at once.
pub(crate) const UPLOADS: usize = 4;
/// Imports carried out at once.
pub(crate) const IMPORTS: usize = 2;

impl App {
    /// Puts the parts together: the store, the keys and the operations.
    pub fn new(db: Db, tokens: TokenKeys, seal: SealKey, all: Vec<Arc<Operation>>) -> Self {
        let mut operations: HashMap<_, Vec<_>> = HashMap::new();
        for operation in all {
            let there = operations.entry(operation.path).or_default();
            there.push(operation);
        }
        Self {
            db,
            tokens,
            seal,
            hashing: Hashing::default(),
            upload_places: Arc::new(Semaphore::new(UPLOADS)),
            import_places: Arc::new(Semaphore::new(IMPORTS)),
            edge: Edge::default(),
            telemetry: Telemetry::default(),
            draft_expiry: DraftExpiry::default(),
            storage: Storage::default(),
            inspector: Inspector::here(),
            draining: AtomicBool::new(false),
            operations,
        }
    }

    /// The same app with another edge.
    #[must_use]
    pub fn behind(self, edge: Edge) -> Self {
        Self { edge, ..self }
    }

    /// Whether the service is about to stop.
    pub fn is_draining(&self) -> bool {
        self.draining.load(Ordering::Relaxed)
    }

    /// Starts draining: readiness says no from now on, and each answer closes its connection.
    pub fn drain(&self) {
        self.draining.store(true, Ordering::Relaxed);
    }

    /// The same app with this telemetry.
    #[must_use]
    pub fn with_telemetry(self, telemetry: Telemetry) -> Self {
        Self { telemetry, ..self }
    }

    /// Every operation, in no particular order.
    pub fn operations(&self) -> impl Iterator<Item = &Arc<Operation>> {
        self.operations.values().flatten()
    }

    /// The same app with another draft expiry.
    #[must_use]
    pub fn with(self, draft_expiry: DraftExpiry) -> Self {
        Self {
            draft_expiry,
            ..self
        }
    }

    /// The same app with other rules for its files.
    #[must_use]
    pub fn storing(self, storage: Storage) -> Self {
        Self { storage, ..self }
    }

    /// The same app with another inspector of uploads.
    #[must_use]
    pub fn inspecting(self, inspector: Inspector) -> Self {
        Self { inspector, ..self }
    }

    /// The operations of a path pattern.
    pub fn operations_at(&self, pattern: &str) -> &[Arc<Operation>] {
        self.operations.get(pattern).map_or(&[], Vec::as_slice)
    }
}
