//! What lists show of the consolidated form: in columns what they are narrowed and sorted by, the
//! rest from the form itself.

use super::Row;
use crate::conn::Conn;
use crate::failure::{Outcome, known};
use crate::schema::consolidations;
use crate::stores::mechanisms::date;
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Deserialize;
use std::collections::HashMap;
use vinculo_domain::TenantId;
use vinculo_domain::agreements::PartyCard;
use vinculo_domain::inscriptions::{InscribedParty, Inscription, InscriptionSummary};
use vinculo_domain::legal_date::LegalDate;
use vinculo_domain::standing::{self, Life};

/// What lists show of a record, as stored.
#[derive(AsChangeset)]
#[diesel(table_name = consolidations, treat_none_as_null = true)]
pub(crate) struct Line {
    pub(crate) kind: String,
    pub(crate) title: String,
    pub(crate) tier: String,
    pub(crate) government_id: String,
    pub(crate) government_name: String,
    pub(crate) counterpart: Option<String>,
    pub(crate) country: Option<String>,
    pub(crate) signed_on: String,
    pub(crate) ends_on: String,
}

impl Line {
    /// What lists show of this record.
    pub(crate) fn of(record: &Inscription) -> Self {
        let (kind, tier): (&'static str, &'static str) = (record.kind.into(), record.tier.into());
        let (lead, first) = (record.parties.first(), record.counterparts.first());
        let stored =
            |day: Option<&LegalDate>| day.map_or_else(String::new, |day| day.as_str().to_owned());
        let validity = record.validity.as_ref();
        Self {
            kind: kind.to_owned(),
            title: record.title.clone(),
            tier: tier.to_owned(),
            government_id: lead
                .map(|lead| lead.government_id.to_string())
                .unwrap_or_default(),
            government_name: lead.map(|lead| lead.name.clone()).unwrap_or_default(),
            counterpart: first.map(|first| first.name.clone()),
            country: first.and_then(|first| first.country.clone()),
            signed_on: stored(record.signed_on.as_ref()),
            ends_on: stored(validity.and_then(|validity| validity.ends_on.as_ref())),
        }
    }
}

/// What a line of a list shows beside the columns.
#[derive(Deserialize)]
struct Shown {
    parties: Vec<InscribedParty>,
    themes: Vec<String>,
}

impl Row {
    /// The line in a list.
    pub(crate) fn summary(self, today: NaiveDate) -> Outcome<InscriptionSummary> {
        let life: Life = serde_json::from_str(&self.life)?;
        let Shown { parties, themes } = serde_json::from_str(&self.content)?;
        let parties = parties.into_iter().map(|party| PartyCard {
            government_id: party.government_id,
            name: party.name,
            role: party.role,
        });
        let day = |text: String| {
            let known = Some(text).filter(|text| !text.is_empty());
            known.as_deref().map(date).transpose()
        };
        Ok(InscriptionSummary {
            kind: known(&self.kind)?,
            tier: known(&self.tier)?,
            number: known(&self.number)?,
            title: self.title,
            government_id: TenantId::new(self.government_id),
            government_name: self.government_name,
            parties: parties.collect(),
            counterpart: self.counterpart,
            country: self.country,
            themes,
            signed_on: day(self.signed_on)?,
            ends_on: day(self.ends_on)?,
            registered_at: self.registered_at.and_utc(),
            standing: standing::of(&life, today),
            cancelled: standing::is_cancelled(&life, today),
            version: self.version,
            updated_at: self.updated_at.and_utc(),
        })
    }
}

/// The inscription of a case, as a line of the case shows it.
pub(crate) struct OfCase {
    pub(crate) number: String,
    /// The last day of the validity, with what was annotated; empty where there is none.
    pub(crate) ends_on: String,
}

/// The inscriptions of these cases, by case.
pub(crate) fn of_cases(conn: &mut Conn, cases: &[String]) -> Outcome<HashMap<String, OfCase>> {
    let rows: Vec<(String, String, String)> = consolidations::table
        .filter(consolidations::agreement_id.eq_any(cases))
        .select((
            consolidations::agreement_id,
            consolidations::number,
            consolidations::ends_on,
        ))
        .load(conn)?;
    let of_case = |(case, number, ends_on)| (case, OfCase { number, ends_on });
    Ok(rows.into_iter().map(of_case).collect())
}
