//! What the sender of a file says about it: what its columns mean and how it is encoded.

use super::columns::Column;
use crate::charsets::Encoding;
use crate::external_ids::check_system;
use crate::problems::Problem;
use crate::refusal::{Admitted, Checks, FieldError, Result};
use crate::wording;
use strum::VariantArray;

/// How to read a file where its headings or bytes do not say it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// Headings and what they mean; None where the column is to be left out.
    pub columns: Vec<(String, Option<Column>)>,
    /// Headings of columns with ids of the office, and the system whose ids they are.
    pub external_ids: Vec<(String, String)>,
    /// The encoding.
    pub encoding: Option<Encoding>,
}

/// The word that leaves a column out.
const IGNORE: &str = "ignore";

impl Reading {
    /// Reads what a sender writes: `municipality=Mpio.` or `ignore=Fecha de captura` for columns,
    /// `folio=siga-jalisco` for ids, and the key of an encoding such as `cp850`. Refused with
    /// everything that is wrong; `/column/0` points to the first column.
    pub fn of(columns: &[String], external_ids: &[String], encoding: Option<&str>) -> Result<Self> {
        let mut checks = Checks::default();
        let mut reading = Self::default();
        for (at, text) in columns.iter().enumerate() {
            match column(text) {
                Some(named) => reading.columns.push(named),
                None => {
                    let said = wording::imports::column_meaning();
                    let error = FieldError::new(format!("/column/{at}"), "invalid_value", said);
                    checks.push(error.admitting(meanings()));
                }
            }
        }
        for (at, text) in external_ids.iter().enumerate() {
            match pair(text) {
                Some((heading, system)) => {
                    check_system(&format!("/external_id/{at}"), system, &mut checks);
                    reading
                        .external_ids
                        .push((heading.to_owned(), system.to_owned()));
                }
                None => checks.add(
                    format!("/external_id/{at}"),
                    "malformed",
                    wording::imports::external_id_column(),
                ),
            }
        }
        if let Some(text) = encoding {
            match text.parse() {
                Ok(encoding) => reading.encoding = Some(encoding),
                Err(_) => {
                    let said = wording::imports::encoding();
                    let error = FieldError::new("/encoding", "invalid_value", said);
                    checks.push(error.admitting(encodings()));
                }
            }
        }
        checks.finish(Problem::ValidationFailed)?;
        Ok(reading)
    }
}

fn column(text: &str) -> Option<(String, Option<Column>)> {
    let (meaning, heading) = pair(text)?;
    let column = if meaning == IGNORE {
        None
    } else {
        Some(meaning.parse().ok()?)
    };
    Some((heading.to_owned(), column))
}

/// The two sides of the first equals sign, neither of them empty.
fn pair(text: &str) -> Option<(&str, &str)> {
    let (left, right) = text.split_once('=')?;
    let (left, right) = (left.trim(), right.trim());
    (!left.is_empty() && !right.is_empty()).then_some((left, right))
}

fn meanings() -> Admitted {
    let words = Column::VARIANTS.iter().map(|column| column.name());
    Admitted::of(words.chain([IGNORE])).at("/v1/imports/columns")
}

fn encodings() -> Admitted {
    Admitted::of(Encoding::VARIANTS.iter().map(<&str>::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|&text| text.to_owned()).collect()
    }

    #[test]
    fn reads_what_a_sender_writes() {
        let columns = texts(&["municipality=Mpio.", " ignore = Fecha=captura "]);
        let reading = Reading::of(&columns, &texts(&["folio=siga"]), Some("cp850")).unwrap();
        assert_eq!(
            reading,
            Reading {
                columns: vec![
                    ("Mpio.".into(), Some(Column::Municipality)),
                    ("Fecha=captura".into(), None),
                ],
                external_ids: vec![("folio".into(), "siga".into())],
                encoding: Some(Encoding::Cp850),
            }
        );
        assert_eq!(Reading::of(&[], &[], None).unwrap(), Reading::default());
    }

    #[test]
    fn says_what_would_be_right() {
        for (columns, ids, encoding, pointer, right) in [
            (
                &["mpio=Municipio"][..],
                &[][..],
                None,
                "/column/0",
                "municipality",
            ),
            (
                &["municipality"],
                &[],
                None,
                "/column/0",
                "municipality=Mpio.",
            ),
            (
                &[],
                &["folio"],
                None,
                "/external_id/0",
                "folio=siga-jalisco",
            ),
            (&[], &["=x"], None, "/external_id/0", "folio=siga-jalisco"),
            (&[], &[], Some("latin-1"), "/encoding", "windows-1252"),
        ] {
            let refusal = Reading::of(&texts(columns), &texts(ids), encoding).unwrap_err();
            assert_eq!(refusal.errors[0].pointer, pointer);
            assert!(refusal.errors[0].said.en.contains(right));
        }
    }
}
