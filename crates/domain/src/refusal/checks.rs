//! Collects what is wrong with a value.

use super::{FieldError, Refusal, Result, Said};
use crate::catalogs::{self, Catalog};
use crate::limits::MAX_ERRORS;
use crate::problems::Problem;
use crate::wording;

/// Collects everything wrong with a value, so that the client gets it all in one answer.
#[derive(Debug, Default)]
pub struct Checks(pub Vec<FieldError>);

impl Checks {
    /// Adds one error.
    pub fn add(&mut self, pointer: impl Into<String>, code: &'static str, said: Said) {
        self.push(FieldError::new(pointer, code, said));
    }

    /// Adds one error, unless there are so many already that nobody reads more.
    pub fn push(&mut self, error: FieldError) {
        if self.0.len() < MAX_ERRORS {
            self.0.push(error);
        }
    }

    /// Requires a key of a catalogue.
    pub fn key(&mut self, pointer: impl Into<String>, catalog: Catalog, key: &str) {
        if !catalogs::contains(catalog, key) {
            self.push(FieldError::unknown_key(pointer, catalog));
        }
    }

    /// Requires text that is not empty, has at most `max` characters, and has no control characters
    /// except line breaks and tabs.
    pub fn text(&mut self, pointer: &str, value: &str, max: usize) {
        if value.trim().is_empty() {
            self.add(pointer, "required", wording::common::required_text());
        }
        self.optional_text(pointer, Some(value), max);
    }

    /// The same limits for text that may be missing or empty.
    pub fn optional_text(&mut self, pointer: &str, value: Option<&str>, max: usize) {
        let Some(value) = value else { return };
        if value.chars().count() > max {
            self.add(pointer, "too_long", wording::common::text_too_long(max));
        }
        if value
            .chars()
            .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        {
            self.add(
                pointer,
                "control_characters",
                wording::common::control_characters(),
            );
        }
    }

    /// Requires at most `max` items in a list.
    pub fn at_most(&mut self, pointer: &str, len: usize, max: usize) {
        if len > max {
            self.add(pointer, "too_many", wording::common::too_many(max));
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
