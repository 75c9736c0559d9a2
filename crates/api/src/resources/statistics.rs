//! Statistics: each family as JSON and as CSV, about the registry for anyone and about the cases in
//! sight for signed-in callers. The two have different addresses, because only the public one may
//! be cached.

mod asked;

use crate::attachment::attachment;
use crate::context::Ctx;
use crate::examples;
use crate::operation::Operation;
use crate::route::Route;
use actix_web::HttpResponse;
use actix_web::http::{Method, header};
use asked::{CaseFilter, Filter, RowsParam, SheetParam, TargetParam, TopParams, UnitParam};
use utoipa::openapi::Required;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use vinculo_auth::seal::sha256;
use vinculo_auth::{Action, Kind};
use vinculo_domain::statistics::{Audience, Family, Grouping, Statistics, offered, sheet};
use vinculo_domain::{Refusal, Result};
use vinculo_persistence::Reply;
use vinculo_persistence::stores::statistics::{self, Question};

const TAG: &str = "statistics";
const PERMISSION: (Kind, Action) = (Kind::Statistic, Action::Read);
/// The byte order mark of UTF-8.
const MARK: &str = "\u{feff}";

/// An address: its family, its audience, and whether it returns CSV.
struct Address {
    family: Family,
    audience: Audience,
    sheet: bool,
    id: &'static str,
    path: &'static str,
}

const fn at(
    family: Family,
    audience: Audience,
    sheet: bool,
    id: &'static str,
    path: &'static str,
) -> Address {
    Address {
        family,
        audience,
        sheet,
        id,
        path,
    }
}

use Audience::{Mine, Public};
use Family as F;

/// Passages and gaps concern cases, which the public does not see.
#[rustfmt::skip]
const ADDRESSES: [Address; 24] = [
    at(F::Stock, Public, false, "get_stock_statistics", "/v1/statistics/stock"),
    at(F::Stock, Public, true, "get_stock_statistics_csv", "/v1/statistics/stock.csv"),
    at(F::Flow, Public, false, "get_flow_statistics", "/v1/statistics/flow"),
    at(F::Flow, Public, true, "get_flow_statistics_csv", "/v1/statistics/flow.csv"),
    at(F::Life, Public, false, "get_life_statistics", "/v1/statistics/life"),
    at(F::Life, Public, true, "get_life_statistics_csv", "/v1/statistics/life.csv"),
    at(F::Coverage, Public, false, "get_coverage_statistics", "/v1/statistics/coverage"),
    at(F::Coverage, Public, true, "get_coverage_statistics_csv", "/v1/statistics/coverage.csv"),
    at(F::Concentration, Public, false, "get_concentration_statistics", "/v1/statistics/concentration"),
    at(F::Concentration, Public, true, "get_concentration_statistics_csv", "/v1/statistics/concentration.csv"),
    at(F::Stock, Mine, false, "get_own_stock_statistics", "/v1/statistics/mine/stock"),
    at(F::Stock, Mine, true, "get_own_stock_statistics_csv", "/v1/statistics/mine/stock.csv"),
    at(F::Flow, Mine, false, "get_own_flow_statistics", "/v1/statistics/mine/flow"),
    at(F::Flow, Mine, true, "get_own_flow_statistics_csv", "/v1/statistics/mine/flow.csv"),
    at(F::Time, Mine, false, "get_own_time_statistics", "/v1/statistics/mine/time"),
    at(F::Time, Mine, true, "get_own_time_statistics_csv", "/v1/statistics/mine/time.csv"),
    at(F::Gaps, Mine, false, "get_own_gap_statistics", "/v1/statistics/mine/gaps"),
    at(F::Gaps, Mine, true, "get_own_gap_statistics_csv", "/v1/statistics/mine/gaps.csv"),
    at(F::Life, Mine, false, "get_own_life_statistics", "/v1/statistics/mine/life"),
    at(F::Life, Mine, true, "get_own_life_statistics_csv", "/v1/statistics/mine/life.csv"),
    at(F::Coverage, Mine, false, "get_own_coverage_statistics", "/v1/statistics/mine/coverage"),
    at(F::Coverage, Mine, true, "get_own_coverage_statistics_csv", "/v1/statistics/mine/coverage.csv"),
    at(F::Concentration, Mine, false, "get_own_concentration_statistics", "/v1/statistics/mine/concentration"),
    at(F::Concentration, Mine, true, "get_own_concentration_statistics_csv", "/v1/statistics/mine/concentration.csv"),
];

