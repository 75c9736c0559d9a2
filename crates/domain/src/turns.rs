//! Turns: who a case waits for, since when and until when. Time is counted in business days of the
//! holder's calendar. The law sets no time limit (LCT), so a due date comes from a government's own
//! target or does not exist.

use crate::agreements::{Seat, Stage};
use crate::calendars::Calendar;
use crate::legal_date::LegalDate;
use crate::problems::Problem;
use crate::refusal::{Checks, Result};
use crate::tenant::TenantId;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;
use uuid::Uuid;

/// A turn is due soon from this many business days before its due date.
pub const DUE_SOON_DAYS: i32 = 3;

/// For whom a case waits.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum WaitingFor {
    /// The lead government.
    Owner,
    /// The lead's state.
    State,
    /// The party abroad; only the owner's side is told.
    Counterpart,
    /// The foreign ministry.
    Sre,
}

impl WaitingFor {
    /// Who a case waits for in a stage; nobody once it has ended or was abandoned.
    pub fn in_stage(stage: Stage) -> Option<Self> {
        let ended = [
            Stage::Registered,
            Stage::Withdrawn,
            Stage::OutOfScope,
            Stage::Abandoned,
        ];
        if ended.contains(&stage) {
            return None;
        }
        Some(match stage.holder() {
            Seat::Federal => Self::Sre,
            Seat::StateReviewer => Self::State,
            Seat::Owner | Seat::Agent | Seat::Party | Seat::Reporter => Self::Owner,
        })
    }

    /// The same as reviewers see it: only the owner's side learns that it waits for its
    /// counterpart.
    #[must_use]
    pub fn outside(self) -> Self {
        match self {
            Self::Counterpart => Self::Owner,
            other => other,
        }
    }
}

/// How a turn stands to its due date.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum TurnState {
    /// There is no due date.
    None,
    /// There is time left, or it ended in time.
    OnTime,
    /// No more than three business days are left.
    DueSoon,
    /// The due date is past, or was when the turn ended.
    Overdue,
}

impl TurnState {
    /// The state of a turn on a day: today, or the day on which it ended.
    pub fn on(day: NaiveDate, due_on: Option<NaiveDate>, ended: bool, calendar: &Calendar) -> Self {
        match due_on {
            None => Self::None,
            Some(due) if due < day => Self::Overdue,
            Some(due) if !ended && due <= soon(day, calendar) => Self::DueSoon,
            Some(_) => Self::OnTime,
        }
    }
}

/// The last day that counts as soon.
pub fn soon(today: NaiveDate, calendar: &Calendar) -> NaiveDate {
    calendar.add_business_days(today, DUE_SOON_DAYS)
}

/// By which calendar a turn is counted, once and for all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CalendarUsed {
    /// Whose calendar.
    pub government_id: TenantId,
    /// Which one; `null` where that government had written none, and the rest days of the
    /// Federal Labour Law held.
    pub id: Option<Uuid>,
    /// Its version; 0 where none was written.
    pub version: i32,
}

/// One turn of a case.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Turn {
    /// Which one it is, from 1, as far as the caller may know.
    pub number: i32,
    /// The stage.
    pub stage: Stage,
    /// For whom the case waits, or waited.
    pub waiting_for: WaitingFor,
    /// The government that holds the case.
    pub holder: TenantId,
    /// When it began.
    pub since: DateTime<Utc>,
    /// When it ended; `null` while it is open.
    pub until: Option<DateTime<Utc>>,
    /// The business days that it took; so far, while it is open.
    pub business_days: i32,
    /// How many business days the holder set itself for the stage.
    pub target_days: Option<i32>,
    /// The day on which they end.
    pub due_on: Option<LegalDate>,
    /// How it stands to that day.
    pub state: TurnState,
    /// By which calendar its days are counted.
    pub calendar: CalendarUsed,
}

/// The business days for which one party let the case wait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TurnTotal {
    /// The party.
    pub waiting_for: WaitingFor,
    /// Its days in all turns.
    pub business_days: i64,
    /// Its turns.
    pub turns: i64,
}

/// The turns of a case, as far as the caller may know them.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AgreementTurns)]
pub struct Turns {
    /// The day to which open turns are counted: today, or the last day that the caller knows of.
    pub as_of: LegalDate,
    /// How many turns there are.
    pub count: i64,
    /// The newest 200, oldest first.
    pub turns: Vec<Turn>,
    /// The days of each waiting party, over all turns.
    pub totals: Vec<TurnTotal>,
}

/// For whom the owner says that it waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WaitingParty {
    /// For the counterpart abroad.
    Counterpart,
    /// For nobody else any more.
    Owner,
}

impl From<WaitingParty> for WaitingFor {
    fn from(party: WaitingParty) -> Self {
        match party {
            WaitingParty::Counterpart => Self::Counterpart,
            WaitingParty::Owner => Self::Owner,
        }
    }
}

/// What an owner says of whom it waits for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"for": "counterpart", "note": "Kioto revisa el texto en japonés."}))]
pub struct WaitingFields {
    /// For whom.
    #[serde(rename = "for")]
    pub party: WaitingParty,
    /// What for; for the owner's side alone.
    #[serde(default)]
    #[schema(max_length = 2000)]
    pub note: Option<String>,
}

impl WaitingFields {
    /// Everything wrong with it.
    pub fn check(&self) -> Result<()> {
        let mut checks = Checks::default();
        checks.optional_text("/note", self.note.as_deref(), 2000);
        checks.finish(Problem::ValidationFailed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn every_stage_but_the_ended_ones_waits_for_somebody() {
        let nobody: Vec<_> = Stage::VARIANTS
            .iter()
            .filter(|stage| WaitingFor::in_stage(**stage).is_none())
            .collect();
        assert_eq!(
            nobody,
            [
                &Stage::Registered,
                &Stage::Withdrawn,
                &Stage::OutOfScope,
                &Stage::Abandoned
            ]
        );
    }

    #[test]
    fn a_turn_is_due_soon_three_business_days_before() {
        let calendar = Calendar::default_for_mexico();
        // Thursday 5 February 2026; Monday 2 February was a holiday.
        let due = Some(day("2026-02-05"));
        let state = |today: &str, ended| TurnState::on(day(today), due, ended, &calendar);
        assert_eq!(state("2026-01-29", false), TurnState::OnTime);
        assert_eq!(state("2026-01-30", false), TurnState::DueSoon);
        assert_eq!(state("2026-02-05", false), TurnState::DueSoon);
        assert_eq!(state("2026-02-06", false), TurnState::Overdue);
        assert_eq!(state("2026-02-05", true), TurnState::OnTime);
        assert_eq!(
            TurnState::on(day("2026-02-05"), None, false, &calendar),
            TurnState::None
        );
    }
}
