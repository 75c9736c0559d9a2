//! The level of a counterpart's government, where its name shows it without doubt.

use super::kinds::may_not_be_a_government;
use crate::counterparts::CounterpartLevel;
use crate::gazetteer::{CountryMatch, Match, find_country, find_state};
use crate::text::fold;

/// The states of the United States, folded, in English and in Spanish.
const US_STATES: [&str; 65] = [
    "alabama",
    "alaska",
    "arizona",
    "arkansas",
    "california",
    "carolina del norte",
    "carolina del sur",
    "colorado",
    "connecticut",
    "dakota del norte",
    "dakota del sur",
    "delaware",
    "florida",
    "georgia",
    "hawaii",
    "idaho",
    "illinois",
    "indiana",
    "iowa",
    "kansas",
    "kentucky",
    "louisiana",
    "luisiana",
    "maine",
    "maryland",
    "massachusetts",
    "michigan",
    "minnesota",
    "misisipi",
    "mississippi",
    "missouri",
    "misuri",
    "montana",
    "nebraska",
    "nevada",
    "new hampshire",
    "new jersey",
    "new mexico",
    "new york",
    "north carolina",
    "north dakota",
    "nueva hampshire",
    "nueva jersey",
    "nueva york",
    "nuevo hampshire",
    "nuevo mexico",
    "ohio",
    "oklahoma",
    "oregon",
    "pennsylvania",
    "pensilvania",
    "rhode island",
    "south carolina",
    "south dakota",
    "tejas",
    "tennessee",
    "texas",
    "utah",
    "vermont",
    "virginia",
    "virginia occidental",
    "washington",
    "west virginia",
    "wisconsin",
    "wyoming",
];

/// The provinces of Canada, folded, in English and in Spanish.
const CA_PROVINCES: [&str; 15] = [
    "alberta",
    "british columbia",
    "columbia britanica",
    "isla del principe eduardo",
    "manitoba",
    "new brunswick",
    "newfoundland and labrador",
    "nova scotia",
    "nueva escocia",
    "nuevo brunswick",
    "ontario",
    "prince edward island",
    "quebec",
    "saskatchewan",
    "terranova y labrador",
];

/// The regional governments of Spain that are called so; elsewhere a "junta" may be of anything.
const JUNTAS: [&str; 6] = [
    "junta de andalucia",
    "junta de castilla y leon",
    "junta de comunidades de castilla la mancha",
    "junta de extremadura",
    "junta de galicia",
    "xunta de galicia",
];

/// The countries whose regions are departments.
const WITH_DEPARTMENTS: [&str; 11] = [
    "BO", "CO", "FR", "GT", "HN", "HT", "NI", "PE", "PY", "SV", "UY",
];

/// What an office deals with: "Departamento de Salud" is no region.
const MATTERS: [&str; 26] = [
    "administracion",
    "agricultura",
    "asuntos",
    "comercio",
    "cooperacion",
    "cultura",
    "defensa",
    "deportes",
    "desarrollo",
    "economia",
    "educacion",
    "energia",
    "estado",
    "estudios",
    "finanzas",
    "hacienda",
    "justicia",
    "obras",
    "policia",
    "relaciones",
    "salud",
    "seguridad",
    "trabajo",
    "transporte",
    "turismo",
    "vivienda",
];

/// Words at the beginning of a name that say what it is, so that a region behind the comma does not.
const NOT_A_CITY: [&str; 28] = [
    "agencia",
    "asociacion",
    "association",
    "banco",
    "camara",
    "chamber",
    "condado",
    "consejo",
    "county",
    "department",
    "departamento",
    "distrito",
    "estado",
    "fundacion",
    "gobernacion",
    "gobierno",
    "government",
    "instituto",
    "ministerio",
    "oficina",
    "organizacion",
    "provincia",
    "puerto",
    "region",
    "secretaria",
    "state",
    "universidad",
    "university",
];

/// The level that a name shows by itself: "Downey, California" is a city, "Provincia de Buenos
/// Aires" is not. Most names show none, so the result is usually empty. `country` is that of the
/// counterpart.
pub(super) fn level_of_name(name: &str, country: &str) -> Option<CounterpartLevel> {
    let folded = format!("{} ", fold(name));
    let holds = |words: &[&str]| {
        let padded = format!(" {folded}");
        words
            .iter()
            .any(|word| padded.contains(&format!(" {word} ")))
    };
    let begins = |words: &[&str]| {
        words
            .iter()
            .any(|word| folded.starts_with(&format!("{word} ")))
    };
    if holds(&[
        "comunidad urbana",
        "area metropolitana",
        "metropolitan",
        "metropole",
        "metropoli",
    ]) {
        Some(CounterpartLevel::Metropolitan)
    } else if begins(&[
        "ciudad de",
        "municipio de",
        "ayuntamiento de",
        "city of",
        "alcaldia de",
    ]) {
        Some(CounterpartLevel::Local)
    } else if begins(&[
        "provincia de",
        "region de",
        "gobierno regional",
        "province of",
        "generalitat de",
    ]) || JUNTAS.contains(&folded.trim_end())
        || is_region(&folded, country)
    {
        Some(CounterpartLevel::Regional)
    } else if has_region(name, country) {
        Some(CounterpartLevel::Local)
    } else {
        None
    }
}

/// Whether a folded name is that of a state of the United States or a province of Canada.
pub(super) fn is_known_region(folded: &str) -> bool {
    US_STATES.contains(&folded) || CA_PROVINCES.contains(&folded)
}

/// Words that mean a region in some countries only, or before some names only: a state may be a
/// country ("Estado de Israel"), a prefecture a city's government (in Brazil), and a department an
/// office.
fn is_region(folded: &str, country: &str) -> bool {
    let after = |words: &[&str]| words.iter().find_map(|word| folded.strip_prefix(word));
    if let Some(rest) = after(&["estado de ", "state of "]) {
        let rest = rest.trim_end();
        let is_country = [folded.trim_end(), rest]
            .into_iter()
            .any(|name| find_country(name) != CountryMatch::None);
        return rest == "mexico" || US_STATES.contains(&rest) || !is_country;
    }
    if after(&["prefectura de "]).is_some() {
        return country == "JP";
    }
    after(&["departamento de "]).is_some_and(|rest| {
        let matter = rest
            .split(' ')
            .find(|word| !matches!(*word, "la" | "las" | "los" | "el"));
        WITH_DEPARTMENTS.contains(&country) && !matter.is_some_and(|word| MATTERS.contains(&word))
    })
}

/// Whether a name has its region behind a comma, as cities of North America do: "Downey, California",
/// and then the country. Elsewhere what follows may be a region, a city or a country.
fn has_region(name: &str, country: &str) -> bool {
    let parts: Vec<String> = name
        .split(',')
        .map(fold)
        .filter(|part| !part.is_empty())
        .collect();
    let is_known = |part: &str| match country {
        "CA" => CA_PROVINCES.contains(&part),
        "MX" => matches!(find_state(part), Match::One(_)),
        "US" => US_STATES.contains(&part),
        _ => false,
    };
    let (city, region) = match parts.as_slice() {
        [city, region] => (city, region),
        [city, region, last] if find_country(last) != CountryMatch::None => (city, region),
        _ => return false,
    };
    let first = city.split(' ').next().unwrap_or_default();
    is_known(region)
        && (city == region || !is_known(city))
        && !NOT_A_CITY.contains(&first)
        && !may_not_be_a_government(city)
}

#[cfg(test)]
mod tests;
