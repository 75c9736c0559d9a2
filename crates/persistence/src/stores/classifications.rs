//! The class of each document over time: decisions are only added, and the last one counts.

use super::agreements::{self, Access, Case};
use super::documents as files;
use crate::conn::{Conn, MultiBackend};
use crate::failure::{Failure, Outcome, known};
use crate::schema::{document_classifications as rows, documents};
use crate::stores::mechanisms::date;
use crate::tx::{ReadTx, WriteTx};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::Refusal;
use vinculo_domain::TenantId;
use vinculo_domain::agreements::Seat;
use vinculo_domain::classifications::{ClassificationFields, ClassificationView, last_day};
use vinculo_domain::clock::mexican_day;
use vinculo_domain::documents::DocumentKind;
use vinculo_domain::history::HistoryAction;
use vinculo_domain::page::{After, Page, PageRequest};
use vinculo_domain::problems::Problem;
use vinculo_domain::wording;

#[derive(Queryable, Selectable, Insertable, Clone)]
#[diesel(table_name = rows, check_for_backend(MultiBackend))]
struct Row {
    tenant_id: String,
    document_id: String,
    number: i32,
    agreement_id: String,
    classification: String,
    ground: Option<String>,
    until: Option<String>,
    person_id: Option<String>,
    acting_tenant: String,
    created_at: NaiveDateTime,
}

impl Row {
    fn fields(&self) -> Outcome<ClassificationFields> {
        Ok(ClassificationFields {
            classification: known(&self.classification)?,
            ground: self.ground.clone(),
            until: self.until.as_deref().map(date).transpose()?,
        })
    }

    fn view(self) -> Outcome<ClassificationView> {
        Ok(ClassificationView {
            number: self.number,
            classification: known(&self.classification)?,
            ground: self.ground,
            until: day_shown(self.until.as_deref())?,
            acting_tenant: TenantId::new(self.acting_tenant),
            classified_at: self.created_at.and_utc(),
        })
    }
}

/// The last day withheld, as it is shown: always a whole day.
pub(crate) fn day_shown(until: Option<&str>) -> Outcome<Option<String>> {
    let until = until.map(date).transpose()?;
    Ok(until.map(|until| last_day(&until).as_str().to_owned()))
}

/// The class given when the document came, as decision 0.
fn first(conn: &mut Conn, owner: &str, document: &str) -> Outcome<Option<Row>> {
    type Said = (
        String,
        String,
        Option<String>,
        Option<String>,
        Option<String>,
        String,
        NaiveDateTime,
    );
    let said: Option<Said> = documents::table
        .find((owner, document))
        .select((
            documents::agreement_id,
            documents::classification,
            documents::ground,
            documents::until,
            documents::person_id,
            documents::acting_tenant,
            documents::created_at,
        ))
        .first(conn)
        .optional()?;
    let row = |said: Said| {
        let (agreement_id, classification, ground, until, person_id, acting_tenant, created_at) =
            said;
        Row {
            tenant_id: owner.to_owned(),
            document_id: document.to_owned(),
            number: 0,
            agreement_id,
            classification,
            ground,
            until,
            person_id,
            acting_tenant,
            created_at,
        }
    };
    Ok(said.map(row))
}

/// The last decision, if there is one after the first.
fn last(conn: &mut Conn, owner: &str, document: &str) -> Outcome<Option<Row>> {
    Ok(rows::table
        .filter(rows::tenant_id.eq(owner))
        .filter(rows::document_id.eq(document))
        .order(rows::number.desc())
        .select(Row::as_select())
        .first(conn)
        .optional()?)
}

/// The last decision on a document, if there is one after the first.
pub(crate) fn last_fields(
    conn: &mut Conn,
    owner: &str,
    document: &str,
) -> Outcome<Option<ClassificationFields>> {
    last(conn, owner, document)?
        .map(|row| row.fields())
        .transpose()
}

