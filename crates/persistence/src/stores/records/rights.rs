//! Who may write a record: by a role, or because a record names the person.

use super::spaces::named;
use crate::failure::Outcome;
use crate::tx::WriteTx;
use vinculo_auth::{Action, Reach, Scope};
use vinculo_domain::faults;
use vinculo_domain::records::Content;
use vinculo_domain::{Refusal, Role};

/// Refuses whoever may not write such a record, and names who may: people who are named only where it
/// belongs to a record that names people.
pub(super) fn require(tx: &mut WriteTx<'_>, content: &Content) -> Outcome<()> {
    let refused = tx.scope.require().is_err();
    if refused && content.index.within.is_none() {
        return Err(refusal_of_strangers(tx.scope).into());
    }
    tx.scope.require()?;
    require_member(tx, content)
}

/// A person whose only right comes from being named writes what belongs to a record that names it.
pub(super) fn require_member(tx: &mut WriteTx<'_>, content: &Content) -> Outcome<()> {
    let scope = tx.scope;
    if writes_unnamed(scope, scope.action()) {
        return Ok(());
    }
    if scope.reach() == Reach::None || faults::seeded("any member") {
        return Ok(());
    }
    let parents = named(tx.conn, scope, content.kind)?;
    let belongs = content
        .index
        .within
        .is_some_and(|parent| parents.contains(&parent));
    if belongs {
        return Ok(());
    }
    Err(refusal_of_strangers(scope).into())
}

/// Whether the caller has a permission by a role that needs not be named in the record.
pub(super) fn writes_unnamed(scope: &Scope, action: Action) -> bool {
    let named_only = |role: &Role| matches!(role, Role::CommitteeMember | Role::MissionOfficer);
    let mut others = scope.roles().iter().filter(|role| !named_only(role));
    others.any(|role| scope.would_permit(*role, action))
}

fn refusal_of_strangers(scope: &Scope) -> Refusal {
    scope.forbidden_but_to(|role| !matches!(role, Role::CommitteeMember | Role::MissionOfficer))
}
