//! Normalises names of places before they are compared, and tells a name from the words for the
//! government that precede it.

use crate::text::fold;

pub(super) use crate::text::compact;

/// Words that many places share. A name made only of these does not suggest a place to somebody
/// who wrote a longer one.
const COMMON_WORDS: [&str; 26] = [
    "asuncion", "bahia", "ciudad", "de", "del", "doctor", "el", "general", "gran", "isla", "jesus",
    "juan", "la", "las", "los", "nueva", "nuevo", "puerto", "rio", "san", "santa", "santiago",
    "santo", "valle", "villa", "y",
];

/// Words that may precede the word for a government: "H. Ayuntamiento", "la Ciudad".
const TITLES: [&str; 8] = [
    "h",
    "honorable",
    "ilustre",
    "heroica",
    "heroico",
    "el",
    "la",
    "the",
];

/// The titles that a place itself may have: "H. Matamoros", "Heroica Nogales".
const HONOURS: [&str; 5] = ["h", "honorable", "ilustre", "heroica", "heroico"];

/// Words between the word for a government and the name of its place.
const LINKS: [&str; 10] = [
    "constitucional",
    "municipal",
    "mpal",
    "estatal",
    "libre",
    "y",
    "soberano",
    "de",
    "del",
    "of",
];

/// The most words for a government before one name ("H. Ayuntamiento del Municipio de la Ciudad de
/// Oaxaca" has three); more is not a name.
const MAX_BODIES: usize = 6;

/// The order of government that the words before a name say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Office {
    /// They say nothing: "Durango".
    Unsaid,
    /// A government, of a state or of a municipality: "Gobierno de Durango".
    Any,
    /// A municipality, a borough or a city: "Municipio de Durango", "Cd. Durango".
    Municipality,
    /// A state: "Gobierno del Estado de Durango".
    State,
}

impl Office {
    /// What is known after one more word; absent if the word is not one for a government.
    fn narrowed(self, word: &str) -> Option<Self> {
        let said = match word {
            "gobierno" | "gob" | "government" => Self::Any,
            "estado" | "edo" | "state" => Self::State,
            "ayuntamiento" | "ayto" | "municipio" | "mpio" | "mun" | "municipality"
            | "presidencia" | "cabildo" | "concejo" | "alcaldia" | "alc" | "delegacion"
            | "ciudad" | "city" | "town" => Self::Municipality,
            _ => return None,
        };
        match (self, said) {
            // "Municipio del Estado de Jalisco": which municipality, it does not say.
            (Self::Municipality, Self::State) => None,
            (Self::Unsaid | Self::Any, _) => Some(said),
            (known, _) => Some(known),
        }
    }

    /// "Gobierno municipal", "gobierno estatal".
    fn linked(self, link: &str) -> Self {
        match (self, link) {
            (Self::Any, "municipal" | "mpal") => Self::Municipality,
            (Self::Any, "estatal") => Self::State,
            _ => self,
        }
    }
}

/// One way to understand a text: with some of its first words taken for the government's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) office: Office,
    /// The rest of the text, the name of a place.
    pub(super) name: String,
}

impl Reading {
    fn new(office: Office, words: &[&str]) -> Self {
        Self {
            office,
            name: words.join(" "),
        }
    }
}

/// Folded, with common abbreviations expanded and honorific titles removed. Applied both to the
/// names of the catalogue and to what people write.
pub(super) fn plain(name: &str) -> String {
    let words: Vec<String> = fold(name)
        .split(' ')
        .map(|word| written_out(word).to_owned())
        .collect();
    let name = words.join(" ");
    ["heroica ciudad de ", "h ciudad de ", "heroica ", "heroico "]
        .iter()
        .find_map(|honour| name.strip_prefix(honour))
        .map_or_else(|| name.clone(), str::to_owned)
}

