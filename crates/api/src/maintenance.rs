//! The scope of the service's own maintenance.

use vinculo_auth::{Action, Actor, Kind, Scope, policy};

/// The maintenance scope: the operator's, to read every government.
pub fn operator_scope() -> Scope {
    policy::scope(Some(&Actor::operator()), Kind::Government, Action::Read)
}
