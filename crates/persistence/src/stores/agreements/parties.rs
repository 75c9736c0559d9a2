//! The Mexican parties of a case: who they are, and whether they confirmed what stands in it.

use super::cases::{Case, Row};
use super::{access, draft, sharing};
use crate::conn::Conn;
use crate::failure::{Outcome, known};
use crate::schema::agreement_parties as parties;
use crate::stores::governments;
use crate::trail::HistoryLine;
use crate::tx::WriteTx;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::agreements::{AgreementContent, PartyRole, PartyView, Seat, Stage};
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::Checks;
use vinculo_domain::{TenantId, Tier};

/// Writes the parties of the draft; none of them has confirmed it yet.
pub(super) fn store(tx: &mut WriteTx<'_>, case: &Case, content: &AgreementContent) -> Outcome<()> {
    let wanted: Vec<TenantId> = content
        .parties
        .iter()
        .map(|party| party.government_id.clone())
        .collect();
    let found = governments::find_all(tx.conn, &wanted)?;
    let mut checks = Checks::default();
    for (i, id) in wanted.iter().enumerate() {
        if found
            .get(id)
            .is_none_or(|government| government.tier == Tier::Observer)
        {
            checks.add(
                format!("/parties/{i}/government_id"),
                "unknown_key",
                "Use la clave de un gobierno; vea /v1/governments.",
                "Use a government's key; see /v1/governments.",
            );
        }
    }
    checks.finish(Problem::ValidationFailed)?;
    let mine = parties::table
        .filter(parties::tenant_id.eq(&case.row.tenant_id))
        .filter(parties::agreement_id.eq(&case.row.id));
    let before: Vec<String> = mine.select(parties::government_id).load(tx.conn)?;
    diesel::delete(mine).execute(tx.conn)?;
    for (position, party) in (0_i32..).zip(&content.parties) {
        let role: &'static str = party.role.into();
        let row = (
            parties::tenant_id.eq(&case.row.tenant_id),
            parties::agreement_id.eq(&case.row.id),
            parties::government_id.eq(party.government_id.as_str()),
            parties::role.eq(role),
            parties::body.eq(&party.body),
            parties::position.eq(position),
        );
        diesel::insert_into(parties::table)
            .values(row)
            .execute(tx.conn)?;
        if party.role != PartyRole::Lead
            && !before.iter().any(|id| id == party.government_id.as_str())
        {
            sharing::grant(tx, case, &party.government_id, Seat::Party)?;
        }
    }
    for gone in before
        .iter()
        .filter(|id| !wanted.iter().any(|kept| kept.as_str() == id.as_str()))
    {
        sharing::revoke(tx, case, &TenantId::new(gone), Seat::Party)?;
    }
    Ok(())
}

/// Confirms, as a party that does not lead, what stands in the draft.
pub fn confirm(tx: &mut WriteTx<'_>, agreement: Uuid, version: i32) -> Outcome<()> {
    let mut case = Case::load(tx, agreement)?;
    case.require_seat(&[Seat::Party])?;
    tx.admit()?;
    case.require_version(version)?;
    let stage = case.sight.stage()?;
    if !stage.is_editable() && stage != Stage::OpinionFavorable {
        return Err(Problem::WrongStage.into());
    }
    case.step(tx, stage)?;
    let actor = tx.actor();
    let mine = parties::table.find((&case.row.tenant_id, &case.row.id, &actor));
    diesel::update(mine)
        .set((
            parties::confirmed_at.eq(tx.stamp()),
            parties::confirmed_by.eq(tx.person()),
        ))
        .execute(tx.conn)?;
    let content = draft::read(tx.conn, &case.row.tenant_id, &case.row.id)?;
    access::refresh_full(tx, &case, &content)?;
    // A party confirms for itself, also where it carries the case for its owner.
    let line = HistoryLine {
        on_behalf: false,
        ..case.quiet_line("confirm")
    };
    case.note(tx, "confirm", Some(line))?;
    Ok(())
}

/// Whether every party but the lead has confirmed.
pub(super) fn all_confirmed(conn: &mut Conn, owner: &str, agreement: &str) -> Outcome<bool> {
    let lead: &'static str = PartyRole::Lead.into();
    let waiting = parties::table
        .filter(parties::tenant_id.eq(owner))
        .filter(parties::agreement_id.eq(agreement))
        .filter(parties::role.ne(lead))
        .filter(parties::confirmed_at.is_null());
    Ok(!diesel::select(diesel::dsl::exists(waiting)).get_result::<bool>(conn)?)
}

/// The parties as the owner's side reads them.
pub(super) fn views(conn: &mut Conn, row: &Row) -> Outcome<Vec<PartyView>> {
    type Columns = (String, String, Option<String>, Option<NaiveDateTime>);
    let rows: Vec<Columns> = parties::table
        .filter(parties::tenant_id.eq(&row.tenant_id))
        .filter(parties::agreement_id.eq(&row.id))
        .order(parties::position)
        .select((
            parties::government_id,
            parties::role,
            parties::body,
            parties::confirmed_at,
        ))
        .load(conn)?;
    let ids: Vec<TenantId> = rows.iter().map(|row| TenantId::new(&row.0)).collect();
    let names = governments::find_all(conn, &ids)?;
    let view = |(government, role, body, confirmed_at): Columns| {
        let government_id = TenantId::new(government);
        let name = names
            .get(&government_id)
            .map(|government| government.name.clone())
            .unwrap_or_default();
        Ok(PartyView {
            government_id,
            name,
            role: known(&role)?,
            body,
            confirmed_at: confirmed_at.map(|at| at.and_utc()),
        })
    };
    rows.into_iter().map(view).collect()
}
