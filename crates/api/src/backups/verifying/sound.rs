//! Whether a backup of this store could be restored. Checked before the backup is taken, because
//! afterwards it is too late.

use super::super::manifest;
use super::super::progress::Progress;
use super::{secrets, text};
use crate::config::Config;
use std::io::ErrorKind;
use std::path::Path;
use vinculo_persistence::{Findings, Snapshot, Weight};

const OTHER: &str = "name a data folder and a database that were made together in VINCULO_DATA_DIR and VINCULO_DATABASE_URL";

/// The damage of a store, one line each. Document files are not checked here: they are read when
/// they are copied.
pub fn damage(config: &Config, snapshot: &mut Snapshot, progress: &Progress) -> Vec<String> {
    let mut findings = Findings::default();
    secrets(config, &mut findings);
    let own = config.data_dir.join(manifest::INSTALLATION);
    one_installation(snapshot, &own, &mut findings);
    snapshot.inspect(&mut findings, |_part| progress.one());
    if findings.whole() {
        return Vec::new();
    }
    let (told, more) = findings.all();
    let damage = told.iter().filter(|one| one.weight == Weight::Damage);
    let lines = damage.map(|one| format!("{}: {}: {}", one.check, one.place, one.what));
    let more = more
        .into_iter()
        .map(|(check, count)| format!("{check}: {count} more"));
    lines.chain(more).collect()
}

/// Checks that the data folder and the database carry the same installation id, where both have
/// one.
pub(in crate::backups) fn one_installation(
    snapshot: &mut Snapshot,
    file: &Path,
    findings: &mut Findings,
) {
    let mut damaged = |what: String| {
        findings.damage("installation", file.display().to_string(), what, OTHER);
    };
    let known = match snapshot.installation() {
        Ok(Some(known)) => known,
        Ok(None) => return,
        Err(refusal) => return damaged(text(&refusal)),
    };
    match std::fs::read_to_string(file) {
        Ok(own) if own.trim() == known.trim() => {}
        Ok(own) => damaged(format!(
            "it says {}, and the database is of the installation {known}",
            own.trim().chars().take(200).collect::<String>()
        )),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => damaged(error.to_string()),
    }
}
