//! The procedure as a table: one row for each action in each stage where it may be taken.
//! Who of a government may take it is said by the permission table of the auth crate; here
//! stands which part in the case it takes, where it leads and what it needs.

mod table;

use super::{CaseAction, Need, Seat, Stage};
use crate::Role;
use crate::problems::Problem;
use crate::refusal::{Checks, Refusal, Result};

pub use table::PROCEDURE;

/// Where an action leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Always the same stage.
    To(Stage),
    /// To the state where a mechanism in force routes it there, otherwise to SRE.
    Routed,
    /// Back to the stage that returned it.
    WhereReturned,
    /// As the opinion says; back to `signed` where the agreement was signed without one.
    ByOpinion,
    /// Given up; what was signed stays signed.
    GivenUp,
    /// Back to the stage in which it was left alone.
    WhereLeft,
}

/// One row of the procedure.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The action.
    pub action: CaseAction,
    /// The stages in which it may be taken; none for an action that opens a case.
    pub from: &'static [Stage],
    /// The part in the case that takes it.
    pub seat: Seat,
    /// Where it leads.
    pub to: Target,
    /// What the case must have.
    pub needs: &'static [Need],
    /// Which role takes it in these stages, where several hold the action; empty for all of them.
    pub desk: &'static [Role],
}

/// How many days a state has for its review at most; then the owner may pass it by. Its own target
/// may shorten that. The law sets none: a choice of this service.
pub const STATE_REVIEW_DAYS: i64 = 30;

/// What the rules know of a case.
#[derive(Debug, Clone, Default)]
pub struct CaseFacts {
    /// What the case lacks, of all that any action may need.
    pub missing: Vec<Need>,
    /// Of needs that other parties meet, the names of those that have yet to.
    pub whose: Vec<(Need, String)>,
}

/// The row that applies, or why none does. Which seats may take the action at all comes
/// before the stage, so that nobody learns the stage of what is not theirs to move.
pub fn find_rule(action: CaseAction, stage: Stage, seats: &[Seat]) -> Result<&'static Rule> {
    let mut mine = PROCEDURE
        .iter()
        .filter(|rule| rule.action == action && rule.is_for(seats))
        .peekable();
    if mine.peek().is_none() {
        return Err(Refusal::new(Problem::Forbidden));
    }
    mine.find(|rule| rule.from.contains(&stage))
        .ok_or_else(|| wrong_stage(action, stage))
}

/// Whether a seat has anything to do in a stage: whoever has not may not act on the case.
pub fn has_part(seat: Seat, stage: Stage) -> bool {
    PROCEDURE
        .iter()
        .any(|rule| rule.seat == seat.stands_for() && rule.from.contains(&stage))
}

/// The refusal of an action out of order.
pub fn wrong_stage(action: CaseAction, stage: Stage) -> Refusal {
    let (action, stage): (&str, &str) = (action.into(), stage.into());
    Refusal::new(Problem::WrongStage).saying(
        format!("La acción {action} no procede en la etapa {stage}; vea available_transitions."),
        format!(
            "The action {action} may not be taken in stage {stage}; see available_transitions."
        ),
    )
}

impl Rule {
    /// Whether one of these seats takes it.
    pub fn is_for(&self, seats: &[Seat]) -> bool {
        seats.iter().any(|seat| seat.stands_for() == self.seat)
    }

    /// Whether it is for the desk of somebody with these roles.
    pub fn is_at_desk_of(&self, roles: &[Role]) -> bool {
        self.desk.is_empty() || roles.iter().any(|role| self.desk.contains(role))
    }

    /// What of this row's needs the case lacks.
    pub fn lacking(&self, facts: &CaseFacts) -> Vec<Need> {
        self.needs
            .iter()
            .copied()
            .filter(|need| facts.missing.contains(need))
            .collect()
    }

    /// Refuses while something is lacking, naming all of it.
    pub fn require(&self, facts: &CaseFacts) -> Result<()> {
        let mut checks = Checks::default();
        for need in self.lacking(facts) {
            let said = facts.said(need);
            checks.add(need.pointer(), need.into(), said.es, said.en);
        }
        checks.finish(Problem::Incomplete)
    }
}

#[cfg(test)]
mod tests {
    use super::Stage as S;
    use super::*;
    use strum::VariantArray;

    #[test]
    fn every_action_has_a_row_and_no_row_contradicts_another() {
        for action in CaseAction::VARIANTS {
            let rows: Vec<_> = PROCEDURE
                .iter()
                .filter(|rule| rule.action == *action)
                .collect();
            assert!(!rows.is_empty(), "{action:?} has no row");
            for stage in Stage::VARIANTS {
                for seat in Seat::VARIANTS {
                    let hits = rows
                        .iter()
                        .filter(|rule| rule.seat == *seat && rule.from.contains(stage))
                        .count();
                    assert!(
                        hits <= 1,
                        "{action:?} in {stage:?} as {seat:?} has {hits} rows"
                    );
                }
            }
        }
    }

    #[test]
    fn whoever_holds_a_stage_has_a_way_out_of_it() {
        let ended = [S::Registered, S::Withdrawn];
        for stage in Stage::VARIANTS
            .iter()
            .filter(|stage| !ended.contains(stage))
        {
            assert!(
                PROCEDURE
                    .iter()
                    .any(|rule| rule.from.contains(stage) && rule.seat == stage.holder()),
                "{stage:?}"
            );
        }
    }
}
