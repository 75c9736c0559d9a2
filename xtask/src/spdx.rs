//! Decides whether a licence expression can be met with the licences we accept.
//!
//! The grammar is SPDX's: `WITH` binds closest, then `AND`, then `OR`; a slash is the `OR` of
//! older manifests.

/// True when some choice the expression offers consists of accepted licences only. `accepts`
/// is asked for `Licence` and for `Licence WITH Exception`.
pub fn satisfied(expression: &str, accepts: &dyn Fn(&str) -> bool) -> Result<bool, String> {
    let mut reader = Reader {
        tokens: tokens(expression),
        position: 0,
        accepts,
    };
    let verdict = reader
        .alternatives()
        .map_err(|error| format!("`{expression}`: {error}"))?;
    match reader.peek() {
        None => Ok(verdict),
        Some(extra) => Err(format!("`{expression}`: unexpected `{extra}`")),
    }
}

fn tokens(expression: &str) -> Vec<String> {
    let mut spaced = String::new();
    for character in expression.chars() {
        match character {
            '(' | ')' => spaced.extend([' ', character, ' ']),
            '/' => spaced.push_str(" OR "),
            other => spaced.push(other),
        }
    }
    spaced.split_whitespace().map(str::to_owned).collect()
}

struct Reader<'a> {
    tokens: Vec<String>,
    position: usize,
    accepts: &'a dyn Fn(&str) -> bool,
}

impl Reader<'_> {
    fn peek(&self) -> Option<&str> {
        self.tokens.get(self.position).map(String::as_str)
    }

    fn take(&mut self, wanted: &str) -> bool {
        let found = self
            .peek()
            .is_some_and(|token| token.eq_ignore_ascii_case(wanted));
        if found {
            self.position += 1;
        }
        found
    }

    fn alternatives(&mut self) -> Result<bool, String> {
        let mut verdict = self.conjunction()?;
        while self.take("OR") {
            verdict |= self.conjunction()?;
        }
        Ok(verdict)
    }

    fn conjunction(&mut self) -> Result<bool, String> {
        let mut verdict = self.term()?;
        while self.take("AND") {
            verdict &= self.term()?;
        }
        Ok(verdict)
    }

    fn term(&mut self) -> Result<bool, String> {
        if self.take("(") {
            let verdict = self.alternatives()?;
            return if self.take(")") {
                Ok(verdict)
            } else {
                Err("missing `)`".to_owned())
            };
        }
        let licence = self.name()?;
        if self.take("WITH") {
            let exception = self.name()?;
            return Ok((self.accepts)(&format!("{licence} WITH {exception}")));
        }
        Ok((self.accepts)(&licence))
    }

    fn name(&mut self) -> Result<String, String> {
        let is_word = |token: &str| ["AND", "OR", "WITH", "(", ")"].contains(&token);
        match self.peek() {
            Some(token) if !is_word(token) => {
                let name = token.to_owned();
                self.position += 1;
                Ok(name)
            }
            Some(token) => Err(format!("a licence was expected before `{token}`")),
            None => Err("a licence was expected at the end".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(expression: &str) -> Result<bool, String> {
        let accepted = ["MIT", "Apache-2.0", "ISC", "Apache-2.0 WITH LLVM-exception"];
        satisfied(expression, &|licence| accepted.contains(&licence))
    }

    #[test]
    fn one_licence_is_accepted_or_not() {
        assert_eq!(verdict("MIT"), Ok(true));
        assert_eq!(verdict("GPL-3.0-only"), Ok(false));
    }

    #[test]
    fn any_choice_may_meet_an_or() {
        assert_eq!(verdict("GPL-3.0-only OR MIT"), Ok(true));
        assert_eq!(verdict("GPL-3.0-only OR MPL-2.0"), Ok(false));
    }

    #[test]
    fn every_part_must_meet_an_and() {
        assert_eq!(verdict("MIT AND ISC"), Ok(true));
        assert_eq!(verdict("MIT AND GPL-3.0-only"), Ok(false));
    }

    #[test]
    fn and_binds_closer_than_or() {
        assert_eq!(verdict("MIT OR ISC AND GPL-3.0-only"), Ok(true));
        assert_eq!(verdict("(MIT OR ISC) AND GPL-3.0-only"), Ok(false));
        assert_eq!(verdict("GPL-3.0-only AND MIT OR ISC"), Ok(true));
    }

    #[test]
    fn an_exception_belongs_to_its_licence() {
        assert_eq!(verdict("Apache-2.0 WITH LLVM-exception"), Ok(true));
        assert_eq!(verdict("MIT WITH LLVM-exception"), Ok(false));
        assert_eq!(
            verdict("GPL-2.0 WITH Classpath-exception-2.0 OR MIT"),
            Ok(true)
        );
    }

    #[test]
    fn the_old_slash_means_or() {
        assert_eq!(verdict("GPL-3.0/MIT"), Ok(true));
        assert_eq!(verdict("Apache-2.0 / MIT"), Ok(true));
        assert_eq!(verdict("GPL-3.0/MPL-2.0"), Ok(false));
    }

    #[test]
    fn parentheses_nest() {
        let long = "ISC AND (Apache-2.0 OR ISC) AND ((GPL-3.0-only OR (MIT)) AND MIT)";
        assert_eq!(verdict(long), Ok(true));
    }

    #[test]
    fn a_broken_expression_is_an_error_not_a_pass() {
        for broken in [
            "", "MIT OR", "(MIT", "MIT)", "MIT ISC", "AND MIT", "MIT WITH",
        ] {
            assert!(verdict(broken).is_err(), "{broken}");
        }
    }
}
