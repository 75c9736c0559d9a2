//! Where records are kept. One set of store functions serves SQLite and PostgreSQL; the differences
//! are in `dialect`. Every call needs a [`vinculo_auth::Scope`], and every write is one unit of
//! work: [`Db::write`].

mod audit;
mod barrier;
mod clock_guard;
mod conn;
mod db;
mod dialect;
mod failure;
mod files;
mod idempotency;
mod installation;
mod lapses;
mod maintenance;
mod metrics;
mod migrate;
mod outbox;
mod pool;
mod private;
mod quarantine;
mod readiness;
mod request;
mod room;
mod row_sums;
mod schema;
mod slots;
mod snapshot;
mod statement;
mod sweep;
mod tenant_context;
mod transaction;
mod tx;
mod verification;
mod walk;

pub mod alarms;
mod attempt;
pub mod startup_checks;
pub mod stores;

pub use clock_guard::{ClockGuard, Leave, believe_clock};
pub use conn::Engine;
pub use db::{Db, Settings};
pub use failure::{Failure, Outcome};
pub use files::{Checked, FileBytes, FileStore, StoredFile, check_files};
pub use installation::{Database, look, look_as_owner, sample, settle, sqlite_file};
pub use lapses::{Lapses, abandon_untouched, count_lapses, go_ahead, lapse};
pub use maintenance::forget_answers;
pub use metrics::{Tallies, Waiting, bytes_stored, events_waiting};
pub use migrate::{is_fresh, known_migrations, migrate, newer, recount, schema_is_current};
pub use outbox::{Event, sequence};
pub use pool::Pooler;
pub use private::{make_folder, open_private, sync_folder, try_lock};
pub use request::{Intent, Reply};
pub use room::keep_room;
pub use slots::PoolFigures;
pub use snapshot::{Contents, Snapshot};
pub use sweep::{Sweeping, Swept, count_unnamed, holds_files, sweep_files};
pub use tx::{ReadTx, WriteTx};
pub use verification::{Finding, Findings, JSON_COLUMNS, JsonColumn, Weight};
