//! What an answer must not hold.

use super::{Cell, Matrix, Place, Who};
use uuid::Uuid;
use vinculo_tests::Answer;

impl Matrix {
    /// No answer holds a canary that the caller may not meet, nor the id of a case out of sight.
    pub(super) fn scan(&self, cell: Cell, who: Option<Who>, answer: &Answer) {
        let whole = shown(answer);
        for (name, text) in &self.canaries {
            if whole.contains(text) {
                if self.table.meets(name, who) {
                    self.met.borrow_mut().insert(name.clone());
                } else {
                    self.fault(cell, &format!("gives {name} away"));
                }
            }
        }
        for (object, place) in &self.objects {
            let hidden = who.is_none_or(|who| self.table.part(object, who).is_none());
            // The signed copy of the inscribed case, which is public, has the id in its text.
            let case = self.table.objects[object].kind == "case" && object != "registered";
            if case && hidden && whole.contains(&place.id) {
                self.fault(cell, &format!("gives the id of {object} away"));
            }
        }
    }

    /// Out of sight answers with the same bytes as not there, but for the request's id.
    pub(super) async fn compare(&self, cell: Cell, answer: &Answer) {
        let key = (cell.operation, cell.person.unwrap_or_default());
        let known = self.unknown.borrow().get(&key).cloned();
        let expected = match known {
            Some(known) => known,
            None => {
                let random = Place {
                    id: Uuid::now_v7().to_string(),
                    document: Uuid::now_v7().to_string(),
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

/// Everything that came back, but for the request's id.
fn shown(answer: &Answer) -> String {
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
