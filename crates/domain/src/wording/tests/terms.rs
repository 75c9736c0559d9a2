//! Whether texts keep to the list of terms, and use no name of the code that their reader need not
//! write.

use super::{all, nothing_wrong, words};
use crate::agreements::{AgreementKind, CaseAction, Need, Seat, Stage};
use crate::documents::DocumentKind;
use crate::tenant::{Role, Tier};
use crate::wording::{code_names, terms};
use std::collections::HashSet;
use strum::VariantArray;

/// Whether the words of `phrase` stand in the text one after the other.
fn has_phrase(text: &[String], phrase: &str) -> bool {
    let phrase: Vec<String> = phrase.split(' ').map(str::to_lowercase).collect();
    let text: Vec<String> = text.iter().map(|word| word.to_lowercase()).collect();
    text.windows(phrase.len()).any(|window| window == phrase)
}

/// What the list of terms forbids in a Spanish text.
fn forbidden(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for term in terms() {
        let mut plain = text.to_lowercase();
        for right in &term.except {
            plain = plain.replace(&right.to_lowercase(), " ");
        }
        let begins = |word: &str| {
            let parts = plain.split(['.', ':', ';', '?', '¿']);
            let mut first = parts.filter_map(|part| words(part).into_iter().next());
            // A label is no sentence: its first word is a noun.
            text.ends_with('.') && first.any(|first| first == word)
        };
        let all = words(&plain);
        found.extend(
            term.not
                .iter()
                .filter(|word| match word.strip_prefix('^') {
                    Some(word) => begins(word),
                    None => has_phrase(&all, word),
                })
                .map(|word| format!("«{word}»: write «{}»", term.preferred)),
        );
    }
    found
}

#[test]
fn no_text_uses_a_word_that_the_list_of_terms_replaces() {
    let found = all().into_iter().flat_map(|(place, es, _)| {
        let wrong = forbidden(&es).into_iter();
        wrong
            .map(|wrong| format!("{place}: {wrong}: {es}"))
            .collect::<Vec<_>>()
    });
    nothing_wrong(found);
}

#[test]
fn the_list_of_terms_finds_what_it_forbids() {
    for (wrong, right) in [
        ("Revise el caso.", "Revise el expediente."),
        ("Estos ASUNTOS no.", "Asuntos internacionales sí."),
        ("Al gobierno titular.", "A la persona titular."),
        ("Agregue. Nombre a otra.", "Nombre de la contraparte"),
        (
            "Queda fuera de la ley.",
            "Queda fuera del ámbito de la LCT.",
        ),
        ("Es un draft.", "Es un borrador de {draft}."),
    ] {
        assert!(!forbidden(wrong).is_empty(), "{wrong}");
        assert_eq!(forbidden(right), Vec::<String>::new(), "{right}");
    }
}

/// The words of the interface that are no words of a sentence.
fn words_of_the_interface() -> HashSet<&'static str> {
    fn of<T: VariantArray + Copy + Into<&'static str>>() -> impl Iterator<Item = &'static str> {
        T::VARIANTS.iter().map(|one| (*one).into())
    }
    let mut words: HashSet<&str> = of::<Stage>()
        .chain(of::<CaseAction>())
        .chain(of::<Need>())
        .chain(of::<Seat>())
        .chain(of::<AgreementKind>())
        .chain(of::<DocumentKind>())
        .chain(of::<Role>())
        .chain(of::<Tier>())
        .collect();
    words.extend([
        "kind",
        "role",
        "lead",
        "rendition",
        "stage",
        "true",
        "false",
    ]);
    words.extend([
        "id", "fields", "errors", "state", "level", "column", "ignore",
    ]);
    // Spanish has these words too.
    for word in ["federal", "registrar"] {
        words.remove(word);
    }
    words
}

#[test]
fn no_sentence_has_a_code_name_that_its_reader_need_not_write() {
    let own = words_of_the_interface();
    let known: HashSet<&str> = code_names().iter().map(|name| name.name.as_str()).collect();
    let found = all().into_iter().flat_map(|(place, es, en)| {
        let is_code = |word: &String, spanish: bool| {
            let code = word.contains('_') || (spanish && own.contains(word.as_str()));
            code && !known.contains(word.as_str())
        };
        let spanish = words(&es).into_iter().filter(|word| is_code(word, true));
        let english = words(&en).into_iter().filter(|word| is_code(word, false));
        let ticks = [&es, &en].into_iter().filter(|text| text.contains('`'));
        spanish
            .chain(english)
            .chain(ticks.cloned())
            .map(|word| format!("{place}: {word}"))
            .collect::<Vec<_>>()
    });
    nothing_wrong(found);
}

#[test]
fn every_admitted_code_name_is_used() {
    let used: HashSet<String> = all()
        .iter()
        .flat_map(|(_, es, en)| [words(es), words(en)].concat())
        .collect();
    let unused = code_names()
        .iter()
        .filter(|name| !used.contains(&name.name));
    nothing_wrong(unused.map(|name| name.name.clone()));
}
