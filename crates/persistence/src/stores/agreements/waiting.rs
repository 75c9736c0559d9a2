//! What waits for a government, and how much it has access to: the beginnings of its lists.

use super::cases::Access;
use super::lines::Kept;
use crate::barrier::tenant_eq;
use crate::conn::Conn;
use crate::failure::{Outcome, id};
use crate::schema::{agreement_access as access, agreement_grants as grants};
use crate::tx::ReadTx;
use diesel::prelude::*;
use std::cmp::Reverse;
use strum::VariantArray;
use vinculo_auth::Scope;
use vinculo_domain::agreements::{AgreementSummary, Level, Seat, Stage};
use vinculo_domain::{Role, Tier};

/// Stages in which a case waits for its owner.
const OWNERS: [Stage; 8] = [
    Stage::Draft,
    Stage::Returned,
    Stage::Observed,
    Stage::OpinionFavorable,
    Stage::OpinionUnfavorable,
    Stage::Signed,
    Stage::Reported,
    Stage::Abandoned,
];
/// Stages in which a case may wait for another party's confirmation.
const PARTIES: [Stage; 2] = [Stage::Draft, Stage::OpinionFavorable];

/// The first rows of a query, in the order in which [`held`] lists them.
macro_rules! pressing {
    ($tx:expr, $query:expr, $limit:expr) => {
        $query
            .order((
                access::priority.desc(),
                access::due_on.asc(),
                access::updated_at.desc(),
                access::agreement_id.desc(),
            ))
            .limit($limit)
            .select(Access::as_select())
            .load::<Access>($tx.conn)?
    };
}

fn words(stages: &[Stage]) -> Vec<&'static str> {
    stages.iter().map(Into::into).collect()
}

/// The stages of these in which somebody with `role` acts from a seat; all of them for no role.
fn for_role(scope: &Scope, role: Option<Role>, seat: Seat, stages: &[Stage]) -> Vec<&'static str> {
    let (Some(role), Some(actor)) = (role, scope.actor()) else {
        return words(stages);
    };
    let acting = actor.stages_for(role, seat);
    let kept = stages.iter().filter(|stage| acting.contains(stage));
    kept.map(Into::into).collect()
}

/// The cases that wait for the caller's government as owner or reviewer, or for one role of it: what
/// is urgent first, then what is due first, then the latest change; at most `limit`.
pub(crate) fn held(
    tx: &mut ReadTx<'_>,
    role: Option<Role>,
    limit: i64,
) -> Outcome<Vec<AgreementSummary>> {
    let me = tx.scope.tenant().as_str().to_owned();
    let mut found: Vec<Access> = Vec::new();
    // Stage by stage, because the index gives the order within one.
    for stage in for_role(tx.scope, role, Seat::Owner, &OWNERS) {
        let own = access::table
            .filter(tenant_eq(access::viewer_tenant, &me))
            .filter(access::owner_tenant.eq(&me))
            .filter(access::stage.eq(stage));
        found.extend(pressing!(tx, own, limit));
    }
    let (seat, reviews): (Seat, &[Stage]) = match tx.scope.actor().map(|actor| actor.tier) {
        Some(Tier::State) => (Seat::StateReviewer, &[Stage::StateReview]),
        Some(Tier::Federal) => (
            Seat::Federal,
            &[
                Stage::FederalIntake,
                Stage::LegalReview,
                Stage::PendingRegistration,
            ],
        ),
        _ => (Seat::Owner, &[]),
    };
    for stage in for_role(tx.scope, role, seat, reviews) {
        let received = access::table
            .filter(tenant_eq(access::viewer_tenant, &me))
            .filter(access::stage.eq(stage))
            .filter(access::level.ne("summary"));
        found.extend(pressing!(tx, received, limit));
    }
    summaries(tx, found, limit)
}

