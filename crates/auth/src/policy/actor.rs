//! The actor of a request.

use super::{Action, Kind, Reach, reach};
use uuid::Uuid;
use vinculo_domain::agreements::{PROCEDURE, Rule, Seat, Stage};
use vinculo_domain::{Role, TenantId, Tier};

/// The actor: a person acting for one government, with the roles that the person has there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The person; absent for the system itself.
    pub person: Option<Uuid>,
    /// The session, if there is one.
    pub session: Option<Uuid>,
    /// The government acted for.
    pub tenant: TenantId,
    /// Its order of government.
    pub tier: Tier,
    /// The roles there.
    pub roles: Vec<Role>,
}

impl Actor {
    /// The operator at the server's console, acting as the foreign ministry.
    pub fn operator() -> Self {
        Self {
            person: None,
            session: None,
            tenant: TenantId::sre(),
            tier: Tier::Federal,
            roles: vec![Role::Admin, Role::Liaison],
        }
    }

    /// The service itself, when it does for a government what has become due.
    pub fn system(tenant: TenantId, tier: Tier) -> Self {
        Self {
            person: None,
            session: None,
            tenant,
            tier,
            roles: vec![Role::Officer],
        }
    }

    /// The stages in which a person of its government with `role` may act on a case from a seat. It
    /// says what waits for whom, and permits nothing.
    pub fn stages_for(&self, role: Role, seat: Seat) -> Vec<Stage> {
        let one = Self {
            roles: vec![role],
            ..self.clone()
        };
        let takes = |rule: &&Rule| {
            rule.seat == seat
                && rule.is_for_roles(&one.roles)
                && reach(Some(&one), Kind::Agreement, Action::Case(rule.action)) > Reach::None
        };
        let rules = PROCEDURE.iter().filter(takes);
        rules.flat_map(|rule| rule.from).copied().collect()
    }

    /// Whether a person of its government with `role` confirms cases as another party.
    pub fn confirms_as(&self, role: Role) -> bool {
        let one = Self {
            roles: vec![role],
            ..self.clone()
        };
        reach(Some(&one), Kind::Agreement, Action::Confirm) > Reach::None
    }

    /// Whether somebody of the same government with this role alone may act in one of these seats.
    pub fn may_act_as(&self, role: Role, seats: &[Seat]) -> bool {
        let mut alone = self.clone();
        alone.roles = vec![role];
        alone.may_act(seats)
    }

    /// Whether its roles permit any action of one of these seats in a case.
    pub fn may_act(&self, seats: &[Seat]) -> bool {
        let holds = |action| reach(Some(self), Kind::Agreement, action) > Reach::None;
        // Opening a case is not an action in it, and a row may name the roles that take the action.
        let sits = |rule: &Rule| {
            let named =
                rule.roles.is_empty() || rule.roles.iter().any(|role| self.roles.contains(role));
            let mut held = seats.iter().map(|seat| seat.stands_for());
            named && !rule.from.is_empty() && held.any(|seat| seat == rule.seat)
        };
        let acts = PROCEDURE
            .iter()
            .any(|rule| sits(rule) && holds(Action::Case(rule.action)));
        acts || seats.contains(&Seat::Party) && holds(Action::Confirm)
    }
}
