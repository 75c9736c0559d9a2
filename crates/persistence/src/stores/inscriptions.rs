//! The public registry: rows that only grow, found by facets.

use super::agreements::Case;
use super::governments::PUBLIC;
use super::{search, statistics};
use crate::conn::MultiBackend;
use crate::failure::{Outcome, known};
use crate::schema::{inscription_facets as facets, inscriptions};
use crate::stores::mechanisms::date;
use crate::tx::{ReadTx, WriteTx};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::BTreeSet;
use vinculo_domain::agreements::AgreementKind;
use vinculo_domain::inscriptions::{Inscription, InscriptionSummary};
use vinculo_domain::legal_date::LegalDate;
use vinculo_domain::page::{After, Page, PageRequest};
use vinculo_domain::problems::Problem;
use vinculo_domain::{TenantId, Tier};

const KIND: &str = "inscriptions";

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = inscriptions, check_for_backend(MultiBackend))]
struct Row {
    number: String,
    year: i32,
    ordinal: i32,
    tenant_id: String,
    agreement_id: String,
    kind: String,
    title: String,
    tier: String,
    government_id: String,
    government_name: String,
    counterpart: Option<String>,
    country: Option<String>,
    signed_on: String,
    content: String,
    registered_at: NaiveDateTime,
}

/// Which inscriptions a list shows. Every filter is a facet with an index of its own.
#[derive(Debug, Clone, Default)]
pub struct InscriptionFilter {
    /// With a party of this state, or the state itself.
    pub state: Option<TenantId>,
    /// With this municipality among the parties.
    pub municipality: Option<TenantId>,
    /// Led by this order of government.
    pub tier: Option<Tier>,
    /// Of this kind.
    pub kind: Option<AgreementKind>,
    /// With a counterpart of this country.
    pub country: Option<String>,
    /// With this theme.
    pub theme: Option<String>,
    /// With this target of the 2030 Agenda, or a target of this goal.
    pub sdg: Option<String>,
    /// Signed on this day or later.
    pub signed_from: Option<LegalDate>,
    /// Signed on this day or earlier.
    pub signed_to: Option<LegalDate>,
    /// Beginnings of words of title, parties and counterparts.
    pub q: Option<String>,
}

/// In which order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum InscriptionSort {
    /// The newest inscription first.
    #[default]
    Number,
    /// The newest signature first; without a date last.
    Signature,
}

impl InscriptionFilter {
    fn facets(&self) -> Vec<(&'static str, String)> {
        let word = |word: &'static str| word.to_owned();
        let pairs = [
            ("state", self.state.as_ref().map(ToString::to_string)),
            (
                "municipality",
                self.municipality.as_ref().map(ToString::to_string),
            ),
            ("tier", self.tier.map(|tier| word(tier.into()))),
            ("kind", self.kind.map(|kind| word(kind.into()))),
            ("country", self.country.clone()),
            ("theme", self.theme.clone()),
            ("sdg", self.sdg.clone()),
        ];
        pairs
            .into_iter()
            .filter_map(|(facet, value)| Some((facet, value?)))
            .collect()
    }
}

fn visible(filter: &InscriptionFilter) -> inscriptions::BoxedQuery<'static, MultiBackend> {
    let mut query = inscriptions::table.into_boxed();
    for (facet, value) in filter.facets() {
        let numbers = facets::table
            .filter(facets::facet.eq(facet))
            .filter(facets::value.eq(value))
            .select(facets::number);
        query = query.filter(inscriptions::number.eq_any(numbers));
    }
    if let Some(from) = &filter.signed_from {
        query = query.filter(inscriptions::signed_on.ge(from.as_str().to_owned()));
    }
    if let Some(to) = &filter.signed_to {
        // A text that ends with the highest character takes in what is less precise than `to`.
        query = query
            .filter(inscriptions::signed_on.le(format!("{}~", to.as_str())))
            .filter(inscriptions::signed_on.ne(""));
    }
    for subjects in search::subjects(PUBLIC, KIND, filter.q.as_deref().unwrap_or_default()) {
        query = query.filter(inscriptions::number.eq_any(subjects));
    }
    query
}

