//! The kinds of exchanges that a caller reads.

use crate::context::Ctx;
use vinculo_auth::{Action, Kind, Reach};
use vinculo_domain::records::kinds;
use vinculo_persistence::stores::records::ReadKind;

/// The kinds of exchanges that the caller reads, each with the scope to read it.
pub(in crate::resources) fn exchanges(ctx: &Ctx) -> Vec<ReadKind> {
    let kinds = kinds().iter();
    let exchanges = kinds.filter(|kind| kind.spec.access.is_exchange());
    let read = exchanges.map(|kind| {
        let scope = ctx.scope_for(Kind::of_records(kind.spec.access), Action::Read);
        (kind, scope)
    });
    read.filter(|(_, scope)| scope.reach() > Reach::None)
        .collect()
}