/// The drafts that other governments announced to the caller's (LCT article 7), the latest first,
/// at most `limit`.
pub(crate) fn announced(tx: &mut ReadTx<'_>, limit: i64) -> Outcome<Vec<AgreementSummary>> {
    let (draft, told): (&'static str, &'static str) = (Stage::Draft.into(), Level::Summary.into());
    let rows: Vec<Access> = access::table
        .filter(tenant_eq(access::viewer_tenant, tx.scope.tenant().as_str()))
        .filter(access::stage.eq(draft))
        .filter(access::level.eq(told))
        .order((access::updated_at.desc(), access::agreement_id.desc()))
        .limit(limit)
        .select(Access::as_select())
        .load(tx.conn)?;
    for row in &rows {
        tx.disclose(&row.owner(), Some(id(&row.agreement_id)?));
    }
    with_kept(tx, rows)
}

/// The cases in which the caller's government may have to confirm as another party, unless one role
/// of it is asked for that does not confirm. The ministry is skipped: it has a grant in nearly every
/// case.
pub(crate) fn joined(
    tx: &mut ReadTx<'_>,
    role: Option<Role>,
    limit: i64,
) -> Outcome<Vec<AgreementSummary>> {
    let confirms = match (role, tx.scope.actor()) {
        (Some(role), Some(actor)) => actor.confirms_as(role),
        _ => true,
    };
    if tx.scope.is_sre() || !confirms {
        return Ok(Vec::new());
    }
    let me = tx.scope.tenant().as_str().to_owned();
    let party: &'static str = Seat::Party.into();
    let cases = grants::table
        .filter(tenant_eq(grants::viewer_tenant, &me))
        .filter(grants::reason.eq(party))
        .filter(grants::until.is_null())
        .select(grants::agreement_id);
    let theirs = access::table
        .filter(tenant_eq(access::viewer_tenant, &me))
        .filter(access::stage.eq_any(words(&PARTIES)))
        .filter(access::agreement_id.eq_any(cases));
    let found = pressing!(tx, theirs, limit);
    summaries(tx, found, limit)
}

fn summaries(
    tx: &mut ReadTx<'_>,
    mut found: Vec<Access>,
    limit: i64,
) -> Outcome<Vec<AgreementSummary>> {
    let later = |one: &Access| Reverse((one.updated_at, one.agreement_id.clone()));
    found.sort_by_cached_key(|one| {
        let urgency = Reverse(one.priority.clone());
        (urgency, one.due_on.clone(), later(one))
    });
    found.truncate(usize::try_from(limit).unwrap_or(0));
    with_kept(tx, found)
}

/// The summaries of these cases, each with what the caller's government keeps of it.
fn with_kept(tx: &mut ReadTx<'_>, rows: Vec<Access>) -> Outcome<Vec<AgreementSummary>> {
    let cases: Vec<String> = rows.iter().map(|row| row.agreement_id.clone()).collect();
    let mut kept = Kept::of(tx.conn, tx.scope.tenant(), &cases)?;
    let mut summaries = Vec::with_capacity(rows.len());
    for row in rows {
        let mut summary = row.summary()?;
        kept.add_to(&mut summary);
        summaries.push(summary);
    }
    Ok(summaries)
}

/// The number of accessible cases in each stage, counted up to `most` and one more.
pub(crate) fn by_stage(tx: &mut ReadTx<'_>, most: i64) -> Outcome<Vec<(Stage, i64)>> {
    let me = tx.scope.tenant().as_str().to_owned();
    let mut counts = Vec::new();
    for stage in Stage::VARIANTS {
        let cases = count(tx.conn, &me, *stage, most + 1)?;
        if cases > 0 {
            counts.push((*stage, cases));
        }
    }
    Ok(counts)
}

fn count(conn: &mut Conn, viewer: &str, stage: Stage, most: i64) -> Outcome<i64> {
    let stage: &'static str = stage.into();
    let ids: Vec<String> = access::table
        .filter(tenant_eq(access::viewer_tenant, viewer))
        .filter(access::stage.eq(stage))
        .filter(access::recorded_in_error.eq(false))
        .limit(most)
        .select(access::agreement_id)
        .load(conn)?;
    Ok(i64::try_from(ids.len()).unwrap_or(most))
}
