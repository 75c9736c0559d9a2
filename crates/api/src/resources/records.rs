//! The operations of every kind of record: the same for all, made from what each declares.

mod bodies;
mod directory;
mod figures;
mod filters;
mod schemas;

use self::bodies::Face;
use super::to_json;
use crate::context::Ctx;
use crate::operation::{Content as Answer, Input, Operation};
use crate::params::{Instant, ListParams};
use crate::route::Route;
use actix_web::HttpResponse;
use actix_web::http::Method;
use serde::Deserialize;
use utoipa::IntoParams;
use vinculo_auth::{Action, Kind as Permission};
use vinculo_domain::external_ids::ExternalId;
use vinculo_domain::records::{By, HistoryLine, Kind, Record, RecordKind, Transition, find};
use vinculo_domain::{Refusal, Result, for_every_kind};
use vinculo_persistence::stores::records as store;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Moment {
    /// As it was at this instant (RFC 3339); only its owner reads earlier versions.
    #[param(value_type = Option<String>, format = DateTime, example = "2026-11-20T18:00:00Z")]
    as_of: Option<Instant>,
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
        &format!("{} Those that your government sees, by title.", spec.says),
    )
    .query::<ListParams>();
    list.query.extend(filters::parameters(kind));
    list.content = Answer::Json(
        schemas::list::<K>(),
        serde_json::json!({ "items": [example.clone()], "next_cursor": null }),
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
        list.handled_by(move |ctx| self::list(ctx, face)),
        shows(create, 201).handled_by(move |ctx| self::create(ctx, face)),
        shows(put, 201).handled_by(move |ctx| self::put(ctx, face)),
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
        .handled_by(move |ctx| get(ctx, kind)),
        shows(update, 200).handled_by(move |ctx| self::update(ctx, face)),
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
        .handled_by(move |ctx| delete(ctx, kind)),
        shows(transition, 200).handled_by(move |ctx| self::transition(ctx, kind)),
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
        .handled_by(move |ctx| history(ctx, kind)),
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

async fn list(ctx: Ctx, face: Face) -> Result<HttpResponse> {
    let (kind, page) = (face.kind, ctx.page()?);
    let filter = filters::read(kind, &ctx.pairs)?;
    ctx.scope().require()?;
    let found = ctx
        .read(move |tx| store::list(tx, kind, &filter, &page))
        .await?;
    ctx.list(found.map(|view| view.body))
}

async fn get(ctx: Ctx, kind: &'static Kind) -> Result<HttpResponse> {
    let (id, asked) = (ctx.id("id")?, ctx.params::<Moment>()?);
    let found = ctx
        .read(move |tx| match asked.as_of {
            Some(Instant(at)) => store::as_of(tx, kind, id, at),
            None => store::get(tx, kind, id),
        })
        .await?;
    ctx.record(&found.body, found.version)
}

async fn create(mut ctx: Ctx, face: Face) -> Result<HttpResponse> {
    let content = face.body(&mut ctx).await?;
    ctx.write(move |tx, render| {
        let made = store::create(tx, &content)?;
        Ok(render.created(&made.body, made.id, made.version)?)
    })
    .await
}

async fn put(mut ctx: Ctx, face: Face) -> Result<HttpResponse> {
    let id = ExternalId {
        system: ctx.part("system"),
        value: ctx.part("value"),
    };
    vinculo_domain::external_ids::require(std::slice::from_ref(&id))
        .map_err(|_wrong| Refusal::new(vinculo_domain::problems::Problem::NotFound))?;
    let version = ctx.optional_if_match()?;
    let mut content = face.body(&mut ctx).await?;
    if !content.fields.external_ids.contains(&id) {
        content.fields.external_ids.push(id.clone());
    }
    let kind = face.kind;
    ctx.write(move |tx, render| {
        let (made, created) = store::upsert(tx, (&id.system, &id.value), version, &content)?;
        let mut reply = render.record(if created { 201 } else { 200 }, &made.body, made.version)?;
        if created {
            reply.location = Some(format!("{}/{}", kind.spec.address(), made.id));
        }
        Ok(reply)
    })
    .await
}

async fn update(mut ctx: Ctx, face: Face) -> Result<HttpResponse> {
    let (id, version) = (ctx.id("id")?, ctx.if_match()?);
    let read_only = ctx.operation.read_only;
    let patch = ctx.json().await?;
    face.check_patch(&patch, read_only)?;
    ctx.write(move |tx, render| {
        let changed = store::update(tx, face.kind, id, version, |view, stored| {
            face.patched(view, stored, &patch, read_only)
        })?;
        Ok(render.record(200, &changed.body, changed.version)?)
    })
    .await
}

async fn delete(ctx: Ctx, kind: &'static Kind) -> Result<HttpResponse> {
    let (id, version) = (ctx.id("id")?, ctx.if_match()?);
    ctx.write(move |tx, render| {
        store::delete(tx, kind, id, version)?;
        Ok(render.nothing())
    })
    .await
}

async fn transition(mut ctx: Ctx, kind: &'static Kind) -> Result<HttpResponse> {
    let (id, version) = (ctx.id("id")?, ctx.if_match()?);
    let asked: Transition = ctx.body(&[]).await?;
    let action = match kind.side_of(asked.action) {
        Ok(By::Asked) => Action::Answer,
        _ => Action::Update,
    };
    let scope = ctx.scope_for(ctx.operation.permission.0, action);
    ctx.write_as(&scope, move |tx, render| {
        let moved = store::transition(tx, kind, id, version, &asked)?;
        Ok(render.record(200, &moved.body, moved.version)?)
    })
    .await
}

async fn history(ctx: Ctx, kind: &'static Kind) -> Result<HttpResponse> {
    let (id, page) = (ctx.id("id")?, ctx.page()?);
    let found = ctx
        .read(move |tx| store::history(tx, kind, id, &page))
        .await?;
    ctx.list(found.map(|line| to_json(&line).unwrap_or_default()))
}
