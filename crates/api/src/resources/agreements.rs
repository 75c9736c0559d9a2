//! Cases of agreements, from the first draft to the registry.

mod filter;

use self::filter::Filter;
use super::to_json;
use crate::context::Ctx;
use crate::operation::Operation;
use crate::render::Render;
use crate::route::Route;
use crate::{body, examples, params};
use actix_web::HttpResponse;
use actix_web::http::Method;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;
use vinculo_auth::{Action, Kind};
use vinculo_domain::agreements::{
    AgreementContent, AgreementLine, AgreementView, CaseAction, FullView, TransitionRequest,
};
use vinculo_domain::history::HistoryEntry;
use vinculo_domain::{Result, TenantId};
use vinculo_persistence::stores::agreements;
use vinculo_persistence::{Outcome, Reply, WriteTx};

const TAG: &str = "agreements";
const PATH: &str = "/v1/agreements";
const ONE: &str = "/v1/agreements/{id}";
/// Fields of a case that the system writes; a patch may send them back unchanged.
const READ_ONLY: &[&str] = &[
    "id",
    "owner",
    "level",
    "version",
    "stage",
    "recorded_in_error",
    "compliance",
    "country",
    "counterpart",
    "signed_on",
    "waiting_for",
    "due_on",
    "priority",
    "assigned_to",
    "urgency",
    "updated_at",
    "created_at",
    "seats",
    "draft",
    "text_set",
    "file_number",
    "submission",
    "remarks",
    "opinion",
    "opinions",
    "out_of_scope",
    "regularizing",
    "regularized_at",
    "dispute",
    "signature",
    "inscription",
    "consolidated",
    "source",
    "quality_flags",
    "signed_text_differs",
    "available_transitions",
    "council_two_thirds_met",
    "council_two_thirds_needed",
    "powers_not_held",
];

/// Fields that are read in another shape than they are written.
const SHOWN_OTHERWISE: &[&str] = &["parties", "counterparts"];

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct OnBehalf {
    /// The municipality without officers whose case it is; the caller's own government where absent.
    on_behalf_of: Option<TenantId>,
}

pub fn operations() -> Vec<Route> {
    let kind = Kind::Agreement;
    vec![
        Operation::new("list_agreements", Method::GET, PATH, (kind, Action::Read))
            .says(TAG, "List agreements", "The cases in your government's sight: its own, those it is a party to, and those submitted to it.")
            .query::<params::ListParams>()
            .query::<Filter>()
            .lists::<AgreementLine>(examples::agreement_line())
            .handled_by(list),
        Operation::new("create_agreement", Method::POST, PATH, (kind, Action::Create))
            .says(TAG, "Open a case", "Starts the draft (borrador) of an inter-institutional agreement (acuerdo interinstitucional, LCT article 2-II). A kind and a title are enough to begin. For a municipality without officers SRE, or its state while a mechanism covers the kind, opens it with `on_behalf_of`; it passes to the municipality with its first officer.")
            .query::<OnBehalf>()
            .takes::<AgreementContent>()
            .writes()
            .answers::<AgreementView>(201, examples::agreement())
            .handled_by(create),
        Operation::new("get_agreement", Method::GET, ONE, (kind, Action::Read))
            .says(TAG, "Read a case", "As much of the case as you may read: `full` on the owner's side, `submitted` for a reviewer, `summary` for who was only told. `available_transitions` says what you may do now, and for the rest why not. Once it is inscribed, the owner's side also reads the consolidated form of its inscription.")
            .answers::<AgreementView>(200, examples::agreement())
            .handled_by(get),
        Operation::new("update_agreement", Method::PATCH, ONE, (kind, Action::Update))
            .says(TAG, "Change the draft", "A merge patch onto the draft, in the stages `draft`, `returned`, `observed` and `opinion_unfavorable`. Other Mexican parties have to confirm again. `external_ids` alone may be changed at every stage, and asks nobody. A patch that changes nothing makes no version.")
            .takes_patch::<AgreementContent>(READ_ONLY)
            .guarded()
            .writes()
            .answers::<AgreementView>(200, examples::agreement())
            .handled_by(update),
        Operation::new("delete_agreement", Method::DELETE, ONE, (kind, Action::Delete))
            .says(TAG, "Remove a draft", "Removes a draft that was never sent to anybody; what was submitted stays.")
            .guarded()
            .writes()
            .answers_nothing()
            .handled_by(delete),
        Operation::new("transition_agreement", Method::POST, "/v1/agreements/{id}/transitions", (kind, Action::Read))
            .says(TAG, "Take an action of the procedure", "Announce, submit, forward, escalate, return, accept, observe, issue the opinion (dictamen de procedencia, LCT article 7), record the signature, send to the registry, inscribe, withdraw and the rest of the procedure (docs/PROCEDURE.md): each with what it needs.")
            .takes::<TransitionRequest>()
            .guarded()
            .writes()
            .answers::<AgreementView>(200, examples::agreement())
            .handled_by(transition),
        Operation::new("list_agreement_history", Method::GET, "/v1/agreements/{id}/history", (kind, Action::Read))
            .says(TAG, "Read the history", "What happened to the case (bitácora), newest first, as far as you may know it.")
            .query::<params::PageParams>()
            .lists::<HistoryEntry>(examples::history_entry())
            .handled_by(history),
    ]
}

