//! The catalogue of governments, and finding places by name.

use std::collections::{BTreeMap, HashSet};

use vinculo_domain::Tier;
use vinculo_domain::catalogs::{self, Catalog};
use vinculo_domain::gazetteer::{
    CountryMatch, Match, find_country, find_government, find_state, seed_government,
    seed_governments,
};

/// State, abbreviation and number of municipalities: reference facts.
const STATES: [(&str, &str, usize); 32] = [
    ("01", "AGU", 11),
    ("02", "BCN", 7),
    ("03", "BCS", 5),
    ("04", "CAM", 13),
    ("05", "COA", 38),
    ("06", "COL", 10),
    ("07", "CHP", 124),
    ("08", "CHH", 67),
    ("09", "CMX", 16),
    ("10", "DUR", 39),
    ("11", "GUA", 46),
    ("12", "GRO", 85),
    ("13", "HID", 84),
    ("14", "JAL", 125),
    ("15", "MEX", 125),
    ("16", "MIC", 113),
    ("17", "MOR", 36),
    ("18", "NAY", 20),
    ("19", "NLE", 51),
    ("20", "OAX", 570),
    ("21", "PUE", 217),
    ("22", "QUE", 18),
    ("23", "ROO", 11),
    ("24", "SLP", 59),
    ("25", "SIN", 20),
    ("26", "SON", 72),
    ("27", "TAB", 17),
    ("28", "TAM", 43),
    ("29", "TLA", 60),
    ("30", "VER", 212),
    ("31", "YUC", 106),
    ("32", "ZAC", 58),
];

fn ids(found: &Match) -> Vec<&'static str> {
    match found {
        Match::One(government) => vec![government.id.as_str()],
        Match::Ambiguous(governments) => governments.iter().map(|g| g.id.as_str()).collect(),
        Match::None => Vec::new(),
    }
}

#[track_caller]
fn is_one(found: Match, id: &str) {
    assert!(
        matches!(found, Match::One(_)),
        "{:?} instead of {id} alone",
        ids(&found)
    );
    assert_eq!(ids(&found), [id]);
}

#[track_caller]
fn is_doubtful(found: Match, candidates: &[&str]) {
    assert!(
        matches!(found, Match::Ambiguous(_)),
        "{:?} without doubt",
        ids(&found)
    );
    assert_eq!(ids(&found), candidates);
}

#[test]
fn every_state_has_its_municipalities() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for place in seed_governments()
        .iter()
        .filter(|g| g.tier == Tier::Municipality)
    {
        let state = place.parent_id.as_deref().unwrap();
        assert!(
            place.id.starts_with(state) && place.id.len() == 5,
            "{}",
            place.id
        );
        assert_eq!(place.inegi_key.as_deref(), Some(place.id.as_str()));
        let borough = if state == "09" {
            "borough"
        } else {
            "municipality"
        };
        assert_eq!(place.kind.as_deref(), Some(borough), "{}", place.id);
        *counts.entry(state).or_default() += 1;
    }
    let expected: BTreeMap<&str, usize> = STATES.iter().map(|(id, _, n)| (*id, *n)).collect();
    assert_eq!(counts, expected);
    assert_eq!(counts.values().sum::<usize>(), 2_478);
}

#[test]
fn every_state_is_complete() {
    let states: Vec<_> = seed_governments()
        .iter()
        .filter(|g| g.tier == Tier::State)
        .collect();
    let found: Vec<(&str, &str)> = states
        .iter()
        .map(|state| (state.id.as_str(), state.abbreviation.as_deref().unwrap()))
        .collect();
    assert_eq!(
        found,
        STATES.map(|(id, abbreviation, _)| (id, abbreviation))
    );
    assert!(
        states
            .iter()
            .all(|state| state.parent_id.is_none() && state.area_km2.is_some())
    );
    // INEGI: 1,959,248 km² of mainland, 1,964,375 km² with the islands.
    let area: i32 = states.iter().filter_map(|state| state.area_km2).sum();
    assert!((1_959_248..=1_964_375).contains(&area), "{area}");
}

