//! Pairs of agreements of one government: the candidates, and what is compared of them, read for many
//! pairs at once.

use super::resolutions::{self, Row};
use crate::barrier::tenant_eq;
use crate::conn::{Conn, MultiBackend};
use crate::failure::{Outcome, id, known};
use crate::schema::{
    agreement_access as access, agreement_counterparts as named, agreement_drafts as drafts,
    consolidations, counterparts, overlap_resolutions as decided,
};
use crate::stores::mechanisms::date;
use chrono::NaiveDate;
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;
use vinculo_domain::TenantId;
use vinculo_domain::agreements::{AgreementContent, Stage};
use vinculo_domain::overlaps::{
    AgreementPeriod, Compared, Overlap, OverlapShared, OverlappingAgreement, SharedCounterpart,
    shared,
};
use vinculo_domain::page::After;
use vinculo_domain::problems::Problem;
use vinculo_domain::standing::Life;

// What the second agreement of a pair names.
diesel::alias! {
    const ALSO: Alias<Also> = named as also;
}

/// Two agreements, by their ids as stored; the first sorts before the other.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Pair(pub(super) String, pub(super) String);

impl Pair {
    /// The pair of two agreements, whichever is named first.
    pub(super) fn of(one: Uuid, other: Uuid) -> Self {
        Self(one.min(other).to_string(), one.max(other).to_string())
    }

    pub(super) fn of_cursor(after: &After) -> Self {
        Self(after.key.clone(), after.id.clone())
    }

    pub(super) fn cursor(&self) -> After {
        After {
            key: self.0.clone(),
            id: self.1.clone(),
        }
    }
}

/// The next pairs of agreements of `own` that name one counterpart, in order; a pair comes once for
/// each counterpart that both name.
pub(super) fn candidates(
    conn: &mut Conn,
    own: &TenantId,
    resolved: Option<bool>,
    after: Option<&Pair>,
    limit: usize,
) -> Outcome<Vec<Pair>> {
    let (first, second) = (named::agreement_id, ALSO.field(named::agreement_id));
    let same = ALSO
        .field(named::tenant_id)
        .eq(named::tenant_id)
        .and(
            ALSO.field(named::counterpart_tenant)
                .eq(named::counterpart_tenant),
        )
        .and(ALSO.field(named::counterpart_id).eq(named::counterpart_id))
        .and(second.gt(first));
    let mut query = named::table
        .inner_join(ALSO.on(same))
        .filter(tenant_eq(named::tenant_id, own.as_str()))
        .select((first, second))
        .into_boxed::<MultiBackend>();
    if let Some(Pair(one, other)) = after.cloned() {
        query = query
            .filter(first.ge(one.clone()))
            .filter(first.gt(one).or(second.gt(other)));
    }
    if let Some(resolved) = resolved {
        let decision = exists(
            decided::table
                .filter(decided::tenant_id.eq(named::tenant_id))
                .filter(decided::agreement_id.eq(first))
                .filter(decided::other_id.eq(second)),
        );
        query = if resolved {
            query.filter(decision)
        } else {
            query.filter(not(decision))
        };
    }
    let limit = i64::try_from(limit).unwrap_or(0);
    let rows: Vec<(String, String)> = query.order((first, second)).limit(limit).load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(one, other)| Pair(one, other))
        .collect())
}

/// An agreement as it is shown and compared.
struct Side {
    shown: OverlappingAgreement,
    compared: Compared,
}

/// Everything that is known of some pairs.
pub(super) struct Pairs {
    pairs: Vec<Pair>,
    sides: HashMap<String, Side>,
    counterparts: HashMap<Pair, Vec<SharedCounterpart>>,
    resolutions: HashMap<Pair, Row>,
}

impl Pairs {
    /// Reads it, in a statement for each: the agreements with their drafts, the lives of those that
    /// are inscribed, the counterparts, and the decisions in force.
    pub(super) fn load(conn: &mut Conn, own: &TenantId, mut pairs: Vec<Pair>) -> Outcome<Self> {
        // They come in order, so the same ones stand side by side.
        pairs.dedup();
        let cases = pairs.iter().flat_map(|Pair(one, other)| [one, other]);
        let cases: BTreeSet<String> = cases.cloned().collect();
        let cases: Vec<String> = cases.into_iter().collect();
        Ok(Self {
            sides: sides(conn, own, &cases)?,
            counterparts: shared_counterparts(conn, own, &pairs)?,
            resolutions: resolutions::in_force(conn, own, &pairs)?,
            pairs,
        })
    }

    /// The pairs in order, of agreements that are the government's own.
    pub(super) fn in_order(&self) -> impl Iterator<Item = &Pair> {
        let own = |case: &String| self.sides.contains_key(case);
        self.pairs
            .iter()
            .filter(move |pair| own(&pair.0) && own(&pair.1))
    }

    fn side(&self, case: &str) -> Outcome<&Side> {
        let side = self.sides.get(case);
        side.ok_or_else(|| Problem::NotFound.into())
    }

