//! The parameters of a question about statistics.

use crate::params::Several;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use vinculo_domain::agreements::{AgreementKind, Compliance, Instrument, Stage};
use vinculo_domain::counterparts::{CounterpartKind, CounterpartLevel};
use vinculo_domain::standing::Standing;
use vinculo_domain::statistics::CountBy;
use vinculo_domain::{TenantId, Tier};

/// What every family can be narrowed to.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::resources::statistics) struct Filter {
    /// At the end of this day in Mexico City, not later than today; today where nothing is said.
    #[param(format = Date, example = "2026-06-30")]
    pub(super) as_of: Option<String>,
    /// With a party of one of these states.
    #[param(value_type = Option<Vec<String>>, example = json!(["14"]))]
    pub(super) state: Option<Several<TenantId>>,
    /// With one of these municipalities among the parties.
    #[param(value_type = Option<Vec<String>>, example = json!(["14039"]))]
    pub(super) municipality: Option<Several<TenantId>>,
    /// Led by one of these orders of government.
    #[param(value_type = Option<Vec<Tier>>)]
    pub(super) tier: Option<Several<Tier>>,
    /// Of one of these kinds.
    #[param(value_type = Option<Vec<AgreementKind>>)]
    pub(super) kind: Option<Several<AgreementKind>>,
    /// Standing in one of these ways to an earlier instrument.
    #[param(value_type = Option<Vec<Instrument>>)]
    pub(super) instrument: Option<Several<Instrument>>,
    /// With a counterpart of one of these countries, ISO 3166-1 alpha-2.
    #[param(value_type = Option<Vec<String>>, example = json!(["JP"]))]
    pub(super) country: Option<Several<String>>,
    /// With a first counterpart of one of these kinds.
    #[param(value_type = Option<Vec<CounterpartKind>>)]
    pub(super) counterpart_kind: Option<Several<CounterpartKind>>,
    /// With a first counterpart of one of these levels.
    #[param(value_type = Option<Vec<CounterpartLevel>>)]
    pub(super) counterpart_level: Option<Several<CounterpartLevel>>,
    /// With one of these themes.
    #[param(value_type = Option<Vec<String>>)]
    pub(super) theme: Option<Several<String>>,
    /// With a target of one of these goals of the 2030 Agenda.
    #[param(value_type = Option<Vec<u8>>, minimum = 1, maximum = 17)]
    pub(super) sdg_goal: Option<Several<u8>>,
    /// Signed in one of these years.
    #[param(value_type = Option<Vec<u16>>, minimum = 1800, maximum = 2200)]
    pub(super) year: Option<Several<u16>>,
    /// With one of these standings on the day.
    #[param(value_type = Option<Vec<Standing>>)]
    pub(super) standing: Option<Several<Standing>>,
}

/// How many rows the answer has, where they are not named by another parameter.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::resources::statistics) struct RowsParam {
    /// How many rows at most, the largest ones (of months, the last ones); what is left over is one
    /// more row, `others`.
    #[param(minimum = 1, maximum = 10000, default = 200)]
    pub(super) rows: Option<usize>,
}

/// How the table is written.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::resources::statistics) struct SheetParam {
    /// Whether the table begins with the byte order mark of UTF-8, by which spreadsheets know
    /// accents.
    #[param(default = false)]
    pub(super) bom: Option<bool>,
}

impl SheetParam {
    /// Whether it begins with the mark.
    pub(in crate::resources::statistics) fn is_marked(&self) -> bool {
        self.bom.unwrap_or(false)
    }
}

/// What cases in sight can be narrowed to beside.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::resources::statistics) struct CaseFilter {
    /// In one of these stages, as far as the caller may know.
    #[param(value_type = Option<Vec<Stage>>)]
    pub(super) stage: Option<Several<Stage>>,
    /// With one of these compliances.
    #[param(value_type = Option<Vec<Compliance>>)]
    pub(super) compliance: Option<Several<Compliance>>,
    /// Whether cases count that are in the stage `draft`.
    #[param(default = true)]
    pub(super) drafts: Option<bool>,
}

/// What one unit is.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::resources::statistics) struct UnitParam {
    /// `agreements` (default) counts each once, by its lead; `participations` once in each state
    /// of its parties, or by municipality in each municipality.
    pub(super) count_by: Option<CountBy>,
}

/// What is soon enough.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::resources::statistics) struct TargetParam {
    /// Measure the share of passages that took no more business days than these.
    #[param(minimum = 0, maximum = 1000)]
    pub(super) target_days: Option<i32>,
}

/// Which governments are compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Rank {
    /// States.
    #[default]
    State,
    /// Municipalities.
    Municipality,
}

/// Which agreements count for a government.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Basis {
    #[default]
    Signatory,
    Territory,
}

/// How a concentration is measured.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::resources::statistics) struct TopParams {
    /// Compare states (default) or municipalities.
    #[param(inline)]
    pub(super) level: Option<Rank>,
    /// How many governments to name: 10 states or 6 municipalities where nothing is said; what the
    /// others hold is one more row, `others`.
    #[param(minimum = 1, maximum = 3000)]
    pub(super) top: Option<usize>,
    /// At the end of how many earlier years to answer too.
    #[param(minimum = 0, maximum = 20, default = 0)]
    pub(super) years: Option<u8>,
}

#[derive(Debug, Deserialize)]
pub(super) struct By {
    pub(super) by: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct BasisParam {
    pub(super) by: Option<Basis>,
}
