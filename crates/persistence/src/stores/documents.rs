//! Documents of a case. Who reads one is said by its own access rows.

use super::agreements::{Case, Sight};
use super::governments::PUBLIC;
use crate::barrier::whose;
use crate::conn::{Conn, MultiBackend};
use crate::failure::{Outcome, id, known};
use crate::files::StoredFile;
use crate::schema::{document_access as access, documents, inscriptions};
use crate::stores::agreements;
use crate::tx::{ReadTx, WriteTx};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_auth::{Action, Scope};
use vinculo_domain::agreements::{PROCEDURE, Seat, Stage};
use vinculo_domain::documents::{Document, DocumentFields, DocumentKind};
use vinculo_domain::faults;
use vinculo_domain::page::{After, Page, PageRequest};
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, TenantId};

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
}

impl Row {
    fn entity(self) -> Outcome<Document> {
        Ok(Document {
            id: id(&self.id)?,
            agreement_id: id(&self.agreement_id)?,
            kind: known(&self.kind)?,
            language: self.language,
            rendition: known(&self.rendition)?,
            classification: known(&self.classification)?,
            ground: self.ground,
            until: self.until,
            file_name: self.file_name,
            media_type: self.media_type,
            size: self.size,
            sha256: self.sha256,
            acting_tenant: TenantId::new(self.acting_tenant),
            created_at: self.created_at.and_utc(),
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

/// Whose folder a file for this case goes to; refuses where the caller may not add one now.
pub fn owner_of_upload(tx: &mut ReadTx<'_>, agreement: Uuid) -> Outcome<TenantId> {
    let sight = Sight::of(tx.conn, tx.scope, agreement)?;
    tx.scope.require()?;
    require_hand(tx.scope, &agreements::seats(tx.conn, &sight)?)?;
    Ok(sight.owner())
}

/// Who works on the case adds to it: on the owner's side whoever writes the draft, otherwise
/// whoever may take an action of the procedure there.
fn require_hand(scope: &Scope, seats: &[Seat]) -> Outcome<()> {
    let holds = |seat: &Seat| match seat {
        Seat::Owner | Seat::Agent | Seat::Party => scope.permits(Action::Update),
        // Who opens cases of its own has no part in those of others.
        Seat::StateReviewer | Seat::Federal | Seat::Reporter => PROCEDURE.iter().any(|rule| {
            rule.seat == *seat
                && !rule.action.opens()
                && rule.is_at_desk_of(scope.roles())
                && scope.permits(Action::Case(rule.action))
        }),
    };
    if seats.iter().any(holds) {
        Ok(())
    } else {
        Err(Problem::Forbidden.into())
    }
}

/// Adds a document whose bytes are stored already. On the owner's side everybody reads it at
/// once; what a reviewer adds is the reviewer's until an action of the procedure hands it over.
pub fn create(
    tx: &mut WriteTx<'_>,
    agreement: Uuid,
    fields: &DocumentFields,
    file: &StoredFile,
) -> Outcome<Document> {
    let mut case = Case::load(tx, agreement)?;
    require_hand(tx.scope, &case.seats)?;
    tx.admit()?;
    let stage = case.sight.stage()?;
    require_turn(&case, stage)?;
    fields.check()?;
    require_kind(&case, fields.kind)?;
    let row = row(tx, &case, fields, file);
    let document = row.id.clone();
    if case.is_full() {
        case.step(tx, stage)?;
    }
    diesel::insert_into(documents::table)
        .values(row.clone())
        .execute(tx.conn)?;
    if case.is_full() {
        agreements::show_to_owner_side(tx, &case, &[document])?;
        agreements::refresh_owner_side(tx, &case)?;
        let line = case.quiet_line("attach");
        case.note(tx, "attach", Some(line))?;
    } else {
        let actor = tx.actor();
        agreements::show_documents(tx, &case, &actor, &[document])?;
        case.note(tx, "attach", None)?;
    }
    row.entity()
}

/// The owner's side adds while the case is open; a reviewer while it has the case before it.
fn require_turn(case: &Case, stage: Stage) -> Outcome<()> {
    let ended = matches!(
        stage,
        Stage::Registered | Stage::Withdrawn | Stage::OutOfScope
    );
    let reviewing = case.seats.contains(&stage.holder()) && stage.holder() != Seat::Owner;
    if ended || !(case.is_full() || reviewing) {
        return Err(Problem::WrongStage.into());
    }
    Ok(())
}

/// Each part in the case adds documents of its own kinds.
fn require_kind(case: &Case, kind: DocumentKind) -> Outcome<()> {
    let fits = match kind {
        DocumentKind::Opinion => case.seats.contains(&Seat::Federal),
        DocumentKind::StateNote => case.seats.contains(&Seat::StateReviewer),
        DocumentKind::Other => true,
        _ => case.is_full(),
    };
    if fits {
        return Ok(());
    }
    let (es, en) = (
        "Su parte en el caso no agrega documentos de esta clase.",
        "Your part in the case adds no documents of this kind.",
    );
    Err(Refusal::field("/kind", "not_yours", es, en).into())
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
        media_type: "application/pdf".into(),
        size: i64::try_from(file.size).unwrap_or(i64::MAX),
        sha256: file.sha256.clone(),
        person_id: tx.person(),
        acting_tenant: tx.actor(),
        created_at: tx.stamp(),
    }
}

/// One page of the documents of a case that the caller reads, oldest first.
pub fn list(tx: &mut ReadTx<'_>, agreement: Uuid, page: &PageRequest) -> Outcome<Page<Document>> {
    let sight = Sight::of(tx.conn, tx.scope, agreement)?;
    tx.look_at(&sight.owner(), agreement)?;
    let mut query = access::table
        .inner_join(
            documents::table.on(documents::tenant_id
                .eq(access::owner_tenant)
                .and(documents::id.eq(access::document_id))),
        )
        .filter(whose(access::viewer_tenant, &sight.viewer_tenant))
        .filter(access::agreement_id.eq(sight.agreement_id.clone()))
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
    Ok(Page {
        items: cut
            .items
            .into_iter()
            .map(Row::entity)
            .collect::<Outcome<_>>()?,
        next: cut.next,
        total: None,
    })
}

/// One document of a case with the place of its bytes.
pub fn get(
    tx: &mut ReadTx<'_>,
    agreement: Uuid,
    document: Uuid,
) -> Outcome<(Document, StoredFile)> {
    let sight = Sight::of(tx.conn, tx.scope, agreement)?;
    let here = |row: &Row| row.agreement_id == sight.agreement_id;
    let row = find(tx.conn, &sight.viewer_tenant, document)?
        .filter(|row| here(row) || faults::seeded("anywhere's document"));
    let row = row.ok_or_else(|| crate::Failure::from(Problem::NotFound))?;
    tx.look_at(&sight.owner(), agreement)?;
    let stored = row.stored();
    Ok((row.entity()?, stored))
}

/// One public document of an inscription.
pub fn get_public(
    tx: &mut ReadTx<'_>,
    number: &str,
    document: Uuid,
) -> Outcome<(Document, StoredFile)> {
    let agreement: Option<String> = inscriptions::table
        .find(number)
        .select(inscriptions::agreement_id)
        .first(tx.conn)
        .optional()?;
    let row = find(tx.conn, PUBLIC, document)?
        .filter(|row| Some(&row.agreement_id) == agreement.as_ref());
    let row = row.ok_or_else(|| crate::Failure::from(Problem::NotFound))?;
    let stored = row.stored();
    Ok((row.entity()?, stored))
}

fn find(conn: &mut Conn, viewer: &str, document: Uuid) -> Outcome<Option<Row>> {
    Ok(access::table
        .inner_join(
            documents::table.on(documents::tenant_id
                .eq(access::owner_tenant)
                .and(documents::id.eq(access::document_id))),
        )
        .filter(whose(access::viewer_tenant, viewer))
        .filter(access::document_id.eq(document.to_string()))
        .select(Row::as_select())
        .first(conn)
        .optional()?)
}
