//! Lists of cases, which start at the viewer's own access rows.

use super::assignments::of_cases;
use super::cases::Access;
use crate::barrier::tenant_eq;
use crate::conn::MultiBackend;
use crate::failure::Outcome;
use crate::schema::{
    agreement_access as access, agreement_assignments as assignments, external_ids as ids,
};
use crate::stores::search;
use crate::tx::ReadTx;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_auth::Scope;
use vinculo_domain::agreements::{AgreementKind, AgreementSummary, Compliance, Stage};
use vinculo_domain::legal_date::LegalDate;
use vinculo_domain::page::{After, Page, PageRequest};
use vinculo_domain::problems::Problem;
use vinculo_domain::urgencies::Priority;
use vinculo_domain::{Refusal, TenantId};

pub(super) const KIND: &str = "agreements";

/// Which cases a list shows.
#[derive(Debug, Clone, Default)]
pub struct AgreementFilter {
    /// In this stage.
    pub stage: Option<Stage>,
    /// Of this kind.
    pub kind: Option<AgreementKind>,
    /// With this compliance.
    pub compliance: Option<Compliance>,
    /// With a first counterpart of this country.
    pub country: Option<String>,
    /// Led by this government.
    pub owner: Option<TenantId>,
    /// With a due date before this day.
    pub due_before: Option<LegalDate>,
    /// With this priority.
    pub priority: Option<Priority>,
    /// Assigned to this person, or to nobody, at the caller's government.
    pub assigned_to: Option<Assignee>,
    /// With this id in another system.
    pub external_id: Option<(String, String)>,
    /// Past agreements that were withdrawn as recorded in error, instead of all others.
    pub recorded_in_error: bool,
    /// Word beginnings of title and counterparts.
    pub q: Option<String>,
}

/// Who a case is assigned to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assignee {
    /// This person.
    Person(Uuid),
    /// Nobody.
    Nobody,
}

/// In which order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AgreementSort {
    /// The latest change first.
    #[default]
    Newest,
    /// The latest signature first; unsigned last.
    Signature,
    /// The earliest due date first; without one last.
    Due,
}

type Query = access::BoxedQuery<'static, MultiBackend>;

fn visible(scope: &Scope, filter: &AgreementFilter) -> Query {
    let viewer = scope.tenant().as_str().to_owned();
    let mut query = access::table
        .into_boxed()
        .filter(tenant_eq(access::viewer_tenant, &viewer))
        .filter(access::recorded_in_error.eq(filter.recorded_in_error));
    if let Some(stage) = filter.stage {
        let stage: &'static str = stage.into();
        query = query.filter(access::stage.eq(stage));
    }
    if let Some(kind) = filter.kind {
        let kind: &'static str = kind.into();
        query = query.filter(access::kind.eq(kind));
    }
    if let Some(compliance) = filter.compliance {
        let compliance: &'static str = compliance.into();
        query = query.filter(access::compliance.eq(compliance));
    }
    if let Some(country) = filter.country.clone() {
        query = query.filter(access::country.eq(country));
    }
    if let Some(owner) = &filter.owner {
        query = query.filter(access::owner_tenant.eq(owner.as_str().to_owned()));
    }
    if let Some(day) = &filter.due_before {
        query = query.filter(access::due_on.lt(day.as_str().to_owned()));
    }
    if let Some(priority) = filter.priority {
        let priority: &'static str = priority.into();
        query = query.filter(access::priority.eq(priority));
    }
    if let Some(assignee) = filter.assigned_to {
        let given = assignments::table
            .filter(tenant_eq(assignments::viewer_tenant, &viewer))
            .filter(assignments::until.is_null());
        query = match assignee {
            Assignee::Person(person) => query.filter(
                access::agreement_id.eq_any(
                    given
                        .filter(assignments::person_id.eq(person.to_string()))
                        .select(assignments::agreement_id),
                ),
            ),
            Assignee::Nobody => query.filter(
                access::agreement_id.ne_all(
                    given
                        .filter(assignments::person_id.is_not_null())
                        .select(assignments::agreement_id),
                ),
            ),
        };
    }
    if let Some((system, value)) = filter.external_id.clone() {
        let known = ids::table
            .filter(tenant_eq(ids::tenant_id, &viewer))
            .filter(ids::subject_kind.eq(KIND))
            .filter(ids::system.eq(system))
            .filter(ids::value.eq(value));
        query = query.filter(access::agreement_id.eq_any(known.select(ids::subject_id)));
    }
    for subjects in search::subjects(&viewer, KIND, filter.q.as_deref().unwrap_or_default()) {
        query = query.filter(access::agreement_id.eq_any(subjects));
    }
    query
}

/// One page of the cases that the caller has access to.
pub fn list(
    tx: &mut ReadTx<'_>,
    filter: &AgreementFilter,
    sort: AgreementSort,
    page: &PageRequest,
) -> Outcome<Page<AgreementSummary>> {
    let mut query = visible(tx.scope, filter)
        .select(Access::as_select())
        .limit(page.limit + 1);
    query = match sort {
        AgreementSort::Newest => {
            query.order((access::updated_at.desc(), access::agreement_id.desc()))
        }
        AgreementSort::Signature => {
            query.order((access::signed_on.desc(), access::agreement_id.desc()))
        }
        AgreementSort::Due => query.order((access::due_on.asc(), access::agreement_id.asc())),
    };
    if let Some(After { key, id }) = page.after.clone() {
        query = match sort {
            AgreementSort::Newest => {
                let at = instant(&key)?;
                query
                    .filter(access::updated_at.le(at))
                    .filter(access::updated_at.lt(at).or(access::agreement_id.lt(id)))
            }
            AgreementSort::Signature => query
                .filter(access::signed_on.le(key.clone()))
                .filter(access::signed_on.lt(key).or(access::agreement_id.lt(id))),
            AgreementSort::Due => query
                .filter(access::due_on.ge(key.clone()))
                .filter(access::due_on.gt(key).or(access::agreement_id.gt(id))),
        };
    }
    let rows: Vec<Access> = query.load(tx.conn)?;
    let cut = Page::cut(rows, page.limit, |row| After {
        key: match sort {
            AgreementSort::Newest => row.updated_at.and_utc().to_rfc3339(),
            AgreementSort::Signature => row.signed_on.clone(),
            AgreementSort::Due => row.due_on.clone(),
        },
        id: row.agreement_id.clone(),
    });
    let total = if page.count {
        Some(visible(tx.scope, filter).count().get_result(tx.conn)?)
    } else {
        None
    };
    let shown: Vec<String> = cut
        .items
        .iter()
        .map(|row| row.agreement_id.clone())
        .collect();
    let given = of_cases(tx.conn, tx.scope.tenant().as_str(), &shown)?;
    let mut items = Vec::with_capacity(cut.items.len());
    for row in cut.items {
        let owner = row.owner();
        let assigned_to = given.get(&row.agreement_id).copied();
        let mut summary = row.summary()?;
        summary.assigned_to = assigned_to;
        tx.disclose(&owner, Some(summary.id));
        items.push(summary);
    }
    Ok(Page {
        items,
        next: cut.next,
        total,
    })
}

/// The instant inside a cursor.
pub(super) fn instant(key: &str) -> Outcome<NaiveDateTime> {
    let parsed = chrono::DateTime::parse_from_rfc3339(key);
    Ok(parsed
        .map_err(|_error| Refusal::new(Problem::InvalidCursor))?
        .naive_utc())
}
