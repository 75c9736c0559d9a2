//! Where scopes and actors are made: a scope opens the store, and the policy makes a scope from an
//! actor.

use crate::sources::Source;

pub fn findings(source: &Source) -> Vec<&'static str> {
    source.find(|before, word, after| match (before, word, after) {
        // A `scope` of another library, for routes or threads.
        ([.., "web" | "thread", ":", ":"], "scope", _) => None,
        ([.., ":", ":"], "scope", _) => Some("scope"),
        ([.., ":", ":"], "operator", _) => Some("operator"),
        // Imported under another name, a maker could be called without being found here.
        (_, "policy", ["as", ..] | [":", ":", "*", ..]) => Some("imported"),
        (_, "policy", [":", ":", "{", names @ ..]) if brings_scope(names) => Some("imported"),
        (_, "Actor", ["{", ..]) if is_made(before) => Some("Actor"),
        (_, "Scope", ["{", ..]) if is_made(before) => Some("Scope"),
        _ => None,
    })
}

fn brings_scope(names: &[&str]) -> bool {
    let mut names = names.iter().take_while(|name| **name != ";");
    names.any(|name| *name == "scope")
}

/// Braces after a name can also belong to its definition or to a function's body.
fn is_made(mut before: &[&str]) -> bool {
    let defined = matches!(before, [.., "impl" | "struct" | "for" | "enum" | "mod"]);
    while let [start @ .., _, ":", ":"] = before {
        before = start;
    }
    !defined && !matches!(before, [.., "-", ">"])
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
            ("use vinculo_auth::policy::{tier::{A}, scope};", "imported"),
            ("fn f() { policy::r#scope(None, kind, action) }", "scope"),
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
            "fn f() -> vinculo_auth::Scope { maintenance() }",
            "/// policy::scope(None)\nfn scope() {}",
            "use vinculo_auth::{Action, policy};",
            "fn f() { web::scope(\"\"); std::thread::scope(|scope| scope.spawn(f)) }",
        ] {
            assert_eq!(found(source), Vec::<&str>::new(), "{source}");
        }
    }
}
