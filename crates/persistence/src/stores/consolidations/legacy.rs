//! The numbers of older registries: each stands in at most one inscription. One that was cancelled as
//! imported in error leaves its number free, so that it can be imported again.

use crate::conn::Conn;
use crate::failure::Outcome;
use crate::schema::consolidations;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::inscription_number::InscriptionNumber;
use vinculo_domain::inscriptions::{Inscription, legacy_key};
use vinculo_domain::text::fold;

/// The key under which the number of a record is taken; empty if it has none.
pub(super) fn key_of(record: &Inscription) -> String {
    let number = record.legacy_number.as_deref();
    number.map(legacy_key).unwrap_or_default()
}

/// The inscription that has this number of an older registry: its own number and its title.
pub(crate) fn of_legacy_number(conn: &mut Conn, number: &str) -> Outcome<Option<(String, String)>> {
    // The second is the form that it had in an earlier version, where nobody has migrated since.
    let keys = [legacy_key(number), fold(number)];
    Ok(consolidations::table
        .filter(consolidations::legacy_key.eq_any(keys))
        .filter(consolidations::legacy_key.ne(""))
        .select((consolidations::number, consolidations::title))
        .first(conn)
        .optional()?)
}

/// The inscription that a text names by its own number: that number and its title.
pub(crate) fn of_own_number(conn: &mut Conn, text: &str) -> Outcome<Option<(String, String)>> {
    let Some(number) = InscriptionNumber::within(text) else {
        return Ok(None);
    };
    Ok(consolidations::table
        .find(number.as_str())
        .select((consolidations::number, consolidations::title))
        .first(conn)
        .optional()?)
}

/// Whether an agreement is inscribed under a number, its own or that of an older registry.
pub(crate) fn has_number(conn: &mut Conn, agreement: Uuid, number: &str) -> Outcome<bool> {
    let rows: Vec<(String, String)> = consolidations::table
        .filter(consolidations::agreement_id.eq(agreement.to_string()))
        .select((consolidations::number, consolidations::content))
        .load(conn)?;
    let (own, key) = (InscriptionNumber::within(number), legacy_key(number));
    for (inscribed, content) in rows {
        let record: Inscription = serde_json::from_str(&content)?;
        if key_of(&record) == key || own.as_ref().is_some_and(|own| own.as_str() == inscribed) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Leaves the number of an older registry to others.
pub(super) fn free(conn: &mut Conn, number: &str) -> Outcome<()> {
    diesel::update(consolidations::table.find(number))
        .set(consolidations::legacy_key.eq(""))
        .execute(conn)?;
    Ok(())
}

/// Fills the keys of forms that have none yet; used after a migration, in its role. If two
/// inscriptions have one number, from a time when nothing refused that, the first is found by it.
pub(super) fn fill(conn: &mut Conn) -> Outcome<()> {
    let mut after = String::new();
    loop {
        let rows: Vec<(String, String)> = consolidations::table
            .filter(consolidations::legacy_key.is_null())
            .filter(consolidations::number.gt(&after))
            .order(consolidations::number)
            .limit(200)
            .select((consolidations::number, consolidations::content))
            .load(conn)?;
        let Some(last) = rows.last() else {
            return Ok(());
        };
        after.clone_from(&last.0);
        for (number, content) in rows {
            let record: Inscription = serde_json::from_str(&content)?;
            let legacy = record.legacy_number.as_deref().unwrap_or_default();
            let key = match of_legacy_number(conn, legacy)? {
                Some(_taken) => String::new(),
                None => key_of(&record),
            };
            diesel::update(consolidations::table.find(&number))
                .set(consolidations::legacy_key.eq(key))
                .execute(conn)?;
        }
    }
}