/// How a document is classified now, for those who may read it.
pub(crate) fn current(
    conn: &mut Conn,
    owner: &TenantId,
    document: &str,
) -> Outcome<ClassificationFields> {
    let row = match last(conn, owner.as_str(), document)? {
        Some(row) => Some(row),
        None => first(conn, owner.as_str(), document)?,
    };
    row.ok_or_else(|| Failure::from(Problem::NotFound))?
        .fields()
}

/// One page of the decisions on a document, the newest first.
pub fn list(
    tx: &mut ReadTx<'_>,
    agreement: Uuid,
    document: Uuid,
    page: &PageRequest,
) -> Outcome<Page<ClassificationView>> {
    let (found, _stored) = files::get(tx, agreement, document)?;
    let owner = Access::of(tx.conn, tx.scope, agreement)?.owner();
    let document = found.id.to_string();
    let mut query = rows::table
        .filter(rows::tenant_id.eq(owner.as_str()))
        .filter(rows::document_id.eq(&document))
        .order(rows::number.desc())
        .limit(page.limit + 1)
        .select(Row::as_select())
        .into_boxed::<MultiBackend>();
    let mut whole = true;
    if let Some(After { id, .. }) = &page.after {
        let below: i32 = id.parse().unwrap_or(0);
        whole = below > 0;
        query = query.filter(rows::number.lt(below));
    }
    let mut found: Vec<Row> = query.load(tx.conn)?;
    if whole {
        found.extend(first(tx.conn, owner.as_str(), &document)?);
    }
    let cut = Page::cut(found, page.limit, |row| After {
        key: String::new(),
        id: row.number.to_string(),
    });
    Ok(Page {
        items: cut
            .items
            .into_iter()
            .map(Row::view)
            .collect::<Outcome<_>>()?,
        next: cut.next,
        total: None,
    })
}

/// Decides again on the class of a document that the caller's government added. Whoever may add one
/// to the case may decide.
pub fn create(
    tx: &mut WriteTx<'_>,
    agreement: Uuid,
    document: Uuid,
    fields: &ClassificationFields,
) -> Outcome<ClassificationView> {
    let access = Access::of(tx.conn, tx.scope, agreement)?;
    let (kind, sender) = files::in_sight(tx.conn, &access, document)?;
    let mut case = Case::load(tx, agreement)?;
    files::require_hand(tx.scope, &case.seats)?;
    let actor = tx.actor();
    if sender != actor {
        let refusal =
            Refusal::new(Problem::Forbidden).saying(wording::documents::classified_by_sender());
        return Err(tx.scope.seated(refusal, &[Seat::Owner]).into());
    }
    tx.check_idempotency()?;
    fields.check(mexican_day(tx.now))?;
    let stage = case.access.stage()?;
    if case.is_full() {
        case.step(tx, stage)?;
    }
    let (owner, document) = (case.owner.to_string(), document.to_string());
    let word: &'static str = fields.classification.into();
    let row = Row {
        number: last(tx.conn, &owner, &document)?.map_or(0, |row| row.number) + 1,
        tenant_id: owner,
        document_id: document,
        agreement_id: case.id.to_string(),
        classification: word.to_owned(),
        ground: fields.ground.clone(),
        until: fields.until.as_ref().map(|day| day.as_str().to_owned()),
        person_id: tx.person(),
        acting_tenant: actor,
        created_at: tx.stamp(),
    };
    diesel::insert_into(rows::table)
        .values(row.clone())
        .execute(tx.conn)?;
    if matches!(
        kind,
        DocumentKind::SignedCopy | DocumentKind::AnnotationInstrument
    ) {
        files::note_change(tx, &case)?;
    }
    let mut history = None;
    if case.is_full() {
        agreements::refresh_owner_side(tx, &case)?;
        history = Some(case.quiet_line(HistoryAction::Classify));
    }
    case.note(tx, "classify", history)?;
    // The owner's case shows the public texts of its inscription, whoever added them.
    if kind == DocumentKind::SignedCopy && !case.is_full() && case.row.inscription.is_some() {
        agreements::follow(tx, &case.owner, case.id, HistoryAction::TextClassified)?;
    }
    row.view()
}
