//! What may come from outside: accepted licences, banned crates, and registry sources only.
//! Everything is read from cargo's own resolution, so the check needs no network.

use std::path::Path;

use cargo_metadata::{Metadata, Package};
use spdx::{Expression, Licensee, ParseMode};

use crate::metadata;

const LICENCES: &str = "xtask/licences.txt";
const BANS: &str = "xtask/bans.txt";

/// The slash is the `OR` of older manifests; withdrawn SPDX names are still accepted.
const SPELLING: ParseMode = ParseMode {
    allow_slash_as_or_operator: true,
    allow_deprecated: true,
    ..ParseMode::STRICT
};

pub fn check(metadata: &Metadata) -> Result<(), String> {
    let licences = accepted(entries(Path::new(LICENCES))?)?;
    let bans: Vec<Ban> = entries(Path::new(BANS))?
        .into_iter()
        .map(Ban::parse)
        .collect::<Result<_, _>>()?;
    let used = metadata::reachable(metadata, &metadata.workspace_packages());
    let mut found = Vec::new();
    for package in &used {
        if !metadata.workspace_members.contains(&package.id) {
            found.extend(source_problem(package));
        }
        found.extend(licence_problem(package, &licences));
        found.extend(bans.iter().filter_map(|ban| ban.problem(package, metadata)));
    }
    if found.is_empty() {
        println!(
            "{} packages: licences accepted, none banned, all from a registry",
            used.len()
        );
        return Ok(());
    }
    Err(format!(
        "not acceptable (the lists are {LICENCES} and {BANS}):\n  {}",
        found.join("\n  ")
    ))
}

/// Lines of `subject: reason`. A line without a reason is refused: without it nobody can review the
/// list.
pub fn entries(path: &Path) -> Result<Vec<(String, String)>, String> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    parse_entries(&text).map_err(|line| format!("{}: no reason in `{line}`", path.display()))
}

fn parse_entries(text: &str) -> Result<Vec<(String, String)>, String> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| match line.split_once(": ") {
            Some((subject, reason)) if !reason.trim().is_empty() => {
                Ok((subject.trim().to_owned(), reason.trim().to_owned()))
            }
            _ => Err(line.to_owned()),
        })
        .collect()
}

fn accepted(entries: Vec<(String, String)>) -> Result<Vec<Licensee>, String> {
    let licences = entries.iter().map(|(licence, _)| {
        Licensee::parse(licence).map_err(|error| format!("{LICENCES}: {error}"))
    });
    licences.collect()
}

fn source_problem(package: &Package) -> Option<String> {
    let from = match &package.source {
        Some(source) if source.repr.starts_with("registry+") => return None,
        Some(source) if source.repr.starts_with("sparse+") => return None,
        Some(source) => &source.repr,
        None => "a folder outside the workspace",
    };
    Some(format!(
        "{} {} comes from {from}",
        package.name, package.version
    ))
}

fn licence_problem(package: &Package, accepted: &[Licensee]) -> Option<String> {
    let title = format!("{} {}", package.name, package.version);
    let Some(text) = &package.license else {
        return Some(format!("{title} declares no licence expression"));
    };
    match Expression::parse_mode(text, SPELLING) {
        Ok(expression) => {
            let met =
                expression.evaluate(|wanted| accepted.iter().any(|ours| ours.satisfies(wanted)));
            (!met).then(|| format!("{title} is licensed {text}"))
        }
        Err(error) => {
            let reason = error.reason;
            Some(format!(
                "{title} has a licence nobody can read, `{text}`: {reason}"
            ))
        }
    }
}

/// `name`, `name@version-start`, or `name (only a b)`, where only the packages in parentheses may
/// depend on it.
struct Ban {
    name: String,
    version_start: String,
    allowed_under: Vec<String>,
    reason: String,
}

impl Ban {
    fn parse((subject, reason): (String, String)) -> Result<Self, String> {
        let (subject, allowed_under) = match subject.split_once(" (only ") {
            Some((subject, rest)) => {
                let names = rest
                    .strip_suffix(')')
                    .ok_or_else(|| format!("{BANS}: `)` is missing after `{subject}`"))?;
                (
                    subject.to_owned(),
                    names.split_whitespace().map(str::to_owned).collect(),
                )
            }
            None => (subject, Vec::new()),
        };
        let (name, version_start) = subject.split_once('@').unwrap_or((&subject, ""));
        Ok(Self {
            name: name.to_owned(),
            version_start: version_start.to_owned(),
            allowed_under,
            reason,
        })
    }

