//! Writes records: create, change, put by an id of another system, remove.

use super::links::{checked, refuse_moved, renewed};
use super::reading::one;
use super::rights::{require, require_member};
use super::rows::{Version, keep_version, remove_derived, write};
use super::sight::{Seen, in_sight, is_named, seen};
use super::{RecordView, Row};
use crate::audit::Change;
use crate::failure::{Failure, Outcome, id, known};
use crate::schema::{external_ids as ids, records};
use crate::stores::plain::{admit_change, note_unchanged, require_changed};
use crate::tx::WriteTx;
use diesel::prelude::*;
use serde_json::{Map, Value, json};
use uuid::Uuid;
use vinculo_domain::external_ids::ExternalId;
use vinculo_domain::problems::Problem;
use vinculo_domain::records::{Content, Kind, RecordAction, RecordStatus};
use vinculo_domain::{FieldError, Refusal, wording};

/// Creates a record of the caller's government, in the first status of its kind.
pub fn create(tx: &mut WriteTx<'_>, content: &Content) -> Outcome<RecordView> {
    require(tx, content)?;
    tx.check_idempotency()?;
    refuse_moved(content, None)?;
    content.check()?;
    let content = &like_its_parent(tx, content)?;
    let row = first(tx, content)?;
    finish(tx, content.kind, row, "create")
}

/// A record that says nothing of its visibility, and belongs to another one of the same government,
/// is seen by whoever sees that one.
fn like_its_parent(tx: &mut WriteTx<'_>, content: &Content) -> Outcome<Content> {
    let mut content = content.clone();
    if content.kind.spec.visibilities.len() < 2 {
        return Ok(content);
    }
    if let (false, Some(parent)) = (content.says_visibility, content.index.within) {
        let found: Option<String> = records::table
            .find((tx.scope.tenant().as_str(), parent.to_string()))
            .select(records::visibility)
            .first(tx.conn)
            .optional()?;
        let visibility = found.map(|word| known(&word)).transpose()?;
        let allowed = |one: &_| content.kind.spec.visibilities.contains(one);
        if let Some(visibility) = visibility.filter(allowed) {
            content.fields.visibility = Some(visibility);
        }
    }
    Ok(content)
}

fn first(tx: &mut WriteTx<'_>, content: &Content) -> Outcome<Row> {
    let owner = tx.scope.tenant().clone();
    let id = Uuid::now_v7().to_string();
    refuse_twin(tx, content, &id)?;
    let links = Some(checked(tx, &id, content, &[])?);
    let version = Version {
        content,
        status: content.kind.spec.first_status(),
        action: None,
        links,
        state: None,
    };
    write(tx, None, (&owner, id), &version)
}

/// Refuses a second record that is recognised as the same, and names the first: the caller's own.
fn refuse_twin(tx: &mut WriteTx<'_>, content: &Content, id: &str) -> Outcome<()> {
    let Some(key) = &content.index.unique else {
        return Ok(());
    };
    let twin: Option<String> = records::table
        .filter(records::tenant_id.eq(tx.scope.tenant().as_str()))
        .filter(records::kind.eq(content.kind.spec.many))
        .filter(records::unique_key.eq(key))
        .filter(records::retired_at.is_null())
        .filter(records::id.ne(id))
        .select(records::id)
        .first(tx.conn)
        .optional()?;
    let Some(twin) = twin else { return Ok(()) };
    let twin = crate::failure::id(&twin)?;
    let existing = in_sight(tx.conn, tx.scope, content.kind, twin)?;
    Err(Refusal::new(Problem::Duplicate)
        .saying(wording::records::twin())
        .existing(existing)
        .into())
}

/// Changes a record, if `version` is still the current one. `change` makes the new content from the
/// record as the caller reads it and from the content as it is stored.
pub fn update(
    tx: &mut WriteTx<'_>,
    kind: &'static Kind,
    record: Uuid,
    version: i32,
    change: impl Fn(&Map<String, Value>, Map<String, Value>) -> vinculo_domain::Result<Content>,
) -> Outcome<RecordView> {
    let seen = seen(tx.conn, tx.scope, kind, record)?;
    let before = admit(tx, &seen, version)?;
    let view = one(tx.conn, tx.scope, tx.now(), seen.clone())?;
    let content = change(&view.body, before.body()?)?;
    replace(tx, kind, seen, &before, &content, "update")
}

/// The checks before a change by the owner's side, in the order of all refusals. Gives the content as
/// it stands.
pub(super) fn admit(tx: &mut WriteTx<'_>, seen: &Seen, version: i32) -> Outcome<Content> {
    let before = seen.row.content()?;
    if seen.own {
        require(tx, &before)?;
    }
    admit_change(tx, seen.own, seen.row.version, version)?;
    Ok(before)
}

