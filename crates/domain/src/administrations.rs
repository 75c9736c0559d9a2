//! Administrations (administraciones): who headed a government, and in which term of office
//! (periodo). Legal acts are dated against them, and the end of the term limits what a council may
//! bind without two thirds of its votes (CPEUM article 115-II-b).
//!
//! Term and head are two things. Whoever takes over before the term ends, for a time or to its end,
//! heads an administration that begins later and ends on the same day, because that is the last day
//! of the same council's term (CPEUM article 115-I: the substitute completes it). Administrations of
//! one government that end on the same day are heads of one term; of other terms they share no day.
//! Where the first one was written down as ending when its head left, a head who stands in from the
//! next day still belongs to its term ([`term_end`]).

use crate::agreements::{Validity, outlives_term};
use crate::legal_date::LegalDate;
use crate::problems::Problem;
use crate::refusal::{Checks, Result};
use crate::tenant::TenantId;
use crate::wording;
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
    /// In which capacity: constitutional, interim, substitute, provisional.
    #[schema(min_length = 1, max_length = 200)]
    pub capacity: String,
}

/// Beginnings of words for a head who completes the term of another.
const STANDING_IN: [&str; 8] = [
    "interin",
    "sustitut",
    "suplen",
    "encargad",
    "interim",
    "acting",
    "substitut",
    "provisional",
];

impl Head {
    /// Whether the capacity says that the head completes somebody else's term: interim, substitute,
    /// in charge.
    fn stands_in(&self) -> bool {
        let words = crate::text::words(&self.capacity);
        let mut words = words.iter();
        words.any(|word| STANDING_IN.iter().any(|one| word.starts_with(one)))
    }
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
    /// Its first day: of the term, or the day on which its head took over.
    pub starts_on: LegalDate,
    /// The last day of the term, whoever heads the government then; absent where it is not known.
    #[serde(default)]
    pub ends_on: Option<LegalDate>,
    /// Who heads it; another name corrects this one. Whoever takes over before the term ends heads
    /// an administration of their own that ends on the same day.
    #[serde(default)]
    pub head: Option<Head>,
}

impl AdministrationFields {
    /// Checks the fields by themselves and reports every error.
    pub fn check(&self) -> Result<()> {
        let mut checks = Checks::default();
        if let Some(head) = &self.head {
            checks.name("/head/name", &head.name, 200);
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
                wording::common::end_before_start(),
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

    /// Whether both are of one term: they end on the same known day.
    pub fn shares_term_with(&self, other: &Self) -> bool {
        self.ends_on.is_some() && self.ends_on == other.ends_on
    }

    /// Whether its head stands in from the day after `left` ended, and so completes its term.
    fn completes(&self, left: &Self) -> bool {
        let next_day = left
            .ends_on
            .as_ref()
            .and_then(|end| end.latest().succ_opt());
        next_day == Some(self.starts_on.earliest())
            && self.head.as_ref().is_some_and(Head::stands_in)
    }

    /// Whether the two cannot both be right: they share a day and are not two heads of one term, who
    /// took over on different days.
    pub fn conflicts_with(&self, other: &Self) -> bool {
        let two_heads =
            self.shares_term_with(other) && self.starts_on.earliest() != other.starts_on.earliest();
        self.overlaps(other) && !two_heads
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

/// The administrations of one government as they were on file and as they are now.
#[derive(Debug, Clone, Default)]
pub struct Turnover {
    /// As they were.
    pub before: Vec<AdministrationFields>,
    /// As they are.
    pub after: Vec<AdministrationFields>,
}

impl Turnover {
    /// Whether a signature by this person on this day comes to be doubted, or no longer is.
    pub fn alters_doubt(&self, name: &str, day: NaiveDate) -> bool {
        let doubted =
            |all: &[AdministrationFields]| in_office(all, day).is_some_and(|one| one.doubts(name));
        doubted(&self.before) != doubted(&self.after)
    }

    /// Whether an agreement that a council voted on this day comes to outlive its term, or no
    /// longer does.
    pub fn alters_outliving(&self, validity: Option<&Validity>, day: NaiveDate) -> bool {
        let outlives = |all: &[AdministrationFields]| outlives_term(validity, term_end(all, day));
        outlives(&self.before) != outlives(&self.after)
    }
}

/// The administration in office on a day: of those that cover it, the one whose head took over
/// last.
pub fn in_office(all: &[AdministrationFields], day: NaiveDate) -> Option<&AdministrationFields> {
    let covering = all.iter().filter(|one| one.covers(day));
    covering.max_by_key(|one| one.starts_on.earliest())
}

/// The last day of the term in which a day lies, whoever headed the government then; `None` where it
/// is not on file. `all` are the administrations of one government.
pub fn term_end(all: &[AdministrationFields], day: NaiveDate) -> Option<&LegalDate> {
    let mut last = in_office(all, day)?;
    while let Some(next) = all.iter().find(|next| next.completes(last)) {
        last = next;
    }
    last.ends_on.as_ref()
}

/// An administration of one government.
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
mod tests;
