//! Where records are kept. One set of store functions speaks to SQLite and to PostgreSQL; what
//! differs between the two stands in `dialect`. Nothing gets in without a [`vinculo_auth::Scope`],
//! and every write goes through one door: [`Db::write`].

mod barrier;
mod conn;
mod db;
mod dialect;
mod failure;
mod files;
mod idempotency;
mod migrate;
mod outbox;
mod pool;
mod schema;
mod trail;
mod tx;
mod upkeep;

pub mod posture;
pub mod stores;

pub use conn::Engine;
pub use db::{Db, Intent, Reply, Settings};
pub use failure::{Failure, Outcome};
pub use files::{FileStore, StoredFile};
pub use migrate::{is_fresh, migrate, schema_is_current};
pub use outbox::{Event, sequence};
pub use pool::Pooler;
pub use tx::{ReadTx, WriteTx};
pub use upkeep::{abandon_untouched, forget_answers, sweep_files};
