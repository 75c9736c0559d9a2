use super::{Read, read_or_ask as read};
use crate::legal_date::LegalDate;

#[test]
fn reads_every_form() {
    for (text, expected) in [
        ("1990", "1990"),
        ("1990.0", "1990"),
        ("1990-03", "1990-03"),
        ("1990-03-14", "1990-03-14"),
        ("1990-03-14 00:00:00", "1990-03-14"),
        ("1990-03-14T00:00:00", "1990-03-14"),
        ("14/03/1990 12:00:00 a. m.", "1990-03-14"),
        ("14/03/1990", "1990-03-14"),
        ("4/3/1990", "1990-03-04"),
        ("4-3-1990", "1990-03-04"),
        ("14.03.1990", "1990-03-14"),
        ("3/1990", "1990-03"),
        ("14-mar-1990", "1990-03-14"),
        ("14/MAR/1990", "1990-03-14"),
        ("mar-1990", "1990-03"),
        ("14 de marzo de 1990", "1990-03-14"),
        ("14 de marzo del año 1990", "1990-03-14"),
        ("miércoles, 14 de marzo de 1990", "1990-03-14"),
        ("1º de septiembre de 1990", "1990-09-01"),
        ("primero de setiembre de 1990", "1990-09-01"),
        ("Marzo de 1990", "1990-03"),
        ("March 14, 1990", "1990-03-14"),
        ("March 2nd, 1990", "1990-03-02"),
        ("14 March 1990", "1990-03-14"),
        ("29/02/2000", "2000-02-29"),
        ("1998/03/15", "1998-03-15"),
        ("1998.03.15", "1998-03-15"),
        ("1998-3-5", "1998-03-05"),
        ("15/III/1998", "1998-03-15"),
        ("15-xii-1998", "1998-12-15"),
        ("19980315", "1998-03-15"),
    ] {
        assert_eq!(
            read(text),
            Read::Date(LegalDate::parse(expected).unwrap()),
            "{text}"
        );
    }
}

#[test]
fn a_number_of_a_spreadsheet_means_one_of_two_days() {
    let days = ["1998-03-15", "2002-03-16"].map(|day| LegalDate::parse(day).unwrap());
    assert_eq!(read("35869"), Read::Serial(days.clone()));
    assert_eq!(read("35869.5"), Read::Serial(days.clone()));
    assert_eq!(read("35869.0"), Read::Serial(days));
}

#[test]
fn refuses_what_never_was_or_may_mean_two_things() {
    for text in [
        "31/02/2001",
        "2001-02-31",
        "3000",
        "31/12/3000",
        "03/14/1990",
        "29/02/1900",
        "0/1/1990",
        "1990-3",
        "14 de brumario de 1990",
        "ayer",
        "-1/2/1990",
        "+1/2/1990",
        "12345",
        "99999",
        "358690",
        "19981503",
        "V-1998",
        "15031998",
        "12:30",
    ] {
        assert_eq!(read(text), Read::Nothing, "{text}");
    }
}

#[test]
fn what_is_near_a_date_is_asked_about() {
    for (text, days) in [
        ("15-mar-98", &["1998-03-15", "2098-03-15"][..]),
        ("1/1/90", &["1990-01-01", "2090-01-01"]),
        ("15 de marzo de 98", &["1998-03-15", "2098-03-15"]),
        ("mar-98", &["1998-03", "2098-03"]),
        ("1998-1999", &["1998", "1999"]),
        ("1998/1999", &["1998", "1999"]),
        ("1998 a 1999", &["1998", "1999"]),
        ("1998-99", &["1998", "1999"]),
        ("1998*", &["1998"]),
        ("ca. 1998", &["1998"]),
        ("1998 (aprox.)", &["1998"]),
        ("¿1998?", &["1998"]),
        ("hacia marzo de 1998", &["1998-03"]),
        ("01/01/1904", &["1904-01-01"]),
    ] {
        let days = days.iter().map(|day| LegalDate::parse(day).unwrap());
        assert_eq!(read(text), Read::Asked(days.collect()), "{text}");
    }
}

#[test]
fn the_zero_of_a_spreadsheet_is_no_date() {
    for text in [
        "30/12/1899",
        "1899-12-30 00:00:00",
        "31/12/1899",
        "1900-01-00",
        "00/01/1900",
        "0-ene-1900",
        "01/01/1900",
        "1/0/1900",
        "1900-01-01T00:00:00",
    ] {
        assert_eq!(read(text), Read::Zero, "{text}");
    }
    for text in ["02/01/1900", "1900", "1990-01-01"] {
        assert!(matches!(read(text), Read::Date(_)), "{text}");
    }
}
