//! The hand-over of a government, put together from what it owns, and the board of hand-overs due.

use super::agreements::{self, AgreementFilter, AgreementSort};
use super::records::{self, RecordFilter};
use super::{administrations, governments, people};
use crate::barrier::tenant_eq;
use crate::failure::{Outcome, id, known};
use crate::schema::memberships;
use crate::tx::ReadTx;
use diesel::prelude::*;
use std::collections::BTreeMap;
use vinculo_domain::administrations::{in_office, term_end};
use vinculo_domain::agreements::AgreementLine;
use vinculo_domain::clock::mexican_day;
use vinculo_domain::hand_overs::{
    HandOver, HandOverLine, HandOverPerson, HandOverSection, HandOverTerm, SECTIONS, days_left,
};
use vinculo_domain::limits::MAX_LIMIT;
use vinculo_domain::page::{Page, PageRequest};
use vinculo_domain::problems::Problem;
use vinculo_domain::records::find;
use vinculo_domain::{Refusal, TenantId, wording};

/// The hand-over of the caller's own government. Nobody else's is put together: it holds what only the
/// government itself reads.
pub fn get(tx: &mut ReadTx<'_>, government: &TenantId) -> Outcome<HandOver> {
    let found = governments::find(tx.conn, government)?;
    let found = found.ok_or_else(|| crate::Failure::from(Problem::NotFound))?;
    if government != tx.scope.tenant() {
        return Err(Refusal {
            said: Some(wording::hand_overs::own_only()),
            ..tx.scope.not_the_owner()
        }
        .into());
    }
    tx.scope.require()?;
    Ok(HandOver {
        government_id: found.id,
        government_name: found.name,
        made_at: tx.now(),
        term: term(tx, government)?,
        agreements: all_agreements(tx, government)?,
        people: all_people(tx, government)?,
        sections: sections(tx, government)?,
    })
}

fn term(tx: &mut ReadTx<'_>, government: &TenantId) -> Outcome<Option<HandOverTerm>> {
    let today = mexican_day(tx.now());
    let periods = administrations::periods_of(tx.conn, government)?;
    let head = in_office(&periods, today).and_then(|period| period.head.clone());
    let ends_on = term_end(&periods, today).cloned();
    Ok(ends_on.map(|ends_on| HandOverTerm {
        days_left: days_left(&ends_on, today),
        ends_on,
        head,
    }))
}

/// Reads a list page by page, to its end.
fn whole<T>(mut page: impl FnMut(&PageRequest) -> Outcome<Page<T>>) -> Outcome<Vec<T>> {
    let mut all = Vec::new();
    let mut wanted = PageRequest {
        limit: MAX_LIMIT,
        after: None,
        count: false,
    };
    loop {
        let found = page(&wanted)?;
        all.extend(found.items);
        match found.next {
            Some(next) => wanted.after = Some(next),
            None => return Ok(all),
        }
    }
}

fn all_agreements(tx: &mut ReadTx<'_>, government: &TenantId) -> Outcome<Vec<AgreementLine>> {
    let filter = AgreementFilter {
        owner: vec![government.clone()],
        ..AgreementFilter::default()
    };
    whole(|page| agreements::list(tx, &filter, AgreementSort::Newest, page))
}

fn all_people(tx: &mut ReadTx<'_>, government: &TenantId) -> Outcome<Vec<HandOverPerson>> {
    let rows: Vec<(String, String)> = memberships::table
        .filter(tenant_eq(memberships::tenant_id, government.as_str()))
        .filter(memberships::until.is_null())
        .select((memberships::person_id, memberships::role))
        .load(tx.conn)?;
    let mut roles: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for (person, role) in rows {
        roles.entry(person).or_default().push(known(&role)?);
    }
    let names = people::names(tx.conn, roles.keys())?;
    let person = |(person, mut roles): (String, Vec<_>)| {
        roles.sort_unstable();
        Ok(HandOverPerson {
            id: id(&person)?,
            name: names.get(&person).cloned().unwrap_or_default(),
            roles,
        })
    };
    roles.into_iter().map(person).collect()
}

fn sections(tx: &mut ReadTx<'_>, government: &TenantId) -> Outcome<Vec<HandOverSection>> {
    let mut sections = Vec::new();
    for (many, statuses) in SECTIONS {
        let Some(kind) = find(many) else { continue };
        let words = statuses.iter().map(|status| status.word().to_owned());
        let filter = RecordFilter {
            facets: vec![
                ("owner", vec![government.to_string()]),
                ("status", words.collect()),
            ],
            ..RecordFilter::default()
        };
        let found = whole(|page| records::list(tx, kind, &filter, page))?;
        sections.push(HandOverSection {
            kind: many.to_owned(),
            records: found.into_iter().map(|view| view.body).collect(),
        });
    }
    Ok(sections)
}

/// One page of municipalities by name, with the last day of their term: all for the ministry, its own
/// for a state, only itself for a municipality.
pub fn board(
    tx: &mut ReadTx<'_>,
    states: &[TenantId],
    page: &PageRequest,
) -> Outcome<Page<HandOverLine>> {
    let found = governments::municipalities(tx, states, page)?;
    let ids: Vec<&str> = found.items.iter().map(|one| one.id.as_str()).collect();
    let periods = administrations::periods_of_all(tx.conn, &ids)?;
    let today = mexican_day(tx.now());
    Ok(found.map(|government| {
        let own = periods.get(government.id.as_str());
        let ends_on = own.and_then(|own| term_end(own, today)).cloned();
        HandOverLine {
            days_left: ends_on.as_ref().map(|day| days_left(day, today)),
            ends_on,
            government_id: government.id,
            name: government.name,
            state_id: government.parent_id,
        }
    }))
}
