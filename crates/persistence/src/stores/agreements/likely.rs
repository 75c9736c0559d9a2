//! Records that may be the agreement that is about to be recorded: with the same counterparts, and a
//! date that may be the same. Only records in the caller's own lists are looked at, so that nobody
//! learns of another (docs/adr/0027).

use super::recording::PastAgreement;
use crate::barrier::tenant_eq;
use crate::dialect;
use crate::failure::{Outcome, id, known};
use crate::schema::agreement_access as access;
use crate::tx::WriteTx;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::TenantId;
use vinculo_domain::agreements::{AgreementKind, Likely, Likeness};

/// A record in the caller's sight.
pub(crate) struct Alike {
    pub(crate) id: Uuid,
    pub(crate) title: String,
    pub(crate) signed_on: String,
}

/// What is looked for.
pub(super) struct Wanted<'a> {
    pub(super) owner: &'a TenantId,
    pub(super) kind: AgreementKind,
    /// Names, each with its country; empty where there is none.
    pub(super) partners: Vec<(&'a str, &'a str)>,
    /// Empty where it is not known.
    pub(super) signed_on: &'a str,
    /// The record that is being corrected.
    pub(super) but: Option<Uuid>,
}

/// Agreement, title, counterparts, date, stage.
type Seen = (String, String, String, String, String);

/// The record that may be the same; none where one is the same, which is refused as such. Others who
/// record for the same government wait, so that two at once see each other.
pub(super) fn alike(tx: &mut WriteTx<'_>, wanted: &Wanted<'_>) -> Outcome<Option<Alike>> {
    dialect::lock_government(tx.conn, wanted.owner.as_str())?;
    let kind: &'static str = wanted.kind.into();
    let (names, countries): (Vec<&str>, Vec<&str>) = wanted.partners.iter().copied().unzip();
    let rows: Vec<Seen> = access::table
        .filter(tenant_eq(access::viewer_tenant, tx.scope.tenant().as_str()))
        .filter(access::owner_tenant.eq(wanted.owner.as_str()))
        .filter(access::country.eq_any(countries))
        .filter(access::kind.eq(kind))
        .filter(access::stage.ne("withdrawn"))
        .filter(access::recorded_in_error.eq(false))
        .order(access::agreement_id)
        .select((
            access::agreement_id,
            access::title,
            access::counterpart,
            access::signed_on,
            access::stage,
        ))
        .load(tx.conn)?;
    let likeness = Likeness::new(&names, wanted.signed_on);
    let mut found = None;
    for (agreement, title, counterpart, signed_on, stage) in rows {
        let agreement = id(&agreement)?;
        if wanted.but == Some(agreement) {
            continue;
        }
        match likeness.to(&counterpart, &signed_on, known(&stage)?) {
            Likely::Other => {}
            Likely::Same => return Ok(None),
            Likely::Perhaps => {
                found.get_or_insert(Alike {
                    id: agreement,
                    title,
                    signed_on,
                });
            }
        }
    }
    Ok(found)
}

/// The same for an agreement of a file, whose counterparts are all described.
pub(crate) fn alike_of_row(tx: &mut WriteTx<'_>, past: &PastAgreement) -> Outcome<Option<Alike>> {
    let described = past.counterparts.iter().filter_map(|one| one.described());
    let partners = described
        .map(|fields| {
            let country = fields.country.as_deref().unwrap_or_default();
            (fields.name.as_str(), country)
        })
        .collect();
    let day = past.signed_on.as_ref();
    let wanted = Wanted {
        owner: &past.owner,
        kind: past.kind,
        partners,
        signed_on: day.map_or("", |day| day.as_str()),
        but: None,
    };
    alike(tx, &wanted)
}
