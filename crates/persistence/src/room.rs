//! What happens when the disk is full. Changes are refused, but reading goes on. A read of
//! another's record first writes a line into the audit log; the ballast is room kept in reserve for
//! these lines. Only on SQLite: there the audit log is on our own disk.

use crate::alarms::{Alarm, Alarms};
use crate::conn::Engine;
use crate::db::Db;
use std::fs::{File, OpenOptions};
use std::io::{Error, ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, Result};

/// The size of the reserve, in pieces: 16 MB, enough for thousands of lines of the audit log.
const PIECES: u64 = 256;
const PIECE: usize = 65_536;
const RESERVE: u64 = PIECES * 65_536;
/// The subject of the alarm when records have no room.
pub(crate) const RECORDS: &str = "records";
/// The subject of the alarm when files have no room.
pub(crate) const FILES: &str = "files";

/// The room that the store has.
#[derive(Clone)]
pub(crate) struct Room(Arc<Inner>);

struct Inner {
    /// The folder of the database, where it is a file.
    folder: Option<PathBuf>,
    short: AtomicBool,
    alarms: Alarms,
}

impl Room {
    pub(crate) fn of(engine: Engine, url: &str, alarms: Alarms) -> Self {
        let file = url.strip_prefix("sqlite://").unwrap_or_default();
        let folder = Path::new(file).parent().map(Path::to_path_buf);
        Self(Arc::new(Inner {
            folder: folder.filter(|_| engine == Engine::Sqlite),
            short: AtomicBool::new(false),
            alarms,
        }))
    }

    /// Refuses a change while the reserve is in use: work that can wait would use it up.
    pub(crate) fn require(&self) -> Result<()> {
        if self.is_short() {
            Err(full("the reserve is in use"))
        } else {
            Ok(())
        }
    }

    pub(crate) fn is_short(&self) -> bool {
        self.0.short.load(Ordering::Relaxed)
    }

    /// Inspects a refusal: what SQLite calls a disk failure may be a full disk, which raises an
    /// alarm. A commit with an unknown outcome stays unknown.
    pub(crate) fn look(&self, refusal: Refusal) -> Refusal {
        let failed = refusal.problem == Problem::Internal
            && refusal
                .internal
                .as_ref()
                .is_some_and(|cause| cause.contains("disk I/O error"));
        let refusal = if failed && self.probe().is_err_and(|error| is_full(&error)) {
            Refusal {
                problem: Problem::StorageFull,
                ..refusal
            }
        } else {
            refusal
        };
        if refusal.problem == Problem::StorageFull {
            self.raise();
        }
        refusal
    }

    fn raise(&self) {
        let detail = "there is no room left on the disk: changes are refused";
        self.0
            .alarms
            .raise(Alarm::StorageFull, RECORDS.into(), detail.into());
    }

    /// Gives the reserve up; gives whether there was one.
    pub(crate) fn give_up(&self) -> bool {
        let Some(folder) = &self.0.folder else {
            return false;
        };
        self.0.short.store(true, Ordering::Relaxed);
        self.raise();
        let _half = std::fs::remove_file(folder.join("ballast.new"));
        std::fs::remove_file(folder.join("ballast")).is_ok()
    }

    /// Makes sure that the reserve exists.
    fn keep(&self) -> Result<()> {
        let Some(folder) = &self.0.folder else {
            return Ok(());
        };
        let ballast = folder.join("ballast");
        if !ballast.exists() {
            // An attempt would take the last room from the readers.
            let stat = rustix::fs::statvfs(folder);
            if stat.is_ok_and(|stat| stat.f_bavail.saturating_mul(stat.f_frsize) < 2 * RESERVE) {
                self.0.short.store(true, Ordering::Relaxed);
                self.raise();
                return Err(full("there is no room for the reserve"));
            }
            let new = folder.join("ballast.new");
            let made = write(&new, PIECES).and_then(|()| std::fs::rename(&new, &ballast));
            if let Err(error) = made {
                // A half-written reserve would only take up room.
                let _absent = std::fs::remove_file(&new);
                self.0.short.store(true, Ordering::Relaxed);
                self.raise();
                return Err(unwritten(&error));
            }
        }
        self.0.short.store(false, Ordering::Relaxed);
        self.0.alarms.clear(Alarm::StorageFull, RECORDS);
        Ok(())
    }

    fn probe(&self) -> std::result::Result<(), Error> {
        let Some(folder) = &self.0.folder else {
            return Ok(());
        };
        let probe = folder.join("room.probe");
        let written = write(&probe, 1);
        let _absent = std::fs::remove_file(&probe);
        written
    }
}

/// Writes pieces that no file system can compress away, and waits for the disk.
fn write(path: &Path, pieces: u64) -> std::result::Result<(), Error> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600);
    let mut file: File = options.open(path)?;
    let mut state: u64 = 0x9E37_79B9_7F4A_7C15;
    for _piece in 0..pieces {
        let mut piece = Vec::with_capacity(PIECE);
        while piece.len() < PIECE {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            piece.extend_from_slice(&state.to_le_bytes());
        }
        file.write_all(&piece)?;
    }
    file.sync_all()
}

/// Whether an error, or one of its causes, is a full disk.
pub(crate) fn is_full(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        let kind = error.downcast_ref::<Error>().map(Error::kind);
        if matches!(
            kind,
            Some(ErrorKind::StorageFull | ErrorKind::QuotaExceeded)
        ) {
            return true;
        }
        next = error.source();
    }
    false
}

/// The refusal for a file that was not written.
pub(crate) fn unwritten(error: &(dyn std::error::Error + 'static)) -> Refusal {
    if is_full(error) {
        full(&error.to_string())
    } else {
        Refusal::internal(error.to_string())
    }
}

fn full(cause: &str) -> Refusal {
    Refusal {
        internal: Some(cause.to_owned()),
        ..Refusal::new(Problem::StorageFull)
    }
}

/// Makes sure that the reserve of room exists: when the service starts, and again after it was
/// given up.
pub async fn keep_room(db: &Db) -> Result<()> {
    let room = db.room.clone();
    tokio::task::spawn_blocking(move || room.keep())
        .await
        .map_err(|error| Refusal::internal(error.to_string()))?
}
