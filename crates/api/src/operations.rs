//! The list of all operations. An operation that is not in this list does not exist: not in the
//! router, the document or the authorization matrix.

use crate::operation::Operation;
use crate::resources;
use crate::route::Route;
use std::sync::{Arc, LazyLock};

/// Every operation with its handler, in the order of the document.
pub fn routes() -> &'static [Route] {
    static ROUTES: LazyLock<Vec<Route>> = LazyLock::new(make);
    &ROUTES
}

fn make() -> Vec<Route> {
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
        resources::records::operations(),
        resources::hand_overs::operations(),
        resources::scores::operations(),
        resources::score_methods::operations(),
        resources::gaps::operations(),
        resources::activity::operations(),
        resources::overlaps::operations(),
        resources::partners::operations(),
        resources::reads::operations(),
        resources::catalogs::operations(),
        resources::health::operations(),
    ];
    groups.into_iter().flatten().collect()
}

/// Every operation, in the order of the document.
pub fn all() -> Vec<Arc<Operation>> {
    let routes = routes().iter();
    routes.map(|route| Arc::clone(&route.operation)).collect()
}
