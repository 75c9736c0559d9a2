//! The crate's own tests. Parts that are private to it are compiled here once more, each on its own:
//! as unit tests they would compile the whole crate a second time, which takes longer than anything
//! else in the workspace.

mod findings;
// Clippy lets what only tests compile unwrap, its helpers too.
#[cfg(test)]
mod installation;
#[path = "../../src/slots.rs"]
#[expect(dead_code, reason = "the crate uses more of it than its tests")]
mod slots;
mod slots_tests;
#[path = "../../src/row_sums/sum.rs"]
mod sum;
mod sum_tests;
#[path = "../../src/tenant_context.rs"]
mod tenant_context;
mod tenant_context_tests;
#[path = "../../src/walk.rs"]
mod walk;
mod walk_tests;
