//! Turns the cells of one row into an agreement, questions or reasons.

use super::candidate::Resolved;
use super::cells::{Cells, Doubts, reason, shown};
use super::columns::Column;
use super::registry_numbers::{FORMS, is_registry_number};
use super::{Choice, Parsed, Question, another, dates, kinds};
use crate::agreements::AgreementKind;
use crate::catalogs::{self, Catalog, Lang};
use crate::external_ids::MAX_EXTERNAL_ID;
use crate::gazetteer::{
    CountryMatch, Match, SeedGovernment, find_country, find_government, seed_government,
};
use crate::legal_date::{LegalDate, in_the_future};
use crate::names::{has_letter, letterless};
use crate::refusal::Said;
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
        Match::Ambiguous(governments) => doubts.questions.push(Question {
            field: "government".to_owned(),
            value: shown(&value),
            candidates: governments.into_iter().map(government_choice).collect(),
            es: "¿De qué gobierno se trata? Escriba su clave del INEGI: la de un municipio en la \
                 columna del municipio; la de un estado, en la del estado.".to_owned(),
            en: "Which government is meant? Write its INEGI key: a municipality's in the column of the \
                 municipality, a state's in that of the state.".to_owned(),
        }),
        Match::None if value.is_empty() => doubts.reasons.push(reason(
            "required",
            "government",
            "",
            "Indique la entidad o el municipio.",
            "Name the state or the municipality.",
        )),
        Match::None => doubts.reasons.push(reason(
            "unknown_government",
            "government",
            &value,
            "No hay gobierno con ese nombre: escriba el nombre oficial o la clave del INEGI.",
            "No government has this name: write the official name or the INEGI key.",
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
        let (es, en) = ("Indique el país.", "Name the country.");
        doubts
            .reasons
            .push(reason("required", Column::Country.name(), "", es, en));
        return None;
    };
    match find_country(text) {
        CountryMatch::One(code) | CountryMatch::ByCode(code) => return Some(code),
        CountryMatch::Ambiguous(codes) => doubts.questions.push(Question {
            field: Column::Country.name().to_owned(),
            value: shown(text),
            candidates: codes
                .into_iter()
                .map(|code| choice(Catalog::Countries, code))
                .collect(),
            es: "¿De qué país se trata? Escriba su nombre o su clave ISO de tres letras."
                .to_owned(),
            en: "Which country is meant? Write its name or its three-letter ISO code.".to_owned(),
        }),
        CountryMatch::None => doubts.reasons.push(reason(
            "unknown_country",
            Column::Country.name(),
            text,
            "No hay país con ese nombre: escriba el nombre usual o la clave ISO de dos letras.",
            "No country has this name: write the usual name or the two-letter ISO code.",
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
        let (es, en) = ("Indique la contraparte.", "Name the counterpart.");
        doubts.reasons.push(reason("required", field, "", es, en));
        return None;
    };
    if !has_letter(name) {
        let Said { es, en } = letterless();
        doubts
            .reasons
            .push(reason("letterless", field, name, es, en));
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
        doubts.questions.push(Question {
            field: Column::Kind.name().to_owned(),
            value: shown(text),
            candidates: [
                ("twinning", "Hermanamiento"),
                ("specific_cooperation", "Cooperación específica"),
                ("statement_of_intent", "Carta de intención"),
            ]
            .map(|(code, name)| Choice {
                code: code.to_owned(),
                name: name.to_owned(),
            })
            .to_vec(),
            es: "¿Qué tipo de acuerdo es?".to_owned(),
            en: "What kind of agreement is it?".to_owned(),
        });
    }
    named
}

/// The date of signature: that of its own column, or the year where there is no date.
fn signed_on(cells: &Cells<'_>, today: NaiveDate, doubts: &mut Doubts) -> Option<LegalDate> {
    let date = one_date(cells, Column::SignedOn, today, doubts);
    let year = one_date(cells, Column::Year, today, doubts);
    match (date, year) {
        (Some(date), Some(year)) if !date.as_str().starts_with(year.as_str()) => {
            doubts.questions.push(which_date([date, year], "", ""));
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
            let question = which_date(
                days,
                " La celda tiene el número de serie de una hoja de cálculo.",
                " The cell holds the serial number of a spreadsheet.",
            );
            doubts.questions.push(question);
            return None;
        }
        dates::Read::Nothing => {
            doubts.reasons.push(reason(
                "invalid_date",
                column.name(),
                text,
                "Escriba una fecha que exista: AAAA, AAAA-MM, AAAA-MM-DD o DD/MM/AAAA.",
                "Write a date that exists: YYYY, YYYY-MM, YYYY-MM-DD or DD/MM/YYYY.",
            ));
            return None;
        }
    };
    if let Some(Said { es, en }) = in_the_future(&date, today) {
        doubts
            .reasons
            .push(reason("in_the_future", column.name(), text, es, en));
    }
    Some(date)
}

fn which_date(days: [LegalDate; 2], es: &str, en: &str) -> Question {
    let value = days
        .each_ref()
        .map(|day| day.as_str().to_owned())
        .join(" / ");
    Question {
        field: Column::SignedOn.name().to_owned(),
        value,
        candidates: days
            .into_iter()
            .map(|day| Choice {
                code: day.as_str().to_owned(),
                name: day.as_str().to_owned(),
            })
            .collect(),
        es: format!("¿Cuál es la fecha de firma? Escríbala como AAAA-MM-DD.{es}"),
        en: format!("Which is the date of signature? Write it as YYYY-MM-DD.{en}"),
    }
}

/// A number that would inscribe the row must look like a number of a registry.
fn registry_number(cells: &Cells<'_>, doubts: &mut Doubts) {
    let Some(text) = cells.get(Column::RegistryNumber) else {
        return;
    };
    if !is_registry_number(text) {
        let [es, en] = FORMS;
        doubts.questions.push(Question {
            field: Column::RegistryNumber.name().to_owned(),
            value: shown(text),
            candidates: Vec::new(),
            es: format!(
                "¿Es el número de un registro anterior? Escríbalo como consta: {es}; o deje la celda \
                 vacía."
            ),
            en: format!(
                "Is it the number of an earlier registry? Write it as it stands there: {en}; or leave \
                 the cell empty."
            ),
        });
    }
}

fn external_ids(cells: &Cells<'_>, doubts: &mut Doubts) {
    for id in cells.external_ids() {
        if id.value.chars().count() > MAX_EXTERNAL_ID {
            doubts.reasons.push(reason(
                "too_long",
                "external_ids",
                &id.value,
                format!("Acorte la clave a {MAX_EXTERNAL_ID} caracteres."),
                format!("Shorten the id to {MAX_EXTERNAL_ID} characters."),
            ));
        }
    }
}
