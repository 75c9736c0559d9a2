//! The compliance board: municipalities by name, each with what the caller sees of it. Counts start
//! at the caller's own access rows, never at the cases.

use super::governments;
use crate::barrier::tenant_eq;
use crate::failure::{Outcome, known};
use crate::schema::{agreement_access as access, consolidation_facets as facets};
use crate::tx::ReadTx;
use chrono::NaiveDateTime;
use diesel::dsl::{count_star, min};
use diesel::prelude::*;
use std::collections::HashMap;
use vinculo_domain::TenantId;
use vinculo_domain::agreements::Stage;
use vinculo_domain::clock::mexican_day;
use vinculo_domain::compliance::{ComplianceCounts, ComplianceLine, StageGroup};
use vinculo_domain::governments::Government;
use vinculo_domain::page::{Page, PageRequest};

/// What the caller sees of one municipality.
#[derive(Default)]
struct Seen {
    counts: ComplianceCounts,
    waiting_since: Option<NaiveDateTime>,
}

/// One page, by name: all municipalities for the ministry, its own for a state, only its own line
/// for a municipality; `states`, if any are named, narrow it.
pub fn list(
    tx: &mut ReadTx<'_>,
    states: &[TenantId],
    page: &PageRequest,
) -> Outcome<Page<ComplianceLine>> {
    let found = governments::municipalities(tx, states, page)?;
    let ids: Vec<String> = found.items.iter().map(|one| one.id.to_string()).collect();
    let mut seen = seen(tx, &ids)?;
    let inscribed = inscribed(tx, &ids)?;
    let today = mexican_day(tx.now);
    let line = |government: Government| {
        let key = government.id.to_string();
        let Seen {
            counts,
            waiting_since,
        } = seen.remove(&key).unwrap_or_default();
        let oldest = waiting_since.map(|at| (today - mexican_day(at.and_utc())).num_days());
        let inscriptions = inscribed.get(&key).copied().unwrap_or(0);
        let light = ComplianceLine::light_of(&counts, oldest, inscriptions);
        ComplianceLine {
            government_id: government.id,
            name: government.name,
            state_id: government.parent_id,
            cases: counts,
            oldest_waiting_days: oldest,
            inscriptions,
            light,
            rule: (&light.rule()).into(),
        }
    };
    Ok(found.map(line))
}

fn seen(tx: &mut ReadTx<'_>, owners: &[String]) -> Outcome<HashMap<String, Seen>> {
    type Columns = (String, String, String, i64, Option<NaiveDateTime>);
    let rows: Vec<Columns> = access::table
        .filter(tenant_eq(access::viewer_tenant, tx.scope.tenant().as_str()))
        .filter(access::owner_tenant.eq_any(owners))
        .filter(access::recorded_in_error.eq(false))
        .group_by((access::owner_tenant, access::stage, access::compliance))
        .select((
            access::owner_tenant,
            access::stage,
            access::compliance,
            count_star(),
            min(access::changed_at),
        ))
        .load(tx.conn)?;
    let mut found: HashMap<String, Seen> = HashMap::new();
    for (owner, stage, compliance, cases, oldest) in rows {
        let stage: Stage = known(&stage)?;
        let seen = found.entry(owner).or_default();
        seen.counts.add(stage, known(&compliance)?, cases);
        if StageGroup::of(stage).waits() {
            let both = [seen.waiting_since, oldest];
            seen.waiting_since = both.into_iter().flatten().min();
        }
    }
    Ok(found)
}

/// The number of inscriptions of each, as the registry's list finds them today: a party that left
/// does not count.
fn inscribed(tx: &mut ReadTx<'_>, ids: &[String]) -> Outcome<HashMap<String, i64>> {
    let rows: Vec<(String, i64)> = facets::table
        .filter(facets::facet.eq("municipality"))
        .filter(facets::value.eq_any(ids))
        .group_by(facets::value)
        .select((facets::value, count_star()))
        .load(tx.conn)?;
    Ok(rows.into_iter().collect())
}
