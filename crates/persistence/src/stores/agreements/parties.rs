//! The Mexican parties of a case: who they are, what they approved, and whether they confirmed the
//! draft.

use super::cases::{Case, Row};
use super::{adhesions, confirmations, sharing};
use crate::conn::Conn;
use crate::failure::Outcome;
use crate::schema::agreement_parties as parties;
use crate::stores::{administrations, bodies, governments};
use crate::tx::WriteTx;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use std::collections::HashMap;
use uuid::Uuid;
use vinculo_domain::agreements::{
    AgreementContent, InternalApproval, PartyRole, PartySignature, PartyStanding, PartyView, Seat,
    SignatureView, outlives_term,
};
use vinculo_domain::clock::mexican_day;
use vinculo_domain::governments::Government;
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::{Admitted, Checks};
use vinculo_domain::wording;
use vinculo_domain::{FieldError, TenantId, Tier};

/// Stores the parties of the draft; none of them has confirmed it yet.
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
            let place = format!("/parties/{i}/government_id");
            checks.push(governments::unknown_key(tx.conn, &place, None)?);
        }
    }
    check_bodies(tx.conn, content, mexican_day(tx.now), &mut checks)?;
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
            parties::body_id.eq(party.body_id.map(|id| id.to_string())),
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

/// Notes bodies of another government than their party, or that do not exist on `day`.
fn check_bodies(
    conn: &mut Conn,
    content: &AgreementContent,
    day: NaiveDate,
    checks: &mut Checks,
) -> Outcome<()> {
    let found = bodies::find_all(conn, &named_bodies(content))?;
    for (i, party) in content.parties.iter().enumerate() {
        let Some(id) = party.body_id else { continue };
        let pointer = format!("/parties/{i}/body_id");
        match found.get(&id) {
            Some(body) if body.fields.governments.contains(&party.government_id) => {
                if !body.fields.stands_on(day) {
                    checks.add(pointer, "not_in_force", wording::agreements::body_ended());
                }
            }
            _ => {
                let said = wording::agreements::body_of_another();
                let list = format!("/v1/bodies?government={}", party.government_id);
                let error = FieldError::new(pointer, "unknown_key", said);
                checks.push(error.admitting(Admitted::only_at(list)));
            }
        }
    }
    Ok(())
}

fn named_bodies(content: &AgreementContent) -> Vec<Uuid> {
    let named = content.parties.iter();
    named.filter_map(|party| party.body_id).collect()
}

/// The names of the parties, except the lead, that have not confirmed yet.
pub(super) fn unconfirmed(conn: &mut Conn, owner: &str, agreement: &str) -> Outcome<Vec<String>> {
    let lead: &'static str = PartyRole::Lead.into();
    let waiting: Vec<String> = parties::table
        .filter(parties::tenant_id.eq(owner))
        .filter(parties::agreement_id.eq(agreement))
        .filter(parties::role.ne(lead))
        .filter(parties::confirmed_at.is_null())
        .order(parties::position)
        .select(parties::government_id)
        .load(conn)?;
    let ids: Vec<TenantId> = waiting.into_iter().map(TenantId::new).collect();
    let names = governments::find_all(conn, &ids)?;
    Ok(ids.iter().map(|id| name(&names, id)).collect())
}

/// The names of the other signing governments whose council's vote is asked for and not on file.
pub(super) fn unapproved(
    conn: &mut Conn,
    owner: &str,
    agreement: &str,
    content: &AgreementContent,
) -> Outcome<Vec<String>> {
    let signing = content.parties.iter();
    let signing = signing.filter(|party| party.role == PartyRole::Signatory);
    let ids: Vec<TenantId> = signing.map(|party| party.government_id.clone()).collect();
    let found = governments::find_all(conn, &ids)?;
    let approvals = confirmations::newest_approvals(conn, owner, agreement)?;
    let lacks = |id: &&TenantId| {
        let asked = |government: &Government| InternalApproval::of(government).is_asked();
        found.get(id).is_some_and(asked)
            && !approvals
                .get(id)
                .is_some_and(confirmations::Approval::is_carried)
    };
    Ok(ids
        .iter()
        .filter(lacks)
        .map(|id| name(&found, id))
        .collect())
}

fn name(found: &HashMap<TenantId, Government>, id: &TenantId) -> String {
    found
        .get(id)
        .map_or_else(|| id.to_string(), |government| government.name.clone())
}

