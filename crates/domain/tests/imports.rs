//! Files of past agreements, as government offices send them.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use vinculo_domain::Result;
use vinculo_domain::agreements::AgreementKind::{self, Domestic, SpecificCooperation, Twinning};
use vinculo_domain::counterparts::{CounterpartKind, CounterpartLevel};
use vinculo_domain::imports::{
    Candidate, ImportFile, Parsed, QualityFlag, Question, Reading, Reason,
};
use vinculo_domain::limits::{MAX_IMPORT_BYTES, MAX_IMPORT_ROWS};
use vinculo_domain::problems::Problem;

const REAL: &str = include_str!("../../../examples/acuerdos_historicos.csv");
const HEADER: &str = "entidad,municipio,contraparte,pais,tipo,fecha_firma,fuente";

fn parse(bytes: &[u8]) -> Result<ImportFile> {
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    vinculo_domain::imports::parse(bytes, &Reading::default(), today)
}

fn read(text: &str) -> ImportFile {
    match parse(text.as_bytes()) {
        Ok(file) => file,
        Err(refusal) => panic!("{refusal}"),
    }
}

/// The outcome of one row under the usual header.
fn outcome(row: &str) -> Parsed {
    let mut rows = read(&format!("{HEADER}\n{row}\n")).rows;
    match (rows.pop(), rows.pop()) {
        (Some(only), None) => only.outcome,
        _ => panic!("not one row: {row}"),
    }
}

#[track_caller]
fn ready(parsed: &Parsed) -> &Candidate {
    match parsed {
        Parsed::Ready(candidate) => candidate,
        other => panic!("not ready: {other:?}"),
    }
}

#[track_caller]
fn asked(parsed: &Parsed) -> &[Question] {
    match parsed {
        Parsed::NeedsDecision(questions) => questions,
        other => panic!("no question: {other:?}"),
    }
}

#[track_caller]
fn refused(parsed: &Parsed) -> &[Reason] {
    match parsed {
        Parsed::Refused(reasons) => reasons,
        other => panic!("not refused: {other:?}"),
    }
}

fn codes(parsed: &Parsed) -> Vec<(String, String)> {
    refused(parsed)
        .iter()
        .map(|reason| (reason.field.clone(), reason.code.clone()))
        .collect()
}

/// Line, government, country and kind of each of the 63 real agreements.
const EXPECTED: [(u64, &str, &str, AgreementKind); 63] = [
    (2, "14039", "US", Twinning),
    (3, "14039", "US", Twinning),
    (4, "14039", "US", Twinning),
    (5, "14039", "IT", Twinning),
    (6, "14039", "PH", Twinning),
    (7, "14039", "GQ", Twinning),
    (8, "14039", "GU", Twinning),
    (9, "14039", "CR", Twinning),
    (10, "14039", "SV", Twinning),
    (11, "14039", "HN", Twinning),
    (12, "14039", "JM", Twinning),
    (13, "14039", "PE", Twinning),
    (14, "14039", "DO", Twinning),
    (15, "14039", "PA", Twinning),
    (16, "14039", "VE", Twinning),
    (17, "14039", "ES", Twinning),
    (18, "14039", "JP", Twinning),
    (19, "14039", "ES", Twinning),
    (20, "14039", "US", Twinning),
    (21, "14039", "CR", Twinning),
    (22, "14039", "US", Twinning),
    (23, "14039", "US", Twinning),
    (24, "14039", "ES", Twinning),
    (25, "14039", "US", Twinning),
    (26, "14039", "BR", Twinning),
    (27, "14039", "PL", Twinning),
    (28, "14039", "PL", Twinning),
    (29, "14039", "KR", Twinning),
    (30, "14039", "DO", Twinning),
    (31, "14039", "ES", Twinning),
    (32, "14039", "CN", Twinning),
    (33, "14039", "US", Twinning),
    (34, "14039", "RU", Twinning),
    (35, "14039", "MX", Domestic),
    (36, "14039", "MX", Domestic),
    (37, "12001", "CN", Twinning),
    (38, "23005", "CN", Twinning),
    (39, "23005", "CN", Twinning),
    (40, "25006", "CN", Twinning),
    (41, "14", "CN", Twinning),
    (42, "02002", "CN", Twinning),
    (43, "09", "CN", Twinning),
    (44, "19039", "ZA", Twinning),
    (45, "19039", "CN", Twinning),
    (46, "21114", "CN", Twinning),
    (47, "22014", "CN", Twinning),
    (48, "07089", "CN", Twinning),
    (49, "02004", "CN", Twinning),
    (50, "02004", "CN", Twinning),
    (51, "15104", "CN", Twinning),
    (52, "29033", "MA", Twinning),
    (53, "15106", "CN", Twinning),
    (54, "10005", "CN", Twinning),
    (55, "14120", "CN", Twinning),
    (56, "14120", "CN", Twinning),
    (57, "11017", "CU", Twinning),
    (58, "11017", "US", Twinning),
    (59, "11015", "US", Twinning),
    (60, "11", "FR", SpecificCooperation),
    (61, "14067", "US", Twinning),
    (62, "14067", "US", Twinning),
    (63, "14067", "MX", Domestic),
    (64, "14067", "MX", Domestic),
];

