//! Recognises the meaning of a heading from its words.
//!
//! Offices name one column in a hundred ways, so the words are compared and not the whole heading: a
//! heading means a column if it has one of the column's own words and otherwise only words that go
//! with it. A heading with one of these words and another that is not known may mean the column; then
//! a person says so, because a column that is left out changes what the others mean.

mod words;

use super::columns::Column;
use crate::text::fold;
use words::{ELSEWHERE, FILLERS, FOREIGN, HINTS, TABLE, WHOLE};

/// What a heading says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Heading {
    /// This column.
    Means(Column),
    /// Perhaps one of these columns.
    MayMean(Vec<Column>),
    /// Something that an import does not need.
    Other,
}

/// The meaning of a heading by itself. What depends on the other headings is left open: `Ciudad` may
/// be the municipality or the city abroad.
pub(super) fn meaning(heading: &str) -> Heading {
    let folded = fold(heading);
    let words: Vec<&str> = folded
        .split(' ')
        .filter(|word| !word.is_empty() && !FILLERS.split(' ').any(|filler| filler == *word))
        .collect();
    if words.is_empty() {
        return Heading::Other;
    }
    let whole = words.join(" ");
    if let Some((_, column)) = WHOLE.iter().find(|(known, _)| *known == whole) {
        return Heading::Means(*column);
    }
    let has = |list: &str| words.iter().any(|word| is_one_of(word, list));
    let mut means: Vec<Column> = TABLE
        .iter()
        .filter(|entry| {
            let known = |word: &&str| is_one_of(word, entry.own) || is_one_of(word, entry.beside);
            has(entry.own) && words.iter().all(known)
        })
        .map(|entry| entry.column)
        .collect();
    if has(FOREIGN) {
        means.retain(|column| !matches!(column, Column::State | Column::Municipality));
    }
    means.dedup();
    match means.as_slice() {
        [column] => return Heading::Means(*column),
        [_, ..] => return Heading::MayMean(means),
        [] => {}
    }
    if has(ELSEWHERE) || has(FOREIGN) {
        return Heading::Other;
    }
    if matches!(whole.as_str(), "ciudad" | "city") {
        return Heading::MayMean(vec![Column::Municipality, Column::Counterpart]);
    }
    if matches!(whole.as_str(), "nombre" | "name") {
        return Heading::MayMean(vec![
            Column::Municipality,
            Column::Counterpart,
            Column::Title,
        ]);
    }
    let hinted: Vec<Column> = HINTS
        .iter()
        .filter(|(_, list)| has(list))
        .map(|(column, _)| *column)
        .collect();
    if hinted.is_empty() {
        Heading::Other
    } else {
        Heading::MayMean(hinted)
    }
}

/// Whether a word is in a list, in the singular or the plural.
fn is_one_of(word: &str, list: &str) -> bool {
    [Some(word), word.strip_suffix('s'), word.strip_suffix("es")]
        .into_iter()
        .flatten()
        .any(|form| list.split(' ').any(|known| known == form))
}

/// The words by which a column is recognised, for people.
pub(super) fn own_words(column: Column) -> Vec<&'static str> {
    let of_table = TABLE.iter().filter(|entry| entry.column == column);
    let whole = WHOLE
        .iter()
        .filter(|(_, of)| *of == column)
        .map(|(text, _)| *text);
    of_table
        .flat_map(|entry| entry.own.split(' '))
        .chain(whole)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Heading, meaning};
    use crate::imports::Column;
    use crate::text::fold;

    #[test]
    fn every_word_is_folded() {
        for entry in &super::TABLE {
            for words in [entry.own, entry.beside] {
                assert_eq!(fold(words), words);
            }
        }
    }

    #[test]
    fn headings_as_offices_write_them() {
        for (column, headings) in [
            (
                Column::State,
                &[
                    "Entidad",
                    "ESTADO",
                    "Entidad Federativa",
                    "Estado de la República",
                    "CVE_ENT",
                    "Edo.",
                ][..],
            ),
            (
                Column::Municipality,
                &[
                    "Municipio",
                    "Municipios",
                    "Nombre del municipio",
                    "Ayuntamiento",
                    "Mpio.",
                    "CVE_MUN",
                    "Municipio o Alcaldía",
                    "Municipio mexicano",
                    "Ciudad / Municipio",
                ],
            ),
            (
                Column::Counterpart,
                &[
                    "Contraparte",
                    "Ciudad hermana",
                    "Ciudad extranjera",
                    "Nombre de la contraparte",
                    "Sister City",
                    "Gobierno extranjero",
                    "Socio internacional",
                    "Ciudades hermanas",
                ],
            ),
            (
                Column::Country,
                &[
                    "País",
                    "PAISES",
                    "País de la contraparte",
                    "Country",
                    "País de origen",
                ],
            ),
            (
                Column::Kind,
                &[
                    "Tipo",
                    "Tipo de acuerdo",
                    "Modalidad",
                    "Tipo de instrumento jurídico",
                ],
            ),
            (
                Column::SignedOn,
                &[
                    "Fecha",
                    "Fecha de firma",
                    "Fecha de suscripción",
                    "Fecha de celebración del acuerdo",
                    "Suscrito el",
                    "Signed on",
                    "Fecha del convenio",
                ],
            ),
            (
                Column::Year,
                &["Año", "AÑO DE FIRMA", "Year", "Año de suscripción"],
            ),
            (
                Column::RegistryNumber,
                &[
                    "Registro",
                    "No. de registro",
                    "Número de inscripción",
                    "Folio RAI",
                    "Registro SRE",
                ],
            ),
            (
                Column::Level,
                &["Nivel", "Nivel de gobierno", "Orden de gobierno"],
            ),
            (
                Column::Theme,
                &["Temas", "Áreas de cooperación", "Tema principal"],
            ),
            (Column::Validity, &["Vigencia", "Duración del convenio"]),
            (Column::Source, &["Fuente", "Fuente de información"]),
            (
                Column::Title,
                &["Título", "Nombre del acuerdo", "Denominación"],
            ),
        ] {
            for heading in headings {
                assert_eq!(meaning(heading), Heading::Means(column), "{heading}");
            }
        }
    }

    #[test]
    fn what_might_change_the_meaning_of_a_row_is_asked() {
        for (column, heading) in [
            (Column::Municipality, "Ciudad"),
            (Column::Municipality, "Localidad"),
            (Column::Municipality, "Gobierno promovente"),
            (Column::Municipality, "Nombre"),
            (Column::State, "Entidad o municipio"),
            (Column::Municipality, "Cabecera municipal"),
            (Column::SignedOn, "Fecha de inicio"),
            (Column::SignedOn, "Fecha 1"),
            (Column::RegistryNumber, "¿Registrado?"),
            (Column::RegistryNumber, "Inscrito en"),
        ] {
            match meaning(heading) {
                Heading::MayMean(columns) => assert!(columns.contains(&column), "{heading}"),
                other => panic!("{heading}: {other:?}"),
            }
        }
    }

    #[test]
    fn the_rest_is_no_matter() {
        for heading in [
            "Folio",
            "No.",
            "Observaciones",
            "Fecha de captura",
            "Estatus",
            "Estado actual",
            "Población",
            "Correo",
            "Fecha de vencimiento",
            "Provincia extranjera",
            "",
            "#",
        ] {
            assert_eq!(meaning(heading), Heading::Other, "{heading}");
        }
    }
}
