//! Typing errors in the table.

use super::{Line, Object, Rules, Table};
use std::collections::BTreeSet;
use std::str::FromStr;
use vinculo_domain::Role;
use vinculo_tests::TENANTS;

/// The words of the table, by what they name.
#[derive(Default)]
struct Words<'a> {
    roles: BTreeSet<&'a String>,
    tenants: BTreeSet<&'a String>,
    parts: BTreeSet<&'a String>,
    objects: BTreeSet<&'a String>,
}

impl<'a> Words<'a> {
    fn of_object(&mut self, object: &'a Object) {
        self.roles.extend(&object.readers);
        self.tenants.extend(object.access.values().flatten());
        self.tenants.extend(object.relations.values().flatten());
        let readers = object.texts.values().flatten();
        self.tenants
            .extend(readers.filter(|word| *word != "public"));
    }

    fn of_line(&mut self, line: &'a Line) {
        self.roles.extend(&line.roles);
        self.tenants.extend(line.tenants.iter().flatten());
        self.parts.extend(line.part.iter().flatten());
        self.objects.extend(line.on.iter().flatten());
    }
}

impl Rules {
    fn lines(&self) -> impl Iterator<Item = &Line> {
        self.allow.iter().chain(&self.late).chain(&self.absent)
    }
}

impl Table {
    /// Names that refer to nothing, and rules without text.
    pub fn slips(&self) -> Vec<String> {
        let mut words = Words::default();
        words.roles.extend(self.groups.roles.values().flatten());
        words.tenants.extend(self.groups.tenants.values().flatten());
        self.objects
            .values()
            .for_each(|object| words.of_object(object));
        let lines = self.operations.values().flat_map(Rules::lines);
        lines.for_each(|line| words.of_line(line));
        let parts: BTreeSet<&String> = self
            .objects
            .values()
            .flat_map(|o| o.access.keys())
            .collect();
        let role =
            |word: &String| Role::from_str(word).is_ok() || self.groups.roles.contains_key(word);
        let tenant = |word: &String| {
            TENANTS.iter().any(|(id, _)| id == word) || self.groups.tenants.contains_key(word)
        };
        let mut slips = Vec::new();
        let mut check = |what: &str, found: &BTreeSet<&String>, known: &dyn Fn(&String) -> bool| {
            let wrong = found.iter().filter(|word| !known(word));
            slips.extend(wrong.map(|word| format!("{what} {word} does not exist")));
        };
        check("role", &words.roles, &role);
        check("tenant", &words.tenants, &tenant);
        check("part", &words.parts, &|word| parts.contains(word));
        check("object", &words.objects, &|word| {
            self.objects.contains_key(word)
        });
        let dumb = self
            .objects
            .iter()
            .filter(|(_, object)| object.what.is_empty());
        slips.extend(dumb.map(|(name, _)| format!("{name} has no words")));
        let dumb = self
            .operations
            .iter()
            .filter(|(_, rules)| rules.rule.is_empty());
        slips.extend(dumb.map(|(name, _)| format!("{name} has no rule in words")));
        slips
    }
}
