//! The moves from one status to another.

use super::{Kind, RecordAction, RecordKind, RecordStatus};
use crate::refusal::Admitted;
use crate::{FieldError, Refusal, Result, problems::Problem, wording};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// Who makes a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Whoever may change the record.
    Owner,
    /// The government that was asked.
    Asked,
}

/// A move.
#[derive(Debug, Clone, Copy)]
pub struct Move {
    /// What is done.
    pub action: RecordAction,
    /// From which statuses.
    pub from: &'static [RecordStatus],
    /// To which status.
    pub to: RecordStatus,
    /// By whom.
    pub by: By,
    /// Own fields that come with it.
    pub takes: &'static [&'static str],
    /// Own fields that must be filled once it is made.
    pub needs: &'static [&'static str],
    /// Own fields that it empties.
    pub clears: &'static [&'static str],
}

impl Move {
    /// A move of the owner that takes and needs nothing.
    pub const fn new(
        action: RecordAction,
        from: &'static [RecordStatus],
        to: RecordStatus,
    ) -> Self {
        Self {
            action,
            from,
            to,
            by: By::Owner,
            takes: &[],
            needs: &[],
            clears: &[],
        }
    }

    /// The same by the government that was asked.
    #[must_use]
    pub const fn by_asked(mut self) -> Self {
        self.by = By::Asked;
        self
    }

    /// The same with fields that come with it.
    #[must_use]
    pub const fn taking(mut self, fields: &'static [&'static str]) -> Self {
        self.takes = fields;
        self
    }

    /// The same with fields that it empties.
    #[must_use]
    pub const fn clearing(mut self, fields: &'static [&'static str]) -> Self {
        self.clears = fields;
        self
    }

    /// The same with fields that must be filled; they come with it, if nothing else does.
    #[must_use]
    pub const fn needing(mut self, fields: &'static [&'static str]) -> Self {
        if self.takes.is_empty() {
            self.takes = fields;
        }
        self.needs = fields;
        self
    }
}

/// The moves of an exchange, which every kind of one has: the asked side takes up, answers or
/// declines; whoever asked takes back or closes.
pub(super) const fn exchange(
    answers: &'static [&'static str],
    needs: &'static [&'static str],
    closes: &'static [&'static str],
) -> [Move; 5] {
    use RecordAction as A;
    use RecordStatus as S;
    const WAITING: &[RecordStatus] = &[S::Asked, S::Accepted];
    let mut answer = Move::new(A::Answer, WAITING, S::Answered).by_asked();
    answer.takes = answers;
    answer.needs = needs;
    [
        Move::new(A::Accept, &[S::Asked], S::Accepted).by_asked(),
        answer,
        Move::new(A::Decline, WAITING, S::Declined)
            .by_asked()
            .taking(answers),
        Move::new(A::Withdraw, WAITING, S::Withdrawn),
        Move::new(A::Close, &[S::Answered], S::Closed).taking(closes),
    ]
}

/// The statuses of an exchange.
pub(super) const EXCHANGE: &[RecordStatus] = &[
    RecordStatus::Asked,
    RecordStatus::Accepted,
    RecordStatus::Answered,
    RecordStatus::Closed,
    RecordStatus::Declined,
    RecordStatus::Withdrawn,
];

/// Those in which the question stays as it was asked.
pub(super) const TAKEN_UP: &[RecordStatus] = &[
    RecordStatus::Accepted,
    RecordStatus::Answered,
    RecordStatus::Closed,
    RecordStatus::Declined,
    RecordStatus::Withdrawn,
];

/// What a caller asks for.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RecordTransition, example = json!({"action": "confirm"}))]
pub struct Transition {
    /// What is done.
    pub action: RecordAction,
    /// Own fields of the record that come with this action, such as the text of an answer.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub fields: Map<String, Value>,
}

