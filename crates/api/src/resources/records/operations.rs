//! The operations of every kind of record, as the router, the document and the matrix know them.

use super::bodies::Face;
use super::{directory, exporting, figures, filters, importing, of_agreements, schemas};
use crate::operation::{Content as Answer, Input, Operation};
use crate::params::{Instant, ListParams};
use crate::route::Route;
use crate::uploads::RecordUpload;
use actix_web::http::Method;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::IntoParams;
use vinculo_auth::{Action, Kind as Permission};
use vinculo_domain::for_every_kind;
use vinculo_domain::records::{By, HistoryLine, Kind, Record, RecordKind, Transition, find};

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Moment {
    /// As it was at this instant (RFC 3339); only its owner reads earlier versions.
    #[param(value_type = Option<String>, format = DateTime, example = "2026-11-20T18:00:00Z")]
    pub(super) as_of: Option<Instant>,
}

/// The operations of all kinds.
pub fn operations() -> Vec<Route> {
    let mut routes = Vec::new();
    macro_rules! add {
        ($($kind:ident),+ $(,)?) => {
            $(routes.extend(of_kind::<vinculo_domain::records::$kind>());)+
        };
    }
    for_every_kind!(add);
    routes.extend(directory::operation());
    routes.extend(figures::operations());
    routes.extend(of_agreements::operation());
    routes
}

/// A text that lives as long as the program: the list of operations is made once.
fn fixed(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

/// The fields that a patch may only send back unchanged.
fn read_only(kind: &Kind) -> &'static [&'static str] {
    let names = Record::NAMES.iter().chain(kind.spec.moved).copied();
    Box::leak(names.collect::<Vec<_>>().into_boxed_slice())
}

fn of_kind<K: RecordKind>() -> Vec<Route> {
    let Some(kind) = find(K::SPEC.many) else {
        return Vec::new();
    };
    let face = Face::of::<K>(kind);
    let spec = &kind.spec;
    let (permission, tag) = (Permission::of_records(spec.access), spec.many);
    let path = |rest: &str| fixed(format!("/v1/{}{rest}", spec.many));
    let several = spec.many.replace('-', "_");
    let word = spec.one.replace('_', " ");
    let example = schemas::example::<K>(kind);
    let shows = |mut operation: Operation, status: u16| {
        operation.status = status;
        operation.content = Answer::Json(schemas::answer::<K>(), example.clone());
        operation
    };
    let op =
        |id: String, method: Method, rest: &str, action: Action, summary: String, says: &str| {
            Operation::new(fixed(id), method, path(rest), (permission, action)).says(
                tag,
                fixed(summary),
                fixed(says.to_owned()),
            )
        };
    let mut list = op(
        format!("list_{several}"),
        Method::GET,
        "",
        Action::Read,
        format!("List {}", several.replace('_', " ")),
        &format!("{} Those that your government sees. With `Accept: text/csv` or `application/x-ndjson` the whole list comes in one answer, or as many as `limit` says.", spec.says),
    )
    .query::<ListParams>();
    list.query.extend(filters::parameters(kind));
    list.content = Answer::Lines(
        schemas::list::<K>(),
        serde_json::json!({ "items": [example.clone()], "next_cursor": null }),
        exporting::example(face, &example),
    );
    let mut create = op(
        format!("create_{}", spec.one),
        Method::POST,
        "",
        Action::Create,
        format!("Write down a {word}"),
        &format!("{} A new one belongs to your government.", spec.says),
    )
    .writes();
    create.input = Some(Input::Json(schemas::input::<K>()));
    let mut update = op(
        format!("update_{}", spec.one),
        Method::PATCH,
        "/{id}",
        Action::Update,
        format!("Change a {word}"),
        "A merge patch onto one of your government's. What another government or a later moment adds comes with an action.",
    )
    .guarded()
    .writes();
    update.input = Some(Input::Patch(schemas::input::<K>()));
    update.read_only = read_only(kind);
    let mut put = op(
        format!("put_{}", spec.one),
        Method::PUT,
        "/by-external-id/{system}/{value}",
        Action::Update,
        format!("Put a {word} by an id of another system"),
        "Creates the one with this id, or writes yours over the one that has it: for systems that send what they hold. With `If-Match` only over that version.",
    )
    .writes();
    put.input = Some(Input::Json(schemas::input::<K>()));
    let import = op(
        format!("import_{several}"),
        Method::POST,
        "/import",
        Action::Update,
        format!("Bring {} in from a file", several.replace('_', " ")),
        "A CSV with the names of fields as headings, or NDJSON, as the list gives them out. A row with the id of one of yours, or with one of its ids of other systems, changes that one in the fields that the file has, and is refused if its `version` is no longer the current one; any other row is a new one. Every row is in the report: a bad one never stops the others. Try it first with `dry_run`. What was cut off is finished by the same request with the same `Idempotency-Key`.",
    )
    .takes_form::<RecordUpload>()
    .writes()
    .answers::<importing::RecordImport>(200, importing::example(kind));
    let reads = Arc::new(importing::reads(&create));
    let transition = op(
        format!("transition_{}", spec.one),
        Method::POST,
        "/{id}/transitions",
        Action::Update,
        format!("Take an action on a {word}"),
        &actions(kind),
    )
    .takes::<Transition>()
    .guarded()
    .writes();
    vec![
        list.handled_by(move |ctx| super::list(ctx, face)),
        import.handled_by(move |ctx| importing::import(ctx, face, Arc::clone(&reads))),
        shows(create, 201).handled_by(move |ctx| super::create(ctx, face)),
        shows(put, 201).handled_by(move |ctx| super::put(ctx, face)),
        shows(
            op(
                format!("get_{}", spec.one),
                Method::GET,
                "/{id}",
                Action::Read,
                format!("Read a {word}"),
                "One that your government sees, as it is or, for its owner, as it was.",
            )
            .query::<Moment>(),
            200,
        )
        .handled_by(move |ctx| super::get(ctx, kind)),
        shows(update, 200).handled_by(move |ctx| super::update(ctx, face)),
        op(
            format!("delete_{}", spec.one),
            Method::DELETE,
            "/{id}",
            Action::Delete,
            format!("Remove a {word}"),
            "Removes one of your government's that no other record names. Its history stays.",
        )
        .guarded()
        .writes()
        .answers_nothing()
        .handled_by(move |ctx| super::delete(ctx, kind)),
        shows(transition, 200).handled_by(move |ctx| super::transition(ctx, kind)),
        op(
            format!("list_{}_history", spec.one),
            Method::GET,
            "/{id}/history",
            Action::Read,
            format!("Read the history of a {word}"),
            "Every version of one of your government's, newest first, with the fields that changed.",
        )
        .query::<ListParams>()
        .lists::<HistoryLine>(schemas::history_example())
        .handled_by(move |ctx| super::history(ctx, kind)),
    ]
}

/// What the actions of a kind are, in a sentence.
fn actions(kind: &Kind) -> String {
    let mut text = String::from("`confirm` says that everything is still right.");
    for one in kind.spec.moves {
        let from: Vec<String> = one
            .from
            .iter()
            .map(|from| format!("`{}`", from.word()))
            .collect();
        let by = match one.by {
            By::Owner => "",
            By::Asked => ", by the government that is asked",
        };
        let takes = match one.takes {
            [] => String::new(),
            fields => format!(", with `{}` in `fields`", fields.join("`, `")),
        };
        text.push_str(&format!(
            " `{}`: from {} to `{}`{by}{takes}.",
            one.action.word(),
            from.join(", "),
            one.to.word()
        ));
    }
    text
}
