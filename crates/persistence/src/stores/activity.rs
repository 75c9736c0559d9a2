//! Activity abroad by year, as far as the caller sees it.

use super::governments;
use super::records::{self, Counted};
use super::statistics::agreements_by_year;
use crate::failure::Outcome;
use crate::tx::ReadTx;
use std::ops::RangeInclusive;
use strum::VariantArray;
use vinculo_domain::Tier;
use vinculo_domain::activity::{Activity, ActivityFamily, Place};
use vinculo_domain::records::find;

/// What happened in each year: agreements of the registry, and the records that the caller sees.
pub fn get(tx: &mut ReadTx<'_>, place: &Place, years: RangeInclusive<i32>) -> Outcome<Activity> {
    tx.scope.require()?;
    let government = match place {
        Place::Government(one) => governments::find(tx.conn, one)?,
        Place::Country | Place::State(_) => None,
    };
    let party = |tier| matches!(tier, Tier::State | Tier::Municipality);
    let government = government.filter(|one| party(one.tier));
    let mut found = agreements_by_year(tx.conn, place, government.as_ref())?;
    for family in ActivityFamily::VARIANTS {
        let Some((many, statuses)) = family.counts() else {
            continue;
        };
        let Some(kind) = find(many) else { continue };
        let counted = Counted {
            kind,
            statuses,
            place: match place {
                Place::Country => None,
                Place::State(state) => Some(("state", state.as_str())),
                Place::Government(one) => Some(("owner", one.as_str())),
            },
        };
        for (year, count) in records::by_year(tx.conn, tx.scope, &counted)? {
            found.insert((*family, year), count);
        }
    }
    Ok(Activity::over(place, years, &found))
}
