//! The form of a number in the ministry's older registry.
//!
//! An inscription is public and cannot be taken back silently, so a cell counts as a number only if it
//! certainly is one; all others are asked about. No list of the older numbers was published; what is
//! known is that they were given by year and order, with or without the registry's initials.

/// The most characters of a number.
const MAX: usize = 40;
/// The most digits of one group behind initials.
const MAX_DIGITS: usize = 8;
/// A bare number from here on is a spreadsheet's day, a postal code or a telephone number.
const BARE: u32 = 20_000;
/// Those of the registry and of the offices that number for it. Any other word before a number says
/// what else the number counts: an official letter, a page, a day.
const INITIALS: [&str; 5] = ["ai", "dgcp", "rai", "reg", "sre"];
/// The initials behind which a year by itself is a number.
const REGISTRY: &str = "rai";
/// Signs for "number", before or behind initials.
const SIGNS: [&str; 9] = [
    "no.", "núm.", "num.", "n.º", "nº", "n°", "no ", "núm ", "num ",
];
const SEPARATORS: [char; 5] = ['-', '–', '/', '.', '_'];

/// A cell taken apart.
#[derive(Default)]
struct Parts<'a> {
    /// The last initials.
    initials: Option<String>,
    /// Whether initials and number are one word: `RAI-31`, not `RAI 31`.
    joined: bool,
    /// The groups of digits.
    groups: Vec<&'a str>,
    /// What stands between the first two groups.
    separator: Option<char>,
}

/// Whether a cell is a registry number: a number, or number and year, or year and an order of three
/// digits or more; initials of the registry may stand before it, and a sign for "number"; one letter
/// or `bis` may stand behind it. What may as well be a date, a period, a decimal or a mark is none.
pub(super) fn is_registry_number(cell: &str) -> bool {
    let Some(parts) = parts(cell.trim()) else {
        return false;
    };
    let counts = |group: &&str| group.bytes().any(|byte| byte != b'0');
    let of_registry = parts.joined && parts.initials.as_deref() == Some(REGISTRY);
    parts.groups.iter().any(counts)
        && match parts.groups.as_slice() {
            [year] if is_year(year) => of_registry,
            [number] => parts.joined || is_bare(number),
            [from, to] if is_year(from) && is_year(to) => false,
            [one, other] => parts.joined || is_pair(one, other, parts.separator),
            _ => false,
        }
}

/// The bare whole number that a cell is, as a spreadsheet also writes it (`31.0`). It may count rows
/// as well.
pub(super) fn whole(cell: &str) -> Option<u32> {
    let parts = parts(cell.trim()).filter(|parts| parts.initials.is_none())?;
    match (parts.groups.as_slice(), parts.separator) {
        ([number], _) | ([number, "0"], Some('.')) => number.parse().ok(),
        _ => None,
    }
}

/// A `1` by itself also marks what is so.
fn is_bare(number: &str) -> bool {
    let short = number.len() <= 5 || number.starts_with("00");
    short && number != "1" && value(number) < BARE
}

/// Number and year, year and order, or two short groups, without initials or apart from them.
fn is_pair(one: &str, other: &str, separator: Option<char>) -> bool {
    if is_year(one) {
        return (3..=7).contains(&other.len());
    }
    if one.len() > 6 || value(one) >= BARE {
        return false;
    }
    if is_year(other) {
        // Not month and year.
        return !(1..=12).contains(&value(one));
    }
    match separator {
        // `12.5` is a decimal, `1.200` has thousands.
        Some('.') => other.len() == 2 || (other == "0" && is_bare(one)),
        // `31-32` is a period, or two numbers.
        Some('-' | '–') => other.len() <= 3 && value(one) + 1 != value(other),
        _ => other.len() <= 3,
    }
}

/// None if something stands in the cell that is in no number.
fn parts(cell: &str) -> Option<Parts<'_>> {
    if cell.is_empty() || cell.chars().count() > MAX {
        return None;
    }
    let mut parts = Parts::default();
    let mut rest = without_sign(cell);
    loop {
        let end = rest.find(|one: char| !one.is_ascii_alphabetic());
        let (word, behind) = rest.split_at(end.unwrap_or(rest.len()));
        if word.is_empty() {
            break;
        }
        let word = word.to_ascii_lowercase();
        if !INITIALS.contains(&word.as_str()) {
            return None;
        }
        let number = behind.trim_start_matches([' ', '-', '–', '/', '.', '_']);
        let between = behind.strip_suffix(number).unwrap_or_default();
        parts.joined = !between.contains(' ') || between.contains(['-', '–', '/', '_']);
        parts.initials = Some(word);
        rest = without_sign(number);
    }
    let number = without_suffix(rest);
    parts.separator = number.chars().find(|one| SEPARATORS.contains(one));
    parts.groups = number.split(SEPARATORS).map(str::trim).collect();
    let is_group = |group: &&str| {
        let digits = group.bytes().all(|byte| byte.is_ascii_digit());
        digits && (1..=MAX_DIGITS).contains(&group.len())
    };
    parts.groups.iter().all(is_group).then_some(parts)
}

fn without_sign(cell: &str) -> &str {
    let behind = |sign: &&str| {
        let head = cell.get(..sign.len())?;
        (head.to_lowercase() == **sign).then(|| cell.get(sign.len()..))?
    };
    SIGNS.iter().find_map(behind).unwrap_or(cell).trim()
}

/// The number before its letter (`31-A`, `31A`) or its `bis`. Small letters and single digits with a
/// letter may be ordinals: `2a`, `1o`.
fn without_suffix(number: &str) -> &str {
    let digits = number.trim_end_matches(|one: char| one.is_ascii_alphabetic());
    let suffix = number.strip_prefix(digits).unwrap_or_default();
    let before = digits.trim_end_matches(['-', '/', ' ']);
    let between = digits.strip_prefix(before).unwrap_or_default();
    let good = match suffix {
        bis if bis.eq_ignore_ascii_case("bis") => true,
        letter if letter.len() == 1 && between.contains(['-', '/']) => true,
        letter if letter.len() == 1 && between.is_empty() => {
            let capital = letter.bytes().all(|byte| byte.is_ascii_uppercase());
            capital && letter != "O" && before.len() > 1
        }
        _ => false,
    };
    if good { before } else { number }
}

fn is_year(group: &str) -> bool {
    group.len() == 4 && (1800..2100).contains(&value(group))
}

/// A group has no more digits than fit.
fn value(group: &str) -> u32 {
    group.parse().unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