#[test]
fn the_real_file_resolves_row_by_row() {
    let file = read(REAL);
    let found: Vec<_> = file
        .rows
        .iter()
        .map(|row| {
            let it = ready(&row.outcome);
            (
                row.line,
                it.government_id.as_str(),
                it.country.as_str(),
                it.kind,
            )
        })
        .collect();
    assert_eq!(found, EXPECTED);
    assert!(file.warnings.is_empty(), "{:?}", file.warnings);
}

#[test]
fn the_real_file_shows_its_weaknesses() {
    let file = read(REAL);
    let count = |flag| {
        file.rows
            .iter()
            .filter(|row| ready(&row.outcome).quality_flags.contains(&flag))
            .count()
    };
    assert_eq!(count(QualityFlag::MissingDate), 61);
    assert_eq!(count(QualityFlag::YearOnlyDate), 2);
    assert_eq!(count(QualityFlag::DomesticCounterpart), 4);
    assert_eq!(count(QualityFlag::MissingSource), 0);
    assert_eq!(count(QualityFlag::SourceNotOfficial), 61);
    // Acapulco, Tlaxcala de Xicohténcatl, Victoria de Durango.
    assert_eq!(count(QualityFlag::GovernmentResolvedByAlias), 3);
    assert_eq!(count(QualityFlag::CounterpartKindUnsure), 0);

    let bordeaux = ready(&file.rows[58].outcome);
    assert_eq!(bordeaux.counterpart_name, "Comunidad Urbana de Burdeos");
    assert_eq!(
        bordeaux.counterpart_level,
        Some(CounterpartLevel::Metropolitan)
    );
    let downey = ready(&file.rows[0].outcome);
    assert_eq!(downey.counterpart_level, Some(CounterpartLevel::Local));
    assert_eq!(ready(&file.rows[3].outcome).counterpart_level, None);
}

#[test]
fn the_same_agreement_has_the_same_fingerprint() {
    let file = read(REAL);
    let fingerprints: Vec<&str> = file
        .rows
        .iter()
        .map(|row| ready(&row.outcome).fingerprint.as_str())
        .collect();
    let distinct: std::collections::HashSet<_> = fingerprints.iter().collect();
    // Santo Domingo appears twice, once without the accent of its country.
    assert_eq!(distinct.len(), 62);
    assert_eq!(fingerprints[12], fingerprints[28]);
    assert_eq!(fingerprints[12], "2|14039|santodomingo|DO|twinning|-");
    let later = outcome("Jalisco,Guadalajara,Santo Domingo,República Dominicana,Twinning,1999,");
    assert_ne!(ready(&later).fingerprint, fingerprints[12]);
}

