//! The values that are taken at one place of a request, as a refusal names them.

use super::Said;
use crate::catalogs::{self, Catalog};
use crate::limits::MAX_ADMITTED;
use crate::wording;
use std::borrow::Cow;

/// The values that are taken at one place of a request: all of them, or of many the first ones and
/// where the others are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Admitted {
    values: Vec<String>,
    list: Option<Cow<'static, str>>,
    cut: bool,
}

impl Admitted {
    /// These values; beyond [`MAX_ADMITTED`] the rest is left out.
    pub fn of<T: Into<String>>(values: impl IntoIterator<Item = T>) -> Self {
        let mut values = values.into_iter().map(Into::into);
        let first = values.by_ref().take(MAX_ADMITTED).collect();
        Self {
            values: first,
            list: None,
            cut: values.next().is_some(),
        }
    }

    /// No values here: they are records of the caller, listed at this address.
    pub fn only_at(list: impl Into<Cow<'static, str>>) -> Self {
        Self::default().at(list)
    }

    /// The keys of a catalogue.
    pub fn keys(catalog: Catalog) -> Self {
        let codes = catalogs::entries(catalog).iter().map(|entry| &*entry.code);
        Self::of(codes).at(catalog.address())
    }

    /// Adds the address of the whole list.
    #[must_use]
    pub fn at(mut self, list: impl Into<Cow<'static, str>>) -> Self {
        self.list = Some(list.into());
        self
    }

    /// The values, or the first of them.
    pub fn values(&self) -> &[String] {
        &self.values
    }

    /// The address of the whole list, if it is more than the values or changes.
    pub fn list(&self) -> Option<&str> {
        self.list.as_deref()
    }

    /// Whether nothing is known of what is taken.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty() && self.list.is_none()
    }

    /// Whether there are more values than it holds.
    pub fn is_cut(&self) -> bool {
        self.cut
    }

    /// The sentence that names the values, or says where they are.
    pub fn said(&self) -> Option<Said> {
        let values = self.values.join(", ");
        let all = !self.values.is_empty() && !self.cut;
        Some(match (&self.list, all) {
            (None, true) => wording::common::admitted(values),
            (Some(list), true) => wording::common::admitted_see(values, list),
            (Some(list), false) => wording::common::whole_list(list),
            (None, false) if self.cut => wording::common::admitted_among(values),
            (None, false) => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_values_are_named_and_many_have_an_address() {
        let few = Admitted::of(["a", "b"]);
        assert_eq!(few.said().unwrap().es, "Se admite: a, b.");
        assert_eq!(few.said().unwrap().en, "Admitted: a, b.");
        assert!(!few.is_cut());

        let exactly = Admitted::of((0..MAX_ADMITTED).map(|number| number.to_string()));
        assert!(!exactly.is_cut());
        let many = Admitted::of((0..=MAX_ADMITTED).map(|number| number.to_string()));
        assert_eq!((many.values().len(), many.is_cut()), (MAX_ADMITTED, true));

        let countries = Admitted::keys(Catalog::Countries);
        assert_eq!(countries.values().len(), MAX_ADMITTED);
        assert_eq!(countries.list(), Some("/v1/catalogs/countries"));
        let said = countries.said().unwrap();
        assert!(said.es.ends_with("está en /v1/catalogs/countries."));
        assert!(!said.es.contains("AD"));

        let clauses = Admitted::keys(Catalog::Clauses).said().unwrap();
        assert!(clauses.en.contains("objective") && clauses.en.contains("/v1/catalogs/clauses"));
        assert_eq!(Admitted::default().said(), None);
        assert!(Admitted::default().is_empty() && !Admitted::only_at("/v1/bodies").is_empty());
    }
}
