//! What a recorder may know of an earlier record of the same agreement. A file may be brought in again
//! after some of what it brought in was corrected or withdrawn: its rows are recognised by what they
//! said the first time, so that no error comes back.

use super::recording::{Named, PastAgreement};
use crate::barrier::tenant_eq;
use crate::failure::{Outcome, id};
use crate::schema::{agreement_access as access, agreements, import_rows};
use crate::tx::WriteTx;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::counterparts::CounterpartFields;
use vinculo_domain::text;

/// An earlier record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Recalled {
    /// It stands; `corrected` if it says something else by now.
    Standing { id: Uuid, corrected: bool },
    /// It was withdrawn as recorded in error.
    Withdrawn(Uuid),
}

/// The same agreement, if the recorder may know of it: its own, or one that it brought in and still
/// has access to. One that stands comes before one that was withdrawn.
pub(crate) fn recall(tx: &mut WriteTx<'_>, past: &PastAgreement) -> Outcome<Option<Recalled>> {
    let mut found = own(tx, past)?;
    found.extend(brought_in(tx, past)?);
    let stands = |one: &Recalled| matches!(one, Recalled::Standing { .. });
    if let Some(standing) = found.iter().copied().find(stands) {
        return Ok(Some(standing));
    }
    let Some(withdrawn) = found.first().copied() else {
        return Ok(None);
    };
    // Somebody may have recorded it by itself since it was withdrawn.
    let since = listed(tx, past)?.map(|id| Recalled::Standing {
        id,
        corrected: false,
    });
    Ok(since.or(Some(withdrawn)))
}

/// The recorder's own records with this fingerprint.
fn own(tx: &mut WriteTx<'_>, past: &PastAgreement) -> Outcome<Vec<Recalled>> {
    let actor = tx.scope.tenant().as_str();
    if past.owner.as_str() != actor {
        return Ok(Vec::new());
    }
    let rows: Vec<(String, bool)> = agreements::table
        .filter(tenant_eq(agreements::tenant_id, actor))
        .filter(agreements::fingerprint.eq(&past.fingerprint))
        .filter(agreements::retired_at.is_null())
        .order(agreements::id.desc())
        .select((agreements::id, agreements::recorded_in_error))
        .load(tx.conn)?;
    let recalled = |(agreement, in_error): (String, bool)| {
        let id = id(&agreement)?;
        Ok(if in_error {
            Recalled::Withdrawn(id)
        } else {
            Recalled::Standing {
                id,
                corrected: false,
            }
        })
    };
    rows.into_iter().map(recalled).collect()
}

/// Agreement, whether it was withdrawn in error, kind, country, counterparts, date.
type Seen = (String, bool, String, String, String, String);

/// What the recorder brought in from files under this fingerprint. A report that its reporter took
/// back may be made again.
fn brought_in(tx: &mut WriteTx<'_>, past: &PastAgreement) -> Outcome<Vec<Recalled>> {
    let actor = tx.scope.tenant().as_str();
    let rows: Vec<Seen> = import_rows::table
        .inner_join(
            access::table.on(access::viewer_tenant.eq(import_rows::tenant_id).and(
                access::agreement_id
                    .nullable()
                    .eq(import_rows::agreement_id),
            )),
        )
        .filter(tenant_eq(import_rows::tenant_id, actor))
        .filter(import_rows::fingerprint.eq(&past.fingerprint))
        .filter(import_rows::result.eq("imported"))
        .filter(
            access::stage
                .ne("withdrawn")
                .or(access::recorded_in_error.eq(true)),
        )
        .order(import_rows::batch_id.desc())
        .select((
            access::agreement_id,
            access::recorded_in_error,
            access::kind,
            access::country,
            access::counterpart,
            access::signed_on,
        ))
        .load(tx.conn)?;
    let recalled = |row: Seen| {
        let id = id(&row.0)?;
        Ok(if row.1 {
            Recalled::Withdrawn(id)
        } else {
            Recalled::Standing {
                id,
                corrected: says_otherwise(&row, past),
            }
        })
    };
    rows.into_iter().map(recalled).collect()
}

/// The record that stands in the way of a new one, if the recorder reads it, whoever recorded it: the
/// one that says the same.
pub(super) fn in_the_way(tx: &mut WriteTx<'_>, past: &PastAgreement) -> Outcome<Option<Uuid>> {
    if let Some(Recalled::Standing { id, .. }) = recall(tx, past)? {
        return Ok(Some(id));
    }
    listed(tx, past)
}

/// A record in the recorder's lists that says the same.
fn listed(tx: &mut WriteTx<'_>, past: &PastAgreement) -> Outcome<Option<Uuid>> {
    let kind: &'static str = past.kind.into();
    let day = past.signed_on.as_ref().map_or("", |day| day.as_str());
    let rows: Vec<Seen> = access::table
        .filter(tenant_eq(access::viewer_tenant, tx.scope.tenant().as_str()))
        .filter(access::owner_tenant.eq(past.owner.as_str()))
        .filter(access::kind.eq(kind))
        .filter(access::signed_on.eq(day))
        .filter(access::stage.ne("withdrawn"))
        .order(access::agreement_id)
        .select((
            access::agreement_id,
            access::recorded_in_error,
            access::kind,
            access::country,
            access::counterpart,
            access::signed_on,
        ))
        .load(tx.conn)?;
    let same = rows.iter().find(|row| !says_otherwise(row, past));
    same.map(|row| id(&row.0)).transpose()
}

/// Whether a record no longer says what the file says, in what an agreement is recognised by.
fn says_otherwise((_, _, kind, country, named, signed_on): &Seen, past: &PastAgreement) -> bool {
    let word: &'static str = past.kind.into();
    let day = past.signed_on.as_ref().map_or("", |day| day.as_str());
    let described = past.counterparts.iter().filter_map(Named::described);
    let described: Vec<&CounterpartFields> = described.collect();
    let first = described.first().and_then(|one| one.country.as_deref());
    let names: Vec<&str> = described.iter().map(|one| one.name.as_str()).collect();
    kind != word
        || signed_on != day
        || country != first.unwrap_or_default()
        || text::compact(named) != text::compact(&names.join("; "))
}
