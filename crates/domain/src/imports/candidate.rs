//! Turns a row with all required data into an agreement to record.

use super::cells::Cells;
use super::columns::Column;
use super::levels::level_of_name;
use super::{Candidate, QualityFlag, fingerprint, kinds};
use crate::agreements::AgreementKind;
use crate::catalogs::{self, Catalog};
use crate::counterparts::CounterpartKind;
use crate::gazetteer::{CountryMatch, SeedGovernment, find_country};
use crate::legal_date::LegalDate;
use crate::tenant::{TenantId, Tier};
use crate::text::fold;

/// A row with all required data.
pub(super) struct Resolved<'a> {
    pub(super) government: &'static SeedGovernment,
    pub(super) country: &'static str,
    pub(super) counterpart: &'a str,
    pub(super) kind: AgreementKind,
    pub(super) signed_on: Option<LegalDate>,
    pub(super) another_agreement: bool,
}

impl Resolved<'_> {
    pub(super) fn into_candidate(self, cells: &Cells<'_>) -> Candidate {
        let text = |column| cells.get(column).map(str::to_owned);
        let level = cells.get(Column::Level);
        let (themes, unknown_theme) = themes(cells.get(Column::Theme).unwrap_or_default());
        let level_known = level.and_then(kinds::level);

        let mut flags = self.flags(cells);
        flags.extend(
            (level.is_some() && level_known.is_none()).then_some(QualityFlag::UnknownLevel),
        );
        let by_code = |text| matches!(find_country(text), CountryMatch::ByCode(_));
        let by_code = cells.raw(Column::Country).is_some_and(by_code);
        flags.extend(by_code.then_some(QualityFlag::CountryByCode));
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
            counterpart_level: level_known
                .or_else(|| level_of_name(self.counterpart, self.country)),
            country: self.country.to_owned(),
            kind: self.kind,
            signed_on: self.signed_on,
            source: text(Column::Source),
            registry_number: text(Column::RegistryNumber),
            title: text(Column::Title),
            themes,
            validity: None,
            validity_note: text(Column::Validity),
            external_ids: cells.external_ids(),
            another_agreement: self.another_agreement,
            resembles: None,
            quality_flags: flags,
        }
    }

    fn flags(&self, cells: &Cells<'_>) -> Vec<QualityFlag> {
        let date = date_flag(self.signed_on.as_ref());
        let source = source_flag(cells.get(Column::Source));
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
        // Durango's capital is also called Durango, so the state's cell does not identify a
        // municipality.
        let columns = match self.government.tier {
            Tier::State => [Column::State, Column::Municipality],
            _ => [Column::Municipality, Column::State],
        };
        let Some(written) = columns.into_iter().find_map(|column| cells.get(column)) else {
            return false;
        };
        let names = [
            Some(&self.government.name),
            self.government.official_name.as_ref(),
        ];
        let is_own = |part: &str| {
            let part = fold(part);
            names.into_iter().flatten().any(|own| fold(own) == part)
        };
        // A key, however it is written, is nobody else's; the state may stand beside the name.
        !written.contains(char::is_alphabetic)
            || is_own(written)
            || written.split([',', '(', ')']).any(is_own)
    }

    fn fingerprint(&self) -> String {
        let counterparts = [(self.counterpart, self.country)];
        fingerprint(
            &self.government.id,
            &counterparts,
            self.kind,
            self.signed_on.as_ref(),
        )
    }
}

/// The doubt about the date of signature, if any.
pub fn date_flag(signed_on: Option<&LegalDate>) -> Option<QualityFlag> {
    match signed_on.map(|date| date.as_str().len()) {
        None => Some(QualityFlag::MissingDate),
        Some(4) => Some(QualityFlag::YearOnlyDate),
        Some(7) => Some(QualityFlag::MonthOnlyDate),
        Some(_) => None,
    }
}

/// The doubt about the source, if any.
pub fn source_flag(source: Option<&str>) -> Option<QualityFlag> {
    match source {
        None => Some(QualityFlag::MissingSource),
        Some(source) if kinds::is_official(source) => None,
        Some(_) => Some(QualityFlag::SourceNotOfficial),
    }
}

/// The themes that a cell names by code or label, and whether it also names unknown ones.
fn themes(text: &str) -> (Vec<String>, bool) {
    let mut codes: Vec<String> = Vec::new();
    let mut unknown = false;
    for name in text
        .split([';', ',', '|'])
        .map(fold)
        .filter(|name| !name.is_empty())
    {
        let theme = catalogs::entries(Catalog::Themes).iter().find(|theme| {
            [&theme.code, &theme.es, &theme.en]
                .iter()
                .any(|own| fold(own) == name)
        });
        match theme {
            Some(theme) if codes.contains(&theme.code) => {}
            Some(theme) => codes.push(theme.code.clone()),
            None => unknown = true,
        }
    }
    (codes, unknown)
}
