//! The actions that a caller may take on a case now.

use super::{CaseAction, CaseConditions, Need, Seat, Stage, find_rule};
use crate::Role;
use crate::problems::Problem;
use serde::Serialize;
use strum::{IntoStaticStr, VariantArray};
use utoipa::ToSchema;

/// Why an action is not open to a caller, apart from what the case lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, IntoStaticStr, VariantArray, ToSchema)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Obstacle {
    /// The case is in another stage.
    Stage,
    /// It is for another government.
    Seat,
    /// It is for another role of the caller's government.
    Role,
    /// The same person took an action that excludes it.
    SeparationOfDuties,
    /// The caller no longer acts for the municipality.
    Mandate,
}

/// Why an action is not open: an obstacle, or a need that is not met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum TransitionReason {
    /// An obstacle.
    Obstacle(Obstacle),
    /// A need that is not met.
    Need(Need),
}

/// What a caller may do with a case now, and for the rest why not.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AvailableTransition {
    /// The action.
    pub action: CaseAction,
    /// Whether the caller may take it now.
    pub allowed: bool,
    /// Why not.
    pub reasons: Vec<TransitionReason>,
}

/// One line per action that moves a case. `permitted` says whether the caller's roles permit the
/// action.
pub fn available_transitions(
    stage: Stage,
    seats: &[Seat],
    roles: &[Role],
    conditions: &CaseConditions,
    permitted: impl Fn(CaseAction) -> bool,
) -> Vec<AvailableTransition> {
    let line = |&action: &CaseAction| {
        // What no other role of the caller's government could take is not for want of a role.
        let obstacle = |obstacle| vec![TransitionReason::Obstacle(obstacle)];
        let reasons = match find_rule(action, stage, seats) {
            Err(refusal) if refusal.problem == Problem::Forbidden => obstacle(Obstacle::Seat),
            _ if !permitted(action) => obstacle(Obstacle::Role),
            Err(_) => obstacle(Obstacle::Stage),
            Ok(rule) if !rule.is_for_roles(roles) => obstacle(Obstacle::Role),
            Ok(rule) => {
                let needs = rule.lacking(conditions).into_iter();
                needs.map(TransitionReason::Need).collect()
            }
        };
        AvailableTransition {
            action,
            allowed: reasons.is_empty(),
            reasons,
        }
    };
    let moves = CaseAction::VARIANTS.iter().filter(|action| !action.opens());
    moves.map(line).collect()
}
