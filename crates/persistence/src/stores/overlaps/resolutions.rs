//! Decisions on overlaps: each is a new version, and the highest one is in force.

use super::pairs::{Pair, Pairs};
use super::require_sight;
use crate::audit::Change;
use crate::barrier::tenant_eq;
use crate::conn::{Conn, MultiBackend};
use crate::dialect::insert_unless_there;
use crate::failure::{Outcome, id, known};
use crate::schema::overlap_resolutions as decided;
use crate::stores::plain::{admit_change, note_unchanged, require_changed};
use crate::tx::{ReadTx, WriteTx};
use chrono::NaiveDateTime;
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use serde_json::json;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;
use vinculo_domain::TenantId;
use vinculo_domain::clock::mexican_day;
use vinculo_domain::overlaps::{Overlap, OverlapResolution, OverlapResolutionFields};
use vinculo_domain::page::{After, Page, PageRequest};

/// The kind of subject in audit log and outbox.
const SUBJECT: &str = "overlap_resolution";

// Later decisions on the same pair.
diesel::alias! {
    const LATER: Alias<Later> = decided as later;
}

#[derive(Queryable, Selectable, Insertable, Clone)]
#[diesel(table_name = decided, check_for_backend(MultiBackend))]
pub(super) struct Row {
    tenant_id: String,
    agreement_id: String,
    other_id: String,
    version: i32,
    decision: String,
    reason: String,
    responsible: Option<String>,
    shared: String,
    person_id: Option<String>,
    acting_tenant: String,
    created_at: NaiveDateTime,
}

impl Row {
    pub(super) fn entity(self) -> Outcome<OverlapResolution> {
        Ok(OverlapResolution {
            fields: OverlapResolutionFields {
                decision: known(&self.decision)?,
                reason: self.reason,
                responsible: self.responsible,
            },
            version: self.version,
            decided_at: self.created_at.and_utc(),
            decided_by: self.person_id.as_deref().map(id).transpose()?,
            shared: serde_json::from_str(&self.shared)?,
        })
    }
}

/// The decision in force on each of these pairs that has one.
pub(super) fn in_force(
    conn: &mut Conn,
    own: &TenantId,
    pairs: &[Pair],
) -> Outcome<HashMap<Pair, Row>> {
    let ones: BTreeSet<&String> = pairs.iter().map(|pair| &pair.0).collect();
    let others: BTreeSet<&String> = pairs.iter().map(|pair| &pair.1).collect();
    let later = LATER
        .filter(LATER.field(decided::tenant_id).eq(decided::tenant_id))
        .filter(LATER.field(decided::agreement_id).eq(decided::agreement_id))
        .filter(LATER.field(decided::other_id).eq(decided::other_id))
        .filter(LATER.field(decided::version).gt(decided::version));
    let rows: Vec<Row> = decided::table
        .filter(tenant_eq(decided::tenant_id, own.as_str()))
        .filter(decided::agreement_id.eq_any(ones))
        .filter(decided::other_id.eq_any(others))
        .filter(not(exists(later)))
        .select(Row::as_select())
        .load(conn)?;
    let of_pair = |row: Row| (Pair(row.agreement_id.clone(), row.other_id.clone()), row);
    Ok(rows.into_iter().map(of_pair).collect())
}

/// Decides on two agreements of the caller's government that overlap, if `version` is still the one
/// in force; 0 is that of a pair on which nobody has decided.
pub fn resolve(
    tx: &mut WriteTx<'_>,
    (one, other): (Uuid, Uuid),
    version: i32,
    fields: &OverlapResolutionFields,
) -> Outcome<Overlap> {
    require_sight(tx.scope)?;
    let (own, today) = (tx.scope.tenant().clone(), mexican_day(tx.now()));
    let pair = Pair::of(one, other);
    let pairs = Pairs::load(tx.conn, &own, vec![pair.clone()])?;
    let before = pairs.overlap(&pair, today)?;
    admit_change(tx, true, before.version, version)?;
    fields.check()?;
    let shared = pairs.shared(&pair, today)??;
    let subject = format!("{}/{}", pair.0, pair.1);
    let stands = before.resolution.filter(|_| !before.outdated);
    if stands.is_some_and(|decision| decision.fields == *fields) {
        note_unchanged(tx, SUBJECT, (own.as_str(), &subject, version));
        return pairs.overlap(&pair, today);
    }
    let decision: &'static str = fields.decision.into();
    let row = Row {
        tenant_id: own.to_string(),
        agreement_id: pair.0.clone(),
        other_id: pair.1.clone(),
        version: version + 1,
        decision: decision.to_owned(),
        reason: fields.reason.clone(),
        responsible: fields.responsible.clone(),
        shared: serde_json::to_string(&shared)?,
        person_id: tx.person(),
        acting_tenant: tx.actor(),
        created_at: tx.stamp(),
    };
    // Of two at once, the second finds the version taken.
    let insert = diesel::insert_into(decided::table).values(row);
    require_changed(insert_unless_there!(tx.conn, insert)?)?;
    tx.record(Change {
        owner: own.clone(),
        subject_kind: SUBJECT,
        subject_id: subject,
        version: version + 1,
        event: "overlap_resolution.update".to_owned(),
        payload: json!({ "agreement_id": pair.0, "other_id": pair.1, "decision": decision }),
    });
    Pairs::load(tx.conn, &own, vec![pair.clone()])?.overlap(&pair, today)
}

/// One page of the decisions on a pair, the one in force first; 404 where [`super::get`] is.
pub fn history(
    tx: &mut ReadTx<'_>,
    pair: (Uuid, Uuid),
    page: &PageRequest,
) -> Outcome<Page<OverlapResolution>> {
    super::get(tx, pair)?;
    let pair = Pair::of(pair.0, pair.1);
    let after = page.after.as_ref();
    let before: i32 = after
        .and_then(|after| after.id.parse().ok())
        .unwrap_or(i32::MAX);
    let rows: Vec<Row> = decided::table
        .filter(tenant_eq(decided::tenant_id, tx.scope.tenant().as_str()))
        .filter(decided::agreement_id.eq(&pair.0))
        .filter(decided::other_id.eq(&pair.1))
        .filter(decided::version.lt(before))
        .order(decided::version.desc())
        .limit(page.limit + 1)
        .select(Row::as_select())
        .load(tx.conn)?;
    let cut = Page::cut(rows, page.limit, |row| After {
        key: String::new(),
        id: row.version.to_string(),
    });
    cut.try_replace(|rows| rows.into_iter().map(Row::entity).collect())
}
