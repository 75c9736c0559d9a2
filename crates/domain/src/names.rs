//! What a name must be, in requests and in files alike.

use crate::damage::{Damage, damage};
use crate::refusal::{Checks, Said};
use crate::text::fold;
use crate::wording;

/// Whether a name has a letter that people see. A name of symbols or invisible characters could not
/// be found again, and all such names would be one another's duplicate.
pub fn has_letter(name: &str) -> bool {
    fold(name).chars().any(char::is_alphabetic)
}

/// What is said of a name without a letter.
pub fn letterless() -> Said {
    wording::common::letterless()
}

impl Checks {
    /// Requires the name of somebody or something: text with a letter, whose letters were not damaged
    /// on the way.
    pub fn name(&mut self, pointer: &str, value: &str, max: usize) {
        self.text(pointer, value, max);
        if !value.trim().is_empty() && !has_letter(value) {
            self.add(pointer, "letterless", letterless());
        }
        self.whole(pointer, value);
    }

    /// Requires letters that were not damaged on the way.
    pub fn whole(&mut self, pointer: &str, value: &str) {
        match damage(value) {
            None => {}
            Some(Damage::Lost | Damage::Doubtful) => self.add(
                pointer,
                "unreadable_characters",
                wording::common::unreadable_letters(),
            ),
            Some(Damage::Repairable(right)) => self.add(
                pointer,
                "unreadable_characters",
                wording::common::misread(right),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problems::Problem;

    fn codes(name: &str) -> Vec<&'static str> {
        let mut checks = Checks::default();
        checks.name("/name", name, 300);
        let errors = checks.finish(Problem::ValidationFailed).err();
        errors.map_or_else(Vec::new, |refusal| {
            refusal.errors.iter().map(|error| error.code).collect()
        })
    }

    #[test]
    fn a_name_has_letters_and_they_are_whole() {
        for (name, expected) in [
            ("Kioto", &[][..]),
            ("東京", &[]),
            ("Санкт-Петербург", &[]),
            ("", &["required"]),
            ("---", &["letterless"]),
            ("\u{200B}\u{2060}", &["letterless"]),
            ("123", &["letterless"]),
            ("☺", &["letterless"]),
            ("M?laga", &["unreadable_characters"]),
            ("MÃ¡laga", &["unreadable_characters"]),
            ("M√°laga", &["unreadable_characters"]),
            ("Bogot?", &["unreadable_characters"]),
            ("?vila", &["unreadable_characters"]),
            ("Bogot=E1", &["unreadable_characters"]),
            ("LYON*", &[]),
        ] {
            assert_eq!(codes(name), expected, "{name:?}");
        }
    }
}
