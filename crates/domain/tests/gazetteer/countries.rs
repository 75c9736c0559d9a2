//! Countries by name and by code.

use vinculo_domain::catalogs::{self, Catalog};
use vinculo_domain::gazetteer::{CountryMatch, find_country};

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
        ("usa", "US"),
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
fn every_country_is_found_by_its_codes_and_labels() {
    let mut asked = Vec::new();
    for entry in catalogs::entries(Catalog::Countries) {
        let code = entry.code.as_str();
        let alpha_3 = entry.attributes["alpha3"].as_str();
        for written in [code, alpha_3] {
            match find_country(written) {
                // "USA" is a name in use too.
                CountryMatch::ByCode(found) | CountryMatch::One(found) => assert_eq!(found, code),
                CountryMatch::Ambiguous(found) => {
                    assert_eq!(found, [code]);
                    asked.push(written);
                }
                CountryMatch::None => panic!("{written}"),
            }
            for wrong in [
                written.to_lowercase(),
                written
                    .split_inclusive(|_| true)
                    .collect::<Vec<_>>()
                    .join("/"),
                format!("{written}."),
            ] {
                let found = find_country(&wrong);
                assert!(
                    !matches!(found, CountryMatch::ByCode(_)),
                    "{wrong}: {found:?}"
                );
            }
        }
        for name in [&entry.es, &entry.en] {
            let found = match find_country(name) {
                CountryMatch::One(code) | CountryMatch::ByCode(code) => vec![code],
                CountryMatch::Ambiguous(codes) => codes,
                CountryMatch::None => Vec::new(),
            };
            assert!(found.contains(&code), "{name}");
        }
    }
    asked.sort_unstable();
    assert_eq!(
        asked,
        ["NA", "NC", "NE", "NO", "NR", "SD", "SI", "SN", "SR", "SUR"]
    );
}

#[test]
fn a_code_is_bare_capitals_and_says_so() {
    for (written, code) in [
        ("JP", "JP"),
        (" JP ", "JP"),
        ("DEU", "DE"),
        ("MX", "MX"),
        ("NAM", "NA"),
        ("NOR", "NO"),
    ] {
        assert_eq!(
            find_country(written),
            CountryMatch::ByCode(code),
            "{written}"
        );
    }
    for (written, code) in [
        ("NA", "NA"),
        ("NO", "NO"),
        ("SN", "SN"),
        ("SI", "SI"),
        ("SUR", "SR"),
    ] {
        assert_eq!(
            find_country(written),
            CountryMatch::Ambiguous(vec![code]),
            "{written}"
        );
    }
}

#[test]
fn a_word_or_an_abbreviation_is_no_code() {
    for word in [
        "N/A", "n/a", "#N/A", "S/N", "s/n", "S/D", "S/I", "S.I.", "N/E", "N/C", "N.D.", "No", "no",
        "Sí", "si", "Sur", "sur", "us", "Us", "mx", "Na", "D E", "J-P", "JP1", "Per", "fin",
        "AND/",
    ] {
        assert_eq!(find_country(word), CountryMatch::None, "{word}");
    }
    // Abbreviations in use are names, with or without full stops.
    for name in ["EE.UU.", "EE UU", "U.S.A.", "E.U.A.", "U.K.", "uk"] {
        assert!(
            matches!(find_country(name), CountryMatch::One("US" | "GB")),
            "{name}"
        );
    }
}