/// Summary and description.
fn said(family: Family) -> (&'static str, &'static str) {
    match family {
        F::Stock => (
            "Count agreements",
            "How many agreements there were at the end of a day (existencias), by one or two dimensions.",
        ),
        F::Flow => (
            "Count what happened",
            "Notices, receipts, returns, observations, opinions, signatures and inscriptions (flujo), by month or year or by what the agreement is. Of the registry, signatures and inscriptions alone.",
        ),
        F::Time => (
            "Measure durations",
            "Median and 90th percentile of the business days (días hábiles) that cases spent in each stage or waited for each party, how many still do and since when, and rounds of legal review.",
        ),
        F::Gaps => (
            "Count what is missing",
            "Favourable and unsigned, signed and unsent, unreviewed, regularised (brechas).",
        ),
        F::Life => (
            "Count what ends",
            "Signed agreements by when they end (vigencia), in months or with the administration in office (`term_of_office`), how they are prolonged, and which instruments renew or end others; and the renewals and terminations that the registry has annotated, by the year in which they take effect.",
        ),
        F::Coverage => (
            "Count who takes part",
            "Municipalities with agreements in force, with earlier ones, or with none (cobertura), of the whole catalogue; for those who sign in, states with a mechanism in force too.",
        ),
        F::Concentration => (
            "Measure concentration",
            "The governments with the most agreements, by name, and what share of all they hold; by territory, with its share of the nation's; and the same at the end of earlier years.",
        ),
    }
}

pub fn operations() -> Vec<Route> {
    ADDRESSES.iter().map(route).collect()
}

fn route(address: &'static Address) -> Route {
    let (summary, description) = said(address.family);
    let handler = move |ctx: Ctx| figures(ctx, address);
    let mut operation = Operation::new(address.id, Method::GET, address.path, PERMISSION)
        .says(TAG, summary, description)
        .query::<Filter>();
    operation.query.push(groupings(address));
    if address.audience == Mine {
        operation = operation.query::<CaseFilter>();
    } else {
        operation = operation.public();
    }
    if address.family != F::Concentration {
        operation = operation.query::<RowsParam>();
    }
    operation = match address.family {
        F::Stock | F::Life => operation.query::<UnitParam>(),
        F::Time => operation.query::<TargetParam>(),
        F::Concentration => operation.query::<TopParams>(),
        _ => operation,
    };
    operation = if address.sheet {
        operation
            .query::<SheetParam>()
            .answers_csv(examples::statistics_sheet())
    } else {
        operation.answers::<Statistics>(200, examples::statistics())
    };
    operation.handled_by(handler)
}

/// The parameter with the breakdowns of a family; for a concentration, how agreements count for a
/// government.
fn groupings(address: &Address) -> Parameter {
    let (said, words) = if address.family == F::Concentration {
        let said = "`signatory` counts what a government leads; `territory`, of states alone, what is led there.";
        (said, vec!["signatory".to_owned(), "territory".to_owned()])
    } else {
        let offered = offered(address.family, address.audience);
        let said = "What the rows are broken down by; the first where nothing is said.";
        (said, offered.into_iter().map(asked::word).collect())
    };
    ParameterBuilder::new()
        .name("by")
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(said))
        .schema(Some(
            ObjectBuilder::new()
                .schema_type(Type::String)
                .enum_values(Some(words)),
        ))
        .build()
}

async fn figures(ctx: Ctx, address: &'static Address) -> Result<HttpResponse> {
    let question = asked::question(&ctx, address.family, address.audience)?;
    let figures = count(&ctx, address.family, question).await?;
    let body = if address.sheet {
        let marked = ctx.params::<SheetParam>()?.is_marked();
        format!("{}{}", if marked { MARK } else { "" }, sheet(&figures)?)
    } else {
        serde_json::to_string(&figures).map_err(|error| Refusal::internal(error.to_string()))?
    };
    let etag = format!("\"{}\"", sha256(body.as_bytes()));
    if address.sheet && !ctx.has_already(&etag) {
        let name = address.path.rsplit('/').next().unwrap_or_default();
        return Ok(HttpResponse::Ok()
            .insert_header((header::ETAG, etag))
            .insert_header((header::CONTENT_DISPOSITION, attachment(name)))
            .content_type("text/csv; charset=utf-8")
            .body(body));
    }
    Ok(ctx.unless_unchanged(Reply {
        status: 200,
        etag: Some(etag),
        location: None,
        body,
        replayed: false,
    }))
}

async fn count(ctx: &Ctx, family: Family, question: Question) -> Result<Statistics> {
    match family {
        F::Stock => ctx.read(move |tx| statistics::stock(tx, &question)).await,
        F::Flow => ctx.read(move |tx| statistics::flow(tx, &question)).await,
        F::Gaps => ctx.read(move |tx| statistics::gaps(tx, &question)).await,
        F::Life => ctx.read(move |tx| statistics::life(tx, &question)).await,
        F::Coverage => {
            ctx.read(move |tx| statistics::coverage(tx, &question))
                .await
        }
        F::Time => {
            let target = asked::target(ctx)?;
            ctx.read(move |tx| statistics::time(tx, &question, target))
                .await
        }
        F::Concentration => {
            let top = asked::top(ctx)?;
            ctx.read(move |tx| statistics::concentration(tx, &question, top))
                .await
        }
    }
}

/// The breakdown that a word stands for, among those that a family offers.
fn grouping(family: Family, audience: Audience, word: Option<&str>) -> Option<Grouping> {
    let mut offered = offered(family, audience).into_iter();
    match word {
        None => offered.next(),
        Some(word) => offered.find(|one| asked::word(one) == word),
    }
}
