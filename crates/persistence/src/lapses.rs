//! Draft expiry: cases are abandoned because nobody touched them for long. Very many at once are
//! more likely a mistake, so they wait for the operator.

mod abandoning;

pub use abandoning::abandon_untouched;

use crate::alarms::Alarm;
use crate::audit;
use crate::barrier::tenant_eq;
use crate::clock_guard::Leave;
use crate::db::Db;
use crate::dialect::{self, Opened};
use crate::failure::Outcome;
use crate::schema::{agreement_access as access, governments};
use crate::stores::agreements::LEFT_ALONE;
use crate::tx::ReadTx;
use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use strum::VariantArray;
use vinculo_auth::Scope;
use vinculo_domain::agreements::Stage;
use vinculo_domain::{Result, TenantId};

/// This many cases may always expire at once.
const FEW: i64 = 20;
/// Above that, one in this many of the open cases.
const SHARE: i64 = 20;
/// The subject of the alarm.
const SUBJECT: &str = "abandonment";

/// What would expire now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lapses {
    /// How many of each government that has any.
    pub due: Vec<(TenantId, i64)>,
    /// How many cases are open; counted only if more than a few are due.
    pub open: i64,
}

impl Lapses {
    /// How many would expire.
    pub fn total(&self) -> i64 {
        self.due.iter().map(|(_, count)| count).sum()
    }

    /// How many may expire at once.
    pub fn limit(&self) -> i64 {
        FEW.max(self.open / SHARE)
    }

    /// Whether too many are due.
    pub fn too_many(&self) -> bool {
        self.total() > self.limit()
    }
}

/// Counts, over all governments, what would expire now after this many days.
pub async fn count_lapses(db: &Db, scope: &Scope, days: u32) -> Result<Lapses> {
    let before = (db.now() - Duration::days(days.into())).naive_utc();
    db.read(scope, "count_lapses", "", move |tx| count(tx, before))
        .await
}

/// Abandons what nobody touched for this many days. If that is too much at once, abandons nothing
/// and raises the alarm. Gives the number of abandoned cases.
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

/// The operator lets what is due expire, once; the audit log keeps how much that was.
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
        audit::operated(conn, &own, "lapses_go_ahead", &request_id, now, &detail)
    })
    .await?;
    abandon_untouched(db, scope, days).await
}

/// Each government's lines are counted in its own tenant context, by the index of its stages.
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
    dialect::set_tenant_context(tx.conn, owner, owner, Opened::Nothing)?;
    let mut found = 0;
    for stage in stages {
        let mut query = access::table
            .filter(tenant_eq(access::viewer_tenant, owner))
            .filter(access::owner_tenant.eq(owner))
            .filter(access::stage.eq(*stage))
            .count()
            .into_boxed();
        if let Some(before) = before {
            query = query.filter(access::changed_at.lt(before));
        }
        found += query.get_result::<i64>(tx.conn)?;
    }
    Ok(found)
}

/// Whether a case in this stage is still open.
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
