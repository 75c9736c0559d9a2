//! Sets of texts: each a new version, one file for each language.

use super::cases::{self, Case};
use super::{access, confirmations, draft, facts};
use crate::barrier::whose;
use crate::conn::{Conn, MultiBackend};
use crate::failure::{Outcome, id};
use crate::schema::text_sets;
use crate::tx::{ReadTx, WriteTx};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::agreements::{Level, Seat, Stage};
use vinculo_domain::documents::{TextSet, TextSetFields};
use vinculo_domain::page::{After, Page, PageRequest};
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::Checks;

type Columns = (String, i32, String, NaiveDateTime);

fn view((set, number, texts, created_at): Columns) -> Outcome<TextSet> {
    Ok(TextSet {
        id: id(&set)?,
        number,
        texts: serde_json::from_str(&texts)?,
        created_at: created_at.and_utc(),
    })
}

const COLUMNS: (
    text_sets::id,
    text_sets::number,
    text_sets::texts,
    text_sets::created_at,
) = (
    text_sets::id,
    text_sets::number,
    text_sets::texts,
    text_sets::created_at,
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

/// One page of the sets that the caller may know: all on the owner's side, otherwise those that
/// were sent to the caller.
pub fn list_text_sets(
    tx: &mut ReadTx<'_>,
    agreement: Uuid,
    page: &PageRequest,
) -> Outcome<Page<TextSet>> {
    let sight = cases::look(tx, agreement)?;
    let mut query = text_sets::table
        .filter(text_sets::tenant_id.eq(sight.owner_tenant.clone()))
        .filter(text_sets::agreement_id.eq(sight.agreement_id.clone()))
        .into_boxed::<MultiBackend>();
    if sight.level()? != Level::Full {
        use crate::schema::{submission_access as access, submissions};
        let sent: Vec<Option<i32>> = access::table
            .inner_join(
                submissions::table.on(submissions::tenant_id
                    .eq(access::owner_tenant)
                    .and(submissions::id.eq(access::submission_id))),
            )
            .filter(whose(access::viewer_tenant, &sight.viewer_tenant))
            .filter(access::agreement_id.eq(&sight.agreement_id))
            .select(submissions::text_set)
            .load(tx.conn)?;
        query =
            query.filter(text_sets::number.eq_any(sent.into_iter().flatten().collect::<Vec<_>>()));
    }
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

/// Adds a new version of the texts. The other parties have to confirm it.
pub fn create_text_set(
    tx: &mut WriteTx<'_>,
    agreement: Uuid,
    fields: &TextSetFields,
) -> Outcome<TextSet> {
    let mut case = Case::load(tx, agreement)?;
    case.require_seat(&[Seat::Owner])?;
    tx.admit()?;
    let stage = case.sight.stage()?;
    // The counterpart may ask for another wording after the opinion: `change_text` sends it.
    if stage != Stage::OpinionFavorable {
        draft::require_editable(&case)?;
    }
    fields.check()?;
    case.step(tx, stage)?;
    let files = facts::documents_of_kind(tx.conn, &case.row.tenant_id, &case.row.id, "text")?;
    let mut checks = Checks::default();
    for (i, text) in fields.texts.iter().enumerate() {
        if !files.contains(&text.document_id.to_string()) {
            checks.add(
                format!("/texts/{i}/document_id"),
                "unknown_key",
                "Agregue antes el archivo como documento de clase text.",
                "Add the file first as a document of kind text.",
            );
        }
    }
    checks.finish(Problem::ValidationFailed)?;
    let number =
        newest(tx.conn, &case.row.tenant_id, &case.row.id)?.map_or(0, |set| set.number) + 1;
    let set = TextSet {
        id: Uuid::now_v7(),
        number,
        texts: fields.texts.clone(),
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
    );
    diesel::insert_into(text_sets::table)
        .values(row)
        .execute(tx.conn)?;
    confirmations::undo(tx, &case)?;
    let content = draft::read(tx.conn, &case.row.tenant_id, &case.row.id)?;
    access::refresh_full(tx, &case, &content)?;
    let line = case.quiet_line("attach");
    case.note(tx, "text_set", Some(line))?;
    Ok(set)
}
