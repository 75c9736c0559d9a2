//! What every kind must be, whatever it is about.

use super::*;
use crate::catalogs;
use crate::tenant::TenantId;
use serde_json::{Map, Value, json};
use std::collections::{BTreeSet, HashSet};
use strum::VariantArray;
use utoipa::PartialSchema;
use utoipa::openapi::{RefOr, Schema};

fn value<T: serde::Serialize>(of: &T) -> Value {
    serde_json::to_value(of).unwrap()
}

fn own_schema(kind: &Kind) -> Value {
    let name = (kind.name)();
    let schemas = (kind.schemas)();
    let (_, schema) = schemas.iter().find(|(known, _)| *known == name).unwrap();
    value(schema)
}

/// A body as an owner would send it: the title and the example of the kind.
fn example(kind: &Kind) -> Map<String, Value> {
    let mut body = own_schema(kind)["example"].as_object().unwrap().clone();
    body.insert("title".into(), json!("Registro de ejemplo"));
    body
}

#[test]
fn the_names_of_common_fields_are_those_of_the_schema() {
    let RefOr::T(Schema::Object(object)) = Fields::schema() else {
        panic!("no object");
    };
    let declared: BTreeSet<&str> = object.properties.keys().map(String::as_str).collect();
    assert_eq!(declared, Fields::NAMES.iter().copied().collect());
    let RefOr::T(Schema::Object(object)) = super::record::Envelope::schema() else {
        panic!("no object");
    };
    let declared: BTreeSet<&str> = object.properties.keys().map(String::as_str).collect();
    assert_eq!(declared, Record::NAMES.iter().copied().collect());
}

#[test]
fn every_kind_is_declared_as_the_mechanism_reads_it() {
    let mut words = HashSet::new();
    for kind in kinds() {
        let spec = &kind.spec;
        let what = spec.many;
        assert!(words.insert(spec.one) && words.insert(spec.many), "{what}");
        assert_eq!(find(spec.many), Some(kind));
        assert!(
            spec.says.ends_with('.') && spec.says.contains('('),
            "{what}"
        );
        assert!(spec.visibilities.contains(&spec.visibility), "{what}");
        let properties = own_schema(kind)["properties"].as_object().unwrap().clone();
        for name in properties.keys() {
            let taken =
                Fields::NAMES.contains(&name.as_str()) || Record::NAMES.contains(&name.as_str());
            assert!(!taken, "{what}: {name} is a field of every record");
        }
        let named = [spec.personal, spec.links, spec.moved];
        for name in named.into_iter().flatten() {
            assert!(properties.contains_key(*name), "{what}: {name}");
        }
        let reached: BTreeSet<RecordStatus> = spec.moves.iter().map(|one| one.to).collect();
        for (i, status) in spec.statuses.iter().enumerate() {
            assert!(
                i == 0 || reached.contains(status),
                "{what}: {status:?} is never reached"
            );
        }
        for status in spec.kept.iter().chain(spec.closed) {
            assert!(spec.statuses.contains(status), "{what}");
        }
        let mut actions = HashSet::new();
        for one in spec.moves {
            assert!(actions.insert(one.action), "{what}: {:?} twice", one.action);
            let known = |status: &RecordStatus| spec.statuses.contains(status);
            assert!(one.from.iter().all(known) && known(&one.to), "{what}");
            assert!(
                one.needs.iter().all(|name| one.takes.contains(name)),
                "{what}"
            );
            let taken = |name: &&str| properties.contains_key(*name);
            assert!(one.takes.iter().all(taken), "{what}");
            assert!(one.by == By::Owner || spec.access.is_exchange(), "{what}");
        }
        for filter in spec.filters {
            if let Values::Record(other) = filter.values {
                assert!(find(other).is_some(), "{what}: {other}");
                assert!(spec.links.contains(&filter.name), "{what}: {}", filter.name);
            }
        }
    }
}

#[test]
fn every_status_and_action_belongs_to_a_kind() {
    let statuses: BTreeSet<_> = kinds().iter().flat_map(|kind| kind.spec.statuses).collect();
    assert_eq!(statuses, RecordStatus::VARIANTS.iter().collect());
    let moves = kinds().iter().flat_map(|kind| kind.spec.moves);
    let mut actions: BTreeSet<_> = moves.map(|one| one.action).collect();
    actions.extend([RecordAction::Confirm, RecordAction::Erase]);
    assert_eq!(actions, RecordAction::VARIANTS.iter().copied().collect());
}

