//! Takes what is said of people out of the earlier versions of a record, where a person asks for it
//! (cancelación, LGPDPPSO). What the newest version says is changed like any other field.

use super::Row;
use crate::failure::Outcome;
use crate::schema::record_versions as versions;
use crate::tx::WriteTx;
use diesel::prelude::*;
use serde_json::{Map, Value};
use vinculo_domain::records::{Fields, Kind};

/// How many versions are read at once.
const SOME: i64 = 50;

/// Erases the fields about people from every version before the newest, for good.
pub(super) fn erase_earlier(tx: &mut WriteTx<'_>, kind: &Kind, row: &Row) -> Outcome<()> {
    let mut done = 0;
    loop {
        let some: Vec<(i32, String)> = versions::table
            .filter(versions::tenant_id.eq(&row.tenant_id))
            .filter(versions::record_id.eq(&row.id))
            .filter(versions::version.gt(done))
            .filter(versions::version.lt(row.version))
            .order(versions::version)
            .limit(SOME)
            .select((versions::version, versions::body))
            .load(tx.conn)?;
        let Some((last, _)) = some.last() else {
            return Ok(());
        };
        done = *last;
        erase(tx, kind, row, some)?;
    }
}

fn erase(tx: &mut WriteTx<'_>, kind: &Kind, row: &Row, some: Vec<(i32, String)>) -> Outcome<()> {
    for (version, body) in some {
        let mut kept: Map<String, Value> = serde_json::from_str(&body)?;
        let people = kind.spec.personal.iter().chain(Fields::PERSONAL);
        let erased = people.filter(|name| kept.remove(**name).is_some()).count();
        if erased == 0 {
            continue;
        }
        let place = (&row.tenant_id, &row.id, version);
        diesel::update(versions::table.find(place))
            .set((
                versions::body.eq(serde_json::to_string(&kept)?),
                versions::erased_at.eq(tx.stamp()),
            ))
            .execute(tx.conn)?;
    }
    Ok(())
}
