//! Registry numbers of a file: an inscription is public and cannot be taken back, so only what
//! certainly is a number inscribes, once; all else is asked about, and no number is dropped.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use chrono::NaiveDate;
use vinculo_domain::imports::{Parsed, Reading, parse};

const HEADER: &str = "entidad,municipio,contraparte,pais,tipo,fecha,registro";

/// The outcomes of rows under the usual header: `ready`, or what is asked about or refused.
fn outcomes(rows: &[String]) -> Vec<String> {
    let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    let text = format!("{HEADER}\n{}\n", rows.join("\n"));
    let file = parse(text.as_bytes(), &Reading::default(), today).unwrap();
    let said = |outcome: &Parsed| match outcome {
        Parsed::Ready(_) => "ready".to_owned(),
        Parsed::NeedsDecision(questions) => {
            let fields = questions.iter().map(|asked| asked.field.as_str());
            fields.collect::<Vec<_>>().join("+")
        }
        Parsed::Refused(_) => "refused".to_owned(),
    };
    file.rows.iter().map(|row| said(&row.outcome)).collect()
}

/// Rows of different agreements with these numbers.
fn numbered(numbers: &[&str]) -> Vec<String> {
    let line = |(at, number): (usize, &&str)| {
        let year = 1990 + at;
        format!("Jalisco,Guadalajara,Lyon,Francia,hermanamiento,{year},{number}")
    };
    numbers.iter().enumerate().map(line).collect()
}

const ASKED: &str = "registry_number";

#[test]
fn a_number_is_inscribed_once_however_it_is_written() {
    for numbers in [
        ["RAI-7011", "RAI-07011"],
        ["RAI-7011", "7011"],
        ["12/80", "No. 12/80"],
        ["RAI-31", "31.0"],
        ["SRE/2019/044", "sre-2019-44"],
    ] {
        let found = outcomes(&numbered(&numbers));
        assert_eq!(found, ["ready", ASKED], "{numbers:?}");
    }
    for numbers in [["12/3", "1/23"], ["RAI-31", "SRE-31"], ["12/80", "1280"]] {
        let found = outcomes(&numbered(&numbers));
        assert_eq!(found, ["ready", "ready"], "{numbers:?}");
    }
}

#[test]
fn the_number_of_a_row_that_is_asked_about_or_refused_is_taken() {
    let second = "Jalisco,Guadalajara,Nara,Japón,hermanamiento,1999,RAI-7011".to_owned();
    for (first, said) in [
        (
            ",Benito Juárez,Lyon,Francia,hermanamiento,1998,RAI-7011",
            "government",
        ),
        ("Jalisco,Guadalajara,Lyon,Francia,¿?,1998,7011", "kind"),
        (
            "Jalisco,Nadie,Lyon,Francia,hermanamiento,1998,RAI-7011",
            "refused",
        ),
        (
            "Jalisco,Guadalajara,Lyon,Francia,hermanamiento,2199,No. 7011",
            "refused",
        ),
    ] {
        let found = outcomes(&[first.to_owned(), second.clone()]);
        assert_eq!(found, [said, ASKED], "{first}");
    }
    let other = "Jalisco,Guadalajara,Lyon,Francia,¿?,1998,RAI-7012".to_owned();
    assert_eq!(outcomes(&[other, second]), ["kind", "ready"]);
}

#[test]
fn numbers_that_count_rows_or_mark_them_are_asked_about() {
    for numbers in [
        ["501", "502", "503"],
        ["003", "002", "001"],
        ["No. 31", "No. 32", "No. 33"],
        ["7", "7", "7"],
        ["44", "No. 44", "44.0"],
        ["1", "2", "3"],
    ] {
        let found = outcomes(&numbered(&numbers));
        assert_eq!(found, [ASKED; 3], "{numbers:?}");
    }
    for numbers in [
        ["RAI-0031", "RAI-0032", "RAI-0033"],
        ["31", "44", "0123"],
        ["1998-001", "1998-002", "1998-003"],
        ["31/98", "32/98", "33/98"],
    ] {
        let found = outcomes(&numbered(&numbers));
        assert_eq!(found, ["ready"; 3], "{numbers:?}");
    }
}

#[test]
fn no_number_is_dropped_in_silence() {
    for (country, kind) in [
        ("México", "hermanamiento"),
        ("México", "cooperación específica"),
        ("Francia", "contrato privado"),
        ("Francia", "carta de intención"),
    ] {
        let row = |number| format!("Jalisco,Guadalajara,Lyon,{country},{kind},1998,{number}");
        assert_eq!(outcomes(&[row("RAI-31")]), [ASKED], "{country} {kind}");
        assert_eq!(outcomes(&[row("")]), ["ready"], "{country} {kind}");
    }
    let row =
        |number: &&str| format!("Jalisco,Guadalajara,Lyon,Francia,hermanamiento,1998,{number}");
    for (numbers, second) in [
        (["RAI-77001", "RAI-77002"], ASKED),
        (["", "RAI-77002"], ASKED),
        (["12/3", "1/23"], ASKED),
        (["S/N", "44"], ASKED),
        (["RAI-77001", ""], "ready"),
        (["", ""], "ready"),
    ] {
        let rows: Vec<String> = numbers.iter().map(row).collect();
        assert_eq!(outcomes(&rows), ["ready", second], "{numbers:?}");
    }
}
