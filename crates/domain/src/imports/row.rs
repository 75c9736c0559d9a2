//! Turns the cells of one row into an agreement, questions or reasons.

use super::candidate::Resolved;
use super::cells::{Cells, Doubts, reason, shown};
use super::columns::Column;
use super::registry_numbers::is_registry_number;
use super::{Choice, Parsed, Question, another, damaged, dates, kinds};
use crate::agreements::AgreementKind;
use crate::catalogs::{self, Catalog, Lang};
use crate::external_ids::MAX_EXTERNAL_ID;
use crate::gazetteer::{
    CountryMatch, Match, SeedGovernment, find_country, find_government, seed_government,
};
use crate::legal_date::{LegalDate, in_the_future};
use crate::names::{has_letter, letterless};
use crate::refusal::Said;
use crate::statistics::{Dimension, label};
use crate::wording;
use chrono::NaiveDate;

/// Reads one row. `today` is the day in Mexico City: nothing was signed later.
pub(super) fn read(cells: &Cells<'_>, today: NaiveDate) -> Parsed {
    let mut doubts = Doubts::default();
    cells.check(&mut doubts);
    let government = government(cells, &mut doubts);
    let country = country(cells, &mut doubts);
    let counterpart = counterpart(cells, &mut doubts);
    let kind = kind(cells, country, &mut doubts);
    let signed_on = signed_on(cells, today, &mut doubts);
    registry_number(cells, &mut doubts);
    external_ids(cells, &mut doubts);
    let another_agreement = another::said(cells, &mut doubts);
    if !doubts.reasons.is_empty() {
        return Parsed::Refused(doubts.reasons);
    }
    match (government, country, counterpart, kind) {
        (Some(government), Some(country), Some(counterpart), Some(kind))
            if doubts.questions.is_empty() =>
        {
            let row = Resolved {
                government,
                country,
                counterpart,
                kind,
                signed_on,
                another_agreement,
            };
            Parsed::Ready(Box::new(row.into_candidate(cells)))
        }
        _ => Parsed::NeedsDecision(doubts.questions),
    }
}

