//! The actions that a caller may take on a case now.

use super::{CaseAction, CaseConditions, Seat, Stage, find_rule};
use crate::Role;
use crate::problems::Problem;
use serde::Serialize;
use strum::VariantArray;
use utoipa::ToSchema;

/// What a caller may do with a case now, and for the rest why not.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AvailableTransition {
    /// The action.
    pub action: CaseAction,
    /// Whether the caller may take it now.
    pub allowed: bool,
    /// Why not: `seat` (it is for another government), `role` (for another role of your
    /// government), `stage`, `separation_of_duties`, `mandate` (you no longer act for the
    /// municipality), or the codes of the needs that are not met.
    pub reasons: Vec<&'static str>,
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
        let reasons = match find_rule(action, stage, seats) {
            Err(refusal) if refusal.problem == Problem::Forbidden => vec!["seat"],
            _ if !permitted(action) => vec!["role"],
            Err(_) => vec!["stage"],
            Ok(rule) if !rule.is_for_roles(roles) => vec!["role"],
            Ok(rule) => rule
                .lacking(conditions)
                .into_iter()
                .map(Into::into)
                .collect(),
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
