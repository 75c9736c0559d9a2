//! What an answer must not contain.

use super::{Cell, Matrix, Place};
use crate::people::Person;
use crate::table::records::of_operation;
use crate::table::{Table, Who};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use uuid::Uuid;
use vinculo_auth::{Action, Kind, policy};
use vinculo_tests::{Answer, TENANTS};

impl Matrix {
    /// No answer may contain a canary that the caller may not meet, the id of an object out of
    /// sight, or another person's address.
    pub fn scan(&self, cell: Cell, answer: &Answer) {
        let person = cell.person.map(|at| &self.people[at]);
        let operation = self.operations[cell.operation].id;
        let colleagues = self.table.operations[operation].colleagues;
        for line in self.given_away_among(person, answer, colleagues) {
            self.fault(cell, &line);
        }
        if answer.status == 403 && !self.one_barrier.get() {
            self.names_who_may(cell, answer);
        }
    }

    /// Whoever is refused for what it is learns which roles may: each of them has the permission by
    /// the server's own table, at the caller's order of government or where the refusal says.
    fn names_who_may(&self, cell: Cell, answer: &Answer) {
        let problem = answer.json();
        let words = |name: &str| -> Vec<String> {
            let words = problem[name].as_array().into_iter().flatten();
            words
                .map(|word| word.as_str().unwrap().to_owned())
                .collect()
        };
        let (roles, tiers, seats) = (words("roles"), words("tiers"), words("seats"));
        if roles.is_empty() {
            self.fault(cell, &format!("does not say who may: {problem}"));
        }
        let tenant = cell.person.map(|at| self.people[at].who.tenant);
        let own = TENANTS.iter().find(|(id, _)| Some(*id) == tenant);
        let (kind, action) = self.permission(cell);
        let holders = policy::holders(kind, action);
        for role in roles {
            let may = holders.iter().any(|(tier, held)| {
                let (word, at): (&str, &str) = (held.into(), tier.into());
                let there = if !tiers.is_empty() {
                    tiers.iter().any(|named| named == at)
                } else {
                    !seats.is_empty() || own.is_some_and(|(_, own)| own == tier)
                };
                word == role && there
            });
            if !may {
                self.fault(cell, &format!("names {role}, who may not: {problem}"));
            }
        }
    }

    /// The permission that the request of a cell needs.
    fn permission(&self, cell: Cell) -> (Kind, Action) {
        let operation = &self.operations[cell.operation];
        let place = cell.object.map(|at| &self.objects[at].1);
        let word = match (operation.id, place) {
            ("transition_agreement", Some(place)) => place.action["action"].as_str().unwrap(),
            ("create_past_agreement", _) => "record_unreviewed",
            (id, _)
                if of_operation(id).is_some_and(|(kind, verb)| {
                    verb == "transition" && kind.spec.access.is_exchange()
                }) =>
            {
                return (operation.permission.0, Action::Answer);
            }
            _ => return operation.permission,
        };
        (Kind::Agreement, Action::Case(word.parse().unwrap()))
    }

    /// What an answer reveals to somebody who may not know it.
    pub fn given_away(&self, person: Option<&Person>, answer: &Answer) -> Vec<String> {
        self.given_away_among(person, answer, false)
    }

    /// The same, where the operation may name `colleagues` to each other.
    fn given_away_among(
        &self,
        person: Option<&Person>,
        answer: &Answer,
        colleagues: bool,
    ) -> Vec<String> {
        let whole = with_cursor_opened(answer);
        let (who, email) = person.map_or((None, ""), |p| (Some(p.who), p.email.as_str()));
        let mut lines = Vec::new();
        for number in self.canaries.find(&whole) {
            let canary = self.canaries.get(number);
            let is_known = self.table.meets(&canary, who, email);
            let is_known = is_known
                || colleagues && self.table.is_colleague(&canary, who)
                || self.any_colleague(who, |one| self.table.meets(&canary, one, ""));
            if is_known {
                self.canaries.meet(number);
            } else {
                self.canaries.give_away(number);
                lines.push(format!("gives the text of {canary} away"));
            }
        }
        let others = whole.match_indices(".example").filter(|(at, _)| {
            let start =
                whole[..*at].rfind(|c: char| !(c.is_ascii_alphanumeric() || "@.-_".contains(c)));
            let word = &whole[start.map_or(0, |start| start + 1)..*at];
            word.contains('@') && format!("{word}.example") != email
        });
        lines.extend(others.map(|(at, _)| format!("gives an address away: {}", &whole[..at + 8])));
        for (object, place) in &self.objects {
            let id = place.own_id(&self.table.objects[object].kind);
            let hidden = !self.table.may_know_of(object, who) && whole.contains(id);
            if hidden && !self.any_colleague(who, |one| self.table.may_know_of(object, one)) {
                lines.push(format!("gives the id of {object} away"));
            }
        }
        lines
    }

    /// Where the database alone guards, whether anybody at the same government may: policies know
    /// governments, not roles.
    fn any_colleague(&self, who: Option<Who>, may: impl FnMut(Option<Who>) -> bool) -> bool {
        self.one_barrier.get() && Table::at_same_government(who).any(may)
    }

    /// An object out of sight gets the same bytes as one that does not exist, except for the
    /// request's id.
    pub(super) async fn compare(&self, cell: Cell, answer: &Answer) {
        let key = (cell.operation, cell.person.unwrap_or_default());
        let known = self.unknown.borrow().get(&key).cloned();
        let expected = match known {
            Some(known) => known,
            None => {
                let object = cell.object.map(|at| self.objects[at].1.clone());
                let random = Place {
                    id: Uuid::now_v7().to_string(),
                    document: Uuid::now_v7().to_string(),
                    ..object.unwrap_or_default()
                };
                let Some(other) = self.send(cell, Some(&random)).await else {
                    return;
                };
                let shown = shown(&other);
                self.unknown.borrow_mut().insert(key, shown.clone());
                shown
            }
        };
        let shown = shown(answer);
        if shown != expected {
            self.fault(
                cell,
                &format!("differs from a random id:\n{shown}\n{expected}"),
            );
        }
    }
}

/// Everything that came back, except for the request's id.
pub fn shown(answer: &Answer) -> String {
    let mut headers: Vec<String> = answer
        .headers
        .iter()
        .filter(|(name, _)| name.as_str() != "x-request-id")
        .map(|(name, value)| format!("{name}: {value:?}"))
        .collect();
    headers.sort();
    let id = answer.header("x-request-id").unwrap_or_default();
    let text = format!("{} {headers:?} {}", answer.status, answer.text());
    text.replace(&id, "ID")
}

/// Everything that came back, with cursors decoded: a cursor is sealed, not encrypted.
fn with_cursor_opened(answer: &Answer) -> String {
    let mut whole = shown(answer);
    let body = answer.text();
    if let Some((_, rest)) = body.split_once("\"next_cursor\":\"") {
        let inside = rest.split(['.', '"']).next().unwrap_or_default();
        let bytes = BASE64.decode(inside).unwrap_or_default();
        whole.push_str(&String::from_utf8_lossy(&bytes));
    }
    whole
}
