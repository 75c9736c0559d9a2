//! Moves records from one status to another: by their owner, or by the government that is asked.

use super::RecordView;
use super::erasing::erase_earlier;
use super::links::renewed;
use super::rights::require_member;
use super::rows::{Version, write};
use super::sight::{Seen, seen};
use super::writing::{event_of, finish};
use crate::dialect::Opened;
use crate::failure::{Failure, Outcome, known};
use crate::tx::WriteTx;
use serde_json::Value;
use uuid::Uuid;
use vinculo_domain::problems::Problem;
use vinculo_domain::records::{By, Content, Kind, RecordAction, RecordStatus, Transition};
use vinculo_domain::{FieldError, Refusal};

/// Takes an action, if `version` is still the current one. The scope's action is that of the side that
/// takes it: to change the record, or to answer in it.
pub fn transition(
    tx: &mut WriteTx<'_>,
    kind: &'static Kind,
    record: Uuid,
    version: i32,
    asked_for: &Transition,
) -> Outcome<RecordView> {
    let Transition { action, fields } = asked_for;
    let seen = seen(tx.conn, tx.scope, kind, record)?;
    let before = seen.row.content()?;
    tx.scope.require()?;
    // An action that the kind does not have is nobody's: it is refused below.
    let by = kind.side_of(*action).unwrap_or(By::Owner);
    require_side(tx, &seen, by)?;
    require_member(tx, &before)?;
    tx.check_idempotency()?;
    if seen.row.version != version {
        return Err(Problem::PreconditionFailed.into());
    }
    kind.side_of(*action)?;
    let status: RecordStatus = known(&seen.row.status)?;
    kind.require_open(*action, status, by)?;
    kind.require_taken(*action, fields)?;
    let clears = kind.find_move(*action).map_or(&[][..], |one| one.clears);
    let content = with_fields(&before, clears, fields)?;
    kind.require_filled(*action, &content.own)?;
    content
        .check()
        .map_err(|refusal| moved(refusal, asked_for))?;
    let owner = seen.row.owner();
    if !seen.own {
        tx.act_for(&owner, Opened::Case(record))?;
    }
    let (row, state, seen_own) = (seen.row, seen.state, seen.own);
    // Whoever answers names nothing new.
    let links = if owner == *tx.scope.tenant() {
        let links = renewed(tx, &row, &before, &content);
        links.map_err(|failure| match failure {
            Failure::Refused(refusal) => moved(refusal, asked_for).into(),
            other => other,
        })?
    } else {
        None
    };
    let version = Version {
        content: &content,
        status: kind.find_move(*action).map_or(status, |one| one.to),
        action: Some(*action),
        links,
        state,
    };
    let row = write(tx, Some(&row), (&owner, row.id.clone()), &version)?;
    if *action == RecordAction::Erase {
        erase_earlier(tx, kind, &row)?;
    }
    if !seen_own {
        let home = tx.scope.tenant().clone();
        tx.act_for(&home, Opened::Nothing)?;
    }
    finish(tx, kind, row, event_of(*action))
}

/// Refuses the side that does not take the action: 403, with whom it is for.
fn require_side(tx: &WriteTx<'_>, seen: &Seen, by: By) -> Outcome<()> {
    let fits = match by {
        By::Owner => seen.own,
        By::Asked => seen.asked,
    };
    if fits {
        return Ok(());
    }
    Err(match by {
        By::Owner => tx.scope.not_the_owner(),
        By::Asked => tx.scope.forbidden(),
    }
    .into())
}

/// The content with the fields that come with an action, and without those that it clears.
fn with_fields(
    before: &Content,
    clears: &[&str],
    fields: &serde_json::Map<String, Value>,
) -> Outcome<Content> {
    let mut body = before.body()?;
    for name in clears {
        body.remove(*name);
    }
    for (name, value) in fields {
        match value {
            Value::Null => _ = body.remove(name),
            value => _ = body.insert(name.clone(), value.clone()),
        }
    }
    Content::read(before.kind, body).map_err(|error| {
        // The parser does not say which field; where one came, it is that one.
        let pointer = match fields.keys().collect::<Vec<_>>().as_slice() {
            [only] => format!("/fields/{only}"),
            _ => "/fields".to_owned(),
        };
        let said = vinculo_domain::wording::requests::other_type();
        tracing::debug!(%error, "fields of an action");
        crate::Failure::from(Refusal::from(FieldError::new(pointer, "wrong_type", said)))
    })
}

/// Errors of content, at the place where they were sent.
fn moved(mut refusal: Refusal, asked_for: &Transition) -> Refusal {
    for error in &mut refusal.errors {
        let name = error.pointer.trim_start_matches('/').split('/').next();
        if name.is_some_and(|name| asked_for.fields.contains_key(name)) {
            error.pointer = format!("/fields{}", error.pointer);
        }
    }
    refusal
}
