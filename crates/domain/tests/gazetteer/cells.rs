//! Cells that say more than a name: keys, the state, the government.

use vinculo_domain::gazetteer::Match;

use crate::{asks, asks_also, resolves, row, unknown};

#[test]
fn keys_in_two_columns_are_one_key() {
    for (state, municipality, id) in [
        ("9", "9", "09009"),
        ("09", "009", "09009"),
        ("14", "039", "14039"),
        ("14", "39", "14039"),
        ("14.0", "39.0", "14039"),
        ("14", "14", "14014"),
        ("Jalisco", "039", "14039"),
        ("Jalisco", "39", "14039"),
        ("14", "14039", "14039"),
        ("1", "1001", "01001"),
    ] {
        resolves(state, municipality, id);
    }
    // The key of the state, in the other column, may be meant.
    asks("Jalisco", "14", &["14", "14014"]);
    asks("Aguascalientes", "1", &["01", "01001"]);
    unknown("14", "999");
    unknown("14", "0");
    unknown("33", "001");
}

#[test]
fn a_short_number_without_a_state_is_no_place() {
    for number in ["9", "14", "039", "140390", "9.0"] {
        unknown("", number);
    }
    for key in ["14039", "14039.0", "14-039", "14,039", "14 039"] {
        resolves("", key, "14039");
    }
    resolves("", "1001", "01001");
}

#[test]
fn a_key_beside_a_name_must_agree_with_it() {
    resolves("", "14039 Guadalajara", "14039");
    resolves("", "Guadalajara (14039)", "14039");
    resolves("14", "039 Guadalajara", "14039");
    resolves("Jalisco", "14 Guadalajara", "14039");
    asks("", "14120 Guadalajara", &["14039", "14120"]);
    asks("14", "120 Guadalajara", &["14039", "14120"]);
    // The number may be that of a line.
    asks_also("", "9 Benito Juárez", &["09014", "23005"]);
}

#[test]
fn the_state_may_stand_in_the_same_cell() {
    for cell in [
        "Tonalá, Jalisco",
        "Tonalá, Jal.",
        "Tonalá Jal.",
        "TONALA JALISCO",
        "Tonalá (Jalisco)",
        "Tonalá [Jal.]",
        "Tonalá - Jalisco",
        "Tonalá – Jal.",
        "Tonalá / Jalisco",
        "Jalisco - Tonalá",
        "Jalisco, Tonalá",
        "Tonalá, Estado de Jalisco",
        "Tonalá del Estado de Jalisco",
        "Tonalá, Jalisco, México",
        "Tonalá, Jal., MX",
        "Tonalá Jalisco México",
        "México, Jalisco, Tonalá",
    ] {
        resolves("", cell, "14101");
        resolves("Jalisco", cell, "14101");
        asks("Chiapas", cell, &["07", "07097", "14101"]);
    }
    asks("", "Tonalá", &["07097", "14101"]);
    resolves("", "La Paz B.C.S.", "03003");
    resolves("", "Monterrey N. L.", "19039");
    resolves("", "Emiliano Zapata Morelos", "17008");
    resolves("", "San Juan Mixtepec (Distrito 08), Oaxaca", "20208");
    asks("", "Reforma, Oaxaca", &["20060", "20075", "20076"]);
    asks("", "Reforma Oaxaca", &["20060", "20075", "20076"]);
    unknown("", "Nadie, Jalisco");
}

#[test]
fn several_names_must_be_of_one_place() {
    resolves("", "Benito Juárez (Cancún)", "23005");
    resolves("", "Juárez, Cd. Juárez", "08037");
    resolves("Tabasco", "Centro, Villahermosa", "27004");
    asks("", "Guadalajara, Zapopan", &["14039", "14120"]);
    asks("Jalisco", "Guadalajara / Zapopan", &["14039", "14120"]);
    asks("Jalisco", "Guadalajara y Zapopan", &["14039", "14120"]);
    asks("", "Guadalajara, España", &["14039"]);
    // The same word twice says no more than once.
    asks_also("", "Ocotlán; Ocotlán", &["14063", "20068"]);
}

#[test]
fn words_for_the_municipality_precede_its_name() {
    for office in [
        "H. Ayuntamiento de",
        "Honorable Ayuntamiento Constitucional de",
        "Ayuntamiento",
        "Ayto. de",
        "Municipio de",
        "Municipio",
        "Mpio. de",
        "Mpio.",
        "Mun.",
        "Gobierno Municipal de",
        "Gob. Mpal. de",
        "Gobierno del Municipio de",
        "Gobierno de",
        "Presidencia Municipal de",
        "Cd.",
        "Ciudad de",
        "H. Ayuntamiento de la Ciudad de",
        "Municipality of",
        "City of",
    ] {
        let named = format!("{office} Guadalajara");
        resolves("", &named, "14039");
        resolves("Jalisco", &named, "14039");
        resolves("", &format!("{named}, Jal."), "14039");
        asks_also("", &format!("{office} Benito Juárez"), &["09014", "23005"]);
        asks("Jalisco", &format!("{office} Encarnación"), &["14035"]);
        let alone = row("", office.trim_end_matches(" de"));
        assert!(!matches!(alone, Match::One(_)), "{office}: {alone:?}");
    }
    resolves("", "Cd. Juárez", "08037");
    resolves("", "Municipio de Cd. Valles", "24013");
    resolves("Jalisco", "Municipio del Salto", "14070");
    resolves("BCS", "Municipio de La Paz", "03003");
    resolves("CDMX", "Alcaldía de Coyoacán", "09003");
    resolves("", "H. Ayuntamiento de la Ciudad de Oaxaca", "20067");
}

#[test]
fn a_government_of_a_name_that_is_also_a_states_is_asked_about() {
    asks("", "Gobierno de Durango", &["10", "10005"]);
    asks("Durango", "Gobierno de Durango", &["10", "10005"]);
    asks("", "Gobierno de Oaxaca", &["20", "20067"]);
    resolves("", "Gobierno de Jalisco", "14");
    resolves("Jalisco", "Gobierno de Jalisco", "14");
    resolves("", "Gobierno del Estado de Durango", "10");
    resolves("Durango", "Gobierno del Estado de Durango", "10");
    resolves("", "Gobierno Municipal de Durango", "10005");
    resolves("", "Municipio de Puebla", "21114");
    asks(
        "",
        "Municipio de Morelos",
        &["05019", "08046", "15056", "16054", "32032"],
    );
    asks("", "Municipio de Jalisco", &["14", "14064"]);
}
