//! The names by which governments and counterparts are sorted, and their words.

use super::PAGE;
use crate::conn::Conn;
use crate::failure::Outcome;
use crate::schema::{counterparts, governments};
use crate::stores::governments::{KIND as GOVERNMENTS, PUBLIC};
use crate::stores::{counterparts as partners, search};
use diesel::prelude::*;
use vinculo_domain::gazetteer::city_aliases;
use vinculo_domain::text;

/// Id, begin of validity, name, official name, folded name.
type Government = (String, String, String, Option<String>, String);

pub(super) fn governments(conn: &mut Conn) -> Outcome<()> {
    let rows: Vec<Government> = governments::table
        .select((
            governments::id,
            governments::valid_from,
            governments::name,
            governments::official_name,
            governments::sort_name,
        ))
        .load(conn)?;
    for (id, from, name, official, sort_name) in rows {
        let now = text::fold(&name);
        if now != sort_name {
            diesel::update(governments::table.find((&id, &from)))
                .set(governments::sort_name.eq(now))
                .execute(conn)?;
        }
        let mut texts = vec![name.as_str(), official.as_deref().unwrap_or_default()];
        for alias in city_aliases(&id) {
            texts.push(alias);
        }
        search::renew(conn, PUBLIC, GOVERNMENTS, &id, &texts)?;
    }
    Ok(())
}

/// Government, id, kind, level, country, name, folded name, visibility, whether it was retired.
type Partner = (
    (String, String, String, String, String),
    (String, String, String, bool),
);

/// Two counterparts that were told apart by an apostrophe alone both stay: the second keeps the
/// folded name that it has.
pub(super) fn counterparts(conn: &mut Conn) -> Outcome<()> {
    let mut after = (String::new(), String::new());
    loop {
        let rows: Vec<Partner> = counterparts::table
            .filter(counterparts::tenant_id.ge(&after.0))
            .filter(
                counterparts::tenant_id
                    .gt(&after.0)
                    .or(counterparts::id.gt(&after.1)),
            )
            .order((counterparts::tenant_id, counterparts::id))
            .limit(PAGE)
            .select((
                (
                    counterparts::tenant_id,
                    counterparts::id,
                    counterparts::kind,
                    counterparts::level,
                    counterparts::country,
                ),
                (
                    counterparts::name,
                    counterparts::sort_name,
                    counterparts::visibility,
                    counterparts::retired_at.is_not_null(),
                ),
            ))
            .load(conn)?;
        let Some((last, _)) = rows.last() else {
            return Ok(());
        };
        after = (last.0.clone(), last.1.clone());
        for row in &rows {
            renew_partner(conn, row)?;
        }
    }
}

fn renew_partner(conn: &mut Conn, row: &Partner) -> Outcome<()> {
    let ((tenant, id, kind, level, country), (name, sort_name, visibility, retired)) = row;
    let now = text::fold(name);
    if now != *sort_name {
        let twin = counterparts::table
            .filter(counterparts::tenant_id.eq(tenant))
            .filter(counterparts::kind.eq(kind))
            .filter(counterparts::level.eq(level))
            .filter(counterparts::country.eq(country))
            .filter(counterparts::sort_name.eq(&now))
            .filter(counterparts::retired_at.is_null());
        let taken: bool = diesel::select(diesel::dsl::exists(twin)).get_result(conn)?;
        if *retired || !taken {
            diesel::update(counterparts::table.find((tenant, id)))
                .set(counterparts::sort_name.eq(now))
                .execute(conn)?;
        }
    }
    for viewer in [tenant.clone(), format!("visibility:{visibility}")] {
        search::renew(conn, &viewer, partners::KIND, id, &[name])?;
    }
    Ok(())
}
