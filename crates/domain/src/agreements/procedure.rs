//! The procedure as a table: one row for each action in each stage where it may be taken. The
//! permission table of the auth crate says which people of a government may take it; this table
//! says which seat takes it, where it leads and what it needs.

mod table;

use super::{CaseAction, Need, Seat, Stage};
use crate::Role;
use crate::catalogs::{self, Catalog};
use crate::problems::Problem;
use crate::refusal::{Checks, Refusal, Result, Said};
use crate::wording;

pub use table::PROCEDURE;

/// The stage that an action leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Always this stage.
    To(Stage),
    /// To the state if a mechanism in force routes it there, otherwise to SRE.
    Routed,
    /// Back to the stage that returned it.
    WhereReturned,
    /// According to the opinion; back to `signed` if the agreement was signed without one.
    ByOpinion,
    /// Given up; a signed agreement stays signed.
    GivenUp,
    /// Back to the stage in which the case was abandoned.
    WhereLeft,
}

/// One row of the procedure.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The action.
    pub action: CaseAction,
    /// The stages in which it may be taken; none for an action that opens a case.
    pub from: &'static [Stage],
    /// The seat that takes it.
    pub seat: Seat,
    /// The stage that it leads to.
    pub to: Target,
    /// The conditions that the case must meet.
    pub needs: &'static [Need],
    /// The roles that may take it in these stages, if several have the permission; empty for all.
    pub roles: &'static [Role],
}

/// The most days that a state has for its review; after that the owner may go past it. The state's
/// own target may shorten this. The law sets no limit: it is a choice of this service.
pub const STATE_REVIEW_DAYS: i64 = 30;

/// The facts about a case that the rules use.
#[derive(Debug, Clone, Default)]
pub struct CaseConditions {
    /// All unmet needs, of any action.
    pub missing: Vec<Need>,
    /// What exactly is missing of a need: the names of the parties that have not met it yet, of the
    /// languages without a text, or the day from which it is met.
    pub whose: Vec<(Need, Said)>,
}

/// The row that applies, or the reason why none does. The seat is checked before the stage, so that
/// a caller whose seat may not take the action does not learn the stage.
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

/// Whether a seat has anything to do in a stage; a seat without a part may not act on the case.
pub fn has_part(seat: Seat, stage: Stage) -> bool {
    PROCEDURE
        .iter()
        .any(|rule| rule.seat == seat.stands_for() && rule.from.contains(&stage))
}

/// The refusal of an action that this stage does not allow.
pub fn wrong_stage(action: CaseAction, stage: Stage) -> Refusal {
    let action = catalogs::said(Catalog::CaseActions, action.into());
    let stage = catalogs::said(Catalog::Stages, stage.into());
    Refusal::new(Problem::WrongStage).saying(wording::agreements::wrong_stage(action, stage))
}

impl Rule {
    /// Whether one of these seats may take it.
    pub fn is_for(&self, seats: &[Seat]) -> bool {
        seats.iter().any(|seat| seat.stands_for() == self.seat)
    }

    /// Whether somebody with these roles may take it.
    pub fn is_for_roles(&self, roles: &[Role]) -> bool {
        self.roles.is_empty() || roles.iter().any(|role| self.roles.contains(role))
    }

    /// The needs of this row that the case does not meet.
    pub fn lacking(&self, conditions: &CaseConditions) -> Vec<Need> {
        self.needs
            .iter()
            .copied()
            .filter(|need| conditions.missing.contains(need))
            .collect()
    }

    /// Refuses if a need is unmet, and names all of them.
    pub fn require(&self, conditions: &CaseConditions) -> Result<()> {
        let mut checks = Checks::default();
        for need in self.lacking(conditions) {
            let said = conditions.said(need);
            checks.add(need.pointer(), need.into(), said);
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