#[test]
fn reads_what_spreadsheets_write() {
    let expected: Vec<_> = read(REAL).rows;
    let marked = [b"\xEF\xBB\xBF".as_slice(), REAL.as_bytes()].concat();
    assert_eq!(parse(&marked).unwrap().rows, expected);
    assert_eq!(read(&REAL.replace('\n', "\r\n")).rows, expected);
    assert_eq!(read(&format!("sep=,\n{REAL}")).rows[0].line, 3);

    let utf_16: Vec<u8> = [0xFEFF]
        .into_iter()
        .chain(REAL.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(parse(&utf_16).unwrap().rows, expected);

    // Every character of the real file is a Latin-1 one, so its code is its Windows-1252 byte.
    let latin: Vec<u8> = REAL
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    let file = parse(&latin).unwrap();
    assert_eq!(file.rows, expected);
    assert!(file.warnings[0].en.contains("Windows-1252"));
}

#[test]
fn separators_are_found_in_the_header() {
    for separator in [";", "\t", ","] {
        let text = [
            [
                "Entidad",
                "Municipio",
                "Ciudad hermana",
                "PAÍS",
                "Tipo",
                "Fuente",
            ]
            .join(separator),
            [
                "Jalisco",
                "Guadalajara",
                "Kyoto",
                "Japón",
                "hermanamiento",
                "",
            ]
            .join(separator),
            [
                "Jalisco",
                "Guadalajara",
                "Portland",
                "EUA",
                "hermanamiento",
                "\"DOF; tomo 3, X\"",
            ]
            .join(separator),
        ]
        .join("\n");
        let file = read(&text);
        assert_eq!(ready(&file.rows[0].outcome).country, "JP");
        assert_eq!(
            ready(&file.rows[1].outcome).source.as_deref(),
            Some("DOF; tomo 3, X")
        );
    }
}

#[test]
fn headings_in_english_and_every_column() {
    let file = read(
        "State,Municipality,Counterpart,Country,Type,Signing date,Source,Title,Registry_Number,\
         Level,Themes,Validity,Colour\n\
         Jalisco,Guadalajara,Kyoto,Japan,Twinning,1980-10-20,DOF,Friends, 12/80 ,city,\
         culture; Turismo|astrology,indefinite,blue\n",
    );
    let it = ready(&file.rows[0].outcome);
    assert_eq!(it.government_id.as_str(), "14039");
    assert_eq!(it.kind, Twinning);
    assert_eq!(it.signed_on.as_ref().unwrap().as_str(), "1980-10-20");
    assert_eq!(it.source.as_deref(), Some("DOF"));
    assert_eq!(it.title.as_deref(), Some("Friends"));
    assert_eq!(it.registry_number.as_deref(), Some("12/80"));
    assert_eq!(it.counterpart_level, Some(CounterpartLevel::Local));
    assert_eq!(it.themes, ["culture", "tourism"]);
    assert_eq!(it.validity_note.as_deref(), Some("indefinite"));
    assert_eq!(it.quality_flags, [QualityFlag::UnknownTheme]);
    assert_eq!(file.warnings.len(), 1);
    assert!(file.warnings[0].es.contains("Colour"));
}

#[test]
fn dates_of_all_forms() {
    for (written, read, flag) in [
        ("1990", "1990", Some(QualityFlag::YearOnlyDate)),
        ("1990-03", "1990-03", Some(QualityFlag::MonthOnlyDate)),
        ("1990-03-14", "1990-03-14", None),
        ("14/03/1990", "1990-03-14", None),
        ("4/3/1990", "1990-03-04", None),
        ("14 de marzo de 1990", "1990-03-14", None),
    ] {
        let row = outcome(&format!("Jalisco,,Kyoto,Japón,hermanamiento,{written},SRE"));
        let it = ready(&row);
        assert_eq!(it.signed_on.as_ref().unwrap().as_str(), read);
        assert_eq!(it.quality_flags, flag.into_iter().collect::<Vec<_>>());
    }
    for wrong in ["31/02/2001", "3000", "1990-13", "03/14/1990", "ayer"] {
        let row = outcome(&format!("Jalisco,,Kyoto,Japón,hermanamiento,{wrong},SRE"));
        assert_eq!(
            codes(&row),
            [("signed_on".into(), "invalid_date".into())],
            "{wrong}"
        );
    }
    let none = outcome("Jalisco,,Kyoto,Japón,hermanamiento,s/f,SRE");
    assert_eq!(ready(&none).quality_flags, [QualityFlag::MissingDate]);
}

#[test]
fn kinds_of_agreement() {
    for (written, kind) in [
        ("Hermanamiento", Twinning),
        ("acuerdo de hermanamiento", Twinning),
        ("twinning", Twinning),
        ("COOPERACION ESPECIFICA", SpecificCooperation),
        ("specific_cooperation", SpecificCooperation),
        ("Carta de intención", AgreementKind::StatementOfIntent),
    ] {
        let row = outcome(&format!("Jalisco,,Kyoto,Japón,{written},1990,SRE"));
        assert_eq!(ready(&row).kind, kind);
    }
    for unclear in ["", "convenio", "nacional"] {
        let row = outcome(&format!("Jalisco,,Kyoto,Japón,{unclear},1990,SRE"));
        let [question] = asked(&row) else {
            panic!("{row:?}")
        };
        assert_eq!(
            (question.field.as_str(), question.value.as_str()),
            ("kind", unclear)
        );
    }
    let domestic =
        outcome("Jalisco,,\"Calvillo, Aguascalientes\",México,hermanamiento,1990-01-02,SRE");
    assert_eq!(ready(&domestic).kind, Domestic);
    assert_eq!(ready(&domestic).counterpart_kind, CounterpartKind::Domestic);
    assert_eq!(
        ready(&domestic).quality_flags,
        [QualityFlag::DomesticCounterpart]
    );
    let university = outcome("Jalisco,,Universidad de Kyoto,Japón,hermanamiento,1990-01-02,SRE");
    assert_eq!(
        ready(&university).quality_flags,
        [QualityFlag::CounterpartKindUnsure]
    );
}

#[test]
fn doubtful_names_become_questions() {
    let row = outcome("Oaxaca,San Juan Mixtepec,Kyoto,Corea,hermanamiento,1990,SRE");
    let [government, country] = asked(&row) else {
        panic!("{row:?}")
    };
    assert_eq!(government.field, "government");
    assert_eq!(government.value, "San Juan Mixtepec, Oaxaca");
    let choices: Vec<_> = government
        .candidates
        .iter()
        .map(|c| (c.code.as_str(), c.name.as_str()))
        .collect();
    assert_eq!(
        choices,
        [
            ("20208", "San Juan Mixtepec (Distrito 08), Oaxaca"),
            ("20209", "San Juan Mixtepec (Distrito 26), Oaxaca"),
        ]
    );
    assert_eq!(country.field, "country");
    let choices: Vec<_> = country.candidates.iter().map(|c| c.code.as_str()).collect();
    assert_eq!(choices, ["KP", "KR"]);
    assert!(!country.es.is_empty() && !country.en.is_empty());

    let answered = outcome("Oaxaca,20208,Kyoto,KR,hermanamiento,1990-01-02,SRE");
    assert_eq!(ready(&answered).government_id.as_str(), "20208");
    assert_eq!(ready(&answered).quality_flags, [QualityFlag::CountryByCode]);
}

#[test]
fn a_refused_row_says_everything_at_once() {
    let row = outcome("Atlántida,Nada,,Lemuria,hermanamiento,31/02/2001,SRE");
    let expected = [
        ("government", "unknown_government"),
        ("country", "unknown_country"),
        ("counterpart", "required"),
        ("signed_on", "invalid_date"),
    ];
    assert_eq!(
        codes(&row),
        expected.map(|(field, code)| (field.into(), code.into()))
    );
    assert!(
        refused(&row)
            .iter()
            .all(|reason| !reason.es.is_empty() && !reason.en.is_empty())
    );
    let row = outcome(",,¡!,,hermanamiento,,");
    let expected = [
        ("government", "required"),
        ("country", "required"),
        ("counterpart", "required"),
    ];
    assert_eq!(
        codes(&row),
        expected.map(|(field, code)| (field.into(), code.into()))
    );
}

#[test]
fn cells_are_trimmed_and_bounded() {
    let row = outcome("  jalisco , GUADALAJARA ,  Kyoto  , japon ,hermanamiento, 1990 , SRE ");
    assert_eq!(ready(&row).counterpart_name, "Kyoto");
    let long = |n: usize| format!("Jalisco,,{},Japón,hermanamiento,1990,SRE", "é".repeat(n));
    assert_eq!(
        ready(&outcome(&long(300))).counterpart_name.chars().count(),
        300
    );
    assert_eq!(
        codes(&outcome(&long(301))),
        [("counterpart".into(), "too_long".into())]
    );
    let source = |n: usize| format!("Jalisco,,K,Japón,hermanamiento,1990,SRE{}", " x".repeat(n));
    assert_eq!(
        codes(&outcome(&source(300))),
        [("source".into(), "too_long".into())]
    );
    for control in ["Ky\u{7}oto", "\"Ky\noto\"", "Ky\u{0}oto"] {
        let row = outcome(&format!("Jalisco,,{control},Japón,hermanamiento,1990,SRE"));
        assert_eq!(
            codes(&row),
            [("counterpart".into(), "control_characters".into())]
        );
        assert!(!refused(&row)[0].value.contains(char::is_control));
    }
}

#[test]
fn bad_rows_stop_nobody_else() {
    let good = "Jalisco,,Kyoto,Japón,hermanamiento,1990,SRE";
    let file = read(&format!(
        "{HEADER}\n{good}\n\n\nJalisco,,Kyoto\n{good},more\n,,,,,,\n\"Jalisco\",,\"Ky\noto\",Japón,hermanamiento,,\n{good}\nJalisco,,\"Kyoto,Japón\n{good}\n"
    ));
    let seen: Vec<_> = file
        .rows
        .iter()
        .map(|row| match &row.outcome {
            Parsed::Ready(_) => (row.line, "ready".to_owned()),
            other => (row.line, refused(other)[0].code.clone()),
        })
        .collect();
    let expected = [
        (2, "ready"),
        (5, "required"),
        (6, "unequal_fields"),
        (8, "control_characters"),
        (10, "ready"),
        (11, "unclosed_quote"),
        (12, "ready"),
    ];
    assert_eq!(seen, expected.map(|(line, code)| (line, code.to_owned())));
    assert_eq!(file.warnings.len(), 1, "the empty rows are counted");
}

#[test]
fn lines_are_those_of_the_file_whatever_ends_them() {
    let good = "Jalisco,,Kyoto,Japón,hermanamiento,1990,SRE";
    for end in ["\n", "\r\n", "\r"] {
        let text = [HEADER, good, "", good, "", "", good].join(end);
        let lines: Vec<u64> = read(&text).rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [2, 4, 7], "{end:?}");
    }
}

