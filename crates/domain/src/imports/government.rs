//! Which government a row is of.

use super::cells::{Cells, Doubts, reason, shown};
use super::columns::Column;
use super::{Choice, Question, damaged};
use crate::gazetteer::{Match, SeedGovernment, find_government, seed_government};
use crate::nothing::{Nothing, nothing};
use crate::refusal::Said;
use crate::wording;

/// The government that a row names. Without a municipality it is the state, but only if the cell says
/// that there is none: where the municipality is not known, still to come, lost in an error or that of
/// the row above, a person decides.
pub(super) fn government(
    cells: &Cells<'_>,
    doubts: &mut Doubts,
) -> Option<&'static SeedGovernment> {
    let (state, municipality) = (cells.get(Column::State), cells.get(Column::Municipality));
    let unsaid = cells
        .raw(Column::Municipality)
        .filter(|text| municipality.is_none() && nothing(text) != Some(Nothing::ThereIsNone));
    let value = [municipality.or(unsaid), state]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ");
    match (find_government(state, municipality), unsaid) {
        (Match::One(government), None) => return Some(government),
        (Match::One(government), Some(_)) => {
            let said = wording::imports::which_municipality();
            doubts
                .questions
                .push(question(&value, vec![government], said));
        }
        (Match::Ambiguous(governments), _) => {
            let said = wording::imports::which_government();
            doubts.questions.push(question(&value, governments, said));
        }
        // What is unknown only because it is damaged is asked about elsewhere.
        (Match::None, _) if damaged::is_government(cells) => {}
        (Match::None, _) if state.or(municipality).is_none() => doubts.reasons.push(reason(
            "required",
            "government",
            "",
            wording::imports::government_required(),
        )),
        (Match::None, _) => doubts.reasons.push(reason(
            "unknown_government",
            "government",
            &value,
            wording::imports::unknown_government(),
        )),
    }
    None
}

fn question(value: &str, governments: Vec<&'static SeedGovernment>, said: Said) -> Question {
    let choices = governments.into_iter().map(choice).collect();
    Question::new("government", shown(value), choices, said)
}

fn choice(government: &'static SeedGovernment) -> Choice {
    let state = government.parent_id.as_deref().and_then(seed_government);
    let name = match state {
        Some(state) => format!("{}, {}", government.full_name(), state.name),
        None => government.name.clone(),
    };
    Choice {
        code: government.id.clone(),
        name,
    }
}
