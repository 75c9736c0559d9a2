//! Whether a cell names one counterpart or several. An agreement is made with the one that its row
//! names, and two names in one record would be found as neither.

use super::levels::is_known_region;
use crate::gazetteer::{CountryMatch, find_country};
use crate::text::fold;

/// Names of one place or one body that hold the word "y", folded; those of countries are known.
const ONE_PLACE: [&str; 28] = [
    "alsacia y lorena",
    "andaman y nicobar",
    "argyll and bute",
    "arica y parinacota",
    "bath and north east somerset",
    "brighton and hove",
    "brighton y hove",
    "castilla y leon",
    "dadra y nagar haveli",
    "dumfries and galloway",
    "hammersmith and fulham",
    "jammu y cachemira",
    "kensington and chelsea",
    "kensington y chelsea",
    "lisboa y valle del tajo",
    "magallanes y de la antartica chilena",
    "magallanes y la antartica chilena",
    "newfoundland and labrador",
    "perth and kinross",
    "providencia y santa catalina",
    "san andres y providencia",
    "san juan y martinez",
    "terranova y labrador",
    "tierra del fuego antartida e islas del atlantico sur",
    "tyne and wear",
    "tyne y wear",
    "windsor and maidenhead",
    "windsor y maidenhead",
];

/// Beginnings of words for a body, or for what it deals with: a name with one of them may hold "y"
/// and is still one.
const BODIES: [&str; 84] = [
    "academi",
    "agenci",
    "agency",
    "agricultur",
    "alcaldi",
    "ambient",
    "area",
    "arte",
    "asociaci",
    "associat",
    "asunto",
    "authorit",
    "autoridad",
    "ayuntamiento",
    "banco",
    "bank",
    "camara",
    "center",
    "centr",
    "chamber",
    "ciencia",
    "cities",
    "city",
    "ciudad",
    "colegio",
    "college",
    "comercio",
    "comision",
    "commission",
    "comunidad",
    "condado",
    "congreso",
    "consejo",
    "concejo",
    "cooperacion",
    "corporaci",
    "council",
    "county",
    "cultura",
    "departament",
    "desarrollo",
    "direccion",
    "distrit",
    "econom",
    "educacion",
    "embajada",
    "empresa",
    "escuela",
    "estado",
    "federaci",
    "fondo",
    "foundation",
    "fundaci",
    "gobierno",
    "govern",
    "hospital",
    "industri",
    "institut",
    "isla",
    "junta",
    "kingdom",
    "mancomunidad",
    "metropol",
    "ministeri",
    "ministr",
    "municip",
    "museo",
    "network",
    "office",
    "oficina",
    "organi",
    "parlamento",
    "policia",
    "prefectura",
    "programa",
    "provinci",
    "region",
    "reino",
    "relacion",
    "republic",
    "salud",
    "secretari",
    "turismo",
    "universi",
];

/// Words for several bodies, before their names.
const PLURALS: [&str; 7] = [
    "alcaldias de ",
    "ayuntamientos de ",
    "ciudades de ",
    "estados de ",
    "gobiernos de ",
    "municipios de ",
    "provincias de ",
];

/// Words that join two names.
const AND: [&str; 5] = ["&", "+", "and", "e", "y"];

/// Words within a name that may be written small.
const LINKS: [&str; 11] = [
    "al", "da", "de", "del", "do", "el", "la", "las", "los", "of", "the",
];

/// The most words of a name of a place beside another one.
const MAX_WORDS: usize = 3;

/// Whether a cell seems to name several counterparts: names with a slash or semicolon between them,
/// or plain names of places joined by "y". A body may have "y" in its name, and so have some places.
pub(super) fn several(name: &str) -> bool {
    if is_divided(name) {
        return true;
    }
    let folded = fold(name);
    let is_country = matches!(find_country(name), CountryMatch::One(_));
    if is_country || ONE_PLACE.iter().any(|place| folded.contains(place)) {
        return false;
    }
    let names = joined(name);
    if names.len() < 2 {
        return false;
    }
    PLURALS.iter().any(|start| folded.starts_with(start))
        || begin_alike(&names)
        || names.iter().all(|name| is_plain(name))
}

