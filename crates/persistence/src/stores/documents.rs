//! Documents of a case. Each document's own access rows say who reads it.

mod public;
mod rules;

pub use public::get_public;
pub(crate) use public::{list as list_signed, note_change, of_inscription};
pub(super) use rules::require_hand;

use super::agreements::{Access, Case};
use super::classifications;
use crate::barrier::tenant_eq;
use crate::conn::{Conn, MultiBackend};
use crate::failure::{Outcome, id, known};
use crate::files::StoredFile;
use crate::schema::{document_access as access, documents};
use crate::stores::{agreements, storage};
use crate::tx::{ReadTx, WriteTx};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use rules::{require_kind, require_original, require_turn};
use std::collections::HashSet;
use uuid::Uuid;
use vinculo_auth::Scope;
use vinculo_domain::TenantId;
use vinculo_domain::classifications::last_day;
use vinculo_domain::clock::mexican_day;
use vinculo_domain::documents::{Document, DocumentFields, DocumentKind};
use vinculo_domain::faults;
use vinculo_domain::history::HistoryAction;
use vinculo_domain::page::{After, Page, PageRequest};
use vinculo_domain::problems::Problem;
use vinculo_domain::storage::Quota;

#[derive(Queryable, Selectable, Insertable, Clone)]
#[diesel(table_name = documents, check_for_backend(MultiBackend))]
struct Row {
    tenant_id: String,
    id: String,
    agreement_id: String,
    subject_kind: String,
    kind: String,
    language: Option<String>,
    rendition: String,
    classification: String,
    ground: Option<String>,
    until: Option<String>,
    file_name: String,
    media_type: String,
    size: i64,
    sha256: String,
    person_id: Option<String>,
    acting_tenant: String,
    created_at: NaiveDateTime,
    public_version_of: Option<String>,
}

impl Row {
    /// The document with its current class.
    fn entity(self, conn: &mut Conn) -> Outcome<Document> {
        let class = classifications::last_fields(conn, &self.tenant_id, &self.id)?;
        let mut document = self.sent()?;
        if let Some(class) = class {
            document.classification = class.classification;
            document.ground = class.ground;
            document.until = class
                .until
                .map(|until| last_day(&until).as_str().to_owned());
        }
        Ok(document)
    }

    /// The document as it came.
    fn sent(self) -> Outcome<Document> {
        Ok(Document {
            id: id(&self.id)?,
            agreement_id: id(&self.agreement_id)?,
            kind: known(&self.kind)?,
            language: self.language,
            rendition: known(&self.rendition)?,
            classification: known(&self.classification)?,
            ground: self.ground,
            until: classifications::day_shown(self.until.as_deref())?,
            file_name: self.file_name,
            media_type: self.media_type,
            size: self.size,
            sha256: self.sha256,
            acting_tenant: TenantId::new(self.acting_tenant),
            created_at: self.created_at.and_utc(),
            public_version_of: self.public_version_of.as_deref().map(id).transpose()?,
        })
    }

    fn stored(&self) -> StoredFile {
        StoredFile {
            tenant: TenantId::new(&self.tenant_id),
            sha256: self.sha256.clone(),
            size: u64::try_from(self.size).unwrap_or(0),
        }
    }
}

/// The government in whose folder a file for this case goes; refuses a caller who may not add one
/// now.
pub fn owner_of_upload(tx: &mut ReadTx<'_>, agreement: Uuid) -> Outcome<TenantId> {
    let access = Access::of(tx.conn, tx.scope, agreement)?;
    tx.scope.require()?;
    require_hand(tx.scope, &agreements::seats(tx.conn, &access)?)?;
    Ok(access.owner())
}

/// Adds a document whose bytes are stored already. Everybody on the owner's side reads it at once.
/// What a reviewer adds is only the reviewer's until an action of the procedure hands it over.
pub fn create(
    tx: &mut WriteTx<'_>,
    agreement: Uuid,
    fields: &DocumentFields,
    file: &StoredFile,
    quota: Quota,
) -> Outcome<Document> {
    let mut case = Case::load(tx, agreement)?;
    require_hand(tx.scope, &case.seats)?;
    tx.check_idempotency()?;
    let stage = case.access.stage()?;
    require_turn(&case, stage, fields)?;
    fields.check(mexican_day(tx.now))?;
    require_kind(&case, fields.kind)?;
    if let Some(original) = fields.public_version_of {
        require_original(tx.conn, &case, fields.kind, original)?;
    }
    let row = row(tx, &case, fields, file);
    storage::charge(tx, row.size, quota)?;
    let document = row.id.clone();
    let published = public::is_published(tx, &case, stage, fields)?;
    // What a reviewer writes is the reviewer's, even if it acts in the case for the owner. The
    // document for an annotation is the registrar's until it is cited.
    let reviews = matches!(
        fields.kind,
        DocumentKind::Opinion | DocumentKind::StateNote | DocumentKind::AnnotationInstrument
    );
    let for_owner = case.is_full() && !reviews;
    if for_owner {
        case.step(tx, stage)?;
    }
    diesel::insert_into(documents::table)
        .values(row.clone())
        .execute(tx.conn)?;
    if for_owner {
        if published {
            public::publish(tx, &case, &document)?;
        }
        agreements::show_to_owner_side(tx, &case, &[document])?;
        agreements::refresh_owner_side(tx, &case)?;
        let line = case.quiet_line(HistoryAction::Attach);
        case.note(tx, "attach", Some(line))?;
    } else {
        let actor = tx.actor();
        agreements::show_documents(tx, &case, &actor, &[document])?;
        case.note(tx, "attach", None)?;
    }
    row.sent()
}