    fn problem(&self, package: &Package, metadata: &Metadata) -> Option<String> {
        if package.name != self.name || !self.covers(&package.version.to_string()) {
            return None;
        }
        let dependents: Vec<&str> = metadata::dependents(metadata, &package.id)
            .into_iter()
            .map(|dependent| dependent.name.as_str())
            .filter(|name| !self.allowed_under.iter().any(|allowed| allowed == name))
            .collect();
        if dependents.is_empty() && !self.allowed_under.is_empty() {
            return None;
        }
        Some(format!(
            "{} {} is banned ({}); used by {}",
            package.name,
            package.version,
            self.reason,
            dependents.join(", ")
        ))
    }

    /// `0.1` covers 0.1.45 but not 0.10.0.
    fn covers(&self, version: &str) -> bool {
        match version.strip_prefix(&self.version_start) {
            Some(rest) => self.version_start.is_empty() || rest.is_empty() || rest.starts_with('.'),
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn graph(source: &str, licence: &str) -> Metadata {
        let theirs = json!({"name": "theirs", "version": "0.1.45", "license": licence,
                            "source": source});
        let ours = json!({"name": "ours", "uses": ["theirs"], "kind": "build"});
        metadata::sample(&["ours"], &[ours, theirs])
    }

    fn theirs(metadata: &Metadata) -> &Package {
        metadata
            .packages
            .iter()
            .find(|package| package.name == "theirs")
            .unwrap()
    }

    fn ban(subject: &str) -> Ban {
        Ban::parse((subject.to_owned(), "because".to_owned())).unwrap()
    }

    #[test]
    fn a_line_without_a_reason_is_refused() {
        assert_eq!(
            parse_entries("# why\n\nMIT: permissive\n").unwrap().len(),
            1
        );
        assert_eq!(parse_entries("MIT\n"), Err("MIT".to_owned()));
    }

    #[test]
    fn only_registries_are_sources() {
        let git = graph("git+ssh://elsewhere/theirs", "MIT");
        assert!(source_problem(theirs(&git)).is_some());
        let registry = graph("registry+somewhere", "MIT");
        assert!(source_problem(theirs(&registry)).is_none());
    }

    fn licence_said(licence: &str) -> Option<String> {
        let list = ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"];
        let list = list.map(|licence| (licence.to_owned(), "permissive".to_owned()));
        let metadata = graph("registry+somewhere", licence);
        licence_problem(theirs(&metadata), &accepted(list.to_vec()).unwrap())
    }

    #[test]
    fn some_choice_must_consist_of_accepted_licences() {
        for met in [
            "MIT",
            "GPL-3.0-only OR MIT",
            "GPL-3.0/MIT",
            "GPL-3.0 / MIT",
            "MIT OR ISC AND GPL-3.0-only",
            "GPL-2.0 WITH Classpath-exception-2.0 OR MIT",
            "ISC AND (Apache-2.0 WITH LLVM-exception OR GPL-3.0-only)",
        ] {
            assert_eq!(licence_said(met), None, "{met}");
        }
        for unmet in [
            "GPL-3.0-only",
            "GPL-3.0/MPL-2.0",
            "MIT AND GPL-3.0-only",
            "(MIT OR ISC) AND GPL-3.0-only",
            "Apache-2.0",
            "MIT WITH LLVM-exception",
        ] {
            let said = format!("theirs 0.1.45 is licensed {unmet}");
            assert_eq!(licence_said(unmet), Some(said));
        }
    }

    #[test]
    fn a_licence_that_nobody_can_read_is_refused() {
        for broken in [
            "", "MIT OR", "(MIT", "MIT)", "MIT ISC", "AND MIT", "MIT WITH", "bsd",
        ] {
            let said = licence_said(broken).unwrap();
            assert!(said.contains("nobody can read"), "{broken}: {said}");
        }
        let mistyped = ("Apache 2".to_owned(), "permissive".to_owned());
        assert!(accepted(vec![mistyped]).is_err());
    }

    #[test]
    fn a_ban_counts_for_its_versions_only() {
        let metadata = graph("registry+somewhere", "MIT");
        let problem = ban("theirs@0.1").problem(theirs(&metadata), &metadata);
        assert_eq!(
            problem.as_deref(),
            Some("theirs 0.1.45 is banned (because); used by ours")
        );
        assert!(
            ban("theirs@0.14")
                .problem(theirs(&metadata), &metadata)
                .is_none()
        );
        assert!(!ban("theirs@0.1").covers("0.10.0"));
    }

    #[test]
    fn a_ban_may_spare_named_dependents() {
        let metadata = graph("registry+somewhere", "MIT");
        assert!(
            ban("theirs (only ours)")
                .problem(theirs(&metadata), &metadata)
                .is_none()
        );
        assert!(
            ban("theirs (only others)")
                .problem(theirs(&metadata), &metadata)
                .is_some()
        );
    }
}