    /// What the two share today, or why they do not overlap.
    pub(super) fn shared(
        &self,
        pair: &Pair,
        today: NaiveDate,
    ) -> Outcome<vinculo_domain::Result<OverlapShared>> {
        let (one, other) = (self.side(&pair.0)?, self.side(&pair.1)?);
        let none = Vec::new();
        let named = self.counterparts.get(pair).unwrap_or(&none);
        Ok(shared(&one.compared, &other.compared, named, today))
    }

    /// The two as they are answered; 404 if one is not the government's own.
    pub(super) fn overlap(&self, pair: &Pair, today: NaiveDate) -> Outcome<Overlap> {
        let (one, other) = (self.side(&pair.0)?, self.side(&pair.1)?);
        let shared = self.shared(pair, today)?.ok();
        let row = self.resolutions.get(pair).cloned();
        let resolution = row.map(Row::entity).transpose()?;
        let stands = resolution.as_ref().is_none_or(|decision| {
            let now = shared.as_ref();
            now.is_some_and(|now| now.is_as(&decision.shared))
        });
        Ok(Overlap {
            agreement: one.shown.clone(),
            other: other.shown.clone(),
            version: resolution.as_ref().map_or(0, |decision| decision.version),
            outdated: !stands,
            shared,
            resolution,
        })
    }
}

/// What a case says of itself, as stored: id, title, stage, signature, and whether it is an error.
type Line = (String, String, String, String, bool, String);

fn sides(conn: &mut Conn, own: &TenantId, cases: &[String]) -> Outcome<HashMap<String, Side>> {
    let rows: Vec<Line> = access::table
        .inner_join(
            drafts::table.on(drafts::tenant_id
                .eq(access::owner_tenant)
                .and(drafts::agreement_id.eq(access::agreement_id))),
        )
        .filter(tenant_eq(access::viewer_tenant, own.as_str()))
        .filter(tenant_eq(access::owner_tenant, own.as_str()))
        .filter(access::agreement_id.eq_any(cases))
        .select((
            access::agreement_id,
            access::title,
            access::stage,
            access::signed_on,
            access::recorded_in_error,
            drafts::content,
        ))
        .load(conn)?;
    let lives: Vec<(String, String)> = consolidations::table
        .filter(consolidations::tenant_id.eq(own.as_str()))
        .filter(consolidations::agreement_id.eq_any(cases))
        .select((consolidations::agreement_id, consolidations::life))
        .load(conn)?;
    let mut lives: HashMap<String, String> = lives.into_iter().collect();
    let mut sides = HashMap::new();
    for row in rows {
        let (case, life) = (row.0.clone(), lives.remove(&row.0));
        sides.insert(case, side(row, life)?);
    }
    Ok(sides)
}

fn side(
    (case, title, stage, signed_on, error, content): Line,
    life: Option<String>,
) -> Outcome<Side> {
    let content: AgreementContent = serde_json::from_str(&content)?;
    let (id, stage): (Uuid, Stage) = (id(&case)?, known(&stage)?);
    let signed_on = Some(signed_on).filter(|day| !day.is_empty());
    let life = match life {
        Some(life) => serde_json::from_str(&life)?,
        None => Life {
            signed_on: signed_on.as_deref().map(date).transpose()?,
            validity: content.validity,
            events: Vec::new(),
        },
    };
    let period = AgreementPeriod::of(&life, content.planned_signing_on.as_ref());
    Ok(Side {
        shown: OverlappingAgreement {
            id,
            title,
            stage,
            period: period.clone(),
        },
        compared: Compared {
            id,
            stage,
            recorded_in_error: error,
            instrument: content.instrument,
            relates_to: content.relates_to,
            themes: content.themes,
            period,
        },
    })
}

/// The counterparts that both agreements of each pair name.
fn shared_counterparts(
    conn: &mut Conn,
    own: &TenantId,
    pairs: &[Pair],
) -> Outcome<HashMap<Pair, Vec<SharedCounterpart>>> {
    let cases = pairs.iter().flat_map(|Pair(one, other)| [one, other]);
    let cases: BTreeSet<&String> = cases.collect();
    let rows: Vec<(String, String, String)> = named::table
        .inner_join(
            counterparts::table.on(counterparts::tenant_id
                .eq(named::counterpart_tenant)
                .and(counterparts::id.eq(named::counterpart_id))),
        )
        .filter(tenant_eq(named::tenant_id, own.as_str()))
        .filter(named::agreement_id.eq_any(cases))
        .order(counterparts::id)
        .select((named::agreement_id, counterparts::id, counterparts::name))
        .load(conn)?;
    let mut of_case: HashMap<&str, Vec<SharedCounterpart>> = HashMap::new();
    for (case, counterpart, name) in &rows {
        let (id, name) = (id(counterpart)?, name.clone());
        let one = SharedCounterpart { id, name };
        of_case.entry(case).or_default().push(one);
    }
    let none = Vec::new();
    let of = |case: &str| of_case.get(case).unwrap_or(&none);
    let mut shared = HashMap::new();
    for pair in pairs {
        let both = of(&pair.0).iter().filter(|one| of(&pair.1).contains(one));
        shared.insert(pair.clone(), both.cloned().collect());
    }
    Ok(shared)
}
