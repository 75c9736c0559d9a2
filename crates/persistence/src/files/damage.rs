//! Files found damaged: an alarm in this process, and a mark in the data folder, which outlives the
//! process and which other instances see.

use super::StoredFile;
use crate::alarms::{Alarm, Alarms};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use vinculo_domain::{Refusal, Result, TenantId};

/// The prefix of a mark's name.
const MARK: &str = "file_damaged";

/// The damaged files of the installation.
#[derive(Clone)]
pub(crate) struct Damage {
    alarms: Alarms,
    folder: Arc<PathBuf>,
    /// Alarms raised here that could not be marked; no other instance can clear them.
    unmarked: Arc<Mutex<BTreeSet<String>>>,
}

impl Damage {
    /// Opens the folder of the marks and raises an alarm for each mark.
    pub(super) fn open(folder: PathBuf, alarms: Alarms) -> Result<Self> {
        std::fs::create_dir_all(&folder)
            .map_err(|error| Refusal::internal(format!("{}: {error}", folder.display())))?;
        let damage = Self {
            alarms,
            folder: Arc::new(folder),
            unmarked: Arc::default(),
        };
        damage.look();
        Ok(damage)
    }

    /// The folder of the marks; the background check keeps its position there too.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether a file is known to be damaged.
    pub(super) fn holds(&self, file: &StoredFile) -> bool {
        self.alarms.stands(Alarm::FileDamaged, &subject(file))
    }

    /// Records that a file is damaged.
    pub(super) fn found(&self, file: &StoredFile, what: &str) {
        let subject = subject(file);
        if let Err(error) = std::fs::write(self.mark(&subject), what) {
            tracing::warn!(%error, subject, "a damaged file could not be marked");
            self.unmarked().insert(subject.clone());
        }
        self.alarms
            .raise(Alarm::FileDamaged, subject, what.to_owned());
    }

    /// Records that a file is intact. Reports it only if it was known as damaged.
    pub(super) fn right(&self, file: &StoredFile) {
        let subject = subject(file);
        if !self.alarms.stands(Alarm::FileDamaged, &subject) {
            return;
        }
        if let Err(error) = std::fs::remove_file(self.mark(&subject))
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(%error, subject, "the mark of a mended file still stands");
            return;
        }
        self.unmarked().remove(&subject);
        self.alarms.clear(Alarm::FileDamaged, &subject);
    }

    /// Takes over the damage that other instances found, and what they found repaired.
    pub(crate) fn look(&self) {
        let marked = match self.marked() {
            Ok(marked) => marked,
            Err(error) => {
                tracing::warn!(%error, "the marks of damaged files cannot be read");
                return;
            }
        };
        let unmarked = self.unmarked().clone();
        for subject in self.alarms.subjects(Alarm::FileDamaged) {
            if !marked.contains(&subject) && !unmarked.contains(&subject) {
                self.alarms.clear(Alarm::FileDamaged, &subject);
            }
        }
        for subject in marked {
            if !self.alarms.stands(Alarm::FileDamaged, &subject) {
                let what = std::fs::read_to_string(self.mark(&subject)).unwrap_or_default();
                self.alarms.raise(Alarm::FileDamaged, subject, what);
            }
        }
    }

    fn marked(&self) -> std::io::Result<BTreeSet<String>> {
        let mut marked = BTreeSet::new();
        for entry in std::fs::read_dir(self.folder())? {
            let name = entry?.file_name();
            let parts = name.to_str().and_then(|name| {
                let (kind, rest) = name.split_once('.')?;
                let (tenant, sha256) = rest.split_once('.')?;
                (kind == MARK).then(|| format!("{tenant}/{sha256}"))
            });
            marked.extend(parts);
        }
        Ok(marked)
    }

    fn mark(&self, subject: &str) -> PathBuf {
        self.folder
            .join(format!("{MARK}.{}", subject.replace('/', ".")))
    }

    fn unmarked(&self) -> std::sync::MutexGuard<'_, BTreeSet<String>> {
        self.unmarked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What an alarm shows: the tenant and the digest, nothing of the content.
fn subject(file: &StoredFile) -> String {
    let tenant: &TenantId = &file.tenant;
    format!("{tenant}/{}", file.sha256)
}
