//! Annotations of the registry: made by the ministry's registrar, numbered without gaps within each
//! inscription, never changed. Each one also rewrites the consolidated form.

mod cancelling;
mod instruments;

pub(crate) use cancelling::{cancel_import, is_cited};
pub(crate) use instruments::by_instrument;

use super::agreements::Head;
use super::{agreements, consolidations, governments, inscriptions, statistics};
use crate::audit::Change;
use crate::conn::{Conn, MultiBackend};
use crate::dialect::Opened;
use crate::failure::{Failure, Outcome, id};
use crate::schema::annotations;
use crate::stores::mechanisms::date;
use crate::tx::{ReadTx, WriteTx};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use instruments::{publish, require_instrument};
use serde_json::json;
use vinculo_domain::agreements::Stage;
use vinculo_domain::annotations::{
    Annotation, AnnotationChanges, AnnotationFields, Consolidation, Successor,
};
use vinculo_domain::clock::mexican_day;
use vinculo_domain::history::HistoryAction;
use vinculo_domain::page::{After, Page, PageRequest};
use vinculo_domain::problems::Problem;
use vinculo_domain::{Refusal, TenantId, Tier};

/// How many of the newest are shown in the record itself.
const IN_RECORD: i64 = 200;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = annotations, check_for_backend(MultiBackend))]
struct Row {
    number: String,
    ordinal: i32,
    tenant_id: String,
    agreement_id: String,
    kind: String,
    effective_on: String,
    instrument_number: Option<String>,
    document_id: Option<String>,
    ground: Option<String>,
    changes: String,
    acting_tenant: String,
    created_at: NaiveDateTime,
}

impl Row {
    fn entity(self) -> Outcome<Annotation> {
        Ok(Annotation {
            number: self.number,
            ordinal: self.ordinal,
            effective_on: date(&self.effective_on)?,
            instrument_number: self.instrument_number,
            document_id: self.document_id.as_deref().map(id).transpose()?,
            ground: self.ground,
            changes: serde_json::from_str(&self.changes)?,
            annotated_at: self.created_at.and_utc(),
        })
    }
}

/// The newest annotations of an inscription, newest first.
pub(crate) fn newest(conn: &mut Conn, number: &str) -> Outcome<Vec<Annotation>> {
    let rows: Vec<Row> = annotations::table
        .filter(annotations::number.eq(number))
        .order(annotations::ordinal.desc())
        .limit(IN_RECORD)
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(Row::entity).collect()
}

