//! Files whose columns are named as no list foresees: no column that may change the meaning of a row
//! is left out before a person has said so.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use chrono::NaiveDate;
use vinculo_domain::Result;
use vinculo_domain::imports::{Candidate, ImportFile, Parsed, Reading, parse};
use vinculo_domain::problems::Problem;

fn read(text: &str, columns: &[&str]) -> Result<ImportFile> {
    let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    let columns: Vec<String> = columns.iter().map(|&column| column.to_owned()).collect();
    let reading = Reading::of(&columns, &[], None).unwrap();
    parse(text.as_bytes(), &reading, today)
}

/// The questions about a file's columns, in Spanish.
#[track_caller]
fn asked(text: &str, columns: &[&str]) -> Vec<String> {
    match read(text, columns) {
        Ok(file) => panic!("not asked: {text}\n{file:?}"),
        Err(refusal) => refusal
            .errors
            .iter()
            .map(|error| error.said.es.to_string())
            .collect(),
    }
}

#[track_caller]
fn first(text: &str, columns: &[&str]) -> Candidate {
    match read(text, columns) {
        Ok(file) => match &file.rows[0].outcome {
            Parsed::Ready(candidate) => (**candidate).clone(),
            other => panic!("{text}: {other:?}"),
        },
        Err(refusal) => panic!("{text}: {refusal:?}"),
    }
}

fn warned(text: &str, heading: &str) -> bool {
    let file = read(text, &[]).unwrap();
    file.warnings.iter().any(|said| said.es.contains(heading))
}

#[test]
fn a_column_that_may_hold_the_municipality_is_asked_about() {
    for heading in [
        "Contraparte mexicana",
        "Ciudad mexicana hermana",
        "Municipio actual",
        "Parte mexicana",
        "Institución firmante",
        "Autoridad local",
        "Local government",
        "County",
        "Dependencia",
        "Sujeto obligado",
        "Ente público",
        "Lugar",
        "Municpio",
        "Observaciones",
    ] {
        let text = format!(
            "Estado,{heading},Contraparte,País,Tipo\nJalisco,Guadalajara,Lyon,Francia,hermanamiento\n"
        );
        let named = format!("municipality={heading}");
        let questions = asked(&text, &[]);
        assert!(questions[0].contains(&named), "{questions:?}");
        assert_eq!(first(&text, &[&named]).government_id.as_str(), "14039");
        let ignored = first(&text, &[&format!("ignore={heading}")]);
        assert_eq!(ignored.government_id.as_str(), "14");
    }
    for (heading, cell) in [
        ("CVEGEO", "14039"),
        ("Clave INEGI", "14039"),
        ("Folio", "14039"),
    ] {
        let text = format!(
            "Estado,{heading},Contraparte,País,Tipo\nJalisco,{cell},Lyon,Francia,hermanamiento\n"
        );
        let questions = asked(&text, &[]);
        assert!(questions[0].contains(heading), "{questions:?}");
    }
    for heading in [
        "Mun. o Alc.",
        "MunicipioNombre",
        "NomMun",
        "DelegaciÃ³n",
        "2. Municipio",
    ] {
        let text = format!(
            "Estado,{heading},Contraparte,País,Tipo\nJalisco,Guadalajara,Lyon,Francia,hermanamiento\n"
        );
        assert_eq!(
            first(&text, &[]).government_id.as_str(),
            "14039",
            "{heading}"
        );
    }
    let no_heading = "Entidad federativa,,Ciudad hermana,País,Tipo\n\
                      Jalisco,Guadalajara,Lyon,Francia,hermanamiento\n";
    assert!(asked(no_heading, &[])[0].contains("municipality=#2"));
    assert_eq!(
        first(no_heading, &["municipality=#2"])
            .government_id
            .as_str(),
        "14039"
    );
    assert_eq!(
        first(no_heading, &["ignore=#2"]).government_id.as_str(),
        "14"
    );
}

#[test]
fn a_column_that_is_empty_or_certainly_another_is_no_question() {
    for (heading, cell) in [
        ("Dependencia", ""),
        ("", ""),
        ("", "1"),
        ("Folio", "12"),
        ("Observaciones", "firmado en una gira"),
        ("Vigente", "Sí"),
        ("Población", "1500000"),
        ("Correo de la contraparte", "a@example.org"),
        ("Provincia extranjera", "Guadalajara"),
    ] {
        let text = format!(
            "Estado,{heading},Contraparte,País,Tipo\nJalisco,{cell},Lyon,Francia,hermanamiento\n"
        );
        assert_eq!(first(&text, &[]).government_id.as_str(), "14", "{heading}");
    }
    let text = "Estado,Municipio,Dependencia,Contraparte,País,Tipo\n\
                Jalisco,Guadalajara,Zapopan,Lyon,Francia,hermanamiento\n";
    assert_eq!(first(text, &[]).government_id.as_str(), "14039");
    assert!(warned(text, "Dependencia"));
}

