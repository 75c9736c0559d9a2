//! The sources as words, signs, texts and groups, without comments. A library for it would be one
//! that macros are built with as well; as a dependency of a member it would have everything that
//! uses macros built once more for `cargo run` than for the tests.

use std::path::Path;

/// A piece of a source.
#[derive(Debug, PartialEq, Eq)]
pub enum Token {
    /// A name, a keyword, a number or a lifetime.
    Word(String),
    Sign(char),
    /// What a string holds.
    Text(String),
    /// What stands in brackets, by the opening one.
    Group(char, Vec<Token>),
}

pub struct Source {
    pub path: String,
    pub tokens: Vec<Token>,
}

impl Source {
    pub fn parse(path: &str, text: &str) -> Result<Self, String> {
        let letters: Vec<char> = text.chars().collect();
        let mut reader = Reader {
            letters: &letters,
            place: 0,
        };
        let tokens = reader
            .group(None)
            .map_err(|said| format!("{path}: {said}"))?;
        let path = path.to_owned();
        Ok(Self { path, tokens })
    }

    /// Shows every token with those before and after it in its group.
    pub fn each_token(&self, mut see: impl FnMut(&[Token], usize)) {
        walk(&self.tokens, &mut see);
    }
}

fn walk(row: &[Token], see: &mut impl FnMut(&[Token], usize)) {
    for (place, token) in row.iter().enumerate() {
        see(row, place);
        if let Token::Group(_, inside) = token {
            walk(inside, see);
        }
    }
}

/// Every Rust source below a folder, in the order of their names.
pub fn below(folder: &str) -> Result<Vec<Source>, String> {
    let mut sources = Vec::new();
    gather(Path::new(folder), &mut sources)?;
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(sources)
}

fn gather(folder: &Path, sources: &mut Vec<Source>) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in folder.read_dir().map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            gather(&path, sources)?;
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path).map_err(failed)?;
            sources.push(Source::parse(&path.display().to_string(), &text)?);
        }
    }
    Ok(())
}

/// Whether the token at `place` is this word.
pub fn is_word(row: &[Token], place: usize, word: &str) -> bool {
    matches!(row.get(place), Some(Token::Word(found)) if found == word)
}

/// Whether the token at `place` is this sign.
pub fn is_sign(row: &[Token], place: usize, sign: char) -> bool {
    row.get(place) == Some(&Token::Sign(sign))
}

/// Whether the token at `place` is a group that opens so.
pub fn is_group(row: &[Token], place: usize, opening: char) -> bool {
    matches!(row.get(place), Some(Token::Group(found, _)) if *found == opening)
}

/// Whether these signs end just before `place`.
pub fn follows(row: &[Token], place: usize, signs: [char; 2]) -> bool {
    place >= 2 && is_sign(row, place - 2, signs[0]) && is_sign(row, place - 1, signs[1])
}

struct Reader<'s> {
    letters: &'s [char],
    place: usize,
}