/// The permission that an action of the procedure requires.
pub fn permission_of(action: CaseAction) -> (Kind, Action) {
    (Kind::Agreement, Action::Case(action))
}

async fn list(ctx: Ctx) -> Result<HttpResponse> {
    let asked: Filter = ctx.params()?;
    let page = ctx.page()?;
    ctx.scope().require()?;
    let (filter, sort) = asked.of(ctx.scope().person())?;
    let found = ctx
        .read(move |tx| agreements::list(tx, &filter, sort, &page))
        .await?;
    ctx.list(found)
}

async fn get(ctx: Ctx) -> Result<HttpResponse> {
    let id = ctx.id("id")?;
    let found = ctx.read(move |tx| agreements::get(tx, id)).await?;
    let reply = shown(&ctx.render(), &found)?;
    Ok(ctx.unless_unchanged(reply))
}

/// A case with its tag.
fn shown(render: &Render, view: &AgreementView) -> Result<Reply> {
    render.record(200, view, view.summary().version)
}

/// The case after a change, as the caller sees it.
pub(super) fn changed(tx: &mut WriteTx<'_>, render: &Render, id: Uuid) -> Outcome<Reply> {
    let view = agreements::view(tx, id)?;
    Ok(shown(render, &view)?)
}

async fn create(mut ctx: Ctx) -> Result<HttpResponse> {
    let OnBehalf { on_behalf_of } = ctx.params()?;
    let content: AgreementContent = ctx.body(READ_ONLY).await?;
    ctx.write(move |tx, render| {
        let id = match &on_behalf_of {
            Some(owner) => agreements::create_on_behalf(tx, &content, owner)?,
            None => agreements::create(tx, &content)?,
        };
        let view = agreements::view(tx, id)?;
        Ok(render.created(&view, id, view.summary().version)?)
    })
    .await
}

async fn update(mut ctx: Ctx) -> Result<HttpResponse> {
    let (id, version) = (ctx.id("id")?, ctx.if_match()?);
    let patch = ctx
        .patch::<AgreementContent>(&[READ_ONLY, SHOWN_OTHERWISE].concat())
        .await?;
    ctx.write(move |tx, render| {
        let change = |view: &FullView| {
            body::patched(&to_json(view)?, to_json(&view.draft)?, &patch, READ_ONLY)
        };
        agreements::update(tx, id, version, change)?;
        changed(tx, render, id)
    })
    .await
}

async fn delete(ctx: Ctx) -> Result<HttpResponse> {
    let (id, version) = (ctx.id("id")?, ctx.if_match()?);
    ctx.write(move |tx, render| {
        agreements::delete(tx, id, version)?;
        Ok(render.nothing())
    })
    .await
}

async fn transition(mut ctx: Ctx) -> Result<HttpResponse> {
    let (id, version) = (ctx.id("id")?, ctx.if_match()?);
    let request: TransitionRequest = ctx.body(&[]).await?;
    let (kind, action) = permission_of(request.action());
    let scope = ctx.scope_for(kind, action);
    ctx.write_as(&scope, move |tx, render| {
        agreements::transition(tx, id, version, &request)?;
        changed(tx, render, id)
    })
    .await
}

async fn history(ctx: Ctx) -> Result<HttpResponse> {
    let (id, page) = (ctx.id("id")?, ctx.page()?);
    let found = ctx
        .read(move |tx| agreements::history(tx, id, &page))
        .await?;
    ctx.list(found)
}
