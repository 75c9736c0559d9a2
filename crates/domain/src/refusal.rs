//! Refusals: one type for why something was not done, from the rules up to the HTTP answer.

use crate::problems::Problem;
use serde::Serialize;
use std::borrow::Cow;
use utoipa::ToSchema;

/// The result of every rule and every store function.
pub type Result<T> = std::result::Result<T, Refusal>;

/// One sentence in the two languages of the interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Mexican Spanish, the default.
    pub es: Cow<'static, str>,
    /// English.
    pub en: Cow<'static, str>,
}

impl Said {
    /// A sentence in both languages.
    pub fn new(es: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Self {
        Self {
            es: es.into(),
            en: en.into(),
        }
    }

    /// The sentence in the requested language.
    pub fn pick(&self, spanish: bool) -> &str {
        if spanish { &self.es } else { &self.en }
    }
}

/// An error at one place of a request body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// JSON Pointer (RFC 6901) into the body; empty for the body as a whole.
    pub pointer: String,
    /// Stable machine code, such as `required` or `unknown_key`.
    pub code: &'static str,
    /// What to do about it.
    pub said: Said,
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
            internal: None,
        }
    }

    /// Sets the details of this case.
    #[must_use]
    pub fn saying(
        mut self,
        es: impl Into<Cow<'static, str>>,
        en: impl Into<Cow<'static, str>>,
    ) -> Self {
        self.said = Some(Said::new(es, en));
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
    pub fn field(
        pointer: impl Into<String>,
        code: &'static str,
        es: impl Into<Cow<'static, str>>,
        en: impl Into<Cow<'static, str>>,
    ) -> Self {
        let mut checks = Checks::default();
        checks.add(pointer, code, es, en);
        Self {
            errors: checks.0,
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

/// Collects everything wrong with a value, so that the client gets it all in one answer.
#[derive(Debug, Default)]
pub struct Checks(pub Vec<FieldError>);

impl Checks {
    /// Adds one error.
    pub fn add(
        &mut self,
        pointer: impl Into<String>,
        code: &'static str,
        es: impl Into<Cow<'static, str>>,
        en: impl Into<Cow<'static, str>>,
    ) {
        self.0.push(FieldError {
            pointer: pointer.into(),
            code,
            said: Said::new(es, en),
        });
    }

    /// Requires text that is not empty, has at most `max` characters, and has no control characters
    /// except line breaks and tabs.
    pub fn text(&mut self, pointer: &str, value: &str, max: usize) {
        if value.trim().is_empty() {
            self.add(
                pointer,
                "required",
                "Escriba un texto; no puede quedar vacío.",
                "Write a text; it cannot be empty.",
            );
        }
        self.optional_text(pointer, Some(value), max);
    }

    /// The same limits for text that may be missing or empty.
    pub fn optional_text(&mut self, pointer: &str, value: Option<&str>, max: usize) {
        let Some(value) = value else { return };
        if value.chars().count() > max {
            self.add(
                pointer,
                "too_long",
                format!("Acorte el texto a {max} caracteres."),
                format!("Shorten the text to {max} characters."),
            );
        }
        if value
            .chars()
            .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        {
            self.add(
                pointer,
                "control_characters",
                "Quite los caracteres de control.",
                "Remove the control characters.",
            );
        }
    }

    /// Requires at most `max` items in a list.
    pub fn at_most(&mut self, pointer: &str, len: usize, max: usize) {
        if len > max {
            self.add(
                pointer,
                "too_many",
                format!("No más de {max} elementos."),
                format!("No more than {max} items."),
            );
        }
    }

    /// Succeeds if there are no errors; otherwise refuses with `problem` and all of them.
    pub fn finish(self, problem: Problem) -> Result<()> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Refusal {
                errors: self.0,
                ..Refusal::new(problem)
            })
        }
    }
}

/// A sentence as it stands in answers that carry both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct BilingualText {
    /// Mexican Spanish.
    pub es: String,
    /// English.
    pub en: String,
}

impl From<&Said> for BilingualText {
    fn from(said: &Said) -> Self {
        Self {
            es: said.es.to_string(),
            en: said.en.to_string(),
        }
    }
}
