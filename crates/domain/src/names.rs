//! What a name must be, in requests and in files alike.

use crate::damage::{Damage, damage};
use crate::nothing::is_no_name;
use crate::refusal::{Checks, Said};
use crate::text::fold;
use crate::wording;

/// Whether a name has a letter that people see. A name of symbols or invisible characters could not
/// be found again, and all such names would be one another's duplicate.
pub fn has_letter(name: &str) -> bool {
    fold(name).chars().any(char::is_alphabetic)
}

/// Whether a name holds a sign that people do not see and that no script needs: it would make two
/// records of names that look alike, or show a name backwards. Arabic, Hebrew and the scripts of India
/// need marks of direction and joiners.
pub fn has_hidden_sign(name: &str) -> bool {
    let hidden = |sign| {
        matches!(
            sign,
            '\u{00AD}' | '\u{200B}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
                | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}'
        )
    };
    name.chars().any(hidden)
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

    /// Requires a name that stays on record and is compared with others: it also says something, on
    /// one line, and shows all that it holds. The rule of files and requests alike.
    pub fn recorded_name(&mut self, pointer: &str, value: &str, max: usize) {
        self.name(pointer, value, max);
        if has_letter(value) {
            if is_no_name(value) {
                self.add(pointer, "required", wording::common::no_name());
            }
            self.one_line(pointer, value);
        }
    }

    /// Requires a text without line breaks and without signs that people do not see.
    pub fn one_line(&mut self, pointer: &str, value: &str) {
        if value.contains(['\n', '\r', '\t']) || has_hidden_sign(value) {
            self.add(
                pointer,
                "control_characters",
                wording::common::control_characters(),
            );
        }
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
    fn a_recorded_name_says_something_on_one_line() {
        for (name, expected) in [
            ("Lyon", &[][..]),
            ("Nan", &[]),
            ("S/N", &["required"]),
            ("N/D", &["required"]),
            ("Pendiente", &["required"]),
            ("(en blanco)", &["required"]),
            ("Total: 23", &["required"]),
            ("", &["required"]),
            ("\u{200B}\u{2060}", &["letterless"]),
            ("L\u{200B}yon", &["control_characters"]),
            ("Lyon\u{202E}", &["control_characters"]),
            ("Ly\non", &["control_characters"]),
            ("\u{0645}\u{06CC}\u{200C}\u{0631}\u{0648}\u{062F}", &[]),
        ] {
            let mut checks = Checks::default();
            checks.recorded_name("/name", name, 300);
            let errors = checks.finish(Problem::ValidationFailed).err();
            let codes: Vec<_> = errors.map_or_else(Vec::new, |refusal| {
                refusal.errors.iter().map(|error| error.code).collect()
            });
            assert_eq!(codes, expected, "{name:?}");
        }
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
