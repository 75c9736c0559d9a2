//! The clauses of the texts, and the checklist they are compared with.

use super::cases::{self, Case};
use super::remarks;
use super::texts::{self, Which};
use crate::conn::Conn;
use crate::failure::{Outcome, id, known};
use crate::schema::text_clauses;
use crate::tx::{ReadTx, WriteTx};
use diesel::prelude::*;
use std::collections::HashMap;
use uuid::Uuid;
use vinculo_domain::catalogs::{self, Catalog};
use vinculo_domain::clauses::{Clause, ClauseChecklist, checklist, parity};
use vinculo_domain::texts::{FullTextSet, TextFields, TextSet};

/// Writes the clauses of one text of a new set.
pub(super) fn insert(
    tx: &mut WriteTx<'_>,
    case: &Case,
    number: i32,
    text: &TextFields,
) -> Outcome<()> {
    if text.clauses.is_empty() {
        return Ok(());
    }
    let clauses: Vec<Clause> = text.clauses.iter().map(Clause::from).collect();
    let row = (
        text_clauses::tenant_id.eq(&case.row.tenant_id),
        text_clauses::agreement_id.eq(&case.row.id),
        text_clauses::text_set.eq(number),
        text_clauses::language.eq(&text.language),
        text_clauses::clauses.eq(serde_json::to_string(&clauses)?),
    );
    diesel::insert_into(text_clauses::table)
        .values(row)
        .execute(tx.conn)?;
    Ok(())
}

/// A set with its clauses; the caller's access to it must have been checked.
pub(super) fn of_set(
    conn: &mut Conn,
    owner: &str,
    agreement: &str,
    set: TextSet,
) -> Outcome<FullTextSet> {
    let rows: Vec<(String, String)> = text_clauses::table
        .filter(text_clauses::tenant_id.eq(owner))
        .filter(text_clauses::agreement_id.eq(agreement))
        .filter(text_clauses::text_set.eq(set.number))
        .select((text_clauses::language, text_clauses::clauses))
        .load(conn)?;
    let mut clauses: HashMap<String, Vec<Clause>> = HashMap::new();
    for (language, text) in rows {
        clauses.insert(language, serde_json::from_str(&text)?);
    }
    Ok(set.with(|language| clauses.remove(language).unwrap_or_default()))
}

/// The checklist of the newest set that the caller has access to, and the version of the case that
/// the caller may know.
pub fn get_clauses(tx: &mut ReadTx<'_>, agreement: Uuid) -> Outcome<(ClauseChecklist, i32)> {
    let access = cases::look(tx, agreement)?;
    let kind = known(&access.kind)?;
    let texts = match texts::seen(tx.conn, &access, Which::Newest)? {
        Some(set) => Some(of_set(
            tx.conn,
            &access.owner_tenant,
            &access.agreement_id,
            set,
        )?),
        None => None,
    };
    let open = remarks::open_points(tx.conn, &access)?;
    let (text_set, texts) = texts.map_or((None, Vec::new()), |set| (Some(set.number), set.texts));
    let found = ClauseChecklist {
        agreement_id: id(&access.agreement_id)?,
        kind,
        text_set,
        catalog_version: catalogs::version(Catalog::Clauses),
        parity: parity(&texts),
        clauses: checklist(kind, &texts, &open),
    };
    Ok((found, access.version))
}
