//! `vinculo lapses`: shows what would lapse now, and lets the operator answer where the service has
//! stopped to ask.

use crate::app::App;
use crate::config::Config;
use std::time::Duration;
use uuid::Uuid;
use vinculo_auth::{Action, Actor, Kind, policy};
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::alarms::Alarm;
use vinculo_persistence::{Lapses, believe_clock, count_lapses, go_ahead};

/// The operator's answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Said {
    /// Everything that is due may lapse, however much it is.
    pub go_ahead: bool,
    /// The clock is correct.
    pub clock_is_right: bool,
}

/// Runs the command.
pub async fn run(config: &Config, said: Said) -> Result<String> {
    answer(&super::open(config)?, said).await
}

/// Does what the operator says and reports the state afterwards.
pub async fn answer(app: &App, said: Said) -> Result<String> {
    let scope = policy::scope(Some(&Actor::operator()), Kind::Agreement, Action::Update);
    let request_id = Uuid::now_v7().to_string();
    let mut text = String::new();
    if said.clock_is_right {
        believe_clock(&app.db, &scope, &request_id).await?;
        text.push_str("the clock is taken as it stands\n");
    }
    let days = app.draft_expiry.abandon_after_days;
    if days == 0 {
        text.push_str("no case is ever abandoned: abandon_after_days is 0");
        return Ok(text);
    }
    let guard = app.db.guard();
    let leave = guard.look(&app.db, &scope, Duration::ZERO).await?;
    if leave.is_none() {
        text.push_str(&far(app));
    }
    if !said.go_ahead {
        text.push_str(&told(&count_lapses(&app.db, &scope, days).await?, days));
        return Ok(text);
    }
    let leave = leave.ok_or_else(|| Refusal::internal(far(app)))?;
    let done = go_ahead(&app.db, &scope, &request_id, days, &leave).await?;
    text.push_str(&format!("{done} cases were abandoned"));
    Ok(text)
}

fn far(app: &App) -> String {
    let clock = app.db.now().format("%Y-%m-%d %H:%M UTC");
    let name: &str = Alarm::ClockFar.as_ref();
    format!(
        "{name}: the clock says {clock}, which is far from what is on record; nothing is done in \
         bulk by time. Set the clock, or run `vinculo lapses --clock-is-right` where it is right.\n"
    )
}

fn told(lapses: &Lapses, days: u32) -> String {
    let mut text = format!(
        "{} cases would be abandoned now, after {days} days without a touch\n",
        lapses.total()
    );
    for (government, count) in &lapses.due {
        text.push_str(&format!("{count:>6}  {government}\n"));
    }
    if lapses.too_many() {
        text.push_str(&format!(
            "{} may be at once, of {} open ones: the service abandons none of them. \
             `vinculo lapses --go-ahead` abandons them, once.\n",
            lapses.limit(),
            lapses.open
        ));
    }
    text
}
