//! The procedure as a table: one row for each action in each stage where it may be taken.
//! Who of a government may take it is said by the permission table of the auth crate; here
//! stands which part in the case it takes, where it leads and what it needs.

use super::{CaseAction, Need, Seat, Stage};
use crate::problems::Problem;
use crate::refusal::{Checks, Refusal, Result};

/// Where an action leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Always the same stage.
    To(Stage),
    /// To the state where a mechanism in force routes it there, otherwise to SRE.
    Routed,
    /// Back to the stage that returned it.
    WhereReturned,
    /// As the opinion says.
    ByOpinion,
}

/// One row of the procedure.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The action.
    pub action: CaseAction,
    /// The stages in which it may be taken.
    pub from: &'static [Stage],
    /// The part in the case that takes it.
    pub seat: Seat,
    /// Where it leads.
    pub to: Target,
    /// What the case must have.
    pub needs: &'static [Need],
}

const fn rule(
    action: CaseAction,
    from: &'static [Stage],
    seat: Seat,
    to: Target,
    needs: &'static [Need],
) -> Rule {
    Rule {
        action,
        from,
        seat,
        to,
        needs,
    }
}

use CaseAction as A;

use Stage as S;

/// The table. A new action of the procedure is a row here, a row of permissions, and the
/// facts that it writes.
pub const PROCEDURE: &[Rule] = &[
    rule(
        A::Submit,
        &[S::Draft],
        Seat::Owner,
        Target::Routed,
        &[
            Need::RegistrableKind,
            Need::Counterparts,
            Need::RegistrableCounterpart,
            Need::PartiesConfirmed,
            Need::PartyApprovals,
            Need::OwnPowers,
            Need::TextSet,
            Need::Validity,
            Need::CouncilMinutes,
        ],
    ),
    rule(
        A::Forward,
        &[S::StateReview],
        Seat::StateReviewer,
        Target::To(S::FederalIntake),
        &[],
    ),
    rule(
        A::ReturnToOwner,
        &[S::StateReview],
        Seat::StateReviewer,
        Target::To(S::Returned),
        &[],
    ),
    rule(
        A::ReturnToOwner,
        &[S::FederalIntake],
        Seat::Federal,
        Target::To(S::Returned),
        &[],
    ),
    rule(
        A::Resubmit,
        &[S::Returned],
        Seat::Owner,
        Target::WhereReturned,
        &[
            Need::RegistrableKind,
            Need::Counterparts,
            Need::RegistrableCounterpart,
            Need::TextSet,
            Need::Answers,
        ],
    ),
    rule(
        A::Resubmit,
        &[S::Observed, S::OpinionUnfavorable],
        Seat::Owner,
        Target::To(S::LegalReview),
        &[
            Need::RegistrableKind,
            Need::Counterparts,
            Need::RegistrableCounterpart,
            Need::NewTextSet,
            Need::TextSet,
            Need::Answers,
        ],
    ),
    rule(
        A::Accept,
        &[S::FederalIntake],
        Seat::Federal,
        Target::To(S::LegalReview),
        &[],
    ),
    rule(
        A::Observe,
        &[S::LegalReview],
        Seat::Federal,
        Target::To(S::Observed),
        &[],
    ),
    rule(
        A::IssueOpinion,
        &[S::LegalReview],
        Seat::Federal,
        Target::ByOpinion,
        &[],
    ),
    rule(
        A::RecordSignature,
        &[S::OpinionFavorable],
        Seat::Owner,
        Target::To(S::Signed),
        &[Need::PartiesConfirmed, Need::PartyApprovals],
    ),
    rule(
        A::SendToRegistry,
        &[S::Signed],
        Seat::Owner,
        Target::To(S::PendingRegistration),
        &[
            Need::RegistrableKind,
            Need::RegistrableCounterpart,
            Need::SignedCopies,
        ],
    ),
    rule(
        A::Register,
        &[S::PendingRegistration],
        Seat::Federal,
        Target::To(S::Registered),
        &[],
    ),
    rule(
        A::Withdraw,
        &[
            S::Draft,
            S::StateReview,
            S::Returned,
            S::FederalIntake,
            S::LegalReview,
            S::Observed,
            S::OpinionFavorable,
            S::OpinionUnfavorable,
        ],
        Seat::Owner,
        Target::To(S::Withdrawn),
        &[],
    ),
];

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
        .filter(|rule| rule.action == action && seats.contains(&rule.seat))
        .peekable();
    if mine.peek().is_none() {
        return Err(Refusal::new(Problem::Forbidden));
    }
    mine.find(|rule| rule.from.contains(&stage))
        .ok_or_else(|| wrong_stage(action, stage))
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
        let ended = [
            S::Registered,
            S::Withdrawn,
            S::OutOfScope,
            S::Reported,
            S::Abandoned,
        ];
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
