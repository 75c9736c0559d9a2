//! The list of the registry, narrowed by the facets of the consolidated form.

use super::KIND;
use crate::conn::MultiBackend;
use crate::failure::Outcome;
use crate::schema::{
    consolidation_facets as facets, consolidations as rows, inscription_standings as standings,
};
use crate::stores::governments::PUBLIC;
use crate::stores::narrow::{instant, keys, within, words};
use crate::stores::{consolidations, search};
use crate::tx::ReadTx;
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use vinculo_domain::agreements::AgreementKind;
use vinculo_domain::clock::{mexican_day, mexican_midnight};
use vinculo_domain::inscriptions::InscriptionSummary;
use vinculo_domain::legal_date::DateRange;
use vinculo_domain::page::{After, Page, PageRequest};
use vinculo_domain::standing::Standing;
use vinculo_domain::{TenantId, Tier};

/// Which inscriptions a list shows. Every filter has an index of its own. Of several values an
/// inscription has one; an empty list narrows nothing.
#[derive(Debug, Clone, Default)]
pub struct InscriptionFilter {
    /// With a party of one of these states, or the state itself.
    pub state: Vec<TenantId>,
    /// With one of these municipalities among the parties.
    pub municipality: Vec<TenantId>,
    /// Led by one of these orders of government.
    pub tier: Vec<Tier>,
    /// Of one of these kinds.
    pub kind: Vec<AgreementKind>,
    /// With a counterpart of one of these countries.
    pub country: Vec<String>,
    /// With one of these themes.
    pub theme: Vec<String>,
    /// With one of these targets of the 2030 Agenda, or a target of one of these goals.
    pub sdg: Vec<String>,
    /// Signed in this range; without a date in none.
    pub signed: DateRange,
    /// Inscribed on one of these days in Mexico City.
    pub registered: DateRange,
    /// With a validity that ends in this range; without an end in none.
    pub ends: DateRange,
    /// Changed at this instant or later.
    pub updated_since: Option<DateTime<Utc>>,
    /// With one of these standings today.
    pub standing: Vec<Standing>,
    /// Word beginnings of title, parties and counterparts, as inscribed and as annotated.
    pub q: Option<String>,
}

/// In which order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum InscriptionSort {
    /// The newest inscription first.
    #[default]
    Number,
    /// The newest signature first; those without a date last.
    Signature,
    /// The latest change first.
    Newest,
    /// The earliest change first: what changes meanwhile comes after what was read.
    Oldest,
}

impl InscriptionFilter {
    fn facets(&self) -> Vec<(&'static str, Vec<String>)> {
        let mut pairs = vec![
            ("state", keys(&self.state)),
            ("municipality", keys(&self.municipality)),
            ("tier", words(&self.tier)),
            ("kind", words(&self.kind)),
            ("country", self.country.clone()),
            ("theme", self.theme.clone()),
            ("sdg", self.sdg.clone()),
        ];
        pairs.retain(|(_facet, values)| !values.is_empty());
        pairs
    }
}

type Query = rows::BoxedQuery<'static, MultiBackend>;

fn visible(filter: &InscriptionFilter, today: NaiveDate) -> Query {
    let mut query = rows::table.into_boxed();
    for (facet, values) in filter.facets() {
        let numbers = facets::table
            .filter(facets::facet.eq(facet))
            .filter(facets::value.eq_any(values))
            .select(facets::number);
        query = query.filter(rows::number.eq_any(numbers));
    }
    query = within!(query, rows::signed_on, filter.signed, "");
    query = within!(query, rows::ends_on, filter.ends, "");
    if let Some(from) = &filter.registered.from {
        let begin = mexican_midnight(from.earliest());
        query = query.filter(rows::registered_at.ge(begin.naive_utc()));
    }
    if let Some(next) = filter
        .registered
        .to
        .as_ref()
        .and_then(|to| to.latest().succ_opt())
    {
        query = query.filter(rows::registered_at.lt(mexican_midnight(next).naive_utc()));
    }
    if let Some(since) = filter.updated_since {
        query = query.filter(rows::updated_at.ge(since.naive_utc()));
    }
    if !filter.standing.is_empty() {
        let day = today.to_string();
        let numbers = standings::table
            .filter(standings::standing.eq_any(words(&filter.standing)))
            .filter(standings::since.le(day.clone()))
            .filter(standings::until.gt(day))
            .select(standings::number);
        query = query.filter(rows::number.eq_any(numbers));
    }
    for subjects in search::subjects(PUBLIC, KIND, filter.q.as_deref().unwrap_or_default()) {
        query = query.filter(rows::number.eq_any(subjects));
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
    let today = mexican_day(tx.now);
    let mut query = visible(filter, today)
        .select(consolidations::Row::as_select())
        .limit(page.limit + 1);
    query = match sort {
        InscriptionSort::Number => query.order(rows::number.desc()),
        InscriptionSort::Signature => query.order((rows::signed_on.desc(), rows::number.desc())),
        InscriptionSort::Newest => query.order((rows::updated_at.desc(), rows::number.desc())),
        InscriptionSort::Oldest => query.order((rows::updated_at.asc(), rows::number.asc())),
    };
    if let Some(After { key, id }) = page.after.clone() {
        query = match sort {
            InscriptionSort::Number => query.filter(rows::number.lt(id)),
            InscriptionSort::Signature => query
                .filter(rows::signed_on.le(key.clone()))
                .filter(rows::signed_on.lt(key).or(rows::number.lt(id))),
            InscriptionSort::Newest => {
                let at = instant(&key)?;
                query
                    .filter(rows::updated_at.le(at))
                    .filter(rows::updated_at.lt(at).or(rows::number.lt(id)))
            }
            InscriptionSort::Oldest => {
                let at = instant(&key)?;
                query
                    .filter(rows::updated_at.ge(at))
                    .filter(rows::updated_at.gt(at).or(rows::number.gt(id)))
            }
        };
    }
    let found: Vec<consolidations::Row> = query.load(tx.conn)?;
    let cut = Page::cut(found, page.limit, |row| After {
        key: match sort {
            InscriptionSort::Number | InscriptionSort::Signature => row.signed_on.clone(),
            InscriptionSort::Newest | InscriptionSort::Oldest => {
                row.updated_at.and_utc().to_rfc3339()
            }
        },
        id: row.number.clone(),
    });
    let total = if page.count {
        Some(visible(filter, today).count().get_result(tx.conn)?)
    } else {
        None
    };
    let summary = |row: consolidations::Row| row.summary(today);
    Ok(Page {
        items: cut.items.into_iter().map(summary).collect::<Outcome<_>>()?,
        next: cut.next,
        total,
    })
}
