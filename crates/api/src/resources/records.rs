//! The handlers of every kind of record: the same for all, made from what each declares.

mod bodies;
mod directory;
mod exchanges;
mod exporting;
mod figures;
mod filters;
mod importing;
mod of_agreements;
mod operations;
mod schemas;
mod sheets;

pub use operations::operations;

use self::bodies::Face;
pub(super) use self::exchanges::exchanges;
use self::operations::Moment;
use super::to_json;
use crate::context::Ctx;
use crate::params::Instant;
use actix_web::HttpResponse;
use vinculo_auth::Action;
use vinculo_domain::external_ids::ExternalId;
use vinculo_domain::records::{By, Kind, Transition};
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::stores::records as store;

async fn list(ctx: Ctx, face: Face) -> Result<HttpResponse> {
    let (kind, page) = (face.kind, ctx.page()?);
    let filter = filters::read(kind, &ctx.pairs)?;
    ctx.scope().require()?;
    let form = exporting::asked(&ctx);
    if let Some(form) = form {
        return exporting::whole(ctx, face, filter, form).await;
    }
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
