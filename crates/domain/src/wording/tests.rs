//! Reads every text as an editor would.

mod terms;

use super::*;
use crate::catalogs::{self, entries};
use crate::problems::Problem;
use crate::statistics;
use std::collections::{BTreeSet, HashSet};
use strum::VariantArray;

/// Every text: where it stands, Spanish, English.
fn all() -> Vec<(String, String, String)> {
    let mut all = Vec::new();
    for area in AREAS {
        for text in area.texts {
            let place = format!("{}.{}", area.key, text.key);
            all.push((place, text.es.to_owned(), text.en.to_owned()));
        }
    }
    for problem in Problem::VARIANTS {
        let text = problem.text().unwrap();
        for said in [&text.title, &text.detail] {
            let place = format!("problem {}", problem.code());
            all.push((place, said.es.to_string(), said.en.to_string()));
        }
    }
    for (dimension, code, es, en) in statistics::label_rows() {
        all.push((format!("label {dimension}.{code}"), es, en));
    }
    for catalog in page::own_catalogs() {
        let title = catalogs::title(catalog);
        all.push((catalog.slug().to_owned(), title.es, title.en));
        for entry in entries(catalog) {
            let place = format!("{} {}", catalog.address(), entry.code);
            all.push((place, entry.es.clone(), entry.en.clone()));
        }
    }
    all
}

