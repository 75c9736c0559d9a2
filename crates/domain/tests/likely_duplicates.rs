//! Rows of one file that may be one agreement, with dates that are known better or worse.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use chrono::NaiveDate;
use vinculo_domain::imports::{Column, Parsed, Question, Reading, parse};

const HEADER: &str = "entidad,municipio,contraparte,pais,tipo,fecha,otro acuerdo";

/// The outcomes of rows with these counterparts, dates and answers.
fn outcomes(rows: &[(&str, &str, &str)]) -> Vec<Parsed> {
    let line = |(counterpart, date, other): &(&str, &str, &str)| {
        format!("Jalisco,Guadalajara,\"{counterpart}\",China,hermanamiento,{date},{other}\n")
    };
    let lines: String = rows.iter().map(line).collect();
    let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    let file = parse(
        format!("{HEADER}\n{lines}").as_bytes(),
        &Reading::default(),
        today,
    );
    let rows = file.unwrap().rows;
    rows.into_iter().map(|row| row.outcome).collect()
}

fn asked(outcome: &Parsed) -> Option<&Question> {
    match outcome {
        Parsed::NeedsDecision(questions) => questions.first(),
        _ => None,
    }
}

/// The earlier lines that rows resemble, all of them ready.
fn resembles(outcomes: &[Parsed]) -> Vec<Option<u64>> {
    let line = |outcome: &Parsed| match outcome {
        Parsed::Ready(candidate) => candidate.resembles,
        other => panic!("not ready: {other:?}"),
    };
    outcomes.iter().map(line).collect()
}

#[test]
fn a_date_that_may_be_the_same_is_asked_about_and_names_the_line() {
    for (one, other) in [
        ("1998", "15/03/1998"),
        ("1998-03-15", "1998"),
        ("1998-03", "1998-03-15"),
        ("", "1998"),
        ("1998-03-15", ""),
    ] {
        let found = outcomes(&[("Xi'an", one, ""), ("Xian", other, "")]);
        assert_eq!(resembles(&found), [None, Some(2)], "{one} {other}");
        let question = Question::whether_another(None, Some(2), None);
        assert_eq!(question.field, Column::AnotherAgreement.name());
        assert!(question.es.contains("línea 2") && question.es.contains("«otro acuerdo»"));
        assert!(question.en.contains("Line 2") && question.en.contains("“another agreement”"));
    }
    for (one, other, name) in [
        ("1998", "1999", "Xi’an"),
        ("1998-03-15", "1998-03-16", "Xi’an"),
        ("1998", "1998-03-15", "Lyon"),
        // The same in all is a duplicate, which the store tells.
        ("1998", "1998", "Xi’an"),
        ("", "", "Xi’an"),
    ] {
        let found = outcomes(&[("Xi'an", one, ""), (name, other, "")]);
        assert_eq!(resembles(&found), [None, None], "{one} {other} {name}");
    }
}

#[test]
fn a_column_answers_that_it_is_another_agreement() {
    for yes in ["sí", "Si", "yes", "X", "otro"] {
        let found = outcomes(&[("Xi'an", "1998", ""), ("Xi'an", "1998-03-15", yes)]);
        assert_eq!(resembles(&found), [None, None], "{yes}");
    }
    for no in ["no", "", "-", "falso"] {
        let found = outcomes(&[("Xi'an", "1998", ""), ("Xi'an", "1998-03-15", no)]);
        assert_eq!(resembles(&found), [None, Some(2)], "{no}");
    }
    let unclear = outcomes(&[("Xi'an", "1998", "quizá")]);
    let question = asked(&unclear[0]).unwrap();
    let codes: Vec<&str> = question
        .candidates
        .iter()
        .map(|one| one.code.as_str())
        .collect();
    assert_eq!(
        (question.value.as_str(), codes),
        ("quizá", vec!["si", "no"])
    );
}

#[test]
fn only_rows_that_are_recorded_are_compared_with() {
    // The second is not recorded, so the third does not resemble anything.
    let found = outcomes(&[
        ("Xi'an", "1998-03", ""),
        ("Xi'an", "1998", ""),
        ("Xi'an", "1998-07", ""),
        ("Xi'an", "1998-03", ""),
    ]);
    assert_eq!(resembles(&found), [None, Some(2), None, None]);
}

#[test]
fn a_name_that_may_be_the_same_partner_is_asked_about() {
    for name in [
        "Ciudad de Xi'an",
        "Municipio de Xian",
        "Xi’an, Shaanxi",
        "Xi'an (China)",
    ] {
        for (one, other) in [("1998", "1998"), ("1998-03", "1998"), ("", "")] {
            let found = outcomes(&[("Xi'an", one, ""), (name, other, "")]);
            assert_eq!(resembles(&found), [None, Some(2)], "{name} {one} {other}");
        }
        let found = outcomes(&[("Xi'an", "1998", ""), (name, "1999", "")]);
        assert_eq!(resembles(&found), [None, None], "{name}");
        let found = outcomes(&[("Xi'an", "1998", ""), (name, "1998", "sí")]);
        assert_eq!(resembles(&found), [None, None], "{name}");
    }
    let found = outcomes(&[
        ("Taiping, Anhui", "1998", ""),
        ("Taiping, Sichuan", "1998", ""),
        ("Provincia de Taiping", "1998", ""),
    ]);
    assert_eq!(resembles(&found), [None, None, None]);
}
