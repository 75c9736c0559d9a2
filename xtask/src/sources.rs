//! The sources as the compiler reads them: as items, and as a sequence of words. Words also cover
//! the arguments of macros, where it is not known what will become an item.

use std::path::Path;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::Lit;
use syn::ext::IdentExt;

/// A source without comments; its words and texts also leave out documentation.
pub struct Source {
    pub path: String,
    pub file: syn::File,
    /// Names and keywords; each bracket, and each character of an operator. A quotation mark stands
    /// for a string or a number.
    words: Vec<String>,
    /// The contents of the strings.
    pub texts: Vec<String>,
}

impl Source {
    pub fn parse(path: &str, text: &str) -> Result<Self, String> {
        let failed = |error: syn::Error| format!("{path}: {error}");
        let tokens: TokenStream = syn::parse_str(text).map_err(failed)?;
        let mut source = Self {
            path: path.to_owned(),
            file: syn::parse2(tokens.clone()).map_err(failed)?,
            words: Vec::new(),
            texts: Vec::new(),
        };
        source.read(tokens);
        Ok(source)
    }

    /// Applies `judge` to each word, with all the words before and after it.
    pub fn find(
        &self,
        judge: impl Fn(&[&str], &str, &[&str]) -> Option<&'static str>,
    ) -> Vec<&'static str> {
        let words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        let places = 0..words.len();
        let found = places.filter_map(|place| match words.split_at(place) {
            (before, [word, after @ ..]) => judge(before, word, after),
            _ => None,
        });
        found.collect()
    }

    fn read(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => self.read_group(&group),
                TokenTree::Ident(name) => self.words.push(name.unraw().to_string()),
                TokenTree::Punct(sign) => self.words.push(sign.as_char().to_string()),
                TokenTree::Literal(literal) => {
                    self.words.push("\"".to_owned());
                    self.texts.extend(match Lit::new(literal) {
                        Lit::Str(text) => Some(text.value()),
                        Lit::ByteStr(text) => Some(String::from_utf8_lossy(&text.value()).into()),
                        Lit::CStr(text) => Some(text.value().to_string_lossy().into()),
                        _ => None,
                    });
                }
            }
        }
    }

    fn read_group(&mut self, group: &Group) {
        let (opening, closing) = match group.delimiter() {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Brace => ("{", "}"),
            Delimiter::Bracket if is_documentation(group) => return,
            Delimiter::Bracket => ("[", "]"),
            Delimiter::None => ("", ""),
        };
        self.words.push(opening.to_owned());
        self.read(group.stream());
        self.words.push(closing.to_owned());
    }
}

/// Whether these brackets hold what was a `///` or `//!` comment.
fn is_documentation(group: &Group) -> bool {
    let inside: Vec<TokenTree> = group.stream().into_iter().collect();
    matches!(
        inside.as_slice(),
        [TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Literal(_)] if name == "doc"
    )
}

/// Every Rust source below a folder.
pub fn below(folder: &str) -> Result<Vec<Source>, String> {
    let texts = texts(folder)?;
    let sources = texts.iter().map(|(path, text)| Source::parse(path, text));
    sources.collect()
}

/// The path and text of every Rust source below a folder, sorted by path.
pub fn texts(folder: &str) -> Result<Vec<(String, String)>, String> {
    let mut texts = Vec::new();
    gather(Path::new(folder), &mut texts)?;
    texts.sort();
    Ok(texts)
}

fn gather(folder: &Path, texts: &mut Vec<(String, String)>) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("cannot read {}: {error}", folder.display());
    for entry in folder.read_dir().map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            gather(&path, texts)?;
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path).map_err(failed)?;
            texts.push((path.display().to_string(), text));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_read_in_every_spelling_and_documentation_is_not() {
        for source in [
            "const X: T = \"x\";",
            "const X: T = r#\"x\"#;",
            "const X: T = br##\"x\"##;",
            "const X: T = c\"\\x78\";",
            "/* \"y\" */ const X: T = f('\"', b'\"', [\"x\"]); // \"y\"",
            "//! \"y\"\n/// \"y\"\nfn f() { made!{ /// \"y\"\n \"x\" } }",
        ] {
            let source = Source::parse("made_up.rs", source).unwrap();
            assert_eq!(source.texts, ["x"]);
        }
        assert!(Source::parse("made_up.rs", "fn f( {}").is_err());
    }
}