/// One page of the annotations of an inscription, the oldest first.
pub fn list(tx: &mut ReadTx<'_>, number: &str, page: &PageRequest) -> Outcome<Page<Annotation>> {
    inscriptions::case_of(tx.conn, number)?;
    let mut query = annotations::table
        .filter(annotations::number.eq(number))
        .order(annotations::ordinal.asc())
        .limit(page.limit + 1)
        .select(Row::as_select())
        .into_boxed::<MultiBackend>();
    if let Some(After { id, .. }) = &page.after {
        query = query.filter(annotations::ordinal.gt(id.parse::<i32>().unwrap_or(i32::MAX)));
    }
    let rows: Vec<Row> = query.load(tx.conn)?;
    let cut = Page::cut(rows, page.limit, |row| After {
        key: String::new(),
        id: row.ordinal.to_string(),
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

/// One annotation.
pub fn get(tx: &mut ReadTx<'_>, number: &str, ordinal: i32) -> Outcome<Annotation> {
    let row: Option<Row> = annotations::table
        .find((number, ordinal))
        .select(Row::as_select())
        .first(tx.conn)
        .optional()?;
    row.ok_or_else(|| Failure::from(Problem::NotFound))?
        .entity()
}

/// Annotates an inscription, if its record is still at `version`. The returned number is the
/// record's next version.
pub fn create(
    tx: &mut WriteTx<'_>,
    number: &str,
    version: i32,
    fields: &AnnotationFields,
) -> Outcome<(Annotation, i32)> {
    let (owner, agreement) = inscriptions::case_of(tx.conn, number)?;
    tx.scope.require()?;
    tx.check_idempotency()?;
    tx.act_for(&owner, Opened::Case(agreement))?;
    let (row, now) = consolidations::read(tx.conn, number)?;
    if row.version != version {
        return Err(Problem::PreconditionFailed.into());
    }
    fields.check_standing(&now)?;
    fields.check(number, &now, mexican_day(tx.now))?;
    require_instrument(tx, number, fields)?;
    if let Some(document) = fields.document_id {
        publish(tx, &owner, agreement, document)?;
    }
    let made = write(tx, row, now, fields)?;
    Ok((made, version + 1))
}

/// The successor of a party; refused if the catalogue does not have it.
fn successor(tx: &mut WriteTx<'_>, changes: &AnnotationChanges) -> Outcome<Option<Successor>> {
    let AnnotationChanges::Succession {
        successor_id: Some(next),
        ..
    } = changes
    else {
        return Ok(None);
    };
    let found = governments::find(tx.conn, next)?;
    let found = found.filter(|found| found.tier != Tier::Observer);
    let Some(government) = found else {
        let error = governments::unknown_key(tx.conn, "/changes/successor_id", None)?;
        return Err(Refusal::from(error).into());
    };
    Ok(Some(Successor {
        state_id: match government.tier {
            Tier::State => Some(government.id.clone()),
            Tier::Municipality => government.parent_id,
            _ => None,
        },
        id: government.id,
        name: government.name,
        tier: government.tier,
    }))
}

/// Writes a checked annotation, and the form that results from it. The owner's case shows that form,
/// so it follows: first, because its lock always comes before that of the form.
fn write(
    tx: &mut WriteTx<'_>,
    row: consolidations::Row,
    mut now: Consolidation,
    fields: &AnnotationFields,
) -> Outcome<Annotation> {
    let (owner, agreement) = (TenantId::new(&row.tenant_id), id(&row.agreement_id)?);
    agreements::follow(tx, &owner, agreement, HistoryAction::Annotated)?;
    tx.act_for(&owner, Opened::Case(agreement))?;
    let successor = successor(tx, &fields.changes)?;
    now.apply(fields, successor.as_ref());
    let at = tx.now.naive_utc();
    consolidations::replace(tx.conn, &row, &now, at)?;
    let head = Head {
        owner: &row.tenant_id,
        agreement: &row.agreement_id,
        stage: Stage::Registered.into(),
        compliance: "",
    };
    statistics::record_annotated(tx.conn, &head, &now, at)?;
    let kind: &'static str = (&fields.changes).into();
    let ordinal = row.annotations + 1;
    let made = Row {
        number: row.number.clone(),
        ordinal,
        tenant_id: row.tenant_id.clone(),
        agreement_id: row.agreement_id.clone(),
        kind: kind.to_owned(),
        effective_on: fields.effective_on.as_str().to_owned(),
        instrument_number: fields.instrument_number.clone(),
        document_id: fields.document_id.map(|id| id.to_string()),
        ground: fields.ground.clone(),
        changes: serde_json::to_string(&fields.changes)?,
        acting_tenant: tx.actor(),
        created_at: tx.stamp(),
    };
    diesel::insert_into(annotations::table)
        .values(&made)
        .execute(tx.conn)?;
    tx.record(Change {
        owner,
        subject_kind: "inscription",
        subject_id: row.number.clone(),
        version: row.version + 1,
        event: "inscription.annotate".into(),
        payload: json!({ "number": row.number, "ordinal": ordinal, "kind": kind }),
    });
    let mut made = made.entity()?;
    if tx.intent.dry_run {
        // A number that is not kept is not shown.
        made.ordinal = 0;
    }
    Ok(made)
}
