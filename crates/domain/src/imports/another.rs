//! Rows that may be an agreement of an earlier row, or on record, with a date that is known better or
//! worse. They are asked about, and a column of the file answers.

use super::cells::{Cells, Doubts, shown};
use super::columns::Column;
use super::{Candidate, Choice, Parsed, Question, Row};
use crate::agreements::{AgreementKind, PartnerName};
use crate::legal_date::{LegalDate, may_be_same};
use crate::text::fold;
use crate::wording;
use std::collections::HashMap;

/// The words that answer that a row is another agreement, folded; its words for "no" are those for
/// nothing.
const YES: [&str; 7] = ["another", "otro", "si", "true", "verdadero", "x", "yes"];
const NO: [&str; 2] = ["false", "falso"];

/// Whether the row says that it is another agreement than one that it resembles.
pub(super) fn said(cells: &Cells<'_>, doubts: &mut Doubts) -> bool {
    let Some(text) = cells.get(Column::AnotherAgreement) else {
        return false;
    };
    let folded = fold(text);
    if YES.contains(&folded.as_str()) {
        return true;
    }
    if !NO.contains(&folded.as_str()) {
        let said = wording::imports::another_unclear();
        doubts.questions.push(Question {
            field: Column::AnotherAgreement.name().to_owned(),
            value: shown(text),
            candidates: answers(),
            es: said.es.into_owned(),
            en: said.en.into_owned(),
        });
    }
    false
}

fn answers() -> Vec<Choice> {
    let (yes, no) = (
        wording::imports::yes_another(),
        wording::imports::no_the_same(),
    );
    [("si", yes), ("no", no)]
        .map(|(code, said)| Choice {
            code: code.to_owned(),
            name: said.es.into_owned(),
        })
        .to_vec()
}

impl Question {
    /// Asks whether a row is an agreement that it resembles: that of an earlier line, or `on_record`,
    /// in the sight of whoever is asked.
    pub fn whether_another(
        signed_on: Option<&LegalDate>,
        line: Option<u64>,
        on_record: Option<Choice>,
    ) -> Self {
        let said = match (line, &on_record) {
            (Some(line), _) => wording::imports::another_of_line(line),
            (None, Some(Choice { name, .. })) => wording::imports::another_of_record(name),
            (None, None) => wording::imports::another_of_some_record(),
        };
        Self {
            field: Column::AnotherAgreement.name().to_owned(),
            value: signed_on.map_or_else(String::new, |date| date.as_str().to_owned()),
            candidates: on_record.into_iter().collect(),
            es: said.es.into_owned(),
            en: said.en.into_owned(),
        }
    }
}

/// Government, kind, country, place of the counterpart.
type Partner = (String, AgreementKind, String, String);

fn partner(candidate: &Candidate, name: &PartnerName) -> Partner {
    (
        candidate.government_id.to_string(),
        candidate.kind,
        candidate.country.clone(),
        name.place().to_owned(),
    )
}

fn date(candidate: &Candidate) -> &str {
    let date = candidate.signed_on.as_ref();
    date.map_or("", LegalDate::as_str)
}

/// Notes of each row which earlier one may be the same agreement. Where the names and the dates are the
/// same, it is a duplicate and no question.
pub(super) fn note_resemblances(rows: &mut [Row]) {
    let mut seen: HashMap<Partner, Vec<(u64, PartnerName, String)>> = HashMap::new();
    for row in rows {
        let Parsed::Ready(candidate) = &mut row.outcome else {
            continue;
        };
        let mine = date(candidate).to_owned();
        let name = PartnerName::new(&candidate.counterpart_name);
        let earlier = seen.entry(partner(candidate, &name)).or_default();
        let same = |named: &PartnerName, date: &str| named.is(&name) && date == mine;
        if earlier.iter().any(|(_line, named, date)| same(named, date)) {
            continue;
        }
        let like = earlier
            .iter()
            .find(|(_line, named, date)| named.may_be(&name) && may_be_same(date, &mine));
        match like {
            Some((line, _name, _date)) if !candidate.another_agreement => {
                candidate.resembles = Some(*line);
            }
            _ => earlier.push((row.line, name, mine)),
        }
    }
}
