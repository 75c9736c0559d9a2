//! Every name of the catalogue in every way to write it: none may be taken for another government
//! without a question.

use std::collections::{BTreeMap, HashMap};

use vinculo_domain::Tier;
use vinculo_domain::gazetteer::{
    Match, SeedGovernment, city_aliases, find_government, seed_government, seed_governments,
};
use vinculo_domain::text::fold;

use crate::{ids, is_one};

/// Municipalities whose own name is asked about even inside their state: the name is also that of a
/// town of another municipality, or for the first and the last the short name of one.
const ASKED: [&str; 23] = [
    "15012", "01010", "07105", "07123", "12053", "12076", "13007", "14075", "15046", "16054",
    "20194", "20225", "20353", "21006", "21067", "21068", "21195", "30052", "30069", "30119",
    "30174", "30183", "30204",
];

/// What a way to write a name gave.
#[derive(Default)]
struct Tally {
    resolved: usize,
    asked: usize,
}

fn municipalities() -> impl Iterator<Item = &'static SeedGovernment> {
    let all = seed_governments().iter();
    all.filter(|government| government.tier == Tier::Municipality)
}

fn state_of(place: &SeedGovernment) -> &'static SeedGovernment {
    place
        .parent_id
        .as_deref()
        .and_then(seed_government)
        .unwrap()
}

#[test]
fn a_place_is_found_by_its_key_and_its_own_name() {
    for government in municipalities() {
        let state = government.parent_id.as_deref();
        is_one(find_government(None, Some(&government.id)), &government.id);
        is_one(find_government(state, Some(&government.id)), &government.id);
        let by_name = find_government(state, Some(&government.name));
        assert!(
            ids(&by_name).contains(&government.id.as_str()),
            "{}",
            government.name
        );
        let by_full_name = find_government(state, Some(government.full_name()));
        let asked = matches!(by_full_name, Match::Ambiguous(_));
        assert_eq!(
            asked,
            ASKED.contains(&government.id.as_str()),
            "{}",
            government.name
        );
    }
}

fn without_accents(name: &str) -> String {
    fold(name)
        .split(' ')
        .map(|word| {
            let (first, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
            first.to_uppercase() + rest
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// The ways to write a place: what they are called, and the two cells.
fn ways(place: &SeedGovernment, name: &str) -> Vec<(&'static str, Option<String>, String)> {
    let state = state_of(place);
    let short = state.abbreviation.as_deref().unwrap();
    let alone = [
        ("alone", name.to_owned()),
        ("small letters", name.to_lowercase()),
        ("capitals", name.to_uppercase()),
        ("without accents", without_accents(name)),
        ("Municipio de", format!("Municipio de {name}")),
        ("Mpio.", format!("Mpio. {name}")),
        ("H. Ayuntamiento de", format!("H. Ayuntamiento de {name}")),
        ("Gobierno de", format!("Gobierno de {name}")),
    ];
    let with_state = [
        (", state", format!("{name}, {}", state.name)),
        (", abbreviation", format!("{name}, {short}")),
        ("(state)", format!("{name} ({})", state.name)),
        ("- state", format!("{name} - {}", state.name)),
        ("state without comma", format!("{name} {}", state.name)),
        ("state first", format!("{} - {name}", state.name)),
        (", state, México", format!("{name}, {}, México", state.name)),
        (", México", format!("{name}, México")),
        (", MX", format!("{name}, MX")),
        ("(key)", format!("{name} ({})", place.id)),
    ];
    let mut ways = Vec::new();
    for (way, cell) in alone.into_iter().chain(with_state) {
        ways.push((way, None, cell.clone()));
        ways.push((way, Some(state.name.clone()), cell));
    }
    ways
}

#[test]
fn no_name_is_taken_for_another_government() {
    let mut tallies: BTreeMap<(bool, &str), Tally> = BTreeMap::new();
    for place in municipalities() {
        let mut names = vec![place.name.as_str(), place.full_name()];
        names.dedup();
        for name in names {
            for (way, state, cell) in ways(place, name) {
                let found = find_government(state.as_deref(), Some(&cell));
                let tally = tallies.entry((state.is_some(), way)).or_default();
                match &found {
                    Match::One(one) => {
                        assert_eq!(one.id, place.id, "{state:?} | {cell}");
                        tally.resolved += 1;
                    }
                    Match::Ambiguous(_) => {
                        assert!(
                            ids(&found).contains(&place.id.as_str()),
                            "{state:?} | {cell}: {found:?}"
                        );
                        tally.asked += 1;
                    }
                    Match::None => panic!("{state:?} | {cell}"),
                }
            }
        }
    }
    for ((in_columns, way), Tally { resolved, asked }) in tallies {
        let column = if in_columns {
            "with a state"
        } else {
            "no state"
        };
        println!("{column}, {way}: {resolved} resolved, {asked} asked");
        // Questions are for doubts: four names of five are clear by themselves, and nearly all are
        // with their state.
        let most = if in_columns { 50 } else { 500 };
        assert!(asked <= most, "{column}, {way}: {asked}");
    }
}

/// The municipalities that have exactly a name, their own or another.
fn by_name() -> HashMap<String, Vec<&'static str>> {
    let mut by_name: HashMap<String, Vec<&'static str>> = HashMap::new();
    for place in municipalities() {
        for name in [place.name.as_str(), place.full_name()]
            .into_iter()
            .chain(city_aliases(&place.id))
        {
            let named = by_name.entry(fold(name)).or_default();
            if !named.contains(&place.id.as_str()) {
                named.push(&place.id);
            }
        }
    }
    by_name
}

#[test]
fn no_beginning_is_taken_for_a_government() {
    let by_name = by_name();
    let (mut resolved, mut asked, mut unknown) = (0, 0, 0);
    for place in municipalities() {
        let Some((most, _)) = place.name.rsplit_once(' ') else {
            continue;
        };
        let (first, _) = place.name.split_once(' ').unwrap();
        let state = state_of(place);
        for beginning in [first, most] {
            for home in [None, Some(state)] {
                let cell = home.map(|state| state.name.as_str());
                match find_government(cell, Some(beginning)) {
                    Match::Ambiguous(_) => asked += 1,
                    Match::None => unknown += 1,
                    Match::One(found) => {
                        let named = by_name.get(&fold(beginning)).into_iter().flatten();
                        let here: Vec<_> = named
                            .filter(|id| home.is_none_or(|state| id.starts_with(&state.id)))
                            .collect();
                        assert_eq!(here, [&found.id], "{cell:?} | {beginning}");
                        resolved += 1;
                    }
                }
            }
        }
    }
    println!("beginnings: {resolved} resolved, {asked} asked, {unknown} unknown");
    assert!(asked > 10 * resolved, "{asked} {resolved}");
}
