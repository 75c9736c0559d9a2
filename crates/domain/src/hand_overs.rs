//! The hand-over (entrega-recepción): what an incoming administration receives of the action abroad,
//! and when each government changes hands. Municipal terms end with the council's (CPEUM article
//! 115-I); the outgoing administration hands over what is pending.

use crate::administrations::Head;
use crate::agreements::AgreementLine;
use crate::legal_date::LegalDate;
use crate::records::RecordStatus as S;
use crate::tenant::{Role, TenantId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

/// The kinds of records that are handed over, with the statuses in which something is left to do or to
/// know. What was closed, fulfilled or left stays in the lists.
pub const SECTIONS: [(&str, &[S]); 9] = [
    ("commitments", &[S::Open, S::CarriedOver]),
    ("memberships", &[S::Applied, S::Active]),
    ("committees", &[S::Installed, S::Renewed]),
    ("meetings", &[S::Called, S::Held]),
    (
        "international-offices",
        &[S::Requested, S::Opening, S::Open],
    ),
    ("staff-members", &[S::Active]),
    ("budgets", &[S::Active]),
    ("referrals", &[S::Asked, S::Accepted, S::Answered]),
    ("advisory-cases", &[S::Asked, S::Accepted, S::Answered]),
];

/// What an incoming administration receives.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HandOver {
    /// The government.
    pub government_id: TenantId,
    /// Its name.
    pub government_name: String,
    /// When this was put together.
    pub made_at: DateTime<Utc>,
    /// The term that ends, if it is on file.
    pub term: Option<HandOverTerm>,
    /// Its agreements that are not given up: what is under way, in force or ended.
    pub agreements: Vec<AgreementLine>,
    /// Its people on the platform, whose access ends or passes on.
    pub people: Vec<HandOverPerson>,
    /// Its records that something is left to do with, by kind.
    pub sections: Vec<HandOverSection>,
}

/// The term that ends.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct HandOverTerm {
    /// Its last day.
    pub ends_on: LegalDate,
    /// How many days are left until then, from today in Mexico City.
    pub days_left: i64,
    /// Who heads the government now.
    pub head: Option<Head>,
}

/// A person who has access on the platform for the government.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct HandOverPerson {
    /// The person.
    pub id: Uuid,
    /// The name.
    pub name: String,
    /// The roles there.
    pub roles: Vec<Role>,
}

/// The records of one kind.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HandOverSection {
    /// The kind, by its word in the address.
    #[schema(example = "commitments")]
    pub kind: String,
    /// The records, as their owner reads them.
    #[schema(value_type = Vec<Object>)]
    pub records: Vec<Map<String, Value>>,
}

/// When a municipality changes hands.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct HandOverLine {
    /// The municipality.
    pub government_id: TenantId,
    /// Its name.
    pub name: String,
    /// Its state.
    pub state_id: Option<TenantId>,
    /// The last day of its term; absent where no administration is on file.
    pub ends_on: Option<LegalDate>,
    /// How many days are left until then.
    pub days_left: Option<i64>,
}

/// How many days are left of a term. Of a last day that is known by month or year only, the latest
/// that it may be.
pub fn days_left(ends_on: &LegalDate, today: NaiveDate) -> i64 {
    (ends_on.latest() - today).num_days()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::find;

    #[test]
    fn every_section_is_a_kind_with_these_statuses() {
        for (many, statuses) in SECTIONS {
            let kind = find(many).unwrap();
            for status in statuses {
                assert!(kind.spec.statuses.contains(status), "{many} {status:?}");
            }
        }
    }

    #[test]
    fn days_are_left_until_the_latest_day_it_may_be() {
        let today = NaiveDate::from_ymd_opt(2027, 9, 1).unwrap();
        let left = |text: &str| days_left(&LegalDate::parse(text).unwrap(), today);
        assert_eq!(left("2027-09-30"), 29);
        assert_eq!(left("2027-09"), 29);
        assert_eq!(left("2027"), 121);
        assert_eq!(left("2027-08-31"), -1);
    }
}