#[test]
fn a_file_without_the_needed_columns_is_refused_with_their_names() {
    let refusal = parse(b"tipo,fuente\nhermanamiento,SRE\n").unwrap_err();
    assert_eq!(refusal.problem, Problem::ValidationFailed);
    let said = refusal.said.unwrap();
    for name in [
        "entidad",
        "municipality",
        "contraparte",
        "counterpart",
        "país",
        "country",
    ] {
        assert!(said.es.contains(name) && said.en.contains(name), "{name}");
    }
    assert_eq!(refusal.errors[0].code, "missing_column");

    let refusal = parse(b"estado,entidad,contraparte,pais\n").unwrap_err();
    assert_eq!(refusal.errors[0].code, "repeated_column");
    for nothing in [&b""[..], b"\n\n", b"\xEF\xBB\xBF", b"\0\0\0", b"\xFF\xFE"] {
        assert!(parse(nothing).is_err());
    }
    assert!(read("municipio,contraparte,pais,tipo\n").rows.is_empty());
}

#[test]
fn the_size_is_bounded() {
    let refusal = parse(&vec![b'x'; MAX_IMPORT_BYTES + 1]).unwrap_err();
    assert_eq!(refusal.problem, Problem::PayloadTooLarge);
    let rows = |n: usize| {
        format!(
            "estado,contraparte,pais,tipo\n{}",
            "14,K,JP,twinning\n".repeat(n)
        )
    };
    assert_eq!(read(&rows(MAX_IMPORT_ROWS)).rows.len(), MAX_IMPORT_ROWS);
    let refusal = parse(rows(MAX_IMPORT_ROWS + 1).as_bytes()).unwrap_err();
    assert_eq!(refusal.problem, Problem::PayloadTooLarge);
}

#[test]
fn hostile_files_cost_little() {
    let commas = ",".repeat(2_000_000);
    assert_eq!(
        parse(commas.as_bytes()).unwrap_err().errors[0].code,
        "too_many_columns"
    );
    let row = outcome(&format!(
        "Jalisco,\"{}\",K,Japón,hermanamiento,,",
        "Jal,".repeat(200_000)
    ));
    assert_eq!(codes(&row)[0], ("municipality".into(), "too_long".into()));
}

#[test]
fn garbage_never_panics() {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let alphabet = b"\"\",;\t\r\n\0aZ9-/.\xC3\xB1\xFF\x81entidadpais";
    for _ in 0..3_000 {
        let mut text = format!("{HEADER}\n").into_bytes();
        for _ in 0..120 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            text.push(alphabet[usize::try_from(state % 37).unwrap() % alphabet.len()]);
        }
        let _ = parse(&text);
    }
}
