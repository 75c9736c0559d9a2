//! The institutionalisation score of a government, from public data alone: the number of statements is
//! the same whatever there is, and it is the same number for every reader.

mod comparison;

use super::{administrations, governments, records, score_methods, statistics};
use crate::failure::Outcome;
use crate::tx::ReadTx;
use chrono::{Datelike, NaiveDate};
use vinculo_domain::administrations::AdministrationFields;
use vinculo_domain::clock::mexican_day;
use vinculo_domain::governments::Government;
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::Admitted;
use vinculo_domain::scores::{
    self, HISTORY_YEARS, Moment, Proof, Score, ScoreLevel, Weights, YearScore, points, term_start,
};
use vinculo_domain::{FieldError, Refusal, TenantId, Tier, wording};

/// Which score is asked for.
#[derive(Debug, Clone, Default)]
pub struct ScoreAsked {
    /// By this version of the method; by the one that holds today where none is named.
    pub version: Option<i32>,
    /// At the end of this year; today where none is named.
    pub year: Option<i32>,
    /// Whether sentences are Spanish.
    pub spanish: bool,
}

/// What is known of a government.
struct Known {
    proofs: Vec<Proof>,
    terms: Vec<AdministrationFields>,
}

impl Known {
    /// The score at a moment, in hundredths of a point.
    fn score(&self, weights: &Weights, moment: Moment) -> i64 {
        let facts = scores::facts(&self.proofs, moment, self.began(moment));
        scores::score(weights, &facts)
    }

    fn began(&self, moment: Moment) -> Option<NaiveDate> {
        term_start(&self.terms, moment.day())
    }
}

/// The score of a government.
pub fn get(tx: &mut ReadTx<'_>, government: &TenantId, asked: &ScoreAsked) -> Outcome<Score> {
    let found = governments::find(tx.conn, government)?;
    let government = found.ok_or_else(|| crate::Failure::from(Problem::NotFound))?;
    tx.scope.require()?;
    let today = mexican_day(tx.now());
    let moment = moment(asked, today)?;
    if !matches!(government.tier, Tier::State | Tier::Municipality) {
        return Err(Refusal::field("id", "not_scored", wording::scores::not_scored()).into());
    }
    let method = score_methods::find(tx.conn, asked.version, today)?;
    let method = method.ok_or_else(unknown_version)?;
    let weights = method.fields.weights;
    let known = known(tx, &government, today)?;
    let own = known.score(&weights, moment);
    let comparison = match moment {
        Moment::Today(_) => Some(comparison::places(tx, &government, (&weights, own), today)?),
        Moment::Past(_) => None,
    };
    let history = history(&known, &weights, today);
    let began = known.began(moment);
    let facts = scores::facts(&known.proofs, moment, began);
    Ok(Score {
        as_of: moment.day(),
        score: points(own),
        level: ScoreLevel::of(own),
        basis: wording::scores::basis().pick(asked.spanish).to_owned(),
        dimensions: scores::dimensions(&weights, &known.proofs, (moment, began)),
        gaps: scores::gaps(&weights, &facts, asked.spanish),
        history,
        comparison,
        method,
        government_id: government.id,
        name: government.name,
        tier: government.tier,
        state_id: government.parent_id,
    })
}

fn moment(asked: &ScoreAsked, today: NaiveDate) -> Outcome<Moment> {
    let Some(year) = asked.year else {
        return Ok(Moment::Today(today));
    };
    let end = NaiveDate::from_ymd_opt(year, 12, 31).filter(|end| *end < today);
    let last = (today.year() - 1).to_string();
    let said = || wording::scores::past_year(last.clone());
    end.map(Moment::Past)
        .ok_or_else(|| Refusal::field("year", "out_of_range", said()).into())
}

fn unknown_version() -> crate::Failure {
    let said = wording::scores::unknown_version();
    let error = FieldError::new("method", "unknown_key", said);
    Refusal::from(error.admitting(Admitted::only_at("/v1/score-methods"))).into()
}

/// The public evidence of a government, whatever its day, and its terms of office.
fn known(tx: &mut ReadTx<'_>, government: &Government, today: NaiveDate) -> Outcome<Known> {
    let mut proofs = Vec::new();
    for record in records::public_of(tx.conn, tx.scope, &government.id)? {
        proofs.extend(record.proofs(today)?);
    }
    for held in records::sessions_of(tx.conn, &government.id)? {
        let of_year = (held.year, held.status);
        proofs.extend(scores::of_sessions(of_year, (held.count, &held.one), today));
    }
    for agreement in statistics::agreements_of(tx.conn, government)? {
        proofs.extend(agreement.proofs(today));
    }
    let all = administrations::all_of(tx.conn, &government.id)?;
    proofs.extend(all.iter().map(|one| scores::of_administration(one, today)));
    Ok(Known {
        proofs,
        terms: all.into_iter().map(|one| one.fields).collect(),
    })
}

fn history(known: &Known, weights: &Weights, today: NaiveDate) -> Vec<YearScore> {
    let years = today.year() - HISTORY_YEARS..today.year();
    let of_year = |year: i32| {
        let end = NaiveDate::from_ymd_opt(year, 12, 31)?;
        let score = known.score(weights, Moment::Past(end));
        Some(YearScore {
            year,
            score: points(score),
            level: ScoreLevel::of(score),
        })
    };
    years.filter_map(of_year).collect()
}
