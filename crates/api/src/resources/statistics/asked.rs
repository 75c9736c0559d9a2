//! Parses the parameters of a question about statistics.

use super::grouping;
use crate::context::Ctx;
use crate::params;
use chrono::{Datelike, NaiveDate};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use vinculo_domain::agreements::{AgreementKind, Compliance, Instrument, Stage};
use vinculo_domain::clock::mexican_day;
use vinculo_domain::counterparts::{CounterpartKind, CounterpartLevel};
use vinculo_domain::standing::Standing;
use vinculo_domain::statistics::{Audience, CountBy, Dimension, Family, Grouping};
use vinculo_domain::{Refusal, Result, TenantId, Tier};
use vinculo_persistence::stores::statistics::{Question, Top};

/// What every family can be narrowed to.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// At the end of this day in Mexico City, not later than today; today where nothing is said.
    #[param(format = Date, example = "2026-06-30")]
    as_of: Option<String>,
    /// With a party of this state.
    #[param(example = "14")]
    state: Option<TenantId>,
    /// With this municipality among the parties.
    #[param(example = "14039")]
    municipality: Option<TenantId>,
    /// Led by this order of government.
    tier: Option<Tier>,
    /// Of this kind.
    kind: Option<AgreementKind>,
    /// Standing so to an earlier instrument.
    instrument: Option<Instrument>,
    /// With a counterpart of this country, ISO 3166-1 alpha-2.
    #[param(example = "JP")]
    country: Option<String>,
    /// With a first counterpart of this kind.
    counterpart_kind: Option<CounterpartKind>,
    /// With a first counterpart of this level.
    counterpart_level: Option<CounterpartLevel>,
    /// With this theme.
    theme: Option<String>,
    /// With a target of this goal of the 2030 Agenda.
    #[param(minimum = 1, maximum = 17)]
    sdg_goal: Option<u8>,
    /// Signed in this year.
    #[param(minimum = 1800, maximum = 2200)]
    year: Option<u16>,
    /// With this standing on the day.
    standing: Option<Standing>,
}

/// What cases in sight can be narrowed to beside.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct CaseFilter {
    /// In this stage, as far as the caller may know.
    stage: Option<Stage>,
    /// With this compliance.
    compliance: Option<Compliance>,
}

/// What one unit is.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct UnitParam {
    /// `agreements` (default) counts each once, by its lead; `participations` once in each state
    /// of its parties, or by municipality in each municipality.
    count_by: Option<CountBy>,
}

/// What is soon enough.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct TargetParam {
    /// Measure the share of passages that took no more business days than these.
    #[param(minimum = 0, maximum = 1000)]
    target_days: Option<i32>,
}

/// Which governments are compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Rank {
    /// States.
    #[default]
    State,
    /// Municipalities.
    Municipality,
}

/// Which agreements count for a government.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Basis {
    #[default]
    Signatory,
    Territory,
}

/// How a concentration is measured.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct TopParams {
    /// Compare states (default) or municipalities.
    #[param(inline)]
    level: Option<Rank>,
    /// How many governments to name: 10 states or 6 municipalities where nothing is said.
    #[param(minimum = 1, maximum = 50)]
    top: Option<u8>,
    /// At the end of how many earlier years to answer too.
    #[param(minimum = 0, maximum = 20, default = 0)]
    years: Option<u8>,
}

#[derive(Debug, Deserialize)]
struct By {
    by: Option<String>,
}

#[derive(Debug, Deserialize)]
struct BasisParam {
    by: Option<Basis>,
}

/// The spelling of a breakdown in a parameter: `state,kind`.
pub(super) fn word(grouping: Grouping) -> String {
    let names: Vec<&str> = grouping.iter().map(|one| one.name()).collect();
    names.join(",")
}

/// Parameters that do not filter, and that the answer repeats in fields of their own.
const APART: [&str; 3] = ["as_of", "by", "count_by"];

pub(super) fn question(ctx: &Ctx, family: Family, audience: Audience) -> Result<Question> {
    let filter: Filter = ctx.params()?;
    let unit: UnitParam = ctx.params()?;
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
    let apart =
        |name: &str| APART.contains(&name) && family != Family::Concentration || name == "as_of";
    let echo = ctx.pairs.iter().filter(|(name, _)| !apart(name));
    Ok(Question {
        audience,
        as_of: as_of(ctx, filter.as_of.as_deref())?,
        count_by: unit.count_by.unwrap_or_default(),
        by,
        filter: echo.cloned().collect(),
        narrow: narrow(ctx, filter)?,
        spanish: ctx.spanish,
    })
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
        "Pida un día que ya haya llegado en la Ciudad de México, y no anterior a 1800.",
        "Ask for a day that has come in Mexico City, and not before 1800.",
    ))
}

fn narrow(ctx: &Ctx, filter: Filter) -> Result<Vec<(Dimension, String)>> {
    let case: CaseFilter = ctx.params()?;
    let word = |word: Option<&'static str>| word.map(str::to_owned);
    let pairs = [
        (
            Dimension::State,
            filter.state.map(|state| state.to_string()),
        ),
        (
            Dimension::Municipality,
            filter.municipality.map(|one| one.to_string()),
        ),
        (Dimension::Tier, word(filter.tier.map(Into::into))),
        (Dimension::Kind, word(filter.kind.map(Into::into))),
        (
            Dimension::Instrument,
            word(filter.instrument.map(Into::into)),
        ),
        (Dimension::Country, filter.country),
        (
            Dimension::CounterpartKind,
            word(filter.counterpart_kind.map(Into::into)),
        ),
        (
            Dimension::CounterpartLevel,
            word(filter.counterpart_level.map(Into::into)),
        ),
        (Dimension::Theme, filter.theme),
        (
            Dimension::SdgGoal,
            filter.sdg_goal.map(|goal| goal.to_string()),
        ),
        (Dimension::Year, filter.year.map(|year| year.to_string())),
        (Dimension::Standing, word(filter.standing.map(Into::into))),
        (Dimension::Stage, word(case.stage.map(Into::into))),
        (Dimension::Compliance, word(case.compliance.map(Into::into))),
    ];
    if filter
        .sdg_goal
        .is_some_and(|goal| !(1..=17).contains(&goal))
    {
        return Err(params::wrong("sdg_goal"));
    }
    if filter
        .year
        .is_some_and(|year| !(1800..=2200).contains(&year))
    {
        return Err(params::wrong("year"));
    }
    let given = pairs.into_iter();
    Ok(given.filter_map(|(one, key)| Some((one, key?))).collect())
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
    if !(1..=50).contains(&count) {
        return Err(params::wrong("top"));
    }
    if years > 20 {
        return Err(params::wrong("years"));
    }
    if basis == Basis::Territory && level == Rank::Municipality {
        return Err(Refusal::field(
            "by",
            "level",
            "El catálogo sólo conoce el territorio de las entidades: pida level=state.",
            "The catalogue knows the territory of states alone: ask for level=state.",
        ));
    }
    Ok(Top {
        count: usize::from(count),
        by_territory: basis == Basis::Territory,
        years: i32::from(years),
    })
}