/// Whether everything that was sent is there; fields that were left out came on top.
fn holds(kept: &Value, sent: &Value) -> bool {
    match (kept, sent) {
        (Value::Object(kept), Value::Object(sent)) => sent
            .iter()
            .all(|(name, value)| kept.get(name).is_some_and(|kept| holds(kept, value))),
        (Value::Array(kept), Value::Array(sent)) => {
            kept.len() == sent.len() && kept.iter().zip(sent).all(|(kept, sent)| holds(kept, sent))
        }
        _ => kept == sent,
    }
}

/// The example of each kind is right, and what is read of it is written back the same.
#[test]
fn every_example_is_read_and_written_back() {
    for kind in kinds() {
        let content = Content::read(kind, example(kind)).unwrap();
        assert_eq!(content.check(), Ok(()), "{kind:?}");
        let body = content.body().unwrap();
        let again = Content::read(kind, body.clone()).unwrap();
        assert_eq!(again.body().unwrap(), body, "{kind:?}");
        for (name, value) in example(kind) {
            assert!(holds(&body[&name], &value), "{kind:?} {name}");
        }
        let known = kind.spec.filters.iter().map(|filter| filter.name);
        // The last two are asked for by scores alone.
        let others = ["country", "language", "direct_link", "has_rules"];
        let known: HashSet<&str> = known.chain(others).collect();
        for (name, _) in &content.index.facets {
            assert!(known.contains(name), "{kind:?}: no filter is called {name}");
        }
    }
}

#[test]
fn unknown_fields_are_refused() {
    for kind in kinds() {
        let mut body = example(kind);
        body.insert("color".into(), json!("azul"));
        let refused = Content::read(kind, body).unwrap_err().to_string();
        assert!(refused.contains("unknown field `color`"), "{refused}");
    }
}

/// Nothing that identifies people is found by search or filter, shown to others or told by figures.
#[test]
fn what_is_personal_is_in_no_facet_and_in_no_view_of_others() {
    let secret = "Zutano";
    for kind in kinds() {
        let mut body = example(kind);
        for name in kind.spec.personal {
            match body.get_mut(*name) {
                Some(Value::String(text)) => *text = secret.to_owned(),
                Some(Value::Array(items)) => {
                    for item in items {
                        if let Some(Value::String(name)) = item.get_mut("name") {
                            *name = secret.to_owned();
                        }
                    }
                }
                _ => {}
            }
        }
        let content = Content::read(kind, body.clone()).unwrap();
        let owner = TenantId::new("14039");
        let state = TenantId::new("14");
        let facets = Facets {
            content: &content,
            owner: &owner,
            state: &state,
            status: kind.spec.first_status(),
            confirmed_at: chrono::DateTime::UNIX_EPOCH,
            changed_at: chrono::DateTime::UNIX_EPOCH,
            since: chrono::DateTime::UNIX_EPOCH,
        };
        let rows = format!("{:?}", facets.rows());
        assert!(!rows.to_lowercase().contains("zutano"), "{kind:?}");
        let record = Record {
            id: uuid::Uuid::nil(),
            kind,
            tenant_id: owner,
            status: kind.spec.first_status(),
            version: 1,
            body: content.body().unwrap(),
            created_at: chrono::DateTime::UNIX_EPOCH,
            updated_at: chrono::DateTime::UNIX_EPOCH,
            confirmed_at: chrono::DateTime::UNIX_EPOCH,
            updated_by: Some(uuid::Uuid::nil()),
        };
        let foreign = value(&record.show(&Shown::default()));
        assert!(!foreign.to_string().contains(secret), "{kind:?}");
        assert_eq!(foreign["updated_by"], Value::Null);
        let own = record.show(&Shown {
            own: true,
            ..Shown::default()
        });
        for name in kind.spec.personal {
            assert_eq!(foreign[*name], Value::Null, "{kind:?} {name}");
            assert_eq!(own[*name], record.body[*name], "{kind:?} {name}");
        }
    }
}

