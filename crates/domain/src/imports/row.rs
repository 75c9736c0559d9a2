//! Turns the cells of one row into an agreement, questions or reasons.

use super::candidate::Resolved;
use super::cells::{Cells, reason, shown};
use super::columns::Column;
use super::{Choice, Parsed, Question, Reason, dates, kinds};
use crate::agreements::AgreementKind;
use crate::catalogs::{self, Catalog, Lang};
use crate::gazetteer::{
    CountryMatch, Match, SeedGovernment, find_country, find_government, seed_government,
};
use crate::legal_date::LegalDate;
use crate::text::fold;

/// The obstacles found in all cells of a row.
#[derive(Default)]
struct Doubts {
    questions: Vec<Question>,
    reasons: Vec<Reason>,
}

pub(super) fn read(cells: &Cells<'_>) -> Parsed {
    let mut doubts = Doubts::default();
    cells.check(&mut doubts.reasons);
    let government = government(cells, &mut doubts);
    let country = country(cells, &mut doubts);
    let counterpart = counterpart(cells, &mut doubts);
    let kind = kind(cells, country, &mut doubts);
    let signed_on = signed_on(cells, &mut doubts);
    if !doubts.reasons.is_empty() {
        return Parsed::Refused(doubts.reasons);
    }
    match (government, country, counterpart, kind) {
        (Some(government), Some(country), Some(counterpart), Some(kind)) => {
            let row = Resolved {
                government,
                country,
                counterpart,
                kind,
                signed_on,
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
            es: "¿De qué gobierno se trata? Escriba su clave.".to_owned(),
            en: "Which government is meant? Write its key.".to_owned(),
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
    let Some(text) = cells.get(Column::Country) else {
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
            es: "¿De qué país se trata? Escriba su clave ISO de dos letras.".to_owned(),
            en: "Which country is meant? Write its two-letter ISO code.".to_owned(),
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

fn choice(catalog: Catalog, code: &str) -> Choice {
    let name = catalogs::label(catalog, code, Lang::Es).unwrap_or(code);
    Choice {
        code: code.to_owned(),
        name: name.to_owned(),
    }
}

fn counterpart<'a>(cells: &Cells<'a>, doubts: &mut Doubts) -> Option<&'a str> {
    // A name without a letter or digit could not be recognised on a second run.
    let name = cells
        .get(Column::Counterpart)
        .filter(|name| !fold(name).is_empty());
    if name.is_none() {
        let (es, en) = ("Indique la contraparte.", "Name the counterpart.");
        doubts
            .reasons
            .push(reason("required", Column::Counterpart.name(), "", es, en));
    }
    name
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

fn signed_on(cells: &Cells<'_>, doubts: &mut Doubts) -> Option<LegalDate> {
    let text = cells
        .get(Column::SignedOn)
        .filter(|text| !dates::says_none(text))?;
    let date = dates::read(text);
    if date.is_none() {
        doubts.reasons.push(reason(
            "invalid_date",
            Column::SignedOn.name(),
            text,
            "Escriba una fecha que exista: AAAA, AAAA-MM, AAAA-MM-DD o DD/MM/AAAA.",
            "Write a date that exists: YYYY, YYYY-MM, YYYY-MM-DD or DD/MM/YYYY.",
        ));
    }
    date
}
