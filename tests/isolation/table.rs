//! Who may do what, as people wrote it down in `tests/authz/matrix.toml`. This module does not use
//! the server or its table of permissions.

pub mod records;
mod relations;
mod slips;

use super::canaries::{Canary, PEOPLE};
use super::people::works_at;
use serde::Deserialize;
use std::collections::BTreeMap;
use vinculo_domain::Role;
use vinculo_tests::TENANTS;

const TEXT: &str = include_str!("../authz/matrix.toml");

/// The whole table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    groups: Groups,
    pub objects: BTreeMap<String, Object>,
    pub operations: BTreeMap<String, Rules>,
    /// The relations that a government can have to an object of each kind.
    relations: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Groups {
    roles: BTreeMap<String, Vec<String>>,
    tenants: BTreeMap<String, Vec<String>>,
}

/// An object that some governments see and others do not.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Object {
    what: String,
    pub kind: String,
    #[serde(default = "readers")]
    readers: Vec<String>,
    access: BTreeMap<String, Vec<String>>,
    relations: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    texts: BTreeMap<String, Vec<String>>,
}

fn readers() -> Vec<String> {
    vec!["readers".into()]
}

/// The rules for one operation.
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
    #[serde(default)]
    absent: Vec<Line>,
    /// Whether it names people of the caller's own government to each other.
    #[serde(default)]
    pub colleagues: bool,
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

/// Everybody in the tests' world: every role at every government.
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
        let mut table: Self = toml::from_str(TEXT).unwrap();
        records::add(&mut table);
        table
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

    /// What somebody sees an object as; None where it is out of sight.
    pub fn part(&self, object: &str, who: Who) -> Option<&str> {
        let object = &self.objects[object];
        let seen = object
            .access
            .iter()
            .find(|(_, tenants)| self.tenant_in(tenants, who.tenant));
        seen.filter(|_| self.role_in(&object.readers, who.role))
            .map(|(part, _)| part.as_str())
    }

    /// The relations of somebody's government to an object.
    pub fn relations_of(&self, object: &str, who: Who) -> Vec<String> {
        let relations = self.objects[object].relations.iter();
        let held = relations.filter(|(_, tenants)| tenants.iter().any(|id| id == who.tenant));
        held.map(|(word, _)| word.clone()).collect()
    }

    /// What somebody's government sees an object as, whatever the role.
    pub fn seen_as(&self, object: &str, who: Who) -> Option<String> {
        let mut seen = self.objects[object].access.iter();
        let seen = seen.find(|(_, tenants)| self.tenant_in(tenants, who.tenant));
        seen.map(|(part, _)| part.clone())
    }

    /// Whether somebody's role can read such an object at all.
    pub fn is_reader(&self, object: &str, who: Who) -> bool {
        self.role_in(&self.objects[object].readers, who.role)
    }

    /// For each line of an operation, whether it names the role, the government and the object.
    pub fn named_in(&self, operation: &str, object: Option<&str>, who: Who) -> Vec<[bool; 3]> {
        let rules = &self.operations[operation];
        let lines = rules.allow.iter().chain(&rules.late).chain(&rules.absent);
        let named = |line: &Line| {
            let tenants = line.tenants.as_ref();
            let objects = line.on.as_ref();
            [
                self.role_in(&line.roles, who.role),
                tenants.is_none_or(|list| self.tenant_in(list, who.tenant)),
                objects.is_none_or(|list| list.iter().any(|name| Some(name.as_str()) == object)),
            ]
        };
        lines.map(named).collect()
    }

    /// Whether somebody may meet the id of an object: those who see it, and for a counterpart also
    /// those who read its name in a case.
    pub fn may_know_of(&self, object: &str, who: Option<Who>) -> bool {
        let rules = &self.objects[object];
        let shared = rules.relations.iter().any(|(word, tenants)| {
            rules.kind == "counterpart"
                && word == "party"
                && who.is_some_and(|who| self.tenant_in(tenants, who.tenant))
        });
        let named = rules
            .texts
            .get("name")
            .is_some_and(|tenants| who.is_some_and(|who| self.tenant_in(tenants, who.tenant)));
        // What is published without a token is known to anyone.
        let published = rules.texts.get("title");
        let published = published.is_some_and(|readers| readers.iter().any(|one| one == "public"));
        who.is_some_and(|who| self.part(object, who).is_some()) || shared || named || published
    }

    /// The expected status of one cell, by the table.
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
        } else if rules.absent.iter().any(holds) {
            404
        } else {
            403
        }
    }

    /// The governments that may read what is written there; None where no line says so.
    pub fn readers_of(&self, canary: &Canary) -> Option<&Vec<String>> {
        let texts = &self.objects.get(&canary.object)?.texts;
        let one = texts.get(&format!("{}.{}", canary.group, canary.field));
        one.or_else(|| texts.get(&canary.group))
    }

    /// Whether somebody may meet a canary. Only the person itself meets the person's name.
    pub fn meets(&self, canary: &Canary, who: Option<Who>, email: &str) -> bool {
        if canary.object == PEOPLE {
            return canary.field == email;
        }
        let tenants = self.readers_of(canary).expect("a line says who reads it");
        tenants.iter().any(|tenant| tenant == "public")
            || who.is_some_and(|who| {
                self.tenant_in(tenants, who.tenant)
                    && self.role_in(&self.objects[&canary.object].readers, who.role)
            })
    }

    /// Everybody at the government of `who`.
    pub fn at_same_government(who: Option<Who>) -> impl Iterator<Item = Option<Who>> {
        let all = everybody().into_iter();
        all.filter(move |one| who.is_some_and(|who| who.tenant == one.tenant))
            .map(Some)
    }

    /// Whether a canary is the name of somebody at this government.
    pub fn is_colleague(&self, canary: &Canary, who: Option<Who>) -> bool {
        let at = |who: Who| works_at(&canary.field, who.tenant);
        canary.object == PEOPLE && who.is_some_and(at)
    }

    /// Every group of texts that the table names.
    pub fn groups_of_texts(&self) -> Vec<(&str, &str)> {
        self.objects
            .iter()
            .flat_map(|(name, object)| {
                let groups = object.texts.keys();
                groups.map(move |group| (name.as_str(), group.as_str()))
            })
            .collect()
    }
}
