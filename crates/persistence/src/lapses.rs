//! Lapses by time: what is abandoned because nobody touched it for long. So many at once are more
//! likely a mistake than a fact, and wait for the operator.

mod abandoning;

pub use abandoning::abandon_untouched;

use crate::alarms::Alarm;
use crate::barrier::whose;
use crate::clock_guard::Leave;
use crate::db::Db;
use crate::dialect::{self, Opened};
use crate::failure::Outcome;
use crate::schema::{agreement_access as access, governments};
use crate::stores::agreements::LEFT_ALONE;
use crate::trail;
use crate::tx::ReadTx;
use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use strum::VariantArray;
use vinculo_auth::Scope;
use vinculo_domain::agreements::Stage;
use vinculo_domain::{Result, TenantId};

/// So many cases may lapse at once in any case.
const FEW: i64 = 20;
/// And one of so many that are open.
const SHARE: i64 = 20;
/// The subject of the alarm.
const SUBJECT: &str = "abandonment";

/// What would lapse now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lapses {
    /// How many of each government; of those that have any.
    pub due: Vec<(TenantId, i64)>,
    /// How many cases are open; counted only where more than a few are due.
    pub open: i64,
}

impl Lapses {
    /// How many would lapse.
    pub fn total(&self) -> i64 {
        self.due.iter().map(|(_, count)| count).sum()
    }

    /// How many may lapse at once.
    pub fn limit(&self) -> i64 {
        FEW.max(self.open / SHARE)
    }

    /// Whether these are too many.
    pub fn too_many(&self) -> bool {
        self.total() > self.limit()
    }
}

/// Counts, over all governments, what would lapse now after so many days.
pub async fn count_lapses(db: &Db, scope: &Scope, days: u32) -> Result<Lapses> {
    let before = (db.now() - Duration::days(days.into())).naive_utc();
    db.read(scope, "count_lapses", "", move |tx| count(tx, before))
        .await
}

/// Abandons what nobody touched for so many days, unless that is too much at once: then nothing
/// is, and the alarm says so. Gives the number back.
pub async fn lapse(db: &Db, scope: &Scope, days: u32, _leave: &Leave) -> Result<usize> {
    let lapses = count_lapses(db, scope, days).await?;
    if lapses.too_many() {
        let detail = format!(
            "{} cases would be abandoned at once, {} may be: none was; see `vinculo lapses`, and \
             `vinculo lapses --go-ahead` abandons them",
            lapses.total(),
            lapses.limit()
        );
        db.alarms()
            .raise(Alarm::LapsesStopped, SUBJECT.into(), detail);
        return Ok(0);
    }
    db.alarms().clear(Alarm::LapsesStopped, SUBJECT);
    abandon_untouched(db, scope, days).await
}

/// The operator lets what is due lapse, once; the audit trail keeps how much that was.
pub async fn go_ahead(
    db: &Db,
    scope: &Scope,
    request_id: &str,
    days: u32,
    _leave: &Leave,
) -> Result<usize> {
    let lapses = count_lapses(db, scope, days).await?;
    let (own, now, request_id) = (scope.clone(), db.now(), request_id.to_owned());
    let detail = serde_json::json!({ "days": days, "due": lapses.total(), "open": lapses.open });
    db.append(scope, move |conn| {
        trail::operated(conn, &own, "lapses_go_ahead", &request_id, now, &detail)
    })
    .await?;
    abandon_untouched(db, scope, days).await
}

/// Each government's lines are counted as its own, by the index of its stages.
fn count(tx: &mut ReadTx<'_>, before: NaiveDateTime) -> Outcome<Lapses> {
    let owners: Vec<String> = governments::table
        .filter(governments::valid_to.is_null())
        .order(governments::id)
        .select(governments::id)
        .load(tx.conn)?;
    let mut lapses = Lapses {
        due: Vec::new(),
        open: 0,
    };
    for owner in &owners {
        let due = cases(tx, owner, &LEFT_ALONE, Some(before))?;
        if due > 0 {
            lapses.due.push((TenantId::new(owner), due));
        }
    }
    if lapses.total() > FEW {
        let open = Stage::VARIANTS.iter().filter(|stage| is_open(**stage));
        let open: Vec<&str> = open.map(Into::into).collect();
        for owner in &owners {
            lapses.open += cases(tx, owner, &open, None)?;
        }
    }
    Ok(lapses)
}

/// How many cases of its own a government has in these stages.
fn cases(
    tx: &mut ReadTx<'_>,
    owner: &str,
    stages: &[&str],
    before: Option<NaiveDateTime>,
) -> Outcome<i64> {
    dialect::announce(tx.conn, owner, owner, Opened::Nothing)?;
    let mut found = 0;
    for stage in stages {
        let mut query = access::table
            .filter(whose(access::viewer_tenant, owner))
            .filter(access::owner_tenant.eq(owner))
            .filter(access::stage.eq(*stage))
            .count()
            .into_boxed();
        if let Some(before) = before {
            query = query.filter(access::updated_at.lt(before));
        }
        found += query.get_result::<i64>(tx.conn)?;
    }
    Ok(found)
}

/// Whether a case of this stage still goes on.
fn is_open(stage: Stage) -> bool {
    !matches!(
        stage,
        Stage::Registered
            | Stage::Withdrawn
            | Stage::OutOfScope
            | Stage::Reported
            | Stage::Abandoned
    )
}
