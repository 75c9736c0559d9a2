//! Sets of texts: each a new version, one file for each language.

use super::cases::{self, Access, Case};
use super::{access, clauses, conditions, confirmations, draft, submissions};
use crate::conn::{Conn, MultiBackend};
use crate::failure::{Outcome, id};
use crate::schema::text_sets;
use crate::tx::{ReadTx, WriteTx};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::agreements::{Level, Seat, Stage};
use vinculo_domain::catalogs::{self, Catalog};
use vinculo_domain::documents::kinds_said;
use vinculo_domain::history::HistoryAction;
use vinculo_domain::page::{After, Page, PageRequest};
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::{Admitted, Checks};
use vinculo_domain::texts::{FullTextSet, Text, TextFields, TextSet, TextSetFields};
use vinculo_domain::wording;
use vinculo_domain::{FieldError, Refusal};

type Columns = (String, i32, String, NaiveDateTime, Option<bool>);

fn view((set, number, texts, created_at, signed): Columns) -> Outcome<TextSet> {
    Ok(TextSet {
        id: id(&set)?,
        number,
        signed: signed.unwrap_or(false),
        texts: serde_json::from_str(&texts)?,
        created_at: created_at.and_utc(),
    })
}

const COLUMNS: (
    text_sets::id,
    text_sets::number,
    text_sets::texts,
    text_sets::created_at,
    text_sets::signed,
) = (
    text_sets::id,
    text_sets::number,
    text_sets::texts,
    text_sets::created_at,
    text_sets::signed,
);

/// The newest set of a case.
pub(super) fn newest(conn: &mut Conn, owner: &str, agreement: &str) -> Outcome<Option<TextSet>> {
    let row: Option<Columns> = text_sets::table
        .filter(text_sets::tenant_id.eq(owner))
        .filter(text_sets::agreement_id.eq(agreement))
        .order(text_sets::number.desc())
        .select(COLUMNS)
        .first(conn)
        .optional()?;
    row.map(view).transpose()
}

/// The set of a case with this number.
pub(super) fn numbered(
    conn: &mut Conn,
    owner: &str,
    agreement: &str,
    number: i32,
) -> Outcome<Option<TextSet>> {
    let row: Option<Columns> = text_sets::table
        .filter(text_sets::tenant_id.eq(owner))
        .filter(text_sets::agreement_id.eq(agreement))
        .filter(text_sets::number.eq(number))
        .select(COLUMNS)
        .first(conn)
        .optional()?;
    row.map(view).transpose()
}

/// The sets of a case that a viewer may know: all on the owner's side, otherwise those that were
/// sent to it.
fn in_sight(
    conn: &mut Conn,
    access: &Access,
) -> Outcome<text_sets::BoxedQuery<'static, MultiBackend>> {
    let sets = text_sets::table
        .filter(text_sets::tenant_id.eq(access.owner_tenant.clone()))
        .filter(text_sets::agreement_id.eq(access.agreement_id.clone()))
        .into_boxed::<MultiBackend>();
    if access.level()? == Level::Full {
        return Ok(sets);
    }
    let sent = submissions::sets_sent_to(conn, &access.viewer_tenant, &access.agreement_id)?;
    Ok(sets.filter(text_sets::number.eq_any(sent)))
}

/// Which of the sets that a viewer has access to.
#[derive(Clone, Copy)]
pub(super) enum Which {
    /// The newest.
    Newest,
    /// The newest of those that are the signed text.
    NewestSigned,
    /// The newest up to this one.
    UpTo(i32),
    /// This one.
    Numbered(i32),
}

/// One of the sets that a viewer may know.
pub(super) fn seen(conn: &mut Conn, access: &Access, which: Which) -> Outcome<Option<TextSet>> {
    let sets = in_sight(conn, access)?;
    let sets = match which {
        Which::Newest => sets,
        Which::NewestSigned => sets.filter(text_sets::signed.eq(true)),
        Which::UpTo(last) => sets.filter(text_sets::number.le(last)),
        Which::Numbered(number) => sets.filter(text_sets::number.eq(number)),
    };
    let row: Option<Columns> = sets
        .order(text_sets::number.desc())
        .select(COLUMNS)
        .first(conn)
        .optional()?;
    row.map(view).transpose()
}

/// One set of a case with its clauses, if the caller may know it.
pub fn get_text_set(tx: &mut ReadTx<'_>, agreement: Uuid, set: Uuid) -> Outcome<FullTextSet> {
    let access = cases::look(tx, agreement)?;
    let row: Option<Columns> = in_sight(tx.conn, &access)?
        .filter(text_sets::id.eq(set.to_string()))
        .select(COLUMNS)
        .first(tx.conn)
        .optional()?;
    let row = row.ok_or_else(|| crate::Failure::from(Problem::NotFound))?;
    clauses::of_set(
        tx.conn,
        &access.owner_tenant,
        &access.agreement_id,
        view(row)?,
    )
}

