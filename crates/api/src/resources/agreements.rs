//! Cases of agreements, from first draft to registry.

use super::counterparts::external_id;
use super::to_json;
use crate::context::Ctx;
use crate::operation::Operation;
use crate::render::Render;
use crate::{body, examples, params};
use actix_web::HttpResponse;
use actix_web::http::Method;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use vinculo_auth::{Action, Kind};
use vinculo_domain::agreements::{
    AgreementContent, AgreementKind, AgreementSummary, AgreementView, CaseAction, Compliance,
    FullView, Stage, TransitionRequest,
};
use vinculo_domain::history::HistoryEntry;
use vinculo_domain::legal_date::LegalDate;
use vinculo_domain::urgencies::Priority;
use vinculo_domain::{Result, TenantId};
use vinculo_persistence::stores::agreements::{self, AgreementFilter, AgreementSort, Assignee};
use vinculo_persistence::{Outcome, Reply, WriteTx};

const TAG: &str = "agreements";
const PATH: &str = "/v1/agreements";
const ONE: &str = "/v1/agreements/{id}";
/// What the system writes of a case; it may be sent back unchanged with a patch.
const READ_ONLY: &[&str] = &[
    "id",
    "owner",
    "level",
    "version",
    "stage",
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
    "source",
    "quality_flags",
    "signed_text_differs",
    "available_transitions",
    "council_two_thirds_met",
    "council_two_thirds_needed",
];

/// What is shown in another shape than it is written in.
const SHOWN_OTHERWISE: &[&str] = &["parties", "counterparts"];

/// In which order a list comes.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
enum Sort {
    /// What changed last first.
    #[serde(rename = "-updated_at")]
    Newest,
    /// What was signed last first; unsigned last.
    #[serde(rename = "-signed_on")]
    Signature,
    /// What is due first first; what has no due date last.
    #[serde(rename = "due_on")]
    Due,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// In this stage.
    stage: Option<Stage>,
    /// Of this kind.
    kind: Option<AgreementKind>,
    /// With this compliance.
    compliance: Option<Compliance>,
    /// With a first counterpart of this country, ISO 3166-1 alpha-2.
    country: Option<String>,
    /// Led by this government.
    owner: Option<TenantId>,
    /// In whose hands at your government: `me`, `none`, or a person's id.
    #[param(
        pattern = "^(me|none|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$",
        example = "me"
    )]
    assigned_to: Option<String>,
    /// With a due date before this day.
    due_before: Option<LegalDate>,
    /// As pressing as this.
    priority: Option<Priority>,
    /// Known to another system under this id: `system:value`.
    #[param(pattern = "^[^:]+:", example = "siga-jalisco:C-17")]
    external_id: Option<String>,
    /// Beginnings of words of title and counterparts, without regard to accents and capitals.
    #[param(max_length = 200)]
    q: Option<String>,
    /// The order.
    #[param(inline)]
    sort: Option<Sort>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct OnBehalf {
    /// The municipality without officers whose case it is; the caller's own government where absent.
    on_behalf_of: Option<TenantId>,
}