fn government(cells: &Cells<'_>, doubts: &mut Doubts) -> Option<&'static SeedGovernment> {
    let (state, municipality) = (cells.get(Column::State), cells.get(Column::Municipality));
    let value = [municipality, state]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ");
    match find_government(state, municipality) {
        Match::One(government) => return Some(government),
        Match::Ambiguous(governments) => doubts.questions.push(Question::new(
            "government",
            shown(&value),
            governments.into_iter().map(government_choice).collect(),
            wording::imports::which_government(),
        )),
        Match::None if damaged::is_government(cells) => {}
        Match::None if value.is_empty() => doubts.reasons.push(reason(
            "required",
            "government",
            "",
            wording::imports::government_required(),
        )),
        Match::None => doubts.reasons.push(reason(
            "unknown_government",
            "government",
            &value,
            wording::imports::unknown_government(),
        )),
    }
    None
}

fn government_choice(government: &'static SeedGovernment) -> Choice {
    let state = government.parent_id.as_deref().and_then(seed_government);
    let name = match state {
        Some(state) => format!("{}, {}", government.full_name(), state.name),
        None => government.name.clone(),
    };
    Choice {
        code: government.id.clone(),
        name,
    }
}

fn country(cells: &Cells<'_>, doubts: &mut Doubts) -> Option<&'static str> {
    // `NA` written so is the code of Namibia and a word for nothing; the search for countries asks.
    let raw = cells.raw(Column::Country);
    let text = cells
        .get(Column::Country)
        .or_else(|| raw.filter(|text| is_code(text)));
    let Some(text) = text else {
        let said = wording::counterparts::country_required();
        doubts
            .reasons
            .push(reason("required", Column::Country.name(), "", said));
        return None;
    };
    match find_country(text) {
        CountryMatch::One(code) | CountryMatch::ByCode(code) => return Some(code),
        CountryMatch::Ambiguous(codes) => doubts.questions.push(Question::new(
            Column::Country.name(),
            shown(text),
            codes
                .into_iter()
                .map(|code| choice(Catalog::Countries, code))
                .collect(),
            wording::imports::which_country(),
        )),
        CountryMatch::None if damaged::is_country(cells) => {}
        CountryMatch::None => doubts.reasons.push(reason(
            "unknown_country",
            Column::Country.name(),
            text,
            wording::imports::unknown_country(),
        )),
    }
    None
}

/// Whether a cell is written as a country's code is: two bare capitals.
fn is_code(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn choice(catalog: Catalog, code: &str) -> Choice {
    let name = catalogs::label(catalog, code, Lang::Es).unwrap_or(code);
    Choice {
        code: code.to_owned(),
        name: name.to_owned(),
    }
}

fn counterpart<'a>(cells: &Cells<'a>, doubts: &mut Doubts) -> Option<&'a str> {
    let field = Column::Counterpart.name();
    let Some(name) = cells.get(Column::Counterpart) else {
        let said = wording::imports::counterpart_required();
        doubts.reasons.push(reason("required", field, "", said));
        return None;
    };
    if !has_letter(name) {
        let letterless = reason("letterless", field, name, letterless());
        doubts.reasons.push(letterless);
        return None;
    }
    Some(name)
}

fn kind(cells: &Cells<'_>, country: Option<&str>, doubts: &mut Doubts) -> Option<AgreementKind> {
    // An agreement between Mexican governments is never inter-institutional, whatever its name (LCT
    // article 1).
    if country == Some("MX") {
        return Some(AgreementKind::Domestic);
    }
    let text = cells.get(Column::Kind).unwrap_or_default();
    let named = kinds::kind(text).filter(|kind| *kind != AgreementKind::Domestic);
    if named.is_none() {
        let candidates = [
            AgreementKind::Twinning,
            AgreementKind::SpecificCooperation,
            AgreementKind::StatementOfIntent,
        ]
        .map(|kind| {
            let code: &str = kind.into();
            Choice {
                code: code.to_owned(),
                name: label(Dimension::Kind, code, Lang::Es),
            }
        });
        doubts.questions.push(Question::new(
            Column::Kind.name(),
            shown(text),
            candidates.to_vec(),
            wording::imports::which_kind(),
        ));
    }
    named
}

/// The date of signature: that of its own column, or the year where there is no date.
fn signed_on(cells: &Cells<'_>, today: NaiveDate, doubts: &mut Doubts) -> Option<LegalDate> {
    let date = one_date(cells, Column::SignedOn, today, doubts);
    let year = one_date(cells, Column::Year, today, doubts);
    match (date, year) {
        (Some(date), Some(year)) if !date.as_str().starts_with(year.as_str()) => {
            doubts
                .questions
                .push(which_date([date, year], wording::imports::which_date()));
            None
        }
        (date, year) => date.or(year),
    }
}

fn one_date(
    cells: &Cells<'_>,
    column: Column,
    today: NaiveDate,
    doubts: &mut Doubts,
) -> Option<LegalDate> {
    let text = cells.get(column)?;
    let date = match dates::read(text) {
        dates::Read::Date(date) => date,
        dates::Read::Either(days) => {
            let said = wording::imports::which_date();
            let question = which_date(days, said.and(&wording::imports::serial_date()));
            doubts.questions.push(question);
            return None;
        }
        dates::Read::Nothing => {
            doubts.reasons.push(reason(
                "invalid_date",
                column.name(),
                text,
                wording::imports::date(),
            ));
            return None;
        }
    };
    if let Some(said) = in_the_future(&date, today) {
        doubts
            .reasons
            .push(reason("in_the_future", column.name(), text, said));
    }
    Some(date)
}

fn which_date(days: [LegalDate; 2], said: Said) -> Question {
    let value = days
        .each_ref()
        .map(|day| day.as_str().to_owned())
        .join(" / ");
    let candidates = days
        .into_iter()
        .map(|day| Choice {
            code: day.as_str().to_owned(),
            name: day.as_str().to_owned(),
        })
        .collect();
    Question::new(Column::SignedOn.name(), value, candidates, said)
}

/// A number that would inscribe the row must look like a number of a registry.
fn registry_number(cells: &Cells<'_>, doubts: &mut Doubts) {
    let Some(text) = cells.get(Column::RegistryNumber) else {
        return;
    };
    if !is_registry_number(text) {
        doubts.questions.push(Question::new(
            Column::RegistryNumber.name(),
            shown(text),
            Vec::new(),
            wording::imports::registry_number(),
        ));
    }
}

fn external_ids(cells: &Cells<'_>, doubts: &mut Doubts) {
    for id in cells.external_ids() {
        if id.value.chars().count() > MAX_EXTERNAL_ID {
            doubts.reasons.push(reason(
                "too_long",
                "external_ids",
                &id.value,
                wording::imports::external_id_too_long(MAX_EXTERNAL_ID),
            ));
        }
    }
}