/// One page of the registry.
pub fn list(
    tx: &mut ReadTx<'_>,
    filter: &InscriptionFilter,
    sort: InscriptionSort,
    page: &PageRequest,
) -> Outcome<Page<InscriptionSummary>> {
    let mut query = visible(filter)
        .select(Row::as_select())
        .limit(page.limit + 1);
    query = match sort {
        InscriptionSort::Number => query.order(inscriptions::number.desc()),
        InscriptionSort::Signature => {
            query.order((inscriptions::signed_on.desc(), inscriptions::number.desc()))
        }
    };
    if let Some(After { key, id }) = page.after.clone() {
        query = match sort {
            InscriptionSort::Number => query.filter(inscriptions::number.lt(id)),
            InscriptionSort::Signature => query
                .filter(inscriptions::signed_on.le(key.clone()))
                .filter(
                    inscriptions::signed_on
                        .lt(key)
                        .or(inscriptions::number.lt(id)),
                ),
        };
    }
    let rows: Vec<Row> = query.load(tx.conn)?;
    let cut = Page::cut(rows, page.limit, |row| After {
        key: row.signed_on.clone(),
        id: row.number.clone(),
    });
    let total = if page.count {
        Some(visible(filter).count().get_result(tx.conn)?)
    } else {
        None
    };
    let summary = |row: Row| {
        Ok(InscriptionSummary {
            kind: known(&row.kind)?,
            tier: known(&row.tier)?,
            number: row.number,
            title: row.title,
            government_id: TenantId::new(row.government_id),
            government_name: row.government_name,
            counterpart: row.counterpart,
            country: row.country,
            signed_on: Some(row.signed_on)
                .filter(|day| !day.is_empty())
                .as_deref()
                .map(date)
                .transpose()?,
            registered_at: row.registered_at.and_utc(),
        })
    };
    Ok(Page {
        items: cut.items.into_iter().map(summary).collect::<Outcome<_>>()?,
        next: cut.next,
        total,
    })
}

/// One inscription.
pub fn get(tx: &mut ReadTx<'_>, number: &str) -> Outcome<Inscription> {
    let content: Option<String> = inscriptions::table
        .find(number)
        .select(inscriptions::content)
        .first(tx.conn)
        .optional()?;
    match content {
        Some(content) => Ok(serde_json::from_str(&content)?),
        None => Err(Problem::NotFound.into()),
    }
}

/// Writes an inscription with everything it is found by.
pub(crate) fn insert(
    tx: &mut WriteTx<'_>,
    case: &Case,
    year: i32,
    ordinal: i32,
    inscription: &Inscription,
) -> Outcome<()> {
    let (kind, tier): (&'static str, &'static str) =
        (inscription.kind.into(), inscription.tier.into());
    let lead = inscription.parties.first();
    let first = inscription.counterparts.first();
    let row = Row {
        number: inscription.number.clone(),
        year,
        ordinal,
        tenant_id: case.owner.to_string(),
        agreement_id: case.id.to_string(),
        kind: kind.to_owned(),
        title: inscription.title.clone(),
        tier: tier.to_owned(),
        government_id: case.owner.to_string(),
        government_name: lead.map(|party| party.name.clone()).unwrap_or_default(),
        counterpart: first.map(|counterpart| counterpart.name.clone()),
        country: first.and_then(|counterpart| counterpart.country.clone()),
        signed_on: inscription
            .signed_on
            .as_ref()
            .map(|day| day.as_str().to_owned())
            .unwrap_or_default(),
        content: serde_json::to_string(inscription)?,
        registered_at: tx.stamp(),
    };
    diesel::insert_into(inscriptions::table)
        .values(row)
        .execute(tx.conn)?;
    statistics::record_public(tx.conn, &case.row.head(), inscription, tx.now.naive_utc())?;
    for (facet, value) in facets_of(inscription, kind, tier) {
        diesel::insert_into(facets::table)
            .values((
                facets::facet.eq(facet),
                facets::value.eq(value),
                facets::number.eq(&inscription.number),
            ))
            .execute(tx.conn)?;
    }
    let mut texts = vec![inscription.title.as_str(), inscription.number.as_str()];
    texts.extend(inscription.parties.iter().map(|party| party.name.as_str()));
    texts.extend(
        inscription
            .counterparts
            .iter()
            .map(|counterpart| counterpart.name.as_str()),
    );
    search::replace(tx.conn, PUBLIC, KIND, &inscription.number, &texts)
}

fn facets_of(
    inscription: &Inscription,
    kind: &str,
    tier: &str,
) -> BTreeSet<(&'static str, String)> {
    let mut found = BTreeSet::from([("kind", kind.to_owned()), ("tier", tier.to_owned())]);
    for party in &inscription.parties {
        found.extend(
            party
                .state_id
                .as_ref()
                .map(|state| ("state", state.to_string())),
        );
        if party.tier == Tier::Municipality {
            found.insert(("municipality", party.government_id.to_string()));
        }
    }
    found.extend(
        inscription
            .counterparts
            .iter()
            .filter_map(|counterpart| Some(("country", counterpart.country.clone()?))),
    );
    found.extend(
        inscription
            .themes
            .iter()
            .map(|theme| ("theme", theme.clone())),
    );
    for target in &inscription.sdg_targets {
        found.insert(("sdg", target.clone()));
        // A target is also found under its goal.
        found.extend(
            target
                .split_once('.')
                .map(|(goal, _)| ("sdg", goal.to_owned())),
        );
    }
    found
}
