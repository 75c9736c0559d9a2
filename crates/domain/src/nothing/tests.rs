use super::{BEGINNINGS, DITTO, NO_NAMES, NONE, Nothing, UNKNOWN};
use super::{is_no_name, nothing, says_nothing};
use crate::text::fold;

#[test]
fn the_words_are_folded_and_sorted() {
    for words in [&NONE[..], &UNKNOWN, &DITTO, &NO_NAMES] {
        assert!(words.is_sorted(), "{words:?}");
        assert!(words.iter().all(|word| fold(word) == *word));
    }
    assert!(BEGINNINGS.iter().all(|start| fold(start) == start.trim()));
}

#[test]
fn what_a_cell_without_a_value_says() {
    for cell in [
        "",
        " ",
        "-",
        "—",
        "- -",
        "No aplica",
        "N/A",
        "Ninguno",
        "Sin municipio",
    ] {
        assert_eq!(nothing(cell), Some(Nothing::ThereIsNone), "{cell}");
    }
    for cell in [
        "Pendiente",
        "Pendiente de confirmar municipio",
        "Por confirmar",
        "Se desconoce",
        "S/D",
        "#N/A",
        "#¡REF!",
        "#########",
        "XXX",
        "???",
        "*",
        "En proceso",
        "(en blanco)",
        "Se ignora",
        "NaN",
        "nan",
        "0",
        "…",
    ] {
        assert_eq!(nothing(cell), Some(Nothing::NotKnown), "{cell}");
    }
    for cell in ["\u{3003}", "''", "\"", "↓", "ídem", "Id.", "Lo mismo"] {
        assert_eq!(nothing(cell), Some(Nothing::AsAbove), "{cell}");
    }
    for cell in [
        "Varios",
        "Total: 23",
        "Total",
        "x",
        "Sin título",
        "Sin fuente",
    ] {
        assert!(is_no_name(cell), "{cell}");
    }
    for cell in ["Nan", "NAN", "Total Energies", "Sin el Fil", "Sinaloa", "Y"] {
        assert!(!is_no_name(cell), "{cell}");
    }
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
