//! Periods of government (administraciones). Legal acts are dated against them, and their end
//! limits what a council may bind without two thirds of its votes (CPEUM article 115-II-b).

use crate::agreements::{Validity, outlives_term};
use crate::legal_date::LegalDate;
use crate::problems::Problem;
use crate::refusal::{Checks, Result};
use crate::tenant::TenantId;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Who heads an administration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The person's name.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    /// The post, such as `Presidenta municipal`.
    #[schema(min_length = 1, max_length = 200)]
    pub post: String,
    /// In which capacity: constitutional, substitute, provisional.
    #[schema(min_length = 1, max_length = 200)]
    pub capacity: String,
}

/// What is written of an administration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "government_id": "14039", "starts_on": "2027-10-01", "ends_on": "2030-09-30",
    "head": {"name": "Persona Titular", "post": "Presidenta municipal", "capacity": "constitucional"}
}))]
pub struct AdministrationFields {
    /// Whose period it is; it stays as first written.
    pub government_id: TenantId,
    /// Its first day.
    pub starts_on: LegalDate,
    /// Its last day; absent where it is not known.
    #[serde(default)]
    pub ends_on: Option<LegalDate>,
    /// Who heads it; another name corrects this one. Whoever takes over before the end heads an
    /// administration of their own.
    #[serde(default)]
    pub head: Option<Head>,
}

impl AdministrationFields {
    /// Checks the fields by themselves and reports every error.
    pub fn check(&self) -> Result<()> {
        let mut checks = Checks::default();
        if let Some(head) = &self.head {
            checks.text("/head/name", &head.name, 200);
            checks.text("/head/post", &head.post, 200);
            checks.text("/head/capacity", &head.capacity, 200);
        }
        if self
            .ends_on
            .as_ref()
            .is_some_and(|end| end.latest() < self.starts_on.earliest())
        {
            checks.add(
                "/ends_on",
                "before_start",
                "El fin no puede ser anterior al inicio.",
                "The end cannot be before the start.",
            );
        }
        checks.finish(Problem::ValidationFailed)
    }

    /// The same as it is kept: the head's name without spaces around it.
    #[must_use]
    pub fn kept(mut self) -> Self {
        if let Some(head) = &mut self.head {
            head.name = head.name.trim().to_owned();
        }
        self
    }

    /// Whether a day lies in the period; an imprecise date (year or month) counts with all its
    /// days.
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.starts_on.earliest() <= day
            && self.ends_on.as_ref().is_none_or(|end| day <= end.latest())
    }

    /// Whether the two periods share a day.
    pub fn overlaps(&self, other: &Self) -> bool {
        let begins_in_time = |one: &Self, two: &Self| {
            one.ends_on
                .as_ref()
                .is_none_or(|end| two.starts_on.earliest() <= end.latest())
        };
        begins_in_time(self, other) && begins_in_time(other, self)
    }

    /// Whether a name is the head's, ignoring accents and capitals.
    pub fn is_headed_by(&self, name: &str) -> bool {
        self.head
            .as_ref()
            .is_some_and(|head| crate::text::fold(&head.name) == crate::text::fold(name))
    }

    /// Whether its head is on file and is somebody else than `name`.
    pub fn doubts(&self, name: &str) -> bool {
        self.head.is_some() && !self.is_headed_by(name)
    }
}

/// One administration as it was on file and as it is now; absent where it was not there yet.
#[derive(Debug, Clone, Copy)]
pub struct Turnover<'a> {
    /// As it was.
    pub before: Option<&'a AdministrationFields>,
    /// As it is.
    pub after: Option<&'a AdministrationFields>,
}

impl Turnover<'_> {
    /// Whether a signature by this person on this day comes to be doubted, or no longer is.
    pub fn alters_doubt(&self, name: &str, day: NaiveDate) -> bool {
        let doubted = |period: Option<&AdministrationFields>| {
            period.is_some_and(|period| period.covers(day) && period.doubts(name))
        };
        doubted(self.before) != doubted(self.after)
    }

    /// Whether an agreement that a council voted on this day comes to outlive its term, or no
    /// longer does.
    pub fn alters_outliving(&self, validity: Option<&Validity>, day: NaiveDate) -> bool {
        let outlives = |period: Option<&AdministrationFields>| {
            let term = period.filter(|period| period.covers(day));
            outlives_term(validity, term.and_then(|term| term.ends_on.as_ref()))
        };
        outlives(self.before) != outlives(self.after)
    }
}

