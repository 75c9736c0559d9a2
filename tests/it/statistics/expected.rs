//! The expected figures, counted slowly, record by record.

use super::events::{PERIODS, TERMS};
use super::slow::Record;
use chrono::{Months, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};
use vinculo_domain::legal_date::LegalDate;
use vinculo_tests::JALISCO;

/// The count for each combination of keys.
pub type Rows = BTreeMap<Vec<String>, i64>;

fn known(text: Option<&String>) -> String {
    text.map_or_else(|| "unknown".to_owned(), Clone::clone)
}

fn or_unknown(found: BTreeSet<String>) -> Vec<String> {
    if found.is_empty() {
        vec!["unknown".to_owned()]
    } else {
        found.into_iter().collect()
    }
}

/// The standing on a day: known only if it is the same for every meaning of the dates.
pub fn standing(record: &Record, on: NaiveDate) -> String {
    if !is_signed(record) {
        return "none".into();
    }
    if let Some(said) = &record.standing {
        return said.clone();
    }
    let date = |text: Option<&str>| {
        text.map(|text| {
            let date = LegalDate::parse(text).unwrap();
            [date.earliest(), date.latest()]
        })
    };
    let validity = &record.validity;
    let start = validity["enters_into_force_on"].as_str();
    let starts =
        date(start.or(record.signed_on.as_deref())).unwrap_or([NaiveDate::MIN, NaiveDate::MAX]);
    let endless = validity["term"] == "indefinite" || validity["renewal"] == "automatic";
    let ends = if endless {
        [NaiveDate::MAX; 2]
    } else {
        date(validity["ends_on"].as_str()).unwrap_or([NaiveDate::MIN, NaiveDate::MAX])
    };
    let mut met = BTreeSet::new();
    let over = |end: NaiveDate| on > end;
    let surely_over = over(ends[1]);
    for start in starts {
        for end in ends {
            met.insert(if surely_over {
                "expired"
            } else if on < start {
                "not_yet_in_force"
            } else if over(end) {
                "expired"
            } else {
                "in_force"
            });
        }
    }
    let first = met.pop_first().unwrap();
    if met.is_empty() { first } else { "unknown" }.to_owned()
}

pub fn is_signed(record: &Record) -> bool {
    let stages = [
        "signed",
        "pending_registration",
        "registered",
        "reported",
        "",
    ];
    let taken_back = record.stage == "withdrawn";
    !taken_back && (record.signed_on.is_some() || stages.contains(&record.stage.as_str()))
}

/// The keys of a record in one dimension.
pub fn keys(record: &Record, dimension: &str, on: NaiveDate) -> Vec<String> {
    let lead = &record.parties[0];
    let first = record.counterparts.first();
    let cut = |text: &Option<String>, length: usize| match text {
        Some(text) => text[..length].to_owned(),
        None => "unknown".to_owned(),
    };
    let one = |text: String| vec![text];
    match dimension {
        "tier" => one(lead.tier.clone()),
        "kind" => one(record.kind.clone()),
        "instrument" => one(record.instrument.clone()),
        "stage" => one(record.stage.clone()),
        "compliance" => one(record.compliance.clone()),
        "state" => one(lead.state.clone().unwrap_or("none".into())),
        "municipality" => one(if lead.tier == "municipality" {
            lead.id.clone()
        } else {
            "none".into()
        }),
        "country" => one(first.map_or("unknown".into(), |counterpart| {
            counterpart.2.clone().unwrap_or("none".into())
        })),
        "counterpart_kind" => one(known(first.map(|one| &one.0))),
        "counterpart_level" => one(known(first.map(|one| &one.1))),
        "body_kind" => one(known(record.body_kind.as_ref())),
        "theme" => or_unknown(record.themes.iter().cloned().collect()),
        "sdg_goal" => {
            let goals = record.sdg_targets.iter();
            or_unknown(
                goals
                    .map(|target| target.split('.').next().unwrap().to_owned())
                    .collect(),
            )
        }
        "year" => one(cut(&record.signed_on, 4)),
        "registration_year" => one(cut(&record.registered_on, 4)),
        "standing" => one(standing(record, on)),
        "renewal" => one(match &record.validity {
            validity if validity.is_null() => "unknown".into(),
            validity => validity["renewal"].as_str().unwrap().to_owned(),
        }),
        "gap" => one(gap(record)),
        "ending" => one(ending(record, on)),
        "term_of_office" => one(term_of_office(record, on)),
        other => panic!("{other}"),
    }
}