/// The state of each party of `content`: its body, its approval, and what follows from its vote.
pub(super) fn standings(
    conn: &mut Conn,
    owner: &str,
    agreement: &str,
    content: &AgreementContent,
) -> Outcome<Vec<PartyStanding>> {
    let ids = content.parties.iter();
    let ids: Vec<TenantId> = ids.map(|party| party.government_id.clone()).collect();
    let found = governments::find_all(conn, &ids)?;
    let named = bodies::find_all(conn, &named_bodies(content))?;
    let approvals = confirmations::newest_approvals(conn, owner, agreement)?;
    let adhesions = adhesions::of(conn, owner, agreement)?;
    let mut standings = Vec::new();
    for party in &content.parties {
        let id = &party.government_id;
        let on_file = approvals.get(id);
        let approval = match party.role {
            PartyRole::Lead => content.council_approval.clone(),
            _ => on_file.and_then(|found| found.vote.clone()),
        };
        // The council's term, whoever heads the government: an interim head opens no new one.
        let term = match &approval {
            Some(approval) => {
                administrations::term_end_on(conn, id, approval.session_on.earliest())?
            }
            None => None,
        };
        let outlives_term = outlives_term(content.validity.as_ref(), term.as_ref());
        let asked = |government: &Government| InternalApproval::of(government).is_asked();
        let votes = found.get(id).is_some_and(asked);
        // A body that is no longer this government's is not named for it.
        let body = party.body_id.and_then(|body| named.get(&body));
        let body = body.filter(|body| body.fields.governments.contains(id));
        let paper = approval.as_ref().map(|approval| approval.document_id);
        standings.push(PartyStanding {
            government_id: id.clone(),
            name: name(&found, id),
            role: party.role,
            body: party.body.clone(),
            body_id: party.body_id,
            body_name: body.map(|body| body.fields.name.clone()),
            requires_legal_review: body.is_some_and(|body| body.requires_legal_review),
            approval_document_id: paper.or(on_file.map(|found| found.document_id)),
            two_thirds_met: approval.as_ref().map(|approval| approval.two_thirds_met()),
            outlives_term,
            two_thirds_needed: outlives_term.filter(|_outlives| votes),
            approval,
            adhered_on: adhesions.get(id).map(|adhesion| adhesion.signed_on.clone()),
        });
    }
    Ok(standings)
}

/// The parties as the owner's side reads them.
pub(super) fn views(
    conn: &mut Conn,
    row: &Row,
    content: &AgreementContent,
    signature: Option<&SignatureView>,
) -> Outcome<Vec<PartyView>> {
    let confirmed: Vec<(String, Option<NaiveDateTime>)> = parties::table
        .filter(parties::tenant_id.eq(&row.tenant_id))
        .filter(parties::agreement_id.eq(&row.id))
        .select((parties::government_id, parties::confirmed_at))
        .load(conn)?;
    let confirmed: HashMap<String, Option<NaiveDateTime>> = confirmed.into_iter().collect();
    let mut adhesions = adhesions::of(conn, &row.tenant_id, &row.id)?;
    let standings = standings(conn, &row.tenant_id, &row.id, content)?;
    let view = |standing: PartyStanding| {
        let id = &standing.government_id;
        let at = confirmed.get(id.as_str()).copied().flatten();
        PartyView {
            confirmed_at: at.map(|at| at.and_utc()),
            signature: adhesions
                .remove(id)
                .or_else(|| signature.and_then(|signature| part_of(signature, id))),
            standing,
        }
    };
    Ok(standings.into_iter().map(view).collect())
}

/// The part of the common signature that belongs to one party.
fn part_of(signature: &SignatureView, party: &TenantId) -> Option<PartySignature> {
    let own = signature.signatories.iter();
    let own: Vec<_> = own
        .filter(|one| one.signatory.party == party.as_str())
        .cloned()
        .collect();
    (!own.is_empty()).then(|| PartySignature {
        signed_on: signature.signed_on.clone(),
        place: signature.place.clone(),
        signatories: own,
        document_id: None,
    })
}

/// Of the own powers in `content`, those that no party has that signs it.
pub(super) fn powers_not_held(conn: &mut Conn, content: &AgreementContent) -> Outcome<Vec<String>> {
    let signing = content.parties.iter().filter(|party| party.signs());
    let ids: Vec<TenantId> = signing.map(|party| party.government_id.clone()).collect();
    let found = governments::find_all(conn, &ids)?;
    Ok(vinculo_domain::agreements::powers_not_held(
        &content.own_powers,
        found.values(),
    ))
}