/// Whether a slash or semicolon stands between names; a region behind it is that of the city before it
/// ("Portland; Oregón").
fn is_divided(name: &str) -> bool {
    let mut parts = name.split(['/', ';']).filter(|part| has_word(part));
    let first_is_region = parts.next().is_some_and(begins_with_region);
    parts.any(|part| first_is_region || !begins_with_region(part))
}

fn begins_with_region(part: &str) -> bool {
    let first = part.split(',').next().unwrap_or_default();
    is_known_region(&fold(first))
}

/// Whether all names begin with the same word for a body: "Ciudad de Lyon y Ciudad de Nantes".
fn begin_alike(names: &[Vec<&str>]) -> bool {
    let mut words = names.iter().map(|name| name.first().map(|word| fold(word)));
    let Some(Some(first)) = words.next() else {
        return false;
    };
    is_body(&first) && words.all(|word| word.as_ref() == Some(&first))
}

/// The names that "y" joins, with commas between the first of them, as their words; one or none if
/// there is no such word.
fn joined(name: &str) -> Vec<Vec<&str>> {
    let words: Vec<&str> = name.split_whitespace().collect();
    // A capital E is an initial, unless all is in capitals.
    let small = name.chars().any(char::is_lowercase);
    let joins = |word: &str| {
        if small {
            AND.contains(&word)
        } else {
            AND.contains(&word.to_lowercase().as_str())
        }
    };
    if !words.iter().any(|word| joins(word)) {
        return Vec::new();
    }
    let mut names = vec![Vec::new()];
    for word in words {
        if joins(word) {
            names.push(Vec::new());
            continue;
        }
        if let Some(last) = names.last_mut() {
            last.push(word.trim_end_matches(','));
        }
        if word.ends_with(',') {
            names.push(Vec::new());
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// Whether words look like the name of a place: few, with a capital, and none of them for a body.
fn is_plain(words: &[&str]) -> bool {
    let own: Vec<&&str> = words.iter().filter(|word| !LINKS.contains(word)).collect();
    let is_name = |word: &&&str| {
        let begins = word
            .chars()
            .next()
            .is_some_and(|first| first.is_alphabetic() && !first.is_lowercase());
        begins && !is_body(word)
    };
    !own.is_empty() && own.len() <= MAX_WORDS && own.iter().all(is_name)
}

fn is_body(word: &str) -> bool {
    let folded = fold(word);
    folded == "red" || BODIES.iter().any(|start| folded.starts_with(start))
}

fn has_word(part: &str) -> bool {
    part.chars().filter(|letter| letter.is_alphabetic()).count() > 2
}

#[cfg(test)]
mod tests {
    use super::several;

    #[test]
    fn two_names_are_two_counterparts() {
        for name in [
            "Lyon y Nantes",
            "Lyon / Nantes",
            "Lyon; Nantes",
            "Kobe, Nara y Gifu",
            "LYON Y NANTES",
            "San José y La Habana",
            "Ciudad de Lyon y Ciudad de Nantes",
            "Ciudades de Lyon y Nantes",
            "Lyon & Nantes",
        ] {
            assert!(several(name), "{name}");
        }
    }

    #[test]
    fn one_name_may_hold_the_word() {
        for name in [
            "Lyon",
            "Downey, California",
            "Portland; Oregón",
            "Portland / Oregón, EUA",
            "Castilla y León",
            "Junta de Castilla y León",
            "Bosnia y Herzegovina",
            "Trinidad y Tobago",
            "Castilla-La Mancha",
            "Organización de las Naciones Unidas para la Educación, la Ciencia y la Cultura",
            "Universidad de Ciencias y Artes",
            "Ministerio de Comercio y Turismo",
            "Ciudad de Lyon y Nantes",
            "Región de Arica y Parinacota",
            "Vitoria-Gasteiz",
        ] {
            assert!(!several(name), "{name}");
        }
    }
}
