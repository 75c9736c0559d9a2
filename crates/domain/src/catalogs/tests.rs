mod enumerations;

use super::{Catalog, Lang, contains, entries, entry, label, tables, version};
use crate::documents::DocumentKind;
use chrono::NaiveDate;
use std::collections::HashSet;
use strum::VariantArray;

#[test]
fn every_row_parses_and_is_complete() {
    for &catalog in Catalog::VARIANTS {
        let rows = entries(catalog);
        if let Some(source) = tables::file(catalog) {
            assert_eq!(rows.len(), source.lines().count() - 1, "{}", catalog.slug());
        }
        assert!(!rows.is_empty(), "{}", catalog.slug());
        let codes: HashSet<&str> = rows.iter().map(|entry| entry.code.as_str()).collect();
        assert_eq!(codes.len(), rows.len(), "{}", catalog.slug());
        for entry in rows {
            assert!(
                !entry.es.is_empty() && !entry.en.is_empty(),
                "{}",
                entry.code
            );
            assert!(entry.code.is_ascii());
            for date in [&entry.valid_from, &entry.valid_to].into_iter().flatten() {
                assert!(date.parse::<NaiveDate>().is_ok(), "{date}");
            }
            assert!(entry.replaced_by.iter().all(|code| contains(catalog, code)));
        }
    }
}

#[test]
fn slugs_lead_back() {
    for &catalog in Catalog::VARIANTS {
        assert_eq!(Catalog::parse(catalog.slug()), Some(catalog));
    }
    assert_eq!(Catalog::SdgTargets.slug(), "sdg-targets");
    assert_eq!(Catalog::parse("sdg_targets"), None);
}

#[test]
fn the_lists_are_whole() {
    assert_eq!(entries(Catalog::Countries).len(), 249);
    let kind = |kind: &str| {
        let of_kind = |entry: &&super::Entry| entry.attributes["kind"] == kind;
        entries(Catalog::SdgTargets).iter().filter(of_kind).count()
    };
    assert_eq!((kind("goal"), kind("target")), (17, 169));
    let services = entries(Catalog::LegalPowers).iter();
    assert_eq!(
        services.filter(|e| e.code.starts_with("115-III-")).count(),
        9
    );
    for kind in DocumentKind::VARIANTS {
        assert!(contains(Catalog::DocumentKinds, kind.into()));
    }
    assert_eq!(entries(Catalog::Currencies).len(), 155);
    for currency in entries(Catalog::Currencies) {
        let capitals = currency.code.bytes().all(|one| one.is_ascii_uppercase());
        assert!(currency.code.len() == 3 && capitals, "{}", currency.code);
        let decimals = currency.attributes["decimals"].as_str();
        assert!(["0", "2", "3"].contains(&decimals), "{}", currency.code);
    }
    for code in ["es", "en", "fr", "nah", "yua", "mix", "zap"] {
        assert!(contains(Catalog::Languages, code));
    }
}

#[test]
fn the_strategy_has_five_priority_themes() {
    let priority: Vec<&str> = entries(Catalog::Themes)
        .iter()
        .filter(|theme| theme.attributes["priority"] == "true")
        .map(|theme| theme.code.as_str())
        .collect();
    let expected = [
        "climate_change",
        "urban_development",
        "social_cohesion",
        "culture",
        "tourism",
    ];
    assert_eq!(priority, expected);
}

#[test]
fn labels_in_both_languages() {
    assert_eq!(label(Catalog::Countries, "DE", Lang::Es), Some("Alemania"));
    assert_eq!(label(Catalog::Countries, "DE", Lang::En), Some("Germany"));
    assert_eq!(label(Catalog::Countries, "de", Lang::Es), None);
    assert_eq!(
        entry(Catalog::SdgTargets, "11.a").unwrap().attributes["goal"],
        "11"
    );
}

#[test]
fn versions_are_sixteen_digits_and_differ() {
    let versions: HashSet<String> = Catalog::VARIANTS.iter().map(|c| version(*c)).collect();
    assert_eq!(versions.len(), Catalog::VARIANTS.len());
    assert!(
        versions
            .iter()
            .all(|v| v.len() == 16 && v.bytes().all(|b| b.is_ascii_hexdigit()))
    );
}
