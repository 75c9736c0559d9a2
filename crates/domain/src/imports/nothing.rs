//! Words by which offices say that a cell holds nothing.

use crate::text::fold;

/// Whole cells, folded, that mean nothing in every column.
const WORDS: [&str; 58] = [
    "blank",
    "desconocida",
    "desconocido",
    "en proceso",
    "en tramite",
    "missing",
    "n a",
    "n c",
    "n d",
    "n e",
    "na",
    "nada",
    "nan",
    "nd",
    "ne",
    "nil",
    "ninguna",
    "ninguno",
    "no",
    "no aplica",
    "no consta",
    "no cuenta",
    "no data",
    "no disponible",
    "no especificada",
    "no especificado",
    "no existe",
    "no hay",
    "no identificada",
    "no identificado",
    "no se tiene",
    "no tiene",
    "none",
    "not applicable",
    "not available",
    "null",
    "nulo",
    "pendiente",
    "por confirmar",
    "por definir",
    "s d",
    "s e",
    "s f",
    "s i",
    "s n",
    "s r",
    "sd",
    "se desconoce",
    "sf",
    "sin dato",
    "sin datos",
    "sin especificar",
    "sin fecha",
    "sin informacion",
    "sin numero",
    "sin registro",
    "sn",
    "tbd",
];

/// Beginnings after which offices only say what is still to come: "En trámite ante la SRE".
const BEGINNINGS: [&str; 6] = [
    "en tramite ",
    "no aplica ",
    "pendiente ",
    "sin fecha ",
    "sin numero ",
    "sin registro ",
];

/// Whether a cell says that it holds nothing: it is empty, has neither letter nor digit (`--`), only
/// zeros (`0`, `00/00/0000`), only the letter x as a mark of a gap (`XXX`), an error of a
/// spreadsheet (`#N/A`, `#¡REF!`), or one of the words for nothing in Spanish or English.
pub fn says_nothing(cell: &str) -> bool {
    let folded = fold(cell);
    let bytes = || folded.bytes().filter(|byte| *byte != b' ');
    folded.is_empty()
        || bytes().all(|byte| byte == b'0')
        || (folded.len() > 1 && bytes().all(|byte| byte == b'x'))
        || is_spreadsheet_error(cell)
        || WORDS.binary_search(&folded.as_str()).is_ok()
        || BEGINNINGS.iter().any(|start| folded.starts_with(start))
}

/// `#N/A`, `#¡VALOR!`, `#¿NOMBRE?`: nothing that a person writes begins and ends so.
fn is_spreadsheet_error(cell: &str) -> bool {
    let cell = cell.trim();
    cell.starts_with('#') && (cell.ends_with(['!', '?']) || matches!(cell, "#N/A" | "#N/D"))
}

#[cfg(test)]
mod tests {
    use super::{BEGINNINGS, WORDS, says_nothing};
    use crate::text::fold;

    #[test]
    fn the_words_are_folded_and_sorted() {
        assert!(WORDS.is_sorted());
        assert!(WORDS.iter().all(|word| fold(word) == *word));
        assert!(BEGINNINGS.iter().all(|start| fold(start) == start.trim()));
    }

    #[test]
    fn whatever_offices_write_for_nothing() {
        for cell in [
            "",
            " ",
            "-",
            "--",
            "—",
            "…",
            "N/D",
            "n.d.",
            "N/A",
            "#N/A",
            "#N/D",
            "#¡REF!",
            "#REF!",
            "#DIV/0!",
            "#¿NOMBRE?",
            "S/N",
            "s.n.",
            "S/D",
            "s/f",
            "S/I",
            "0",
            "00",
            "0.0",
            "00/00/0000",
            "No",
            "NO",
            "Sin dato",
            "sin Información",
            "No aplica",
            "Ninguno",
            "Pendiente",
            "Pendiente de firma",
            "En trámite",
            "En trámite ante la SRE",
            "NULL",
            "Sin número",
            "XXX",
            "xx",
            "(ninguno)",
            "\u{200B}",
        ] {
            assert!(says_nothing(cell), "{cell}");
        }
    }

    #[test]
    fn whatever_says_something() {
        for cell in [
            "Noruega",
            "Nada Dorada",
            "10",
            "1.0",
            "007",
            "Sí",
            "RAI-5",
            "Xalapa",
            "x",
            "Sur",
            "#12",
            "Nantes",
            "Santander",
            "No. 12",
            "100",
            "Naucalpan",
            "Pendientes",
        ] {
            assert!(!says_nothing(cell), "{cell}");
        }
    }
}