/// Writes another content over a stored one.
pub(super) fn replace(
    tx: &mut WriteTx<'_>,
    kind: &'static Kind,
    Seen { row, state, .. }: Seen,
    before: &Content,
    content: &Content,
    event: &str,
) -> Outcome<RecordView> {
    if content.body()? == before.body()? {
        note_unchanged(tx, kind.spec.one, (&row.tenant_id, &row.id, row.version));
        let seen = seen(tx.conn, tx.scope, kind, id(&row.id)?)?;
        return one(tx.conn, tx.scope, tx.now(), seen);
    }
    let status: RecordStatus = known(&row.status)?;
    if kind.spec.closed.contains(&status) {
        let said = wording::records::closed(status.word());
        return Err(Refusal::new(Problem::LockedInStage).saying(said).into());
    }
    require_member(tx, content)?;
    refuse_moved(content, Some(before))?;
    content.check()?;
    if content.index.unique != before.index.unique {
        refuse_twin(tx, content, &row.id)?;
    }
    let links = renewed(tx, &row, before, content)?;
    let version = Version {
        content,
        status,
        action: None,
        links,
        state,
    };
    let owner = row.owner();
    let row = write(tx, Some(&row), (&owner, row.id.clone()), &version)?;
    finish(tx, kind, row, event)
}

/// Creates the record with this id in another system, or writes the content over the one that has it.
/// Says whether it was created.
pub fn upsert(
    tx: &mut WriteTx<'_>,
    (system, value): (&str, &str),
    version: Option<i32>,
    content: &Content,
) -> Outcome<(RecordView, bool)> {
    require(tx, content)?;
    let kind = content.kind;
    let holder: Option<String> = ids::table
        .find((tx.scope.tenant().as_str(), kind.spec.many, system, value))
        .select(ids::subject_id)
        .first(tx.conn)
        .optional()?;
    let place = |one: &ExternalId| one.system == system && one.value == value;
    let place = content.fields.external_ids.iter().position(place);
    let place = place.map(|place| format!("/external_ids/{place}"));
    let Some(holder) = holder else {
        if version.is_some() {
            tx.check_idempotency()?;
            return Err(Problem::PreconditionFailed.into());
        }
        let made = create(tx, content).map_err(|failure| if_taken(failure, &place))?;
        return Ok((made, true));
    };
    let seen = seen(tx.conn, tx.scope, kind, id(&holder)?)?;
    let present = seen.row.version;
    let before = admit(tx, &seen, version.unwrap_or(present))?;
    let mut content = content.clone();
    content.keep_moved(&before);
    if !content.says_visibility {
        content.fields.visibility = before.fields.visibility;
    }
    let changed = replace(tx, kind, seen, &before, &content, "update")?;
    Ok((changed, false))
}

/// Another transaction gave the id at this place away meanwhile: this one runs again and finds its
/// record. Any other id that is taken stays taken.
fn if_taken(failure: Failure, place: &Option<String>) -> Failure {
    let is_it = |one: &FieldError| one.code == "taken" && Some(&one.pointer) == place.as_ref();
    match failure {
        Failure::Refused(refusal) if refusal.errors.iter().any(is_it) => {
            Failure::Again("an id of another system was taken meanwhile".to_owned())
        }
        other => other,
    }
}

/// Removes a record that no other record names. Its versions stay.
pub fn delete(
    tx: &mut WriteTx<'_>,
    kind: &'static Kind,
    record: Uuid,
    version: i32,
) -> Outcome<()> {
    let seen = seen(tx.conn, tx.scope, kind, record)?;
    admit(tx, &seen, version)?;
    let mut row = seen.row;
    let status: RecordStatus = known(&row.status)?;
    // What the other side took up is on its record too.
    let alone = [RecordStatus::Asked, RecordStatus::Withdrawn];
    if kind.spec.access.is_exchange() && !alone.contains(&status) {
        let said = wording::records::stays(status.word());
        return Err(Refusal::new(Problem::LockedInStage).saying(said).into());
    }
    if is_named(tx.conn, &row.tenant_id, &row.id)? {
        return Err(Refusal::new(Problem::InUse)
            .saying(wording::records::named_elsewhere())
            .into());
    }
    let guarded = records::table
        .find((&row.tenant_id, &row.id))
        .filter(records::version.eq(version));
    let stamp = tx.stamp_after(row.updated_at);
    let changed = diesel::update(guarded)
        .set((
            records::retired_at.eq(stamp),
            records::version.eq(version + 1),
            records::person_id.eq(tx.person()),
            records::acting_tenant.eq(tx.actor()),
        ))
        .execute(tx.conn)?;
    require_changed(changed)?;
    row.version += 1;
    keep_version(tx, &row, None, stamp)?;
    remove_derived(tx, &row)?;
    note(tx, kind, &row, "delete");
    Ok(())
}

/// Notes a change and gives the record as the caller reads it now.
pub(super) fn finish(
    tx: &mut WriteTx<'_>,
    kind: &'static Kind,
    row: Row,
    event: &str,
) -> Outcome<RecordView> {
    note(tx, kind, &row, event);
    let seen = Seen::of(tx.scope, row)?;
    one(tx.conn, tx.scope, tx.now(), seen)
}

fn note(tx: &mut WriteTx<'_>, kind: &'static Kind, row: &Row, event: &str) {
    tx.record(Change {
        owner: row.owner(),
        subject_kind: kind.spec.one,
        subject_id: row.id.clone(),
        version: row.version,
        event: format!("{}.{event}", kind.spec.one),
        payload: json!({ "id": row.id, "version": row.version, "status": row.status }),
    });
}

/// The name of the event of an action.
pub(super) fn event_of(action: RecordAction) -> &'static str {
    action.word()
}
