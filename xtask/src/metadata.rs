//! What cargo resolved: read once, used by the dependency rule and by the licence check.

use std::collections::BTreeSet;

use cargo_metadata::{DependencyKind, Error, Metadata, MetadataCommand, Node, Package, PackageId};

/// Enables every feature, so that an optional dependency is checked before anybody needs it.
pub fn load() -> Result<Metadata, String> {
    let ask = |more: &[&str]| {
        let always = ["--locked", "--filter-platform", "host-tuple"];
        let options = always.iter().chain(more);
        let options: Vec<String> = options.map(|option| (*option).to_owned()).collect();
        MetadataCommand::new().other_options(options).exec()
    };
    ask(&["--all-features", "--offline"])
        .or_else(|_| ask(&["--all-features"]))
        .or_else(|_| {
            let metadata = ask(&["--offline"])?;
            println!(
                "note: optional dependencies are NOT checked: they are not on this machine and \
                 the network does not answer; `cargo fetch` brings them"
            );
            Ok(metadata)
        })
        .map_err(|error: Error| error.to_string())
}

/// What was resolved for a package: the packages it uses, and the features it is built with.
pub fn node<'m>(metadata: &'m Metadata, id: &PackageId) -> Option<&'m Node> {
    let mut nodes = metadata.resolve.iter().flat_map(|resolve| &resolve.nodes);
    nodes.find(|node| node.id == *id)
}

/// Leaves out development dependencies: nothing shipped contains them.
fn used<'m>(metadata: &'m Metadata, id: &PackageId) -> Vec<&'m PackageId> {
    let links = node(metadata, id).into_iter().flat_map(|node| &node.deps);
    let shipped = links.filter(|link| {
        let mut kinds = link.dep_kinds.iter();
        kinds.any(|found| found.kind != DependencyKind::Development)
    });
    shipped.map(|link| &link.pkg).collect()
}

/// The packages reachable from `roots` by normal and build dependencies, roots included.
pub fn reachable<'m>(metadata: &'m Metadata, roots: &[&'m Package]) -> Vec<&'m Package> {
    let mut seen = BTreeSet::new();
    let mut waiting: Vec<&PackageId> = roots.iter().map(|package| &package.id).collect();
    while let Some(id) = waiting.pop() {
        if seen.insert(id) {
            waiting.extend(used(metadata, id));
        }
    }
    let packages = metadata.packages.iter();
    packages
        .filter(|package| seen.contains(&package.id))
        .collect()
}

/// The packages that use this one directly.
pub fn dependents<'m>(metadata: &'m Metadata, id: &PackageId) -> Vec<&'m Package> {
    let packages = metadata.packages.iter();
    packages
        .filter(|package| used(metadata, &package.id).contains(&id))
        .collect()
}

/// What cargo would print for these packages. Each has a `name`, may name others in `uses` and
/// features of theirs in `switches`, is built with `enabled`, and may have any field of cargo's.
#[cfg(test)]
pub fn sample(members: &[&str], packages: &[serde_json::Value]) -> Metadata {
    use serde_json::{Value, json};
    let list = |package: &Value, field: &str| -> Vec<Value> {
        package[field].as_array().cloned().unwrap_or_default()
    };
    let printed = packages.iter().map(|package| {
        let switches = list(package, "switches");
        let named = list(package, "uses").into_iter().map(|name| {
            json!({"name": name, "req": "*", "kind": null, "optional": false,
                   "uses_default_features": true, "features": switches})
        });
        let mut whole = json!({"id": package["name"], "version": "1.0.0", "license": "MIT",
            "dependencies": named.collect::<Vec<_>>(), "targets": [], "features": {},
            "manifest_path": "Cargo.toml"});
        let fields = package.as_object().unwrap().clone();
        whole.as_object_mut().unwrap().extend(fields);
        whole
    });
    let nodes = packages.iter().map(|package| {
        let links = list(package, "uses").into_iter().map(
            |name| json!({"name": name, "pkg": name, "dep_kinds": [{"kind": package["kind"]}]}),
        );
        json!({"id": package["name"], "deps": links.collect::<Vec<_>>(), "dependencies": [],
               "features": list(package, "enabled")})
    });
    let document = json!({"version": 1, "workspace_root": "", "target_directory": "",
        "workspace_members": members, "packages": printed.collect::<Vec<_>>(),
        "resolve": {"nodes": nodes.collect::<Vec<_>>()}});
    MetadataCommand::parse(document.to_string()).unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn only_what_is_shipped_is_reached() {
        let reached = |kind: Value| {
            let ours = json!({"name": "ours", "uses": ["theirs"], "kind": kind});
            let theirs = json!({"name": "theirs", "uses": ["deep"]});
            let all = sample(&["ours"], &[ours, theirs, json!({"name": "deep"})]);
            reachable(&all, &all.workspace_packages()).len()
        };
        assert_eq!([Value::Null, json!("build")].map(reached), [3, 3]);
        assert_eq!(reached(json!("dev")), 1);
    }
}
