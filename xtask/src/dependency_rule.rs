//! Which crate of the workspace may depend on which: the layers point one way only, and each
//! outside library belongs to fixed crates.

use cargo_metadata::{Metadata, Package};

use crate::metadata::{node, reachable};

const DOMAIN: &str = "vinculo-domain";
const AUTH: &str = "vinculo-auth";
const PERSISTENCE: &str = "vinculo-persistence";
const API: &str = "vinculo-api";
const TESTS: &str = "vinculo-tests";

/// The workspace crates that each member may use. A new member must be entered here.
const LAYERS: [(&str, &[&str]); 6] = [
    (DOMAIN, &[]),
    (AUTH, &[DOMAIN]),
    (PERSISTENCE, &[DOMAIN, AUTH]),
    (API, &[DOMAIN, AUTH, PERSISTENCE]),
    (TESTS, &[DOMAIN, AUTH, PERSISTENCE, API]),
    ("xtask", &[]),
];

/// Outside libraries (a final `*` stands for any ending) and the only members that may name
/// them in their manifests.
const ALLOWED_IN: [(&str, &[&str]); 9] = [
    ("diesel*", &[PERSISTENCE, TESTS]),
    ("r2d2", &[PERSISTENCE]),
    ("libsqlite3-sys", &[PERSISTENCE]),
    ("pq-sys", &[PERSISTENCE]),
    ("openssl*", &[PERSISTENCE]),
    ("actix-*", &[API, TESTS]),
    ("jsonwebtoken", &[AUTH, TESTS]),
    ("argon2", &[AUTH]),
    ("tokio*", &[AUTH, PERSISTENCE, API, TESTS]),
];

/// The domain rules run without input, output or a clock: the domain must not reach any of these,
/// not even through another library.
const FAR_FROM_DOMAIN: [&str; 3] = ["tokio*", "actix-*", "diesel*"];

/// The feature that lets the tests inject faults into the code, and the one member that may enable
/// it in others. The others may only pass it on under the same name.
const FAULTS: &str = "faults";

/// Features that must stay off, and why.
const FORBIDDEN_FEATURES: [(&str, &str, &str); 2] = [
    (
        "actix-web",
        "compress-*",
        "it unpacks requests before their size is known",
    ),
    (
        "actix-http",
        "compress-*",
        "it unpacks requests before their size is known",
    ),
];

pub fn check(metadata: &Metadata) -> Result<(), String> {
    let found = violations(metadata);
    if found.is_empty() {
        println!(
            "{} crates keep their layers",
            metadata.workspace_members.len()
        );
        return Ok(());
    }
    Err(format!(
        "the dependency rule is broken:\n  {}",
        found.join("\n  ")
    ))
}

fn violations(metadata: &Metadata) -> Vec<String> {
    let mut found = Vec::new();
    let members = metadata.workspace_packages();
    for member in &members {
        let Some((_, may_use)) = LAYERS.iter().find(|(name, _)| member.name == *name) else {
            found.push(format!(
                "{} has no place in LAYERS of the dependency rule",
                member.name
            ));
            continue;
        };
        for wanted in member.dependencies.iter().map(|wanted| &wanted.name) {
            if is_ours(wanted) && !may_use.contains(&wanted.as_str()) {
                found.push(format!("{} must not depend on {wanted}", member.name));
            }
            for (pattern, allowed) in ALLOWED_IN {
                if matches(pattern, wanted) && !allowed.contains(&member.name.as_str()) {
                    let allowed = allowed.join(", ");
                    found.push(format!(
                        "{} uses {wanted}, which is for {allowed}",
                        member.name
                    ));
                }
            }
        }
    }
    for member in &members {
        found.extend(injected(member));
    }
    let mut domain = members.clone();
    domain.retain(|member| member.name == DOMAIN);
    for package in reachable(metadata, &domain) {
        let mut far = FAR_FROM_DOMAIN.into_iter();
        if far.any(|pattern| matches(pattern, &package.name)) {
            found.push(format!(
                "{DOMAIN} reaches {}; see `cargo tree`",
                package.name
            ));
        }
    }
    for package in reachable(metadata, &members) {
        for (name, pattern, reason) in FORBIDDEN_FEATURES {
            let on = node(metadata, &package.id).into_iter();
            let on = on.flat_map(|node| &node.features);
            let on = on.filter(|feature| package.name == name && matches(pattern, feature));
            found.extend(on.map(|feature| format!("{name} has the feature {feature}: {reason}")));
        }
    }
    found
}

