//! Names of municipalities: exact, alike, and beginnings.

use vinculo_domain::gazetteer::{Match, find_government};

use crate::{asks, asks_also, is_doubtful, is_one, resolves, row, unknown};

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
        ("Durango", "El Salto", "10023"),
        ("Jalisco", "Vallarta", "14067"),
        ("Sonora", "H. Nogales", "26043"),
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
    asks("", "Nogales", &["26043", "30115"]);
    asks("", "El Salto", &["10023", "14070"]);
    asks("", "Tula", &["13076", "28039"]);
    asks("", "Tuxtla", &["07101", "07102"]);
    asks("", "Santiago", &["18015", "19049"]);
    asks("", "Los Reyes", &["16075", "30137"]);
    asks("", "Guadalupe", &["08028", "19026", "21066", "32017"]);
    asks_also("", "Benito Juárez", &["09014", "12014", "23005", "30027"]);
    unknown("", "Springfield");
}

#[test]
fn a_unique_name_that_longer_names_have_in_them_is_asked_about() {
    asks("", "Mazatlán", &["20058", "20207", "25012"]);
    asks("", "Vallarta", &["14067", "18020"]);
    asks_also("", "Ocotlán", &["14063", "20068"]);
    asks_also("", "Reforma", &["07074", "20075", "20076"]);
    // A state that the row names leaves only one of them.
    resolves("Sinaloa", "Mazatlán", "25012");
    resolves("Jalisco", "Ocotlán", "14063");
    resolves("Chiapas", "Reforma", "07074");
}

#[test]
fn names_that_repeat_inside_a_state_are_asked_about() {
    asks("Oaxaca", "San Juan Mixtepec", &["20208", "20209"]);
    asks("Oaxaca", "San Pedro Mixtepec", &["20318", "20319"]);
    asks("Edomex", "Atizapán", &["15012", "15013"]);
    asks("Puebla", "Cholula", &["21119", "21140"]);
    asks("Chiapas", "Tuxtla", &["07101", "07102"]);
    // Another name of one that is part of the name of another.
    asks("Hidalgo", "Tula", &["13013", "13076"]);
    asks("Jalisco", "Lagos", &["14053", "14073"]);
    asks("Oaxaca", "Juquila", &["20200", "20201", "20364"]);
}

#[test]
fn a_town_of_the_same_name_makes_a_municipality_doubtful() {
    asks("Jalisco", "La Manzanilla", &["14043", "14057"]);
    asks("Jalisco", "San Marcos", &["14075", "14103"]);
    asks("Veracruz", "Agua Dulce", &["30124", "30204"]);
    asks("", "Villa Unión", &["05037", "10022", "25012"]);
    // A town alone is no government.
    asks("Sinaloa", "Villa Unión", &["25012"]);
    // A town has no government, so these words mean the municipality.
    resolves("Jalisco", "Municipio de San Marcos", "14075");
    resolves("", "H. Ayuntamiento de San Marcos, Jal.", "14075");
}

#[test]
fn a_beginning_never_decides() {
    asks("Jalisco", "Encarnación", &["14035"]);
    asks("Jalisco", "Zapotlán", &["14023", "14123"]);
    asks("Baja California", "Playas", &["02005"]);
    asks("", "Playas", &["02005"]);
    asks("N.L.", "El", &["19010"]);
    asks("Edomex", "Los Reyes", &["15070"]);
    asks("Oaxaca", "Reforma", &["20060", "20075", "20076"]);
    asks("Hidalgo", "Tezontepec", &["13066", "13067"]);
    asks("Oaxaca", "Tamazulápam", &["20031", "20540"]);
    asks("Puebla", "San Andrés", &["21026", "21045", "21119"]);
    asks_also("", "San Andrés", &["21119", "30141"]);
    asks_also("", "San José", &["03008", "15124"]);
    asks_also("Oaxaca", "Santiago", &["20066"]);
    asks_also("Oaxaca", "Reyes", &["20077", "20526"]);
    // The end of a name is a hint, not an answer.
    asks("Yucatán", "Venegas", &["31077"]);
    let many = row("Oaxaca", "San");
    assert!(matches!(&many, Match::Ambiguous(found) if found.len() == 50));
    // An exact name decides inside its state, although longer names begin so.
    resolves("Michoacán", "Los Reyes", "16075");
    resolves("Puebla", "Tepeyahualco", "21170");
}

#[test]
fn a_row_that_contradicts_itself_is_asked_about() {
    asks("Jalisco", "12001", &["12001", "14"]);
    asks("14", "12001", &["12001", "14"]);
    asks("Jalisko", "Guadalajara", &["14039"]);
    asks("Jalisco", "Acapulco, Gro.", &["12001", "14"]);
    asks("Jalisco", "Acapulco Gro.", &["12001", "14"]);
    asks("Guerrero", "Guerrero, Coahuila", &["05012", "12"]);
    asks("", "Monterrey, Jalisco", &["14", "19039"]);
    asks("Jalisco", "Gobierno del Estado de Puebla", &["14", "21"]);
    asks("Jalisco", "Monterrey", &["14", "19039"]);
    asks("Durango", "Guadalajara", &["10", "14039"]);
    asks("Jalisco", "Tepic", &["14", "18017"]);
    asks("Baja California", "Baja California Sur", &["02", "03"]);
    asks("Querétaro", "Qro.", &["22", "22014"]);
    asks("Aguascalientes", "Ags.", &["01", "01001"]);
    asks("S.L.P.", "SLP", &["24", "24028"]);
    asks("Jalisco", "Guadalajara y Zapopan", &["14039", "14120"]);
    asks("Guadalajara, Jalisco", "", &["14039"]);
    asks("Jalisco/Guadalajara", "", &["14039"]);
    asks("Guadalajara", "", &["14039"]);
    unknown("Jalisco", "Springfield");
}

/// Every word of these names is misspelled, so that none is found early: this would take minutes if
/// each were compared with all names.
#[test]
fn misspelled_names_are_not_found() {
    for n in 0..2_000 {
        unknown("Oaxaca", &format!("Xan Jwan Mixtepek de {n} Zaragosa"));
    }
}
