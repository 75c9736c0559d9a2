//! The filter and the order of the list of cases.

use crate::params::{self, Instant, Several, several};
use crate::resources::counterparts::external_id;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use vinculo_domain::agreements::{AgreementKind, Compliance, Stage};
use vinculo_domain::legal_date::{DateRange, LegalDate};
use vinculo_domain::urgencies::Priority;
use vinculo_domain::{Result, TenantId};
use vinculo_persistence::stores::agreements::{AgreementFilter, AgreementSort, Assignee};

/// In which order a list comes.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
enum Sort {
    /// What changed last first.
    #[serde(rename = "-updated_at")]
    Newest,
    /// What changed first first, to follow the list.
    #[serde(rename = "updated_at")]
    Oldest,
    /// What was signed last first; unsigned last.
    #[serde(rename = "-signed_on")]
    Signature,
    /// What is due first first; what has no due date last.
    #[serde(rename = "due_on")]
    Due,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// In one of these stages.
    #[param(value_type = Option<Vec<Stage>>)]
    stage: Option<Several<Stage>>,
    /// Of one of these kinds.
    #[param(value_type = Option<Vec<AgreementKind>>)]
    kind: Option<Several<AgreementKind>>,
    /// With one of these compliances.
    #[param(value_type = Option<Vec<Compliance>>)]
    compliance: Option<Several<Compliance>>,
    /// With a first counterpart of one of these countries, ISO 3166-1 alpha-2.
    #[param(value_type = Option<Vec<String>>)]
    country: Option<Several<String>>,
    /// Led by one of these governments.
    #[param(value_type = Option<Vec<String>>)]
    owner: Option<Several<TenantId>>,
    /// In whose hands at your government: `me`, `none`, or ids of persons.
    #[param(
        value_type = Option<Vec<String>>,
        pattern = "^(me|none|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$",
        example = json!(["me"])
    )]
    assigned_to: Option<Several<String>>,
    /// Signed on this day or later.
    signed_from: Option<LegalDate>,
    /// Signed on this day or earlier.
    signed_to: Option<LegalDate>,
    /// With a due date on this day or later.
    due_from: Option<LegalDate>,
    /// With a due date on this day or earlier.
    due_to: Option<LegalDate>,
    /// With a due date before this day.
    due_before: Option<LegalDate>,
    /// As pressing as one of these.
    #[param(value_type = Option<Vec<Priority>>)]
    priority: Option<Several<Priority>>,
    /// Changed at this instant or later, as far as you may know.
    #[param(value_type = Option<String>, format = DateTime, example = "2026-11-20T18:00:00Z")]
    updated_since: Option<Instant>,
    /// Known to another system under this id: `system:value`.
    #[param(pattern = "^[^:]+:.", example = "siga-jalisco:C-17")]
    external_id: Option<String>,
    /// Whether to list the past agreements that were withdrawn as recorded in error, instead of all
    /// others.
    recorded_in_error: Option<bool>,
    /// Beginnings of words of title and counterparts, without regard to accents and capitals.
    #[param(min_length = 1, max_length = 200)]
    q: Option<String>,
    /// The order.
    #[param(inline)]
    sort: Option<Sort>,
}

impl Filter {
    /// The filter as the store takes it, and the order; `caller` is who `me` stands for.
    pub(super) fn of(self, caller: Option<Uuid>) -> Result<(AgreementFilter, AgreementSort)> {
        let assigned = several(self.assigned_to).into_iter();
        let filter = AgreementFilter {
            stage: several(self.stage),
            kind: several(self.kind),
            compliance: several(self.compliance),
            country: several(self.country),
            owner: several(self.owner),
            signed: DateRange {
                from: self.signed_from,
                to: self.signed_to,
            },
            due: DateRange {
                from: self.due_from,
                to: self.due_to,
            },
            due_before: self.due_before,
            priority: several(self.priority),
            assigned_to: assigned
                .map(|text| assignee(&text, caller))
                .collect::<Result<_>>()?,
            updated_since: self.updated_since.map(|Instant(at)| at),
            external_id: external_id(self.external_id)?,
            recorded_in_error: self.recorded_in_error.unwrap_or(false),
            q: self.q,
        };
        Ok((filter, order(self.sort)))
    }
}

fn order(sort: Option<Sort>) -> AgreementSort {
    match sort {
        Some(Sort::Oldest) => AgreementSort::Oldest,
        Some(Sort::Signature) => AgreementSort::Signature,
        Some(Sort::Due) => AgreementSort::Due,
        _ => AgreementSort::Newest,
    }
}

/// Parses one value of the filter by assignee.
fn assignee(asked: &str, caller: Option<Uuid>) -> Result<Assignee> {
    let one_spelling = |text: &str| {
        let id = Uuid::try_parse(text).ok();
        id.filter(|id| id.to_string() == text)
    };
    let person = match asked {
        "none" => return Ok(Assignee::Nobody),
        "me" => caller,
        text => one_spelling(text),
    };
    let person = person.ok_or_else(|| params::wrong("assigned_to"))?;
    Ok(Assignee::Person(person))
}
