//! What inscriptions are found by, written anew when the program folds otherwise than before.

use super::{legacy, texts};
use crate::conn::Conn;
use crate::failure::Outcome;
use crate::schema::{consolidations, inscriptions as originals};
use crate::stores::governments::PUBLIC;
use crate::stores::{inscriptions, search};
use diesel::prelude::*;
use vinculo_domain::inscriptions::Inscription;

/// The words of every inscription, of its first and of its current form, and the numbers of older
/// registries.
pub(crate) fn renew_folds(conn: &mut Conn) -> Outcome<()> {
    let mut after = String::new();
    loop {
        let rows: Vec<(String, String, String)> = consolidations::table
            .inner_join(originals::table.on(originals::number.eq(consolidations::number)))
            .filter(consolidations::number.gt(&after))
            .order(consolidations::number)
            .limit(200)
            .select((
                consolidations::number,
                consolidations::content,
                originals::content,
            ))
            .load(conn)?;
        let Some(last) = rows.last() else {
            break;
        };
        after.clone_from(&last.0);
        for (number, now, first) in rows {
            let now: Inscription = serde_json::from_str(&now)?;
            let first: Inscription = serde_json::from_str(&first)?;
            let mut found_by = texts(&first);
            found_by.extend(texts(&now));
            search::renew(conn, PUBLIC, inscriptions::KIND, &number, &found_by)?;
        }
    }
    diesel::update(consolidations::table.filter(consolidations::legacy_key.ne("")))
        .set(consolidations::legacy_key.eq(None::<String>))
        .execute(conn)?;
    legacy::fill(conn)
}
