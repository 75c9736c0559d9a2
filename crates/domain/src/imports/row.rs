//! From the cells of one row to an agreement, a question or reasons.

use super::cells::{Cells, reason, shown};
use super::columns::Column;
use super::{Candidate, Choice, Parsed, QualityFlag, Question, Reason, dates, kinds};
use crate::agreements::AgreementKind;
use crate::catalogs::{self, Catalog, Lang};
use crate::counterparts::CounterpartKind;
use crate::gazetteer::{
    CountryMatch, Match, SeedGovernment, find_country, find_government, seed_government,
};
use crate::legal_date::LegalDate;
use crate::tenant::TenantId;
use crate::text::fold;

/// What keeps a row from being ready, gathered over all its cells.
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
            let row = Resolved { government, country, counterpart, kind, signed_on };
            Parsed::Ready(Box::new(row.into_candidate(cells)))
        }
        _ => Parsed::NeedsDecision(doubts.questions),
    }
}

fn government(cells: &Cells<'_>, doubts: &mut Doubts) -> Option<&'static SeedGovernment> {
    let (state, municipality) = (cells.get(Column::State), cells.get(Column::Municipality));
    let value = [municipality, state].into_iter().flatten().collect::<Vec<_>>().join(", ");
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
    Choice { code: government.id.clone(), name }
}

fn country(cells: &Cells<'_>, doubts: &mut Doubts) -> Option<&'static str> {
    let Some(text) = cells.get(Column::Country) else {
        let (es, en) = ("Indique el país.", "Name the country.");
        doubts.reasons.push(reason("required", Column::Country.name(), "", es, en));
        return None;
    };
    match find_country(text) {
        CountryMatch::One(code) => return Some(code),
        CountryMatch::Ambiguous(codes) => doubts.questions.push(Question {
            field: Column::Country.name().to_owned(),
            value: shown(text),
            candidates: codes.into_iter().map(|code| choice(Catalog::Countries, code)).collect(),
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
    Choice { code: code.to_owned(), name: name.to_owned() }
}

fn counterpart<'a>(cells: &Cells<'a>, doubts: &mut Doubts) -> Option<&'a str> {
    // A name without a letter or digit would leave nothing to recognise it by on a second run.
    let name = cells.get(Column::Counterpart).filter(|name| !fold(name).is_empty());
    if name.is_none() {
        let (es, en) = ("Indique la contraparte.", "Name the counterpart.");
        doubts.reasons.push(reason("required", Column::Counterpart.name(), "", es, en));
    }
    name
}

fn kind(cells: &Cells<'_>, country: Option<&str>, doubts: &mut Doubts) -> Option<AgreementKind> {
    // Between Mexican governments nothing is an inter-institutional agreement, whatever it is
    // called (LCT article 1).
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
            .map(|(code, name)| Choice { code: code.to_owned(), name: name.to_owned() })
            .to_vec(),
            es: "¿Qué tipo de acuerdo es?".to_owned(),
            en: "What kind of agreement is it?".to_owned(),
        });
    }
    named
}

fn signed_on(cells: &Cells<'_>, doubts: &mut Doubts) -> Option<LegalDate> {
    let text = cells.get(Column::SignedOn).filter(|text| !dates::says_none(text))?;
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

/// A row of which everything obligatory is known.
struct Resolved<'a> {
    government: &'static SeedGovernment,
    country: &'static str,
    counterpart: &'a str,
    kind: AgreementKind,
    signed_on: Option<LegalDate>,
}

impl Resolved<'_> {
    fn into_candidate(self, cells: &Cells<'_>) -> Candidate {
        let text = |column| cells.get(column).map(str::to_owned);
        let level = cells.get(Column::Level);
        let (themes, unknown_theme) = themes(cells.get(Column::Theme).unwrap_or_default());
        let level_known = level.and_then(kinds::level);

        let mut flags = self.flags(cells);
        flags.extend((level.is_some() && level_known.is_none()).then_some(QualityFlag::UnknownLevel));
        flags.extend(unknown_theme.then_some(QualityFlag::UnknownTheme));
        Candidate {
            fingerprint: self.fingerprint(),
            government_id: TenantId::new(self.government.id.as_str()),
            counterpart_name: self.counterpart.to_owned(),
            counterpart_kind: match self.kind {
                AgreementKind::Domestic => CounterpartKind::Domestic,
                AgreementKind::PrivateContract => CounterpartKind::Private,
                _ => CounterpartKind::ForeignGovernment,
            },
            counterpart_level: level_known.or_else(|| kinds::level_of_name(self.counterpart)),
            country: self.country.to_owned(),
            kind: self.kind,
            signed_on: self.signed_on,
            source: text(Column::Source),
            registry_number: text(Column::RegistryNumber),
            title: text(Column::Title),
            themes,
            validity_note: text(Column::Validity),
            quality_flags: flags,
        }
    }

    fn flags(&self, cells: &Cells<'_>) -> Vec<QualityFlag> {
        let date = match self.signed_on.as_ref().map(|date| date.as_str().len()) {
            None => Some(QualityFlag::MissingDate),
            Some(4) => Some(QualityFlag::YearOnlyDate),
            Some(7) => Some(QualityFlag::MonthOnlyDate),
            Some(_) => None,
        };
        let source = match cells.get(Column::Source) {
            None => Some(QualityFlag::MissingSource),
            Some(source) if kinds::is_official(source) => None,
            Some(_) => Some(QualityFlag::SourceNotOfficial),
        };
        let domestic = self.kind == AgreementKind::Domestic;
        let unsure = !domestic && kinds::may_not_be_a_government(self.counterpart);
        let alias = !self.is_named_as_itself(cells);
        [
            date,
            source,
            domestic.then_some(QualityFlag::DomesticCounterpart),
            unsure.then_some(QualityFlag::CounterpartKindUnsure),
            alias.then_some(QualityFlag::GovernmentResolvedByAlias),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn is_named_as_itself(&self, cells: &Cells<'_>) -> bool {
        let own = [Some(&self.government.id), Some(&self.government.name)];
        let own = own.into_iter().chain([self.government.official_name.as_ref()]).flatten();
        let own: Vec<String> = own.map(|name| fold(name)).collect();
        [cells.get(Column::Municipality), cells.get(Column::State)]
            .into_iter()
            .flatten()
            .any(|written| own.contains(&fold(written)))
    }

    /// See [`Candidate::fingerprint`]. The first part is the version of this form: whoever changes
    /// the form must change it too, or a second run of an old file makes duplicates.
    fn fingerprint(&self) -> String {
        let kind: &'static str = self.kind.into();
        let date = self.signed_on.as_ref().map_or("-", LegalDate::as_str);
        let counterpart = fold(self.counterpart);
        ["1", &self.government.id, &counterpart, self.country, kind, date].join("|")
    }
}

/// The themes that a cell names by code or label, and whether it names others too.
fn themes(text: &str) -> (Vec<String>, bool) {
    let mut codes: Vec<String> = Vec::new();
    let mut unknown = false;
    for name in text.split([';', ',', '|']).map(fold).filter(|name| !name.is_empty()) {
        let theme = catalogs::entries(Catalog::Themes)
            .iter()
            .find(|theme| [&theme.code, &theme.es, &theme.en].iter().any(|own| fold(own) == name));
        match theme {
            Some(theme) if codes.contains(&theme.code) => {}
            Some(theme) => codes.push(theme.code.clone()),
            None => unknown = true,
        }
    }
    (codes, unknown)
}