impl Kind {
    /// The move of this action; confirming and erasing are none, because they lead nowhere.
    pub fn find_move(&self, action: RecordAction) -> Option<&'static Move> {
        self.spec.moves.iter().find(|one| one.action == action)
    }

    /// Whether it has own fields about people.
    fn has_people(&self) -> bool {
        !self.spec.personal.is_empty()
    }

    /// The actions that lead to no other status.
    fn common_actions(&self) -> impl Iterator<Item = RecordAction> {
        let erase = self.has_people().then_some(RecordAction::Erase);
        std::iter::once(RecordAction::Confirm).chain(erase)
    }

    /// The actions that are open in a status to one side.
    pub fn open_actions(&self, status: RecordStatus, by: By) -> Vec<RecordAction> {
        let open = self.spec.moves.iter();
        let open = open.filter(|one| one.by == by && one.from.contains(&status));
        let mut actions: Vec<RecordAction> = open.map(|one| one.action).collect();
        if by == By::Owner && !self.spec.closed.contains(&status) {
            actions.insert(0, RecordAction::Confirm);
        }
        if by == By::Owner && self.has_people() {
            actions.push(RecordAction::Erase);
        }
        actions
    }

    /// Who takes this action; refuses one that the kind does not have (422), with those that it has.
    pub fn side_of(&self, action: RecordAction) -> Result<By> {
        if self.common_actions().any(|one| one == action) {
            return Ok(By::Owner);
        }
        self.find_move(action).map(|one| one.by).ok_or_else(|| {
            let known = self.spec.moves.iter().map(|one| one.action.word());
            let common = self.common_actions().map(RecordAction::word);
            let known = common.chain(known);
            let said = wording::records::no_such_action();
            FieldError::new("/action", "unknown_action", said)
                .admitting(Admitted::of(known))
                .into()
        })
    }

    /// Refuses an action that the status does not allow (409), and says which it allows to this side.
    pub fn require_open(&self, action: RecordAction, status: RecordStatus, by: By) -> Result<()> {
        let open = self.open_actions(status, by);
        if open.contains(&action) {
            return Ok(());
        }
        let words: Vec<&str> = open.iter().map(|one| one.word()).collect();
        let said = if words.is_empty() {
            wording::records::nothing_open(status.word())
        } else {
            wording::records::not_open(status.word(), words.join(", "))
        };
        Err(Refusal::new(Problem::WrongStage).saying(said))
    }

    /// Refuses fields that do not come with an action (422), and names those that do.
    pub fn require_taken(&self, action: RecordAction, fields: &Map<String, Value>) -> Result<()> {
        let takes = self.find_move(action).map_or(&[][..], |one| one.takes);
        let foreign = fields.keys().filter(|name| !takes.contains(&name.as_str()));
        let errors: Vec<FieldError> = foreign
            .map(|name| {
                let said = wording::records::not_with_action();
                let error = FieldError::new(format!("/fields/{name}"), "not_taken", said);
                error.admitting(Admitted::of(takes.iter().copied()))
            })
            .collect();
        if errors.is_empty() {
            return Ok(());
        }
        Err(Refusal {
            errors,
            ..Refusal::new(Problem::ValidationFailed)
        })
    }

    /// Refuses a move without the fields that it needs (422).
    pub fn require_filled(&self, action: RecordAction, own: &Map<String, Value>) -> Result<()> {
        let needs = self.find_move(action).map_or(&[][..], |one| one.needs);
        let empty = |value: Option<&Value>| match value {
            None | Some(Value::Null) => true,
            Some(Value::String(text)) => text.trim().is_empty(),
            Some(Value::Array(items)) => items.is_empty(),
            Some(_) => false,
        };
        let missing = needs.iter().filter(|name| empty(own.get(**name)));
        let errors: Vec<FieldError> = missing
            .map(|name| {
                let said = wording::records::needed_by_action();
                FieldError::new(format!("/fields/{name}"), "required", said)
            })
            .collect();
        if errors.is_empty() {
            return Ok(());
        }
        Err(Refusal {
            errors,
            ..Refusal::new(Problem::Incomplete)
        })
    }
}

/// The schema of a kind is found by its type.
pub(super) fn schema_name<K: RecordKind>() -> String {
    K::name().into_owned()
}