/// Where a member would bring the tests' injected faults into what is shipped.
fn injected(member: &Package) -> Vec<String> {
    let by_manifest = member
        .dependencies
        .iter()
        .filter(|wanted| is_ours(&wanted.name) && member.name != TESTS)
        .filter(|wanted| wanted.features.iter().any(|feature| feature == FAULTS))
        .map(|wanted| format!("{} switches on {FAULTS} of {}", member.name, wanted.name));
    let by_feature = member.features.iter().filter(|(name, switched)| {
        let mut last = switched
            .iter()
            .filter_map(|switched| switched.rsplit('/').next());
        *name != FAULTS && last.any(|feature| feature == FAULTS)
    });
    let by_feature = by_feature
        .map(|(name, _)| format!("the feature {name} of {} switches on {FAULTS}", member.name));
    by_manifest.chain(by_feature).collect()
}

fn is_ours(name: &str) -> bool {
    LAYERS.iter().any(|(layer, _)| *layer == name)
}

fn matches(pattern: &str, name: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == pattern,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::sample;
    use serde_json::{Value, json};

    /// A workspace of the given members, each with the packages that its manifest names.
    fn workspace(members: &[(&str, &[&str])], outside: &[(&str, &[&str])]) -> Metadata {
        let all = members.iter().chain(outside);
        let all: Vec<Value> = all
            .map(|(name, uses)| json!({"name": name, "uses": uses}))
            .collect();
        let names: Vec<&str> = members.iter().map(|(name, _)| *name).collect();
        sample(&names, &all)
    }

    #[test]
    fn the_layers_as_designed_pass() {
        let metadata = workspace(
            &[
                (DOMAIN, &["serde"]),
                (AUTH, &[DOMAIN, "argon2", "jsonwebtoken"]),
                (
                    PERSISTENCE,
                    &[DOMAIN, AUTH, "diesel", "diesel_migrations", "tokio"],
                ),
                (API, &[DOMAIN, AUTH, PERSISTENCE, "actix-web"]),
            ],
            &[("serde", &[])],
        );
        assert_eq!(violations(&metadata), Vec::<String>::new());
    }

    #[test]
    fn a_layer_that_looks_up_is_found() {
        let metadata = workspace(&[(DOMAIN, &[]), (AUTH, &[DOMAIN, PERSISTENCE])], &[]);
        assert_eq!(
            violations(&metadata),
            ["vinculo-auth must not depend on vinculo-persistence"]
        );
    }

    #[test]
    fn a_library_away_from_home_is_found() {
        let metadata = workspace(&[(API, &["diesel_migrations"])], &[]);
        assert_eq!(
            violations(&metadata),
            ["vinculo-api uses diesel_migrations, which is for vinculo-persistence, vinculo-tests"]
        );
    }

    #[test]
    fn what_the_domain_reaches_through_another_library_is_found() {
        let metadata = workspace(
            &[(DOMAIN, &["innocent"])],
            &[("innocent", &["tokio"]), ("tokio", &[])],
        );
        assert_eq!(
            violations(&metadata),
            ["vinculo-domain reaches tokio; see `cargo tree`"]
        );
    }

    #[test]
    fn a_feature_that_unpacks_requests_is_found() {
        let ours = json!({"name": API, "uses": ["actix-web"]});
        let theirs = json!({"name": "actix-web", "enabled": ["macros", "compress-gzip"]});
        let metadata = sample(&[API], &[ours, theirs]);
        assert_eq!(
            violations(&metadata),
            [
                "actix-web has the feature compress-gzip: it unpacks requests before their size is known"
            ]
        );
    }

    #[test]
    fn a_member_nobody_placed_is_found() {
        let metadata = workspace(&[("vinculo-extra", &[])], &[]);
        assert_eq!(
            violations(&metadata),
            ["vinculo-extra has no place in LAYERS of the dependency rule"]
        );
    }

    /// A member with these features that enables this one in the domain.
    fn member(name: &str, features: Value, switches: &str) -> Metadata {
        let member = json!({"name": name, "uses": [DOMAIN], "features": features,
                            "switches": [switches]});
        sample(&[name], &[member])
    }

    #[test]
    fn faults_are_for_the_tests_alone() {
        let none = || json!({});
        let (on, off) = ("faults", "other");
        let handed_on = json!({"faults": ["vinculo-domain/faults"], "tls": ["dep:ssl"]});
        for sound in [member(TESTS, none(), on), member(API, handed_on, off)] {
            assert_eq!(violations(&sound), Vec::<String>::new());
        }
        for (broken, said) in [
            (
                member(API, none(), on),
                "vinculo-api switches on faults of vinculo-domain",
            ),
            (
                member(API, json!({"default": ["faults"], "faults": []}), off),
                "the feature default of vinculo-api switches on faults",
            ),
            (
                member(API, json!({"tls": ["vinculo-domain?/faults"]}), off),
                "the feature tls of vinculo-api switches on faults",
            ),
        ] {
            assert_eq!(violations(&broken), [said]);
        }
    }
}
