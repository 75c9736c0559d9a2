//! Figures of records: counts by a value, sums, and how fresh they are.

use crate::context::Ctx;
use crate::operation::Operation;
use crate::params::INVALID_VALUE;
use crate::route::Route;
use actix_web::HttpResponse;
use actix_web::http::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{IntoParams, PartialSchema, ToSchema};
use vinculo_auth::{Action, Kind as Permission};
use vinculo_domain::problems::Problem;
use vinculo_domain::records::{FRESH_MONTHS, Kind, Sum, Values, find, kinds, month};
use vinculo_domain::refusal::Admitted;
use vinculo_domain::{FieldError, Refusal, Result, wording};
use vinculo_persistence::stores::records as store;

const TAG: &str = "statistics";
/// By what every kind is counted; what a kind declares as a filter comes on top.
const BY: [&str; 6] = ["status", "owner", "state", "theme", "country", "year"];

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// The kind, by its word in the address: `networks`.
    #[param(required, inline, value_type = KindWord, example = "networks")]
    kind: Option<String>,
    /// By what: `status` (if absent), `owner`, `state`, `theme`, `country`, `year`, or a filter that
    /// the kind declares and that takes no id.
    #[param(inline, value_type = Option<DimensionWord>, example = "status")]
    by: Option<String>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct AskedKind {
    /// The kind, by its word in the address: `networks`.
    #[param(required, inline, value_type = KindWord, example = "networks")]
    kind: Option<String>,
}

/// Counts and sums of the records of one kind.
#[derive(Debug, Serialize, ToSchema)]
struct RecordStatistics {
    /// The kind.
    kind: String,
    /// By what it is counted. A record with several values counts once for each.
    by: String,
    /// How many records there are.
    total: i64,
    /// How many have each value.
    rows: Vec<RecordCount>,
    /// What is summed, for kinds with amounts.
    sums: Vec<Sum>,
}

/// How many records have a value.
#[derive(Debug, Serialize, ToSchema)]
struct RecordCount {
    /// The value.
    value: String,
    /// How many.
    count: i64,
}

/// How fresh the records of one kind are.
#[derive(Debug, Serialize, ToSchema)]
struct RecordFreshness {
    /// The kind.
    kind: String,
    /// By state; the foreign ministry under its own key.
    states: Vec<StateFreshness>,
}

/// How fresh the records of one state and its municipalities are.
#[derive(Debug, Serialize, ToSchema)]
struct StateFreshness {
    /// The key of the state.
    state: String,
    /// How many records there are.
    total: i64,
    /// How many nobody has confirmed for a year, by whole months.
    stale: i64,
    /// What share of all that is, in percent.
    stale_share: f64,
}

pub(super) fn operations() -> Vec<Route> {
    let permission = (Permission::Statistic, Action::Read);
    let count = |id, path, says| {
        Operation::new(id, Method::GET, path, permission)
            .says(TAG, "Count records", says)
            .query::<Asked>()
            .answers::<RecordStatistics>(200, example())
    };
    vec![
        count("get_record_statistics", "/v1/statistics/records", "How many public records of a kind there are, by status, owner, theme or another value, and sums of their amounts.")
            .public()
            .handled_by(figures),
        count("get_own_record_statistics", "/v1/statistics/mine/records", "How many records of a kind your government sees, by status, owner, theme or another value, and sums of their amounts.")
            .handled_by(figures),
        Operation::new("get_own_record_freshness", Method::GET, "/v1/statistics/mine/record-freshness", permission)
            .says(TAG, "Measure how fresh records are", "Of the records of a kind that your government sees, how many nobody has confirmed for a year (actualización), by state.")
            .query::<AskedKind>()
            .answers::<RecordFreshness>(200, fresh_example())
            .handled_by(freshness),
    ]
}

fn example() -> Value {
    json!({
        "kind": "networks", "by": "status", "total": 36,
        "rows": [{"value": "active", "count": 35}, {"value": "closed", "count": 1}], "sums": [],
    })
}

