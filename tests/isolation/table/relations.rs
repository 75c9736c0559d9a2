//! The relations of governments to the objects of the table.

use super::Table;
use std::collections::BTreeSet;
use vinculo_tests::TENANTS;

/// The places of a government among governments: each has exactly one for each object.
const PLACES: [&str; 8] = [
    "own",
    "parent",
    "child",
    "sibling",
    "foreign",
    "federal",
    "federal_body",
    "observer",
];

impl Table {
    /// What is wrong with the relations: a government with no place or with two, or relations on
    /// which an operation is not tried.
    pub fn gaps(&self) -> Vec<String> {
        let mut gaps = Vec::new();
        for (name, object) in &self.objects {
            for (tenant, _) in TENANTS {
                let held = |word: &&&str| {
                    let list = object.relations.get(**word);
                    list.is_some_and(|list| list.iter().any(|id| id == tenant))
                };
                let places: Vec<_> = PLACES.iter().filter(held).collect();
                if places.len() != 1 {
                    gaps.push(format!("{name}: {tenant} stands at {places:?}"));
                }
            }
            let known = &self.relations[&object.kind];
            let unknown = object.relations.keys().filter(|word| !known.contains(word));
            gaps.extend(unknown.map(|word| format!("{name}: {word} is no relation of its kind")));
        }
        for (operation, rules) in &self.operations {
            let Some(kind) = &rules.object else { continue };
            let of_kind = self.objects.values().filter(|object| object.kind == *kind);
            let tried: BTreeSet<&String> = of_kind
                .flat_map(|object| &object.relations)
                .filter(|(_, tenants)| !tenants.is_empty())
                .map(|(word, _)| word)
                .collect();
            let missing = self.relations[kind]
                .iter()
                .filter(|word| !tried.contains(word));
            gaps.extend(
                missing.map(|word| format!("{operation} is tried on no object with {word}")),
            );
        }
        gaps
    }
}
