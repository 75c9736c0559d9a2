//! The history of a case, as far as the caller may know it.

use super::cases::{self, Case};
use crate::conn::{Conn, MultiBackend};
use crate::failure::{Outcome, id, known};
use crate::schema::history as lines;
use crate::tx::{ReadTx, WriteTx};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::TenantId;
use vinculo_domain::agreements::Level;
use vinculo_domain::faults;
use vinculo_domain::history::{HistoryAction, HistoryEntry, RecordChange};
use vinculo_domain::page::{After, Page, PageRequest};
use vinculo_domain::problems::Problem;

#[derive(Queryable, Selectable)]
#[diesel(table_name = lines, check_for_backend(MultiBackend))]
struct Row {
    id: String,
    version: i32,
    action: String,
    from_stage: Option<String>,
    to_stage: String,
    note: Option<String>,
    note_for: Option<String>,
    person_id: Option<String>,
    acting_tenant: String,
    at: NaiveDateTime,
    on_behalf: bool,
    changes: Option<String>,
}

/// What a history line says in addition to the change.
#[derive(Debug, Clone)]
pub(crate) struct HistoryLine {
    pub(crate) action: HistoryAction,
    pub(crate) from_stage: Option<String>,
    pub(crate) to_stage: String,
    /// Whether everybody who follows the case reads it, or only those who read the draft.
    pub(crate) shared: bool,
    pub(crate) note: Option<String>,
    /// Who reads the note, besides the acting government and those who read the draft.
    pub(crate) note_for: Option<TenantId>,
    /// Whether it was done for an owner that has no users on the platform.
    pub(crate) on_behalf: bool,
    /// What was corrected.
    pub(crate) changes: Vec<RecordChange>,
}

/// The note of the last line of an action; none where it has no note, or there is no such line.
pub(super) fn last_note(
    conn: &mut Conn,
    case: &Case,
    action: HistoryAction,
) -> Outcome<Option<String>> {
    let action: &'static str = action.into();
    let last = lines::table
        .filter(lines::tenant_id.eq(&case.row.tenant_id))
        .filter(lines::agreement_id.eq(&case.row.id))
        .filter(lines::action.eq(action))
        .order(lines::id.desc())
        .select(lines::note)
        .first::<Option<String>>(conn)
        .optional()?;
    Ok(last.flatten())
}

/// Writes a line of a case's history. It runs at once, while the caller still has the case.
pub(crate) fn write(tx: &mut WriteTx<'_>, case: &Case, line: &HistoryLine) -> Outcome<()> {
    let changes = Some(&line.changes).filter(|changes| !changes.is_empty());
    let changes = changes.map(serde_json::to_string).transpose()?;
    let row = (
        lines::tenant_id.eq(&case.row.tenant_id),
        lines::id.eq(Uuid::now_v7().to_string()),
        lines::agreement_id.eq(&case.row.id),
        lines::version.eq(case.row.version),
        lines::on_behalf.eq(line.on_behalf),
        lines::action.eq(<&str>::from(line.action)),
        lines::from_stage.eq(&line.from_stage),
        lines::to_stage.eq(&line.to_stage),
        lines::shared.eq(line.shared),
        lines::note.eq(&line.note),
        lines::note_for.eq(line.note_for.as_ref().map(TenantId::as_str)),
        lines::person_id.eq(tx.person()),
        lines::acting_tenant.eq(tx.actor()),
        lines::request_id.eq(&tx.intent.request_id),
        lines::at.eq(tx.stamp()),
        lines::changes.eq(changes),
    );
    diesel::insert_into(lines::table)
        .values(row)
        .execute(tx.conn)?;
    Ok(())
}

/// A reviewer's internal return of a case; only the reviewer's government reads the reason.
const INTERNAL: &str = "return_to_intake";

/// The actions that a government sees if it was only told that the case exists.
const TOLD: [&str; 2] = ["announce", "withdraw"];

/// One page, newest first. A reviewer reads the steps of the procedure up to the last one it may
/// know of, and not the owner's edits.
pub fn history(
    tx: &mut ReadTx<'_>,
    agreement: Uuid,
    page: &PageRequest,
) -> Outcome<Page<HistoryEntry>> {
    let access = cases::look(tx, agreement)?;
    let level = access.level()?;
    let full = level == Level::Full;
    let mut query = lines::table
        .filter(lines::tenant_id.eq(access.owner_tenant.clone()))
        .filter(lines::agreement_id.eq(access.agreement_id.clone()))
        .into_boxed::<MultiBackend>();
    if !full && !faults::seeded("quiet history") {
        query = query
            .filter(lines::shared.eq(true))
            .filter(lines::version.le(access.step_limit()));
    }
    if level == Level::Summary {
        query = query.filter(lines::action.eq_any(TOLD));
    }
    if let Some(after) = &page.after {
        let version: i32 = after
            .key
            .parse()
            .map_err(|_error| crate::Failure::from(Problem::InvalidCursor))?;
        query = query.filter(lines::version.lt(version));
    }
    let rows: Vec<Row> = query
        .order(lines::version.desc())
        .limit(page.limit + 1)
        .select(Row::as_select())
        .load(tx.conn)?;
    let cut = Page::cut(rows, page.limit, |row| After {
        key: row.version.to_string(),
        id: row.id.clone(),
    });
    let viewer = access.viewer_tenant;
    let entry = |row: Row| {
        let ours = row.acting_tenant == viewer;
        let open = full && row.action != INTERNAL;
        let reads_note = open || ours || row.note_for.as_ref() == Some(&viewer);
        Ok(HistoryEntry {
            id: id(&row.id)?,
            at: row.at.and_utc(),
            version: row.version,
            action: known(&row.action)?,
            // Those who only know that the case exists do not learn how far it had come.
            from_stage: row
                .from_stage
                .filter(|_stage| level != Level::Summary)
                .as_deref()
                .map(known)
                .transpose()?,
            to_stage: known(&row.to_stage)?,
            acting_tenant: TenantId::new(row.acting_tenant),
            person_id: row
                .person_id
                .filter(|_id| ours)
                .as_deref()
                .map(id)
                .transpose()?,
            on_behalf: row.on_behalf,
            note: row.note.filter(|_note| reads_note),
            changes: row
                .changes
                .as_deref()
                .map(serde_json::from_str)
                .transpose()?
                .unwrap_or_default(),
        })
    };
    Ok(Page {
        items: cut.items.into_iter().map(entry).collect::<Outcome<_>>()?,
        next: cut.next,
        total: None,
    })
}