fn fresh_example() -> Value {
    json!({"kind": "international-offices", "states": [{"state": "14", "total": 12, "stale": 3, "stale_share": 25.0}]})
}

/// A text that is one of these words.
fn one_of(words: impl IntoIterator<Item = &'static str>) -> RefOr<Schema> {
    let words: Vec<&str> = words.into_iter().collect();
    let text = ObjectBuilder::new().schema_type(Type::String);
    text.pattern(Some(format!("^({})$", words.join("|"))))
        .into()
}

/// The word of a kind.
struct KindWord;

impl PartialSchema for KindWord {
    fn schema() -> RefOr<Schema> {
        one_of(kinds().iter().map(|kind| kind.spec.many))
    }
}

impl ToSchema for KindWord {}

/// A word by which some kind is counted.
struct DimensionWord;

impl PartialSchema for DimensionWord {
    fn schema() -> RefOr<Schema> {
        one_of(BTreeSet::from_iter(kinds().iter().flat_map(dimensions)))
    }
}

impl ToSchema for DimensionWord {}

/// By what the records of a kind are counted. Ids of records are no values to count by: some of them
/// are out of the caller's sight.
fn dimensions(kind: &Kind) -> Vec<&'static str> {
    let own = kind.spec.filters.iter();
    let own = own.filter(|filter| !matches!(filter.values, Values::Record(_)));
    BY.into_iter()
        .chain(own.map(|filter| filter.name))
        .collect()
}

/// The kind that is asked about, or the kinds that there are.
fn kind_of(asked: Option<&str>) -> Result<&'static Kind> {
    let known = || Admitted::of(kinds().iter().map(|kind| kind.spec.many));
    asked
        .and_then(find)
        .ok_or_else(|| not_taken("kind", known()))
}

fn not_taken(name: &str, admitted: Admitted) -> Refusal {
    let said = wording::requests::parameter_value();
    Refusal {
        errors: vec![FieldError::new(name, INVALID_VALUE, said).admitting(admitted)],
        ..Refusal::new(Problem::InvalidParameter)
    }
}

async fn figures(ctx: Ctx) -> Result<HttpResponse> {
    let asked: Asked = ctx.params()?;
    let kind = kind_of(asked.kind.as_deref())?;
    let known = dimensions(kind);
    let by = asked.by.unwrap_or_else(|| "status".to_owned());
    if !known.contains(&by.as_str()) {
        return Err(not_taken("by", Admitted::of(known)));
    }
    let name = by.clone();
    let found = ctx.read(move |tx| store::figures(tx, kind, &name)).await?;
    let rows = found.counts.into_iter();
    ctx.gathered(&RecordStatistics {
        kind: kind.spec.many.to_owned(),
        by,
        total: found.total,
        rows: rows
            .map(|(value, count)| RecordCount { value, count })
            .collect(),
        sums: found.sums,
    })
}

async fn freshness(ctx: Ctx) -> Result<HttpResponse> {
    let asked: AskedKind = ctx.params()?;
    let kind = kind_of(asked.kind.as_deref())?;
    let found = ctx.read(move |tx| store::freshness(tx, kind)).await?;
    let now = ctx.app.db.now();
    let oldest = now.checked_sub_months(chrono::Months::new(FRESH_MONTHS));
    let oldest = oldest.map(month).unwrap_or_default();
    let mut states: Vec<StateFreshness> = Vec::new();
    for ((state, confirmed), count) in found {
        let stale = if confirmed < oldest { count } else { 0 };
        match states.last_mut().filter(|last| last.state == state) {
            Some(last) => {
                last.total += count;
                last.stale += stale;
            }
            None => states.push(StateFreshness {
                state,
                total: count,
                stale,
                stale_share: 0.0,
            }),
        }
    }
    for state in &mut states {
        let permille = (state.stale * 1000)
            .checked_div(state.total)
            .unwrap_or_default();
        state.stale_share = f64::from(i32::try_from(permille).unwrap_or_default()) / 10.0;
    }
    ctx.gathered(&RecordFreshness {
        kind: kind.spec.many.to_owned(),
        states,
    })
}