/// A period of one government.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Administration {
    /// Its id.
    pub id: Uuid,
    /// What was written.
    #[serde(flatten)]
    pub fields: AdministrationFields,
    /// Counts the changes.
    pub version: i32,
    /// When it was written down.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreements::{Renewal, Term};

    fn period(starts_on: &str, ends_on: Option<&str>) -> AdministrationFields {
        AdministrationFields {
            government_id: TenantId::new("14039"),
            starts_on: LegalDate::parse(starts_on).unwrap(),
            ends_on: ends_on.map(|end| LegalDate::parse(end).unwrap()),
            head: None,
        }
    }

    #[test]
    fn periods_overlap_where_they_share_a_day() {
        let first = period("2021-10-01", Some("2024-09-30"));
        for (start, end, overlaps) in [
            ("2024-10-01", Some("2027-09-30"), false),
            ("2024-09-30", Some("2027-09-30"), true),
            ("2018-10-01", Some("2021-09-30"), false),
            ("2018", Some("2021"), true),
            ("2022-01", Some("2022-02"), true),
            ("2024-10", None, false),
            ("2020-01-01", None, true),
        ] {
            let other = period(start, end);
            assert_eq!(first.overlaps(&other), overlaps, "{start} {end:?}");
            assert_eq!(other.overlaps(&first), overlaps, "{start} {end:?}");
        }
        assert!(period("2021", None).overlaps(&period("2030", None)));
    }

    #[test]
    fn only_what_a_change_of_the_period_decides_is_altered() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let headed = |name: &str| AdministrationFields {
            head: Some(Head {
                name: name.into(),
                post: "Presidenta municipal".into(),
                capacity: "constitucional".into(),
            }),
            ..period("2021-10-01", Some("2024-09-30"))
        };
        let (ana, eva, none) = (headed("Ana"), headed("Eva"), period("2021-10-01", None));
        let alters = |before: Option<&AdministrationFields>, after, name: &str, on: &str| {
            Turnover { before, after }.alters_doubt(name, day(on))
        };
        assert!(alters(Some(&ana), Some(&eva), "Ana", "2022-01-01"));
        assert!(alters(Some(&ana), Some(&eva), "EVA", "2022-01-01"));
        assert!(!alters(Some(&ana), Some(&eva), "Otra", "2022-01-01"));
        assert!(!alters(Some(&ana), Some(&eva), "Ana", "2025-01-01"));
        assert!(alters(None, Some(&eva), "Ana", "2022-01-01"));
        assert!(!alters(None, Some(&eva), "Eva", "2022-01-01"));
        assert!(!alters(None, Some(&none), "Ana", "2022-01-01"));
        let validity = |ends_on: Option<&str>| Validity {
            enters_into_force_on: None,
            ends_on: ends_on.map(|end| LegalDate::parse(end).unwrap()),
            term: Term::Fixed,
            renewal: Renewal::None,
        };
        let (short, long) = (validity(Some("2023")), validity(Some("2030")));
        let outlives = |before, validity: &Validity, on: &str| {
            let after = Some(&ana);
            Turnover { before, after }.alters_outliving(Some(validity), day(on))
        };
        for validity in [&short, &long] {
            assert!(outlives(None, validity, "2022-01-01"));
            assert!(!outlives(None, validity, "2025-01-01"));
            assert!(outlives(Some(&none), validity, "2022-01-01"));
            assert!(!outlives(Some(&eva), validity, "2022-01-01"));
        }
        assert!(!outlives(None, &validity(None), "2022-01-01"));
    }

    #[test]
    fn a_year_alone_covers_all_its_days() {
        let known = period("2021", Some("2024"));
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (on, covered) in [
            ("2020-12-31", false),
            ("2021-01-01", true),
            ("2024-12-31", true),
            ("2025-01-01", false),
        ] {
            assert_eq!(known.covers(day(on)), covered, "{on}");
        }
    }
}
