//! The lines of a list of cases. What the viewer may know of a case is in its access row; what
//! stands elsewhere is read for the whole page at once: names of governments, the registry's part,
//! and what the viewer's government keeps for itself.

use super::assignments;
use super::cases::Access;
use super::list::KIND;
use crate::conn::Conn;
use crate::failure::Outcome;
use crate::stores::mechanisms::date;
use crate::stores::{consolidations, external_ids, governments};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use uuid::Uuid;
use vinculo_domain::TenantId;
use vinculo_domain::agreements::{
    AgreementContent, AgreementLine, AgreementSummary, Level, PartyCard, PartyRole, Stage,
};
use vinculo_domain::external_ids::ExternalId;

/// A party as an access row holds it.
#[derive(Serialize, Deserialize)]
pub(crate) struct ListedParty {
    government_id: TenantId,
    role: PartyRole,
}

/// The parties of `content` for the access row of a viewer. A viewer that was only told of the case
/// knows its lead and no other party.
pub(super) fn parties_shown(content: &AgreementContent, level: Level) -> Outcome<String> {
    let parties = content.parties.iter();
    let parties = parties.filter(|party| level != Level::Summary || party.role == PartyRole::Lead);
    let parties: Vec<ListedParty> = parties
        .map(|party| ListedParty {
            government_id: party.government_id.clone(),
            role: party.role,
        })
        .collect();
    Ok(serde_json::to_string(&parties)?)
}

/// The last day of the validity for the access row of a viewer; an announcement tells none.
pub(super) fn end_shown(content: &AgreementContent, told: bool) -> String {
    let validity = content.validity.as_ref().filter(|_validity| !told);
    let ends_on = validity.and_then(|validity| validity.ends_on.as_ref());
    ends_on.map_or_else(String::new, |day| day.as_str().to_owned())
}

/// What the viewer's government keeps of cases for itself: who works on them, and its ids of them in
/// other systems.
pub(super) struct Kept {
    assigned: HashMap<String, Uuid>,
    ids: HashMap<String, Vec<ExternalId>>,
}

impl Kept {
    /// Reads it; the transaction must be in the viewer's own context.
    pub(super) fn of(conn: &mut Conn, viewer: &TenantId, cases: &[String]) -> Outcome<Self> {
        Ok(Self {
            assigned: assignments::of_cases(conn, viewer.as_str(), cases)?,
            ids: external_ids::of(conn, viewer, KIND, cases)?,
        })
    }

    /// Adds it to what is said of a case.
    pub(super) fn add_to(&mut self, summary: &mut AgreementSummary) {
        let case = summary.id.to_string();
        summary.assigned_to = self.assigned.get(&case).copied();
        summary.external_ids = self.ids.remove(&case).unwrap_or_default();
    }
}

/// The lines of these access rows, in their order.
pub(super) fn of_rows(
    conn: &mut Conn,
    viewer: &TenantId,
    rows: Vec<Access>,
) -> Outcome<Vec<AgreementLine>> {
    let cases: Vec<String> = rows.iter().map(|row| row.agreement_id.clone()).collect();
    let mut kept = Kept::of(conn, viewer, &cases)?;
    let inscribed = consolidations::of_cases(conn, &cases)?;
    let mut listed: Vec<Vec<ListedParty>> = Vec::with_capacity(rows.len());
    for row in &rows {
        let mut parties: Vec<ListedParty> = serde_json::from_str(&row.parties)?;
        parties.sort_by_key(|party| party.role != PartyRole::Lead);
        listed.push(parties);
    }
    let mut named: Vec<TenantId> = listed
        .iter()
        .flatten()
        .map(|party| party.government_id.clone())
        .collect();
    named.sort();
    named.dedup();
    let names = governments::find_all(conn, &named)?;
    let card = |party: ListedParty| PartyCard {
        name: names.get(&party.government_id).map_or_else(
            || party.government_id.to_string(),
            |government| government.name.clone(),
        ),
        government_id: party.government_id,
        role: Some(party.role),
    };
    let mut lines = Vec::with_capacity(rows.len());
    for (row, parties) in rows.into_iter().zip(listed) {
        // The inscription is public. That it is this case's is not, for whoever was only told of the
        // case or stopped following it before.
        let level = row.level()?;
        let knows = level > Level::Summary && row.stage()? == Stage::Registered;
        let inscribed = inscribed.get(&row.agreement_id).filter(|_| knows);
        // An annotation gives a new stamp to the owner's side alone.
        let ends_on = inscribed
            .filter(|_| level == Level::Full)
            .map_or(row.ends_on.as_str(), |one| one.ends_on.as_str());
        let ends_on = Some(ends_on).filter(|day| !day.is_empty());
        let mut line = AgreementLine {
            themes: serde_json::from_str(&row.themes)?,
            parties: parties.into_iter().map(card).collect(),
            ends_on: ends_on.map(date).transpose()?,
            inscription: inscribed.map(|one| one.number.clone()),
            summary: row.summary()?,
        };
        kept.add_to(&mut line.summary);
        lines.push(line);
    }
    Ok(lines)
}
