//! Files as offices send them, with the mistakes that offices make: each is read as it was meant, or
//! asked about, or refused; none is guessed.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use chrono::NaiveDate;
use vinculo_domain::counterparts::CounterpartLevel;
use vinculo_domain::imports::{Candidate, Column, ImportFile, Parsed, Reading, Row, parse};
use vinculo_domain::{Refusal, Result};

const HEADER: &str = "entidad,municipio,contraparte,pais,tipo,fecha,registro";

fn read(bytes: &[u8], reading: &Reading) -> Result<ImportFile> {
    let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    parse(bytes, reading, today)
}

fn file(text: &str) -> ImportFile {
    read(text.as_bytes(), &Reading::default()).unwrap_or_else(|refusal| panic!("{refusal:?}"))
}

fn refusal(text: &str) -> Refusal {
    read(text.as_bytes(), &Reading::default()).unwrap_err()
}

/// The outcome of a row under the usual header.
fn outcome(row: &str) -> Parsed {
    let mut rows = file(&format!("{HEADER}\n{row}\n")).rows;
    assert_eq!(rows.len(), 1, "{row}");
    rows.remove(0).outcome
}

#[track_caller]
fn ready(outcome: &Parsed) -> &Candidate {
    match outcome {
        Parsed::Ready(candidate) => candidate,
        other => panic!("not ready: {other:?}"),
    }
}

/// The field that is asked about, or the field and code of the first reason.
fn said(outcome: &Parsed) -> String {
    match outcome {
        Parsed::Ready(_) => "ready".to_owned(),
        Parsed::NeedsDecision(questions) => format!("{}?", questions[0].field),
        Parsed::Refused(reasons) => format!("{} {}", reasons[0].field, reasons[0].code),
    }
}

fn results(rows: &[Row]) -> Vec<(u64, String)> {
    rows.iter()
        .map(|row| (row.line, said(&row.outcome)))
        .collect()
}

#[test]
fn only_what_looks_like_a_registry_number_inscribes() {
    for number in ["RAI-0031", "12/80", "SRE/2019/044", "No. 44"] {
        let row = outcome(&format!(
            "Jalisco,Guadalajara,Kobe,Japón,hermanamiento,1998,{number}"
        ));
        assert_eq!(ready(&row).registry_number.as_deref(), Some(number));
    }
    for nothing in [
        "No",
        "S/N",
        "En trámite",
        "-",
        "N/D",
        "pendiente",
        "0",
        "#N/A",
        "sin registro",
    ] {
        let row = outcome(&format!(
            "Jalisco,Guadalajara,Kobe,Japón,hermanamiento,1998,{nothing}"
        ));
        assert_eq!(ready(&row).registry_number, None, "{nothing}");
    }
    for doubtful in ["Sí", "15/03/1998", "1998", "registrado", "ver oficio", "x"] {
        let row = outcome(&format!(
            "Jalisco,Guadalajara,Kobe,Japón,hermanamiento,1998,{doubtful}"
        ));
        assert_eq!(said(&row), "registry_number?", "{doubtful}");
    }
    let twice = file(&format!(
        "{HEADER}\nJalisco,Guadalajara,Kobe,Japón,hermanamiento,1998,RAI-5\n\
         Jalisco,Guadalajara,Nara,Japón,hermanamiento,1999,rai 5\n\
         Jalisco,Guadalajara,Gifu,Japón,hermanamiento,1999,RAI-6\n"
    ));
    assert_eq!(
        results(&twice.rows),
        [
            (2, "ready".into()),
            (3, "registry_number?".into()),
            (4, "ready".into())
        ]
    );
}

#[test]
fn nothing_is_signed_in_the_future() {
    for date in [
        "01/01/2199",
        "2199",
        "2026-11-21",
        "diciembre de 2026",
        "2026-12",
    ] {
        let row = outcome(&format!(
            "Jalisco,Guadalajara,Kobe,Japón,hermanamiento,{date},"
        ));
        assert_eq!(said(&row), "signed_on in_the_future", "{date}");
    }
    for date in ["2026", "2026-11", "2026-11-20"] {
        let row = outcome(&format!(
            "Jalisco,Guadalajara,Kobe,Japón,hermanamiento,{date},"
        ));
        assert_eq!(said(&row), "ready", "{date}");
    }
}

