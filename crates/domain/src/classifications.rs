//! The transparency class of a document over time (LGTAIP, DOF 20 March 2025). Each decision is
//! numbered and kept; the last one counts. A reserved document has a ground (article 112) and an
//! end: the last day on which it is withheld, to its end in Mexico City. After that day it opens by
//! itself. A confidential document has no end.

use crate::legal_date::{LegalDate, WholeDay};
use crate::limits::MAX_RESERVED_YEARS;
use crate::problems::Problem;
use crate::refusal::{Checks, Result};
use crate::tenant::TenantId;
use crate::wording;
use chrono::{DateTime, Months, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};
use utoipa::ToSchema;

/// The transparency class of a file (LGTAIP, DOF 20 March 2025).
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Classification {
    /// Open once the law says so.
    #[default]
    Public,
    /// Withheld for a time, with a ground (información reservada, article 112).
    Reserved,
    /// Personal data and secrets (información confidencial).
    Confidential,
}

/// A decision on the class of a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"classification": "reserved", "ground": "LGTAIP 112-II: negociaciones internacionales en curso.", "until": "2027-06-30"}))]
pub struct ClassificationFields {
    /// The class from now on.
    pub classification: Classification,
    /// The legal ground; obligatory where the document is withheld.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub ground: Option<String>,
    /// The last day withheld, to its end in Mexico City; obligatory for `reserved`, and for nothing
    /// else.
    #[serde(default)]
    #[schema(value_type = Option<WholeDay>)]
    pub until: Option<LegalDate>,
}

impl ClassificationFields {
    /// Reports everything wrong with it.
    pub fn check(&self, today: NaiveDate) -> Result<()> {
        let mut checks = Checks::default();
        self.note(today, &mut checks);
        checks.finish(Problem::ValidationFailed)
    }

    /// The same, added to other errors.
    pub(crate) fn note(&self, today: NaiveDate, checks: &mut Checks) {
        checks.optional_text("/ground", self.ground.as_deref(), 500);
        let ground = self.ground.as_deref().unwrap_or_default().trim();
        if self.classification != Classification::Public && ground.is_empty() {
            checks.add("/ground", "required", wording::documents::ground_required());
        }
        let reserved = self.classification == Classification::Reserved;
        match &self.until {
            None if reserved => {
                checks.add("/until", "required", wording::documents::until_required())
            }
            Some(_) if !reserved => checks.add("/until", "no_end", wording::documents::no_end()),
            // A month or a year is stored by earlier versions and means its last day.
            Some(until) if !until.is_whole_day() => {
                checks.add("/until", "not_a_day", wording::documents::until_whole_day())
            }
            Some(until) => check_term(until, today, checks),
            None => {}
        }
    }
}

fn check_term(until: &LegalDate, today: NaiveDate, checks: &mut Checks) {
    if until.latest() <= today {
        checks.add("/until", "past", wording::documents::until_past());
    }
    let longest = today.checked_add_months(Months::new(12 * MAX_RESERVED_YEARS));
    if longest.is_some_and(|longest| until.latest() > longest) {
        checks.add("/until", "too_long", wording::documents::until_too_late());
    }
}

/// The last day withheld, as a day: a month or a year that is stored means its last day.
pub fn last_day(until: &LegalDate) -> LegalDate {
    LegalDate::day(until.latest())
}

/// Whether a document of this class is open on a day. A reserved document is open once its last day
/// has passed; without a last day it does not open by itself.
pub fn is_open(classification: Classification, until: Option<&LegalDate>, on: NaiveDate) -> bool {
    match classification {
        Classification::Public => true,
        Classification::Reserved => until.is_some_and(|until| until.latest() < on),
        Classification::Confidential => false,
    }
}

/// A decision as it is read. Number 0 is what was said when the document came.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = DocumentClassification)]
pub struct ClassificationView {
    /// Which decision, from 0; the last one counts.
    #[schema(minimum = 0)]
    pub number: i32,
    /// The class.
    pub classification: Classification,
    /// The legal ground.
    pub ground: Option<String>,
    /// The last day withheld.
    #[schema(format = Date)]
    pub until: Option<String>,
    /// The government that decided.
    pub acting_tenant: TenantId,
    /// When.
    pub classified_at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_withheld_has_a_ground_and_what_is_reserved_an_end() {
        use Classification::{Confidential, Public, Reserved};
        for (classification, ground, until, wrong) in [
            (Public, None, None, None),
            (Public, None, Some("2027-06-30"), Some("no_end")),
            (Reserved, Some("LGTAIP 112-II"), Some("2027-06-30"), None),
            (Reserved, Some("LGTAIP 112-II"), Some("2031-11-21"), None),
            (
                Reserved,
                Some("LGTAIP 112-II"),
                Some("2031-11-22"),
                Some("too_long"),
            ),
            (
                Reserved,
                Some("LGTAIP 112-II"),
                Some("2026-11-21"),
                Some("past"),
            ),
            (
                Reserved,
                Some("LGTAIP 112-II"),
                Some("2027"),
                Some("not_a_day"),
            ),
            (
                Reserved,
                Some("LGTAIP 112-II"),
                Some("2027-06"),
                Some("not_a_day"),
            ),
            (Reserved, Some("LGTAIP 112-II"), None, Some("required")),
            (Reserved, Some("  "), Some("2027-06-30"), Some("required")),
            (Confidential, Some("Datos personales"), None, None),
            (Confidential, None, None, Some("required")),
            (
                Confidential,
                Some("Datos personales"),
                Some("2027-06-30"),
                Some("no_end"),
            ),
        ] {
            let fields = ClassificationFields {
                classification,
                ground: ground.map(str::to_owned),
                until: until.map(|until| LegalDate::parse(until).unwrap()),
            };
            let refusal = fields.check(day("2026-11-21")).err();
            let code = refusal.map(|refusal| refusal.errors[0].code);
            assert_eq!(code, wrong, "{fields:?}");
        }
    }

    #[test]
    fn what_is_stored_with_less_precision_means_its_last_day() {
        for (stored, day) in [
            ("2027", "2027-12-31"),
            ("2028-02", "2028-02-29"),
            ("2027-06-30", "2027-06-30"),
        ] {
            let shown = last_day(&LegalDate::parse(stored).unwrap());
            assert_eq!(shown.as_str(), day);
        }
    }

    #[test]
    fn what_was_reserved_opens_after_its_last_day() {
        let until = LegalDate::parse("2027-02").unwrap();
        let open = |class, until, on| is_open(class, until, day(on));
        assert!(!open(Classification::Reserved, Some(&until), "2027-02-28"));
        assert!(open(Classification::Reserved, Some(&until), "2027-03-01"));
        assert!(!open(Classification::Reserved, None, "2100-01-01"));
        assert!(!open(
            Classification::Confidential,
            Some(&until),
            "2100-01-01"
        ));
        assert!(open(Classification::Public, None, "2000-01-01"));
    }
}
