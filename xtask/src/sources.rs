//! The sources as the compiler's own words.

use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

pub struct Source {
    pub path: String,
    pub file: syn::File,
    pub tokens: TokenStream,
}

impl Source {
    pub fn parse(path: &str, text: &str) -> Result<Self, String> {
        let file = syn::parse_file(text).map_err(|error| format!("{path}: {error}"))?;
        let tokens = text.parse().map_err(|error| format!("{path}: {error}"))?;
        let path = path.to_owned();
        Ok(Self { path, file, tokens })
    }

    /// Shows every token with those before and after it in its group; documentation left out.
    pub fn each_token(&self, mut see: impl FnMut(&[TokenTree], usize)) {
        walk(self.tokens.clone(), &mut see);
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

fn walk(tokens: TokenStream, see: &mut impl FnMut(&[TokenTree], usize)) {
    let row: Vec<TokenTree> = tokens.into_iter().collect();
    for (place, token) in row.iter().enumerate() {
        see(&row, place);
        if let TokenTree::Group(group) = token
            && !is_documentation(group)
        {
            walk(group.stream(), see);
        }
    }
}

/// A comment for the documentation is `#[doc = "..."]` to the compiler.
fn is_documentation(group: &proc_macro2::Group) -> bool {
    group.delimiter() == Delimiter::Bracket
        && matches!(group.stream().into_iter().next(), Some(TokenTree::Ident(first)) if first == "doc")
}

/// Whether the token at `place` is this word.
pub fn is_word(row: &[TokenTree], place: usize, word: &str) -> bool {
    matches!(row.get(place), Some(TokenTree::Ident(found)) if found == word)
}

/// Whether the token at `place` is this sign.
pub fn is_sign(row: &[TokenTree], place: usize, sign: char) -> bool {
    matches!(row.get(place), Some(TokenTree::Punct(found)) if found.as_char() == sign)
}

/// Whether the token at `place` is a group in these brackets.
pub fn is_group(row: &[TokenTree], place: usize, brackets: Delimiter) -> bool {
    matches!(row.get(place), Some(TokenTree::Group(found)) if found.delimiter() == brackets)
}

/// Whether `::` ends just before `place`.
pub fn follows_path(row: &[TokenTree], place: usize) -> bool {
    place >= 2 && is_sign(row, place - 1, ':') && is_sign(row, place - 2, ':')
}
