//! Refusals: one type for why something was not done, from the rules up to the HTTP answer.

mod admitted;
mod checks;
mod hint;

pub use crate::wording::Said;
pub use admitted::Admitted;
pub use checks::Checks;
pub use hint::{ExistingRecord, Whose};

use crate::catalogs::Catalog;
use crate::problems::Problem;
use crate::wording;
use serde::Serialize;
use utoipa::ToSchema;

/// The result of every rule and every store function.
pub type Result<T> = std::result::Result<T, Refusal>;

/// An error at one place of a request body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// JSON Pointer (RFC 6901) into the body; empty for the body as a whole.
    pub pointer: String,
    /// Stable machine code, such as `required` or `unknown_key`.
    pub code: &'static str,
    /// What to do about it.
    pub said: Said,
    /// What would be taken there, as far as it can be listed.
    pub admitted: Admitted,
    /// The record that has this value already, if the caller may see it.
    pub existing: Option<ExistingRecord>,
}

impl FieldError {
    /// An error at one place, with what to do about it.
    pub fn new(pointer: impl Into<String>, code: &'static str, said: Said) -> Self {
        Self {
            pointer: pointer.into(),
            code,
            said,
            admitted: Admitted::default(),
            existing: None,
        }
    }

    /// A key that a catalogue does not have.
    pub fn unknown_key(pointer: impl Into<String>, catalog: Catalog) -> Self {
        let said = wording::common::unknown_key();
        Self::new(pointer, "unknown_key", said).admitting(Admitted::keys(catalog))
    }

    /// Names what would be taken, in the text too.
    #[must_use]
    pub fn admitting(mut self, admitted: Admitted) -> Self {
        if let Some(said) = admitted.said() {
            self.said = self.said.and(&said);
        }
        self.admitted = admitted;
        self
    }

    /// Names the record that has this value already; only for a caller who may see it.
    #[must_use]
    pub fn existing(mut self, existing: Option<ExistingRecord>) -> Self {
        self.existing = existing;
        self
    }
}

/// What stands beside a refusal as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hint {
    /// Who may do what was refused.
    pub whose: Whose,
    /// The record that is there already, if the caller may see it.
    pub existing: Option<ExistingRecord>,
}

/// A refusal: a problem of the committed list, the details of this case, and the fields concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The problem of the list.
    pub problem: Problem,
    /// The details of this case; the list's own text if absent.
    pub said: Option<Said>,
    /// The fields concerned, if any.
    pub errors: Vec<FieldError>,
    /// Who may do it, or what is there already; in a box, because most refusals have neither.
    pub hint: Option<Box<Hint>>,
    /// For the log only; never sent to a client.
    pub internal: Option<String>,
}

impl Refusal {
    /// A refusal with the list's own text.
    pub fn new(problem: Problem) -> Self {
        Self {
            problem,
            said: None,
            errors: Vec::new(),
            hint: None,
            internal: None,
        }
    }

    /// Sets the details of this case.
    #[must_use]
    pub fn saying(mut self, said: Said) -> Self {
        self.said = Some(said);
        self
    }

    /// Says who may do this, in the text too.
    #[must_use]
    pub fn naming(mut self, whose: Whose) -> Self {
        let problem = self.problem;
        let own = self.said.take();
        let own = own.or_else(|| problem.text().map(|text| text.detail.clone()));
        self.said = match (own, whose.said()) {
            (Some(own), Some(who)) => Some(own.and(&who)),
            (own, who) => own.or(who),
        };
        let existing = self.hint.and_then(|hint| hint.existing);
        self.hint = Some(Box::new(Hint { whose, existing }));
        self
    }

    /// Whether it says who may do this.
    pub fn names_somebody(&self) -> bool {
        self.hint
            .as_ref()
            .is_some_and(|hint| !hint.whose.roles.is_empty())
    }

    /// Names the record that is there already; only for a caller who may see it. The text does not
    /// change, so that nobody learns from it whether the record is in sight.
    #[must_use]
    pub fn existing(mut self, existing: Option<ExistingRecord>) -> Self {
        if existing.is_some() {
            let mut hint = self.hint.unwrap_or_default();
            hint.existing = existing;
            self.hint = Some(hint);
        }
        self
    }

    /// A failure of the server itself; `context` goes only to the log.
    pub fn internal(context: impl Into<String>) -> Self {
        Self {
            internal: Some(context.into()),
            ..Self::new(Problem::Internal)
        }
    }

    /// Invalid content of one field.
    pub fn field(pointer: impl Into<String>, code: &'static str, said: Said) -> Self {
        FieldError::new(pointer, code, said).into()
    }
}

impl From<FieldError> for Refusal {
    /// Invalid content at one place.
    fn from(error: FieldError) -> Self {
        Self {
            errors: vec![error],
            ..Self::new(Problem::ValidationFailed)
        }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let code: &'static str = self.problem.into();
        write!(f, "{code}")?;
        for error in &self.errors {
            write!(f, "; {}: {}", error.pointer, error.said.en)?;
        }
        if let Some(internal) = &self.internal {
            write!(f, ": {internal}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Refusal {}

/// A sentence as it stands in answers that carry both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
#[non_exhaustive]
pub struct BilingualText {
    /// Mexican Spanish.
    pub es: String,
    /// English.
    pub en: String,
}

impl From<Said> for BilingualText {
    fn from(said: Said) -> Self {
        (&said).into()
    }
}

impl From<&Said> for BilingualText {
    fn from(said: &Said) -> Self {
        Self {
            es: said.es.to_string(),
            en: said.en.to_string(),
        }
    }
}
