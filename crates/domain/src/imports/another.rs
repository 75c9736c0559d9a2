//! Rows that may be an agreement of an earlier row, or on record, with a date that is known better or
//! worse. They are asked about, and a column of the file answers.

use super::cells::{Cells, Doubts, shown};
use super::columns::Column;
use super::{Candidate, Choice, Parsed, Question, Row};
use crate::agreements::AgreementKind;
use crate::legal_date::{LegalDate, may_be_same};
use crate::text::{compact, fold};
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
        doubts.questions.push(Question {
            field: Column::AnotherAgreement.name().to_owned(),
            value: shown(text),
            candidates: answers(),
            es: "¿Es otro acuerdo que el que consta con la misma contraparte? Escriba «sí» o «no»."
                .to_owned(),
            en: "Is it another agreement than the one with the same counterpart? Write “yes” or “no”."
                .to_owned(),
        });
    }
    false
}

fn answers() -> Vec<Choice> {
    [("si", "Sí, es otro acuerdo"), ("no", "No")]
        .map(|(code, name)| Choice {
            code: code.to_owned(),
            name: name.to_owned(),
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
        let (es, en) = match (line, &on_record) {
            (Some(line), _) => (
                format!("La línea {line} tiene un acuerdo"),
                format!("Line {line} has an agreement"),
            ),
            (None, Some(Choice { name, .. })) => (
                format!("Ya consta el acuerdo «{name}»,"),
                format!("On record is the agreement “{name}”,"),
            ),
            (None, None) => (
                "Ya consta un acuerdo".into(),
                "On record is an agreement".into(),
            ),
        };
        Self {
            field: Column::AnotherAgreement.name().to_owned(),
            value: signed_on.map_or_else(String::new, |date| date.as_str().to_owned()),
            candidates: on_record.into_iter().collect(),
            es: format!(
                "{es} del mismo tipo y con la misma contraparte, y la fecha puede ser la misma: ¿es este? Si es el \
                 mismo, deje una sola fila o corrija la fecha del que consta; si es otro, escriba «sí» en la \
                 columna «otro acuerdo»."
            ),
            en: format!(
                "{en} of the same kind and with the same counterpart, and the date may be the same: is it this \
                 one? If it is, leave one row only or correct the date of the record; if it is another one, write \
                 “yes” in a column “another agreement”."
            ),
        }
    }
}

/// Government, kind, country, counterpart.
type Partner = (String, AgreementKind, String, String);

fn partner(candidate: &Candidate) -> Partner {
    (
        candidate.government_id.to_string(),
        candidate.kind,
        candidate.country.clone(),
        compact(&candidate.counterpart_name),
    )
}

fn date(candidate: &Candidate) -> &str {
    let date = candidate.signed_on.as_ref();
    date.map_or("", LegalDate::as_str)
}

/// Notes of each row which earlier one may be the same agreement. Where the dates are the same as
/// well, it is a duplicate and no question.
pub(super) fn note_resemblances(rows: &mut [Row]) {
    let mut seen: HashMap<Partner, Vec<(u64, String)>> = HashMap::new();
    for row in rows {
        let Parsed::Ready(candidate) = &mut row.outcome else {
            continue;
        };
        let mine = date(candidate).to_owned();
        let earlier = seen.entry(partner(candidate)).or_default();
        if earlier.iter().any(|(_line, date)| *date == mine) {
            continue;
        }
        let like = earlier
            .iter()
            .find(|(_line, date)| may_be_same(date, &mine));
        match like {
            Some((line, _date)) if !candidate.another_agreement => {
                candidate.resembles = Some(*line);
            }
            _ => earlier.push((row.line, mine)),
        }
    }
}
