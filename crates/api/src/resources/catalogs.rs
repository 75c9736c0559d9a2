//! The catalogues of keys.

use crate::context::Ctx;
use crate::examples;
use crate::operation::Operation;
use crate::route::Route;
use actix_web::HttpResponse;
use actix_web::http::Method;
use serde::Serialize;
use strum::VariantArray;
use utoipa::ToSchema;
use vinculo_auth::{Action, Kind};
use vinculo_domain::catalogs::{self, Catalog};
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::BilingualText;
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::Reply;

const TAG: &str = "catalogs";

/// A catalogue.
#[derive(Serialize, ToSchema)]
struct CatalogView {
    /// Its name in the address.
    catalog: &'static str,
    /// Changes when the entries do.
    version: String,
    /// The entries.
    entries: Vec<EntryView>,
}

/// One key.
#[derive(Serialize, ToSchema)]
struct EntryView {
    /// The key.
    code: String,
    /// What it is called.
    label: BilingualText,
    /// What more there is to it, such as `priority`.
    attributes: std::collections::BTreeMap<String, String>,
    /// Since when it may be used.
    valid_from: Option<String>,
    /// Until when it may be used.
    valid_to: Option<String>,
    /// The key that took its place.
    replaced_by: Option<String>,
}

/// The list of catalogues.
#[derive(Serialize, ToSchema)]
struct CatalogIndex {
    /// Every catalogue except the list of problems.
    catalogs: Vec<CatalogCard>,
}

/// A catalogue as a line of the list.
#[derive(Serialize, ToSchema)]
struct CatalogCard {
    /// Its name in the address.
    catalog: &'static str,
    /// What it is called.
    label: BilingualText,
    /// Where it is read.
    address: String,
    /// Changes when the entries do.
    version: String,
    /// How many entries it has.
    entries: usize,
}

/// The list of problems.
#[derive(Serialize, ToSchema)]
struct ProblemCatalog {
    /// Every problem that an operation may answer with.
    problems: Vec<ProblemView>,
}

/// One problem.
#[derive(Serialize, ToSchema)]
struct ProblemView {
    /// The stable code.
    code: Problem,
    /// The HTTP status.
    status: u16,
    /// The short name.
    title: BilingualText,
    /// What to do.
    detail: BilingualText,
}

pub fn operations() -> Vec<Route> {
    let permission = (Kind::Catalog, Action::Read);
    vec![
        Operation::new("get_catalogs", Method::GET, catalogs::LIST, permission)
            .says(TAG, "Read the list of catalogues", "Every catalogue with its name, its version and how many entries it has: a client that keeps them reads again those whose version has changed. The list of problems is apart, at `/v1/catalogs/problems`.")
            .public()
            .answers::<CatalogIndex>(200, examples::catalog_index())
            .handled_by(index),
        Operation::new("get_problem_catalog", Method::GET, "/v1/catalogs/problems", permission)
            .says(TAG, "Read the list of problems", "Every refusal of this service, by its stable code, in Spanish and English.")
            .public()
            .answers::<ProblemCatalog>(200, examples::problem_catalog())
            .handled_by(problems),
        Operation::new("get_catalog", Method::GET, "/v1/catalogs/{catalog}", permission)
            .says(TAG, "Read a catalogue", "The keys of a catalogue with their labels, in the order in which a form would offer them: `countries` (ISO 3166-1), `currencies` (ISO 4217), `languages` (BCP 47), `themes`, `sdg-targets` (2030 Agenda), `legal-powers` (own powers, CPEUM articles 115 and 124), `document-kinds`, `legal-bases` (the laws that opinions and inscriptions cite, by version), `clauses` (model clauses, for each kind of agreement `expected` or `advised`). The words of this contract have theirs too; in the schema of such a word `x-catalog` says which: `stages`, `case-actions`, `history-actions`, `obstacles`, `needs`, `agreement-kinds`, `instruments`, `compliance`, `standings`, `terms`, `renewals`, `tiers`, `roles`, `seats`, `party-roles`, `sides`, `signatory-flags`, `waiting-parties`, `turn-states`, `priorities`, `notice-kinds`, `access-levels`, `visibilities`, `checklist-items`, `remark-kinds`, `opinion-results`, `scope-grounds`, `counterpart-kinds`, `counterpart-levels`, `body-kinds`, `relation-kinds`, `relation-sources`, `renditions`, `classifications`, `authenticities`, `clause-weights`, `clause-states`, `clause-changes`, `piece-changes`, `annotation-kinds`, `correction-fields`, `quality-flags`, `row-results`, `import-modes`, `record-row-results`, `import-columns`, `encodings`, `guide-steps`, `guide-step-states`, `laws`, `lights`, `weekdays`, `statistics-families`, `statistics-dimensions`, `statistics-scopes`, `counting-units`, `overlap-decisions`, `record-statuses`, `record-actions`, `network-scopes`, `membership-types`, `mission-types`, `office-instruments`, `committee-seats`, `meeting-types`, `commitment-sources`, `library-item-types`, `score-dimensions`, `score-items`, `score-levels`, `government-gaps`, `activity-families`, `partner-reasons` and `territory-vocations`.")
            .public()
            .answers::<CatalogView>(200, examples::catalog())
            .handled_by(get),
    ]
}

async fn index(ctx: Ctx) -> Result<HttpResponse> {
    let card = |catalog: &Catalog| CatalogCard {
        catalog: catalog.slug(),
        label: catalogs::title(*catalog),
        address: catalog.address(),
        version: catalogs::version(*catalog),
        entries: catalogs::entries(*catalog).len(),
    };
    ctx.gathered(&CatalogIndex {
        catalogs: Catalog::VARIANTS.iter().map(card).collect(),
    })
}

async fn get(ctx: Ctx) -> Result<HttpResponse> {
    let catalog =
        Catalog::parse(&ctx.part("catalog")).ok_or_else(|| Refusal::new(Problem::NotFound))?;
    let version = catalogs::version(catalog);
    let view = CatalogView {
        catalog: catalog.slug(),
        version: version.clone(),
        entries: catalogs::entries(catalog).iter().map(shown).collect(),
    };
    let body =
        serde_json::to_string(&view).map_err(|error| Refusal::internal(error.to_string()))?;
    Ok(ctx.unless_unchanged(Reply {
        status: 200,
        etag: Some(format!("\"{version}\"")),
        location: None,
        body,
        replayed: false,
    }))
}

fn shown(entry: &catalogs::Entry) -> EntryView {
    EntryView {
        code: entry.code.clone(),
        label: entry.into(),
        attributes: entry.attributes.clone(),
        valid_from: entry.valid_from.clone(),
        valid_to: entry.valid_to.clone(),
        replaced_by: entry.replaced_by.clone(),
    }
}

async fn problems(ctx: Ctx) -> Result<HttpResponse> {
    let view = |problem: &Problem| {
        let text = problem.text()?;
        Some(ProblemView {
            code: *problem,
            status: text.status,
            title: (&text.title).into(),
            detail: (&text.detail).into(),
        })
    };
    let list = ProblemCatalog {
        problems: Problem::VARIANTS.iter().filter_map(view).collect(),
    };
    ctx.record(&list, 1)
}
