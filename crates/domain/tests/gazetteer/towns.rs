//! Towns and villages with the name of a municipality elsewhere: written alone, such a name is a
//! question among all of them; with its state it is the one that lies there.

use vinculo_domain::gazetteer::Match;

use crate::{asks, ids, row};

/// Name, the municipality of that name, the state and the municipality of the town.
const TOWNS: [(&str, &str, &str, &str); 38] = [
    ("Ahuehuetitla", "21009", "Hidalgo", "13077"),
    ("Atengo", "14011", "Hidalgo", "13067"),
    ("Atenguillo", "14012", "México", "15028"),
    ("Atzalan", "30023", "Puebla", "21017"),
    ("Chiconamel", "30056", "San Luis Potosí", "24038"),
    ("Dolores Hidalgo", "11014", "México", "15074"),
    ("Dolores Hidalgo", "11014", "Puebla", "21079"),
    ("Gustavo A. Madero", "09005", "Tamaulipas", "28021"),
    ("Hermosillo", "26030", "Baja California", "02002"),
    ("Huehuetan", "07037", "Guerrero", "12013"),
    ("Huitziltepec", "21079", "Guerrero", "12075"),
    ("Jaltocán", "13032", "Puebla", "21064"),
    ("La Cañada", "22011", "México", "15087"),
    ("La Cañada", "22011", "Oaxaca", "20399"),
    ("MERIDA", "31050", "Chiapas", "07017"),
    ("Orizaba", "30118", "Durango", "10022"),
    ("Parácuaro", "16064", "Guanajuato", "11002"),
    ("Piedras Negras", "05025", "Veracruz", "30181"),
    ("Pisaflores", "13049", "Veracruz", "30083"),
    ("Pochutla", "20324", "Guerrero", "12002"),
    ("Pénjamo", "11023", "Tabasco", "27014"),
    ("Saltillo", "05030", "Puebla", "21093"),
    ("San José Independencia", "20169", "Veracruz", "30201"),
    (
        "San Miguel Tecomatlán",
        "20281",
        "Estado de México",
        "15088",
    ),
    ("San Miguel Tenango", "20282", "Puebla", "21208"),
    ("San Pedro Cholula", "21140", "México", "15062"),
    ("San Rafael", "30211", "Guerrero", "12078"),
    ("Santa Gertrudis", "20387", "México", "15112"),
    ("Santa María Zacatepec", "20447", "Puebla", "21090"),
    (
        "Santa María la Asunción",
        "20396",
        "Estado de México",
        "15076",
    ),
    ("Santa Rosalía", "03002", "Tabasco", "27002"),
    ("Taxco", "12055", "Tabasco", "27013"),
    ("Tepalcatepec", "16089", "México", "15088"),
    ("Xalatlaco", "15043", "Veracruz", "30047"),
    ("Xochimilco", "09013", "Puebla", "21154"),
    ("Xochimilco", "09013", "Veracruz", "30083"),
    ("Zempoala", "13083", "Veracruz", "30191"),
    ("Úrsulo Galván", "30191", "Tamaulipas", "28012"),
];

#[test]
fn a_name_alone_that_a_town_elsewhere_has_is_asked_about_with_all_of_them() {
    for (name, namesake, state, municipality) in TOWNS {
        let found = row("", name);
        assert!(matches!(found, Match::Ambiguous(_)), "{name}: {found:?}");
        for id in [namesake, municipality] {
            assert!(ids(&found).contains(&id), "{name}: {found:?} without {id}");
        }
        // With its state the town is not taken for its namesake, nor silently for its municipality.
        let there = row(state, name);
        assert!(
            matches!(there, Match::Ambiguous(_)) && ids(&there).contains(&municipality),
            "{state} | {name}: {there:?}"
        );
    }
    asks("", "Saltillo", &["05030", "21093"]);
    asks("", "Xico", &["15122", "30092"]);
    asks("", "Lerma", &["04002", "15051"]);
    asks("", "Juan Aldama", &["08002", "27016", "32022"]);
}

#[test]
fn the_municipality_is_still_found_with_its_state_or_with_a_word_for_it() {
    for (state, name, id) in [
        ("Coahuila", "Saltillo", "05030"),
        ("Yucatán", "Mérida", "31050"),
        ("Sonora", "Hermosillo", "26030"),
        ("Veracruz", "Orizaba", "30118"),
        ("Guerrero", "Taxco", "12055"),
        ("", "Municipio de Hermosillo", "26030"),
        ("", "H. Ayuntamiento de Mérida", "31050"),
    ] {
        crate::resolves(state, name, id);
    }
}
