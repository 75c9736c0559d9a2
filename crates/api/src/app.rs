//! What every request shares.

use crate::edge::Edge;
use crate::operation::Operation;
use std::collections::HashMap;
use std::sync::Arc;
use tokio::sync::Semaphore;
use vinculo_auth::seal::SealKey;
use vinculo_auth::tokens::TokenKeys;
use vinculo_domain::notices::{ABANDON_AFTER_DAYS, STALE_AFTER_DAYS};
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
    /// How many passwords are hashed at once: each takes 19 MiB and a core.
    pub password_places: Arc<Semaphore>,
    /// How many files are taken in at once: each may hold 25 MB of memory.
    pub upload_places: Arc<Semaphore>,
    /// How many files are brought in at once: each holds its rows in memory.
    pub import_places: Arc<Semaphore>,
    /// What stands around every request.
    pub edge: Edge,
    /// How long cases may be left alone.
    pub patience: Patience,
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

/// Uploads taken in at once.
const UPLOADS: usize = 4;
/// Imports carried out at once.
const IMPORTS: usize = 2;

impl App {
    /// Puts the parts together.
    pub fn new(db: Db, tokens: TokenKeys, seal: SealKey) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
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
            password_places: Arc::new(Semaphore::new(cores)),
            upload_places: Arc::new(Semaphore::new(UPLOADS)),
            import_places: Arc::new(Semaphore::new(IMPORTS)),
            edge: Edge::default(),
            patience: Patience::default(),
            operations,
        }
    }

    /// The same behind another edge.
    #[must_use]
    pub fn behind(self, edge: Edge) -> Self {
        Self { edge, ..self }
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

    /// The operations of a path pattern.
    pub fn operations_at(&self, pattern: &str) -> &[Arc<Operation>] {
        self.operations.get(pattern).map_or(&[], Vec::as_slice)
    }
}
