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
        resources::turns::operations(),
        resources::assignments::operations(),
        resources::notices::operations(),
        resources::documents::operations(),
        resources::counterparts::operations(),
        resources::registry::operations(),
        resources::governments::operations(),
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
