//! What cargo resolved: read once, asked by the dependency rule and by the licence check.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::process::Command;

use serde_json::Value;

use crate::process;

pub struct Metadata {
    pub packages: Vec<Package>,
    dependencies: HashMap<String, Vec<String>>,
    features: HashMap<String, Vec<String>>,
}

pub struct Package {
    pub id: String,
    pub name: String,
    pub version: String,
    pub licence: Option<String>,
    /// Empty for a package that lies in a folder of this machine.
    pub source: Option<String>,
    pub is_member: bool,
    /// The names of the packages its manifest asks for, of every kind.
    pub declared: Vec<String>,
    /// What its manifest switches on in others: the package and the feature.
    pub switches: Vec<(String, String)>,
    /// Its own features, each with what it switches on.
    pub features: BTreeMap<String, Vec<String>>,
}

/// Every feature counts, so that an optional dependency is checked before anybody needs it.
pub fn load() -> Result<Metadata, String> {
    let host = host_platform()?;
    let ask = |more: &[&str]| {
        let mut cargo = Command::new("cargo");
        cargo.args([
            "metadata",
            "--format-version",
            "1",
            "--locked",
            "--filter-platform",
            &host,
        ]);
        process::capture(cargo.args(more))
    };
    let text = ask(&["--all-features", "--offline"])
        .or_else(|_| ask(&["--all-features"]))
        .or_else(|_| {
            let text = ask(&["--offline"])?;
            println!(
                "note: optional dependencies are NOT checked: they are not on this machine and \
                 the network does not answer; `cargo fetch` brings them"
            );
            Ok::<String, String>(text)
        })?;
    parse(&text)
}

fn host_platform() -> Result<String, String> {
    let version = process::capture(Command::new("rustc").arg("-vV"))?;
    version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .map(str::to_owned)
        .ok_or_else(|| "`rustc -vV` names no host".to_owned())
}

pub fn parse(text: &str) -> Result<Metadata, String> {
    let document: Value = serde_json::from_str(text)
        .map_err(|error| format!("`cargo metadata` printed no JSON: {error}"))?;
    let members: BTreeSet<String> = strings(&document["workspace_members"])
        .into_iter()
        .collect();
    let packages = array(&document["packages"])
        .iter()
        .map(|package| read_package(package, &members))
        .collect::<Result<_, _>>()?;
    let dependencies = array(&document["resolve"]["nodes"])
        .iter()
        .map(|node| Ok((string(node, "id")?, used_dependencies(node)?)))
        .collect::<Result<_, String>>()?;
    let features = array(&document["resolve"]["nodes"])
        .iter()
        .map(|node| Ok((string(node, "id")?, strings(&node["features"]))))
        .collect::<Result<_, String>>()?;
    Ok(Metadata {
        packages,
        dependencies,
        features,
    })
}

fn read_package(package: &Value, members: &BTreeSet<String>) -> Result<Package, String> {
    let id = string(package, "id")?;
    Ok(Package {
        name: string(package, "name")?,
        version: string(package, "version")?,
        licence: package["license"].as_str().map(str::to_owned),
        source: package["source"].as_str().map(str::to_owned),
        is_member: members.contains(&id),
        declared: array(&package["dependencies"])
            .iter()
            .map(|dependency| string(dependency, "name"))
            .collect::<Result<_, _>>()?,
        switches: switches(package)?,
        features: package["features"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, switched)| (name.clone(), strings(switched)))
            .collect(),
        id,
    })
}

fn switches(package: &Value) -> Result<Vec<(String, String)>, String> {
    let mut switched = Vec::new();
    for dependency in array(&package["dependencies"]) {
        let name = string(dependency, "name")?;
        let features = strings(&dependency["features"]).into_iter();
        switched.extend(features.map(|feature| (name.clone(), feature)));
    }
    Ok(switched)
}

/// Development dependencies are left out: they are in nothing that is shipped.
fn used_dependencies(node: &Value) -> Result<Vec<String>, String> {
    array(&node["deps"])
        .iter()
        .filter(|dependency| {
            array(&dependency["dep_kinds"])
                .iter()
                .any(|kind| kind["kind"] != "dev")
        })
        .map(|dependency| string(dependency, "pkg"))
        .collect()
}

impl Metadata {
    pub fn members(&self) -> impl Iterator<Item = &Package> {
        self.packages.iter().filter(|package| package.is_member)
    }

    /// The features with which a package is built.
    pub fn features(&self, id: &str) -> &[String] {
        self.features.get(id).map(Vec::as_slice).unwrap_or_default()
    }

    /// The packages that normal and build dependencies reach from `roots`, roots included.
    pub fn reachable<'a>(&'a self, roots: impl Iterator<Item = &'a Package>) -> Vec<&'a Package> {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut waiting: Vec<&str> = roots.map(|package| package.id.as_str()).collect();
        while let Some(id) = waiting.pop() {
            if seen.insert(id) {
                let next = self
                    .dependencies
                    .get(id)
                    .map(Vec::as_slice)
                    .unwrap_or_default();
                waiting.extend(next.iter().map(String::as_str));
            }
        }
        self.packages
            .iter()
            .filter(|package| seen.contains(package.id.as_str()))
            .collect()
    }

    pub fn direct_dependents(&self, id: &str) -> Vec<&Package> {
        self.packages
            .iter()
            .filter(|package| {
                self.dependencies
                    .get(&package.id)
                    .is_some_and(|wanted| wanted.iter().any(|other| other == id))
            })
            .collect()
    }
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn strings(value: &Value) -> Vec<String> {
    array(value)
        .iter()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

fn string(value: &Value, field: &str) -> Result<String, String> {
    value[field]
        .as_str()
        .map(str::to_owned)
        .ok_or_else(|| format!("`cargo metadata` lacks the text `{field}` in {value}"))
}
