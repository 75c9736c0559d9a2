//! Everything that one test needs. It is dropped in the order of the fields: the database server
//! before the disk under it, and the disk before its folder.

use crate::audit::{self, Findings};
use crate::callers::Caller;
use crate::cluster::Cluster;
use crate::disk::Disk;
use crate::ledger::{Entry, Ledger, Verdict};
use crate::read_back;
use crate::service::Service;
use crate::store::Store;
use std::path::Path;
use tempfile::TempDir;
use vinculo_persistence::Engine;

pub struct Rig {
    pub store: Store,
    pub ledger: Ledger,
    cluster: Option<Cluster>,
    disk: Option<Disk>,
    base: TempDir,
}

/// How the rig of a test differs from the usual one.
#[derive(Default)]
pub struct Wish<'a> {
    /// Settings of its PostgreSQL.
    pub postgres: &'a str,
    /// Whether PostgreSQL's write-ahead log is on another disk.
    pub wal_aside: bool,
    /// Settings of the program.
    pub program: &'a [(&'a str, &'a str)],
}

impl Rig {
    pub fn new(engine: Engine) -> Self {
        Self::like(engine, &Wish::default())
    }

    pub fn like(engine: Engine, wish: &Wish<'_>) -> Self {
        Self::on(engine, wish, |_base| Ok(None)).unwrap()
    }

    /// A rig whose data is on a disk of its own.
    pub fn on(
        engine: Engine,
        wish: &Wish<'_>,
        disk: impl FnOnce(&Path) -> Result<Option<Disk>, String>,
    ) -> Result<Self, String> {
        let base = tempfile::Builder::new()
            .prefix("vinculo-faults-")
            .tempdir()
            .unwrap();
        // PostgreSQL's user must be able to reach its own folder.
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        std::fs::set_permissions(base.path(), mode).unwrap();
        let aside = base.path().join("aside");
        std::fs::create_dir(&aside).unwrap();
        let disk = disk(base.path())?;
        let place = disk
            .as_ref()
            .map_or_else(|| base.path(), |disk| &disk.folder);
        let folder = place.join("data");
        let mode = std::os::unix::fs::DirBuilderExt::mode(&mut std::fs::DirBuilder::new(), 0o700)
            .create(&folder);
        mode.unwrap();
        let (mut store, cluster) = match engine {
            Engine::Sqlite => (Store::sqlite(&folder, &aside), None),
            Engine::Postgres => {
                let cluster = Cluster::make(place, &aside, wish.postgres, wish.wal_aside);
                let store = Store::postgres(&folder, &aside, &cluster, "vinculo");
                (store, Some(cluster))
            }
        };
        for (name, value) in wish.program {
            store.set(name, value);
        }
        store.make();
        Ok(Self {
            store,
            ledger: Ledger::default(),
            cluster,
            disk,
            base,
        })
    }

    pub fn cluster(&self) -> &Cluster {
        self.cluster.as_ref().expect("PostgreSQL")
    }

    pub fn disk(&self) -> &Disk {
        self.disk.as_ref().expect("a disk")
    }

    /// A folder for the test itself, beside the data.
    pub fn base(&self) -> &Path {
        self.base.path()
    }

    pub fn serve(&self) -> Service {
        Service::start(&self.store, &[])
    }

    pub fn caller(&self) -> Caller {
        Caller::new(self.store.address, Some(&self.store.person))
    }

    /// Settles unknown outcomes, and reads what this round wrote through the service.
    #[track_caller]
    pub fn settle(&mut self, entries: Vec<Entry>) {
        let begin = self.ledger.entries.len();
        self.ledger.settle(entries, &mut self.caller());
        let written = &self.ledger.entries[begin..];
        let found = read_back::differences(&self.store, written);
        assert!(
            found.is_empty(),
            "{} of {}: {found:#?}",
            found.len(),
            written.len()
        );
    }

    pub fn compare(&self) -> Findings {
        audit::compare(&self.ledger, &self.store)
    }

    /// The final check: nothing of the whole ledger is missing, and a forged entry would be found.
    #[track_caller]
    pub fn conclude(&self, what: &str) {
        let findings = self.compare();
        println!(
            "{what}, {:?}: {} acknowledged, {} refused, {} unknown and settled: {findings}",
            self.store.engine,
            self.ledger.acked(),
            self.ledger.refused(),
            self.ledger.unknown,
        );
        findings.expect_none();
        assert!(self.ledger.acked() > 0, "nothing was written");
        let mut forged = self.ledger.clone();
        let mut entry = Entry::counterpart("never sent");
        entry.verdict = Verdict::Acked;
        forged.entries.push(entry);
        let found = audit::compare(&forged, &self.store);
        assert_eq!(
            found.lost.len(),
            1,
            "the ledger does not see what is lost: {found}"
        );
    }
}
