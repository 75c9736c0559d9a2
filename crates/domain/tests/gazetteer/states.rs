//! States by every name, and what "México" means.

use vinculo_domain::gazetteer::{Match, find_government, find_state};

use crate::{asks, asks_also, is_doubtful, is_one, resolves, unknown};

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
        ("Méx.", "15"),
        ("Edo. Méx.", "15"),
        ("Gob. del Edo. de México", "15"),
        ("Estado de México, México", "15"),
        ("Ciudad de México (CDMX)", "09"),
        ("Jalisco, México", "14"),
        ("14 Jalisco", "14"),
        ("14 - Jalisco", "14"),
        ("14.0", "14"),
        ("Gobierno de Durango", "10"),
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
    is_doubtful(find_state("Jalisco, Colima"), &["06", "14"]);
    for nothing in [
        "",
        "Texas",
        "Gobierno de México",
        "Municipio de Puebla",
        "MX",
        "00",
        "33",
        "014",
        "1.5",
    ] {
        assert_eq!(find_state(nothing), Match::None, "{nothing}");
    }
    assert_eq!(find_government(None, None), Match::None);
    assert_eq!(find_government(Some(" "), Some("")), Match::None);
}

/// `1.0` is the number 1 as a program writes it; folded without its full stop it would be 10.
#[test]
fn a_number_is_read_before_anything_is_folded() {
    is_one(find_state("1.0"), "01");
    is_one(find_state("9.00"), "09");
    assert_eq!(find_state("1.2"), Match::None);
    assert_eq!(find_state("1-0"), Match::None);
}

#[test]
fn mexico_alone_is_the_state_or_the_city_or_nothing() {
    for mexico in ["México", "MEXICO", "Méjico", "México, México"] {
        asks(mexico, "", &["09", "15"]);
        asks("", mexico, &["09", "15"]);
    }
    asks("México", "México", &["09", "15"]);
    asks("", "Mex.", &["09", "15"]);
    asks("Jalisco", "México", &["14"]);
    unknown("", "Gobierno de México");
    unknown("", "Gobierno Federal");
    resolves("", "Gobierno del Estado de México", "15");
    resolves("", "Gobierno de la Ciudad de México", "09");
    resolves("", "México, D.F.", "09");
    resolves("", "Ciudad de México, México", "09");
}

#[test]
fn mexico_in_the_column_of_states_is_the_state_by_its_official_name() {
    resolves("México", "Tlalnepantla de Baz", "15104");
    resolves("México", "Toluca", "15106");
    resolves("México", "Morelos", "15056");
    // It is not a municipality of that state, so the column may mean the city or the country.
    asks("México", "Guadalajara", &["14039"]);
    asks("México", "Coyoacán", &["09003"]);
    asks(
        "México",
        "San Felipe",
        &["02007", "11030", "15074", "31065"],
    );
    unknown("México", "Springfield");
}

#[test]
fn a_tail_mexico_is_the_country_unless_the_state_has_the_place() {
    for tail in ["México", "Mexico", "MÉXICO", "Méx.", "Mex"] {
        let place = |name: &str| format!("{name}, {tail}");
        resolves("", &place("Guadalajara"), "14039");
        resolves("", &place("Toluca"), "15106");
        resolves("", &place("Naucalpan"), "15057");
        resolves("", &place("Guadalajara, Jalisco"), "14039");
        resolves("", &place("San Felipe, Guanajuato"), "11030");
        resolves("Jalisco", &place("Guadalajara"), "14039");
        resolves("Durango", &place("Durango"), "10005");
        asks(
            "",
            &place("San Felipe"),
            &["02007", "11030", "15074", "31065"],
        );
        asks(
            "",
            &place("Morelos"),
            &["05019", "08046", "15056", "16054", "17", "32032"],
        );
        asks("", &place("Metepec"), &["13035", "15054"]);
        asks("", &place("Durango"), &["10", "10005"]);
        asks("", &place("Jalisco"), &["14"]);
        asks("", &place("Atizapán"), &["15012", "15013"]);
    }
    resolves("", "México, Toluca", "15106");
}

#[test]
fn other_tails_are_only_the_country_or_only_the_state() {
    for country in ["MX", "República Mexicana", "Estados Unidos Mexicanos"] {
        resolves("", &format!("Guadalajara, {country}"), "14039");
        resolves("", &format!("León, Gto., {country}"), "11020");
        asks(
            "",
            &format!("San Felipe, {country}"),
            &["02007", "11030", "31065"],
        );
    }
    for state in ["Edo. Méx.", "Edo. de México", "Estado de México", "Edomex"] {
        resolves("", &format!("Metepec, {state}"), "15054");
        resolves("", &format!("Morelos, {state}"), "15056");
        asks("", &format!("San Felipe, {state}"), &["15074"]);
    }
    for city in ["CDMX", "Ciudad de México", "D.F.", "México, D.F."] {
        resolves("", &format!("Benito Juárez, {city}"), "09014");
    }
}

#[test]
fn the_name_of_a_state_is_a_question() {
    asks("", "Durango", &["10", "10005"]);
    asks("", "Puebla", &["21", "21114"]);
    asks("", "Zacatecas", &["32", "32056"]);
    asks("", "Oaxaca", &["20", "20067"]);
    asks("", "Jalisco", &["14"]);
    asks(
        "",
        "Morelos",
        &["05019", "08046", "15056", "16054", "17", "32032"],
    );
    resolves("", "Ciudad de México", "09");
    // Beside its state, it is the municipality, if there is one.
    resolves("Aguascalientes", "Aguascalientes", "01001");
    resolves("", "Aguascalientes, Aguascalientes", "01001");
    resolves("", "Durango, Dgo.", "10005");
    asks("Jalisco", "Jalisco", &["14"]);
    asks("Morelos", "Morelos", &["17"]);
    resolves("CDMX", "CDMX", "09");
    // In another state it is that state's municipality.
    resolves("Durango", "Hidalgo", "10010");
    resolves("", "Guerrero, Coahuila", "05012");
    resolves("Coahuila", "Coahuila, Guerrero", "05012");
    asks_also("", "Coahuila, Guerrero", &["05", "05012", "12"]);
    asks_also("", "Durango, Hidalgo", &["10", "10005", "10010", "13"]);
}
