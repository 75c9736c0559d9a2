//! The breakdowns that each family offers, and how each counts.

use super::Dimension as D;
use super::{Audience, CountBy, Family};
use crate::refusal::Said;
use crate::wording;

/// One or two dimensions together.
pub type Grouping = &'static [D];

const STOCK: &[Grouping] = &[
    &[D::Tier],
    &[D::Kind],
    &[D::Instrument],
    &[D::State],
    &[D::Municipality],
    &[D::Country],
    &[D::CounterpartKind],
    &[D::CounterpartLevel],
    &[D::BodyKind],
    &[D::Theme],
    &[D::SdgGoal],
    &[D::Year],
    &[D::RegistrationYear],
    &[D::Standing],
    &[D::Tier, D::Kind],
    &[D::Tier, D::Country],
    &[D::Tier, D::Theme],
    &[D::Tier, D::Year],
    &[D::Tier, D::Standing],
    &[D::Tier, D::BodyKind],
    &[D::Tier, D::CounterpartKind],
    &[D::Tier, D::CounterpartLevel],
    &[D::State, D::Tier],
    &[D::State, D::Kind],
    &[D::State, D::Country],
    &[D::State, D::Theme],
    &[D::State, D::Year],
    &[D::State, D::Standing],
    &[D::Country, D::Kind],
    &[D::Country, D::Theme],
    &[D::Country, D::Year],
    &[D::Country, D::CounterpartLevel],
    &[D::Kind, D::Theme],
    &[D::Kind, D::Year],
    &[D::Kind, D::Standing],
    &[D::Kind, D::CounterpartKind],
    &[D::Kind, D::CounterpartLevel],
    &[D::Year, D::Standing],
];
/// Stages are not public.
const OWN_STOCK: &[Grouping] = &[
    &[D::Stage],
    &[D::Compliance],
    &[D::Stage, D::Kind],
    &[D::Stage, D::Tier],
    &[D::Stage, D::State],
    &[D::Compliance, D::Kind],
    &[D::Compliance, D::Tier],
    &[D::Compliance, D::State],
];
const FLOW: &[Grouping] = &[
    &[D::Event, D::Month],
    &[D::Event, D::Year],
    &[D::Event, D::Administration],
    &[D::Event],
    &[D::Event, D::Tier],
    &[D::Event, D::Kind],
    &[D::Event, D::State],
];
const TIME: &[Grouping] = &[
    &[D::Stage],
    &[D::Party],
    &[D::Stage, D::Kind],
    &[D::Stage, D::Tier],
    &[D::Stage, D::State],
    &[D::Party, D::Kind],
    &[D::Party, D::Tier],
    &[D::Party, D::State],
    &[D::Stage, D::Age],
    &[D::Party, D::Age],
    &[D::Rounds],
];
const GAPS: &[Grouping] = &[
    &[D::Gap],
    &[D::Gap, D::Kind],
    &[D::Gap, D::Tier],
    &[D::Gap, D::State],
    &[D::Gap, D::Municipality],
    &[D::Gap, D::Stage],
];
const LIFE: &[Grouping] = &[
    &[D::Ending],
    &[D::Ending, D::Kind],
    &[D::Ending, D::Tier],
    &[D::Ending, D::State],
    &[D::Ending, D::Renewal],
    &[D::TermOfOffice],
    &[D::Renewal],
    &[D::Instrument],
    &[D::Annotation],
    &[D::Annotation, D::Year],
];
const COVERAGE: &[Grouping] = &[&[D::Coverage], &[D::State, D::Coverage]];
/// Only signed-in callers see mechanisms.
const OWN_COVERAGE: &[Grouping] = &[&[D::Mechanism], &[D::State, D::Mechanism]];
const CONCENTRATION: &[Grouping] = &[&[D::State], &[D::Municipality]];

/// The breakdowns of a family, the default first.
pub fn offered(family: Family, audience: Audience) -> Vec<Grouping> {
    let (all, own) = match family {
        Family::Stock => (STOCK, OWN_STOCK),
        Family::Flow => (FLOW, &[][..]),
        Family::Time => (TIME, &[][..]),
        Family::Gaps => (GAPS, &[][..]),
        Family::Life => (LIFE, &[][..]),
        Family::Coverage => (COVERAGE, OWN_COVERAGE),
        Family::Concentration => (CONCENTRATION, &[][..]),
    };
    let own = if audience == Audience::Mine { own } else { &[] };
    all.iter().chain(own).copied().collect()
}

/// One sentence that says how a family counts.
pub fn rule(family: Family, audience: Audience, count_by: CountBy, by: &[D]) -> Said {
    let seen = match audience {
        Audience::Public => wording::statistics::public(),
        Audience::Mine => wording::statistics::in_sight(),
    };
    let mut said = seen.and(&of_family(family, by));
    if !matches!(family, Family::Coverage | Family::Concentration) {
        said = said.and(&match count_by {
            CountBy::Agreements => wording::statistics::once_by_lead(),
            CountBy::Participations if by.contains(&D::Municipality) => {
                wording::statistics::once_by_municipality()
            }
            CountBy::Participations => wording::statistics::once_by_state(),
        });
    }
    if by.iter().any(|one| matches!(one, D::Theme | D::SdgGoal)) {
        said = said.and(&wording::statistics::by_theme());
    }
    said
}

fn of_family(family: Family, by: &[D]) -> Said {
    match family {
        Family::Stock => wording::statistics::stock(),
        Family::Flow if by.contains(&D::Administration) => {
            wording::statistics::flow_by_administration()
        }
        Family::Flow => wording::statistics::flow(),
        Family::Time if by.contains(&D::Rounds) => wording::statistics::rounds(),
        Family::Time if by.contains(&D::Age) => wording::statistics::open_passages(),
        Family::Time => wording::statistics::passages(),
        Family::Gaps => wording::statistics::gaps(),
        Family::Life if by.contains(&D::TermOfOffice) => wording::statistics::by_term_of_office(),
        Family::Life if by.contains(&D::Annotation) => wording::statistics::annotated(),
        Family::Life => wording::statistics::by_ending(),
        Family::Coverage if by.contains(&D::Mechanism) => wording::statistics::mechanisms(),
        Family::Coverage => wording::statistics::coverage(),
        Family::Concentration => wording::statistics::concentration(),
    }
}
