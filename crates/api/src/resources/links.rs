//! Links to operations, made of the list of operations and the permission table: nobody is sent
//! where it would be turned away for its roles.

use crate::context::Ctx;
use crate::operation::Operation;
use strum::VariantArray;
use vinculo_auth::{Action, Reach};
use vinculo_domain::agreements::CaseAction;
use vinculo_domain::guide::Link;

/// Whether the caller may call an operation: it is public, or the caller's roles hold it. The
/// procedure asks for the permission of each action, so one of them must be held.
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

/// The link to an operation on a record; nothing where there is none such, or it is not the
/// caller's to call.
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

/// The operations that the caller's roles hold, by id, with the patterns of their paths; what is
/// open to anyone is no tool of a government.
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
