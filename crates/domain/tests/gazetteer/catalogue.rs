//! What the catalogue contains.

use std::collections::{BTreeMap, HashSet};

use vinculo_domain::Tier;
use vinculo_domain::gazetteer::{seed_government, seed_governments};

/// State, abbreviation and number of municipalities: reference facts.
const STATES: [(&str, &str, usize); 32] = [
    ("01", "AGU", 11),
    ("02", "BCN", 7),
    ("03", "BCS", 5),
    ("04", "CAM", 13),
    ("05", "COA", 38),
    ("06", "COL", 10),
    ("07", "CHP", 124),
    ("08", "CHH", 67),
    ("09", "CMX", 16),
    ("10", "DUR", 39),
    ("11", "GUA", 46),
    ("12", "GRO", 85),
    ("13", "HID", 84),
    ("14", "JAL", 125),
    ("15", "MEX", 125),
    ("16", "MIC", 113),
    ("17", "MOR", 36),
    ("18", "NAY", 20),
    ("19", "NLE", 51),
    ("20", "OAX", 570),
    ("21", "PUE", 217),
    ("22", "QUE", 18),
    ("23", "ROO", 11),
    ("24", "SLP", 59),
    ("25", "SIN", 20),
    ("26", "SON", 72),
    ("27", "TAB", 17),
    ("28", "TAM", 43),
    ("29", "TLA", 60),
    ("30", "VER", 212),
    ("31", "YUC", 106),
    ("32", "ZAC", 58),
];

#[test]
fn every_state_has_its_municipalities() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for place in seed_governments()
        .iter()
        .filter(|g| g.tier == Tier::Municipality)
    {
        let state = place.parent_id.as_deref().unwrap();
        assert!(
            place.id.starts_with(state) && place.id.len() == 5,
            "{}",
            place.id
        );
        assert_eq!(place.inegi_key.as_deref(), Some(place.id.as_str()));
        let borough = if state == "09" {
            "borough"
        } else {
            "municipality"
        };
        assert_eq!(place.kind.as_deref(), Some(borough), "{}", place.id);
        *counts.entry(state).or_default() += 1;
    }
    let expected: BTreeMap<&str, usize> = STATES.iter().map(|(id, _, n)| (*id, *n)).collect();
    assert_eq!(counts, expected);
    assert_eq!(counts.values().sum::<usize>(), 2_478);
}

#[test]
fn every_state_is_complete() {
    let states: Vec<_> = seed_governments()
        .iter()
        .filter(|g| g.tier == Tier::State)
        .collect();
    let found: Vec<(&str, &str)> = states
        .iter()
        .map(|state| (state.id.as_str(), state.abbreviation.as_deref().unwrap()))
        .collect();
    assert_eq!(
        found,
        STATES.map(|(id, abbreviation, _)| (id, abbreviation))
    );
    assert!(
        states
            .iter()
            .all(|state| state.parent_id.is_none() && state.area_km2.is_some())
    );
    // INEGI: 1,959,248 km² of mainland, 1,964,375 km² with the islands.
    let area: i32 = states.iter().filter_map(|state| state.area_km2).sum();
    assert!((1_959_248..=1_964_375).contains(&area), "{area}");
}

#[test]
fn federal_bodies_and_observers_are_there() {
    let federal = seed_government("00").unwrap();
    assert_eq!(
        (federal.tier, federal.abbreviation.as_deref()),
        (Tier::Federal, Some("SRE"))
    );
    let body = seed_government("00-amexcid").unwrap();
    assert_eq!(
        (body.tier, body.parent_id.as_deref()),
        (Tier::FederalBody, Some("00"))
    );
    for id in ["obs-senado", "obs-conago", "obs-conamm", "obs-amaie"] {
        assert_eq!(seed_government(id).unwrap().tier, Tier::Observer);
    }
    assert_eq!(seed_governments().len(), 1 + 1 + 32 + 2_478 + 4);
    let ids: HashSet<&str> = seed_governments().iter().map(|g| g.id.as_str()).collect();
    assert_eq!(ids.len(), seed_governments().len());
}

#[test]
fn names_are_spelled_as_spanish_spells_them() {
    let small = ["de", "del", "la", "las", "los", "el", "y", "al"];
    let places = [Tier::State, Tier::Municipality];
    for government in seed_governments()
        .iter()
        .filter(|g| places.contains(&g.tier))
    {
        let name = &government.name;
        assert_eq!(name, name.trim());
        assert!(
            name.chars().all(|c| c.is_alphabetic() || " .".contains(c)),
            "{name}"
        );
        for word in name.split(' ') {
            let capital = word.chars().next().unwrap().is_uppercase();
            assert!(capital || small.contains(&word), "{name}");
            assert!(
                word.chars()
                    .skip(1)
                    .all(|c| !c.is_uppercase() || name == word),
                "{name}"
            );
        }
    }
    for (id, name) in [
        ("12001", "Acapulco de Juárez"),
        ("14098", "San Pedro Tlaquepaque"),
        ("14039", "Guadalajara"),
        ("30015", "Ángel R. Cabada"),
        ("26003", "Álamos"),
        ("12084", "Ñuu Savi"),
    ] {
        assert_eq!(seed_government(id).unwrap().name, name);
    }
}