#[test]
fn a_shared_record_is_found_once_in_each_place() {
    let kind = find("commitments").unwrap();
    let spaces = |visibility: &str, shared: &[&str]| {
        let mut body = example(kind);
        body.insert("visibility".into(), json!(visibility));
        body.insert("shared_with".into(), json!(shared));
        let content = Content::read(kind, body).unwrap();
        let (owner, state) = (TenantId::new("14039"), TenantId::new("14"));
        let facets = Facets {
            content: &content,
            owner: &owner,
            state: &state,
            status: RecordStatus::Open,
            confirmed_at: chrono::DateTime::UNIX_EPOCH,
            changed_at: chrono::DateTime::UNIX_EPOCH,
            since: chrono::DateTime::UNIX_EPOCH,
        };
        let spaces = facets.spaces().into_iter().map(|space| space.viewer);
        spaces.collect::<Vec<_>>()
    };
    assert_eq!(spaces("private", &[]), ["14039"]);
    assert_eq!(spaces("private", &["00", "11"]), ["00", "11", "14039"]);
    let government = ["11", "14039", "visibility:government"];
    assert_eq!(spaces("government", &["00", "11"]), government);
    assert_eq!(
        spaces("network", &["00", "11"]),
        ["14039", "visibility:network"]
    );
    assert_eq!(spaces("public", &["11"]), ["14039", "visibility:public"]);
}

#[test]
fn a_draft_is_found_by_its_owner_alone() {
    let kind = find("library-items").unwrap();
    let content = Content::read(kind, example(kind)).unwrap();
    let owner = TenantId::sre();
    let of = |status| Facets {
        content: &content,
        owner: &owner,
        state: &owner,
        status,
        confirmed_at: chrono::DateTime::UNIX_EPOCH,
        changed_at: chrono::DateTime::UNIX_EPOCH,
        since: chrono::DateTime::UNIX_EPOCH,
    };
    assert_eq!(of(RecordStatus::Draft).spaces().len(), 1);
    assert_eq!(of(RecordStatus::Current).spaces().len(), 2);
}

#[test]
fn a_move_out_of_order_says_what_is_open() {
    let kind = find("referrals").unwrap();
    let refused = kind
        .require_open(RecordAction::Answer, RecordStatus::Closed, By::Asked)
        .unwrap_err();
    assert_eq!(refused.problem, crate::problems::Problem::WrongStage);
    let refused = kind
        .require_open(RecordAction::Close, RecordStatus::Asked, By::Owner)
        .unwrap_err();
    let said = refused.said.unwrap().en.to_string();
    assert!(said.contains("confirm, withdraw"), "{said}");
    let refused = kind.side_of(RecordAction::Publish).unwrap_err();
    assert!(
        refused.errors[0]
            .said
            .en
            .contains("confirm, accept, answer")
    );
    let unfilled = kind.require_filled(RecordAction::Answer, &Map::new());
    assert_eq!(unfilled.unwrap_err().errors[0].pointer, "/fields/answer");
}

#[test]
fn changes_are_told_by_field() {
    let body = |text: &str| serde_json::from_str::<Map<String, Value>>(text).unwrap();
    let found = changes(
        &body(r#"{"a": 1, "b": [1], "c": "x"}"#),
        &body(r#"{"a": 1, "b": [1, 2], "d": true}"#),
    );
    let names: Vec<&str> = found.iter().map(|change| change.field.as_str()).collect();
    assert_eq!(names, ["b", "c", "d"]);
    assert_eq!((&found[1].old, &found[1].new), (&json!("x"), &Value::Null));
}

#[test]
fn a_record_is_stale_after_a_year() {
    let at = |text: &str| text.parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    let record = Record {
        id: uuid::Uuid::nil(),
        kind: find("networks").unwrap(),
        tenant_id: TenantId::sre(),
        status: RecordStatus::Active,
        version: 1,
        body: Map::new(),
        created_at: at("2025-01-01T00:00:00Z"),
        updated_at: at("2025-01-01T00:00:00Z"),
        confirmed_at: at("2025-11-30T12:00:00Z"),
        updated_by: None,
    };
    assert!(!record.is_stale(at("2026-11-30T11:59:59Z")));
    assert!(record.is_stale(at("2026-11-30T12:00:00Z")));
}

#[test]
fn filters_by_words_take_the_words_of_their_catalogue() {
    for filter in kinds().iter().flat_map(|kind| kind.spec.filters) {
        if let Values::Catalog(catalog) = filter.values {
            assert!(!catalogs::entries(catalog).is_empty(), "{}", filter.name);
        }
    }
}