fn gap(record: &Record) -> String {
    let over = ["withdrawn", "out_of_scope", "abandoned"].contains(&record.stage.as_str());
    let unreviewed = ["unknown", "non_compliant"].contains(&record.compliance.as_str());
    match record.stage.as_str() {
        _ if over => "none",
        // Nobody knows of an opinion, but the agreement is in the registry.
        "registered" if record.compliance == "unknown" => "none",
        _ if unreviewed => "unreviewed",
        "opinion_favorable" => "favorable_unsigned",
        "signed" => "signed_unsent",
        _ if record.compliance == "compliant" && record.was_unreviewed => "regularized",
        _ => "none",
    }
    .to_owned()
}

/// The last day on which it can be in force, or whether there is none or it is unknown.
fn last_day(record: &Record) -> Result<NaiveDate, &'static str> {
    let validity = &record.validity;
    let act = record.ended_on.as_deref().map(|day| day.parse().unwrap());
    let endless = validity["term"] == "indefinite" || validity["renewal"] == "automatic";
    let term = validity["ends_on"].as_str().filter(|_| !endless);
    let term = term.map(|end| LegalDate::parse(end).unwrap().latest());
    let last = [act, term].into_iter().flatten().min();
    last.ok_or(if endless { "none" } else { "unknown" })
}

/// Whether it ends with the administration of its lead.
fn term_of_office(record: &Record, on: NaiveDate) -> String {
    let end = match last_day(record) {
        Ok(end) if end < on => return "ended".into(),
        Ok(end) => end,
        Err(word) => return word.into(),
    };
    let jalisco = PERIODS.map(|(starts, ends)| (JALISCO, starts, ends));
    let term = jalisco
        .into_iter()
        .chain(TERMS)
        .find_map(|(of, starts, ends)| {
            let first = LegalDate::parse(starts).unwrap().earliest();
            let last = LegalDate::parse(ends?).unwrap().latest();
            (of == record.parties[0].id && first <= on && on <= last).then_some(last)
        });
    term.map_or("unknown", |term| {
        if end <= term {
            "with_the_term"
        } else {
            "after_the_term"
        }
    })
    .to_owned()
}

/// Renewals and terminations; by participations, once for each state of the parties.
pub fn annotated(records: &[Record], dimensions: &[&str], participations: bool) -> Rows {
    let mut rows = Rows::new();
    for record in records {
        let states: BTreeSet<_> = record.parties.iter().map(|party| &party.state).collect();
        let times = if participations { states.len() } else { 1 };
        for (kind, effective_on) in &record.annotations {
            if ["renewal", "termination"].contains(&kind.as_str()) {
                let keys = [kind.clone(), effective_on[..4].to_owned()];
                let keys = keys.into_iter().take(dimensions.len()).collect();
                *rows.entry(keys).or_default() += i64::try_from(times).unwrap();
            }
        }
    }
    rows
}

fn ending(record: &Record, on: NaiveDate) -> String {
    let end = match last_day(record) {
        Ok(end) => end,
        Err(word) => return word.into(),
    };
    let bands = [
        (6, "within_6_months"),
        (12, "within_12_months"),
        (24, "within_24_months"),
    ];
    if end < on {
        return "ended".into();
    }
    let band = bands
        .iter()
        .find(|(months, _)| end <= on + Months::new(*months));
    band.map_or("later", |(_, band)| band).to_owned()
}

/// Counts by one or two dimensions; participations count once in each place.
pub fn by(records: &[Record], dimensions: &[&str], participations: bool, on: NaiveDate) -> Rows {
    let mut rows = Rows::new();
    for record in records {
        let by_town = dimensions.contains(&"municipality");
        let mut places = BTreeSet::new();
        for party in record.parties.iter().filter(|_| participations) {
            let town = (party.tier == "municipality").then(|| party.id.clone());
            if !by_town || town.is_some() {
                let state = party.state.clone().unwrap_or("none".into());
                places.insert((state, town.filter(|_| by_town).unwrap_or_default()));
            }
        }
        if !participations {
            places.insert(Default::default());
        }
        for (state, town) in places {
            let of = |dimension: &&str| match *dimension {
                "state" if participations => vec![state.clone()],
                "municipality" if participations => vec![town.clone()],
                other => keys(record, other, on),
            };
            let lists: Vec<Vec<String>> = dimensions.iter().map(of).collect();
            for first in &lists[0] {
                let second = lists.get(1).cloned().unwrap_or(vec![String::new()]);
                for second in second {
                    let keys = [first.clone(), second].into_iter().take(dimensions.len());
                    *rows.entry(keys.collect()).or_default() += 1;
                }
            }
        }
    }
    rows
}

pub fn signed(records: &[Record]) -> Vec<Record> {
    records
        .iter()
        .filter(|record| is_signed(record))
        .cloned()
        .collect()
}
