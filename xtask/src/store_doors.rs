//! The public doors of the store: each function wants a transaction or a scope, and none shows a
//! connection or a table.

use crate::sources::{Source, Token, is_group, is_sign, is_word};

const CRATE: &str = "crates/persistence/src/";
const STORES: &str = "crates/persistence/src/stores/";
/// The modules that the crate shows; all others are its own.
const SHOWN: [&str; 3] = ["alarms", "posture", "stores"];
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

/// The words of items that have a name; a field has its name first.
const KINDS: [&str; 8] = [
    "enum", "fn", "mod", "static", "struct", "trait", "type", "use",
];

pub fn violations(sources: &[Source]) -> Vec<String> {
    let mut doors = 0;
    let mut found = Vec::new();
    for source in sources
        .iter()
        .filter(|source| source.path.starts_with(CRATE))
    {
        source.each_token(|row, place| {
            if is_word(row, place, "pub") && !is_group(row, place + 1, '(') {
                let item = Item::read(row, place + 1);
                doors += usize::from(item.word == "fn" && source.path.starts_with(STORES));
                let said = item.faults(&source.path).into_iter();
                found.extend(said.map(|said| format!("{}: {said}", source.path)));
            }
        });
    }
    if doors == 0 {
        found.push(format!("{STORES} has no public function: is it elsewhere?"));
    }
    found
}

/// Something public: what it is (`fn`, `use`; a field's is its name), its name, and all that it
/// says of itself before its body.
struct Item<'s> {
    word: &'s str,
    name: &'s str,
    tokens: &'s [Token],
}

impl<'s> Item<'s> {
    fn read(row: &'s [Token], start: usize) -> Self {
        let rest = row.get(start..).unwrap_or_default();
        let words = || {
            let words = rest.iter().filter_map(|token| match token {
                Token::Word(word) => Some(word.as_str()),
                _ => None,
            });
            words.skip_while(|word| ["async", "const", "unsafe", "extern"].contains(word))
        };
        let word = words().next().unwrap_or_default();
        let after = KINDS.contains(&word).then(|| words().nth(1)).flatten();
        let name = after.unwrap_or(word);
        let mut depth = 0;
        let ends = rest.iter().enumerate().position(|(place, token)| {
            match token {
                Token::Sign('<') => depth += 1,
                Token::Sign('>') if place == 0 || !is_sign(rest, place - 1, '-') => depth -= 1,
                _ => {}
            }
            match token {
                Token::Sign(';') => true,
                // A field ends so; in the head of a function commas stand in groups alone.
                Token::Sign(',') => depth == 0 && word != "fn",
                Token::Group('{', _) => word != "use",
                _ => false,
            }
        });
        // What an enum shows stands in its body.
        let ends = ends.map(|ends| ends + usize::from(word == "enum"));
        let tokens = rest.get(..ends.unwrap_or(rest.len())).unwrap_or(rest);
        Self { word, name, tokens }
    }

    fn faults(&self, path: &str) -> Vec<String> {
        let (name, inside) = (self.name, path.starts_with(STORES));
        // The fields of a structure say for themselves who may see them.
        let shown = (self.word != "struct")
            .then(|| mentions(self.tokens))
            .flatten();
        let mut faults: Vec<String> = shown
            .map(|hidden| format!("`{name}` shows `{hidden}`"))
            .into_iter()
            .collect();
        match self.word {
            "fn" if inside && !self.tokens.iter().any(has_key) => {
                faults.push(format!("`{name}` wants neither a transaction nor a scope"));
            }
            // The functions of a trait have no word of their own that says who may call them.
            "trait" if inside => faults.push(format!("`{name}` is a public trait")),
            "mod" if path == format!("{CRATE}lib.rs") && !SHOWN.contains(&name) => {
                faults.push(format!("the module `{name}` is shown"));
            }
            _ => {}
        }
        faults
    }
}

/// Whether the arguments have `&mut ReadTx`, `&mut WriteTx` or `&Scope`.
fn has_key(token: &Token) -> bool {
    let Token::Group('(', arguments) = token else {
        return false;
    };
    (0..arguments.len()).any(|place| {
        let changing = ["ReadTx", "WriteTx"]
            .into_iter()
            .any(|name| is_word(arguments, place, name));
        let mut start = place;
        while start >= 3 && is_sign(arguments, start - 1, ':') && is_sign(arguments, start - 2, ':')
        {
            start -= 3;
        }
        if changing {
            start >= 2 && is_word(arguments, start - 1, "mut") && is_sign(arguments, start - 2, '&')
        } else {
            is_word(arguments, place, "Scope") && start >= 1 && is_sign(arguments, start - 1, '&')
        }
    })
}

fn mentions(tokens: &[Token]) -> Option<&'static str> {
    tokens.iter().find_map(|token| match token {
        Token::Word(word) => HIDDEN.into_iter().find(|hidden| word == hidden),
        Token::Group(_, inside) => mentions(inside),
        _ => None,
    })
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
