//! Both engines store the same data in the same form; the inventory lists every column.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use vinculo_persistence::Engine;
use vinculo_tests::{Table, TestApp};

const SCHEMA: &str = include_str!("../../crates/persistence/src/schema.rs");
const INVENTORY: &str = include_str!("../data/inventory.csv");
const CLASSES: [&str; 5] = ["tenant", "access", "public", "reference", "system"];
const PERSONAL: [&str; 4] = ["none", "contact", "identifier", "sensitive"];

async fn both() -> (BTreeMap<String, Table>, BTreeMap<String, Table>) {
    let lite = TestApp::start(Engine::Sqlite).await;
    let pg = TestApp::start(Engine::Postgres).await;
    (lite.scratch.structure(), pg.scratch.structure())
}

#[test]
fn both_trees_have_the_same_migrations() {
    let names = |engine: &str| -> BTreeSet<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations");
        let entries = folder.join(engine).read_dir().unwrap();
        entries
            .flat_map(|entry| {
                let entry = entry.unwrap();
                let name = entry.file_name().to_string_lossy().into_owned();
                let files = entry.path().read_dir().unwrap();
                files.map(move |file| {
                    format!("{name}/{}", file.unwrap().file_name().to_string_lossy())
                })
            })
            .collect()
    };
    let found = names("sqlite");
    assert_eq!(found, names("postgres"));
    assert!(found.contains("0001_foundation/up.sql"));
}

/// The type of the other engine that corresponds to a type of one engine.
fn counterpart_of(kind: &str) -> &'static str {
    match kind {
        "text" | "timestamp without time zone" => "TEXT",
        "integer" | "bigint" | "boolean" => "INTEGER",
        other => panic!("a type that SQLite has no form for: {other}"),
    }
}

#[actix_web::test]
async fn both_engines_have_the_same_tables() {
    let (lite, pg) = both().await;
    assert_eq!(
        lite.keys().collect::<Vec<_>>(),
        pg.keys().collect::<Vec<_>>()
    );
    for (name, table) in pg {
        let mut same = table;
        for column in &mut same.columns {
            column.kind = counterpart_of(&column.kind).to_owned();
        }
        assert_eq!(lite[&name], same, "{name}");
    }
}

/// The key of a table, and its columns with type and nullability.
type Declared = (Vec<String>, Vec<(String, String)>);

fn declared() -> BTreeMap<String, Declared> {
    let mut tables = BTreeMap::new();
    for block in SCHEMA.split("diesel::table! {").skip(1) {
        let mut lines = block.lines().map(str::trim).filter(|line| !line.is_empty());
        let (name, key) = lines.next().unwrap().split_once(" (").unwrap();
        let key = key.trim_end_matches(") {").split(", ").map(str::to_owned);
        let columns = lines
            .map_while(|line| line.trim_end_matches(',').split_once(" -> "))
            .map(|(name, kind)| (name.to_owned(), kind.to_owned()))
            .collect();
        tables.insert(name.to_owned(), (key.collect(), columns));
    }
    tables
}

#[actix_web::test]
async fn the_declared_tables_are_those_of_the_database() {
    let (_, pg) = both().await;
    let declared = declared();
    assert_eq!(
        declared.keys().collect::<Vec<_>>(),
        pg.keys().collect::<Vec<_>>()
    );
    for (name, table) in pg {
        let columns: Vec<_> = table
            .columns
            .into_iter()
            .map(|column| {
                let kind = match column.kind.as_str() {
                    "text" => "Text",
                    "timestamp without time zone" => "Timestamp",
                    "integer" => "Integer",
                    "bigint" => "BigInt",
                    "boolean" => "Bool",
                    other => panic!("{name}: {other}"),
                };
                let kind = if column.nullable {
                    format!("Nullable<{kind}>")
                } else {
                    kind.to_owned()
                };
                (column.name, kind)
            })
            .collect();
        assert_eq!(declared[&name], (table.primary_key, columns), "{name}");
    }
}

/// The rows of the inventory: table, class, column, personal.
fn inventory() -> Vec<[&'static str; 4]> {
    let lines = INVENTORY.lines().skip(1);
    lines
        .map(|line| {
            let cells: Vec<_> = line.split(',').collect();
            cells.try_into().unwrap_or_else(|_| panic!("{line}"))
        })
        .collect()
}

fn classes() -> BTreeMap<&'static str, &'static str> {
    let mut classes = BTreeMap::new();
    for [table, class, _, _] in inventory() {
        assert!(CLASSES.contains(&class), "{table}: {class}");
        let known = classes.insert(table, class);
        assert!(known.is_none_or(|known| known == class), "{table}");
    }
    classes
}

#[actix_web::test]
async fn every_column_is_in_the_inventory() {
    let (_, pg) = both().await;
    let real: BTreeSet<(String, String)> = pg
        .into_iter()
        .flat_map(|(name, table)| {
            let columns = table.columns.into_iter();
            columns.map(move |column| (name.clone(), column.name))
        })
        .collect();
    let listed: Vec<(String, String)> = inventory()
        .into_iter()
        .map(|[table, _, column, personal]| {
            assert!(PERSONAL.contains(&personal), "{table}.{column}: {personal}");
            (table.to_owned(), column.to_owned())
        })
        .collect();
    let distinct: BTreeSet<_> = listed.iter().cloned().collect();
    assert_eq!(distinct.len(), listed.len(), "a column stands twice");
    assert_eq!(distinct, real);
    assert_eq!(classes().len(), declared().len());
    for [table, _, column, personal] in inventory() {
        if column == "person_id" || column == "email" || column == "password_hash" {
            assert_ne!(personal, "none", "{table}.{column}");
        }
    }
}

/// Tables that any table may reference by a key of one column.
const SHARED: [&str; 5] = ["tenants", "people", "sessions", "audit_log", "inscriptions"];

#[actix_web::test]
async fn the_tenant_leads_every_key_of_what_it_owns() {
    let (lite, pg) = both().await;
    let classes = classes();
    for (name, table) in lite.into_iter().chain(pg) {
        let first = match classes[name.as_str()] {
            "tenant" => "tenant_id",
            "access" if name == "search_words" => "viewer",
            "access" => "viewer_tenant",
            _ => {
                let leads = table.primary_key.first().unwrap() == "tenant_id";
                assert!(!leads, "{name} is a tenant's");
                continue;
            }
        };
        assert_eq!(table.primary_key[0], first, "{name}");
        for (columns, _) in &table.unique {
            // The exception: a row is found by its id alone before its owner is known.
            let by_id = columns.len() == 1 && columns[0] == "id";
            assert!(by_id || columns[0] == first, "{name}: {columns:?}");
        }
        for (own, target, other) in &table.foreign_keys {
            if SHARED.contains(&target.as_str()) {
                continue;
            }
            // A row of access names the owner; a counterpart may belong to another tenant.
            let owner = match (name.as_str(), target.as_str()) {
                ("agreement_counterparts", "counterparts") => "counterpart_tenant",
                // What a record names may belong to another tenant too.
                ("record_links", _) if own[1] != "record_id" => "target_tenant",
                _ if first == "viewer_tenant" => "owner_tenant",
                _ => "tenant_id",
            };
            assert_eq!(
                (own[0].as_str(), other[0].as_str()),
                (owner, "tenant_id"),
                "{name}"
            );
        }
    }
}
