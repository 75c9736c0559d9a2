//! The registered agreements of the demonstration: what the ministry's older registry would hold,
//! brought in by the import's own door, so that with the cases of the road it makes the
//! published shape exactly.

use super::homes::{self, Homes, TWINNINGS};
use super::partners::{Partner, Partners, signed_on, validity};
use crate::app::App;
use crate::world::Desk;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use vinculo_auth::{Action, Actor, Kind, policy};
use vinculo_domain::agreements::AgreementKind;
use vinculo_domain::catalogs::{self, Catalog};
use vinculo_domain::clock::mexican_day;
use vinculo_domain::counterparts::{CounterpartKind, CounterpartLevel};
use vinculo_domain::imports::{Candidate, date_flag, fingerprint};
use vinculo_domain::inscriptions::InscriptionSummary;
use vinculo_domain::page::{MAX_LIMIT, PageRequest};
use vinculo_domain::{Refusal, Result, TenantId};
use vinculo_persistence::stores::inscriptions::{self, InscriptionFilter, InscriptionSort};

/// Rows of one transaction.
const CHUNK: usize = 200;
/// Twinnings with the United States: a quarter.
const WITH_THE_US: usize = TWINNINGS / 4;

/// Fills the registry up to the published shape. `progress` hears how many rows are done.
pub async fn fill(app: &App, progress: impl Fn(u64, u64)) -> Result<()> {
    let there = inscribed(app).await?;
    let mut open = homes::homes()?;
    let mut american = WITH_THE_US;
    for one in &there {
        let kind: &'static str = one.kind.into();
        take(&mut open, one.government_id.as_str(), kind)?;
        if one.kind == AgreementKind::Twinning && one.country.as_deref() == Some("US") {
            american -= 1;
        }
    }
    let rows = rows(mexican_day(app.db.now()), &open, american)?;
    let operator = Desk {
        app,
        actor: Actor::operator(),
    };
    let total = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    let batch = operator
        .past_batch("registro_historico.csv", rows.len())
        .await?;
    let mut done = 0;
    for chunk in rows.chunks(CHUNK) {
        operator.past(batch, chunk.to_vec()).await?;
        done += chunk.len();
        progress(u64::try_from(done).unwrap_or(u64::MAX), total);
    }
    operator.past_done(batch, done).await
}

fn take(open: &mut Homes, government: &str, kind: &'static str) -> Result<()> {
    open.get_mut(&(government.to_owned(), kind))
        .and_then(|home| home.count.checked_sub(1).map(|left| home.count = left))
        .ok_or_else(|| Refusal::internal("a registered agreement that the plan has no place for"))
}

/// What stands in the registry already.
async fn inscribed(app: &App) -> Result<Vec<InscriptionSummary>> {
    let scope = policy::scope(None, Kind::Inscription, Action::Read);
    let page = PageRequest {
        limit: MAX_LIMIT,
        after: None,
        count: false,
    };
    let found = app.db.read(&scope, "demo", "", move |tx| {
        inscriptions::list(
            tx,
            &InscriptionFilter::default(),
            InscriptionSort::Number,
            &page,
        )
    });
    Ok(found.await?.items)
}

/// The same rows in every demonstration of one year: dates alone follow the year of the clock.
fn rows(today: NaiveDate, open: &Homes, american: usize) -> Result<Vec<(u64, Candidate)>> {
    let mut partners = Partners::load()?;
    let twinnings: usize = count(open, AgreementKind::Twinning.into());
    let mut places: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut rows = Vec::new();
    for ((government, word), home) in open {
        let kind = if *word == <&'static str>::from(AgreementKind::Twinning) {
            AgreementKind::Twinning
        } else {
            AgreementKind::SpecificCooperation
        };
        for _ in 0..home.count {
            let place = places.entry(*word).or_default();
            // Spread evenly: the quotas are reached exactly, and no government has them all.
            let with_us =
                *place * american / twinnings.max(1) != (*place + 1) * american / twinnings.max(1);
            let partner = partners.next(government, kind, *place, |partner| {
                fits(partner, kind, home.municipal, *place, with_us)
            })?;
            *place += 1;
            let at = rows.len();
            let signed_on = signed_on(at, today)?;
            rows.push((
                u64::try_from(at + 2).unwrap_or_default(),
                Candidate {
                    fingerprint: fingerprint(
                        government,
                        &[(&partner.name, &partner.country)],
                        kind,
                        signed_on.as_ref(),
                    ),
                    government_id: TenantId::new(government),
                    counterpart_kind: if partner.is_organization() {
                        CounterpartKind::InternationalOrganization
                    } else {
                        CounterpartKind::ForeignGovernment
                    },
                    counterpart_level: Some(level(&partner)),
                    counterpart_name: partner.name,
                    country: partner.country,
                    kind,
                    validity: validity(at, signed_on.as_ref())?,
                    quality_flags: date_flag(signed_on.as_ref()).into_iter().collect(),
                    signed_on,
                    source: Some("Registro de Acuerdos Interinstitucionales".into()),
                    registry_number: Some(format!("RAI-{:04}", at + 1)),
                    title: None,
                    themes: themes(at),
                    validity_note: None,
                },
            ));
        }
    }
    Ok(rows)
}

fn count(open: &Homes, kind: &str) -> usize {
    let of_kind = open.iter().filter(|((_, word), _)| *word == kind);
    of_kind.map(|(_, home)| home.count).sum()
}

fn level(partner: &Partner) -> CounterpartLevel {
    match partner.level.as_str() {
        "local" => CounterpartLevel::Local,
        "regional" => CounterpartLevel::Regional,
        _ => CounterpartLevel::None,
    }
}

/// Twinnings are of equals as a rule, and sometimes not; organisations only cooperate.
fn fits(
    partner: &Partner,
    kind: AgreementKind,
    municipal: bool,
    place: usize,
    with_us: bool,
) -> bool {
    if kind == AgreementKind::SpecificCooperation {
        return partner.is_organization() == (place % 12 == 5);
    }
    let unequal = place % 9 == 4;
    let equal = (partner.level == "local") == (municipal != unequal);
    !partner.is_organization() && (partner.country == "US") == with_us && (equal || !municipal)
}

/// One to three themes of the catalogue.
fn themes(place: usize) -> Vec<String> {
    let all = catalogs::entries(Catalog::Themes);
    let mut codes: Vec<String> = (0..=place % 3)
        .filter_map(|step| all.get((place * 5 + step * 11) % all.len()))
        .map(|theme| theme.code.clone())
        .collect();
    codes.sort();
    codes.dedup();
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(today: &str) -> Vec<(u64, Candidate)> {
        let open = homes::homes().unwrap();
        rows(today.parse().unwrap(), &open, WITH_THE_US).unwrap()
    }

    #[test]
    fn the_plan_is_the_same_whenever_it_is_made() {
        let first = plan("2026-11-20");
        assert_eq!(first.len(), 1600);
        assert_eq!(plan("2026-11-20"), first);
        assert_eq!(plan("2026-01-01"), first);
        // A year later the agreements are the same ones, with dates that go on to that year.
        let undated = |(line, candidate): (u64, Candidate)| {
            let bare = Candidate {
                fingerprint: String::new(),
                signed_on: None,
                validity: None,
                quality_flags: Vec::new(),
                ..candidate
            };
            (line, bare)
        };
        let bare = |rows: Vec<(u64, Candidate)>| rows.into_iter().map(undated).collect::<Vec<_>>();
        let next = plan("2027-11-20");
        assert_ne!(next, first);
        assert_eq!(bare(next), bare(first));
    }
}
