//! What stands beside a refusal: who may do what was refused, or which record is there already.

use super::Said;
use crate::agreements::Seat;
use crate::tenant::{Role, Tier};
use crate::wording;
use serde::Serialize;
use utoipa::ToSchema;

/// A record that is there already. It is named only to callers who may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ExistingRecord {
    /// Its id.
    #[schema(example = "01938a5c-7c00-7a00-8000-000000000001")]
    pub id: String,
    /// Where it is read.
    #[schema(example = "/v1/counterparts/01938a5c-7c00-7a00-8000-000000000001")]
    pub href: String,
}

impl ExistingRecord {
    /// A record of a collection, such as `/v1/counterparts`.
    pub fn of(collection: &str, id: impl Into<String>) -> Self {
        let id = id.into();
        Self {
            href: format!("{collection}/{id}"),
            id,
        }
    }
}

/// Who may do what was refused (403).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Whose {
    /// The roles; each of them may.
    pub roles: Vec<Role>,
    /// The orders of government where these roles may, if not at the caller's own.
    pub tiers: Vec<Tier>,
    /// The parts in the record that the caller's government would need one of, if its part is what
    /// is wrong.
    pub seats: Vec<Seat>,
    /// What these parts are called in a record that is no case.
    pub place: Option<Said>,
}

impl Whose {
    /// The sentence that says who may; none if nobody is named.
    pub fn said(&self) -> Option<Said> {
        if self.roles.is_empty() {
            return None;
        }
        let named: Vec<Said> = self.roles.iter().map(|role| role_name(*role)).collect();
        let roles = Said::one_of(&named);
        if !self.seats.is_empty() {
            let named: Vec<Said> = self.seats.iter().map(|seat| seat_name(*seat)).collect();
            let seats = self.place.clone();
            let seats = seats.unwrap_or_else(|| Said::one_of(&named));
            return Some(wording::roles::by_seats(seats, roles));
        }
        if !self.tiers.is_empty() {
            let named: Vec<Said> = self.tiers.iter().map(|tier| tier_name(*tier)).collect();
            return Some(wording::roles::by_tiers(Said::one_of(&named), roles));
        }
        Some(wording::roles::by_roles(roles))
    }
}

fn role_name(role: Role) -> Said {
    match role {
        Role::Admin => wording::roles::admin(),
        Role::Officer => wording::roles::officer(),
        Role::Liaison => wording::roles::liaison(),
        Role::LegalReviewer => wording::roles::legal_reviewer(),
        Role::Registrar => wording::roles::registrar(),
        Role::MissionOfficer => wording::roles::mission_officer(),
        Role::Trainer => wording::roles::trainer(),
        Role::CommitteeMember => wording::roles::committee_member(),
        Role::StatisticsReader => wording::roles::statistics_reader(),
        Role::Viewer => wording::roles::viewer(),
        Role::Auditor => wording::roles::auditor(),
    }
}

fn tier_name(tier: Tier) -> Said {
    match tier {
        Tier::Federal => wording::roles::federal(),
        Tier::FederalBody => wording::roles::federal_body(),
        Tier::State => wording::roles::state(),
        Tier::Municipality => wording::roles::municipality(),
        Tier::Observer => wording::roles::observer(),
    }
}

fn seat_name(seat: Seat) -> Said {
    match seat {
        Seat::Owner => wording::roles::seat_owner(),
        Seat::Party => wording::roles::seat_party(),
        Seat::StateReviewer => wording::roles::seat_state_reviewer(),
        Seat::Federal => wording::roles::seat_federal(),
        Seat::Reporter => wording::roles::seat_reporter(),
        Seat::Agent => wording::roles::seat_agent(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_says_where_and_in_which_part() {
        let mut whose = Whose {
            roles: vec![Role::Liaison, Role::Admin],
            ..Whose::default()
        };
        assert_eq!(
            whose.said().unwrap().es,
            "En su gobierno puede hacerlo quien tenga la función de: enlace o administración."
        );
        whose.tiers = vec![Tier::Federal];
        assert_eq!(
            whose.said().unwrap().en,
            "At the foreign ministry, it may be done by: a liaison or an administrator."
        );
        whose.seats = vec![Seat::Owner, Seat::Reporter];
        let said = whose.said().unwrap();
        assert!(
            said.es
                .contains("el gobierno promovente o el gobierno que lo reportó")
        );
        whose.place = Some(wording::roles::of_record());
        let said = whose.said().unwrap();
        assert!(!said.es.contains("promovente"), "{}", said.es);
        assert!(said.es.contains("el gobierno de quien es el registro"));
        assert_eq!(Whose::default().said(), None);
    }
}