/// One page of the sets that the caller may know: all on the owner's side, otherwise those that
/// were sent to the caller.
pub fn list_text_sets(
    tx: &mut ReadTx<'_>,
    agreement: Uuid,
    page: &PageRequest,
) -> Outcome<Page<TextSet>> {
    let access = cases::look(tx, agreement)?;
    let mut query = in_sight(tx.conn, &access)?;
    if let Some(after) = &page.after {
        let number: i32 = after
            .key
            .parse()
            .map_err(|_error| crate::Failure::from(Problem::InvalidCursor))?;
        query = query.filter(text_sets::number.lt(number));
    }
    let rows: Vec<Columns> = query
        .order(text_sets::number.desc())
        .limit(page.limit + 1)
        .select(COLUMNS)
        .load(tx.conn)?;
    let cut = Page::cut(rows, page.limit, |row| After {
        key: row.1.to_string(),
        id: row.0.clone(),
    });
    Ok(Page {
        items: cut.items.into_iter().map(view).collect::<Outcome<_>>()?,
        next: cut.next,
        total: None,
    })
}

/// Adds a new version of the texts. The other parties must confirm it, unless it is the text they
/// signed.
pub fn create_text_set(
    tx: &mut WriteTx<'_>,
    agreement: Uuid,
    fields: &TextSetFields,
) -> Outcome<FullTextSet> {
    let mut case = Case::load(tx, agreement)?;
    case.require_seat(tx.scope, &[Seat::Owner])?;
    tx.check_idempotency()?;
    let stage = case.access.stage()?;
    if fields.signed {
        require_signed(stage)?;
    } else if stage != Stage::OpinionFavorable {
        // After the opinion the counterpart may ask for another wording: `change_text` sends it.
        draft::require_editable(&case)?;
    }
    fields.check()?;
    case.step(tx, stage)?;
    require_files(tx, &case, fields)?;
    let last = newest(tx.conn, &case.row.tenant_id, &case.row.id)?;
    let set = insert(tx, &case, fields, last.map_or(0, |set| set.number) + 1)?;
    for text in &fields.texts {
        clauses::insert(tx, &case, set.number, text)?;
    }
    if !fields.signed {
        confirmations::undo(tx, &case)?;
    }
    let content = draft::read(tx.conn, &case.row.tenant_id, &case.row.id)?;
    access::refresh_full(tx, &case, &content)?;
    let line = case.quiet_line(HistoryAction::Attach);
    case.note(tx, "text_set", Some(line))?;
    clauses::of_set(tx.conn, &case.row.tenant_id, &case.row.id, set)
}

/// The signed text is added after the signature and before it is sent.
fn require_signed(stage: Stage) -> Outcome<()> {
    if stage == Stage::Signed {
        return Ok(());
    }
    let stage = catalogs::said(Catalog::Stages, Stage::Signed.into());
    let said = wording::signing::signed_text_stage(stage);
    Err(Refusal::new(Problem::WrongStage).saying(said).into())
}

/// The file of each text must be among the documents of the case.
fn require_files(tx: &mut WriteTx<'_>, case: &Case, fields: &TextSetFields) -> Outcome<()> {
    let (owner, agreement) = (&case.row.tenant_id, &case.row.id);
    let mut files = conditions::documents_of_kind(tx.conn, owner, agreement, "text")?;
    if fields.signed {
        files.extend(conditions::documents_of_kind(
            tx.conn,
            owner,
            agreement,
            "signed_copy",
        )?);
    }
    let kinds: &[&str] = if fields.signed {
        &["text", "signed_copy"]
    } else {
        &["text"]
    };
    let mut checks = Checks::default();
    for (i, text) in fields.texts.iter().enumerate() {
        if !files.contains(&text.document_id.to_string()) {
            let said = wording::signing::text_file(kinds_said(kinds));
            let place = format!("/texts/{i}/document_id");
            let list = Admitted::only_at(format!("/v1/agreements/{agreement}/documents"));
            checks.push(FieldError::new(place, "unknown_key", said).admitting(list));
        }
    }
    Ok(checks.finish(Problem::ValidationFailed)?)
}

fn insert(
    tx: &mut WriteTx<'_>,
    case: &Case,
    fields: &TextSetFields,
    number: i32,
) -> Outcome<TextSet> {
    let text = |text: &TextFields| Text {
        language: text.language.clone(),
        authenticity: text.authenticity,
        document_id: text.document_id,
        clause_count: text.clauses.len(),
    };
    let set = TextSet {
        id: Uuid::now_v7(),
        number,
        signed: fields.signed,
        texts: fields.texts.iter().map(text).collect(),
        created_at: tx.now,
    };
    let row = (
        text_sets::tenant_id.eq(&case.row.tenant_id),
        text_sets::id.eq(set.id.to_string()),
        text_sets::agreement_id.eq(&case.row.id),
        text_sets::number.eq(number),
        text_sets::texts.eq(serde_json::to_string(&set.texts)?),
        text_sets::person_id.eq(tx.person()),
        text_sets::acting_tenant.eq(tx.actor()),
        text_sets::created_at.eq(tx.stamp()),
        text_sets::signed.eq(set.signed),
    );
    diesel::insert_into(text_sets::table)
        .values(row)
        .execute(tx.conn)?;
    Ok(set)
}
