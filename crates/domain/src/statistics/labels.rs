//! Labels for the keys of statistics, in both languages. Keys that are words of the contract, such as
//! stages, have their labels in the catalogues; the file here has the rest.

use super::Dimension;
use crate::catalogs::{self, Catalog, Lang};
use crate::refusal::Said;
use std::collections::HashMap;
use std::sync::LazyLock;

const SOURCE: &str = include_str!("../../data/statistics_labels.csv");

/// Labels by dimension and code; labels that apply to every dimension are under `*`.
static LABELS: LazyLock<HashMap<(String, String), [String; 2]>> = LazyLock::new(|| {
    // A row that does not parse is left out; the test prevents committing one.
    label_rows()
        .into_iter()
        .map(|(dimension, code, es, en)| ((dimension, code), [es, en]))
        .collect()
});

fn listed(dimension: &str, code: &str, lang: Lang) -> Option<&'static str> {
    let [es, en] = LABELS.get(&(dimension.to_owned(), code.to_owned()))?;
    Some(if lang == Lang::Es { es } else { en })
}

/// The catalogue that has the keys of a dimension.
fn catalog(dimension: Dimension) -> Option<Catalog> {
    Some(match dimension {
        Dimension::Tier => Catalog::Tiers,
        Dimension::Kind => Catalog::AgreementKinds,
        Dimension::Instrument => Catalog::Instruments,
        Dimension::Country => Catalog::Countries,
        Dimension::CounterpartKind => Catalog::CounterpartKinds,
        Dimension::CounterpartLevel => Catalog::CounterpartLevels,
        Dimension::BodyKind => Catalog::BodyKinds,
        Dimension::Theme => Catalog::Themes,
        Dimension::SdgGoal => Catalog::SdgTargets,
        Dimension::Standing => Catalog::Standings,
        Dimension::Stage => Catalog::Stages,
        Dimension::Compliance => Catalog::Compliance,
        Dimension::Renewal => Catalog::Renewals,
        Dimension::Party => Catalog::WaitingParties,
        Dimension::Annotation => Catalog::AnnotationKinds,
        _ => return None,
    })
}

/// The label of a key that does not name a government (governments have names of their own). A key
/// without a label, such as a year, is shown as it is.
pub fn label(dimension: Dimension, code: &str, lang: Lang) -> String {
    listed(dimension.name(), code, lang)
        .or_else(|| catalogs::label(catalog(dimension)?, code, lang))
        .or_else(|| listed("*", code, lang))
        .unwrap_or(code)
        .to_owned()
}

/// The same in both languages.
pub fn said(dimension: Dimension, code: &str) -> Said {
    let text = |lang| label(dimension, code, lang);
    Said::from_data(text(Lang::Es), text(Lang::En))
}

/// Every row: dimension, code, Mexican Spanish, English, in the order of the file.
pub fn label_rows() -> Vec<(String, String, String, String)> {
    csv::Reader::from_reader(SOURCE.as_bytes())
        .into_deserialize()
        .filter_map(Result::ok)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreements::{AgreementKind, Compliance, Instrument, Stage};
    use crate::bodies::BodyKind;
    use crate::counterparts::{CounterpartKind, CounterpartLevel};
    use crate::standing::Standing;
    use crate::statistics::{Event, NONE, OTHERS, UNKNOWN};
    use crate::tenant::Tier;
    use strum::VariantArray;

    fn words<T: VariantArray + Copy + Into<&'static str>>() -> Vec<&'static str> {
        T::VARIANTS.iter().map(|one| (*one).into()).collect()
    }

    #[test]
    fn every_word_that_is_counted_has_a_label_in_both_languages() {
        let lists = [
            (Dimension::Tier, words::<Tier>()),
            (Dimension::Kind, words::<AgreementKind>()),
            (Dimension::Instrument, words::<Instrument>()),
            (Dimension::CounterpartKind, words::<CounterpartKind>()),
            (Dimension::CounterpartLevel, words::<CounterpartLevel>()),
            (Dimension::BodyKind, words::<BodyKind>()),
            (Dimension::Standing, words::<Standing>()),
            (Dimension::Stage, words::<Stage>()),
            (Dimension::Compliance, words::<Compliance>()),
            (Dimension::Event, words::<Event>()),
            (
                Dimension::Gap,
                vec![
                    "favorable_unsigned",
                    "signed_unsent",
                    "unreviewed",
                    "regularized",
                    NONE,
                ],
            ),
            (Dimension::Renewal, vec!["automatic", "by_agreement", NONE]),
            (
                Dimension::Party,
                vec!["owner", "state", "sre", "counterpart"],
            ),
            (
                Dimension::Age,
                vec![
                    "days_0_29",
                    "days_30_89",
                    "days_90_179",
                    "days_180_364",
                    "days_365_on",
                ],
            ),
            (
                Dimension::Ending,
                vec![
                    "ended",
                    "within_6_months",
                    "within_12_months",
                    "within_24_months",
                    "later",
                    NONE,
                ],
            ),
            (
                Dimension::TermOfOffice,
                vec!["ended", "with_the_term", "after_the_term", NONE, UNKNOWN],
            ),
            (Dimension::Annotation, vec!["renewal", "termination"]),
            (Dimension::Coverage, vec!["active", "ever", NONE]),
            (Dimension::Mechanism, vec!["in_force", NONE]),
            (Dimension::Country, vec!["JP", NONE, UNKNOWN, OTHERS]),
            (Dimension::Theme, vec!["culture", UNKNOWN]),
            (Dimension::SdgGoal, vec!["11", UNKNOWN]),
            (Dimension::State, vec![NONE, UNKNOWN, OTHERS]),
        ];
        for (dimension, codes) in lists {
            for code in codes {
                for lang in [Lang::Es, Lang::En] {
                    let found = label(dimension, code, lang);
                    assert!(
                        !found.is_empty() && found != code,
                        "{dimension:?} {code} {lang:?}"
                    );
                }
            }
        }
        assert_eq!(label(Dimension::Year, "1998", Lang::Es), "1998");
        for dimension in Dimension::VARIANTS {
            let entries = catalog(*dimension).map_or(&[][..], catalogs::entries);
            for entry in entries {
                let twice = listed(dimension.name(), &entry.code, Lang::Es);
                assert_eq!(twice, None, "{dimension:?} {}", entry.code);
            }
        }
        let rows = csv::Reader::from_reader(SOURCE.as_bytes())
            .into_records()
            .count();
        assert_eq!(
            rows,
            LABELS.len(),
            "a row that does not parse, or stands twice"
        );
    }
}
