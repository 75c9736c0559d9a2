//! Circles of imports in `api`. A file and its own folder may know each other; a file of another
//! folder may be imported only if nothing leads from there back to the importing file.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit::{self, Visit};
use syn::{Attribute, ItemMod, ItemUse, Path, UseTree};

use crate::sources::Source;

const ROOT: &str = "crates/api/src/";

/// The path of a module below the crate, such as `edge::rates`.
type Module = Vec<String>;

pub fn violations(sources: &[Source]) -> Vec<String> {
    let modules: BTreeMap<Module, &Source> = sources
        .iter()
        .filter_map(|source| Some((module_of(&source.path)?, source)))
        .collect();
    let imports: BTreeMap<&Module, BTreeSet<&Module>> = modules
        .iter()
        .map(|(module, source)| (module, imported(module, source, &modules)))
        .collect();
    let mut found = Vec::new();
    for (from, to) in &imports {
        for other in to {
            if from.first() != other.first() && leads(&imports, other, from) {
                let (from, other) = (from.join("::"), other.join("::"));
                found.push(format!(
                    "{ROOT}: {from} imports {other}, which leads back to it"
                ));
            }
        }
    }
    found
}

/// The module of a file; none for the root, the program and files of tests.
fn module_of(path: &str) -> Option<Module> {
    let inside = path.strip_prefix(ROOT)?.strip_suffix(".rs")?;
    let mut module: Module = inside.split('/').map(str::to_owned).collect();
    if module.last().is_some_and(|last| last == "mod") {
        module.pop();
    }
    let outside = ["lib", "main", "tests"].map(str::to_owned);
    (!module.is_empty() && !module.iter().any(|part| outside.contains(part))).then_some(module)
}

fn imported<'m>(
    module: &Module,
    source: &Source,
    modules: &'m BTreeMap<Module, &Source>,
) -> BTreeSet<&'m Module> {
    let mut paths = Paths::default();
    paths.visit_file(&source.file);
    let targets = paths.0.iter().filter_map(|path| {
        let whole = absolute(module, path)?;
        let known = (1..=whole.len()).rev();
        let mut known = known.filter_map(|length| modules.get_key_value(&whole[..length]));
        known.next().map(|(target, _)| target)
    });
    targets.filter(|target| *target != module).collect()
}

/// A path from the root of the crate; none where it leads out of it.
fn absolute(module: &Module, path: &[String]) -> Option<Module> {
    let (first, rest) = path.split_first()?;
    let mut base = module.clone();
    match first.as_str() {
        "crate" => base.clear(),
        "self" => {}
        "super" => {
            base.pop();
        }
        _ => return None,
    }
    let mut rest = rest;
    while let Some(("super", after)) = rest.split_first().map(|(one, rest)| (one.as_str(), rest)) {
        base.pop();
        rest = after;
    }
    base.extend(rest.iter().cloned());
    Some(base)
}

fn leads(imports: &BTreeMap<&Module, BTreeSet<&Module>>, from: &Module, to: &Module) -> bool {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(next) = open.pop() {
        if next == to {
            return true;
        }
        if seen.insert(next) {
            open.extend(imports.get(next).into_iter().flatten().copied());
        }
    }
    false
}

/// Every path that a file names, outside its tests.
#[derive(Default)]
struct Paths(Vec<Vec<String>>);

impl Paths {
    fn add(&mut self, tree: &UseTree, before: &[String]) {
        let mut path = before.to_vec();
        match tree {
            UseTree::Path(one) => {
                path.push(one.ident.to_string());
                self.add(&one.tree, &path);
            }
            UseTree::Name(one) => {
                path.push(one.ident.to_string());
                self.0.push(path);
            }
            UseTree::Rename(one) => {
                path.push(one.ident.to_string());
                self.0.push(path);
            }
            UseTree::Glob(_) => self.0.push(path),
            UseTree::Group(group) => group.items.iter().for_each(|one| self.add(one, before)),
        }
    }
}

impl Visit<'_> for Paths {
    fn visit_item_mod(&mut self, item: &ItemMod) {
        if !item.attrs.iter().any(is_for_tests) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &ItemUse) {
        self.add(&item.tree, &[]);
    }

    fn visit_path(&mut self, path: &Path) {
        let segments = path.segments.iter();
        self.0
            .push(segments.map(|one| one.ident.to_string()).collect());
        visit::visit_path(self, path);
    }
}

fn is_for_tests(attribute: &Attribute) -> bool {
    let inside = attribute.meta.require_list();
    attribute.path().is_ident("cfg") && inside.is_ok_and(|list| list.tokens.to_string() == "test")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(texts: &[(&str, &str)]) -> usize {
        let sources = texts
            .iter()
            .map(|(path, text)| Source::parse(&format!("{ROOT}{path}"), text).unwrap());
        violations(&sources.collect::<Vec<_>>()).len()
    }

    #[test]
    fn a_circle_between_folders_is_found_at_each_of_its_imports() {
        let texts = [
            ("a.rs", "use crate::{b::inner::B, c};"),
            ("b/mod.rs", "mod inner;"),
            ("b/inner.rs", "fn f() { super::super::c::g(); }"),
            ("c.rs", "use crate::a::A;"),
        ];
        assert_eq!(found(&texts), 4);
    }

    #[test]
    fn a_folder_may_know_itself_and_tests_may_know_everything() {
        let texts = [
            ("a/mod.rs", "use self::inner::A; use crate::b::B;"),
            ("a/inner.rs", "use super::C;"),
            ("b.rs", "#[cfg(test)] mod tests { use crate::a::A; }"),
            ("b/tests.rs", "use crate::a::A;"),
        ];
        assert_eq!(found(&texts), 0);
    }
}
