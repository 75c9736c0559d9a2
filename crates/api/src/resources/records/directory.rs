//! The public directory of international-affairs offices.

use super::bodies::Face;
use super::{filters, list as list_all, schemas};
use crate::operation::{Content as Answer, Operation};
use crate::params::ListParams;
use crate::route::Route;
use actix_web::http::Method;
use vinculo_auth::{Action, Kind as Permission};
use vinculo_domain::records::{InternationalOffice, RecordKind, find};

/// The public directory: the offices that are meant for everybody, without a token.
pub(super) fn operation() -> Option<Route> {
    let kind = find(InternationalOffice::SPEC.many)?;
    let permission = (Permission::of_records(kind.spec.access), Action::Read);
    let mut list = Operation::new("list_directory", Method::GET, "/v1/directory", permission)
        .says("directory", "Read the directory of offices", "The international-affairs offices (OFAI) that governments publish, with contact and themes, by title. For anyone.")
        .public()
        .query::<ListParams>();
    list.query.extend(filters::parameters(kind));
    list.content = Answer::Json(
        schemas::list::<InternationalOffice>(),
        serde_json::json!({ "items": [schemas::example::<InternationalOffice>(kind)], "next_cursor": null }),
    );
    let face = Face::of::<InternationalOffice>(kind);
    Some(list.handled_by(move |ctx| list_all(ctx, face)))
}
