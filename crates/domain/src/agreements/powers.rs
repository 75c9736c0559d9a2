//! Own powers (atribuciones propias): the subject of an agreement must stay within those of whoever
//! signs it (LCT article 2-II). The catalogue says whose each power is; a power that none of the
//! signing parties has is flagged. Nothing is refused for it: whether a subject lies within a power
//! is for the reviewers to find.

use crate::catalogs::{self, Catalog, Entry};
use crate::governments::{BOROUGH, Government};
use crate::tenant::Tier;

/// Whether a government has a power of the catalogue, by its order of government.
fn has(government: &Government, power: &Entry) -> bool {
    let attribute = |name: &str| power.attributes.get(name).map(String::as_str);
    // A power of one government alone, such as those of Mexico City.
    if attribute("government").is_some_and(|id| id != government.id.as_str()) {
        return false;
    }
    let municipal = government.tier == Tier::Municipality;
    let borough = government.kind.as_deref() == Some(BOROUGH);
    match attribute("holder") {
        Some("municipality") => municipal && !borough,
        Some("borough") => municipal && borough,
        Some("state") => government.tier == Tier::State,
        _ => true,
    }
}

/// The powers named that none of these governments has, in the order in which they are named.
pub fn powers_not_held<'a>(
    named: &[String],
    signing: impl Iterator<Item = &'a Government> + Clone,
) -> Vec<String> {
    let held = |code: &String| {
        let power = catalogs::entry(Catalog::LegalPowers, code);
        power.is_none_or(|power| signing.clone().any(|government| has(government, power)))
    };
    named.iter().filter(|code| !held(code)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tenant::TenantId;

    fn government(id: &str, tier: Tier, kind: Option<&str>) -> Government {
        Government {
            id: TenantId::new(id),
            tier,
            kind: kind.map(str::to_owned),
            name: id.to_owned(),
            official_name: None,
            abbreviation: None,
            parent_id: None,
            inegi_key: None,
            area_km2: None,
            valid_from: "1917-02-05".into(),
            valid_to: None,
        }
    }

    #[test]
    fn a_power_of_another_order_of_government_is_flagged() {
        let guadalajara = government("14039", Tier::Municipality, Some("municipality"));
        let coyoacan = government("09003", Tier::Municipality, Some("borough"));
        let jalisco = government("14", Tier::State, None);
        let city = government("09", Tier::State, None);
        let agency = government("00-amexcid", Tier::FederalBody, None);
        // What everybody may name, services of municipalities, and powers of one order alone.
        let all = [
            "73-XXIX-NN",
            "115-III-c",
            "115-V-d",
            "122-A-VI",
            "122-A",
            "124",
        ];
        let all = all.map(str::to_owned);
        for (signing, flagged) in [
            (vec![&guadalajara], vec!["122-A-VI", "122-A", "124"]),
            (
                vec![&coyoacan],
                vec!["115-III-c", "115-V-d", "122-A", "124"],
            ),
            (
                vec![&jalisco],
                vec!["115-III-c", "115-V-d", "122-A-VI", "122-A"],
            ),
            (vec![&city], vec!["115-III-c", "115-V-d", "122-A-VI"]),
            (
                vec![&agency],
                vec!["115-III-c", "115-V-d", "122-A-VI", "122-A", "124"],
            ),
            (vec![&guadalajara, &jalisco], vec!["122-A-VI", "122-A"]),
            (vec![&coyoacan, &city], vec!["115-III-c", "115-V-d"]),
        ] {
            let found = powers_not_held(&all, signing.iter().copied());
            assert_eq!(found, flagged, "{signing:?}");
        }
        let unknown = ["999-Z".to_owned()];
        assert_eq!(
            powers_not_held(&unknown, [&jalisco].into_iter()),
            Vec::<String>::new()
        );
    }

    #[test]
    fn the_catalogue_says_whose_each_power_is() {
        for power in catalogs::entries(Catalog::LegalPowers) {
            let holder = power.attributes.get("holder").map(String::as_str);
            let known = ["municipality", "borough", "state", "concurrent"];
            assert!(
                holder.is_some_and(|holder| known.contains(&holder)),
                "{power:?}"
            );
        }
    }
}
