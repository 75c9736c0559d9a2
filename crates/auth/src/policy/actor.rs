//! Who acts.

use super::{Action, Kind, Reach, reach};
use uuid::Uuid;
use vinculo_domain::agreements::{PROCEDURE, Rule, Seat};
use vinculo_domain::{Role, TenantId, Tier};

/// Who acts: a person for one government, with the roles it has there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The person; absent for the system itself.
    pub person: Option<Uuid>,
    /// The session, where there is one.
    pub session: Option<Uuid>,
    /// The government acted for.
    pub tenant: TenantId,
    /// Its order of government.
    pub tier: Tier,
    /// The roles there.
    pub roles: Vec<Role>,
}

impl Actor {
    /// The operator at the server's own console, acting as the foreign ministry.
    pub fn operator() -> Self {
        Self {
            person: None,
            session: None,
            tenant: TenantId::sre(),
            tier: Tier::Federal,
            roles: vec![Role::Admin, Role::Liaison],
        }
    }

    /// The service itself, where it does for a government what time has brought about.
    pub fn system(tenant: TenantId, tier: Tier) -> Self {
        Self {
            person: None,
            session: None,
            tenant,
            tier,
            roles: vec![Role::Officer],
        }
    }

    /// Whether its roles hold any action of one of these parts in a case.
    pub fn may_act(&self, seats: &[Seat]) -> bool {
        let holds = |action| reach(Some(self), Kind::Agreement, action) > Reach::None;
        // Opening a case is no action in it; and a row may name the desk that takes it.
        let sits = |rule: &Rule| {
            let desk =
                rule.desk.is_empty() || rule.desk.iter().any(|role| self.roles.contains(role));
            let mut held = seats.iter().map(|seat| seat.stands_for());
            desk && !rule.from.is_empty() && held.any(|seat| seat == rule.seat)
        };
        let acts = PROCEDURE
            .iter()
            .any(|rule| sits(rule) && holds(Action::Case(rule.action)));
        acts || seats.contains(&Seat::Party) && holds(Action::Confirm)
    }
}
