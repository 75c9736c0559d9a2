//! The page that lists the terms and every text, `docs/TEXTS.md`.

use super::{AREAS, code_names, terms};
use crate::catalogs::{self, Catalog, entries};
use crate::problems::Problem;
use crate::statistics;
use strum::VariantArray;

const HEAD: &str = "\
# Texts for people

Made by `cargo xtask regenerate`; do not edit. The terms are in `crates/domain/data/terms.csv`, the
texts in `crates/domain/src/wording/`, the problems in `crates/domain/data/problems.csv`, the labels in
`crates/domain/data/`. A text is changed there, and read again here, beside the others.

`{word}` is a parameter: what stands there is known only when the text is shown.
";

/// The page.
pub fn page() -> String {
    let mut page = HEAD.to_owned();
    heading(&mut page, "Terms", ["use", "not", "but", "English"]);
    for term in terms() {
        let not: Vec<String> = term.not.iter().map(|word| shown(word)).collect();
        let cells = [
            &term.preferred,
            &not.join(", "),
            &term.except.join(", "),
            &term.en,
        ];
        row(&mut page, cells.map(String::as_str));
    }
    heading(
        &mut page,
        "Names of the interface that a text may use",
        ["name", "español", "English"],
    );
    for name in code_names() {
        row(
            &mut page,
            [&name.name, &name.es, &name.en].map(String::as_str),
        );
    }
    for area in AREAS {
        let title = format!("{} · {}", area.es, area.en);
        heading(&mut page, &title, ["key", "español", "English"]);
        for text in area.texts {
            let key = format!("`{}.{}`", area.key, text.key);
            row(&mut page, [key.as_str(), text.es, text.en]);
        }
    }
    problems(&mut page);
    labels(&mut page);
    page
}

fn problems(page: &mut String) {
    let columns = ["code", "español", "English"];
    heading(page, "Problemas · Problems", columns);
    for problem in Problem::VARIANTS {
        let Some(text) = problem.text() else { continue };
        let said = |title: &str, detail: &str| format!("**{title}.** {detail}");
        let (es, en) = (
            said(&text.title.es, &text.detail.es),
            said(&text.title.en, &text.detail.en),
        );
        row(page, [&format!("`{}`", problem.code()), &es, &en]);
    }
}

fn labels(page: &mut String) {
    let columns = ["key", "español", "English"];
    for catalog in own_catalogs() {
        let title = catalogs::title(catalog);
        heading(page, &format!("{} · {}", title.es, title.en), columns);
        for entry in entries(catalog) {
            let key = format!("`{}.{}`", catalog.slug(), entry.code);
            row(page, [&key, &entry.es, &entry.en]);
        }
    }
    heading(
        page,
        "Rótulos de la estadística · Labels of figures",
        columns,
    );
    for (dimension, code, es, en) in statistics::label_rows() {
        row(page, [&format!("`{dimension}.{code}`"), &es, &en]);
    }
}

/// The catalogues whose labels are the project's own words. The others are lists of others:
/// countries, languages, the 2030 Agenda, the titles of laws.
pub(super) fn own_catalogs() -> impl Iterator<Item = Catalog> {
    let others = [
        Catalog::Countries,
        Catalog::Languages,
        Catalog::SdgTargets,
        Catalog::LegalBases,
    ];
    let all = Catalog::VARIANTS.iter().copied();
    all.filter(move |catalog| !others.contains(catalog))
}

/// A word of the list; `^` is for the test alone.
fn shown(word: &str) -> String {
    match word.strip_prefix('^') {
        Some(word) => format!("{word} (al inicio)"),
        None => word.to_owned(),
    }
}

fn heading<const N: usize>(page: &mut String, title: &str, columns: [&str; N]) {
    page.push_str(&format!("\n## {title}\n\n"));
    row(page, columns);
    row(page, ["---"; N]);
}

fn row<const N: usize>(page: &mut String, cells: [&str; N]) {
    let cells = cells.map(|cell| cell.replace('|', "\\|").replace('\n', " "));
    page.push_str(&format!("| {} |\n", cells.join(" | ")));
}
