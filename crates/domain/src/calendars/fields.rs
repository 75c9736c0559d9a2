//! A calendar as a government writes it, and as callers read it.

use crate::legal_date::{LegalDate, WholeDay};
use crate::limits::MAX_HOLIDAYS;
use crate::problems::Problem;
use crate::refusal::{Checks, Result};
use crate::tenant::TenantId;
use crate::wording;
use chrono::{DateTime, Datelike, NaiveDate, Utc, Weekday};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use utoipa::ToSchema;
use uuid::Uuid;

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WorkedDay {
    /// Lunes.
    Monday,
    /// Martes.
    Tuesday,
    /// Miércoles.
    Wednesday,
    /// Jueves.
    Thursday,
    /// Viernes.
    Friday,
    /// Sábado.
    Saturday,
    /// Domingo.
    Sunday,
}

impl WorkedDay {
    /// All days of the week, from Monday.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    /// The day of the week of a date.
    pub fn of(day: NaiveDate) -> Self {
        match day.weekday() {
            Weekday::Mon => Self::Monday,
            Weekday::Tue => Self::Tuesday,
            Weekday::Wed => Self::Wednesday,
            Weekday::Thu => Self::Thursday,
            Weekday::Fri => Self::Friday,
            Weekday::Sat => Self::Saturday,
            Weekday::Sun => Self::Sunday,
        }
    }
}

/// A day that is not worked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// The day.
    #[schema(value_type = WholeDay)]
    pub date: LegalDate,
    /// How it is called.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
}

/// What a government writes of its working days (días hábiles).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "Días hábiles de la Secretaría", "weekdays": ["monday", "tuesday", "wednesday", "thursday", "friday"], "holidays": [{"date": "2026-04-03", "name": "Viernes Santo"}]}))]
pub struct CalendarFields {
    /// How the calendar is called.
    #[schema(min_length = 1, max_length = 300)]
    pub name: String,
    /// The days of the week that are worked; Monday to Friday where none is named.
    #[serde(default = "working_week")]
    #[schema(min_items = 1, max_items = 7)]
    pub weekdays: Vec<WorkedDay>,
    /// The days that are not worked besides.
    #[serde(default)]
    #[schema(max_items = 400)]
    pub holidays: Vec<Holiday>,
    /// Whether the rest days of the Federal Labour Law (LFT article 74) are not worked either.
    #[serde(default = "yes")]
    pub statutory_rest_days: bool,
}

fn working_week() -> Vec<WorkedDay> {
    WorkedDay::ALL.into_iter().take(5).collect()
}

fn yes() -> bool {
    true
}

impl CalendarFields {
    /// The calendar of a government that has defined none.
    pub fn default_for_mexico() -> Self {
        Self {
            name: "Días hábiles federales (LFT, artículo 74)".into(),
            weekdays: working_week(),
            holidays: Vec::new(),
            statutory_rest_days: true,
        }
    }

    /// Reports everything wrong with it.
    pub fn check(&self) -> Result<()> {
        let mut checks = Checks::default();
        // A calendar may be called by its year alone.
        checks.text("/name", &self.name, 300);
        checks.whole("/name", &self.name);
        let distinct: HashSet<_> = self.weekdays.iter().collect();
        if distinct.is_empty() || distinct.len() < self.weekdays.len() {
            checks.add(
                "/weekdays",
                "repeated_or_none",
                wording::governments::weekdays(),
            );
        }
        checks.at_most("/holidays", self.holidays.len(), MAX_HOLIDAYS);
        let mut seen = HashSet::new();
        for (place, holiday) in self.holidays.iter().enumerate().take(MAX_HOLIDAYS) {
            holiday.check(&mut checks, place, seen.insert(&holiday.date));
        }
        checks.finish(Problem::ValidationFailed)
    }
}

impl Holiday {
    fn check(&self, checks: &mut Checks, place: usize, new: bool) {
        checks.text(&format!("/holidays/{place}/name"), &self.name, 200);
        let pointer = format!("/holidays/{place}/date");
        if !self.date.is_whole_day() {
            checks.add(pointer, "whole_day", wording::common::whole_day());
        } else if !new {
            checks.add(pointer, "repeated", wording::governments::repeated_day());
        }
    }
}

/// A calendar as it is read. Each change makes a new version, and every version is kept: a due
/// date says by which one it was counted.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Calendar)]
pub struct CalendarView {
    /// Its id.
    pub id: Uuid,
    /// The government that keeps it.
    pub government_id: TenantId,
    /// What it wrote.
    #[serde(flatten)]
    pub fields: CalendarFields,
    /// Counts the changes.
    pub version: i32,
    /// When it was written down.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}
