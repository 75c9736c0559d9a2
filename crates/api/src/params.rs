//! Query parameters, starting with the shared ones.

mod values;

pub use values::{Instant, Several, several};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use utoipa::IntoParams;
use vinculo_domain::limits::{MAX_PARAMETER_TEXT, MAX_PARAMETERS, MAX_SEARCH_TEXT};
use vinculo_domain::problems::Problem;
use vinculo_domain::{FieldError, Refusal, Result, Said};

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
        serde_urlencoded::from_str(query).map_err(|_error| wrong(""))?;
    match pairs.get(MAX_PARAMETERS) {
        Some((beyond, _)) => Err(wrong(beyond)),
        None => Ok(pairs),
    }
}

/// Refuses unknown and repeated parameters.
pub fn check_names(pairs: &[(String, String)], known: &[String]) -> Result<()> {
    for (i, (name, value)) in pairs.iter().enumerate() {
        let twice = pairs.iter().skip(i + 1).any(|(other, _)| other == name);
        let too_long = value.chars().count()
            > if name == "q" {
                MAX_SEARCH_TEXT
            } else {
                MAX_PARAMETER_TEXT
            };
        if twice || too_long || !known.contains(name) || value.contains('\0') {
            return Err(wrong(name));
        }
    }
    Ok(())
}

/// Converts the pairs to the type that an operation takes. All its fields are optional, so each
/// pair can be tried alone to find the invalid one.
pub fn typed<T: DeserializeOwned>(pairs: &[(String, String)]) -> Result<T> {
    let read = |pairs: &[(String, String)]| -> Option<T> {
        let text = serde_urlencoded::to_string(pairs).ok()?;
        serde_urlencoded::from_str(&text).ok()
    };
    read(pairs).ok_or_else(|| {
        let culprit = pairs
            .iter()
            .find(|pair| read(std::slice::from_ref(*pair)).is_none());
        wrong(culprit.map_or("", |(name, _)| name))
    })
}

/// The refusal of one parameter.
pub fn wrong(name: &str) -> Refusal {
    let said = Said::new(
        format!(
            "El parámetro «{name}» no existe aquí, se repite o tiene un valor que no se admite."
        ),
        format!(
            "The parameter “{name}” does not exist here, is repeated or has a value that is not taken."
        ),
    );
    Refusal {
        errors: vec![FieldError {
            pointer: name.to_owned(),
            code: "invalid_parameter",
            said,
        }],
        ..Refusal::new(Problem::InvalidParameter)
    }
}
