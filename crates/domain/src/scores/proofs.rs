//! What shows that an item is met: public records, inscriptions and terms of office, each with the
//! days between which it counts.

use super::{ScoreEvidence, ScoreItem};
use crate::administrations::Administration;
use crate::legal_date::LegalDate;
use crate::records::{Budget, Committee, InternationalOffice, OfficeInstrument, RecordStatus};
use chrono::{Datelike, NaiveDate};
use serde_json::{Map, Value};
use uuid::Uuid;

use RecordStatus as S;
use ScoreItem as I;

/// The kinds of records that are read one by one. Sessions are counted by year: their minutes are
/// long.
pub const KINDS: [&str; 4] = [
    "international-offices",
    "budgets",
    "committees",
    "memberships",
];
/// The kind whose records are counted by year.
pub const SESSIONS: &str = "meetings";
/// Where evidence of terms stands.
const TERMS: &str = "administrations";

/// At which moment something is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// Now, on this day: as records stand, whatever their dates.
    Today(NaiveDate),
    /// At the end of a day that is over: by the dates of what stands now.
    Past(NaiveDate),
}

impl Moment {
    /// The day.
    pub fn day(self) -> NaiveDate {
        match self {
            Self::Today(day) | Self::Past(day) => day,
        }
    }
}

/// A piece of evidence, and what it shows when.
#[derive(Debug, Clone)]
pub struct Proof {
    /// What is shown of it.
    pub evidence: ScoreEvidence,
    /// The items that it meets.
    pub items: Vec<ScoreItem>,
    /// Since when, by its dates.
    pub(super) since: NaiveDate,
    /// Until when, by its dates.
    pub(super) until: Option<NaiveDate>,
    /// Whether it stands now.
    pub(super) stands: bool,
}

impl Proof {
    /// Whether it counts at a moment.
    pub fn holds(&self, moment: Moment) -> bool {
        match moment {
            Moment::Today(_) => self.stands,
            Moment::Past(day) => self.since <= day && self.until.is_none_or(|until| day <= until),
        }
    }

    /// Whether it meets an item at a moment, when a term that began on a day was in course.
    pub fn meets(&self, item: ScoreItem, moment: Moment, began: Option<NaiveDate>) -> bool {
        let outlived = || {
            let first = self.evidence.since.as_ref();
            let first = first.map(|day| day.earliest().year());
            first.is_some_and(|year| outlives(year, began))
        };
        self.items.contains(&item) && self.holds(moment) && (!item.is_outliving() || outlived())
    }
}

/// Whether what began in a year outlived a change of administration: it is of a year before that in
/// which the term in course began.
pub fn outlives(year: i32, began: Option<NaiveDate>) -> bool {
    began.is_some_and(|began| year < began.year())
}

/// A public record.
#[derive(Debug, Clone)]
pub struct PublicRecord {
    /// Its id.
    pub id: Uuid,
    /// Its kind, by the word in the address.
    pub kind: &'static str,
    /// What it is called.
    pub title: String,
    /// How it stands.
    pub status: RecordStatus,
    /// From when it holds.
    pub starts_on: Option<LegalDate>,
    /// Until when it holds.
    pub ends_on: Option<LegalDate>,
    /// The day on which it was written down.
    pub written_on: NaiveDate,
    /// Its own fields.
    pub own: Map<String, Value>,
}

impl PublicRecord {
    /// The evidence that it is, since a day if its owner said one.
    fn evidence(&self, since: Option<&LegalDate>) -> ScoreEvidence {
        ScoreEvidence {
            kind: self.kind.to_owned(),
            href: format!("/v1/{}/{}", self.kind, self.id),
            title: Some(self.title.clone()),
            since: since.cloned(),
            until: self.ends_on.clone(),
            count: 1,
        }
    }

    /// What it shows while it stands in one of these statuses. What is over counts for the past until
    /// its last day; without one on record nobody knows until when, and it counts for no day.
    fn standing(
        &self,
        (standing, over): (&[S], &[S]),
        since: Option<&LegalDate>,
        items: Vec<ScoreItem>,
    ) -> Option<Proof> {
        let stands = standing.contains(&self.status);
        let ended = over.contains(&self.status) && self.ends_on.is_some();
        (stands || ended).then(|| Proof {
            evidence: self.evidence(since),
            items,
            since: since.map_or(self.written_on, LegalDate::earliest),
            until: self.ends_on.as_ref().map(LegalDate::latest),
            stands,
        })
    }

