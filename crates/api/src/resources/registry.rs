//! The public registry of inter-institutional agreements.

use super::documents::{Served, serve};
use crate::context::Ctx;
use crate::examples;
use crate::operation::Operation;
use crate::params::{self, Instant, Several, several};
use crate::route::Route;
use actix_web::HttpResponse;
use actix_web::http::Method;
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use vinculo_auth::{Action, Kind};
use vinculo_domain::agreements::AgreementKind;
use vinculo_domain::inscriptions::{InscriptionSummary, InscriptionView};
use vinculo_domain::legal_date::{DateRange, LegalDate};
use vinculo_domain::standing::Standing;
use vinculo_domain::{Result, TenantId, Tier};
use vinculo_persistence::stores::documents;
use vinculo_persistence::stores::inscriptions::{self, InscriptionFilter, InscriptionSort};

const TAG: &str = "registry";
const PERMISSION: (Kind, Action) = (Kind::Inscription, Action::Read);
const CONTENT: &str = "/v1/registry/{number}/documents/{document_id}/content";

/// In which order a list comes.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
enum Sort {
    /// The newest inscription first.
    #[serde(rename = "-number")]
    Number,
    /// The newest signature first.
    #[serde(rename = "-signed_on")]
    Signature,
    /// What changed last first.
    #[serde(rename = "-updated_at")]
    Newest,
    /// What changed first first, to follow the list.
    #[serde(rename = "updated_at")]
    Oldest,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// With one of these states, or a municipality of one, among the parties.
    #[param(value_type = Option<Vec<String>>, example = json!(["14"]))]
    state: Option<Several<TenantId>>,
    /// With one of these municipalities among the parties.
    #[param(value_type = Option<Vec<String>>, example = json!(["14039"]))]
    municipality: Option<Several<TenantId>>,
    /// Led by one of these orders of government.
    #[param(value_type = Option<Vec<Tier>>)]
    tier: Option<Several<Tier>>,
    /// Of one of these kinds.
    #[param(value_type = Option<Vec<AgreementKind>>)]
    kind: Option<Several<AgreementKind>>,
    /// With a counterpart of one of these countries, ISO 3166-1 alpha-2.
    #[param(value_type = Option<Vec<String>>, example = json!(["JP"]))]
    country: Option<Several<String>>,
    /// With one of these themes.
    #[param(value_type = Option<Vec<String>>)]
    theme: Option<Several<String>>,
    /// With one of these targets of the 2030 Agenda, or any target of one of these goals.
    #[param(value_type = Option<Vec<String>>)]
    sdg: Option<Several<String>>,
    /// Signed on this day or later.
    signed_from: Option<LegalDate>,
    /// Signed on this day or earlier.
    signed_to: Option<LegalDate>,
    /// Inscribed on this day in Mexico City or later.
    registered_from: Option<LegalDate>,
    /// Inscribed on this day in Mexico City or earlier.
    registered_to: Option<LegalDate>,
    /// With a validity that ends on this day or later.
    ends_from: Option<LegalDate>,
    /// With a validity that ends on this day or earlier.
    ends_to: Option<LegalDate>,
    /// Changed at this instant or later.
    #[param(value_type = Option<String>, format = DateTime, example = "2026-11-20T18:00:00Z")]
    updated_since: Option<Instant>,
    /// With one of these standings today.
    #[param(value_type = Option<Vec<Standing>>)]
    standing: Option<Several<Standing>>,
    /// Beginnings of words of title, parties and counterparts, as inscribed and as annotated.
    #[param(min_length = 1, max_length = 200)]
    q: Option<String>,
    /// The order.
    #[param(inline)]
    sort: Option<Sort>,
}

impl Filter {
    /// The filter as the store takes it, and the order.
    fn split(self) -> (InscriptionFilter, InscriptionSort) {
        let filter = InscriptionFilter {
            state: several(self.state),
            municipality: several(self.municipality),
            tier: several(self.tier),
            kind: several(self.kind),
            country: several(self.country),
            theme: several(self.theme),
            sdg: several(self.sdg),
            signed: DateRange {
                from: self.signed_from,
                to: self.signed_to,
            },
            registered: DateRange {
                from: self.registered_from,
                to: self.registered_to,
            },
            ends: DateRange {
                from: self.ends_from,
                to: self.ends_to,
            },
            updated_since: self.updated_since.map(|Instant(at)| at),
            standing: several(self.standing),
            q: self.q,
        };
        let sort = match self.sort {
            Some(Sort::Signature) => InscriptionSort::Signature,
            Some(Sort::Newest) => InscriptionSort::Newest,
            Some(Sort::Oldest) => InscriptionSort::Oldest,
            _ => InscriptionSort::Number,
        };
        (filter, sort)
    }
}

/// On which day the standing is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct OnDay {
    /// The standing on this day; today where none is named.
    #[param(format = Date, example = "2026-11-21")]
    on: Option<String>,
}

impl OnDay {
    /// The day, in its one spelling.
    fn day(&self) -> Result<Option<NaiveDate>> {
        let Some(text) = &self.on else {
            return Ok(None);
        };
        let day: Option<NaiveDate> = text.parse().ok();
        match day.filter(|day| day.to_string() == *text) {
            Some(day) => Ok(Some(day)),
            None => Err(params::wrong("on")),
        }
    }
}

pub fn operations() -> Vec<Route> {
    vec![
        Operation::new("list_registry", Method::GET, "/v1/registry", PERMISSION)
            .says(TAG, "Search the registry", "The agreements inscribed in the registry (Registro de Acuerdos Interinstitucionales), open to anyone by law (LGTAIP article 67-V-i).")
            .public()
            .query::<params::ListParams>()
            .query::<Filter>()
            .lists::<InscriptionSummary>(examples::inscription_summary())
            .handled_by(list),
        Operation::new("get_inscription", Method::GET, "/v1/registry/{number}", PERMISSION)
            .says(TAG, "Read an inscription", "An inscription (inscripción) with its parties, counterparts, signatories and public documents; what was annotated since, the consolidated form, and the standing (situación) on a day.")
            .public()
            .query::<OnDay>()
            .answers::<InscriptionView>(200, examples::inscription())
            .handled_by(get),
        Operation::new("get_registry_document", Method::GET, CONTENT, PERMISSION)
            .says(TAG, "Download a public document", "The signed text, or its public version (versión pública), byte for byte.")
            .public()
            .answers_pdf()
            .handled_by(content),
        Operation::new("head_registry_document", Method::HEAD, CONTENT, PERMISSION)
            .says(TAG, "Ask about a public document", "Size, digest and type of a public document, without its bytes.")
            .public()
            .handled_by(content),
    ]
}

async fn list(ctx: Ctx) -> Result<HttpResponse> {
    let asked: Filter = ctx.params()?;
    let page = ctx.page()?;
    let (filter, sort) = asked.split();
    let found = ctx
        .read(move |tx| inscriptions::list(tx, &filter, sort, &page))
        .await?;
    ctx.list(found)
}

async fn get(ctx: Ctx) -> Result<HttpResponse> {
    let number = ctx.inscription_number()?;
    let on = ctx.params::<OnDay>()?.day()?;
    let (found, version) = ctx
        .read(move |tx| inscriptions::get(tx, number.as_str(), on))
        .await?;
    ctx.record(&found, version)
}

async fn content(ctx: Ctx) -> Result<HttpResponse> {
    let (number, id) = (ctx.inscription_number()?, ctx.id("document_id")?);
    let (document, stored) = ctx
        .read(move |tx| documents::get_public(tx, number.as_str(), id))
        .await?;
    serve(&ctx, Served { document, stored }).await
}
