//! How the document describes a legal date, and one of which the day must be known.

use super::LegalDate;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type};
use utoipa::{PartialSchema, ToSchema};

/// The valid days of 1800 to 2200: those of any year, and 29 February of leap years.
macro_rules! days {
    () => {
        concat!(
            "(1[89][0-9]{2}|2[01][0-9]{2}|2200)-",
            "(02-(0[1-9]|1[0-9]|2[0-8])",
            "|(0[469]|11)-(0[1-9]|[12][0-9]|30)",
            "|(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01]))",
            "|",
            "(2000|(1[89]|2[01])(0[48]|[2468][048]|[13579][26]))-02-29",
        )
    };
}

/// A year, a month or a day.
const DATE: &str = concat!(
    "^(",
    "(1[89][0-9]{2}|2[01][0-9]{2}|2200)(-(0[1-9]|1[0-2]))?",
    "|",
    days!(),
    ")$",
);

/// A day.
const DAY: &str = concat!("^(", days!(), ")$");

impl PartialSchema for LegalDate {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some(DATE))
            .description(Some(
                "A plain date with its precision: year, month or day (America/Mexico_City).",
            ))
            .examples([serde_json::json!("1990-03-14")])
            .into()
    }
}

impl ToSchema for LegalDate {}

/// The schema of a [`LegalDate`] field that takes a day and neither a month nor a year. Values are
/// read as legal dates, so the document names the same years.
pub enum WholeDay {}

impl PartialSchema for WholeDay {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)))
            .pattern(Some(DAY))
            .description(Some(
                "A day of the years 1800 to 2200 (America/Mexico_City).",
            ))
            .examples([serde_json::json!("2027-06-30")])
            .into()
    }
}

impl ToSchema for WholeDay {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_patterns_take_what_the_reader_takes() {
        let date = regex::Regex::new(DATE).unwrap();
        let day = regex::Regex::new(DAY).unwrap();
        let (mut taken, mut days) = (0, 0);
        let mut same = |text: &str| {
            let read = LegalDate::parse(text);
            assert_eq!(date.is_match(text), read.is_ok(), "{text}");
            let whole = read.as_ref().is_ok_and(LegalDate::is_whole_day);
            assert_eq!(day.is_match(text), whole, "{text}");
            taken += u32::from(read.is_ok());
            days += u32::from(whole);
        };
        for year in 1795..=2205 {
            same(&format!("{year}"));
            for month in 0..=13 {
                same(&format!("{year}-{month:02}"));
                for day in 0..=32 {
                    same(&format!("{year}-{month:02}-{day:02}"));
                }
            }
        }
        for text in [
            "",
            "199",
            "1990-1",
            "1990-1-1",
            "1990-01-1",
            "1990-",
            "19900101",
            "1990-01-01 ",
        ] {
            same(text);
        }
        // 401 years, their months, and the days of 400 years with 97 leap days.
        assert_eq!(days, 146_097 + 365);
        assert_eq!(taken, 401 + 401 * 12 + days);
    }
}
