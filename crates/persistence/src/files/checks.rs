//! The slow background check of every kept file, including those that nobody reads.

use super::StoredFile;
use crate::Outcome;
use crate::db::Db;
use crate::dialect::{self, Opened};
use crate::private::try_lock;
use crate::schema::{documents, tenants};
use crate::tx::ReadTx;
use diesel::prelude::*;
use std::fs::File;
use std::path::PathBuf;
use vinculo_auth::Scope;
use vinculo_domain::{Refusal, Result, TenantId};

/// How many rows are read at once.
const BATCH: i64 = 100;

/// What a pass over the files found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Checked {
    /// Files that were checked.
    pub files: u64,
    /// Files that are damaged.
    pub damaged: u64,
}

/// Where a pass is: the government and the last document that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    tenant: String,
    after: String,
}

/// Checks every kept file once, from where the last pass stopped, reading at most `per_second`
/// bytes a second. Damage raises an alarm; a repaired file clears it. One instance at a time: while
/// another one checks, this does nothing and gives none.
pub async fn check_files(db: &Db, scope: &Scope, per_second: u64) -> Result<Option<Checked>> {
    let Some(notes) = Notes::take(db)? else {
        return Ok(None);
    };
    let mut checked = Checked::default();
    let mut place = notes.read();
    while let Some((owner, files)) = next(db, scope, place).await? {
        let mut last = String::new();
        for (document, file) in files {
            match db.files().check(&file, per_second).await {
                Ok(true) => {}
                Ok(false) => checked.damaged += 1,
                Err(refusal) => tracing::warn!(%refusal, "a file could not be checked"),
            }
            checked.files += 1;
            last = document;
        }
        let reached = Place {
            tenant: owner,
            after: last,
        };
        notes.write(&reached)?;
        place = Some(reached);
    }
    notes.forget()?;
    Ok(Some(checked))
}

/// Some documents of one government, and their files.
type Batch = (String, Vec<(String, StoredFile)>);

/// The next files after a position, of the first government that has any.
async fn next(db: &Db, scope: &Scope, place: Option<Place>) -> Result<Option<Batch>> {
    db.read(scope, "check_files", "", move |tx| {
        let mut governments = tenants::table
            .order(tenants::id)
            .select(tenants::id)
            .into_boxed();
        if let Some(place) = &place {
            governments = governments.filter(tenants::id.ge(place.tenant.clone()));
        }
        let governments: Vec<String> = governments.load(tx.conn)?;
        for owner in governments {
            let after = place
                .as_ref()
                .filter(|place| place.tenant == owner)
                .map_or("", |place| place.after.as_str());
            let files = of_owner(tx, &owner, after)?;
            if !files.is_empty() {
                return Ok(Some((owner, files)));
            }
        }
        Ok(None)
    })
    .await
}

/// All documents of the owner, including those it has no access to yet.
fn of_owner(tx: &mut ReadTx<'_>, owner: &str, after: &str) -> Outcome<Vec<(String, StoredFile)>> {
    dialect::set_tenant_context(tx.conn, owner, owner, Opened::Whole)?;
    let rows: Vec<(String, String, i64)> = documents::table
        .filter(documents::tenant_id.eq(owner))
        .filter(documents::id.gt(after))
        .order(documents::id)
        .limit(BATCH)
        .select((documents::id, documents::sha256, documents::size))
        .load(tx.conn)?;
    let file = |(id, sha256, size)| {
        let file = StoredFile {
            tenant: TenantId::new(owner),
            sha256,
            size: u64::try_from(size).unwrap_or_default(),
        };
        (id, file)
    };
    Ok(rows.into_iter().map(file).collect())
}

/// What a pass writes into the data folder, under a lock that ends with its process.
struct Notes {
    place: PathBuf,
    _lock: File,
}

impl Notes {
    /// The notes, unless another instance has them.
    fn take(db: &Db) -> Result<Option<Self>> {
        let folder = db.files().damage.folder();
        let lock = try_lock(&folder.join("check.lock")).map_err(failed)?;
        Ok(lock.map(|lock| Self {
            place: folder.join("check.place"),
            _lock: lock,
        }))
    }

    /// Where the last pass stopped; unreadable notes start from the beginning.
    fn read(&self) -> Option<Place> {
        let text = std::fs::read_to_string(&self.place).ok()?;
        let (tenant, after) = text.trim().split_once(' ')?;
        Some(Place {
            tenant: tenant.to_owned(),
            after: after.to_owned(),
        })
    }

    fn write(&self, place: &Place) -> Result<()> {
        let text = format!("{} {}", place.tenant, place.after);
        std::fs::write(&self.place, text).map_err(failed)
    }

    fn forget(&self) -> Result<()> {
        match std::fs::remove_file(&self.place) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(failed(error)),
            _ => Ok(()),
        }
    }
}

fn failed(error: std::io::Error) -> Refusal {
    Refusal::internal(format!("the check of files: {error}"))
}
