//! What the cases that the caller has access to tell of the circle of a government. Each is read as
//! the caller sees it: the draft on the owner's side, what was sent for reviewers. A case that was
//! only announced to the caller adds nothing.

use super::cases::Access;
use super::{draft, submissions};
use crate::barrier::tenant_eq;
use crate::conn::MultiBackend;
use crate::dialect::Opened;
use crate::failure::{Outcome, id, known};
use crate::schema::{agreement_access as access, agreement_grants as grants};
use crate::stores::counterparts;
use crate::stores::mechanisms::date;
use crate::tx::ReadTx;
use crate::{dialect, failure};
use diesel::prelude::*;
use vinculo_domain::TenantId;
use vinculo_domain::agreements::{Level, Seat, Stage};
use vinculo_domain::counterparts::CounterpartCard;
use vinculo_domain::relations::Tie;

/// How many cases are read at a time.
const AT_A_TIME: i64 = 200;
/// The registry covers inscribed ones; ended or unconfirmed cases are no relation.
const LEFT_OUT: [Stage; 5] = [
    Stage::Registered,
    Stage::Withdrawn,
    Stage::OutOfScope,
    Stage::Abandoned,
    Stage::Reported,
];

/// What one case adds.
pub(crate) struct CaseTies {
    pub(crate) tie: Tie,
    pub(crate) parties: Vec<TenantId>,
    pub(crate) counterparts: Vec<CounterpartCard>,
    /// The governments that it was sent to.
    pub(crate) sent_to: Vec<TenantId>,
}

/// Passes the cases led by a government to `take`, some at a time.
pub(crate) fn each_case(
    tx: &mut ReadTx<'_>,
    government: &TenantId,
    mut take: impl FnMut(&mut ReadTx<'_>, CaseTies) -> Outcome<()>,
) -> Outcome<()> {
    let viewer = tx.scope.tenant().clone();
    let ended: Vec<&'static str> = LEFT_OUT.iter().map(Into::into).collect();
    // An announcement names neither the other parties nor the kind of its counterpart.
    let told: &'static str = Level::Summary.into();
    let mut last: Option<Access> = None;
    loop {
        let mut query = access::table
            .filter(tenant_eq(access::viewer_tenant, viewer.as_str()))
            .filter(access::owner_tenant.eq(government.as_str().to_owned()))
            .filter(access::level.ne(told))
            .into_boxed::<MultiBackend>();
        if let Some(Access {
            updated_at,
            agreement_id,
            ..
        }) = last.clone()
        {
            query = query.filter(access::updated_at.le(updated_at)).filter(
                access::updated_at
                    .lt(updated_at)
                    .or(access::agreement_id.lt(agreement_id)),
            );
        }
        let rows: Vec<Access> = query
            .order((access::updated_at.desc(), access::agreement_id.desc()))
            .limit(AT_A_TIME)
            .select(Access::as_select())
            .load(tx.conn)?;
        for row in rows
            .iter()
            .filter(|row| !ended.contains(&row.stage.as_str()))
        {
            let ties = ties(tx, row)?;
            take(tx, ties)?;
        }
        if rows.len() < usize::try_from(AT_A_TIME).unwrap_or(0) {
            // The transaction returns to the caller's own context.
            dialect::set_tenant_context(
                tx.conn,
                viewer.as_str(),
                viewer.as_str(),
                Opened::Nothing,
            )?;
            return Ok(());
        }
        last = rows.into_iter().last();
    }
}

fn ties(tx: &mut ReadTx<'_>, row: &Access) -> Outcome<CaseTies> {
    let (owner, case) = (row.owner(), id(&row.agreement_id)?);
    tx.look_at(&owner, case)?;
    let mut found = CaseTies {
        tie: Tie {
            kind: known(&row.kind)?,
            signed_on: Some(row.signed_on.as_str())
                .filter(|day| !day.is_empty())
                .map(date)
                .transpose()?,
            number: None,
        },
        parties: Vec::new(),
        counterparts: Vec::new(),
        sent_to: Vec::new(),
    };
    let content = if row.level()? == Level::Full {
        found.counterparts =
            counterparts::cards_of_case(tx.conn, owner.as_str(), &row.agreement_id)?;
        found.sent_to = reviewers(tx, row)?;
        Some(draft::read(tx.conn, owner.as_str(), &row.agreement_id)?)
    } else {
        let sent = submissions::newest_for(tx.conn, &row.viewer_tenant, case)?;
        found.sent_to = vec![TenantId::new(&row.viewer_tenant)];
        sent.map(|sent| {
            found.counterparts = sent.counterparts;
            found.sent_to.push(sent.sent_to);
            sent.content
        })
    };
    let parties = content.map(|content| content.parties).unwrap_or_default();
    found.parties = parties
        .into_iter()
        .map(|party| party.government_id)
        .collect();
    Ok(found)
}

/// Who reviews or was told of a case: all of them for its owner, none for another party, because
/// only the owner may know the grants of others.
fn reviewers(tx: &mut ReadTx<'_>, row: &Access) -> Outcome<Vec<TenantId>> {
    if row.viewer_tenant != row.owner_tenant {
        return Ok(Vec::new());
    }
    let seats: [&'static str; 2] = [Seat::StateReviewer.into(), Seat::Federal.into()];
    let found: Vec<String> = grants::table
        .filter(grants::tenant_id.eq(&row.owner_tenant))
        .filter(grants::agreement_id.eq(&row.agreement_id))
        .filter(grants::reason.eq_any(seats))
        .filter(grants::until.is_null())
        .select(grants::viewer_tenant)
        .distinct()
        .load(tx.conn)
        .map_err(failure::Failure::from)?;
    Ok(found.into_iter().map(TenantId::new).collect())
}