/// All ways to understand a plain text, the longest name first: "municipio de ciudad valles" is
/// that, then "ciudad valles" and then "valles", both of a municipality.
pub(super) fn readings(plain: &str) -> Vec<Reading> {
    let words: Vec<&str> = plain.split(' ').collect();
    let mut readings = vec![Reading::new(Office::Unsaid, &words)];
    let mut office = Office::Unsaid;
    let mut rest = words.as_slice();
    for _ in 0..MAX_BODIES {
        let (titles, after) = leading(rest, &TITLES);
        let Some((body, after_body)) = after.split_first() else {
            break;
        };
        let Some(narrowed) = office.narrowed(body) else {
            if titles.last().is_some_and(|title| HONOURS.contains(title)) {
                readings.push(Reading::new(office, after));
            }
            break;
        };
        if !titles.is_empty() {
            readings.push(Reading::new(office, after));
        }
        let (links, name) = leading(after_body, &LINKS);
        office = links
            .iter()
            .fold(narrowed, |office, link| office.linked(link));
        if name.is_empty() {
            break;
        }
        readings.push(Reading::new(office, name));
        if links.last() == Some(&"del") {
            // "Municipio del Salto" is the one of El Salto.
            let with_article: Vec<&str> =
                std::iter::once("el").chain(name.iter().copied()).collect();
            readings.push(Reading::new(office, &with_article));
        }
        rest = name;
    }
    readings
}

/// The words at the beginning that are among `wanted`, and the others.
fn leading<'a, 'b>(words: &'a [&'b str], wanted: &[&str]) -> (&'a [&'b str], &'a [&'b str]) {
    let end = words.iter().position(|word| !wanted.contains(word));
    words.split_at(end.unwrap_or(words.len()))
}

/// Whether a name suggests its place to somebody who wrote a longer one.
pub(super) fn is_telling(plain: &str) -> bool {
    plain
        .split(' ')
        .any(|word| word.len() > 3 && !COMMON_WORDS.contains(&word))
}

fn written_out(word: &str) -> &str {
    match word {
        "cd" => "ciudad",
        "dr" => "doctor",
        "fco" => "francisco",
        "gpe" => "guadalupe",
        "gral" => "general",
        "pto" => "puerto",
        "sta" => "santa",
        "sto" => "santo",
        "vte" => "vicente",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::{Office, compact, is_telling, plain, readings};

    fn read(text: &str) -> Vec<(Office, String)> {
        readings(&plain(text))
            .into_iter()
            .map(|reading| (reading.office, reading.name))
            .collect()
    }

    #[test]
    fn abbreviations_and_honours() {
        assert_eq!(plain("Cd. Juárez"), "ciudad juarez");
        assert_eq!(plain("Heroica Ciudad de Tlaxiaco"), "tlaxiaco");
        assert_eq!(
            plain("Dr. Belisario Domínguez"),
            plain("Doctor Belisario Domínguez")
        );
        assert_eq!(compact("S. L. P."), "slp");
    }

    #[test]
    fn the_last_reading_is_the_bare_name() {
        for (text, office, name) in [
            ("Toluca", Office::Unsaid, "toluca"),
            ("La Paz", Office::Unsaid, "la paz"),
            ("H. Nogales", Office::Unsaid, "nogales"),
            ("Gobierno de Toluca", Office::Any, "toluca"),
            ("H. Ayuntamiento de Toluca", Office::Municipality, "toluca"),
            ("Alcaldía Coyoacán", Office::Municipality, "coyoacan"),
            ("Mpio. La Paz", Office::Municipality, "la paz"),
            (
                "Gobierno Municipal de la Ciudad de León",
                Office::Municipality,
                "leon",
            ),
            ("Gob. Mpal. de León", Office::Municipality, "leon"),
            (
                "Gobierno Constitucional del Estado Libre y Soberano de Puebla",
                Office::State,
                "puebla",
            ),
            ("Gob. del Edo. de Jalisco", Office::State, "jalisco"),
            ("Municipio del Salto", Office::Municipality, "el salto"),
        ] {
            assert_eq!(read(text).pop(), Some((office, name.to_owned())), "{text}");
        }
    }

    #[test]
    fn longer_names_come_first() {
        let names: Vec<String> = read("Municipio de Cd. Valles")
            .into_iter()
            .map(|(_, name)| name)
            .collect();
        assert_eq!(
            names,
            ["municipio de ciudad valles", "ciudad valles", "valles"]
        );
        assert_eq!(read("Ciudad").len(), 1);
        assert!(read(&"ciudad de ".repeat(100)).len() < 20);
    }

    #[test]
    fn common_words_tell_nothing() {
        assert!(!is_telling("san juan"));
        assert!(!is_telling("villa"));
        assert!(is_telling("tlajomulco"));
    }
}
