//! Files whose letters or quotation marks were damaged: judged by line, and asked about where it is
//! not certain what stood there.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use chrono::NaiveDate;
use vinculo_domain::imports::{ImportFile, Parsed, Reading, parse};

const HEADER: &str = "entidad,municipio,contraparte,pais,tipo,fecha,registro";

fn file(bytes: &[u8]) -> ImportFile {
    let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    parse(bytes, &Reading::default(), today).unwrap()
}

/// What comes of each row: the field asked about and the first answer offered, or why it is refused.
fn results(bytes: &[u8]) -> Vec<(u64, String)> {
    let said = |outcome: &Parsed| match outcome {
        Parsed::Ready(candidate) => candidate.counterpart_name.clone(),
        Parsed::NeedsDecision(questions) => {
            let offered = questions[0].candidates.first();
            let offered = offered.map_or("", |choice| &choice.name);
            format!("{}? {offered}", questions[0].field)
        }
        Parsed::Refused(reasons) => reasons[0].code.clone(),
    };
    let rows = file(bytes).rows;
    rows.iter()
        .map(|row| (row.line, said(&row.outcome)))
        .collect()
}

fn result(row: &str) -> String {
    let mut rows = results(format!("{HEADER}\n{row}\n").as_bytes());
    assert_eq!(rows.len(), 1, "{row}");
    rows.remove(0).1
}

#[test]
fn damaged_names_are_asked_about() {
    for (name, expected) in [
        ("Bogot?", "counterpart? "),
        ("San Jos?", "counterpart? "),
        ("?vila", "counterpart? "),
        ("Lyon?", "counterpart? "),
        ("M´laga", "counterpart? "),
        ("M√°laga", "counterpart? Málaga"),
        ("M├ílaga", "counterpart? Málaga"),
        ("M%C3%A1laga", "counterpart? Málaga"),
        ("Bogot\\u00e1", "counterpart? Bogotá"),
        ("Bogot=E1", "counterpart? Bogotá"),
        ("<b>Lyon</b>", "counterpart? Lyon"),
        ("µvila", "counterpart? Ávila"),
        ("Lyon*", "Lyon*"),
        ("LYON", "LYON"),
        ("L´Aquila", "L´Aquila"),
    ] {
        let row = format!("Jalisco,Guadalajara,{name},Italia,hermanamiento,1998,");
        assert_eq!(result(&row), expected, "{name}");
    }
}

#[test]
fn a_damaged_place_is_not_unknown() {
    for (row, expected) in [
        (
            "Jalisco,Guadalajara,Lima,PerÃº,hermanamiento,1998,",
            "country? Perú",
        ),
        (
            "Jalisco,Guadalajara,Soria,EspaÃ±a,hermanamiento,1998,",
            "country? España",
        ),
        (
            "Jalisco,Guadalajara,Soria,Espa&ntilde;a,hermanamiento,1998,",
            "country? España",
        ),
        (
            "Jalisco,Guadalajara,Lima,Per?,hermanamiento,1998,",
            "country? ",
        ),
        (
            "YucatÃ¡n,MÃ©rida,Lyon,Francia,hermanamiento,1998,",
            "state? Yucatán",
        ),
        (
            "Yucatán,M√©rida,Lyon,Francia,hermanamiento,1998,",
            "municipality? Mérida",
        ),
        (
            "Jalisco,Guadalajara,Lima,QuimÃ©rica,hermanamiento,1998,",
            "unknown_country",
        ),
        (
            "Jalisco,Guadalajara,Lima,Quimera,hermanamiento,1998,",
            "unknown_country",
        ),
    ] {
        assert_eq!(result(row), expected, "{row}");
    }
}

#[test]
fn a_line_in_another_encoding_is_asked_about() {
    let good = b"Jalisco,Guadalajara,Bogot\xE1,Colombia,hermanamiento,1998,\n";
    let dos = b"Jalisco,Guadalajara,Le\xA2n,Nicaragua,hermanamiento,1998,\n\
        Jalisco,Guadalajara,Bogot\xA0,Colombia,hermanamiento,1999,\n";
    let text = [HEADER.as_bytes(), b"\n", good, dos, good, good].concat();
    let read = results(&text);
    let expected = [
        "Bogotá",
        "counterpart? León",
        "counterpart? Bogotá",
        "Bogotá",
        "Bogotá",
    ];
    let said: Vec<&str> = read.iter().map(|(_, said)| said.as_str()).collect();
    assert_eq!(said, expected);
    let mac = "\nJalisco,Guadalajara,Köln,Alemania,hermanamiento,1998,\n\
        Jalisco,Guadalajara,C#rdoba,Argentina,hermanamiento,1998,\n";
    let mut text = [HEADER, mac].concat().into_bytes();
    let at = text.iter().position(|byte| *byte == b'#').unwrap();
    text[at] = 0x97;
    assert_eq!(results(&text)[1], (3, "counterpart? Córdoba".into()));
    text[at] = 0xF3;
    assert_eq!(results(&text)[1], (3, "Córdoba".into()));
}

#[test]
fn every_line_is_in_the_report() {
    let lines = |rows: &[&str]| -> Vec<(u64, String)> {
        results(format!("{HEADER}\n{}\n", rows.join("\n")).as_bytes())
    };
    let (lyon, brest) = (
        "Jalisco,Guadalajara,Lyon,Francia,hermanamiento,1998,",
        "Jalisco,Zapopan,Brest,Francia,hermanamiento,1998,",
    );
    for rows in [
        [
            "Jalisco,Guadalajara,\"A,Francia,hermanamiento,1998,,,,,",
            "Jalisco,Zapopan,B\",Francia,hermanamiento,1998,,,,,",
            "Jalisco,Tonalá,Nantes,Francia,hermanamiento,1998,,,,,",
        ],
        [
            "Jalisco,Guadalajara,Lyon,Francia,hermanamiento,1998,\"nota",
            "Jalisco,Zapopan,Brest,Francia,hermanamiento",
            "Jalisco,Tonalá,Nantes,Francia,hermanamiento,1998,\"",
        ],
        [
            "Jalisco,Guadalajara,\"Lyon,Francia,hermanamiento,1998,",
            "Jalisco,Zapopan,Brest\",Francia,hermanamiento",
            lyon,
        ],
        [
            "Jalisco,Guadalajara,Lyon,Francia,hermanamiento,1998,\"nota",
            "Jalisco,Tonalá,Nantes,Francia,hermanamiento,1998,\"",
            brest,
        ],
    ] {
        let read = lines(&rows);
        let seen: Vec<u64> = read.iter().map(|(line, _)| *line).collect();
        assert_eq!(seen, [2, 3, 4], "{read:?}");
        assert_eq!(read[0].1, "unclosed_quote");
    }
    for (row, said) in [
        (
            "Jalisco,Guadalajara,\"Ly\non\",Francia,hermanamiento,1998,",
            "control_characters",
        ),
        (
            "Jalisco,Guadalajara,Lyon,Francia,hermanamiento,1998,\"uno\ndos, tres\"",
            "control_characters",
        ),
        (
            "\"Jalisco\n(estado)\",Guadalajara,Lyon,Francia,hermanamiento,1998,",
            "control_characters",
        ),
    ] {
        let read = lines(&[row, brest]);
        let lines: Vec<u64> = read.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [2, 4], "{read:?}");
        assert_eq!(read[0].1, said);
    }
}
