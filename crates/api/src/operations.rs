//! Every operation there is. What is not in this list does not exist: not in the router, not in
//! the document, not in the authorization matrix.

use crate::operation::Operation;
use crate::resources;
use std::sync::Arc;

/// The list, in the order of the document.
pub fn all() -> Vec<Arc<Operation>> {
    let groups = [
        resources::sessions::operations(),
        resources::agreements::operations(),
        resources::past_agreements::operations(),
        resources::parties::operations(),
        resources::guide::operations(),
        resources::turns::operations(),
        resources::assignments::operations(),
        resources::notices::operations(),
        resources::documents::operations(),
        resources::texts::operations(),
        resources::clauses::operations(),
        resources::remarks::operations(),
        resources::classifications::operations(),
        resources::imports::operations(),
        resources::counterparts::operations(),
        resources::registry::operations(),
        resources::statistics::operations(),
        resources::annotations::operations(),
        resources::governments::operations(),
        resources::bodies::operations(),
        resources::administrations::operations(),
        resources::relations::operations(),
        resources::compliance::operations(),
        resources::workspace::operations(),
        resources::mechanisms::operations(),
        resources::offices::operations(),
        resources::calendars::operations(),
        resources::targets::operations(),
        resources::reads::operations(),
        resources::catalogs::operations(),
        resources::health::operations(),
    ];
    groups.into_iter().flatten().map(Arc::new).collect()
}
