//! Comparison of versions of the texts, only those that the caller has access to.

use super::cases::{self, Access, Case};
use super::clauses;
use super::texts::{self, Which};
use crate::conn::Conn;
use crate::failure::{Outcome, id};
use crate::schema::{opinions, submissions};
use crate::tx::{ReadTx, WriteTx};
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::agreements::{Level, Seat};
use vinculo_domain::refusal::Admitted;
use vinculo_domain::text_comparison::{TextComparison, compare, differs};
use vinculo_domain::texts::{FullTextSet, TextSet};
use vinculo_domain::wording;
use vinculo_domain::{FieldError, Refusal};

/// Compares two versions. The default is the newest version with the one that the newest favourable
/// opinion was given on, or with the previous one if the caller knows of no opinion. Also gives the
/// version of the case that the caller may know.
pub fn get_text_comparison(
    tx: &mut ReadTx<'_>,
    agreement: Uuid,
    from: Option<i32>,
    to: Option<i32>,
) -> Outcome<(TextComparison, i32)> {
    let access = cases::look(tx, agreement)?;
    let to = match to {
        Some(number) => Some(wanted(tx.conn, &access, "to", number)?),
        None => texts::seen(tx.conn, &access, Which::Newest)?,
    };
    let from = match (from, &to) {
        (Some(number), _) => Some(wanted(tx.conn, &access, "from", number)?),
        (None, Some(to)) => earlier(tx.conn, &access, to.number)?,
        (None, None) => None,
    };
    let (Some(from), Some(to)) = (from, to) else {
        let nothing = TextComparison {
            agreement_id: agreement,
            from: None,
            to: None,
            differs: None,
            languages: Vec::new(),
        };
        return Ok((nothing, access.version));
    };
    let from = with_clauses(tx.conn, &access, from)?;
    let to = with_clauses(tx.conn, &access, to)?;
    let found = compare(id(&access.agreement_id)?, &from, &to);
    Ok((found, access.version))
}

/// A version by its number; without access it is refused as if it did not exist.
fn wanted(conn: &mut Conn, access: &Access, name: &str, number: i32) -> Outcome<TextSet> {
    let found = texts::seen(conn, access, Which::Numbered(number))?;
    found.ok_or_else(|| {
        let said = wording::review::no_version();
        let list = format!("/v1/agreements/{}/text-sets", access.agreement_id);
        let error = FieldError::new(name, "unknown_key", said);
        Refusal::from(error.admitting(Admitted::only_at(list))).into()
    })
}

/// What the version `to` is compared with by default.
fn earlier(conn: &mut Conn, access: &Access, to: i32) -> Outcome<Option<TextSet>> {
    let opined = match opined_set(conn, access)?.filter(|number| *number <= to) {
        Some(number) => texts::seen(conn, access, Which::Numbered(number))?,
        None => None,
    };
    if opined.is_some() {
        return Ok(opined);
    }
    match texts::seen(conn, access, Which::UpTo(to - 1))? {
        Some(before) => Ok(Some(before)),
        None => texts::seen(conn, access, Which::Numbered(to)),
    }
}

fn with_clauses(conn: &mut Conn, access: &Access, set: TextSet) -> Outcome<FullTextSet> {
    clauses::of_set(conn, &access.owner_tenant, &access.agreement_id, set)
}

/// The version that the newest favourable opinion was given on, if the viewer reads the opinion.
fn opined_set(conn: &mut Conn, access: &Access) -> Outcome<Option<i32>> {
    let reads =
        access.level()? == Level::Full || cases::seats(conn, access)?.contains(&Seat::Federal);
    if !reads {
        return Ok(None);
    }
    let sent = submissions::tenant_id
        .eq(opinions::tenant_id)
        .and(submissions::agreement_id.eq(opinions::agreement_id))
        .and(submissions::number.eq(opinions::submission));
    let found: Option<Option<i32>> = opinions::table
        .inner_join(submissions::table.on(sent))
        .filter(opinions::tenant_id.eq(&access.owner_tenant))
        .filter(opinions::agreement_id.eq(&access.agreement_id))
        .filter(opinions::result.ne("unfavorable"))
        .order(opinions::id.desc())
        .select(submissions::text_set)
        .first(conn)
        .optional()?;
    Ok(found.flatten())
}

/// The version of the opinion and the signed one, if the viewer may know both.
fn reviewed_and_signed(
    conn: &mut Conn,
    access: &Access,
) -> Outcome<Option<(FullTextSet, FullTextSet)>> {
    let Some(signed) = texts::seen(conn, access, Which::NewestSigned)? else {
        return Ok(None);
    };
    let Some(number) = opined_set(conn, access)? else {
        return Ok(None);
    };
    let Some(reviewed) = texts::seen(conn, access, Which::Numbered(number))? else {
        return Ok(None);
    };
    let reviewed = with_clauses(conn, access, reviewed)?;
    Ok(Some((reviewed, with_clauses(conn, access, signed)?)))
}

/// Whether the signed text differs from the one of the opinion, as far as the viewer may know.
pub(super) fn signed_text_differs(conn: &mut Conn, access: &Access) -> Outcome<Option<bool>> {
    let both = reviewed_and_signed(conn, access)?;
    Ok(both.and_then(|(reviewed, signed)| differs(&reviewed, &signed)))
}

/// The registrar cannot declare the text the same if its clauses differ.
pub(super) fn require_match(tx: &mut WriteTx<'_>, case: &Case, text_matches: bool) -> Outcome<()> {
    if !text_matches {
        return Ok(());
    }
    let Some((reviewed, signed)) = reviewed_and_signed(tx.conn, &case.access)? else {
        return Ok(());
    };
    if differs(&reviewed, &signed) != Some(true) {
        return Ok(());
    }
    let (from, to) = (reviewed.number, signed.number);
    let place = format!(
        "/v1/agreements/{}/text-comparison?from={from}&to={to}",
        case.id
    );
    Err(Refusal::field(
        "/text_matches",
        "text_differs",
        wording::signing::text_differs(place),
    )
    .into())
}
