//! Links to operations, built from the list of operations and the permission table, so that no link
//! leads to an operation that the caller's roles do not permit.

use crate::context::Ctx;
use crate::operation::Operation;
use strum::VariantArray;
use vinculo_auth::{Action, Reach};
use vinculo_domain::agreements::CaseAction;
use vinculo_domain::guide::Link;

/// Whether the caller may call an operation: it is public, or the caller's roles permit it. The
/// procedure checks the permission of each action, so one of them is enough.
fn may_call(ctx: &Ctx, operation: &Operation) -> bool {
    let (kind, action) = operation.permission;
    let scope = ctx.scope_for(kind, action);
    let holds = operation.public || scope.reach() > Reach::None;
    let acts = || {
        CaseAction::VARIANTS
            .iter()
            .any(|action| scope.permits(Action::Case(*action)))
    };
    holds && (operation.id != "transition_agreement" || acts())
}

/// The link to an operation on a record; none if there is no such operation, or the caller may not
/// call it.
pub fn link(ctx: &Ctx, operation: &str, id: &str) -> Option<Link> {
    let found = ctx.app.operations().find(|known| known.id == operation)?;
    may_call(ctx, found).then(|| Link {
        operation: found.id.to_owned(),
        method: found.method.to_string(),
        path: found
            .path
            .replace("{id}", id)
            .replace("{catalog}", "legal-powers"),
    })
}

/// The operations that the caller's roles permit, with id and path pattern. Public operations are
/// left out.
pub fn tools(ctx: &Ctx) -> Vec<Link> {
    let held = ctx
        .app
        .operations()
        .filter(|operation| !operation.public && may_call(ctx, operation));
    let mut links: Vec<Link> = held
        .map(|operation| Link {
            operation: operation.id.to_owned(),
            method: operation.method.to_string(),
            path: operation.path.to_owned(),
        })
        .collect();
    links.sort_by(|one, other| one.operation.cmp(&other.operation));
    links
}