fn row(tx: &WriteTx<'_>, case: &Case, fields: &DocumentFields, file: &StoredFile) -> Row {
    let word = |word: &'static str| word.to_owned();
    Row {
        tenant_id: case.owner.to_string(),
        id: Uuid::now_v7().to_string(),
        agreement_id: case.id.to_string(),
        subject_kind: "agreement".into(),
        kind: word(fields.kind.into()),
        language: fields.language.clone(),
        rendition: word(fields.rendition.into()),
        classification: word(fields.classification.into()),
        ground: fields.ground.clone(),
        until: fields.until.clone(),
        file_name: fields.file_name.clone(),
        media_type: word(fields.media_type.into()),
        size: i64::try_from(file.size).unwrap_or(i64::MAX),
        sha256: file.sha256.clone(),
        person_id: tx.person(),
        acting_tenant: tx.actor(),
        created_at: tx.stamp(),
        public_version_of: fields.public_version_of.map(|id| id.to_string()),
    }
}

/// One page of the documents of a case that the caller may read, oldest first.
pub fn list(tx: &mut ReadTx<'_>, agreement: Uuid, page: &PageRequest) -> Outcome<Page<Document>> {
    let access = Access::of(tx.conn, tx.scope, agreement)?;
    tx.look_at(&access.owner(), agreement)?;
    let mut query = access::table
        .inner_join(
            documents::table.on(documents::tenant_id
                .eq(access::owner_tenant)
                .and(documents::id.eq(access::document_id))),
        )
        .filter(tenant_eq(access::viewer_tenant, &access.viewer_tenant))
        .filter(access::agreement_id.eq(access.agreement_id.clone()))
        .select(Row::as_select())
        .order(access::document_id.asc())
        .limit(page.limit + 1)
        .into_boxed::<MultiBackend>();
    if let Some(after) = page.after.clone() {
        query = query.filter(access::document_id.gt(after.id));
    }
    let rows: Vec<Row> = query.load(tx.conn)?;
    let cut = Page::cut(rows, page.limit, |row| After {
        key: String::new(),
        id: row.id.clone(),
    });
    let conn = &mut *tx.conn;
    Ok(Page {
        items: cut
            .items
            .into_iter()
            .map(|row| row.entity(conn))
            .collect::<Outcome<_>>()?,
        next: cut.next,
        total: None,
    })
}

/// One document of a case and the location of its bytes.
pub fn get(
    tx: &mut ReadTx<'_>,
    agreement: Uuid,
    document: Uuid,
) -> Outcome<(Document, StoredFile)> {
    let access = Access::of(tx.conn, tx.scope, agreement)?;
    let here = |row: &Row| row.agreement_id == access.agreement_id;
    let row = find(tx.conn, &access.viewer_tenant, document)?
        .filter(|row| here(row) || faults::seeded("anywhere's document"));
    let row = row.ok_or_else(|| crate::Failure::from(Problem::NotFound))?;
    tx.look_at(&access.owner(), agreement)?;
    let stored = row.stored();
    Ok((row.entity(tx.conn)?, stored))
}

/// The kind of a document to which the caller has access, and which government added it.
pub(crate) fn in_sight(
    conn: &mut Conn,
    access: &Access,
    document: Uuid,
) -> Outcome<(DocumentKind, String)> {
    let row = find(conn, &access.viewer_tenant, document)?
        .filter(|row| row.agreement_id == access.agreement_id)
        .ok_or_else(|| crate::Failure::from(Problem::NotFound))?;
    Ok((known(&row.kind)?, row.acting_tenant))
}

/// The owner of a document that the caller sees.
pub(crate) fn owner_if_seen(
    conn: &mut Conn,
    scope: &Scope,
    document: Uuid,
) -> Outcome<Option<String>> {
    let found = find(conn, scope.tenant().as_str(), document)?;
    let Some(row) = found else { return Ok(None) };
    Access::owner_if_seen(conn, scope, id(&row.agreement_id)?)
}

/// Of these documents, those that the caller's government sees.
pub(crate) fn seen_of(
    conn: &mut Conn,
    scope: &Scope,
    wanted: &HashSet<String>,
) -> Outcome<Vec<String>> {
    Ok(access::table
        .filter(tenant_eq(access::viewer_tenant, scope.tenant().as_str()))
        .filter(access::document_id.eq_any(wanted))
        .select(access::document_id)
        .load(conn)?)
}

fn find(conn: &mut Conn, viewer: &str, document: Uuid) -> Outcome<Option<Row>> {
    Ok(access::table
        .inner_join(
            documents::table.on(documents::tenant_id
                .eq(access::owner_tenant)
                .and(documents::id.eq(access::document_id))),
        )
        .filter(tenant_eq(access::viewer_tenant, viewer))
        .filter(access::document_id.eq(document.to_string()))
        .select(Row::as_select())
        .first(conn)
        .optional()?)
}
