//! Statistics (estadísticas): questions of the ministry, a state or anyone about the agreements, as
//! they were at the end of any day.
//!
//! Every answer says how it counted, what it counted, and how good the records are. Public
//! statistics count only the registry; a government's statistics count the cases that it can see.

mod csv;
mod dimensions;
mod facts;
mod labels;
mod offered;
mod shares;
mod stage_durations;

pub use csv::sheet;
pub use dimensions::Dimension;
pub use facts::{AgreementFacts, FactParty, FactValue, Subject, SubjectCounterpart, SubjectParty};
pub use labels::{label, label_rows, said};
pub use offered::{Grouping, offered, rule};
pub use shares::{Histogram, shares, tenths};
pub use stage_durations::{Event, Waiting};

use crate::refusal::{BilingualText, Said};
use crate::wording;
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;
use strum::{IntoStaticStr, VariantArray};
use utoipa::ToSchema;

/// What kind of question the figures answer.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    IntoStaticStr,
    VariantArray,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Family {
    /// How many agreements there are, by what they are (existencias).
    Stock,
    /// What happened, by month or year (flujo).
    Flow,
    /// How long the procedure takes (tiempos).
    Time,
    /// What is missing for the law (brechas).
    Gaps,
    /// When agreements end and how they go on (vigencia).
    Life,
    /// Which municipalities have agreements, and which states a mechanism (cobertura).
    Coverage,
    /// How much of all a few hold (concentración).
    Concentration,
}

/// Which agreements are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, IntoStaticStr, ToSchema)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[schema(as = StatisticsScope)]
pub enum Audience {
    /// Those of the public registry.
    Public,
    /// Those in the caller's sight, in the stage that the caller may know.
    Mine,
}

/// What one unit of a count is.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Serialize,
    serde::Deserialize,
    IntoStaticStr,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum CountBy {
    /// An agreement counts once, by its lead.
    #[default]
    Agreements,
    /// An agreement counts once in each state that has a party in it; by municipality, once in each
    /// municipality.
    Participations,
}

/// How good the records are that were counted: shares in per cent.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
#[schema(as = StatisticsQuality)]
pub struct Quality {
    /// With a date of signature.
    #[schema(minimum = 0, maximum = 100)]
    pub with_date: Option<f64>,
    /// With a text: of a public record, a public document.
    #[schema(minimum = 0, maximum = 100)]
    pub with_text: Option<f64>,
    /// With a validity.
    #[schema(minimum = 0, maximum = 100)]
    pub with_validity: Option<f64>,
}

/// What some families measure beside the count; `null` where it does not apply.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
#[schema(as = StatisticsMeasures)]
pub struct Measures {
    /// Half of the passages took no longer, in business days.
    pub median_days: Option<i32>,
    /// Nine in ten passages took no longer, in business days.
    pub p90_days: Option<i32>,
    /// The share of the passages that took no longer than their target, in per cent: `target_days`
    /// where that was asked, else what the holder had set itself, of the passages that it had.
    pub within_target: Option<f64>,
    /// Passages that were not over at the end of the day.
    pub waiting: Option<i64>,
    /// The territory in square kilometres.
    pub area_km2: Option<i64>,
    /// Its share of the national territory, in per cent.
    pub territory_share: Option<f64>,
}

/// One row of figures.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct StatisticsRow {
    /// What is counted here: a code for each dimension of `by`. `unknown` is what nobody knows,
    /// `none` what does not apply, `others` what the table has no more room for.
    pub keys: BTreeMap<String, String>,
    /// The same in the caller's language.
    pub labels: BTreeMap<String, String>,
    /// How many.
    pub count: i64,
    /// The share of the sum of all rows, in per cent; the shares add to 100.0.
    pub share: f64,
    /// What else is measured.
    pub measures: Measures,
}

/// How it was at the end of another day.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = StatisticsPoint)]
pub struct Point {
    /// The day.
    #[schema(format = Date)]
    pub as_of: String,
    /// How many agreements there were.
    pub total: i64,
    /// How many of them the rows hold that are named.
    pub count: i64,
    /// Their share in per cent.
    pub share: f64,
}

/// An answer of figures.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Statistics {
    /// The family.
    pub family: Family,
    /// Which agreements were counted.
    pub scope: Audience,
    /// At the end of which day, in Mexico City.
    #[schema(format = Date)]
    pub as_of: String,
    /// The first day of which anything is recorded here, where the day asked for is before it: no
    /// figure of that day says what there was then.
    #[schema(format = Date)]
    pub begins_on: Option<String>,
    /// What a reader has to know about the day, in both languages; where there is `begins_on`.
    pub note: Option<BilingualText>,
    /// What one unit is.
    pub count_by: CountBy,
    /// The dimensions of the rows.
    pub by: Vec<Dimension>,
    /// What the agreements were narrowed to, as it was asked.
    pub filter: BTreeMap<String, String>,
    /// How it was counted.
    pub counting_rule: String,
    /// How good the records are.
    pub quality: Quality,
    /// How many agreements were looked at.
    pub total: i64,
    /// The sum of all rows: more than the total where one agreement counts in several.
    pub counted: i64,
    /// The rows: at most 200, or as many as were asked for, and one for the others.
    pub rows: Vec<StatisticsRow>,
    /// What is measured over all rows.
    pub measures: Measures,
    /// The same question at the end of earlier years; of a concentration, where asked for.
    pub over_time: Vec<Point>,
}

/// What to know about a day before the first one on record.
pub fn begins_later(begins_on: NaiveDate) -> Said {
    wording::statistics::begins_later(begins_on)
}

/// The key for an unknown value.
pub const UNKNOWN: &str = "unknown";
/// The key for a value that does not apply.
pub const NONE: &str = "none";
/// The key for rows beyond the table's limit.
pub const OTHERS: &str = "others";