    /// What it shows, today being this day.
    pub fn proofs(&self, today: NaiveDate) -> Result<Vec<Proof>, serde_json::Error> {
        let own = Value::Object(self.own.clone());
        Ok(match self.kind {
            "international-offices" => self.office(&serde_json::from_value(own)?),
            "budgets" => self.budget(&serde_json::from_value(own)?, today),
            "committees" => self.committee(&serde_json::from_value(own)?),
            "memberships" => {
                let items = vec![I::Membership, I::MembershipOutlived];
                let ways: (&[S], &[S]) = (&[S::Active], &[S::Left]);
                Vec::from_iter(self.standing(ways, self.starts_on.as_ref(), items))
            }
            _ => Vec::new(),
        })
    }

    fn office(&self, own: &InternationalOffice) -> Vec<Proof> {
        let mut items = vec![I::Office, I::OfficeOutlived];
        use OfficeInstrument as O;
        if matches!(own.instrument, Some(O::Law | O::Regulation | O::Decree)) {
            items.push(I::Instrument);
        }
        if own.legal_personality {
            items.push(I::LegalPersonality);
        }
        if own.levels_to_executive.is_some_and(|levels| levels <= 1) {
            items.push(I::DirectLink);
        }
        let since = own.created_on.as_ref().or(self.starts_on.as_ref());
        let ways: (&[S], &[S]) = (&[S::Open], &[S::Closed]);
        Vec::from_iter(self.standing(ways, since, items))
    }

    fn committee(&self, own: &Committee) -> Vec<Proof> {
        let mut items = vec![I::Committee, I::CommitteeOutlived];
        if own.has_rules() {
            items.push(I::CommitteeRules);
        }
        let since = own.installed_on.as_ref().or(self.starts_on.as_ref());
        let ways: (&[S], &[S]) = (&[S::Installed, S::Renewed], &[S::Dissolved]);
        Vec::from_iter(self.standing(ways, since, items))
    }

    /// A budget counts for its year; what was spent of it, for the next year too.
    fn budget(&self, own: &Budget, today: NaiveDate) -> Vec<Proof> {
        let Ok(year) = i32::try_from(own.fiscal_year) else {
            return Vec::new();
        };
        let of_year = |items, last: i32| {
            let evidence = self.evidence(None);
            of_years(evidence, items, (year, last), today)
        };
        let mut proofs = Vec::from_iter(of_year(vec![I::BudgetOfYear], year));
        if self.status == S::Closed {
            proofs.extend(of_year(vec![I::BudgetSpent], year.saturating_add(1)));
        }
        proofs
    }
}

/// Evidence that counts in the years from one to another.
fn of_years(
    mut evidence: ScoreEvidence,
    items: Vec<ScoreItem>,
    (first, last): (i32, i32),
    today: NaiveDate,
) -> Option<Proof> {
    let since = NaiveDate::from_ymd_opt(first, 1, 1)?;
    let until = NaiveDate::from_ymd_opt(last, 12, 31)?;
    if evidence.since.is_none() {
        evidence.since = LegalDate::parse(&format!("{first:04}")).ok();
    }
    Some(Proof {
        evidence,
        items,
        since,
        until: Some(until),
        stands: (since..=until).contains(&today),
    })
}

/// What the public sessions of a year show, those of one status, of which one is named.
pub fn of_sessions(
    (year, status): (i32, RecordStatus),
    (count, one): (i64, &str),
    today: NaiveDate,
) -> Option<Proof> {
    let items = if status == S::Published {
        vec![I::Session, I::PublishedMinutes]
    } else {
        vec![I::Session]
    };
    let evidence = ScoreEvidence {
        kind: SESSIONS.to_owned(),
        href: format!("/v1/{SESSIONS}/{one}"),
        title: None,
        since: None,
        until: None,
        count,
    };
    of_years(evidence, items, (year, year.saturating_add(1)), today)
}

/// What it shows that a term of office is on file.
pub fn of_administration(one: &Administration, today: NaiveDate) -> Proof {
    let fields = &one.fields;
    Proof {
        evidence: ScoreEvidence {
            kind: TERMS.to_owned(),
            href: format!("/v1/{TERMS}/{}", one.id),
            title: None,
            since: Some(fields.starts_on.clone()),
            until: fields.ends_on.clone(),
            count: 1,
        },
        items: vec![I::TermOnFile],
        since: fields.starts_on.earliest(),
        until: fields.ends_on.as_ref().map(LegalDate::latest),
        stands: fields.covers(today),
    }
}
