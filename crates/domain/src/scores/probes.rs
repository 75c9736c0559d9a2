//! By which facets of public records the governments are found that meet an item today: the same rules
//! as those of proofs, asked of the index.

use super::{KINDS, SESSIONS, ScoreItem};
use chrono::{Datelike, NaiveDate};

use ScoreItem as I;

/// By which facets of public records the governments are found that meet an item today.
#[derive(Debug, Clone)]
pub struct Probe {
    /// The item.
    pub item: ScoreItem,
    /// The kind of records.
    pub kind: &'static str,
    /// Names of facets, each with values of which one must hold. The first is counted.
    pub all: Vec<(&'static str, Vec<String>)>,
    /// Whether it is asked for the earliest year among them.
    pub by_year: bool,
}

/// The probes of every item that records meet.
pub fn probes(today: NaiveDate) -> Vec<Probe> {
    let probe = |item, kind: &'static str, all: &[(&'static str, &[&str])]| Probe {
        item,
        kind,
        all: all
            .iter()
            .map(|(name, values)| {
                let values = values.iter().map(|value| (*value).to_owned());
                (*name, values.collect())
            })
            .collect(),
        by_year: item.is_outliving(),
    };
    let (year, before) = (today.year().to_string(), (today.year() - 1).to_string());
    let recent: &[&str] = &[&year, &before];
    let [office, budget, committee, membership] = KINDS;
    let open: (&str, &[&str]) = ("status", &["open"]);
    let installed: (&str, &[&str]) = ("status", &["installed", "renewed"]);
    let active: (&str, &[&str]) = ("status", &["active"]);
    let is_true: &[&str] = &["true"];
    let written: &[&str] = &["law", "regulation", "decree"];
    vec![
        probe(I::Office, office, &[open]),
        probe(I::Instrument, office, &[open, ("instrument", written)]),
        probe(
            I::LegalPersonality,
            office,
            &[open, ("legal_personality", is_true)],
        ),
        probe(I::DirectLink, office, &[open, ("direct_link", is_true)]),
        probe(I::OfficeOutlived, office, &[open]),
        probe(I::BudgetOfYear, budget, &[("fiscal_year", &[&year])]),
        probe(
            I::BudgetSpent,
            budget,
            &[("fiscal_year", recent), ("status", &["closed"])],
        ),
        probe(I::Committee, committee, &[installed]),
        probe(
            I::CommitteeRules,
            committee,
            &[installed, ("has_rules", is_true)],
        ),
        probe(I::CommitteeOutlived, committee, &[installed]),
        probe(
            I::Session,
            SESSIONS,
            &[("year", recent), ("status", &["held", "published"])],
        ),
        probe(
            I::PublishedMinutes,
            SESSIONS,
            &[("year", recent), ("status", &["published"])],
        ),
        probe(I::Membership, membership, &[active]),
        probe(I::MembershipOutlived, membership, &[active]),
    ]
}