#[test]
fn a_word_for_nothing_is_no_country_and_no_date() {
    for nothing in [
        "N/A",
        "S/N",
        "S/D",
        "S/I",
        "N/E",
        "N/C",
        "No",
        "n/d",
        "Sin dato",
        "--",
        "Pendiente",
    ] {
        let row = outcome(&format!(
            "Jalisco,Guadalajara,Kobe,{nothing},hermanamiento,1998,"
        ));
        assert_eq!(said(&row), "country required", "{nothing}");
        let row = outcome(&format!(
            "Jalisco,Guadalajara,Kobe,Japón,hermanamiento,{nothing},"
        ));
        assert_eq!(ready(&row).signed_on, None, "{nothing}");
        let row = outcome(&format!(
            "Jalisco,Guadalajara,{nothing},Japón,hermanamiento,1998,"
        ));
        assert_eq!(said(&row), "counterpart required", "{nothing}");
    }
}

#[test]
fn headings_are_understood_by_their_words() {
    for (header, government, date) in [
        (
            "Estado,Ciudad,Ciudad hermana,País,Tipo,Año",
            "14039",
            "1998",
        ),
        (
            "Entidad,Nombre del municipio,Contraparte,País,Tipo,Fecha de suscripción",
            "14039",
            "1998",
        ),
        (
            "Entidad federativa,Municipios,Ciudad extranjera,Países,Tipo de acuerdo,Año de firma",
            "14039",
            "1998",
        ),
        (
            "State,City,Sister City,Country,Type,Signing date",
            "14039",
            "1998",
        ),
        (
            "Edo.,Ayuntamiento,Nombre de la contraparte,País de origen,Modalidad,Fecha del convenio",
            "14039",
            "1998",
        ),
    ] {
        let read = file(&format!(
            "{header}\nJalisco,Guadalajara,Lyon,Francia,hermanamiento,1998\n"
        ));
        let it = ready(&read.rows[0].outcome);
        assert_eq!(it.government_id.as_str(), government, "{header}");
        assert_eq!(it.signed_on.as_ref().unwrap().as_str(), date, "{header}");
        assert!(read.warnings.is_empty(), "{header}: {:?}", read.warnings);
    }
}

#[test]
fn a_heading_that_may_change_a_row_makes_the_file_ask() {
    for (header, word) in [
        (
            "Estado,Localidad,Contraparte,País,Tipo",
            "municipality=Localidad",
        ),
        (
            "Estado,Gobierno promovente,Contraparte,País,Tipo",
            "municipality=Gobierno promovente",
        ),
        (
            "Estado,Municipio,Contraparte,País,Fecha de inicio",
            "signed_on=Fecha de inicio",
        ),
        (
            "Estado,Municipio,Contraparte,País,¿Registrado?",
            "registry_number=¿Registrado?",
        ),
    ] {
        let refusal = refusal(&format!(
            "{header}\nJalisco,Guadalajara,Lyon,Francia,1998\n"
        ));
        let error = &refusal.errors[0];
        assert_eq!(error.code, "which_column", "{header}");
        assert!(error.said.es.contains(word), "{}", error.said.es);
        let (meaning, heading) = word.split_once('=').unwrap();
        let reading = Reading {
            columns: vec![(heading.to_owned(), Some(meaning.parse::<Column>().unwrap()))],
            ..Reading::default()
        };
        let text = format!("{header}\nJalisco,Guadalajara,Lyon,Francia,\n");
        assert!(read(text.as_bytes(), &reading).is_ok(), "{header}");
        let reading = Reading {
            columns: vec![(heading.to_owned(), None)],
            ..Reading::default()
        };
        assert!(read(text.as_bytes(), &reading).is_ok(), "{header}");
    }
    let reading = Reading {
        columns: vec![("Mpio".to_owned(), Some(Column::Municipality))],
        ..Reading::default()
    };
    let absent = read(b"Estado,Municipio,Contraparte,Pais\n", &reading).unwrap_err();
    assert_eq!(absent.errors[0].code, "unknown_heading");
    assert!(absent.errors[0].said.en.contains("Municipio"));
}

