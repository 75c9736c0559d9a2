//! The form of a number in the ministry's older registry.
//!
//! Inscribing a row cannot be taken back silently, so a cell counts as a number only if it looks like
//! one. No list of the older numbers was published; what is known is that they were given by year and
//! order, with or without the registry's initials.

use super::dates;
use crate::text::fold;

/// The most characters of a number.
const MAX: usize = 40;

/// Whether a cell has the form of a registry number: at most three groups of initials and at least
/// one number that is not zero, joined by `-`, `/`, `.`, `_` or a space; `No.` and `Núm.` may stand
/// before it. Neither a whole date nor a year by itself is one.
pub(super) fn is_registry_number(cell: &str) -> bool {
    let cell = cell.trim();
    let Some(parts) = parts(cell) else {
        return false;
    };
    let digits = |part: &&&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let counts = |part: &&&str| part.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    let initials = parts.iter().filter(|part| !digits(part)).count();
    let bare_year = matches!(parts.as_slice(), [year] if is_year(year));
    parts.iter().any(|part| counts(&part))
        && initials <= 3
        && parts.len() - initials <= 4
        && !bare_year
        && (dates::read(cell) == dates::Read::Nothing || is_own_form(&parts))
}

/// The parts of a number; None if something stands in it that is in none.
fn parts(cell: &str) -> Option<Vec<&str>> {
    if cell.is_empty() || cell.chars().count() > MAX {
        return None;
    }
    let rest = [
        "no.", "núm.", "num.", "n.º", "nº", "n°", "no ", "núm ", "num ",
    ]
    .iter()
    .find_map(|start| {
        let head = cell.get(..start.len())?;
        (head.to_lowercase() == **start).then(|| cell.get(start.len()..))?
    })
    .unwrap_or(cell);
    let parts: Vec<&str> = rest
        .split(['-', '/', '.', '_', ' ', '–'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let is_part = |part: &&str| {
        let number = part.bytes().all(|byte| byte.is_ascii_digit());
        let initials = part.len() <= 6 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
        (number && part.len() <= 8) || initials || is_joined(part)
    };
    parts.iter().all(is_part).then_some(parts)
}

/// Initials and number in one word: `RAI0031`, `31A`.
fn is_joined(part: &str) -> bool {
    let digits = part.bytes().filter(u8::is_ascii_digit).count();
    let letters = part.bytes().filter(u8::is_ascii_alphabetic).count();
    digits + letters == part.len() && digits > 0 && (1..=6).contains(&letters) && part.len() <= 12
}

fn is_year(part: &str) -> bool {
    part.len() == 4 && (part.starts_with("18") || part.starts_with("19") || part.starts_with("20"))
}

/// Year and order, as this registry itself writes them.
fn is_own_form(parts: &[&str]) -> bool {
    matches!(parts, [year, order] if is_year(year) && order.len() >= 3)
}

/// The same number however it is written.
pub(super) fn folded(cell: &str) -> String {
    fold(cell).replace(' ', "")
}

#[cfg(test)]
mod tests {
    use super::is_registry_number;

    #[test]
    fn numbers_of_registries() {
        for cell in [
            "RAI-0031",
            "RAI-5",
            "RAI 31",
            "RAI0031",
            "12/80",
            "0123",
            "31",
            "SRE/2019/044",
            "2026-000001",
            "No. 44",
            "Núm. 12/98",
            "DGCP-AI-2004-12",
            "31-A",
            "14.11",
        ] {
            assert!(is_registry_number(cell), "{cell}");
        }
    }

    #[test]
    fn whatever_is_no_number() {
        for cell in [
            "",
            "No",
            "S/N",
            "En trámite",
            "-",
            "Sí",
            "sí, en 1998",
            "1998",
            "15/03/1998",
            "1998-03-15",
            "marzo de 1998",
            "0",
            "000",
            "RAI",
            "RAI-000",
            "registrado",
            "Ver oficio DGCP 12 del 3 de marzo",
            "x",
            "?",
            "123456789",
            "1,200",
            "RAI-31; RAI-32",
            "pendiente 2",
        ] {
            assert!(!is_registry_number(cell), "{cell}");
        }
    }
}
