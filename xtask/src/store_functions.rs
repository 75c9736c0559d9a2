//! The public functions of the store: each takes a transaction or a scope, and none exposes a
//! connection or a table.

use syn::ext::IdentExt;
use syn::visit::{self, Visit};
use syn::{
    Attribute, Block, Field, FnArg, Ident, ImplItem, Item, ItemImpl, ItemMod, ItemStruct, Macro,
    Signature, Type, Visibility,
};

use crate::sources::Source;

const CRATE: &str = "crates/persistence/src/";
const STORES: &str = "crates/persistence/src/stores/";
/// The modules that the crate makes public; all others are private.
const SHOWN: [&str; 3] = ["alarms", "startup_checks", "stores"];
/// Names that must not be exposed.
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
    let mut functions = 0;
    let mut found = Vec::new();
    let ours = sources.iter().filter(|one| one.path.starts_with(CRATE));
    for source in ours {
        let mut shown = Shown {
            path: &source.path,
            functions: 0,
            faults: Vec::new(),
        };
        shown.visit_file(&source.file);
        functions += shown.functions;
        let faults = shown.faults.into_iter();
        found.extend(faults.map(|said| format!("{}: {said}", source.path)));
    }
    if functions == 0 {
        found.push(format!("{STORES} has no public function: is it elsewhere?"));
    }
    found
}

/// What one source exposes, how many functions of the stores it has, and what is wrong with it.
struct Shown<'s> {
    path: &'s str,
    functions: usize,
    faults: Vec<String>,
}

impl Shown<'_> {
    /// The name of a public item; records a fault if the item exposes a hidden name.
    fn name(&mut self, see: impl FnOnce(&mut Names)) -> Option<String> {
        let mut names = Names::default();
        see(&mut names);
        // An import is named after the place it comes from.
        let name = names.all.first().filter(|_| names.public == Some(true))?;
        let mut hidden = HIDDEN.into_iter();
        if let Some(hidden) = hidden.find(|hidden| names.all.iter().any(|name| name == hidden)) {
            self.faults.push(format!("`{name}` shows `{hidden}`"));
        }
        Some(name.clone())
    }

    fn function(&mut self, name: &str, signature: &Signature) {
        self.functions += 1;
        if !signature.inputs.iter().any(is_key) {
            let said = format!("`{name}` wants neither a transaction nor a scope");
            self.faults.push(said);
        }
    }
}

impl<'s> Visit<'s> for Shown<'_> {
    fn visit_item(&mut self, item: &'s Item) {
        if let Some(name) = self.name(|names| names.visit_item(item)) {
            let (root, inside) = (format!("{CRATE}lib.rs"), self.path.starts_with(STORES));
            match item {
                Item::Fn(item) if inside => self.function(&name, &item.sig),
                // The functions of a trait have no visibility of their own.
                Item::Trait(_) if inside => self.faults.push(format!("`{name}` is a public trait")),
                Item::Mod(_) if self.path == root && !SHOWN.contains(&name.as_str()) => {
                    self.faults.push(format!("the module `{name}` is shown"));
                }
                _ => {}
            }
        }
        visit::visit_item(self, item);
    }

    fn visit_impl_item(&mut self, item: &'s ImplItem) {
        let name = self.name(|names| names.visit_impl_item(item));
        if let (Some(name), ImplItem::Fn(item)) = (name, item)
            && self.path.starts_with(STORES)
        {
            self.function(&name, &item.sig);
        }
        visit::visit_impl_item(self, item);
    }

    fn visit_field(&mut self, field: &'s Field) {
        self.name(|names| names.visit_field(field));
        visit::visit_field(self, field);
    }

    /// The output of a macro cannot be read here, so it may make nothing public.
    fn visit_macro(&mut self, call: &'s Macro) {
        let inside = format!(" {} ", call.tokens).replace('(', " ( ");
        let mut public = inside.split(" pub ").skip(1);
        if public.any(|rest| !rest.trim_start().starts_with('(')) {
            let said = "a macro makes something public";
            self.faults.push(said.to_owned());
        }
    }
}

/// Whether an item is public, and the names in its declaration before its body.
#[derive(Default)]
struct Names {
    public: Option<bool>,
    all: Vec<String>,
}

impl<'s> Visit<'s> for Names {
    fn visit_visibility(&mut self, word: &'s Visibility) {
        let public = matches!(word, Visibility::Public(_));
        self.public.get_or_insert(public);
    }

    fn visit_ident(&mut self, name: &'s Ident) {
        self.all.push(name.unraw().to_string());
    }

    fn visit_item_mod(&mut self, item: &'s ItemMod) {
        self.visit_visibility(&item.vis);
        self.visit_ident(&item.ident);
    }

    fn visit_attribute(&mut self, _: &'s Attribute) {}
    fn visit_block(&mut self, _: &'s Block) {}
    // The parts of these declare their own visibility.
    fn visit_item_impl(&mut self, _: &'s ItemImpl) {}
    fn visit_item_struct(&mut self, _: &'s ItemStruct) {}
}

/// Whether an argument is `&mut ReadTx`, `&mut WriteTx` or `&Scope`.
fn is_key(argument: &FnArg) -> bool {
    let FnArg::Typed(argument) = argument else {
        return false;
    };
    let Type::Reference(reference) = argument.ty.as_ref() else {
        return false;
    };
    let Type::Path(named) = reference.elem.as_ref() else {
        return false;
    };
    let changing = reference.mutability.is_some();
    named.path.segments.last().is_some_and(|last| {
        let name = last.ident.to_string();
        matches!(
            (changing, name.as_str()),
            (true, "ReadTx" | "WriteTx") | (false, "Scope")
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(path: &str, text: &str) -> String {
        let function = "pub fn get(tx: &mut crate::ReadTx<'_>) {}";
        let sources = [("stores/one.rs", function), (path, text)]
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
            "pub fn get(with: impl FnOnce(&mut ReadTx<'_>)) {}",
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
                "`conn` shows `Conn`",
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
                "`conn` shows `Conn`",
            ),
            (
                "lib.rs",
                "pub use schema as tables;",
                "`schema` shows `schema`",
            ),
            ("lib.rs", "pub mod pool;", "the module `pool` is shown"),
            (
                "db.rs",
                "pub enum Link { Lite(diesel::SqliteConnection) }",
                "`Link` shows `SqliteConnection`",
            ),
            (
                "db.rs",
                "made! { pub fn take() -> Conn {} }",
                "a macro makes something public",
            ),
            (
                "db.rs",
                "made! { struct Link(pub Conn); }",
                "a macro makes something public",
            ),
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
            ("db.rs", "made! { pub(super) const X: Conn = y; }"),
        ] {
            assert_eq!(said(path, source), "", "{source}");
        }
    }
}
