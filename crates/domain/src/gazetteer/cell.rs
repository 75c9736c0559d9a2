//! Takes a cell apart that names more than a place: "Guadalajara, Jalisco, México", "Guadalajara
//! (Jal.)", "Jalisco - Guadalajara", "Guadalajara Jal.".

use super::SeedGovernment;
use super::keys;
use super::states::{means_mexico, says_country, sure_state};
use crate::text::fold;

/// What separates the parts of a cell; a hyphen does with a space beside it.
const SEPARATORS: [char; 10] = [',', ';', '/', '|', '(', ')', '[', ']', '–', '—'];

/// A cell with more parts is a text, not a name.
const MAX_PARTS: usize = 8;

/// The most words of a state's name and what precedes it ("Estado Libre y Soberano de Puebla").
const MAX_TAIL: usize = 6;

/// A cell without the state and the country that it names.
pub(super) struct Cell {
    /// The rest, as written: one name or more.
    pub(super) names: Vec<String>,
    /// The state.
    pub(super) state: Option<&'static SeedGovernment>,
    /// Whether it says "México", which may be the country or the State of Mexico.
    pub(super) mexico: bool,
}

impl Cell {
    /// Reads a cell of a row whose other column names the state `home`, if it names one. The result
    /// has a state only if that is another one.
    pub(super) fn read(text: &str, home: Option<&'static SeedGovernment>) -> Self {
        let mut parts = parts(text);
        let mut around = Around::default();
        trim(&mut parts, |part| around.takes_country(part));
        trim(&mut parts, |part| {
            around.takes_country(part) || home.is_some_and(|home| names_it(part, home))
        });
        trim(&mut parts, |part| {
            around.takes_country(part) || around.takes_state(part)
        });
        Self {
            names: parts.into_iter().map(str::to_owned).collect(),
            state: around.state,
            mexico: around.mexico,
        }
    }

    /// The same cell without the state or "México" that ends its only name.
    pub(super) fn shorter(&self) -> Option<Self> {
        let ([name], None) = (self.names.as_slice(), self.state) else {
            return None;
        };
        let name = fold(name);
        let words: Vec<&str> = name.split(' ').collect();
        let first = words.len().saturating_sub(MAX_TAIL).max(1);
        (first..words.len()).find_map(|at| {
            let (head, tail) = words.split_at(at);
            let tail = tail.join(" ");
            let (state, mexico) = (sure_state(&tail), means_mexico(&tail));
            if state.is_none() && !mexico {
                return None;
            }
            let is_link = |word: &str| matches!(word, "de" | "del" | "en");
            let end = head.iter().rposition(|word| !is_link(word))?;
            let (head, _links) = head.split_at(end + 1);
            Some(Self {
                names: vec![head.join(" ")],
                state,
                mexico: self.mexico || mexico,
            })
        })
    }
}

/// What stands around the names of a cell.
#[derive(Default)]
struct Around {
    state: Option<&'static SeedGovernment>,
    mexico: bool,
}

impl Around {
    /// Whether a part is the country, or "México" whatever it means.
    fn takes_country(&mut self, part: &str) -> bool {
        let mexico = means_mexico(&fold(part));
        self.mexico |= mexico;
        mexico || says_country(part)
    }

    /// Whether a part is the first state found.
    fn takes_state(&mut self, part: &str) -> bool {
        let state = sure_state(part).filter(|_| self.state.is_none());
        self.state = self.state.or(state);
        state.is_some()
    }
}

/// Whether a part names a state, by name or key.
fn names_it(part: &str, state: &'static SeedGovernment) -> bool {
    sure_state(part) == Some(state) || keys::state(part) == Some(state)
}

/// Removes what `takes` accepts from both ends, but never the last part.
fn trim(parts: &mut Vec<&str>, mut takes: impl FnMut(&str) -> bool) {
    while let [_, .., last] = parts.as_slice()
        && takes(last)
    {
        parts.pop();
    }
    while let [first, _, ..] = parts.as_slice()
        && takes(first)
    {
        parts.remove(0);
    }
}

/// The parts of a cell. A number before a name is a part of its own: "039 Guadalajara".
pub(super) fn parts(text: &str) -> Vec<&str> {
    let parts: Vec<&str> = separated(text)
        .into_iter()
        .flat_map(|part| match part.split_once(' ') {
            Some((number, name)) if number.bytes().all(|byte| byte.is_ascii_digit()) => {
                [Some(number), Some(name)]
            }
            _ => [Some(part), None],
        })
        .flatten()
        .map(str::trim)
        .filter(|part| !fold(part).is_empty())
        .collect();
    if parts.len() > MAX_PARTS {
        return vec![text];
    }
    parts
}