pub fn operations() -> Vec<Operation> {
    let kind = Kind::Agreement;
    vec![
        Operation::new("list_agreements", Method::GET, PATH, (kind, Action::Read), list)
            .says(TAG, "List agreements", "The cases in your government's sight: its own, those it is a party to, and those submitted to it.")
            .query::<params::ListParams>()
            .query::<Filter>()
            .lists::<AgreementSummary>(examples::agreement_summary()),
        Operation::new("create_agreement", Method::POST, PATH, (kind, Action::Create), create)
            .says(TAG, "Open a case", "Starts the draft (borrador) of an inter-institutional agreement (acuerdo interinstitucional, LCT article 2-II). A kind and a title are enough to begin. For a municipality without officers SRE, or its state while a mechanism covers the kind, opens it with `on_behalf_of`; it passes to the municipality with its first officer.")
            .query::<OnBehalf>()
            .takes::<AgreementContent>()
            .writes()
            .answers::<AgreementView>(201, examples::agreement()),
        Operation::new("get_agreement", Method::GET, ONE, (kind, Action::Read), get)
            .says(TAG, "Read a case", "As much of the case as you may read: `full` on the owner's side, `submitted` for a reviewer, `summary` for who was only told. `available_transitions` says what you may do now, and for the rest why not.")
            .answers::<AgreementView>(200, examples::agreement()),
        Operation::new("update_agreement", Method::PATCH, ONE, (kind, Action::Update), update)
            .says(TAG, "Change the draft", "A merge patch onto the draft, in the stages `draft`, `returned`, `observed` and `opinion_unfavorable`. Other Mexican parties have to confirm again.")
            .takes_patch::<AgreementContent>(READ_ONLY)
            .guarded()
            .writes()
            .answers::<AgreementView>(200, examples::agreement()),
        Operation::new("delete_agreement", Method::DELETE, ONE, (kind, Action::Delete), delete)
            .says(TAG, "Remove a draft", "Removes a draft that was never sent to anybody; what was submitted stays.")
            .guarded()
            .writes()
            .answers_nothing(),
        Operation::new("transition_agreement", Method::POST, "/v1/agreements/{id}/transitions", (kind, Action::Read), transition)
            .says(TAG, "Take an action of the procedure", "Announce, submit, forward, escalate, return, accept, observe, issue the opinion (dictamen de procedencia, LCT article 7), record the signature, send to the registry, inscribe, withdraw and the rest of the procedure (docs/PROCEDURE.md): each with what it needs.")
            .takes::<TransitionRequest>()
            .guarded()
            .writes()
            .answers::<AgreementView>(200, examples::agreement()),
        Operation::new("list_agreement_history", Method::GET, "/v1/agreements/{id}/history", (kind, Action::Read), history)
            .says(TAG, "Read the history", "What happened to the case (bitácora), newest first, as far as you may know it.")
            .query::<params::PageParams>()
            .lists::<HistoryEntry>(examples::history_entry()),
    ]
}

/// The permission that an action of the procedure asks for.
pub fn permission_of(action: CaseAction) -> (Kind, Action) {
    (Kind::Agreement, Action::Case(action))
}

async fn list(ctx: Ctx) -> Result<HttpResponse> {
    let asked: Filter = ctx.params()?;
    let page = ctx.page()?;
    ctx.scope().require()?;
    let filter = AgreementFilter {
        stage: asked.stage,
        kind: asked.kind,
        compliance: asked.compliance,
        country: asked.country,
        owner: asked.owner,
        due_before: asked.due_before,
        priority: asked.priority,
        assigned_to: assignee(asked.assigned_to.as_deref(), ctx.scope().person())?,
        external_id: external_id(asked.external_id)?,
        q: asked.q,
    };
    let found = ctx
        .read(move |tx| agreements::list(tx, &filter, order(asked.sort), &page))
        .await?;
    ctx.list(found)
}

fn order(sort: Option<Sort>) -> AgreementSort {
    match sort {
        Some(Sort::Signature) => AgreementSort::Signature,
        Some(Sort::Due) => AgreementSort::Due,
        _ => AgreementSort::Newest,
    }
}

/// In whose hands a list is asked for.
fn assignee(asked: Option<&str>, caller: Option<Uuid>) -> Result<Option<Assignee>> {
    let one_spelling = |text: &str| {
        let id = Uuid::try_parse(text).ok();
        id.filter(|id| id.to_string() == text)
    };
    let person = match asked {
        None => return Ok(None),
        Some("none") => return Ok(Some(Assignee::Nobody)),
        Some("me") => caller,
        Some(text) => one_spelling(text),
    };
    let person = person.ok_or_else(|| params::wrong("assigned_to"))?;
    Ok(Some(Assignee::Person(person)))
}

async fn get(ctx: Ctx) -> Result<HttpResponse> {
    let id = ctx.id("id")?;
    let found = ctx.read(move |tx| agreements::get(tx, id)).await?;
    let reply = shown(&ctx.render(), &found)?;
    Ok(ctx.unless_unchanged(reply))
}

/// A case with its tag. Who has it in the caller's government moves no version, but is part of
/// what the caller reads.
fn shown(render: &Render, view: &AgreementView) -> Result<Reply> {
    let summary = view.summary();
    let render = match summary.assigned_to {
        Some(person) => render.beside(&person.to_string()),
        None => render.clone(),
    };
    render.record(200, view, summary.version)
}

/// The case after a change, as the caller reads it.
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
    let request: TransitionRequest = body::tagged(ctx.json().await?, "action")?;
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
