//! Every closed list of words in the document has a catalogue with its labels.

use super::parts::each;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use strum::VariantArray;
use vinculo_api::openapi;
use vinculo_domain::catalogs::{self, Catalog};

/// Words without a catalogue of their own, and why: a schema, or the name of a parameter.
const EXCEPTIONS: [(&str, &str); 5] = [
    (
        "ProblemCode",
        "`get_problem_catalog` has their titles and details",
    ),
    ("catalog", "`get_catalogs` has what catalogues are called"),
    (
        "by",
        "a question, not a word of a record: each dimension in it is in `statistics-dimensions`",
    ),
    (
        "sort",
        "an order of a list: fields of its lines with a sign",
    ),
    ("level", "which governments are compared: words of `tiers`"),
];

fn words(schema: &Value) -> Option<BTreeSet<String>> {
    let words = schema.get("enum")?.as_array()?.iter();
    words.map(|word| Some(word.as_str()?.to_owned())).collect()
}

fn resolved<'d>(document: &'d Value, schema: &'d Value) -> &'d Value {
    match schema.get("$ref") {
        Some(reference) => document.pointer(&reference.as_str().unwrap()[1..]).unwrap(),
        None => schema,
    }
}

/// The values of the field that tells the variants of a schema apart.
fn tags(document: &Value, schema: &Value) -> Option<BTreeSet<String>> {
    let variants = schema.get("oneOf")?.as_array()?.iter();
    let tag = |variant: &Value| {
        let properties = resolved(document, variant).get("properties")?.as_object()?;
        let mut single = properties.values().filter_map(words);
        single.find(|words| words.len() == 1)?.pop_first()
    };
    let found: Option<BTreeSet<String>> = variants.map(tag).collect();
    found.filter(|found| found.len() > 1)
}

/// Every list of more than one word, and every single one that tells no variant apart, by its
/// place.
fn listed(value: &Value, at: &str, found: &mut Vec<(String, BTreeSet<String>)>) {
    match value {
        Value::Object(object) => {
            found.extend(words(value).map(|words| (at.to_owned(), words)));
            for (name, inner) in object {
                // An example is no schema, even where it has a field of this name.
                if !["example", "examples", "default"].contains(&name.as_str()) {
                    listed(inner, &format!("{at}/{name}"), found);
                }
            }
        }
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items.for_each(|(n, inner)| listed(inner, &format!("{at}/{n}"), found));
        }
        _ => {}
    }
}

fn schemas(document: &Value) -> &Map<String, Value> {
    document["components"]["schemas"].as_object().unwrap()
}

/// The words of each schema that says where its labels are.
fn labelled(document: &Value) -> Vec<(&str, Catalog, BTreeSet<String>)> {
    let schemas = schemas(document).iter();
    schemas
        .filter_map(|(name, schema)| {
            let address = schema.get("x-catalog")?.as_str().unwrap();
            let slug = address.strip_prefix("/v1/catalogs/").unwrap();
            let catalog = Catalog::parse(slug).unwrap_or_else(|| panic!("{name}: {slug}"));
            let words = words(schema).or_else(|| tags(document, schema));
            let words = words.unwrap_or_else(|| panic!("{name} lists no words"));
            Some((name.as_str(), catalog, words))
        })
        .collect()
}

fn codes(catalog: Catalog) -> BTreeSet<String> {
    let entries = catalogs::entries(catalog).iter();
    entries.map(|entry| entry.code.clone()).collect()
}

#[test]
fn every_list_of_words_says_where_its_labels_are() {
    let document = openapi::document();
    let mut used = BTreeSet::new();
    let mut excepted = |name: &str| {
        let found = EXCEPTIONS.iter().find(|(known, _why)| *known == name);
        used.extend(found.map(|(known, _why)| *known));
        found.is_some()
    };
    let told: BTreeSet<String> = schemas(&document)
        .values()
        .filter(|schema| schema.get("x-catalog").is_some())
        .filter_map(|schema| tags(&document, schema))
        .flatten()
        .collect();
    let mut without = Vec::new();
    for (name, schema) in schemas(&document) {
        if schema.get("x-catalog").is_some() || excepted(name) {
            continue;
        }
        without.extend(tags(&document, schema).map(|_tags| name.clone()));
        let mut found = Vec::new();
        listed(schema, name, &mut found);
        let untold = found
            .into_iter()
            .filter(|(_, words)| words.len() > 1 || !words.is_subset(&told));
        without.extend(untold.map(|(at, _)| at));
    }
    for (_, _, operation) in each(&document) {
        for parameter in operation["parameters"].as_array().unwrap() {
            let mut found = Vec::new();
            listed(&parameter["schema"], "", &mut found);
            let name = parameter["name"].as_str().unwrap();
            let items = &parameter["schema"]["items"];
            if let Some(address) = items["x-catalog"].as_str() {
                // Some of the words of a catalogue.
                let slug = address.strip_prefix("/v1/catalogs/").unwrap();
                let codes = codes(Catalog::parse(slug).unwrap());
                found.retain(|(_, words)| !words.is_subset(&codes));
            }
            if !found.is_empty() && !excepted(name) {
                without.push(format!("{} {name}", operation["operationId"]));
            }
        }
    }
    assert_eq!(without, Vec::<String>::new());
    let stale = EXCEPTIONS.iter().filter(|(name, _)| !used.contains(name));
    assert_eq!(stale.collect::<Vec<_>>(), Vec::<&(&str, &str)>::new());
}

#[test]
fn the_words_of_a_list_are_the_codes_of_its_catalogue() {
    let document = openapi::document();
    let mut whole = BTreeSet::new();
    for (name, catalog, words) in labelled(&document) {
        let codes = codes(catalog);
        let strange: Vec<&String> = words.difference(&codes).collect();
        assert_eq!(strange, Vec::<&String>::new(), "{name}");
        if words == codes {
            whole.insert(catalog);
        }
    }
    for catalog in Catalog::VARIANTS {
        let of_words = catalogs::is_enumeration(*catalog);
        assert!(!of_words || whole.contains(catalog), "{}", catalog.slug());
    }
}

/// What the exceptions say of other catalogues is so.
#[test]
fn the_excepted_words_are_labelled_elsewhere() {
    let document = openapi::document();
    let (tiers, dimensions) = (codes(Catalog::Tiers), codes(Catalog::StatisticsDimensions));
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, _, operation) in each(&document) {
        let id = operation["operationId"].as_str().unwrap();
        for parameter in operation["parameters"].as_array().unwrap() {
            let name = parameter["name"].as_str().unwrap();
            let Some(words) = words(&parameter["schema"]) else {
                continue;
            };
            let labelled = |word: &String| match name {
                "level" => tiers.contains(word),
                "by" if !id.contains("concentration") => {
                    word.split(',').all(|one| dimensions.contains(one))
                }
                _ => true,
            };
            assert!(words.iter().all(labelled), "{id} {name}");
            *seen.entry(name).or_default() += 1;
        }
    }
    assert!(seen["by"] > 5 && seen["level"] > 0, "{seen:?}");
}

#[test]
fn the_operation_names_every_catalogue() {
    let document = openapi::document();
    let said = document["paths"]["/v1/catalogs/{catalog}"]["get"]["description"]
        .as_str()
        .unwrap();
    for catalog in Catalog::VARIANTS {
        let name = format!("`{}`", catalog.slug());
        assert!(said.contains(&name), "{name}");
    }
}