#[test]
fn federal_bodies_and_observers_are_there() {
    let federal = seed_government("00").unwrap();
    assert_eq!(
        (federal.tier, federal.abbreviation.as_deref()),
        (Tier::Federal, Some("SRE"))
    );
    let body = seed_government("00-amexcid").unwrap();
    assert_eq!(
        (body.tier, body.parent_id.as_deref()),
        (Tier::FederalBody, Some("00"))
    );
    for id in ["obs-senado", "obs-conago", "obs-conamm", "obs-amaie"] {
        assert_eq!(seed_government(id).unwrap().tier, Tier::Observer);
    }
    assert_eq!(seed_governments().len(), 1 + 1 + 32 + 2_478 + 4);
    let ids: HashSet<&str> = seed_governments().iter().map(|g| g.id.as_str()).collect();
    assert_eq!(ids.len(), seed_governments().len());
}

#[test]
fn names_are_spelled_as_spanish_spells_them() {
    let small = ["de", "del", "la", "las", "los", "el", "y", "al"];
    let places = [Tier::State, Tier::Municipality];
    for government in seed_governments()
        .iter()
        .filter(|g| places.contains(&g.tier))
    {
        let name = &government.name;
        assert_eq!(name, name.trim());
        assert!(
            name.chars().all(|c| c.is_alphabetic() || " .".contains(c)),
            "{name}"
        );
        for word in name.split(' ') {
            let capital = word.chars().next().unwrap().is_uppercase();
            assert!(capital || small.contains(&word), "{name}");
            assert!(
                word.chars()
                    .skip(1)
                    .all(|c| !c.is_uppercase() || name == word),
                "{name}"
            );
        }
    }
    for (id, name) in [
        ("12001", "Acapulco de Juárez"),
        ("14098", "San Pedro Tlaquepaque"),
        ("14039", "Guadalajara"),
        ("30015", "Ángel R. Cabada"),
        ("26003", "Álamos"),
        ("12084", "Ñuu Savi"),
    ] {
        assert_eq!(seed_government(id).unwrap().name, name);
    }
}

#[test]
fn a_place_is_found_by_its_key_and_its_own_name() {
    for government in seed_governments()
        .iter()
        .filter(|g| g.tier == Tier::Municipality)
    {
        let state = government.parent_id.as_deref();
        is_one(find_government(None, Some(&government.id)), &government.id);
        is_one(find_government(state, Some(&government.id)), &government.id);
        let by_name = find_government(state, Some(&government.name));
        assert!(
            ids(&by_name).contains(&government.id.as_str()),
            "{}",
            government.name
        );
        let by_full_name = find_government(state, Some(government.full_name()));
        if government.name != "Atizapán" {
            is_one(by_full_name, &government.id);
        }
    }
}

#[test]
fn states_by_every_name_in_use() {
    for (name, id) in [
        ("Jalisco", "14"),
        ("JALISCO", "14"),
        ("14", "14"),
        ("9", "09"),
        ("Edo. de México", "15"),
        ("Edomex", "15"),
        ("Estado de México", "15"),
        ("México", "15"),
        ("Gobierno del Estado de México", "15"),
        ("State of Mexico", "15"),
        ("CDMX", "09"),
        ("D.F.", "09"),
        ("Distrito Federal", "09"),
        ("Ciudad de México", "09"),
        ("Mexico City", "09"),
        ("N.L.", "19"),
        ("NL", "19"),
        ("Nuevo Leon", "19"),
        ("Qro.", "22"),
        ("SLP", "24"),
        ("S. L. P.", "24"),
        ("B.C.S.", "03"),
        ("BC", "02"),
        ("Q. Roo", "23"),
        ("Coahuila", "05"),
        ("Coahuila de Zaragoza", "05"),
        ("Michoacán", "16"),
        ("Michoacan de Ocampo", "16"),
        ("Veracruz", "30"),
        ("Veracruz de Ignacio de la Llave", "30"),
        ("Estado Libre y Soberano de Puebla", "21"),
        ("Gobierno del Estado de Yucatán", "31"),
    ] {
        is_one(find_state(name), id);
        is_one(find_government(Some(name), None), id);
        is_one(find_government(Some(name), Some(" - ")), id);
    }
    is_doubtful(find_state("Nuevo"), &["19"]);
    is_doubtful(find_state("Baja"), &["02", "03"]);
    for nothing in ["", "Texas", "Gobierno de México", "00", "33"] {
        assert_eq!(find_state(nothing), Match::None, "{nothing}");
    }
    assert_eq!(find_government(None, None), Match::None);
    assert_eq!(find_government(Some(" "), Some("")), Match::None);
}

