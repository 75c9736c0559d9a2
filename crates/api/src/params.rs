//! Query parameters, starting with the shared ones.

mod values;

pub use values::{Instant, Several, several};

use crate::keys::{self, Keys};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use utoipa::IntoParams;
use utoipa::openapi::path::Parameter;
use vinculo_domain::catalogs;
use vinculo_domain::legal_date::{DateRange, LegalDate};
use vinculo_domain::limits::{MAX_PARAMETER_TEXT, MAX_PARAMETERS, MAX_SEARCH_TEXT};
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::{Admitted, Checks};
use vinculo_domain::text::fold;
use vinculo_domain::wording;
use vinculo_domain::{FieldError, Refusal, Result};

/// The parameters of every list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListParams {
    /// How many items, 1 to 200.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// Where to go on: the `next_cursor` of the page before.
    #[param(max_length = 1000)]
    pub cursor: Option<String>,
    /// Whether to count the whole list too.
    pub count: Option<bool>,
}

/// The parameters of a list that offers no count.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[expect(
    dead_code,
    reason = "for the document; the page is read by the parameters of every list"
)]
#[into_params(parameter_in = Query)]
pub struct PageParams {
    /// How many items, 1 to 200.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// Where to go on: the `next_cursor` of the page before.
    #[param(max_length = 1000)]
    pub cursor: Option<String>,
}

/// The parameter of every write.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WriteParams {
    /// Do everything but keep it.
    pub dry_run: Option<bool>,
}

/// Splits a query string into its decoded pairs.
pub fn pairs(query: &str) -> Result<Vec<(String, String)>> {
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_str(query).map_err(|_error| unreadable())?;
    if pairs.len() > MAX_PARAMETERS {
        return Err(unreadable());
    }
    Ok(pairs)
}

/// Refuses unknown and repeated parameters, and texts that are too long or cannot be stored.
pub fn check_names(pairs: &[(String, String)], known: &[String]) -> Result<()> {
    let mut checks = Checks::default();
    for (i, (name, value)) in pairs.iter().enumerate() {
        let twice = pairs.iter().skip(i + 1).any(|(other, _)| other == name);
        let most = if name == "q" {
            MAX_SEARCH_TEXT
        } else {
            MAX_PARAMETER_TEXT
        };
        if !known.contains(name) {
            checks.push(unknown(name, known));
        } else if twice {
            let said = wording::requests::parameter_once();
            checks.add(name, "repeated", said);
        } else if value.chars().count() > most {
            checks.add(name, "too_long", wording::requests::value_too_long(most));
        } else if value.contains('\0') {
            checks.add(
                name,
                "control_characters",
                wording::common::control_characters(),
            );
        }
    }
    checks.finish(Problem::InvalidParameter)
}

/// The error of a parameter that the operation does not take, with those that it takes.
fn unknown(name: &str, known: &[String]) -> FieldError {
    let said = wording::requests::unknown_parameter();
    let error = FieldError::new(name, "unknown_parameter", said);
    if known.is_empty() {
        let none = wording::requests::no_parameters();
        return FieldError {
            said: error.said.and(&none),
            ..error
        };
    }
    error.admitting(Admitted::of(known.iter().map(String::as_str)))
}

/// Refuses keys that are in no catalogue, a search without a letter or digit, and a range that ends
/// before it begins: none could find anything. Keys of governments are looked up in the store.
pub fn check_values(pairs: &[(String, String)], declared: &[Parameter]) -> Result<()> {
    let mut checks = Checks::default();
    for (name, value) in pairs {
        let is_key = |catalog| {
            let mut given = keys::given(declared, name, value).into_iter();
            given.all(|key| catalogs::contains(catalog, key))
        };
        match keys::of(name) {
            Some(Keys::Catalog(catalog)) if !is_key(catalog) => {
                let error = FieldError::unknown_key(name, catalog);
                checks.push(FieldError {
                    code: INVALID_VALUE,
                    ..error
                });
            }
            _ if name == "q" && fold(value).is_empty() => {
                checks.add(name, "no_letters", wording::requests::no_letters())
            }
            _ => {}
        }
    }
    check_ranges(pairs, &mut checks);
    checks.finish(Problem::InvalidParameter)
}

/// Refuses a range that ends before it begins: it could find nothing. Its two parameters are told
/// by their names: `signed_from` and `signed_to`.
fn check_ranges(pairs: &[(String, String)], checks: &mut Checks) {
    for (from, begins) in pairs {
        let Some(stem) = from.strip_suffix("_from") else {
            continue;
        };
        let to = format!("{stem}_to");
        let end = pairs.iter().find(|(name, _)| *name == to);
        let range = DateRange {
            from: LegalDate::parse(begins).ok(),
            to: end.and_then(|(_, ends)| LegalDate::parse(ends).ok()),
        };
        if range.is_reversed() {
            let said = wording::requests::range(from, &to);
            checks.add(to, "before_start", said);
        }
    }
}

/// Converts the pairs to the type that an operation takes. All its fields are optional, so each
/// pair can be tried alone to find the invalid ones.
pub fn typed<T: DeserializeOwned>(pairs: &[(String, String)]) -> Result<T> {
    let read = |pairs: &[(String, String)]| -> Option<T> {
        let text = serde_urlencoded::to_string(pairs).ok()?;
        serde_urlencoded::from_str(&text).ok()
    };
    read(pairs).ok_or_else(|| {
        let alone = pairs.iter();
        let culprits = alone.filter(|pair| read(std::slice::from_ref(*pair)).is_none());
        let errors: Vec<FieldError> = culprits.map(|(name, _)| not_taken(name)).collect();
        Refusal {
            errors,
            ..Refusal::new(Problem::InvalidParameter)
        }
    })
}

/// The code of a value that is none of those that are taken. The answer lists them.
pub const INVALID_VALUE: &str = "invalid_value";

fn not_taken(name: &str) -> FieldError {
    let said = wording::requests::parameter_value();
    FieldError::new(name, INVALID_VALUE, said)
}

/// The refusal of the value of one parameter. Which values it takes is added from the document
/// before the refusal is answered.
pub fn wrong(name: &str) -> Refusal {
    Refusal {
        errors: vec![not_taken(name)],
        ..Refusal::new(Problem::InvalidParameter)
    }
}

/// The refusal of a query string that cannot be taken apart, or has too many parameters.
fn unreadable() -> Refusal {
    Refusal::new(Problem::InvalidParameter)
        .saying(wording::requests::unreadable_parameters(MAX_PARAMETERS))
}
