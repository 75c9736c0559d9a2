//! Activity abroad over time: what happened in each year, as far as the caller may see it.

use crate::tenant::TenantId;
use crate::wording;
use crate::{FieldError, Refusal, Result};
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use strum::VariantArray;
use utoipa::ToSchema;

/// The most years of one answer.
pub const MAX_YEARS: i32 = 60;
/// How many years are shown if nothing else is asked for.
const USUAL_YEARS: i32 = 10;

words! {
    /// A kind of thing that happens.
    ActivityFamily {
        /// Agreements of the registry were signed.
        AgreementsSigned,
        /// Agreements were inscribed.
        AgreementsInscribed,
        /// Memberships in networks began.
        MembershipsBegun,
        /// Sister-city committees were installed.
        CommitteesInstalled,
        /// Sessions of committees were held.
        SessionsHeld,
        /// International-affairs offices opened.
        OfficesOpened,
        /// Commitments were made.
        CommitmentsMade,
    }
}

impl ActivityFamily {
    /// The kind of record that is counted by the year in which it begins, and in which statuses;
    /// `None` for agreements.
    pub fn counts(self) -> Option<(&'static str, &'static [&'static str])> {
        Some(match self {
            Self::AgreementsSigned | Self::AgreementsInscribed => return None,
            Self::MembershipsBegun => ("memberships", &["active", "left"]),
            Self::CommitteesInstalled => ("committees", &["installed", "renewed", "dissolved"]),
            Self::SessionsHeld => ("meetings", &["held", "published"]),
            Self::OfficesOpened => ("international-offices", &["open", "closed"]),
            Self::CommitmentsMade => (
                "commitments",
                &["open", "fulfilled", "carried_over", "expired"],
            ),
        })
    }
}

/// Whose activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Of the country.
    Country,
    /// Of a state and its municipalities.
    State(TenantId),
    /// Of one government.
    Government(TenantId),
}

/// The years that are asked for, both included; the last ten where nothing is said.
pub fn years(from: Option<i32>, to: Option<i32>, this: i32) -> Result<RangeInclusive<i32>> {
    let to = to.unwrap_or_else(|| from.map_or(this, |from| this.max(from)));
    let from = from.unwrap_or(to - USUAL_YEARS + 1);
    let (place, code) = if from > to {
        ("to", "before_start")
    } else if to - from >= MAX_YEARS {
        ("from", "too_many")
    } else {
        return Ok(from..=to);
    };
    let said = wording::scores::years(MAX_YEARS.to_string());
    Err(Refusal::from(FieldError::new(place, code, said)))
}

/// How many there are of a family.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ActivityCount {
    /// The family.
    pub family: ActivityFamily,
    /// How many.
    pub count: i64,
}

/// What happened in a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ActivityYear {
    /// The year.
    pub year: i32,
    /// How many of each, also of those without any.
    pub counts: Vec<ActivityCount>,
    /// All together.
    pub total: i64,
}

/// Activity abroad by year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Activity {
    /// The government that was asked about.
    pub government: Option<TenantId>,
    /// The state that was asked about, with its municipalities.
    pub state: Option<TenantId>,
    /// Every year of the period, also those without anything.
    pub years: Vec<ActivityYear>,
    /// All of the period together.
    pub total: i64,
    /// How many of each have no year on record, and so are in none.
    pub undated: Vec<ActivityCount>,
}

/// How many there are of each family and year; those without a year under none.
pub type Counts = BTreeMap<(ActivityFamily, Option<i32>), i64>;

impl Activity {
    /// What was counted, over a period.
    pub fn over(place: &Place, years: RangeInclusive<i32>, found: &Counts) -> Self {
        let count = |family: &ActivityFamily, year| {
            let count = found.get(&(*family, year)).copied();
            ActivityCount {
                family: *family,
                count: count.unwrap_or(0),
            }
        };
        let families = || ActivityFamily::VARIANTS.iter();
        let year = |year: i32| {
            let counts: Vec<ActivityCount> = families().map(|one| count(one, Some(year))).collect();
            ActivityYear {
                year,
                total: counts.iter().map(|one| one.count).sum(),
                counts,
            }
        };
        let years: Vec<ActivityYear> = years.map(year).collect();
        let (government, state) = match place {
            Place::Country => (None, None),
            Place::State(state) => (None, Some(state.clone())),
            Place::Government(one) => (Some(one.clone()), None),
        };
        Self {
            government,
            state,
            total: years.iter().map(|year| year.total).sum(),
            years,
            undated: families().map(|one| count(one, None)).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::find;

    #[test]
    fn every_family_counts_a_kind_in_statuses_that_it_has() {
        for (many, statuses) in ActivityFamily::VARIANTS
            .iter()
            .filter_map(|family| family.counts())
        {
            let spec = &find(many).unwrap().spec;
            let words: Vec<&str> = spec.statuses.iter().map(|one| one.word()).collect();
            assert!(
                statuses.iter().all(|status| words.contains(status)),
                "{many}"
            );
        }
    }

    #[test]
    fn years_are_in_order_and_not_too_many() {
        assert_eq!(years(None, None, 2026).unwrap(), 2017..=2026);
        assert_eq!(years(Some(2000), None, 2026).unwrap(), 2000..=2026);
        assert_eq!(years(Some(2030), None, 2026).unwrap(), 2030..=2030);
        assert_eq!(years(None, Some(2000), 2026).unwrap(), 1991..=2000);
        assert_eq!(years(Some(1967), Some(2026), 2026).unwrap().count(), 60);
        let refused = |from, to| {
            let refusal = years(Some(from), Some(to), 2026).unwrap_err();
            format!("{} {}", refusal.errors[0].pointer, refusal.errors[0].code)
        };
        assert_eq!(refused(1966, 2026), "from too_many");
        assert_eq!(refused(2026, 2025), "to before_start");
    }

    #[test]
    fn years_without_anything_are_zero() {
        use ActivityFamily as F;
        let found = Counts::from([
            ((F::SessionsHeld, Some(2024)), 3),
            ((F::SessionsHeld, Some(1999)), 9),
            ((F::OfficesOpened, Some(2026)), 1),
            ((F::OfficesOpened, None), 2),
        ]);
        let place = Place::Government(TenantId::new("14039"));
        let activity = Activity::over(&place, 2024..=2026, &found);
        let totals: Vec<i64> = activity.years.iter().map(|year| year.total).collect();
        assert_eq!(totals, [3, 0, 1]);
        assert_eq!(activity.total, 4);
        assert_eq!(activity.years[1].counts.len(), F::VARIANTS.len());
        let undated = ActivityCount {
            family: F::OfficesOpened,
            count: 2,
        };
        assert!(activity.undated.contains(&undated));
    }
}
