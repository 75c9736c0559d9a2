//! Where scopes and actors are made: a scope opens the store, and an actor is what the policy makes
//! it from.

use proc_macro2::{Delimiter, TokenTree};

use crate::sources::{Source, follows_path, is_group, is_sign, is_word};

pub fn findings(source: &Source) -> Vec<&'static str> {
    let mut found = Vec::new();
    source.each_token(|row, place| {
        if follows_path(row, place) && is_word(row, place, "scope") {
            found.push("scope");
        }
        if follows_path(row, place) && is_word(row, place, "operator") {
            found.push("operator");
        }
        if is_word(row, place, "policy") && brings_in_scope(row, place) {
            found.push("imported");
        }
        for name in ["Actor", "Scope"] {
            if is_word(row, place, name) && is_made(row, place) {
                found.push(name);
            }
        }
    });
    found
}

/// `policy::{scope}`, `policy::*` or `policy as other`: a maker that could then be called without
/// being seen.
fn brings_in_scope(row: &[TokenTree], place: usize) -> bool {
    let names_it = |group: &TokenTree| {
        let TokenTree::Group(group) = group else {
            return false;
        };
        let mut inside = group.stream().into_iter();
        inside.any(|token| matches!(token, TokenTree::Ident(word) if word == "scope"))
    };
    let path = is_sign(row, place + 1, ':') && is_sign(row, place + 2, ':');
    is_word(row, place + 1, "as")
        || path && (is_sign(row, place + 3, '*') || row.get(place + 3).is_some_and(names_it))
}

/// A name before braces, unless the braces are those of its definition or of a function's body.
fn is_made(row: &[TokenTree], place: usize) -> bool {
    let before =
        |words: &[&str]| place > 0 && words.iter().any(|word| is_word(row, place - 1, word));
    let returned = place > 1 && is_sign(row, place - 1, '>') && is_sign(row, place - 2, '-');
    // `-> vinculo_auth::Scope {`: the path may be of any length.
    let path = follows_path(row, place) && {
        let mut start = place;
        while follows_path(row, start) && start >= 3 {
            start -= 3;
        }
        start > 1 && is_sign(row, start - 1, '>') && is_sign(row, start - 2, '-')
    };
    is_group(row, place + 1, Delimiter::Brace)
        && !before(&["impl", "struct", "for", "enum", "mod"])
        && !returned
        && !path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&'static str> {
        findings(&Source::parse("made_up.rs", text).unwrap())
    }

    #[test]
    fn each_maker_is_found() {
        for (source, what) in [
            ("fn f() { policy::scope(None, kind, action) }", "scope"),
            (
                "fn f() { vinculo_auth::policy::scope(None, kind, action) }",
                "scope",
            ),
            ("fn f() { actors.map(policy::scope) }", "scope"),
            ("use vinculo_auth::policy::scope;", "scope"),
            ("use vinculo_auth::policy::{Kind, scope};", "imported"),
            ("use vinculo_auth::policy::*;", "imported"),
            ("use vinculo_auth::policy as other;", "imported"),
            ("fn f() { Some(&Actor::operator()) }", "operator"),
            ("fn f() { let a = Actor { tenant, ..actor }; }", "Actor"),
            (
                "fn f() { match x { y => vinculo_auth::Actor { tenant } } }",
                "Actor",
            ),
            ("fn f() -> Scope { vec![Scope { actor }] }", "Scope"),
        ] {
            assert_eq!(found(source), [what], "{source}");
        }
    }

    #[test]
    fn what_only_passes_them_on_is_not_found() {
        for source in [
            "struct Actor { tenant: String } impl Actor { fn f(&self) {} } impl Made for Actor {}",
            "fn f(actor: &Actor) -> Scope { ctx.scope() }",
            "fn f() -> vinculo_auth::Scope { upkeep() }",
            "/// policy::scope(None)\nfn scope() {}",
            "use vinculo_auth::{Action, policy};",
        ] {
            assert_eq!(found(source), Vec::<&str>::new(), "{source}");
        }
    }
}
