//! With whom the governments of the demonstration agree, when and for how long: the same in every
//! demonstration, and without people. Dates go on to the year before the clock's, so that a
//! demonstration never looks old.

use chrono::{Datelike, NaiveDate};
use std::collections::BTreeSet;
use vinculo_domain::agreements::{AgreementKind, Renewal, Term, Validity};
use vinculo_domain::legal_date::LegalDate;
use vinculo_domain::{Refusal, Result};

/// Country, level and name of governments and organisations abroad.
const ABROAD: &str = include_str!("../../../data/counterparts_abroad.csv");

/// A government or an organisation abroad; an organisation has no country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partner {
    pub country: String,
    pub level: String,
    pub name: String,
}

impl Partner {
    pub fn is_organization(&self) -> bool {
        self.country.is_empty()
    }
}

/// Hands partners out, none twice to one government for one kind.
pub struct Partners {
    all: Vec<Partner>,
    taken: BTreeSet<(String, &'static str, String)>,
}

impl Partners {
    pub fn load() -> Result<Self> {
        let row = |row: csv::Result<(String, String, String)>| {
            let (country, level, name) =
                row.map_err(|error| Refusal::internal(error.to_string()))?;
            Ok(Partner {
                country,
                level,
                name,
            })
        };
        let all = csv::Reader::from_reader(ABROAD.as_bytes())
            .deserialize()
            .map(row)
            .collect::<Result<Vec<_>>>()?;
        Ok(Self {
            all,
            taken: BTreeSet::new(),
        })
    }

    /// The next partner of a government, from `place` on, among those that fit.
    pub fn next(
        &mut self,
        government: &str,
        kind: AgreementKind,
        place: usize,
        fits: impl Fn(&Partner) -> bool,
    ) -> Result<Partner> {
        let word: &'static str = kind.into();
        let fitting: Vec<&Partner> = self.all.iter().filter(|partner| fits(partner)).collect();
        for step in 0..fitting.len() {
            let Some(partner) = fitting.get((place * 37 + step) % fitting.len()) else {
                continue;
            };
            let key = (government.to_owned(), word, partner.name.clone());
            if self.taken.insert(key) {
                return Ok((*partner).clone());
            }
        }
        Err(Refusal::internal(
            "a government with more agreements than partners",
        ))
    }
}

/// When the agreement at this place was signed: from 1970 on, most of them lately; of some only
/// month or year are known, of some nothing.
pub fn signed_on(place: usize, today: NaiveDate) -> Result<Option<LegalDate>> {
    let last = today.year() - 1;
    let span = usize::try_from(last - 1970).unwrap_or(1).max(1);
    // The square makes late years likelier than early ones.
    let draw = place * 7919 % 997;
    let back = span * draw * draw / (997 * 997);
    let year = last - i32::try_from(back).unwrap_or_default();
    let (month, day) = (place * 31 % 12 + 1, place * 17 % 28 + 1);
    let text = match place % 12 {
        0 => return Ok(None),
        1 => format!("{year}"),
        2 => format!("{year}-{month:02}"),
        _ => format!("{year}-{month:02}-{day:02}"),
    };
    date(&text).map(Some)
}

/// How long: unknown, for ever, or some years from the signature.
pub fn validity(place: usize, signed_on: Option<&LegalDate>) -> Result<Option<Validity>> {
    let fixed = |start: &LegalDate| {
        let years = [3, 4, 5, 6, 10].get(place % 5).copied().unwrap_or(5);
        let first = start.earliest();
        date(&format!(
            "{}-{:02}-{:02}",
            first.year() + years,
            first.month(),
            first.day().min(28)
        ))
    };
    let (ends_on, renewal) = match (place % 6, signed_on) {
        (0, _) => return Ok(None),
        (1 | 2, _) | (_, None) => (None, Renewal::None),
        (3, Some(start)) => (Some(fixed(start)?), Renewal::None),
        (4, Some(start)) => (Some(fixed(start)?), Renewal::Automatic),
        (_, Some(start)) => (Some(fixed(start)?), Renewal::ByAgreement),
    };
    Ok(Some(Validity {
        enters_into_force_on: None,
        term: if ends_on.is_some() {
            Term::Fixed
        } else {
            Term::Indefinite
        },
        ends_on,
        renewal,
    }))
}

fn date(text: &str) -> Result<LegalDate> {
    LegalDate::parse(text).map_err(|said| Refusal::internal(said.en.into_owned()))
}