#[test]
fn ids_of_the_office_are_kept() {
    let reading = Reading {
        external_ids: vec![("Folio".into(), "siga-jalisco".into())],
        ..Reading::default()
    };
    let text = "folio,entidad,contraparte,pais,tipo\nAI-7,Jalisco,Lyon,Francia,hermanamiento\n\
                S/N,Jalisco,Nantes,Francia,hermanamiento\n";
    let file = read(text.as_bytes(), &reading).unwrap();
    assert!(file.warnings.is_empty());
    let ids = &ready(&file.rows[0].outcome).external_ids;
    assert_eq!(
        (ids[0].system.as_str(), ids[0].value.as_str()),
        ("siga-jalisco", "AI-7")
    );
    assert!(ready(&file.rows[1].outcome).external_ids.is_empty());
}

#[test]
fn missing_and_empty_cells_at_the_end_say_nothing() {
    let file = file(&format!(
        "{HEADER}\nJalisco,Guadalajara,Lyon,Francia,hermanamiento\n\
         Jalisco,Guadalajara,Nantes,Francia,hermanamiento,1998,,, ,\n\
         Jalisco,Guadalajara,Brest,Francia,hermanamiento,1998,,algo\n"
    ));
    assert_eq!(
        results(&file.rows),
        [
            (2, "ready".into()),
            (3, "ready".into()),
            (4, "row unequal_fields".into())
        ]
    );
}

#[test]
fn headings_may_stand_below_blank_rows_and_a_title() {
    for above in [
        ",,,,\n",
        "\n\n",
        "Relación de hermanamientos,,,,\n,,,,\n",
        "\u{FEFF},,,,\n",
    ] {
        let text = format!(
            "{above}entidad,municipio,contraparte,pais,tipo\nJalisco,Guadalajara,Lyon,Francia,hermanamiento\n"
        );
        let read = file(&text);
        assert_eq!(ready(&read.rows[0].outcome).government_id.as_str(), "14039");
        let line = u64::try_from(above.matches('\n').count()).unwrap() + 2;
        assert_eq!(read.rows[0].line, line);
    }
    let refusal = refusal(",,\nuno,dos\n1,2\n");
    assert!(refusal.errors[0].said.es.contains("línea 2"), "{refusal:?}");
}

#[test]
fn damage_is_asked_about_or_refused() {
    for (name, expected) in [
        ("MÃ¡laga", "counterpart?"),
        ("M&aacute;laga", "counterpart?"),
        ("P¢voa de Varzim", "counterpart?"),
        ("M?laga", "counterpart unreadable_characters"),
        ("M\u{FFFD}laga", "counterpart unreadable_characters"),
        ("Málaga", "ready"),
    ] {
        let row = outcome(&format!(
            "Jalisco,Guadalajara,{name},Italia,hermanamiento,,"
        ));
        assert_eq!(said(&row), expected, "{name}");
    }
    let dos = b"entidad,municipio,contraparte,pais,tipo\nJalisco,Zapopan,P\xA2voa de Varzim,Portugal,hermanamiento\n";
    let asked = read(dos, &Reading::default()).unwrap_err();
    assert_eq!(asked.errors[0].code, "which_encoding");
    assert!(asked.errors[0].said.es.contains("Póvoa"));
    let reading = Reading::of(&[], &[], Some("cp850")).unwrap();
    let named = read(dos, &reading).unwrap();
    assert_eq!(
        ready(&named.rows[0].outcome).counterpart_name,
        "Póvoa de Varzim"
    );
}

