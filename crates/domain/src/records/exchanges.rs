//! Exchanges: what one government asks and another answers. Whose turn it is follows from the status,
//! and since when from the last move: nothing is stored of a turn.

use super::{By, Index, Record, RecordStatus as S};
use crate::calendars::Calendar;
use crate::clock::mexican_day;
use crate::legal_date::LegalDate;
use crate::notices::NoticeKind;
use crate::tenant::TenantId;
use crate::turns::TurnState;
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Whose turn it is in an exchange, and since when.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = ExchangeTurn)]
pub struct ExchangeTurn {
    /// The government whose turn it is: the one that is asked until it answers, then the one that
    /// asked, which closes.
    pub government_id: TenantId,
    /// Since when: the last move, or the question.
    pub since: DateTime<Utc>,
    /// The business days so far, by the calendar of that government as it is today.
    #[schema(minimum = 0)]
    pub business_days: i32,
    /// Until which day an answer is of use; `null` where the question names none, and once there is
    /// an answer.
    pub due_on: Option<LegalDate>,
    /// How the turn stands to that day.
    pub state: TurnState,
}

/// An exchange that is not over, as one of its two sides finds it in its workspace.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ExchangeLine {
    /// The kind, by its word in the address.
    #[schema(example = "referrals")]
    pub kind: String,
    /// The record.
    pub id: Uuid,
    /// What it is called.
    pub title: String,
    /// How it stands.
    pub status: S,
    /// The government that asks.
    pub owner: TenantId,
    /// The government that is asked.
    pub asked: TenantId,
    /// Whose turn it is.
    pub turn: ExchangeTurn,
    /// Where it is read.
    #[schema(example = "/v1/referrals/01938a5c-7c00-7a00-8000-000000000001")]
    pub path: String,
}

/// By what a side finds an exchange that waits, and the moves of the other side. Each is the name of a
/// facet in the spaces of that side alone; its value is an order, not a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    /// It waits for the answer of the viewer's government.
    Answer,
    /// It waits for the viewer's government to close it.
    Close,
    /// It waits for the other side.
    Other,
    /// The other side moved last.
    Told,
}

impl Waits {
    /// The name of the facet.
    pub fn name(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Close => "close",
            Self::Other => "other",
            Self::Told => "told",
        }
    }
}

impl By {
    /// The other side of an exchange.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Owner => Self::Asked,
            Self::Asked => Self::Owner,
        }
    }
}

/// Whose turn it is in an exchange that stands so; nobody's once it is over.
pub fn on_turn(status: S) -> Option<By> {
    match status {
        S::Asked | S::Accepted => Some(By::Asked),
        S::Answered => Some(By::Owner),
        _ => None,
    }
}

/// The notice of the move that leads to a status of an exchange, and the side that gets it: the one
/// that did not make it.
pub fn told(status: S) -> Option<(NoticeKind, By)> {
    Some(match status {
        S::Asked => (NoticeKind::Asked, By::Asked),
        S::Accepted => (NoticeKind::Accepted, By::Owner),
        S::Answered => (NoticeKind::Answered, By::Owner),
        S::Declined => (NoticeKind::Declined, By::Owner),
        S::Withdrawn => (NoticeKind::Withdrawn, By::Asked),
        S::Closed => (NoticeKind::Closed, By::Asked),
        _ => return None,
    })
}

/// Until which day the side on turn should act.
fn due_on(status: S, index: &Index) -> Option<&LegalDate> {
    let answers = on_turn(status) == Some(By::Asked);
    index.due_on.as_ref().filter(|_| answers)
}

