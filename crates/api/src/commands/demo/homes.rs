//! Which government leads how many registered agreements of the demonstration, and of which kind:
//! the shape that the foreign ministry published of its registry.

use std::collections::BTreeMap;
use vinculo_domain::agreements::AgreementKind;
use vinculo_domain::{Refusal, Result};

/// Per state: its agreements, how many of them municipalities lead, and its municipalities, the
/// busiest first.
const STATES: &str = include_str!("../../../data/registered_by_state.csv");

/// Twinnings among them: 38 %.
pub const TWINNINGS: usize = 608;
/// Twinnings that municipalities lead.
const MUNICIPAL_TWINNINGS: usize = 440;
/// The six municipalities that hold a quarter of the twinnings, and how many each.
const LEADERS: [(&str, usize); 6] = [
    ("14039", 30),
    ("14120", 20),
    ("19039", 28),
    ("21114", 26),
    ("11020", 25),
    ("31050", 23),
];

/// What a government leads of one kind.
#[derive(Debug, Clone, Copy, Default)]
pub struct Home {
    /// How many agreements.
    pub count: usize,
    /// Whether it is a municipality.
    pub municipal: bool,
}

/// What governments lead, by government and kind.
pub type Homes = BTreeMap<(String, &'static str), Home>;

struct State {
    id: String,
    agreements: usize,
    municipal: usize,
    municipalities: Vec<String>,
}

/// The plan.
pub fn homes() -> Result<Homes> {
    let states = states()?;
    let municipal: Vec<usize> = states.iter().map(|state| state.municipal).collect();
    let own: Vec<usize> = states
        .iter()
        .map(|state| state.agreements - state.municipal)
        .collect();
    let municipal_twinnings = apportion(MUNICIPAL_TWINNINGS, &municipal);
    let own_twinnings = apportion(TWINNINGS - MUNICIPAL_TWINNINGS, &own);
    let mut homes = Homes::new();
    let mut put = |government: &str, municipal: bool, kind: AgreementKind, count: usize| {
        let home = homes.entry((government.to_owned(), kind.into()));
        let home = home.or_insert(Home {
            count: 0,
            municipal,
        });
        home.count += count;
    };
    for (i, state) in states.iter().enumerate() {
        let at = |counts: &[usize]| counts.get(i).copied().unwrap_or_default();
        let (led, twinned) = (at(&municipal_twinnings), at(&own_twinnings));
        put(&state.id, false, AgreementKind::Twinning, twinned);
        put(
            &state.id,
            false,
            AgreementKind::SpecificCooperation,
            at(&own) - twinned,
        );
        let fixed: Vec<(&String, usize)> = state
            .municipalities
            .iter()
            .filter_map(|id| Some((id, LEADERS.iter().find(|(leader, _)| leader == id)?.1)))
            .collect();
        let others: Vec<&String> = state
            .municipalities
            .iter()
            .filter(|id| !fixed.iter().any(|(leader, _)| leader == id))
            .collect();
        let taken: usize = fixed.iter().map(|(_, count)| count).sum();
        let rest = apportion(led.saturating_sub(taken), &falling(others.len()));
        for (id, count) in fixed.into_iter().chain(others.into_iter().zip(rest)) {
            put(id, true, AgreementKind::Twinning, count);
        }
        let specific = apportion(at(&municipal) - led, &falling(state.municipalities.len()));
        for (id, count) in state.municipalities.iter().zip(specific) {
            put(id, true, AgreementKind::SpecificCooperation, count);
        }
    }
    homes.retain(|_key, home| home.count > 0);
    Ok(homes)
}

fn states() -> Result<Vec<State>> {
    let wrong = |error: &dyn std::fmt::Display| Refusal::internal(error.to_string());
    let row = |row: csv::Result<(String, usize, usize, String)>| {
        let (id, agreements, municipal, municipalities) = row.map_err(|error| wrong(&error))?;
        Ok(State {
            id,
            agreements,
            municipal,
            municipalities: municipalities.split(' ').map(str::to_owned).collect(),
        })
    };
    csv::Reader::from_reader(STATES.as_bytes())
        .deserialize()
        .map(row)
        .collect()
}

/// The first takes most, each next one less.
fn falling(count: usize) -> Vec<usize> {
    (1..=count).map(|place| 60 / place).collect()
}

/// Divides `total` by weights; what is left goes to the largest remainders.
fn apportion(total: usize, weights: &[usize]) -> Vec<usize> {
    let sum: usize = weights.iter().sum::<usize>().max(1);
    let mut parts: Vec<usize> = weights.iter().map(|weight| total * weight / sum).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&i| {
        let weight = weights.get(i).copied().unwrap_or_default();
        (std::cmp::Reverse(total * weight % sum), i)
    });
    let left = total - parts.iter().sum::<usize>();
    for i in order.into_iter().take(left) {
        if let Some(part) = parts.get_mut(i) {
            *part += 1;
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plan_has_the_published_shape() {
        let homes = homes().unwrap();
        let sum = |wanted: &dyn Fn(&Home, &str) -> bool| -> usize {
            let counted = homes.iter().filter(|((_, kind), home)| wanted(home, kind));
            counted.map(|(_, home)| home.count).sum()
        };
        assert_eq!(sum(&|_, _| true), 1600);
        assert_eq!(sum(&|_, kind| kind == "twinning"), TWINNINGS);
        assert_eq!(sum(&|home, _| !home.municipal), 1008);
        let most = homes
            .iter()
            .filter(|((_, kind), home)| home.municipal && *kind == "twinning")
            .filter(|((id, _), _)| !LEADERS.iter().any(|(leader, _)| leader == id))
            .map(|(_, home)| home.count)
            .max();
        assert!(most < Some(20), "{most:?}");
    }

    #[test]
    fn nothing_is_lost_in_dividing() {
        for total in 0..200 {
            assert_eq!(
                apportion(total, &[7, 3, 0, 11]).iter().sum::<usize>(),
                total
            );
        }
        assert_eq!(apportion(10, &[1, 1, 1]), [4, 3, 3]);
    }
}
