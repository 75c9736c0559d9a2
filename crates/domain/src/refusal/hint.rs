//! What stands beside a refusal: who may do what was refused, or which record is there already.

use super::Said;
use crate::agreements::Seat;
use crate::tenant::{Role, Tier};
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
}

impl Whose {
    /// The sentence that says who may; none if nobody is named.
    pub fn said(&self) -> Option<Said> {
        if self.roles.is_empty() {
            return None;
        }
        let roles = listed(self.roles.iter().map(|role| role_name(*role)));
        if !self.seats.is_empty() {
            let seats = listed(self.seats.iter().map(|seat| seat_name(*seat)));
            return Some(Said::new(
                format!(
                    "Corresponde a: {}. Ahí puede hacerlo quien tenga la función de: {}.",
                    seats.es, roles.es
                ),
                format!(
                    "It is for: {}. Who may do it there: {}.",
                    seats.en, roles.en
                ),
            ));
        }
        if !self.tiers.is_empty() {
            let tiers = listed(self.tiers.iter().map(|tier| tier_name(*tier)));
            return Some(Said::new(
                format!(
                    "Puede hacerlo, en {}, quien tenga la función de: {}.",
                    tiers.es, roles.es
                ),
                format!("At {}, it may be done by: {}.", tiers.en, roles.en),
            ));
        }
        Some(Said::new(
            format!(
                "En su gobierno puede hacerlo quien tenga la función de: {}.",
                roles.es
            ),
            format!("At your government it may be done by: {}.", roles.en),
        ))
    }
}

/// The names in a row, the last one after “or”.
fn listed(names: impl Iterator<Item = (&'static str, &'static str)>) -> Said {
    let (es, en): (Vec<_>, Vec<_>) = names.unzip();
    Said::new(joined(&es, " o "), joined(&en, " or "))
}

fn joined(names: &[&str], or: &str) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{}{or}{last}", first.join(", ")),
    }
}

fn role_name(role: Role) -> (&'static str, &'static str) {
    match role {
        Role::Admin => ("administración", "an administrator"),
        Role::Officer => (
            "personal de asuntos internacionales",
            "an officer of international affairs",
        ),
        Role::Liaison => ("enlace", "a liaison"),
        Role::LegalReviewer => ("revisión jurídica", "a legal reviewer"),
        Role::Registrar => ("registro", "a registrar"),
        Role::MissionOfficer => ("personal de la representación", "a mission officer"),
        Role::Trainer => ("capacitación", "a trainer"),
        Role::CommitteeMember => ("integrante de comité", "a committee member"),
        Role::StatisticsReader => ("consulta de estadística", "a reader of statistics"),
        Role::Viewer => ("consulta", "a viewer"),
        Role::Auditor => ("auditoría", "an auditor"),
    }
}

fn tier_name(tier: Tier) -> (&'static str, &'static str) {
    match tier {
        Tier::Federal => (
            "la Secretaría de Relaciones Exteriores",
            "the foreign ministry",
        ),
        Tier::FederalBody => ("otro organismo federal", "another federal body"),
        Tier::State => ("un gobierno estatal", "a state government"),
        Tier::Municipality => (
            "un gobierno municipal o una alcaldía",
            "a municipality or borough",
        ),
        Tier::Observer => ("una institución observadora", "an observer"),
    }
}

fn seat_name(seat: Seat) -> (&'static str, &'static str) {
    match seat {
        Seat::Owner => (
            "el gobierno a cuyo nombre está el registro",
            "the government whose record it is",
        ),
        Seat::Party => ("otra de las partes mexicanas", "another Mexican party"),
        Seat::StateReviewer => (
            "el gobierno estatal al que se envió",
            "the state government that it was sent to",
        ),
        Seat::Federal => (
            "la Secretaría de Relaciones Exteriores",
            "the foreign ministry",
        ),
        Seat::Reporter => (
            "el gobierno que lo reportó",
            "the government that reported it",
        ),
        Seat::Agent => (
            "quien actúa por ese gobierno",
            "whoever acts for that government",
        ),
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
                .contains("nombre está el registro o el gobierno que lo reportó")
        );
        assert_eq!(Whose::default().said(), None);
    }
}
