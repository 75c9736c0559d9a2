//! The public doors of the store: each function wants a transaction or a scope, and none shows a
//! connection or a table.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Field, FnArg, ImplItemFn, Item, ItemFn, Signature, Type, Visibility};

use crate::sources::Source;

const CRATE: &str = "crates/persistence/src/";
const STORES: &str = "crates/persistence/src/stores/";
/// The modules that the crate shows; all others are its own.
const SHOWN: [&str; 2] = ["posture", "stores"];
/// What must not be shown.
const HIDDEN: [&str; 7] = [
    "Conn",
    "LoadConnection",
    "PgConnection",
    "PooledConnection",
    "SimpleConnection",
    "SqliteConnection",
    "schema",
];

pub fn violations(sources: &[Source]) -> Vec<String> {
    let ours = sources
        .iter()
        .filter(|source| source.path.starts_with(CRATE));
    let mut doors = 0;
    let mut found = Vec::new();
    for source in ours {
        let mut look = Look {
            path: &source.path,
            doors: 0,
            found: Vec::new(),
        };
        look.visit_file(&source.file);
        doors += look.doors;
        found.extend(look.found);
    }
    if doors == 0 {
        found.push(format!("{STORES} has no public function: is it elsewhere?"));
    }
    found
}

struct Look<'s> {
    path: &'s str,
    doors: usize,
    found: Vec<String>,
}

impl Look<'_> {
    fn say(&mut self, what: impl std::fmt::Display) {
        self.found.push(format!("{}: {what}", self.path));
    }

    fn door(&mut self, signature: &Signature) {
        let name = &signature.ident;
        self.shows(name, signature.to_token_stream());
        if self.path.starts_with(STORES) {
            self.doors += 1;
            if !signature.inputs.iter().any(is_key) {
                self.say(format!("`{name}` wants neither a transaction nor a scope"));
            }
        }
    }

    fn shows(&mut self, name: impl std::fmt::Display, tokens: TokenStream) {
        if let Some(hidden) = mentions(tokens) {
            self.say(format!("`{name}` shows `{hidden}`"));
        }
    }
}

/// `&mut ReadTx`, `&mut WriteTx` or `&Scope`.
fn is_key(argument: &FnArg) -> bool {
    let FnArg::Typed(argument) = argument else {
        return false;
    };
    let Type::Reference(reference) = &*argument.ty else {
        return false;
    };
    let Type::Path(path) = &*reference.elem else {
        return false;
    };
    path.path.segments.last().is_some_and(|name| {
        let changing = name.ident == "ReadTx" || name.ident == "WriteTx";
        changing && reference.mutability.is_some() || name.ident == "Scope"
    })
}

fn mentions(tokens: TokenStream) -> Option<&'static str> {
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Ident(word) => HIDDEN.into_iter().find(|hidden| word == hidden),
        TokenTree::Group(group) => mentions(group.stream()),
        _ => None,
    })
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

impl<'ast> Visit<'ast> for Look<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            Item::Mod(module) if is_public(&module.vis) => {
                let name = module.ident.to_string();
                if self.path == format!("{CRATE}lib.rs") && !SHOWN.contains(&name.as_str()) {
                    self.say(format!("the module `{name}` is shown"));
                }
            }
            Item::Use(item) if is_public(&item.vis) => {
                self.shows("use", item.tree.to_token_stream());
            }
            Item::Type(item) if is_public(&item.vis) => {
                self.shows(&item.ident, item.ty.to_token_stream());
            }
            Item::Enum(item) if is_public(&item.vis) => {
                self.shows(&item.ident, item.variants.to_token_stream());
            }
            // The functions of a trait have no word of their own that says who may call them.
            Item::Trait(item) if is_public(&item.vis) && self.path.starts_with(STORES) => {
                self.say(format!("`{}` is a public trait", item.ident));
            }
            _ => {}
        }
        visit::visit_item(self, item);
    }

    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        if is_public(&function.vis) {
            self.door(&function.sig);
        }
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast ImplItemFn) {
        if is_public(&function.vis) {
            self.door(&function.sig);
        }
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_field(&mut self, field: &'ast Field) {
        if is_public(&field.vis) {
            self.shows("a field", field.ty.to_token_stream());
        }
        visit::visit_field(self, field);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(path: &str, text: &str) -> String {
        let door = "pub fn get(tx: &mut crate::ReadTx<'_>) {}";
        let sources = [("stores/door.rs", door), (path, text)]
            .map(|(path, text)| Source::parse(&format!("{CRATE}{path}"), text).unwrap());
        violations(&sources).join("; ").replace(CRATE, "")
    }

    #[test]
    fn a_door_without_a_key_is_found() {
        for source in [
            "pub fn get(id: Uuid) {}",
            "pub async fn get(db: &Db, id: Uuid) {}",
            "pub fn get(tx: &ReadTx<'_>) {}",
            "pub fn get(tx: Scope) {}",
            "impl Store { pub fn get(&self, id: Uuid) {} }",
            "mod inner { pub fn get(actor: &Actor) {} }",
        ] {
            let expected = "stores/a.rs: `get` wants neither a transaction nor a scope";
            assert_eq!(said("stores/a.rs", source), expected, "{source}");
        }
        assert_eq!(
            said("stores/a.rs", "pub trait T {}"),
            "stores/a.rs: `T` is a public trait"
        );
        assert!(!violations(&[]).is_empty(), "stores that are elsewhere");
    }

    #[test]
    fn a_connection_that_shows_is_found() {
        for (path, source, what) in [
            (
                "stores/a.rs",
                "pub fn get(tx: &mut WriteTx<'_>, conn: &mut Conn) {}",
                "`get` shows `Conn`",
            ),
            (
                "tx.rs",
                "pub struct ReadTx<'c> { pub conn: &'c mut Conn }",
                "`a field` shows `Conn`",
            ),
            (
                "db.rs",
                "impl Db { pub fn take(&self) -> PooledConnection<M> {} }",
                "`take` shows `PooledConnection`",
            ),
            (
                "db.rs",
                "pub type Link = diesel::PgConnection;",
                "`Link` shows `PgConnection`",
            ),
            (
                "lib.rs",
                "pub use conn::{Conn, Engine};",
                "`use` shows `Conn`",
            ),
            (
                "lib.rs",
                "pub use schema as tables;",
                "`use` shows `schema`",
            ),
            ("lib.rs", "pub mod pool;", "the module `pool` is shown"),
        ] {
            assert_eq!(said(path, source), format!("{path}: {what}"), "{source}");
        }
    }

    #[test]
    fn the_doors_as_designed_pass() {
        for (path, source) in [
            (
                "stores/a.rs",
                "pub fn get(tx: &mut ReadTx<'_>, id: Uuid) {} pub(crate) fn find(conn: &mut Conn) {}",
            ),
            (
                "tx.rs",
                "pub struct ReadTx<'c> { pub(crate) conn: &'c mut Conn }",
            ),
            (
                "lib.rs",
                "mod conn; mod schema; pub mod stores; pub use conn::Engine;",
            ),
        ] {
            assert_eq!(said(path, source), "", "{source}");
        }
    }
}
