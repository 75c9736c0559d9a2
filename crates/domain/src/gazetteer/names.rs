//! Normalises names of places before they are compared.

use crate::text::fold;

/// Words that many places share. If the beginning of a name consists only of these, it does not
/// identify a place, even if just one name begins that way.
const COMMON_WORDS: [&str; 26] = [
    "asuncion", "bahia", "ciudad", "de", "del", "doctor", "el", "general", "gran", "isla", "jesus",
    "juan", "la", "las", "los", "nueva", "nuevo", "puerto", "rio", "san", "santa", "santiago",
    "santo", "valle", "villa", "y",
];

/// Prefixes of a municipality's name that mean its government. A longer prefix comes before a
/// shorter one that it begins with.
const OFFICES: [&str; 17] = [
    "h ayuntamiento constitucional de ",
    "h ayuntamiento del municipio de ",
    "h ayuntamiento de ",
    "honorable ayuntamiento constitucional de ",
    "honorable ayuntamiento de ",
    "ayuntamiento del municipio de ",
    "ayuntamiento constitucional de ",
    "ayuntamiento de ",
    "gobierno municipal de ",
    "presidencia municipal de ",
    "municipio de ",
    "municipality of ",
    "mpio de ",
    "alcaldia de ",
    "alcaldia ",
    "delegacion ",
    "ciudad de ",
];

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

/// The same without the prefix for the office, if there is one: "H. Ayuntamiento de Toluca".
pub(super) fn without_office(plain: &str) -> Option<&str> {
    OFFICES
        .iter()
        .find_map(|office| plain.strip_prefix(office))
        .filter(|rest| !rest.is_empty())
}

/// Folded without spaces, for abbreviations written with or without full stops ("S. L. P.", "SLP").
pub(super) fn compact(name: &str) -> String {
    fold(name).replace(' ', "")
}

/// Whether the beginning of a name identifies a place by itself.
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
    use super::{compact, is_telling, plain, without_office};

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
    fn offices() {
        assert_eq!(
            without_office(&plain("H. Ayuntamiento de Toluca")),
            Some("toluca")
        );
        assert_eq!(
            without_office(&plain("Alcaldía Coyoacán")),
            Some("coyoacan")
        );
        assert_eq!(without_office("toluca"), None);
    }

    #[test]
    fn common_words_tell_nothing() {
        assert!(!is_telling("san juan"));
        assert!(!is_telling("villa"));
        assert!(is_telling("tlajomulco"));
    }
}