fn separated(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut before = ' ';
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let after = letters.peek().map_or(' ', |(_, next)| *next);
        let spaced = before.is_whitespace() || after.is_whitespace();
        if SEPARATORS.contains(&letter) || (letter == '-' && spaced) {
            parts.extend(text.get(start..at).map(str::trim));
            start = at + letter.len_utf8();
        }
        before = letter;
    }
    parts.extend(text.get(start..).map(str::trim));
    parts
}

#[cfg(test)]
mod tests {
    use super::{Cell, parts};
    use crate::gazetteer::seed_government;

    #[test]
    fn parts_of_a_cell() {
        for (text, expected) in [
            ("Guadalajara", vec!["Guadalajara"]),
            ("Guadalajara, Jal.", vec!["Guadalajara", "Jal."]),
            ("Guadalajara (Jalisco)", vec!["Guadalajara", "Jalisco"]),
            ("Jalisco - Guadalajara", vec!["Jalisco", "Guadalajara"]),
            ("Jalisco—Guadalajara", vec!["Jalisco", "Guadalajara"]),
            ("Xalapa-Enríquez", vec!["Xalapa-Enríquez"]),
            ("039 Guadalajara", vec!["039", "Guadalajara"]),
            (" , - ,", vec![]),
        ] {
            assert_eq!(parts(text), expected, "{text}");
        }
        let list = "a,".repeat(20);
        assert_eq!(parts(&list), [list.as_str()]);
    }

    #[track_caller]
    fn reads(text: &str, home: Option<&str>, names: &[&str], state: Option<&str>, mexico: bool) {
        let cell = Cell::read(text, home.and_then(seed_government));
        assert_eq!(cell.names, names, "{text}");
        assert_eq!(cell.state.map(|s| s.id.as_str()), state, "{text}");
        assert_eq!(cell.mexico, mexico, "{text}");
    }

    #[test]
    fn state_and_country_are_taken_from_both_ends() {
        reads("Toluca", None, &["Toluca"], None, false);
        reads("Toluca, México", None, &["Toluca"], None, true);
        reads("México, Toluca", None, &["Toluca"], None, true);
        reads("Toluca, Edo. Méx.", None, &["Toluca"], Some("15"), false);
        reads("León, Gto., MX", None, &["León"], Some("11"), false);
        reads("León, Gto., México", None, &["León"], Some("11"), true);
        reads("Jalisco", None, &["Jalisco"], None, false);
        reads("Durango, Dgo.", Some("10"), &["Durango"], None, false);
        reads("Durango, México", Some("10"), &["Durango"], None, true);
        reads(
            "Durango, Dgo., México",
            Some("10"),
            &["Durango"],
            None,
            true,
        );
        reads("Durango, Durango", None, &["Durango"], Some("10"), false);
        reads("Coahuila, Hidalgo", Some("05"), &["Hidalgo"], None, false);
        reads("León, Gto.", Some("05"), &["León"], Some("11"), false);
        reads("14 Tonalá", Some("14"), &["Tonalá"], None, false);
        reads(
            "9 Benito Juárez",
            None,
            &["9", "Benito Juárez"],
            None,
            false,
        );
    }

    #[test]
    fn a_state_may_follow_without_separator() {
        for (text, name, state, mexico) in [
            ("Monterrey N.L.", "monterrey", Some("19"), false),
            ("La Paz B.C.S.", "la paz", Some("03"), false),
            ("Tula en Hidalgo", "tula", Some("13"), false),
            ("León del Estado de Guanajuato", "leon", Some("11"), false),
            ("Toluca México", "toluca", None, true),
        ] {
            let cell = Cell::read(text, None).shorter();
            let cell = cell.unwrap();
            assert_eq!(cell.names, [name], "{text}");
            assert_eq!(cell.state.map(|s| s.id.as_str()), state, "{text}");
            assert_eq!(cell.mexico, mexico, "{text}");
        }
        assert!(Cell::read("Guadalajara", None).shorter().is_none());
        assert!(Cell::read("Jalisco", None).shorter().is_none());
    }
}