#[test]
fn a_second_column_of_one_meaning_is_not_lost() {
    for (meaning, one, two) in [
        ("signed_on", "Fecha", "Fecha de firma del documento"),
        ("signed_on", "Fecha", "Fecha.1"),
        ("signed_on", "Fecha", "Fecha de firma y vencimiento"),
        ("municipality", "Municipio", "Municipio 2"),
        ("municipality", "Municipio", "Municipio participante"),
        ("counterpart", "Contraparte", "Contraparte 2"),
        ("counterpart", "Contraparte", "Segunda contraparte"),
        ("registry_number", "Registro", "Número de registro ante SRE"),
        ("registry_number", "Registro", "Registro estatal"),
    ] {
        let columns = ["Estado", "Municipio", "Contraparte", "País", "Tipo"];
        let columns: Vec<&str> = columns.into_iter().filter(|other| *other != one).collect();
        let text = format!("{},{one},{two}\n", columns.join(","));
        let questions = asked(&text, &[]);
        let ignore = format!("ignore={two}");
        assert!(questions[0].contains(&ignore), "{questions:?}");
        assert!(read(&text, &[&ignore]).is_ok(), "{two}");
        let named = format!("{meaning}={two}");
        assert!(read(&text, &[&named]).is_ok(), "{two}");
    }
    for (one, two) in [
        ("Fecha de firma", "Fecha de captura"),
        ("Fecha de firma", "Fecha de inicio"),
        ("Municipio", "Gobierno promovente"),
        ("Registro", "¿Registrado?"),
    ] {
        let text = format!("Estado,Municipio,Contraparte,País,Tipo,{one},{two}\n").replacen(
            ",Municipio,Contraparte",
            if one == "Municipio" {
                ",Contraparte"
            } else {
                ",Municipio,Contraparte"
            },
            1,
        );
        assert!(warned(&text, two), "{two}");
    }
}

#[test]
fn equal_headings_are_told_apart_by_a_number() {
    let text = "Estado,Municipio,Contraparte,País,Tipo,Fecha,Fecha\n\
                Jalisco,Guadalajara,Lyon,Francia,hermanamiento,05/01/2024,15/03/1998\n";
    let questions = asked(text, &[]);
    for named in ["«Fecha de firma»", "ignore=Fecha#1", "ignore=Fecha#2"] {
        assert!(questions[0].contains(named), "{questions:?}");
    }
    let date = |columns: &[&str]| first(text, columns).signed_on.unwrap().as_str().to_owned();
    assert_eq!(date(&["ignore=Fecha#1"]), "1998-03-15");
    assert_eq!(date(&["ignore=Fecha#2"]), "2024-01-05");
    assert_eq!(date(&["signed_on=Fecha#2"]), "1998-03-15");
    assert!(first(text, &["ignore=Fecha"]).signed_on.is_none());
}

#[test]
fn a_city_beside_a_counterpart_is_asked_about() {
    for header in [
        "Estado,Contraparte,Ciudad,País,Tipo",
        "Estado,Counterpart,City,País,Tipo",
        "Estado,Institución extranjera,Ciudad,País,Tipo",
        "Entidad,Nombre de la contraparte,Ciudad,País,Tipo",
    ] {
        let text = format!("{header}\nYucatán,Junta de Extremadura,Mérida,España,hermanamiento\n");
        assert!(asked(&text, &[])[0].contains("municipality="), "{header}");
    }
    for header in [
        "Estado,Ciudad hermana,Ciudad,País,Tipo",
        "State,Sister City,City,Country,Type",
    ] {
        let text = format!("{header}\nYucatán,Lyon,Mérida,Francia,hermanamiento\n");
        assert_eq!(
            first(&text, &[]).government_id.as_str(),
            "31050",
            "{header}"
        );
    }
}

#[test]
fn the_order_of_government_is_that_of_the_mexican_side() {
    for (heading, known) in [
        ("Orden de gobierno", false),
        ("Nivel de gobierno", false),
        ("Level of government", false),
        ("Orden", false),
        ("Nivel de gobierno de la contraparte", true),
        ("Nivel", true),
    ] {
        let text = format!(
            "Estado,Municipio,Contraparte,País,Tipo,{heading}\n\
             Jalisco,Guadalajara,Lyon,Francia,hermanamiento,Municipal\n"
        );
        let level = first(&text, &[]).counterpart_level;
        assert_eq!(level.is_some(), known, "{heading}");
        assert_eq!(warned(&text, heading), !known, "{heading}");
    }
}

#[test]
fn the_headings_are_the_row_of_which_most_is_understood() {
    for above in [
        "Parte mexicana,,Contraparte,,Acuerdo,Fecha",
        ",,Contraparte,País,,",
        "Estado,,Contraparte,,,",
        "Relación,,,,,",
    ] {
        let text = format!(
            "{above}\nEstado,Municipio,Contraparte,País,Tipo,Fecha de firma\n\
             Jalisco,Guadalajara,Lyon,Francia,hermanamiento,1998\n"
        );
        let it = first(&text, &[]);
        assert_eq!(it.government_id.as_str(), "14039", "{above}");
        assert_eq!(it.signed_on.unwrap().as_str(), "1998", "{above}");
    }
}

#[test]
fn missing_columns_are_named_as_people_name_them() {
    let refusal = read("tipo,fuente\n", &[]).unwrap_err();
    let said = refusal.said.unwrap();
    for label in [
        "Entidad federativa (",
        "Municipio o alcaldía (",
        "Contraparte (",
    ] {
        assert!(said.es.contains(label), "{}", said.es);
    }
    for label in [
        "State (",
        "Municipality or borough (",
        "Country of the counterpart (",
    ] {
        assert!(said.en.contains(label), "{}", said.en);
    }
    assert!(said.es.contains("column=\"municipality="));
}

#[test]
fn what_is_no_text_is_not_called_a_file_without_columns() {
    let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    let header = "Estado,Municipio,Contraparte,País,Tipo\n";
    let little: Vec<u8> = header.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = header.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [&b"PK\x03\x04workbook"[..], b"%PDF-1.7", &little, &big] {
        let refusal = parse(bytes, &Reading::default(), today).unwrap_err();
        assert_eq!(refusal.problem, Problem::UnsupportedMediaType);
    }
    assert!(parse(header.as_bytes(), &Reading::default(), today).is_ok());
}
