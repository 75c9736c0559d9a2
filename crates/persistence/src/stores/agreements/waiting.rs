//! What waits for a government, and how much it has access to: the beginnings of its lists.

use super::cases::Access;
use super::lines::Kept;
use crate::barrier::tenant_eq;
use crate::conn::Conn;
use crate::failure::Outcome;
use crate::schema::{agreement_access as access, agreement_grants as grants};
use crate::tx::ReadTx;
use diesel::prelude::*;
use strum::VariantArray;
use vinculo_domain::Tier;
use vinculo_domain::agreements::{AgreementSummary, Seat, Stage};

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

fn words(stages: &[Stage]) -> Vec<&'static str> {
    stages.iter().map(Into::into).collect()
}

/// The cases that wait for the caller's government as owner or reviewer, latest change first, at
/// most `limit`.
pub(crate) fn held(tx: &mut ReadTx<'_>, limit: i64) -> Outcome<Vec<AgreementSummary>> {
    let me = tx.scope.tenant().as_str().to_owned();
    let mut found: Vec<Access> = access::table
        .filter(tenant_eq(access::viewer_tenant, &me))
        .filter(access::owner_tenant.eq(&me))
        .filter(access::stage.eq_any(words(&OWNERS)))
        .order((access::updated_at.desc(), access::agreement_id.desc()))
        .limit(limit)
        .select(Access::as_select())
        .load(tx.conn)?;
    let reviews: &[Stage] = match tx.scope.actor().map(|actor| actor.tier) {
        Some(Tier::State) => &[Stage::StateReview],
        Some(Tier::Federal) => &[
            Stage::FederalIntake,
            Stage::LegalReview,
            Stage::PendingRegistration,
        ],
        _ => &[],
    };
    for stage in words(reviews) {
        let received: Vec<Access> = access::table
            .filter(tenant_eq(access::viewer_tenant, &me))
            .filter(access::stage.eq(stage))
            .filter(access::level.ne("summary"))
            .order((access::updated_at.desc(), access::agreement_id.desc()))
            .limit(limit)
            .select(Access::as_select())
            .load(tx.conn)?;
        found.extend(received);
    }
    summaries(tx, found, limit)
}

/// The cases in which the caller's government may have to confirm as another party. The ministry is
/// skipped: it has a grant in nearly every case.
pub(crate) fn joined(tx: &mut ReadTx<'_>, limit: i64) -> Outcome<Vec<AgreementSummary>> {
    if tx.scope.is_sre() {
        return Ok(Vec::new());
    }
    let me = tx.scope.tenant().as_str().to_owned();
    let party: &'static str = Seat::Party.into();
    let cases = grants::table
        .filter(tenant_eq(grants::viewer_tenant, &me))
        .filter(grants::reason.eq(party))
        .filter(grants::until.is_null())
        .select(grants::agreement_id);
    let found: Vec<Access> = access::table
        .filter(tenant_eq(access::viewer_tenant, &me))
        .filter(access::stage.eq_any(words(&PARTIES)))
        .filter(access::agreement_id.eq_any(cases))
        .order((access::updated_at.desc(), access::agreement_id.desc()))
        .limit(limit)
        .select(Access::as_select())
        .load(tx.conn)?;
    summaries(tx, found, limit)
}

fn summaries(
    tx: &mut ReadTx<'_>,
    mut found: Vec<Access>,
    limit: i64,
) -> Outcome<Vec<AgreementSummary>> {
    found.sort_by(|one, other| {
        (other.updated_at, &other.agreement_id).cmp(&(one.updated_at, &one.agreement_id))
    });
    found.truncate(usize::try_from(limit).unwrap_or(0));
    let cases: Vec<String> = found.iter().map(|row| row.agreement_id.clone()).collect();
    let mut kept = Kept::of(tx.conn, tx.scope.tenant(), &cases)?;
    let mut summaries = Vec::with_capacity(found.len());
    for row in found {
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
        .limit(most)
        .select(access::agreement_id)
        .load(conn)?;
    Ok(i64::try_from(ids.len()).unwrap_or(most))
}
