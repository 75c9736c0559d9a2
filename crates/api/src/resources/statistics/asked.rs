//! Parses the parameters of a question about statistics.

mod parameters;

pub(super) use parameters::{
    CaseFilter, Filter, RowsParam, SheetParam, TargetParam, TopParams, UnitParam,
};

use super::grouping;
use crate::context::Ctx;
use crate::params::{self, Several, several};
use chrono::{Datelike, NaiveDate};
use parameters::{Basis, BasisParam, By, Rank};
use std::ops::RangeInclusive;
use vinculo_domain::clock::mexican_day;
use vinculo_domain::limits::{DEFAULT_FIGURE_ROWS, MAX_FIGURE_ROWS, MAX_NAMED_GOVERNMENTS};
use vinculo_domain::statistics::{Audience, Dimension, Family, Grouping};
use vinculo_domain::wording;
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::stores::statistics::{Question, Top};

/// The spelling of a breakdown in a parameter: `state,kind`.
pub(super) fn word(grouping: Grouping) -> String {
    let names: Vec<&str> = grouping.iter().map(|one| one.name()).collect();
    names.join(",")
}

/// Parameters that do not filter, and that the answer repeats in fields of their own.
const APART: [&str; 2] = ["by", "count_by"];
/// Parameters that no answer repeats among its filters.
const NEVER_FILTERS: [&str; 3] = ["as_of", "rows", "bom"];

pub(super) fn question(ctx: &Ctx, family: Family, audience: Audience) -> Result<Question> {
    let filter: Filter = ctx.params()?;
    let unit: UnitParam = ctx.params()?;
    let case: CaseFilter = ctx.params()?;
    let by = if family == Family::Concentration {
        let level = ctx.params::<TopParams>()?.level.unwrap_or_default();
        vec![if level == Rank::State {
            Dimension::State
        } else {
            Dimension::Municipality
        }]
    } else {
        let asked: By = ctx.params()?;
        let found = grouping(family, audience, asked.by.as_deref());
        found.ok_or_else(|| params::wrong("by"))?.to_vec()
    };
    let apart = |name: &str| {
        NEVER_FILTERS.contains(&name) || APART.contains(&name) && family != Family::Concentration
    };
    let echo = ctx.pairs.iter().filter(|(name, _)| !apart(name));
    Ok(Question {
        audience,
        as_of: as_of(ctx, filter.as_of.as_deref())?,
        count_by: unit.count_by.unwrap_or_default(),
        by,
        filter: echo.cloned().collect(),
        drafts: case.drafts.unwrap_or(true),
        narrow: narrow(filter, case)?,
        rows: rows(ctx, family)?,
        spanish: ctx.spanish,
    })
}

/// How many rows at most. How many governments a concentration names is a parameter of its own.
fn rows(ctx: &Ctx, family: Family) -> Result<usize> {
    let asked: RowsParam = ctx.params()?;
    match asked.rows {
        None if family == Family::Concentration => Ok(MAX_FIGURE_ROWS),
        None => Ok(DEFAULT_FIGURE_ROWS),
        Some(rows) if (1..=MAX_FIGURE_ROWS).contains(&rows) => Ok(rows),
        Some(_) => Err(params::wrong("rows")),
    }
}

/// A day that is not in the future. An invalid day is an error in the request; a day without
/// figures is an error in its content.
fn as_of(ctx: &Ctx, asked: Option<&str>) -> Result<NaiveDate> {
    let today = mexican_day(ctx.app.db.now());
    let Some(text) = asked else { return Ok(today) };
    // Each day has only one spelling.
    let day = text.parse::<NaiveDate>().ok();
    let day = day.filter(|day| text.len() == 10 && day.to_string() == text);
    let day = day.ok_or_else(|| params::wrong("as_of"))?;
    if day <= today && day.year() >= 1800 {
        return Ok(day);
    }
    Err(Refusal::field(
        "as_of",
        "out_of_range",
        wording::statistics::day(),
    ))
}

fn narrow(filter: Filter, case: CaseFilter) -> Result<Vec<(Dimension, Vec<String>)>> {
    let goals = within(filter.sdg_goal, 1..=17, "sdg_goal")?;
    let years = within(filter.year, 1800..=2200, "year")?;
    let mut narrow = vec![
        (Dimension::State, texts(filter.state)),
        (Dimension::Municipality, texts(filter.municipality)),
        (Dimension::Tier, words(filter.tier)),
        (Dimension::Kind, words(filter.kind)),
        (Dimension::Instrument, words(filter.instrument)),
        (Dimension::Country, several(filter.country)),
        (Dimension::CounterpartKind, words(filter.counterpart_kind)),
        (Dimension::CounterpartLevel, words(filter.counterpart_level)),
        (Dimension::Theme, several(filter.theme)),
        (Dimension::SdgGoal, goals),
        (Dimension::Year, years),
        (Dimension::Standing, words(filter.standing)),
        (Dimension::Stage, words(case.stage)),
        (Dimension::Compliance, words(case.compliance)),
    ];
    narrow.retain(|(_dimension, keys)| !keys.is_empty());
    Ok(narrow)
}

/// The stored words of enumerated values.
fn words<T: Into<&'static str>>(asked: Option<Several<T>>) -> Vec<String> {
    let word = |value: T| -> &'static str { value.into() };
    let values = several(asked).into_iter();
    values.map(|value| word(value).to_owned()).collect()
}

fn texts<T: ToString>(asked: Option<Several<T>>) -> Vec<String> {
    several(asked).iter().map(T::to_string).collect()
}

/// The texts of numbers that must be in a range.
fn within<T: ToString + PartialOrd>(
    asked: Option<Several<T>>,
    range: RangeInclusive<T>,
    name: &str,
) -> Result<Vec<String>> {
    let values = several(asked);
    if values.iter().all(|value| range.contains(value)) {
        Ok(values.iter().map(T::to_string).collect())
    } else {
        Err(params::wrong(name))
    }
}

pub(super) fn target(ctx: &Ctx) -> Result<Option<i32>> {
    let asked: TargetParam = ctx.params()?;
    match asked.target_days {
        Some(days) if !(0..=1000).contains(&days) => Err(params::wrong("target_days")),
        days => Ok(days),
    }
}

pub(super) fn top(ctx: &Ctx) -> Result<Top> {
    let asked: TopParams = ctx.params()?;
    let basis = ctx.params::<BasisParam>()?.by.unwrap_or_default();
    let level = asked.level.unwrap_or_default();
    let usual = if level == Rank::State { 10 } else { 6 };
    let count = asked.top.unwrap_or(usual);
    let years = asked.years.unwrap_or(0);
    if !(1..=MAX_NAMED_GOVERNMENTS).contains(&count) {
        return Err(params::wrong("top"));
    }
    if years > 20 {
        return Err(params::wrong("years"));
    }
    if basis == Basis::Territory && level == Rank::Municipality {
        return Err(Refusal::field(
            "by",
            "level",
            wording::statistics::only_states(),
        ));
    }
    Ok(Top {
        count,
        by_territory: basis == Basis::Territory,
        years: i32::from(years),
    })
}
