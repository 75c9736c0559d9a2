//! Turns the cells of one row into an agreement, questions or reasons.

use super::candidate::Resolved;
use super::cells::{Cells, Doubts, reason, shown};
use super::columns::Column;
use super::government::government;
use super::partners::several;
use super::registry_numbers::is_registry_number;
use super::signature::signed_on;
use super::{Choice, Parsed, Question, another, damaged, kinds};
use crate::agreements::AgreementKind;
use crate::catalogs::{self, Catalog, Lang};
use crate::external_ids::MAX_EXTERNAL_ID;
use crate::gazetteer::{CountryMatch, find_country};
use crate::names::{has_letter, letterless};
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
    registry_number(cells, kind, &mut doubts);
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
    if several(name) {
        let said = wording::imports::several_counterparts();
        let question = Question::new(field, shown(name), Vec::new(), said);
        doubts.questions.push(question);
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

/// A number that would inscribe the row must look like a number of a registry, and the agreement must
/// be one that a registry takes.
fn registry_number(cells: &Cells<'_>, kind: Option<AgreementKind>, doubts: &mut Doubts) {
    let Some(text) = cells.get(Column::RegistryNumber) else {
        return;
    };
    let said = if !is_registry_number(text) {
        wording::imports::registry_number()
    } else if kind.is_some_and(|kind| !kind.is_registrable()) {
        wording::imports::not_inscribed()
    } else {
        return;
    };
    let field = Column::RegistryNumber.name();
    let question = Question::new(field, shown(text), Vec::new(), said);
    doubts.questions.push(question);
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