/// An instant as it stands in an order: as text it sorts like the instants.
pub fn order(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// The facets of an exchange in the spaces of one side. What is due first comes first, then what has
/// waited longest; of moves, the earliest.
pub(super) fn facets(
    status: S,
    index: &Index,
    since: DateTime<Utc>,
    side: By,
) -> Vec<(&'static str, String)> {
    let mut facets = Vec::new();
    if let Some(turn) = on_turn(status) {
        let waits = match (turn == side, turn) {
            (false, _) => Waits::Other,
            (true, By::Asked) => Waits::Answer,
            (true, By::Owner) => Waits::Close,
        };
        let due = due_on(status, index).map_or("9999-12-31", LegalDate::as_str);
        facets.push((waits.name(), format!("{due}/{}", order(since))));
    }
    if told(status).is_some_and(|(_, to)| to == side) {
        facets.push((Waits::Told.name(), order(since)));
    }
    facets
}

impl Record {
    /// Since when an exchange stands as it does. A question may be changed until it is taken up, and
    /// was asked when it was written down; afterwards only moves change it.
    pub fn since(&self) -> DateTime<Utc> {
        if self.status == S::Asked {
            self.created_at
        } else {
            self.updated_at
        }
    }

    /// The government whose turn it is; none in what is no exchange, and once it is over.
    pub fn holder(&self, index: &Index) -> Option<TenantId> {
        let (_, asked) = index.asks.as_ref()?;
        Some(match on_turn(self.status)? {
            By::Owner => self.tenant_id.clone(),
            By::Asked => asked.clone(),
        })
    }

    /// The turn, counted to `now` by the calendar of the government whose turn it is.
    pub fn turn(
        &self,
        index: &Index,
        now: DateTime<Utc>,
        calendar: &Calendar,
    ) -> Option<ExchangeTurn> {
        let (since, today) = (self.since(), mexican_day(now));
        let due = due_on(self.status, index);
        Some(ExchangeTurn {
            government_id: self.holder(index)?,
            since,
            business_days: calendar.business_days_between(mexican_day(since), today),
            due_on: due.cloned(),
            state: TurnState::on(today, due.map(LegalDate::earliest), false, calendar),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::{find, kinds};

    #[test]
    fn each_move_is_told_to_the_side_that_did_not_make_it() {
        for kind in kinds().iter().filter(|kind| kind.spec.access.is_exchange()) {
            assert_eq!(
                told(kind.spec.first_status()).map(|(_, to)| to),
                Some(By::Asked)
            );
            for one in kind.spec.moves {
                let (_, to) = told(one.to).unwrap();
                assert_eq!(to, one.by.other(), "{:?}", one.action);
            }
        }
    }

    #[test]
    fn whoever_is_on_turn_has_a_move_and_nobody_has_one_once_it_is_over() {
        let kind = find("referrals").unwrap();
        for status in kind.spec.statuses {
            let moves = |by| kind.spec.moves.iter().filter(move |one| one.by == by);
            let open = |by| moves(by).any(|one| one.from.contains(status));
            match on_turn(*status) {
                Some(side) => assert!(open(side), "{status:?}"),
                None => assert!(!open(By::Owner) && !open(By::Asked), "{status:?}"),
            }
        }
    }

    #[test]
    fn what_is_due_first_sorts_first() {
        let index = |day: Option<&str>| Index {
            due_on: day.map(|day| LegalDate::parse(day).unwrap()),
            ..Index::default()
        };
        let at = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
        let of = |day, seconds, side| facets(S::Asked, &index(day), at(seconds), side);
        let (name, soon) = of(Some("2027-01-31"), 9, By::Asked).remove(0);
        let (_, early) = of(None, 1, By::Asked).remove(0);
        let (_, late) = of(None, 2, By::Asked).remove(0);
        assert_eq!(name, "answer");
        assert!(soon < early && early < late);
        let names = |status, side| -> Vec<&str> {
            let found = facets(status, &index(None), at(1), side);
            found.into_iter().map(|(name, _)| name).collect()
        };
        assert_eq!(names(S::Asked, By::Asked), ["answer", "told"]);
        assert_eq!(names(S::Asked, By::Owner), ["other"]);
        assert_eq!(names(S::Answered, By::Owner), ["close", "told"]);
        assert_eq!(names(S::Answered, By::Asked), ["other"]);
        assert_eq!(names(S::Closed, By::Asked), ["told"]);
        assert!(names(S::Closed, By::Owner).is_empty());
    }
}
