//! A text in the two languages, and how texts are put together.

use std::borrow::Cow;
use std::fmt::Display;

/// A text in the two languages of the interface. Only [`crate::wording`] makes one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[expect(
    clippy::manual_non_exhaustive,
    reason = "the attribute would still let this crate write a text of its own"
)]
pub struct Said {
    /// Mexican Spanish, the default.
    pub es: Cow<'static, str>,
    /// English.
    pub en: Cow<'static, str>,
    /// Keeps other modules from writing a text of their own.
    here: (),
}

impl Said {
    pub(super) const fn fixed(es: &'static str, en: &'static str) -> Self {
        Self {
            es: Cow::Borrowed(es),
            en: Cow::Borrowed(en),
            here: (),
        }
    }

    pub(super) fn new(es: String, en: String) -> Self {
        Self {
            es: Cow::Owned(es),
            en: Cow::Owned(en),
            here: (),
        }
    }

    /// A text that stands in a file of `data/`.
    pub(crate) fn from_data(
        es: impl Into<Cow<'static, str>>,
        en: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            es: es.into(),
            en: en.into(),
            here: (),
        }
    }

    /// A proper name, which is the same in both languages.
    pub fn name(name: impl Into<String>) -> Self {
        let name = name.into();
        Self::new(name.clone(), name)
    }

    /// The text in the requested language.
    pub fn pick(&self, spanish: bool) -> &str {
        if spanish { &self.es } else { &self.en }
    }

    /// This sentence and another one after it.
    #[must_use]
    pub fn and(&self, next: &Self) -> Self {
        Self::new(
            format!("{} {}", self.es, next.es),
            format!("{} {}", self.en, next.en),
        )
    }

    /// The same text in quotation marks: «» in Spanish, “” in English.
    #[must_use]
    pub fn quoted(&self) -> Self {
        Self::new(format!("«{}»", self.es), format!("“{}”", self.en))
    }

    /// The sentence without its full stop, to go on after it.
    #[must_use]
    pub fn unfinished(&self) -> Self {
        let cut = |text: &str| text.trim_end_matches('.').to_owned();
        Self::new(cut(&self.es), cut(&self.en))
    }

    /// The texts in a row, with commas.
    pub fn listed(texts: &[Self]) -> Self {
        let join = |spanish| {
            let texts: Vec<&str> = texts.iter().map(|text| text.pick(spanish)).collect();
            texts.join(", ")
        };
        Self::new(join(true), join(false))
    }

    /// The texts in a row, the last one after “or”.
    pub fn one_of(texts: &[Self]) -> Self {
        let join = |spanish, or: &str| {
            let texts: Vec<&str> = texts.iter().map(|text| text.pick(spanish)).collect();
            match texts.as_slice() {
                [] => String::new(),
                [only] => (*only).to_owned(),
                [first @ .., last] => format!("{}{or}{last}", first.join(", ")),
            }
        };
        Self::new(join(true, " o "), join(false, " or "))
    }
}

/// What a text can show in the place of a parameter: anything that is shown the same in both
/// languages, or another text.
pub trait Part {
    /// As a Spanish text shows it.
    fn es(&self) -> impl Display;
    /// As an English text shows it.
    fn en(&self) -> impl Display;
}

impl<T: Display> Part for T {
    fn es(&self) -> impl Display {
        self
    }

    fn en(&self) -> impl Display {
        self
    }
}

impl Part for Said {
    fn es(&self) -> impl Display {
        &self.es
    }

    fn en(&self) -> impl Display {
        &self.en
    }
}

impl Part for &Said {
    fn es(&self) -> impl Display {
        &self.es
    }

    fn en(&self) -> impl Display {
        &self.en
    }
}