#[test]
fn cities_lead_to_their_municipality() {
    for (state, city, id) in [
        ("Guerrero", "Acapulco", "12001"),
        ("Guerrero", "Chilpancingo", "12029"),
        ("Quintana Roo", "Cancún", "23005"),
        ("Quintana Roo", "Playa del Carmen", "23008"),
        ("Quintana Roo", "Chetumal", "23004"),
        ("Jalisco", "Puerto Vallarta", "14067"),
        ("Jalisco", "Tlaquepaque", "14098"),
        ("Jalisco", "Tlajomulco", "14097"),
        ("Chihuahua", "Ciudad Juárez", "08037"),
        ("Chih.", "Cd. Juarez", "08037"),
        ("Durango", "Victoria de Durango", "10005"),
        ("Durango", "Durango", "10005"),
        ("Tlaxcala", "Tlaxcala de Xicohténcatl", "29033"),
        ("Querétaro", "Santiago de Querétaro", "22014"),
        ("Oaxaca", "Oaxaca", "20067"),
        ("Oaxaca", "Huajuapan", "20039"),
        ("Chiapas", "San Cristóbal", "07078"),
        ("Veracruz", "Jalapa", "30087"),
        ("Veracruz", "Xalapa", "30087"),
        ("B.C.S.", "Cabo San Lucas", "03008"),
        ("Tabasco", "Villahermosa", "27004"),
        ("Sonora", "Ciudad Obregón", "26018"),
        ("Sinaloa", "Los Mochis", "25001"),
        ("Edomex", "Tlalnepantla", "15104"),
        ("Edomex", "Naucalpan", "15057"),
        ("Edomex", "Ecatepec", "15033"),
        ("Tamaulipas", "Cd. Victoria", "28041"),
        ("Hidalgo", "Pachuca", "13048"),
        ("Michoacán", "Morelia", "16053"),
        ("Nuevo León", "San Pedro", "19019"),
        ("CDMX", "Alcaldía Coyoacán", "09003"),
        ("CDMX", "Delegación Cuauhtémoc", "09015"),
        ("CDMX", "Magdalena Contreras", "09008"),
        ("Jalisco", "Municipio de Zapopan", "14120"),
        ("Jalisco", "H. Ayuntamiento de Guadalajara", "14039"),
        ("Jalisco", "Ayuntamiento de Tlaquepaque", "14098"),
        ("Guerrero", "Acapulco, Gro.", "12001"),
        ("Aguascalientes", "1001", "01001"),
    ] {
        is_one(find_government(Some(state), Some(city)), id);
    }
}

#[test]
fn a_municipality_may_stand_alone_where_its_name_is_unique() {
    is_one(find_government(None, Some("Guadalajara")), "14039");
    is_one(find_government(None, Some("Cancún")), "23005");
    is_one(find_government(None, Some("Acapulco, Gro.")), "12001");
    is_one(find_government(None, Some("Ciudad de México")), "09");
    is_doubtful(find_government(None, Some("La Paz")), &["03003", "15070"]);
    is_doubtful(find_government(None, Some("Jalapa")), &["27009", "30087"]);
    is_doubtful(find_government(None, Some("Jalisco")), &["14"]);
    assert!(ids(&find_government(None, Some("Benito Juárez"))).contains(&"23005"));
    assert!(matches!(
        find_government(None, Some("Benito Juárez")),
        Match::Ambiguous(_)
    ));
    assert_eq!(find_government(None, Some("Springfield")), Match::None);
}

