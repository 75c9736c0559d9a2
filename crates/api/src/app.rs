//! What every request shares.

use crate::operation::Operation;
use std::collections::HashMap;
use std::sync::Arc;
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
    /// The key of cursors and refresh chains.
    pub seal: SealKey,
    /// The document served at `/openapi.json`.
    pub document: String,
    /// How many passwords are hashed at once: each takes 19 MiB and a core.
    pub password_places: Arc<Semaphore>,
    /// How many files are taken in at once: each may hold 25 MB of memory.
    pub upload_places: Arc<Semaphore>,
    operations: HashMap<(String, &'static str), Arc<Operation>>,
}

/// Uploads taken in at once.
const UPLOADS: usize = 4;

impl App {
    /// Puts the parts together.
    pub fn new(db: Db, tokens: TokenKeys, seal: SealKey) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        let operations = crate::operations::all();
        let by_route = operations.iter().map(|operation| {
            (
                (operation.method.to_string(), operation.path),
                Arc::clone(operation),
            )
        });
        Self {
            db,
            tokens,
            seal,
            document: crate::openapi::text(),
            password_places: Arc::new(Semaphore::new(cores)),
            upload_places: Arc::new(Semaphore::new(UPLOADS)),
            operations: by_route.collect(),
        }
    }

    /// The operation of a method and a path pattern.
    pub fn operation(&self, method: &str, pattern: &'static str) -> Option<Arc<Operation>> {
        self.operations.get(&(method.to_owned(), pattern)).cloned()
    }
}
