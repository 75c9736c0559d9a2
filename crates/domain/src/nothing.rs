//! Words by which offices say that a cell holds nothing, in files and in requests alike.

use crate::text::{fold, is_invisible};

/// What a text says that holds no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nothing {
    /// There is none: the cell is empty, a dash, or says so.
    ThereIsNone,
    /// It is not known, still to come, or lost.
    NotKnown,
    /// The same as in the cell above it.
    AsAbove,
}

/// Whole cells, folded, that say that there is none.
const NONE: [&str; 14] = [
    "n a",
    "na",
    "ninguna",
    "ninguno",
    "no aplica",
    "no corresponde",
    "no cuenta",
    "no existe",
    "no hay",
    "no tiene",
    "none",
    "not applicable",
    "sin municipio",
    "sin municipios",
];

/// Whole cells, folded, that say that something is not known.
const UNKNOWN: [&str; 92] = [
    "blank",
    "desconocida",
    "desconocido",
    "en blanco",
    "en proceso",
    "en tramite",
    "missing",
    "n c",
    "n d",
    "n e",
    "nada",
    "nd",
    "ne",
    "nil",
    "no",
    "no consta",
    "no data",
    "no definida",
    "no definido",
    "no determinada",
    "no determinado",
    "no disponible",
    "no especifica",
    "no especificada",
    "no especificado",
    "no identificada",
    "no identificado",
    "no indica",
    "no indicada",
    "no indicado",
    "no localizada",
    "no localizado",
    "no menciona",
    "no precisa",
    "no registrado",
    "no sabe",
    "no se conoce",
    "no se especifica",
    "no se indica",
    "no se menciona",
    "no se sabe",
    "no se tiene",
    "not available",
    "null",
    "nulo",
    "pendiente",
    "por asignar",
    "por confirmar",
    "por definir",
    "por determinar",
    "por especificar",
    "por verificar",
    "s d",
    "s e",
    "s f",
    "s i",
    "s n",
    "s r",
    "s t",
    "sd",
    "se desconoce",
    "se ignora",
    "sf",
    "sin asignar",
    "sin clave",
    "sin confirmar",
    "sin contraparte",
    "sin dato",
    "sin datos",
    "sin definir",
    "sin determinar",
    "sin documento",
    "sin especificar",
    "sin fecha",
    "sin folio",
    "sin fuente",
    "sin identificar",
    "sin informacion",
    "sin nombre",
    "sin numero",
    "sin pais",
    "sin precisar",
    "sin referencia",
    "sin registro",
    "sin titulo",
    "sn",
    "tbd",
    "unknown",
    "untitled",
    "vacia",
    "vacio",
    "without title",
];

/// Beginnings after which offices only say what is still to come: "En trámite ante la SRE".
const BEGINNINGS: [&str; 14] = [
    "en proceso ",
    "en tramite ",
    "no se cuenta con ",
    "pendiente ",
    "por confirmar ",
    "por definir ",
    "por determinar ",
    "se desconoce ",
    "se ignora ",
    "sin dato ",
    "sin especificar ",
    "sin fecha ",
    "sin numero ",
    "sin registro ",
];

/// Words for the cell above.
const DITTO: [&str; 10] = [
    "ditto", "ibid", "ibidem", "id", "idem", "igual", "lo mismo", "misma", "mismo", "same",
];

/// Words for several of a kind, or for their sum, that name none of them; the letter alone marks a
/// gap in a column of names.
const NO_NAMES: [&str; 13] = [
    "diversas",
    "diversos",
    "gran total",
    "otras",
    "otros",
    "subtotal",
    "total",
    "total general",
    "varias",
    "varios",
    "varios municipios",
    "various",
    "x",
];

/// What a cell says that holds nothing: it is empty, has neither letter nor digit (`--`), only zeros
/// (`0`, `00/00/0000`), only the letter x as a mark of a gap (`XXX`), an error of a spreadsheet
/// (`#N/A`, `#¡REF!`), a sign for the cell above (`〃`), or one of the words for it in Spanish or
/// English.
pub(crate) fn nothing(cell: &str) -> Option<Nothing> {
    let folded = fold(cell);
    let is = |words: &[&str]| words.binary_search(&folded.as_str()).is_ok();
    let only = |one: u8| {
        folded
            .bytes()
            .all(|byte| matches!(byte, b' ') || byte == one)
    };
    if folded.is_empty() {
        Some(sign(cell))
    } else if is(&DITTO) {
        Some(Nothing::AsAbove)
    } else if is_spreadsheet_error(cell)
        || is_not_a_number(cell)
        || only(b'0')
        || (folded.len() > 1 && only(b'x'))
        || is(&UNKNOWN)
        || BEGINNINGS.iter().any(|start| folded.starts_with(start))
    {
        Some(Nothing::NotKnown)
    } else if is(&NONE) || folded.starts_with("no aplica ") {
        Some(Nothing::ThereIsNone)
    } else {
        None
    }
}

/// Whether a cell says that it holds nothing.
pub(crate) fn says_nothing(cell: &str) -> bool {
    nothing(cell).is_some()
}

/// Whether a cell stands for the one above it.
pub(crate) fn repeats(cell: &str) -> bool {
    nothing(cell) == Some(Nothing::AsAbove)
}

/// Whether a text names nobody and nothing: it holds nothing, or only says that there are several
/// ("Varios") or how many ("Total: 23").
pub(crate) fn is_no_name(text: &str) -> bool {
    let folded = fold(text);
    let counted = folded.trim_end_matches(|end: char| end.is_ascii_digit() || end == ' ');
    says_nothing(text)
        || NO_NAMES.binary_search(&folded.as_str()).is_ok()
        || matches!(counted, "subtotal" | "total")
}

/// What a cell without letters and digits says. A dash is the usual sign that there is none; marks
/// of repetition and arrows point to the cell above.
fn sign(cell: &str) -> Nothing {
    let mut signs = cell
        .chars()
        .filter(|sign| !sign.is_whitespace() && !is_invisible(*sign))
        .peekable();
    if signs.peek().is_none() {
        return Nothing::ThereIsNone;
    }
    let signs: Vec<char> = signs.collect();
    let all = |wanted: &str| signs.iter().all(|sign| wanted.contains(*sign));
    if all("-\u{2010}\u{2011}\u{2012}–—\u{2015}\u{2212}") {
        Nothing::ThereIsNone
    } else if all("\"'´`’‘“”„«»′″\u{3003}↓↑⇓⇑^") {
        Nothing::AsAbove
    } else {
        Nothing::NotKnown
    }
}

/// `NaN` as programs write it. A province of Thailand is called Nan.
fn is_not_a_number(cell: &str) -> bool {
    matches!(cell.trim(), "nan" | "NaN")
}

/// `#N/A`, `#¡VALOR!`, `#¿NOMBRE?`: nothing that a person writes begins and ends so.
fn is_spreadsheet_error(cell: &str) -> bool {
    let cell = cell.trim();
    cell.starts_with('#') && (cell.ends_with(['!', '?']) || matches!(cell, "#N/A" | "#N/D"))
}

#[cfg(test)]
mod tests;
