//! The filter and the order of the list of cases.

use crate::params;
use crate::resources::counterparts::external_id;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use vinculo_domain::agreements::{AgreementKind, Compliance, Stage};
use vinculo_domain::legal_date::LegalDate;
use vinculo_domain::urgencies::Priority;
use vinculo_domain::{Result, TenantId};
use vinculo_persistence::stores::agreements::{AgreementFilter, AgreementSort, Assignee};

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
pub(super) struct Filter {
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
    #[param(min_length = 1, max_length = 200)]
    q: Option<String>,
    /// The order.
    #[param(inline)]
    sort: Option<Sort>,
}

impl Filter {
    /// The filter as the store takes it, and the order; `caller` is who `me` stands for.
    pub(super) fn of(self, caller: Option<Uuid>) -> Result<(AgreementFilter, AgreementSort)> {
        let filter = AgreementFilter {
            stage: self.stage,
            kind: self.kind,
            compliance: self.compliance,
            country: self.country,
            owner: self.owner,
            due_before: self.due_before,
            priority: self.priority,
            assigned_to: assignee(self.assigned_to.as_deref(), caller)?,
            external_id: external_id(self.external_id)?,
            q: self.q,
        };
        Ok((filter, order(self.sort)))
    }
}

fn order(sort: Option<Sort>) -> AgreementSort {
    match sort {
        Some(Sort::Signature) => AgreementSort::Signature,
        Some(Sort::Due) => AgreementSort::Due,
        _ => AgreementSort::Newest,
    }
}

/// Parses the filter by assignee.
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
