//! The method: which weight each dimension has, and from which day.

use super::ScoreDimension;
use crate::legal_date::{LegalDate, WholeDay};
use crate::problems::Problem;
use crate::refusal::{Checks, Result};
use crate::wording;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use strum::VariantArray;
use utoipa::ToSchema;
use uuid::Uuid;

/// How many of 100 parts each dimension has of the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ScoreWeights)]
pub struct Weights {
    /// Legal basis.
    #[schema(minimum = 0, maximum = 100)]
    pub legal_basis: i64,
    /// Budget.
    #[schema(minimum = 0, maximum = 100)]
    pub budget: i64,
    /// Position.
    #[schema(minimum = 0, maximum = 100)]
    pub position: i64,
    /// Participation.
    #[schema(minimum = 0, maximum = 100)]
    pub participation: i64,
    /// Legal compliance.
    #[schema(minimum = 0, maximum = 100)]
    pub compliance: i64,
    /// Activity.
    #[schema(minimum = 0, maximum = 100)]
    pub activity: i64,
    /// Continuity.
    #[schema(minimum = 0, maximum = 100)]
    pub continuity: i64,
    /// Transparency.
    #[schema(minimum = 0, maximum = 100)]
    pub transparency: i64,
}

/// The weights of the first version.
const FIRST: Weights = Weights {
    legal_basis: 20,
    budget: 15,
    position: 10,
    participation: 15,
    compliance: 15,
    activity: 10,
    continuity: 10,
    transparency: 5,
};

impl Weights {
    /// The weight of a dimension.
    pub fn of(&self, dimension: ScoreDimension) -> i64 {
        use ScoreDimension as D;
        match dimension {
            D::LegalBasis => self.legal_basis,
            D::Budget => self.budget,
            D::Position => self.position,
            D::Participation => self.participation,
            D::Compliance => self.compliance,
            D::Activity => self.activity,
            D::Continuity => self.continuity,
            D::Transparency => self.transparency,
        }
    }

    fn check(&self, checks: &mut Checks) {
        let mut sum = 0_i64;
        let mut sound = true;
        for dimension in ScoreDimension::VARIANTS {
            let weight = self.of(*dimension);
            if (0..=100).contains(&weight) {
                sum += weight;
            } else {
                let word: &str = dimension.into();
                let said = wording::requests::number_between(0, 100);
                checks.add(format!("/weights/{word}"), "out_of_range", said);
                sound = false;
            }
        }
        if sound && sum != 100 {
            checks.add("/weights", "sum", wording::scores::sum(sum.to_string()));
        }
    }
}

/// What the foreign ministry writes of a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "holds_from": "2050-01-01",
    "weights": {"legal_basis": 20, "budget": 20, "position": 10, "participation": 15, "compliance": 10, "activity": 10, "continuity": 10, "transparency": 5},
}))]
pub struct ScoreMethodFields {
    /// From which day it is the method that scores are shown by, today or later.
    #[schema(value_type = WholeDay)]
    pub holds_from: LegalDate,
    /// The weight of each dimension; they are 100 together.
    pub weights: Weights,
}

impl ScoreMethodFields {
    /// Reports everything wrong with it. What was shown on a past day does not change, so a version
    /// does not hold from before `today`, the day in Mexico City.
    pub fn check(&self, today: NaiveDate) -> Result<()> {
        let mut checks = Checks::default();
        if !self.holds_from.is_whole_day() {
            checks.add("/holds_from", "not_a_day", wording::common::whole_day());
        } else if self.holds_from.earliest() < today {
            let said = wording::scores::holds_from(today.to_string());
            checks.add("/holds_from", "past", said);
        }
        self.weights.check(&mut checks);
        checks.finish(Problem::ValidationFailed)
    }
}

/// A version of the method. None is ever changed.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ScoreMethod {
    /// Its id.
    pub id: Uuid,
    /// Its number: 1 came with the service.
    pub version: i32,
    /// What was written.
    #[serde(flatten)]
    pub fields: ScoreMethodFields,
    /// When it was written down; absent for the first.
    pub created_at: Option<DateTime<Utc>>,
}

impl ScoreMethod {
    /// The id of the first version, the same in every installation.
    pub const FIRST_ID: Uuid = Uuid::from_u128(0x0193_8a5c_7c00_7a00_8000_0000_0000_0001);

    /// The first version, which comes with the service.
    pub fn first() -> Self {
        let day = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default();
        Self {
            id: Self::FIRST_ID,
            version: 1,
            fields: ScoreMethodFields {
                holds_from: LegalDate::day(day),
                weights: FIRST,
            },
            created_at: None,
        }
    }

    /// The version by which scores are shown on a day: of those that hold by then the one that came
    /// to hold last, and of several from one day the newest. The first holds where no other does.
    pub fn on(all: &[Self], day: NaiveDate) -> Option<&Self> {
        let begun = |one: &&Self| one.version == 1 || one.fields.holds_from.earliest() <= day;
        let mut held: Vec<&Self> = all.iter().filter(begun).collect();
        held.sort_by_key(|one| {
            let from = one.fields.holds_from.earliest();
            (one.version > 1, from, one.version)
        });
        held.pop()
    }
}
