//! The guard that must agree before anything is done in bulk by time. It compares the clock with
//! the last instant on record, and with how long the process has run.
//!
//! That instant is the last one at which a guard believed the clock; it is kept among the counters.
//! Before there is one, the instant of the newest event is used. Rows written while the clock was
//! far off do not move it.

use crate::alarms::Alarm;
use crate::audit;
use crate::conn::Conn;
use crate::db::Db;
use crate::dialect::insert_unless_there;
use crate::failure::Outcome;
use crate::schema::{counters, outbox};
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use vinculo_auth::Scope;
use vinculo_domain::Result;
use vinculo_domain::clock_watch::{BEHIND, ClockState, Pace, compare};

/// The series that keeps the last believed instant, in seconds.
const SERIES: &str = "clock";
/// The subject of the alarm.
const SUBJECT: &str = "clock";
const ADVICE: &str = "nothing is abandoned, forgotten, swept or opened by time until the clock is right; set it, \
    or run `vinculo lapses --clock-is-right` where it is";

/// Permission to do something in bulk by time; only the guard gives it.
#[derive(Debug)]
pub struct Leave(());

/// The guard of one process. All clones share it.
#[derive(Clone)]
pub struct ClockGuard(Arc<Inner>);

struct Inner {
    pace: Mutex<Pace>,
    /// Instants after this one are not believed; in seconds.
    latest: AtomicI64,
}

impl Default for ClockGuard {
    fn default() -> Self {
        Self(Arc::new(Inner {
            pace: Mutex::default(),
            latest: AtomicI64::new(i64::MAX),
        }))
    }
}

impl Db {
    /// The guard to ask before anything is done in bulk by time.
    pub fn guard(&self) -> &ClockGuard {
        &self.guard
    }

    /// The instant to use for decisions that cannot be taken back, such as showing a document that
    /// was withheld until a day. It is the clock's, but while the clock is far off it is at most
    /// the last known instant.
    pub fn believed(&self) -> DateTime<Utc> {
        self.guard.believed(self.now())
    }
}

impl ClockGuard {
    /// Checks the clock, `running` after the process began. Gives leave if the clock can be
    /// believed, otherwise raises the alarm. Either result holds until the next check.
    pub async fn look(&self, db: &Db, scope: &Scope, running: Duration) -> Result<Option<Leave>> {
        let now = db.now();
        let known = db.read(scope, "clock", "", |tx| last(tx.conn)).await?;
        let standing = compare(now, known);
        let found = match standing {
            ClockState::Near if self.runs_evenly(now, running, known) => None,
            ClockState::Near => Some("the clock jumped while the service ran".to_owned()),
            ClockState::Ahead(by) => {
                Some(format!("{} days ahead of what is on record", by.num_days()))
            }
            ClockState::Behind(by) => Some(format!(
                "{} minutes behind what is on record",
                by.num_minutes()
            )),
        };
        if standing != ClockState::Near {
            // When the clock is set right again, that is not a jump.
            self.pace().accept();
        }
        if let Some(found) = found {
            let latest = known.map_or(now, |known| known.min(now));
            self.0.latest.store(latest.timestamp(), Ordering::Relaxed);
            let detail = format!("{found}: {ADVICE}");
            db.alarms().raise(Alarm::ClockFar, SUBJECT.into(), detail);
            // Keeps rows written from now on from becoming what the clock is compared with.
            if let Some(known) = known {
                db.append(scope, move |conn| keep(conn, known, false))
                    .await?;
            }
            return Ok(None);
        }
        db.append(scope, move |conn| keep(conn, now, false)).await?;
        // The next check comes before that instant, so a jump in between is not believed either.
        let latest = (now + BEHIND).timestamp();
        self.0.latest.store(latest, Ordering::Relaxed);
        db.alarms().clear(Alarm::ClockFar, SUBJECT);
        Ok(Some(Leave(())))
    }

    fn pace(&self) -> MutexGuard<'_, Pace> {
        self.0.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn runs_evenly(
        &self,
        now: DateTime<Utc>,
        running: Duration,
        known: Option<DateTime<Utc>>,
    ) -> bool {
        let mut pace = self.pace();
        if pace.step(now, running) {
            return true;
        }
        // This guard keeps nothing while it does not believe the clock. A newer instant on record
        // comes from the operator, or from another instance whose clock agrees.
        let agreed = known.is_some_and(|known| (now - known).abs() <= BEHIND);
        if agreed {
            pace.accept();
            pace.step(now, running);
        }
        agreed
    }

    /// At most the clock's instant, and while the clock is far off at most the last known one.
    pub fn believed(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let latest = self.0.latest.load(Ordering::Relaxed);
        DateTime::from_timestamp(latest, 0).map_or(now, |latest| latest.min(now))
    }
}

/// The operator confirms that the clock is right: later checks compare with its present instant.
/// The audit log keeps who confirmed it.
pub async fn believe_clock(db: &Db, scope: &Scope, request_id: &str) -> Result<()> {
    let (now, own, request_id) = (db.now(), scope.clone(), request_id.to_owned());
    db.append(scope, move |conn| {
        let before = last(conn)?;
        keep(conn, now, true)?;
        let detail = serde_json::json!({ "clock": now, "last_known": before });
        audit::operated(conn, &own, "believe_clock", &request_id, now, &detail)
    })
    .await?;
    db.guard().pace().accept();
    Ok(())
}

/// The last instant on record.
fn last(conn: &mut Conn) -> Outcome<Option<DateTime<Utc>>> {
    let kept: Option<i64> = counters::table
        .find(SERIES)
        .select(counters::value)
        .first(conn)
        .optional()?;
    if let Some(kept) = kept {
        return Ok(DateTime::from_timestamp(kept, 0));
    }
    let newest: Option<NaiveDateTime> = outbox::table
        .order(outbox::id.desc())
        .select(outbox::created_at)
        .first(conn)
        .optional()?;
    Ok(newest.map(|at| at.and_utc()))
}

/// Keeps an instant as the last one; an earlier one only if `also_earlier`.
fn keep(conn: &mut Conn, now: DateTime<Utc>, also_earlier: bool) -> Outcome<()> {
    let now = now.timestamp();
    let first = diesel::insert_into(counters::table)
        .values((counters::series.eq(SERIES), counters::value.eq(now)));
    // Two instances may look for the first time at once.
    if insert_unless_there!(&mut *conn, first)? > 0 {
        return Ok(());
    }
    let earliest = if also_earlier { i64::MAX } else { now };
    diesel::update(counters::table)
        .filter(counters::series.eq(SERIES))
        .filter(counters::value.lt(earliest))
        .set(counters::value.eq(now))
        .execute(conn)?;
    Ok(())
}
