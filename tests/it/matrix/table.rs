//! Who may do what as people wrote it down: `tests/authz/matrix.toml`. Nothing here asks the
//! server or its table of permissions.

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;
use vinculo_domain::Role;
use vinculo_tests::TENANTS;

const TEXT: &str = include_str!("../../authz/matrix.toml");

/// The whole table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    groups: Groups,
    pub objects: BTreeMap<String, Object>,
    pub operations: BTreeMap<String, Rules>,
    pub canaries: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Groups {
    roles: BTreeMap<String, Vec<String>>,
    tenants: BTreeMap<String, Vec<String>>,
}

/// Something that is in sight of some and out of sight of others.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Object {
    what: String,
    pub kind: String,
    #[serde(default = "readers")]
    readers: Vec<String>,
    sight: BTreeMap<String, Vec<String>>,
}

fn readers() -> Vec<String> {
    vec!["readers".into()]
}

/// What holds for one operation.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    rule: String,
    pub object: Option<String>,
    #[serde(default)]
    public: bool,
    #[serde(default = "ok")]
    success: u16,
    #[serde(default)]
    allow: Vec<Line>,
    #[serde(default)]
    late: Vec<Line>,
}

fn ok() -> u16 {
    200
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    #[serde(rename = "as")]
    part: Option<Vec<String>>,
    tenants: Option<Vec<String>>,
    roles: Vec<String>,
    on: Option<Vec<String>>,
}

/// A person at a government, or nobody.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Who {
    pub tenant: &'static str,
    pub role: &'static str,
}

/// Everybody there is in the tests' world: every role at every government.
pub fn everybody() -> Vec<Who> {
    use strum::VariantArray;
    let roles = || Role::VARIANTS.iter().map(|role| (*role).into());
    TENANTS
        .iter()
        .flat_map(|(tenant, _)| roles().map(move |role| Who { tenant, role }))
        .collect()
}

impl Table {
    pub fn read() -> Self {
        toml::from_str(TEXT).unwrap()
    }

    fn has(groups: &BTreeMap<String, Vec<String>>, list: &[String], wanted: &str) -> bool {
        list.iter().any(|item| match groups.get(item) {
            Some(group) => group.iter().any(|member| member == wanted),
            None => item == wanted,
        })
    }

    fn role_in(&self, list: &[String], role: &str) -> bool {
        Self::has(&self.groups.roles, list, role)
    }

    fn tenant_in(&self, list: &[String], tenant: &str) -> bool {
        Self::has(&self.groups.tenants, list, tenant)
    }

    /// As what somebody sees an object; nothing where it is out of sight.
    pub fn part(&self, object: &str, who: Who) -> Option<&str> {
        let object = &self.objects[object];
        let seen = object
            .sight
            .iter()
            .find(|(_, tenants)| self.tenant_in(tenants, who.tenant));
        seen.filter(|_| self.role_in(&object.readers, who.role))
            .map(|(part, _)| part.as_str())
    }

    /// The status that the table says for one cell.
    pub fn expected(&self, operation: &str, object: Option<&str>, who: Option<Who>) -> u16 {
        let rules = &self.operations[operation];
        if rules.public {
            return rules.success;
        }
        let Some(who) = who else { return 401 };
        let part = object.map(|object| self.part(object, who));
        if part == Some(None) {
            return 404;
        }
        let holds = |line: &Line| {
            let named = |list: &Option<Vec<String>>, word: Option<&str>| {
                list.as_ref()
                    .is_none_or(|list| word.is_some_and(|word| list.iter().any(|w| w == word)))
            };
            self.role_in(&line.roles, who.role)
                && line
                    .tenants
                    .as_ref()
                    .is_none_or(|list| self.tenant_in(list, who.tenant))
                && named(&line.part, part.flatten())
                && named(&line.on, object)
        };
        if rules.allow.iter().any(holds) {
            rules.success
        } else if rules.late.iter().any(holds) {
            409
        } else {
            403
        }
    }

    /// Whether somebody may meet a canary; nobody meets only public ones.
    pub fn meets(&self, canary: &str, who: Option<Who>) -> bool {
        let tenants = &self.canaries[canary];
        tenants.iter().any(|tenant| tenant == "public")
            || who.is_some_and(|who| {
                self.tenant_in(tenants, who.tenant)
                    && self.role_in(&self.objects["draft"].readers, who.role)
            })
    }

    /// Slips of the pen: names of nothing, and lines that no cell ever uses.
    pub fn slips(&self) -> Vec<String> {
        let mut slips = Vec::new();
        let (mut roles, mut tenants, mut parts, mut objects) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        roles.extend(self.groups.roles.values().flatten());
        tenants.extend(self.groups.tenants.values().flatten());
        tenants.extend(self.canaries.values().flatten().filter(|t| *t != "public"));
        for object in self.objects.values() {
            roles.extend(&object.readers);
            tenants.extend(object.sight.values().flatten());
            if object.what.is_empty() {
                slips.push("an object without words".into());
            }
        }
        for (operation, rules) in &self.operations {
            if rules.rule.is_empty() {
                slips.push(format!("{operation} has no rule in words"));
            }
            for line in rules.allow.iter().chain(&rules.late) {
                roles.extend(&line.roles);
                tenants.extend(line.tenants.iter().flatten());
                parts.extend(line.part.iter().flatten());
                objects.extend(line.on.iter().flatten());
            }
        }
        let known: BTreeSet<&String> = self.objects.values().flat_map(|o| o.sight.keys()).collect();
        let wrong = |what: &str, word: &String| format!("{what} {word} does not exist");
        slips.extend(
            roles
                .into_iter()
                .filter(|word| {
                    Role::from_str(word).is_err() && !self.groups.roles.contains_key(*word)
                })
                .map(|word| wrong("role", word)),
        );
        slips.extend(
            tenants
                .into_iter()
                .filter(|word| {
                    !TENANTS.iter().any(|(id, _)| id == word)
                        && !self.groups.tenants.contains_key(*word)
                })
                .map(|word| wrong("tenant", word)),
        );
        slips.extend(
            parts
                .into_iter()
                .filter(|word| !known.contains(word))
                .map(|word| wrong("part", word)),
        );
        slips.extend(
            objects
                .into_iter()
                .filter(|word| !self.objects.contains_key(*word))
                .map(|word| wrong("object", word)),
        );
        slips
    }
}
