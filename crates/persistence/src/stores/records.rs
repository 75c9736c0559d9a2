//! Records: the one store of all kinds of plain owned things.
//!
//! Reading: [`list`], [`get`], [`history`], [`figures`]. Writing: [`create`], [`update`], [`upsert`],
//! [`delete`], [`transition`]. Every change goes through `rows::write`, which keeps the newest version,
//! all versions, and the rows by which each viewer finds and sums the record.

mod erasing;
mod exchanges;
mod figures;
mod history;
mod importing;
mod links;
mod moving;
mod of_agreements;
mod page;
mod public;
mod reading;
mod rights;
mod rows;
mod sight;
mod spaces;
mod writing;
mod years;

pub(crate) use exchanges::{Moved, moved};
pub use exchanges::{ReadKind, waiting};
pub use figures::{RecordFigures, figures, freshness};
pub use history::{as_of, history};
pub use importing::{RecordRow, RowReading, bring_in};
pub use moving::transition;
pub use of_agreements::of_agreement;
pub(crate) use page::{counted, recount};
pub(crate) use public::{probed, public_of, sessions_of};
pub use reading::{RecordFilter, RecordSort, get, list};
pub use writing::{create, delete, update, upsert};
pub(crate) use years::{Counted, by_year};

use crate::conn::{Conn, MultiBackend};
use crate::failure::{Outcome, id, known};
use crate::schema::records;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::{Map, Value};
use uuid::Uuid;
use vinculo_auth::Scope;
use vinculo_domain::records::{Content, Kind, Record, find, kinds};
use vinculo_domain::refusal::ExistingRecord;
use vinculo_domain::{Refusal, TenantId};

/// A record as it is stored. `visibility` is the one that holds now.
#[derive(Queryable, Selectable, QueryableByName, Insertable, AsChangeset, Clone)]
#[diesel(table_name = records, check_for_backend(MultiBackend), treat_none_as_null = true, treat_none_as_default_value = false)]
struct Row {
    tenant_id: String,
    id: String,
    kind: String,
    status: String,
    visibility: String,
    sort_key: String,
    unique_key: Option<String>,
    schema_version: i32,
    body: String,
    version: i32,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
    confirmed_at: NaiveDateTime,
    person_id: Option<String>,
    acting_tenant: String,
    retired_at: Option<NaiveDateTime>,
}

/// A record as one caller reads it.
#[derive(Debug, Clone)]
pub struct RecordView {
    /// Its id.
    pub id: Uuid,
    /// Its version.
    pub version: i32,
    /// What is shown.
    pub body: Map<String, Value>,
}

impl Row {
    fn owner(&self) -> TenantId {
        TenantId::new(&self.tenant_id)
    }

    fn kind(&self) -> Outcome<&'static Kind> {
        let kind = find(&self.kind);
        kind.ok_or_else(|| Refusal::internal(format!("no kind {}", self.kind)).into())
    }

    fn body(&self) -> Outcome<Map<String, Value>> {
        Ok(serde_json::from_str(&self.body)?)
    }

    fn content(&self) -> Outcome<Content> {
        Ok(Content::read(self.kind()?, self.body()?)?)
    }

    fn record(&self) -> Outcome<Record> {
        let person = self.person_id.as_deref().map(id).transpose()?;
        Ok(Record {
            id: id(&self.id)?,
            kind: self.kind()?,
            tenant_id: self.owner(),
            status: known(&self.status)?,
            version: self.version,
            body: self.body()?,
            created_at: self.created_at.and_utc(),
            updated_at: self.updated_at.and_utc(),
            confirmed_at: self.confirmed_at.and_utc(),
            updated_by: person.filter(|_| self.acting_tenant == self.tenant_id),
        })
    }
}

/// A record that a refusal may name, because the caller sees it.
pub(crate) fn existing(
    conn: &mut Conn,
    scope: &Scope,
    many: &str,
    record: &str,
) -> Outcome<Option<ExistingRecord>> {
    match find(many) {
        Some(kind) => sight::in_sight(conn, scope, kind, id(record)?),
        None => Ok(None),
    }
}

/// Whether a stored body is read as the program writes it, as a record of any kind; for `vinculo
/// verify`.
pub(crate) fn read_body(text: &str) -> Result<(), serde_json::Error> {
    let body: Map<String, Value> = serde_json::from_str(text)?;
    let mut read = kinds().iter().map(|kind| Content::read(kind, body.clone()));
    if read.any(|content| content.is_ok()) {
        return Ok(());
    }
    Err(serde::de::Error::custom("the body is of no kind"))
}