/// Reports everything that is found, not only the first of it.
fn nothing_wrong(found: impl Iterator<Item = String>) {
    let found: Vec<String> = found.collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// The words of a text without its parameters and addresses: letters, digits, `_` and accents.
fn words(text: &str) -> Vec<String> {
    let mut plain = String::new();
    for piece in text.split_inclusive(['}', ' ']) {
        match piece.split_once('{') {
            Some((before, _)) => plain.push_str(before),
            None if piece.starts_with('/') => plain.push(' '),
            None => plain.push_str(piece),
        }
    }
    let ends = |c: char| !(c.is_alphanumeric() || c == '_');
    let words = plain.split(ends).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// What is wrong with how a text is set.
fn slips(es: &str, en: &str) -> Vec<&'static str> {
    let ends = |text: &str| text.chars().last().filter(|last| ".?:".contains(*last));
    // A number is neither a capital nor a small letter.
    let first = |text: &str| text.chars().find(|c| c.is_alphanumeric());
    let begins = |text: &str| first(text).filter(|c| c.is_alphabetic());
    let apart = matches!((begins(es), begins(en)), (Some(a), Some(b)) if a.is_uppercase() != b.is_uppercase());
    let both = |test: &dyn Fn(&str) -> bool| test(es) || test(en);
    let count = |text: &str, mark: char| text.chars().filter(|c| *c == mark).count();
    let parameter = es.starts_with('{') || en.starts_with('{');
    let quoted = |text: &str, open, close| count(text, open) == count(text, close);
    [
        (both(&|text| text.trim().is_empty()), "is empty"),
        (both(&|text| text.trim() != text), "has a space around it"),
        (both(&|text| text.contains("  ")), "has two spaces"),
        (ends(es) != ends(en), "ends differently in the languages"),
        (!parameter && apart, "begins differently in the languages"),
        (
            both(&|text| {
                [" .", " ,", " ;", " :", "..", ",,"]
                    .iter()
                    .any(|slip| text.contains(slip))
            }),
            "has a slip before or after a mark",
        ),
        (
            count(es, '¿') != count(es, '?'),
            "opens or closes no question",
        ),
        (
            es.contains(['“', '”']) || en.contains(['«', '»']),
            "has the other language's quotation marks",
        ),
        (
            !quoted(es, '«', '»') || !quoted(en, '“', '”'),
            "does not close a quotation",
        ),
        (
            !quoted(es, '(', ')') || !quoted(en, '(', ')'),
            "does not close a parenthesis",
        ),
        (
            es.contains(" - ") || en.contains(" - "),
            "has a hyphen for a dash",
        ),
    ]
    .into_iter()
    .filter_map(|(wrong, what)| wrong.then_some(what))
    .collect()
}

#[test]
fn every_text_is_set_as_its_language_is() {
    let found = all().into_iter().flat_map(|(place, es, en)| {
        let slips = slips(&es, &en).into_iter();
        slips
            .map(|what| format!("{place} {what}: {es} / {en}"))
            .collect::<Vec<_>>()
    });
    nothing_wrong(found);
    assert_eq!(slips("Una frase.", "A sentence."), Vec::<&str>::new());
    for (es, en) in [
        ("", ""),
        ("Una frase", "A sentence."),
        ("Una  frase.", "A sentence."),
        ("una frase.", "A sentence."),
        ("Cuál es?", "Which is it?"),
        ("Un “nombre”.", "A “name”."),
        ("Una (frase.", "A sentence."),
    ] {
        assert!(!slips(es, en).is_empty(), "{es}");
    }
}

/// Words of one language in the other's texts: a text left untranslated, or put in the wrong place.
#[test]
fn every_text_is_in_its_language() {
    const SPANISH: [&str; 12] = [
        "el", "los", "las", "una", "del", "que", "con", "esta", "este", "señale", "indique",
        "escriba",
    ];
    const ENGLISH: [&str; 10] = [
        "the", "this", "that", "with", "which", "write", "name", "send", "and", "is",
    ];
    let has = |text: &str, list: &[&str]| {
        words(text)
            .iter()
            .any(|word| list.contains(&word.to_lowercase().as_str()))
    };
    let found = all()
        .into_iter()
        .filter(|(_, es, en)| has(es, &ENGLISH) || has(en, &SPANISH));
    nothing_wrong(found.map(|(place, es, en)| format!("{place}: {es} / {en}")));
}

/// British spelling throughout.
#[test]
fn english_is_spelled_in_one_way() {
    const OTHER: [&str; 10] = [
        "organization",
        "organizations",
        "decentralized",
        "regularized",
        "favorable",
        "unfavorable",
        "authorized",
        "recognized",
        "catalog",
        "labor",
    ];
    let found = all().into_iter().filter(|(_, _, en)| {
        words(en)
            .iter()
            .any(|word| OTHER.contains(&word.to_lowercase().as_str()))
    });
    nothing_wrong(found.map(|(place, _, en)| format!("{place}: {en}")));
}

/// A sentence never says a thing that another one says in other words, or with another sense.
#[test]
fn keys_stand_once_and_one_spanish_sentence_has_one_english_one() {
    let mut keys = HashSet::new();
    let mut said: std::collections::BTreeMap<&str, BTreeSet<&str>> = Default::default();
    for area in AREAS {
        for text in area.texts {
            assert!(
                keys.insert((area.key, text.key)),
                "{}.{}",
                area.key,
                text.key
            );
            said.entry(text.es).or_default().insert(text.en);
        }
    }
    let several = said.iter().filter(|(_, en)| en.len() > 1);
    nothing_wrong(several.map(|(es, en)| format!("{es}: {en:?}")));
}

#[test]
fn a_parameter_is_shown_in_the_language_of_the_text() {
    let roles = Said::one_of(&[roles::liaison(), roles::admin(), roles::viewer()]);
    let said = roles::by_roles(roles);
    assert!(
        said.es.ends_with(": enlace, administración o consulta."),
        "{}",
        said.es
    );
    assert!(
        said.en
            .ends_with(": a liaison, an administrator or a viewer."),
        "{}",
        said.en
    );
    let named = needs::of(needs::languages().unfinished(), Said::name("Kioto"));
    assert!(
        named.es.ends_with("es uno de ellos (Kioto)."),
        "{}",
        named.es
    );
}

#[test]
fn the_page_lists_every_text_and_every_term() {
    let page = page();
    for (place, es, _) in all().iter().filter(|(place, ..)| !place.starts_with('/')) {
        assert!(page.contains(&es.replace('|', "\\|")), "{place}");
    }
    for term in terms() {
        assert!(page.contains(&format!("| {} | ", term.preferred)));
    }
}