#[test]
fn names_that_repeat_inside_a_state_are_asked_about() {
    is_doubtful(
        find_government(Some("Oaxaca"), Some("San Juan Mixtepec")),
        &["20208", "20209"],
    );
    is_doubtful(
        find_government(Some("Oaxaca"), Some("San Pedro Mixtepec")),
        &["20318", "20319"],
    );
    is_doubtful(
        find_government(Some("Edomex"), Some("Atizapán")),
        &["15012", "15013"],
    );
    is_doubtful(
        find_government(Some("Puebla"), Some("Cholula")),
        &["21119", "21140"],
    );
}

#[test]
fn a_beginning_resolves_only_where_it_tells() {
    is_one(
        find_government(Some("Jalisco"), Some("Encarnación")),
        "14035",
    );
    // One municipality of Nuevo León begins with "El", but "El" alone names nothing.
    assert!(matches!(
        find_government(Some("N.L."), Some("El")),
        Match::Ambiguous(_)
    ));
    is_doubtful(
        find_government(Some("Jalisco"), Some("Zapotlán")),
        &["14023", "14123"],
    );
    // The end of a name is a hint, not an answer.
    is_doubtful(
        find_government(Some("Yucatán"), Some("Venegas")),
        &["31077"],
    );
    let many = find_government(Some("Oaxaca"), Some("San"));
    assert!(matches!(&many, Match::Ambiguous(found) if found.len() == 50));
}

#[test]
fn a_row_that_contradicts_itself_is_asked_about() {
    is_doubtful(
        find_government(Some("Jalisco"), Some("12001")),
        &["12001", "14"],
    );
    is_doubtful(
        find_government(Some("Jalisko"), Some("Guadalajara")),
        &["14039"],
    );
    is_doubtful(find_government(Some("Jalisco"), Some("Jalisco")), &["14"]);
    assert_eq!(
        find_government(Some("Jalisco"), Some("Monterrey")),
        Match::None
    );
}

#[test]
fn countries_by_every_name_in_use() {
    for (name, code) in [
        ("Estados Unidos", "US"),
        ("EUA", "US"),
        ("EE.UU.", "US"),
        ("EE. UU.", "US"),
        ("USA", "US"),
        ("u.s.a.", "US"),
        ("Estados Unidos de América", "US"),
        ("United States", "US"),
        ("us", "US"),
        ("Corea del Sur", "KR"),
        ("South Korea", "KR"),
        ("Rusia", "RU"),
        ("Reino Unido", "GB"),
        ("Inglaterra", "GB"),
        ("Escocia", "GB"),
        ("Guam", "GU"),
        ("Palestina", "PS"),
        ("República Checa", "CZ"),
        ("Chequia", "CZ"),
        ("Holanda", "NL"),
        ("Birmania", "MM"),
        ("Taiwán", "TW"),
        ("República Dominicana", "DO"),
        ("Republica Dominicana", "DO"),
        ("JAPON", "JP"),
        ("Japan", "JP"),
        ("DEU", "DE"),
        ("México", "MX"),
        ("Canadá", "CA"),
        ("República del Congo", "CG"),
    ] {
        assert_eq!(find_country(name), CountryMatch::One(code), "{name}");
    }
    assert_eq!(
        find_country("Corea"),
        CountryMatch::Ambiguous(vec!["KP", "KR"])
    );
    assert_eq!(
        find_country("Congo"),
        CountryMatch::Ambiguous(vec!["CD", "CG"])
    );
    assert_eq!(find_country("América"), CountryMatch::Ambiguous(vec!["US"]));
    for nothing in ["", "—", "Atlántida", "XX"] {
        assert_eq!(find_country(nothing), CountryMatch::None, "{nothing}");
    }
}

#[test]
fn a_country_is_found_by_its_code_and_labels() {
    for entry in catalogs::entries(Catalog::Countries) {
        assert_eq!(
            find_country(&entry.code),
            CountryMatch::One(entry.code.as_str())
        );
        for name in [&entry.es, &entry.en] {
            let found = match find_country(name) {
                CountryMatch::One(code) => vec![code],
                CountryMatch::Ambiguous(codes) => codes,
                CountryMatch::None => Vec::new(),
            };
            assert!(found.contains(&entry.code.as_str()), "{name}");
        }
    }
}