#[test]
fn a_quotation_mark_never_closed_costs_its_own_row() {
    let file = file(&format!(
        "{HEADER}\nJalisco,Guadalajara,\"Lyon,Francia,hermanamiento,1998,\n\
         Jalisco,Guadalajara,Nantes,Francia,hermanamiento,1998,\n\
         Jalisco,Guadalajara,\"Portland, Oregón\",EUA,hermanamiento,1998,\n"
    ));
    assert_eq!(
        results(&file.rows),
        [
            (2, "row unclosed_quote".into()),
            (3, "ready".into()),
            (4, "ready".into())
        ]
    );
}

#[test]
fn a_level_that_nothing_shows_is_not_known() {
    for (name, level) in [
        ("Gobierno de Baviera", None),
        ("\"Texas, EUA\"", None),
        ("Lyon", None),
        ("\"Downey, California\"", Some(CounterpartLevel::Local)),
        ("\"Downey, California, EUA\"", Some(CounterpartLevel::Local)),
        (
            "Provincia de Buenos Aires",
            Some(CounterpartLevel::Regional),
        ),
    ] {
        let row = outcome(&format!(
            "Jalisco,Guadalajara,{name},EUA,hermanamiento,1998,"
        ));
        assert_eq!(ready(&row).counterpart_level, level, "{name}");
    }
}

#[test]
fn the_date_and_the_year_must_agree() {
    let text = |date: &str, year: &str| {
        let head = "entidad,contraparte,pais,tipo,fecha,año";
        let read = file(&format!(
            "{head}\nJalisco,Lyon,Francia,hermanamiento,{date},{year}\n"
        ));
        read.rows[0].outcome.clone()
    };
    let signed = |outcome: &Parsed| ready(outcome).signed_on.clone().unwrap();
    assert_eq!(signed(&text("15-mar-1998", "1998")).as_str(), "1998-03-15");
    assert_eq!(signed(&text("S/F", "1998")).as_str(), "1998");
    assert_eq!(signed(&text("15/03/1998", "")).as_str(), "1998-03-15");
    assert_eq!(said(&text("15/03/1998", "1999")), "signed_on?");
    assert_eq!(said(&text("35869", "")), "signed_on?");
}

/// The codes of the candidates of the first question.
fn candidates(outcome: &Parsed) -> Vec<&str> {
    match outcome {
        Parsed::NeedsDecision(questions) => questions[0]
            .candidates
            .iter()
            .map(|choice| choice.code.as_str())
            .collect(),
        other => panic!("no question: {other:?}"),
    }
}

#[test]
fn a_municipality_that_is_not_known_is_asked_about() {
    for cell in [
        "Pendiente",
        "Por confirmar",
        "Se desconoce",
        "Pendiente de confirmar municipio",
        "En proceso",
        "S/D",
        "Sin dato",
        "#N/A",
        "#¡REF!",
        "#########",
        "XXX",
        "???",
        "*",
        "\u{3003}",
        "''",
        "↓",
        "\"\"\"\"",
        "ídem",
        "Varios",
    ] {
        let row = outcome(&format!("Jalisco,{cell},Lyon,Francia,hermanamiento,1998,"));
        assert_eq!(said(&row), "government?", "{cell}");
        assert_eq!(candidates(&row), ["14"], "{cell}");
    }
    for cell in [
        "",
        "-",
        "No aplica",
        "Ninguno",
        "Estado",
        "Gobierno del Estado",
        "Sin municipio",
        "N/A",
    ] {
        let row = outcome(&format!("Jalisco,{cell},Lyon,Francia,hermanamiento,1998,"));
        assert_eq!(ready(&row).government_id.as_str(), "14", "{cell}");
    }
}