impl Reader<'_> {
    fn ahead(&self, more: usize) -> Option<char> {
        self.letters.get(self.place + more).copied()
    }

    fn starts(&self, text: &str) -> bool {
        let mut wanted = text.chars().enumerate();
        wanted.all(|(more, letter)| self.ahead(more) == Some(letter))
    }

    /// Reads up to the bracket that closes the group, or to the end of the source.
    fn group(&mut self, closing: Option<char>) -> Result<Vec<Token>, String> {
        let mut tokens = Vec::new();
        while let Some(letter) = self.ahead(0) {
            self.place += 1;
            match letter {
                _ if letter.is_whitespace() => {}
                '/' if self.ahead(0) == Some('/') => self.line(),
                '/' if self.ahead(0) == Some('*') => self.comment(),
                '(' => tokens.push(Token::Group(letter, self.group(Some(')'))?)),
                '[' => tokens.push(Token::Group(letter, self.group(Some(']'))?)),
                '{' => tokens.push(Token::Group(letter, self.group(Some('}'))?)),
                ')' | ']' | '}' if Some(letter) == closing => return Ok(tokens),
                ')' | ']' | '}' => return Err(format!("`{letter}` closes nothing")),
                '"' => tokens.push(Token::Text(self.text())),
                '\'' => tokens.extend(self.letter_or_lifetime()),
                _ if letter == '_' || letter.is_alphanumeric() => {
                    self.place -= 1;
                    tokens.push(self.word());
                }
                sign => tokens.push(Token::Sign(sign)),
            }
        }
        match closing {
            Some(closing) => Err(format!("`{closing}` is missing")),
            None => Ok(tokens),
        }
    }

    fn line(&mut self) {
        while self.ahead(0).is_some_and(|letter| letter != '\n') {
            self.place += 1;
        }
    }

    /// Comments of this kind stand in one another.
    fn comment(&mut self) {
        let mut depth = 1;
        self.place += 1;
        while depth > 0 && self.ahead(0).is_some() {
            match (self.ahead(0), self.ahead(1)) {
                (Some('/'), Some('*')) => (depth, self.place) = (depth + 1, self.place + 1),
                (Some('*'), Some('/')) => (depth, self.place) = (depth - 1, self.place + 1),
                _ => {}
            }
            self.place += 1;
        }
    }

    /// The rest of a string; what is escaped becomes a space, for it is no letter of a word.
    fn text(&mut self) -> String {
        let mut text = String::new();
        while let Some(letter) = self.ahead(0) {
            self.place += 1;
            match letter {
                '"' => break,
                '\\' => {
                    self.place += 1;
                    text.push(' ');
                }
                _ => text.push(letter),
            }
        }
        text
    }

    /// `'a'`, `'\''` or `'static`; a letter alone is nothing that a check looks for.
    fn letter_or_lifetime(&mut self) -> Option<Token> {
        if self.ahead(0) == Some('\\') {
            self.place += 2;
            while self.ahead(0).is_some_and(|letter| letter != '\'') {
                self.place += 1;
            }
            self.place += 1;
            None
        } else if self.ahead(1) == Some('\'') {
            self.place += 2;
            None
        } else {
            Some(self.word())
        }
    }

    /// A word; or, after `r`, `b`, `c` and the like, the string that they begin.
    fn word(&mut self) -> Token {
        for opening in ["b\"", "c\""] {
            if self.starts(opening) {
                self.place += 2;
                return Token::Text(self.text());
            }
        }
        for opening in ["r\"", "r#", "br\"", "br#", "cr\"", "cr#"] {
            if self.starts(opening)
                && let Some(text) = self.raw(opening.len() - 1)
            {
                return Token::Text(text);
            }
        }
        let rest = self.letters.iter().skip(self.place);
        let word: String = rest
            .take_while(|letter| **letter == '_' || letter.is_alphanumeric())
            .collect();
        self.place += word.chars().count().max(1);
        Token::Word(word)
    }

    /// A string without escapes, after its prefix: as many `#` as open it close it. A name such as
    /// `r#type` is none.
    fn raw(&mut self, prefix: usize) -> Option<String> {
        let hashes = (0..)
            .take_while(|more| self.ahead(prefix + more) == Some('#'))
            .count();
        if self.ahead(prefix + hashes) != Some('"') {
            return None;
        }
        self.place += prefix + hashes + 1;
        let end = format!("\"{}", "#".repeat(hashes));
        let mut text = String::new();
        while let Some(letter) = self.ahead(0) {
            if self.starts(&end) {
                self.place += end.len();
                break;
            }
            text.push(letter);
            self.place += 1;
        }
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<String> {
        let mut found = Vec::new();
        Source::parse("made_up.rs", source)
            .unwrap()
            .each_token(|row, place| {
                if let Some(Token::Text(text)) = row.get(place) {
                    found.push(text.clone());
                }
            });
        found
    }

    #[test]
    fn strings_are_read_in_every_spelling() {
        for source in [
            "\"x\"",
            "r\"x\"",
            "r#\"x\"#",
            "b\"x\"",
            "br##\"x\"##",
            "c\"x\"",
            "cr#\"x\"#",
            "f('\"', '\\'', \"x\")",
            "f::<'a>(b'\"', [(\"x\")])",
            "/* \" /* \" */ \" */ \"x\" // \"",
            "fn r#type<'r>(r: &'r str) { \"x\" }",
            "'\\u{22}' ; \"x\"",
            "macro!{ #[doc] \"x\" }",
        ] {
            assert_eq!(texts(source), ["x"], "{source}");
        }
        assert_eq!(texts("\"a\\\"b\" r#\"c\"d\"#"), ["a b", "c\"d"]);
        assert_eq!(
            texts("/// \"x\"\n//! \"y\"\nfn f() {}"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn brackets_that_do_not_match_are_an_error() {
        for source in ["fn f( {}", "fn f() }", "[)", "{"] {
            assert!(Source::parse("made_up.rs", source).is_err(), "{source}");
        }
    }

    #[test]
    fn tokens_keep_their_order_and_their_groups() {
        let source = Source::parse("made_up.rs", "pub fn f<'a>(x: &'a T) -> A::B { 1.5 }").unwrap();
        let row = source.tokens.as_slice();
        assert!(is_word(row, 0, "pub") && is_word(row, 2, "f") && is_word(row, 4, "a"));
        assert!(is_group(row, 6, '(') && follows(row, 9, ['-', '>']));
        assert!(follows(row, 12, [':', ':']) && is_group(row, 13, '{') && row.len() == 14);
    }
}
