//! Where records are kept. One set of store functions speaks to SQLite and to PostgreSQL; what
//! differs between the two stands in `dialect`. Nothing gets in without a [`vinculo_auth::Scope`],
//! and every write goes through one door: [`Db::write`].

mod barrier;
mod conn;
mod db;
mod dialect;
mod failure;
mod files;
mod guard;
mod idempotency;
mod inspection;
mod installation;
mod lapses;
mod measures;
mod migrate;
mod outbox;
mod places;
mod pool;
mod quarantine;
mod reach;
mod room;
mod schema;
mod snapshot;
mod sweep;
mod tallies;
mod trail;
mod transaction;
mod tx;
mod upkeep;
mod walk;
mod watch;

pub mod alarms;
pub mod posture;
pub mod stores;

pub use conn::Engine;
pub use db::{Db, Intent, Reply, Settings};
pub use failure::{Failure, Outcome};
pub use files::{Checked, FileBytes, FileStore, StoredFile, check_files};
pub use guard::{ClockGuard, Leave, believe_clock};
pub use inspection::{Finding, Findings, JSON_COLUMNS, JsonColumn, Weight};
pub use installation::{Database, look, look_as_owner, sample, settle, sqlite_file};
pub use lapses::{Lapses, count_lapses, go_ahead, lapse};
pub use measures::{Waiting, bytes_stored, events_waiting};
pub use migrate::{is_fresh, known_migrations, migrate, newer, open_private, schema_is_current};
pub use outbox::{Event, sequence};
pub use places::PoolFigures;
pub use pool::Pooler;
pub use room::keep_room;
pub use snapshot::{Contents, Snapshot};
pub use sweep::{Sweeping, Swept, holds_files, sweep_files};
pub use tallies::Tallies;
pub use tx::{ReadTx, WriteTx};
pub use upkeep::{abandon_untouched, forget_answers};