#[test]
fn what_is_no_name_is_no_counterpart_title_or_source() {
    let head = "entidad,contraparte,pais,tipo,fecha,titulo,fuente";
    for word in [
        "Varios",
        "Sin contraparte",
        "No especifica",
        "Por determinar",
        "Se ignora",
        "(en blanco)",
        "Total: 23",
        "Sin título",
        "Sin fuente",
        "x",
    ] {
        let row = outcome(&format!("Jalisco,,{word},Francia,hermanamiento,1998,"));
        assert_eq!(said(&row), "counterpart required", "{word}");
        let read = file(&format!(
            "{head}\nJalisco,Lyon,Francia,hermanamiento,{word},{word},{word}\n"
        ));
        let it = ready(&read.rows[0].outcome);
        assert_eq!(
            (&it.signed_on, &it.title, &it.source),
            (&None, &None, &None),
            "{word}"
        );
    }
    for name in ["Nan", "Total Energies", "Sin el Fil"] {
        let row = outcome(&format!("Jalisco,,{name},Tailandia,hermanamiento,1998,"));
        assert_eq!(ready(&row).counterpart_name, name);
    }
    for name in ["L\u{200B}yon", "Lyon\u{202E}"] {
        let row = outcome(&format!("Jalisco,,{name},Francia,hermanamiento,1998,"));
        assert_eq!(said(&row), "counterpart control_characters", "{name:?}");
    }
}

#[test]
fn one_american_date_makes_its_column_doubtful() {
    let read = |dates: &[&str]| {
        let rows: String = dates
            .iter()
            .map(|date| format!("Jalisco,,Ciudad {date},Japón,hermanamiento,{date},\n"))
            .collect();
        results(&file(&format!("{HEADER}\n{rows}")).rows)
            .into_iter()
            .map(|(_, said)| said)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        read(&[
            "3/15/1998",
            "3/4/1998",
            "5/5/1998",
            "1997-02-01",
            "20/4/1998"
        ]),
        [
            "signed_on invalid_date",
            "signed_on?",
            "ready",
            "ready",
            "ready"
        ]
    );
    assert_eq!(read(&["3/4/1998", "12-25-01"])[0], "signed_on?");
    assert_eq!(read(&["3/4/1998", "15/3/1998"]), ["ready", "ready"]);
}

#[test]
fn what_a_spreadsheet_adds_is_taken_away() {
    for (cells, government) in [
        ("'14,'039", "14039"),
        ("\"=\"\"14\"\"\",", "14"),
        ("14,\"=\"\"039\"\"\"", "14039"),
        ("'14039,", "14039"),
    ] {
        let read = file(&format!(
            "{HEADER}\n{cells},'s-Hertogenbosch,Países Bajos,hermanamiento,'15/03/1998,\n"
        ));
        match &read.rows[0].outcome {
            Parsed::Ready(it) => {
                assert_eq!(it.government_id.as_str(), government, "{cells}");
                assert_eq!(it.signed_on.as_ref().unwrap().as_str(), "1998-03-15");
                assert_eq!(it.counterpart_name, "'s-Hertogenbosch");
            }
            // A municipality's key in the column of states.
            other => assert_eq!(candidates(other), [government], "{cells}"),
        }
    }
}

#[test]
fn several_names_in_a_cell_are_asked_about() {
    for name in [
        "Lyon y Nantes",
        "Lyon / Nantes",
        "Lyon; Nantes",
        "\"Kobe, Nara y Gifu\"",
    ] {
        let row = outcome(&format!("Jalisco,,{name},Francia,hermanamiento,1998,"));
        assert_eq!(said(&row), "counterpart?", "{name}");
    }
    for name in ["Castilla y León", "Trinidad y Tobago", "Castilla-La Mancha"] {
        let row = outcome(&format!("Jalisco,,{name},España,hermanamiento,1998,"));
        assert_eq!(said(&row), "ready", "{name}");
    }
    for country in [
        "Georgia",
        "Francia y España",
        "China (Taiwán)",
        "\"Lyon, Francia\"",
        "JAP",
    ] {
        let row = outcome(&format!("Jalisco,,Lyon,{country},hermanamiento,1998,"));
        assert_eq!(said(&row), "country?", "{country}");
    }
    for (country, code) in [
        ("Rep. de Corea", "KR"),
        ("Rep. Fed. de Alemania", "DE"),
        ("Ceilán", "LK"),
        ("Swazilandia", "SZ"),
        ("Trinidad y Tobago", "TT"),
    ] {
        let row = outcome(&format!("Jalisco,,Lyon,{country},hermanamiento,1998,"));
        assert_eq!(ready(&row).country, code, "{country}");
    }
}
