//! Where scopes and actors are made: a scope opens the store, and an actor is what the policy makes
//! it from.

use crate::sources::{Source, Token, follows, is_group, is_sign, is_word};

const PATH: [char; 2] = [':', ':'];
const ARROW: [char; 2] = ['-', '>'];

pub fn findings(source: &Source) -> Vec<&'static str> {
    let mut found = Vec::new();
    source.each_token(|row, place| {
        for name in ["scope", "operator"] {
            if is_word(row, place, name) && follows(row, place, PATH) && !is_others(row, place) {
                found.push(name);
            }
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

/// A `scope` of another library's: of routes, of threads.
fn is_others(row: &[Token], place: usize) -> bool {
    ["web", "thread"]
        .into_iter()
        .any(|module| place >= 3 && is_word(row, place - 3, module))
}

/// `policy::{scope}`, `policy::*` or `policy as other`: a maker that could then be called without
/// being seen.
fn brings_in_scope(row: &[Token], place: usize) -> bool {
    let path = is_sign(row, place + 1, ':') && is_sign(row, place + 2, ':');
    let named = match row.get(place + 3) {
        Some(Token::Group('{', inside)) => (0..inside.len()).any(|n| is_word(inside, n, "scope")),
        _ => is_sign(row, place + 3, '*'),
    };
    is_word(row, place + 1, "as") || path && named
}

/// A name before braces, unless the braces are those of its definition or of a function's body.
fn is_made(row: &[Token], place: usize) -> bool {
    let mut start = place;
    while follows(row, start, PATH) && start >= 3 {
        start -= 3;
    }
    let defined = ["impl", "struct", "for", "enum", "mod"]
        .into_iter()
        .any(|word| place > 0 && is_word(row, place - 1, word));
    is_group(row, place + 1, '{') && !defined && !follows(row, start, ARROW)
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
            "fn f() { web::scope(\"\"); std::thread::scope(|scope| scope.spawn(f)) }",
        ] {
            assert_eq!(found(source), Vec::<&str>::new(), "{source}");
        }
    }
}
