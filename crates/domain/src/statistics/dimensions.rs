//! The dimensions by which statistics are broken down.

use serde::Serialize;
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

/// A dimension of figures.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[schema(as = StatisticsDimension)]
pub enum Dimension {
    /// The lead's order of government.
    Tier,
    /// The kind of agreement.
    Kind,
    /// How the instrument stands to an earlier one.
    Instrument,
    /// The state: the lead's, or of a participation its own. `none` for federal bodies.
    State,
    /// The municipality: the lead, or of a participation its own. `none` for other tiers.
    Municipality,
    /// The first counterpart's country.
    Country,
    /// What the first counterpart is in law.
    CounterpartKind,
    /// The level of the first counterpart's government.
    CounterpartLevel,
    /// The kind of body that signs for the lead.
    BodyKind,
    /// The themes: an agreement counts in each of its own.
    Theme,
    /// The goals of the 2030 Agenda: an agreement counts in each of its own.
    SdgGoal,
    /// The year of signature.
    Year,
    /// The year of inscription.
    RegistrationYear,
    /// Whether it is in force on the day.
    Standing,
    /// Where the case stands.
    Stage,
    /// Whether the law's procedure was kept.
    Compliance,
    /// How the validity is prolonged.
    Renewal,
    /// What happened.
    Event,
    /// The month in which it happened.
    Month,
    /// The administration of the government asked for, by its first day, that was in office on the
    /// last day of the month in which it happened.
    Administration,
    /// For whom the case waits.
    Party,
    /// For how long it has been waiting, in days of the calendar.
    Age,
    /// How often the text came to the legal review.
    Rounds,
    /// What is missing.
    Gap,
    /// When it ends, counted from the day.
    Ending,
    /// Whether it ends with the term of its owner that is in course on the day, whoever heads it.
    TermOfOffice,
    /// What the registry has annotated of its going on: renewals and terminations.
    Annotation,
    /// Whether a municipality has agreements.
    Coverage,
    /// Whether a state has a mechanism in force.
    Mechanism,
}

impl Dimension {
    /// Its name in parameters and answers.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// Whether its keys are times, so that rows are sorted by them.
    pub fn is_time(self) -> bool {
        matches!(
            self,
            Self::Year | Self::RegistrationYear | Self::Month | Self::Administration | Self::Rounds
        )
    }
}
