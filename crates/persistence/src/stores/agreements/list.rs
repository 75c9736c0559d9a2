//! Lists of cases, which start at the viewer's own access rows.

use super::cases::Access;
use super::lines;
use super::turns::NEVER;
use crate::barrier::tenant_eq;
use crate::conn::MultiBackend;
use crate::failure::Outcome;
use crate::schema::{
    agreement_access as access, agreement_assignments as assignments, external_ids as ids,
};
use crate::stores::narrow::{among, instant, keys, within, words};
use crate::stores::search;
use crate::tx::ReadTx;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_auth::Scope;
use vinculo_domain::TenantId;
use vinculo_domain::agreements::{AgreementKind, AgreementLine, Compliance, Stage};
use vinculo_domain::legal_date::{DateRange, LegalDate};
use vinculo_domain::page::{After, Page, PageRequest};
use vinculo_domain::urgencies::Priority;

pub(crate) const KIND: &str = "agreements";

/// Which cases a list shows. Of several values a case has one; an empty list narrows nothing.
#[derive(Debug, Clone, Default)]
pub struct AgreementFilter {
    /// In one of these stages.
    pub stage: Vec<Stage>,
    /// Of one of these kinds.
    pub kind: Vec<AgreementKind>,
    /// With one of these compliances.
    pub compliance: Vec<Compliance>,
    /// With a first counterpart of one of these countries.
    pub country: Vec<String>,
    /// Led by one of these governments.
    pub owner: Vec<TenantId>,
    /// Signed in this range; without a date in none.
    pub signed: DateRange,
    /// With a due date in this range.
    pub due: DateRange,
    /// With a due date before this day.
    pub due_before: Option<LegalDate>,
    /// With one of these priorities.
    pub priority: Vec<Priority>,
    /// In the hands of one of these at the caller's government.
    pub assigned_to: Vec<Assignee>,
    /// Changed at this instant or later, as far as the caller may know.
    pub updated_since: Option<DateTime<Utc>>,
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
    /// The earliest change first: what changes meanwhile comes after what was read.
    Oldest,
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
        .filter(tenant_eq(access::viewer_tenant, &viewer));
    // They are few, and their index holds no others: it is used if the statement itself says so.
    query = if filter.recorded_in_error {
        query.filter(access::recorded_in_error)
    } else {
        query.filter(access::recorded_in_error.eq(false))
    };
    query = among!(query, access::stage, words(&filter.stage));
    query = among!(query, access::kind, words(&filter.kind));
    query = among!(query, access::compliance, words(&filter.compliance));
    query = among!(query, access::country, filter.country.clone());
    query = among!(query, access::owner_tenant, keys(&filter.owner));
    query = among!(query, access::priority, words(&filter.priority));
    query = within!(query, access::signed_on, filter.signed, "");
    query = within!(query, access::due_on, filter.due, NEVER);
    if let Some(day) = &filter.due_before {
        query = query.filter(access::due_on.lt(day.as_str().to_owned()));
    }
    if let Some(since) = filter.updated_since {
        query = query.filter(access::updated_at.ge(since.naive_utc()));
    }
    if !filter.assigned_to.is_empty() {
        query = assigned(query, &viewer, &filter.assigned_to);
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

/// Narrows to the cases that these people have in their hands, or that nobody has.
fn assigned(query: Query, viewer: &str, wanted: &[Assignee]) -> Query {
    let people: Vec<String> = wanted
        .iter()
        .filter_map(|assignee| match assignee {
            Assignee::Person(person) => Some(person.to_string()),
            Assignee::Nobody => None,
        })
        .collect();
    let given = assignments::table
        .filter(tenant_eq(assignments::viewer_tenant, viewer))
        .filter(assignments::until.is_null());
    let theirs = access::agreement_id.eq_any(
        given
            .clone()
            .filter(assignments::person_id.eq_any(people.clone()))
            .select(assignments::agreement_id),
    );
    let nobodys = access::agreement_id.ne_all(
        given
            .filter(assignments::person_id.is_not_null())
            .select(assignments::agreement_id),
    );
    match (people.is_empty(), wanted.contains(&Assignee::Nobody)) {
        (true, _) => query.filter(nobodys),
        (false, false) => query.filter(theirs),
        (false, true) => query.filter(theirs.or(nobodys)),
    }
}

/// One page of the cases that the caller has access to.
pub fn list(
    tx: &mut ReadTx<'_>,
    filter: &AgreementFilter,
    sort: AgreementSort,
    page: &PageRequest,
) -> Outcome<Page<AgreementLine>> {
    let mut query = visible(tx.scope, filter)
        .select(Access::as_select())
        .limit(page.limit + 1);
    query = match sort {
        AgreementSort::Newest => {
            query.order((access::updated_at.desc(), access::agreement_id.desc()))
        }
        AgreementSort::Oldest => {
            query.order((access::updated_at.asc(), access::agreement_id.asc()))
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
            AgreementSort::Oldest => {
                let at = instant(&key)?;
                query
                    .filter(access::updated_at.ge(at))
                    .filter(access::updated_at.gt(at).or(access::agreement_id.gt(id)))
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
            AgreementSort::Newest | AgreementSort::Oldest => row.updated_at.and_utc().to_rfc3339(),
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
    let items = lines::of_rows(tx.conn, tx.scope.tenant(), cut.items)?;
    for line in &items {
        tx.disclose(&line.summary.owner, Some(line.summary.id));
    }
    Ok(Page {
        items,
        next: cut.next,
        total,
    })
}
