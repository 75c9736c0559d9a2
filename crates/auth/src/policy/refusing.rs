//! The refusals of the policy. Each says who may do what was refused: the roles by the permission
//! table, and the parts in the record where the caller's part is what is wrong.

use super::permissions::{Grant, TABLE};
use super::{Action, Kind, Reach, Scope, reach};
use vinculo_domain::agreements::Seat;
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::Whose;
use vinculo_domain::{Refusal, Role, Said, Tier, wording};

/// The roles, by order of government, that the table gives this permission to. What everybody has
/// who is signed in, or anyone at all, needs no role.
pub fn holders(kind: Kind, action: Action) -> Vec<(Tier, Role)> {
    let grants = TABLE
        .iter()
        .filter(|row| row.kind == kind && row.actions.contains(&action))
        .flat_map(|row| row.grants);
    let mut held: Vec<(Tier, Role)> = grants
        .filter_map(|grant| match grant {
            Grant::Roles(tiers, roles, reach) if *reach > Reach::None => Some((tiers, roles)),
            _ => None,
        })
        .flat_map(|(tiers, roles)| {
            let of = |tier: &Tier| roles.iter().map(|role| (*tier, *role)).collect::<Vec<_>>();
            tiers.iter().flat_map(of).collect::<Vec<_>>()
        })
        .collect();
    held.sort_unstable();
    held.dedup();
    held
}

fn distinct<T: Ord>(found: impl Iterator<Item = T>) -> Vec<T> {
    let mut found: Vec<T> = found.collect();
    found.sort_unstable();
    found.dedup();
    found
}

impl Scope {
    /// The refusal of a caller whose roles do not give this permission.
    pub fn forbidden(&self) -> Refusal {
        self.forbidden_but_to(|_role| true)
    }

    /// The same where only some of the roles that have the permission may use it. Names those of
    /// the caller's own order of government; if it has none, all, with their orders.
    pub fn forbidden_but_to(&self, may: impl Fn(Role) -> bool) -> Refusal {
        let mut held = holders(self.kind, self.action);
        held.retain(|(_, role)| may(*role));
        let tier = self.actor.as_ref().map(|actor| actor.tier);
        let own = distinct(
            held.iter()
                .filter(|(at, _)| Some(*at) == tier)
                .map(|(_, role)| *role),
        );
        let whose = if own.is_empty() {
            Whose {
                roles: distinct(held.iter().map(|(_, role)| *role)),
                tiers: distinct(held.iter().map(|(tier, _)| *tier)),
                ..Whose::default()
            }
        } else {
            Whose {
                roles: own,
                ..Whose::default()
            }
        };
        Refusal::new(Problem::Forbidden).naming(whose)
    }

    /// The refusal of a caller whose roles would do, but whose government has none of these parts
    /// in the record.
    pub fn not_seated(&self, seats: &[Seat]) -> Refusal {
        self.seated(Refusal::new(Problem::Forbidden), seats)
    }

    /// Adds to a refusal which parts in the record may do this, and which roles there.
    #[must_use]
    pub fn seated(&self, refusal: Refusal, seats: &[Seat]) -> Refusal {
        refusal.naming(self.whose(seats))
    }

    /// The refusal of a caller whose government does not have this part in a record that is no case;
    /// `place` says who has it there.
    pub fn not_seated_as(&self, seat: Seat, place: Said) -> Refusal {
        Refusal::new(Problem::Forbidden).naming(Whose {
            place: Some(place),
            ..self.whose(&[seat])
        })
    }

    fn whose(&self, seats: &[Seat]) -> Whose {
        let held = holders(self.kind, self.action);
        let sits = |tier: Tier| seats.iter().any(|seat| sits_at(*seat, tier));
        let roles = held.iter().filter(|(tier, _)| sits(*tier));
        Whose {
            roles: distinct(roles.map(|(_, role)| *role)),
            seats: distinct(seats.iter().copied()),
            ..Whose::default()
        }
    }

    /// The refusal of a caller whose roles would do for the records of its own government.
    pub fn not_the_owner(&self) -> Refusal {
        self.not_seated_as(Seat::Owner, wording::roles::of_record())
    }

    /// Whether somebody of the caller's government with this role alone has another permission on
    /// the same kind.
    pub fn would_permit(&self, role: Role, action: Action) -> bool {
        let alone = self.actor.clone().map(|mut actor| {
            actor.roles = vec![role];
            actor
        });
        reach(alone.as_ref(), self.kind, action) > Reach::None
    }

    /// The refusal of a caller who has already done in this case what excludes doing this.
    pub fn another_person(&self) -> Refusal {
        self.named(Refusal::new(Problem::SeparationOfDuties))
    }

    /// Adds to a refusal of the caller that names nobody who may do this instead.
    #[must_use]
    pub fn named(&self, refusal: Refusal) -> Refusal {
        let of_the_caller = matches!(
            refusal.problem,
            Problem::Forbidden | Problem::SeparationOfDuties
        );
        if !of_the_caller || refusal.names_somebody() {
            return refusal;
        }
        match self.forbidden().hint {
            Some(hint) => refusal.naming(hint.whose),
            None => refusal,
        }
    }
}

/// Whether governments of this order can have this part in a record.
fn sits_at(seat: Seat, tier: Tier) -> bool {
    match seat {
        Seat::Owner | Seat::Party => tier != Tier::Observer,
        Seat::StateReviewer => tier == Tier::State,
        Seat::Federal => tier == Tier::Federal,
        Seat::Reporter | Seat::Agent => matches!(tier, Tier::State | Tier::Federal),
    }
}
