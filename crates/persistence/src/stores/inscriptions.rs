//! The public registry: rows that are only added, found by the facets of their consolidated form.

use super::agreements::Case;
use super::governments::PUBLIC;
use super::{annotations, consolidations, search, statistics};
use crate::conn::{Conn, MultiBackend};
use crate::failure::{Outcome, id};
use crate::schema::{
    consolidation_facets as facets, consolidations as rows, inscription_standings as standings,
    inscriptions,
};
use crate::tx::{ReadTx, WriteTx};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::agreements::AgreementKind;
use vinculo_domain::clock::mexican_day;
use vinculo_domain::inscriptions::{
    Inscription, InscriptionSummary, InscriptionView, StandingView,
};
use vinculo_domain::legal_date::LegalDate;
use vinculo_domain::page::{After, Page, PageRequest};
use vinculo_domain::problems::Problem;
use vinculo_domain::standing::{self, Standing};
use vinculo_domain::{TenantId, Tier};

/// The kind under which its words are indexed.
pub(crate) const KIND: &str = "inscriptions";

#[derive(Insertable)]
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
    /// With this standing today.
    pub standing: Option<Standing>,
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

fn visible(
    filter: &InscriptionFilter,
    today: NaiveDate,
) -> rows::BoxedQuery<'static, MultiBackend> {
    let mut query = rows::table.into_boxed();
    for (facet, value) in filter.facets() {
        let numbers = facets::table
            .filter(facets::facet.eq(facet))
            .filter(facets::value.eq(value))
            .select(facets::number);
        query = query.filter(rows::number.eq_any(numbers));
    }
    if let Some(from) = &filter.signed_from {
        query = query.filter(rows::signed_on.ge(from.as_str().to_owned()));
    }
    if let Some(to) = &filter.signed_to {
        // The highest character at the end includes dates that are less precise than `to`.
        query = query
            .filter(rows::signed_on.le(format!("{}~", to.as_str())))
            .filter(rows::signed_on.ne(""));
    }
    if let Some(standing) = filter.standing {
        let word: &'static str = standing.into();
        let day = today.to_string();
        let numbers = standings::table
            .filter(standings::standing.eq(word))
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
    };
    if let Some(After { key, id }) = page.after.clone() {
        query = match sort {
            InscriptionSort::Number => query.filter(rows::number.lt(id)),
            InscriptionSort::Signature => query
                .filter(rows::signed_on.le(key.clone()))
                .filter(rows::signed_on.lt(key).or(rows::number.lt(id))),
        };
    }
    let found: Vec<consolidations::Row> = query.load(tx.conn)?;
    let cut = Page::cut(found, page.limit, |row| After {
        key: row.signed_on.clone(),
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

/// One inscription as it is, with its standing on a day, by default today. The returned number is
/// its version.
pub fn get(
    tx: &mut ReadTx<'_>,
    number: &str,
    on: Option<NaiveDate>,
) -> Outcome<(InscriptionView, i32)> {
    let inscription =
        find(tx.conn, number)?.ok_or_else(|| crate::Failure::from(Problem::NotFound))?;
    let (row, now) = consolidations::read(tx.conn, number)?;
    let today = mexican_day(tx.now);
    let on = on.unwrap_or(today);
    let shown_on = mexican_day(tx.believed);
    let (consolidated, withheld_documents) =
        consolidations::open(tx.conn, &row, now.record, shown_on)?;
    let view = InscriptionView {
        annotations: annotations::newest(tx.conn, number)?,
        standing: StandingView {
            on,
            standing: standing::of(&now.life, on),
            cancelled: standing::is_cancelled(&now.life, on),
            last_day: standing::last_day(&now.life, on),
        },
        inscription: Inscription {
            updated_at: consolidated.updated_at,
            ..inscription
        },
        consolidated,
        withheld_documents,
    };
    Ok((view, row.version))
}

/// The owner's case of an inscription.
pub(crate) fn case_of(conn: &mut Conn, number: &str) -> Outcome<(TenantId, Uuid)> {
    let found: Option<(String, String)> = inscriptions::table
        .find(number)
        .select((inscriptions::tenant_id, inscriptions::agreement_id))
        .first(conn)
        .optional()?;
    let (owner, agreement) = found.ok_or_else(|| crate::Failure::from(Problem::NotFound))?;
    Ok((TenantId::new(owner), id(&agreement)?))
}

/// The inscription of a case, if it is inscribed.
pub(crate) fn of_case(conn: &mut Conn, agreement: Uuid) -> Outcome<Option<Inscription>> {
    let content: Option<String> = inscriptions::table
        .filter(inscriptions::agreement_id.eq(agreement.to_string()))
        .select(inscriptions::content)
        .first(conn)
        .optional()?;
    Ok(content.as_deref().map(serde_json::from_str).transpose()?)
}

/// An inscription as it was written; none if the number does not exist.
pub(crate) fn find(conn: &mut Conn, number: &str) -> Outcome<Option<Inscription>> {
    let content: Option<String> = inscriptions::table
        .find(number)
        .select(inscriptions::content)
        .first(conn)
        .optional()?;
    Ok(content.as_deref().map(serde_json::from_str).transpose()?)
}

/// Writes an inscription and everything that it is found by.
pub(crate) fn insert(
    tx: &mut WriteTx<'_>,
    case: &Case,
    year: i32,
    ordinal: i32,
    inscription: &Inscription,
) -> Outcome<()> {
    let line = consolidations::Line::of(inscription);
    let row = Row {
        number: inscription.number.to_string(),
        year,
        ordinal,
        tenant_id: case.owner.to_string(),
        agreement_id: case.id.to_string(),
        kind: line.kind,
        title: line.title,
        tier: line.tier,
        government_id: case.owner.to_string(),
        government_name: line.government_name,
        counterpart: line.counterpart,
        country: line.country,
        signed_on: line.signed_on,
        content: serde_json::to_string(inscription)?,
        registered_at: tx.stamp(),
    };
    diesel::insert_into(inscriptions::table)
        .values(row)
        .execute(tx.conn)?;
    statistics::record_public(tx.conn, &case.row.head(), inscription, tx.now.naive_utc())?;
    consolidations::create(tx.conn, &case.owner, case.id, inscription)?;
    consolidations::index(tx.conn, inscription)
}
