//! A case follows what it shows of other records: the counterparts that its draft names, the bodies
//! that sign, the administrations that raise a doubt, its inscription. If one of them changes, the
//! same unit of work gives a new version to every case that shows it, for those who read it there
//! (docs/adr/0025).
//!
//! Nobody in the case did anything, so it is done in the owner's name and without a person, and only
//! the owner's side finds it in the history. Cases are always taken in the order of their owners and
//! ids, so that two such changes do not wait for each other.

mod terms;

use super::access;
use super::activation::locked_case_of;
use super::history::HistoryLine;
use crate::barrier::tenant_eq;
use crate::failure::{Outcome, id};
use crate::schema::{
    agreement_access, agreement_counterparts as links, agreement_parties as parties,
};
use crate::tx::WriteTx;
use diesel::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;
use vinculo_domain::agreements::Level;
use vinculo_domain::bodies::Body;
use vinculo_domain::counterparts::Counterpart;
use vinculo_domain::faults;
use vinculo_domain::history::HistoryAction;
use vinculo_domain::limits::MAX_FOLLOWING_CASES;
use vinculo_domain::problems::Problem;
use vinculo_domain::wording;
use vinculo_domain::{Refusal, TenantId};

pub(crate) use terms::follow_administration;

/// Who reads what changed in a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shown {
    /// The owner's side.
    ToOwnerSide,
    /// The owner's side, and the ministry where it was sent the signature and follows the case.
    WithSignature,
}

/// What changed in a case.
#[derive(Debug, Clone, Copy)]
pub(super) struct Followed {
    action: HistoryAction,
    pub(super) shown: Shown,
    /// Whether figures count anything of it.
    pub(super) counted: bool,
}

/// The cases of each owner in which something changed.
#[derive(Default)]
struct Cases(BTreeMap<TenantId, BTreeMap<String, Shown>>);

impl Cases {
    fn add(&mut self, owner: &TenantId, case: String, shown: Shown) {
        let of_owner = self.0.entry(owner.clone()).or_default();
        let entry = of_owner.entry(case).or_insert(shown);
        *entry = shown.max(*entry);
    }

    fn count(&self) -> usize {
        self.0.values().map(BTreeMap::len).sum()
    }
}

/// One more than may follow: enough to refuse.
fn too_many() -> i64 {
    i64::try_from(MAX_FOLLOWING_CASES + 1).unwrap_or(i64::MAX)
}

/// After a counterpart was changed: the cases that name it, whosever they are.
pub(crate) fn follow_counterpart(
    tx: &mut WriteTx<'_>,
    before: &Counterpart,
    counterpart: &Counterpart,
) -> Outcome<()> {
    if before.fields.shows_the_same(&counterpart.fields) {
        return Ok(());
    }
    if faults::seeded("rename untold") {
        return Ok(());
    }
    let named: Vec<(String, String)> = links::table
        .filter(links::counterpart_tenant.eq(counterpart.tenant_id.as_str()))
        .filter(links::counterpart_id.eq(counterpart.id.to_string()))
        .select((links::tenant_id, links::agreement_id))
        .limit(too_many())
        .load(tx.conn)?;
    let mut cases = Cases::default();
    for (owner, case) in named {
        cases.add(&TenantId::new(owner), case, Shown::ToOwnerSide);
    }
    let counted = !before.fields.counts_the_same(&counterpart.fields);
    follow_all(tx, &cases, HistoryAction::CounterpartChanged, counted)
}

/// After a body was changed: the cases in which it signs for a party.
pub(crate) fn follow_body(tx: &mut WriteTx<'_>, before: &Body, after: &Body) -> Outcome<()> {
    let shown = |body: &Body| {
        let fields = body.fields.clone();
        (fields.name, fields.kind, fields.governments)
    };
    if shown(before) == shown(after) {
        return Ok(());
    }
    let mut owners = BTreeSet::new();
    for government in &before.fields.governments {
        owners.extend(owners_read_by(tx, government)?);
    }
    let mut cases = Cases::default();
    for owner in &owners {
        let signs = parties::table
            .filter(parties::tenant_id.eq(owner.as_str()))
            .filter(parties::body_id.eq(before.id.to_string()))
            .select(parties::agreement_id)
            .limit(too_many());
        let named: Vec<String> = tx.on_side_of(owner, |tx| Ok(signs.load(tx.conn)?))?;
        for case in named {
            cases.add(owner, case, Shown::ToOwnerSide);
        }
    }
    let counted = before.fields.kind != after.fields.kind;
    follow_all(tx, &cases, HistoryAction::BodyChanged, counted)
}

/// The governments whose cases `government` reads as a party to them; itself is one.
fn owners_read_by(tx: &mut WriteTx<'_>, government: &TenantId) -> Outcome<BTreeSet<TenantId>> {
    let full: &'static str = Level::Full.into();
    let read = agreement_access::table
        .filter(tenant_eq(
            agreement_access::viewer_tenant,
            government.as_str(),
        ))
        .filter(agreement_access::level.eq(full))
        .select(agreement_access::owner_tenant)
        .distinct();
    let owners: Vec<String> = tx.on_side_of(government, |tx| Ok(read.load(tx.conn)?))?;
    let mut owners: BTreeSet<TenantId> = owners.into_iter().map(TenantId::new).collect();
    owners.insert(government.clone());
    Ok(owners)
}

fn follow_all(
    tx: &mut WriteTx<'_>,
    cases: &Cases,
    action: HistoryAction,
    counted: bool,
) -> Outcome<()> {
    if cases.count() > MAX_FOLLOWING_CASES {
        return Err(Refusal::new(Problem::InUse)
            .saying(wording::agreements::too_many_cases(MAX_FOLLOWING_CASES))
            .into());
    }
    for (owner, of_owner) in &cases.0 {
        tx.on_side_of(owner, |tx| {
            for (case, shown) in of_owner {
                let changed = Followed {
                    action,
                    shown: *shown,
                    counted,
                };
                take_note(tx, owner, id(case)?, changed)?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// One case follows what changed. Afterwards the transaction has no case opened.
pub(crate) fn follow(
    tx: &mut WriteTx<'_>,
    owner: &TenantId,
    agreement: Uuid,
    action: HistoryAction,
) -> Outcome<()> {
    let changed = Followed {
        action,
        shown: Shown::ToOwnerSide,
        counted: true,
    };
    tx.on_side_of(owner, |tx| take_note(tx, owner, agreement, changed))
}

/// The case's next version, as a step of nobody. The transaction is on the owner's side.
fn take_note(
    tx: &mut WriteTx<'_>,
    owner: &TenantId,
    agreement: Uuid,
    changed: Followed,
) -> Outcome<()> {
    let Some(mut case) = locked_case_of(tx, owner, owner, agreement)? else {
        return Ok(());
    };
    let stage = case.access.stage()?;
    case.step(tx, stage)?;
    access::refresh_following(tx, &case, changed)?;
    let line = HistoryLine {
        on_behalf: false,
        ..case.quiet_line(changed.action)
    };
    case.note(tx, changed.action.into(), Some(line))
}
