//! Adherents: they join what the others have signed, each with its own document.

use super::cases::Case;
use super::history::HistoryLine;
use super::{access, conditions, draft, signatures};
use crate::conn::Conn;
use crate::failure::{Outcome, id};
use crate::schema::{
    adhesion_signatories as signatories, adhesions, agreement_parties as parties, people,
};
use crate::stores::mechanisms::date;
use crate::tx::WriteTx;
use diesel::prelude::*;
use std::collections::HashMap;
use uuid::Uuid;
use vinculo_domain::agreements::{
    AdhesionRequest, AdhesionSignatory, PartyRole, PartySignature, Seat, Side, Signatory, Stage,
};
use vinculo_domain::clock::mexican_day;
use vinculo_domain::documents::kinds_said;
use vinculo_domain::history::HistoryAction;
use vinculo_domain::legal_date::LegalDate;
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::{Checks, ExistingRecord};
use vinculo_domain::wording;
use vinculo_domain::{FieldError, Refusal, TenantId};

/// How the adherents of a case joined; only those that did.
pub(super) fn of(
    conn: &mut Conn,
    owner: &str,
    agreement: &str,
) -> Outcome<HashMap<TenantId, PartySignature>> {
    let rows: Vec<(String, String, String, String)> = adhesions::table
        .filter(adhesions::tenant_id.eq(owner))
        .filter(adhesions::agreement_id.eq(agreement))
        .order(adhesions::government_id)
        .select((
            adhesions::government_id,
            adhesions::signed_on,
            adhesions::place,
            adhesions::document_id,
        ))
        .load(conn)?;
    let mut joined = HashMap::new();
    for (government, signed_on, place, document) in rows {
        let signed_on = date(&signed_on)?;
        let names = names(conn, owner, agreement, &government)?;
        let signature = PartySignature {
            signatories: signatures::flagged(conn, names, &signed_on)?,
            signed_on,
            place: Some(place),
            document_id: Some(id(&document)?),
        };
        joined.insert(TenantId::new(government), signature);
    }
    Ok(joined)
}

/// The day on which each adherent of a case joined.
pub(super) fn days(
    conn: &mut Conn,
    owner: &str,
    agreement: &str,
) -> Outcome<HashMap<TenantId, LegalDate>> {
    let rows: Vec<(String, String)> = adhesions::table
        .filter(adhesions::tenant_id.eq(owner))
        .filter(adhesions::agreement_id.eq(agreement))
        .select((adhesions::government_id, adhesions::signed_on))
        .load(conn)?;
    rows.into_iter()
        .map(|(government, day)| Ok((TenantId::new(government), date(&day)?)))
        .collect()
}

fn names(
    conn: &mut Conn,
    owner: &str,
    agreement: &str,
    government: &str,
) -> Outcome<Vec<Signatory>> {
    let rows: Vec<(String, String, String, Option<String>)> = signatories::table
        .inner_join(people::table.on(people::id.eq(signatories::person_id)))
        .filter(signatories::tenant_id.eq(owner))
        .filter(signatories::agreement_id.eq(agreement))
        .filter(signatories::government_id.eq(government))
        .order(signatories::position)
        .select((
            people::name,
            signatories::post,
            signatories::capacity,
            signatories::authority_document_id,
        ))
        .load(conn)?;
    let signatory = |(name, post, capacity, authority): (String, _, _, Option<String>)| {
        Ok(Signatory {
            side: Side::Mexican,
            party: government.to_owned(),
            name,
            post,
            capacity,
            authority_document_id: authority.as_deref().map(id).transpose()?,
        })
    };
    rows.into_iter().map(signatory).collect()
}

/// Joins an agreement, as an adherent, after the lead recorded it as signed.
pub fn adhere(
    tx: &mut WriteTx<'_>,
    agreement: Uuid,
    version: i32,
    request: &AdhesionRequest,
) -> Outcome<()> {
    let mut case = Case::load(tx, agreement)?;
    case.require_seat(tx.scope, &[Seat::Party])?;
    require_adherent(tx, &case)?;
    tx.check_idempotency()?;
    case.require_version(version)?;
    let stage = case.access.stage()?;
    if !matches!(stage, Stage::Signed | Stage::PendingRegistration) {
        return Err(Problem::WrongStage.into());
    }
    request.check(mexican_day(tx.now))?;
    check_documents(tx, &case, request)?;
    let actor = tx.scope.tenant().clone();
    if of(tx.conn, &case.row.tenant_id, &case.row.id)?.contains_key(&actor) {
        // An adhesion is read in its case.
        let case = ExistingRecord::of("/v1/agreements", &case.row.id);
        return Err(Refusal::new(Problem::Duplicate).existing(Some(case)).into());
    }
    case.step(tx, stage)?;
    write(tx, &case, request)?;
    let content = draft::read(tx.conn, &case.row.tenant_id, &case.row.id)?;
    access::refresh_full(tx, &case, &content)?;
    // A party acts for itself, even if it also acts in the case for its owner.
    let line = HistoryLine {
        on_behalf: false,
        ..case.quiet_line(HistoryAction::Adhere)
    };
    case.note(tx, "adhere", Some(line))
}

/// Refuses a party that signs with the lead.
fn require_adherent(tx: &mut WriteTx<'_>, case: &Case) -> Outcome<()> {
    let role: Option<String> = parties::table
        .find((&case.row.tenant_id, &case.row.id, &tx.actor()))
        .select(parties::role)
        .first(tx.conn)
        .optional()?;
    let adherent: &'static str = PartyRole::Adherent.into();
    if role.as_deref() == Some(adherent) {
        Ok(())
    } else {
        let refusal = Refusal::new(Problem::Forbidden).saying(wording::agreements::adherent());
        Err(tx.scope.seated(refusal, &[Seat::Party]).into())
    }
}

/// Refuses documents that the adherent did not add to the case itself.
fn check_documents(tx: &mut WriteTx<'_>, case: &Case, request: &AdhesionRequest) -> Outcome<()> {
    let mut checks = Checks::default();
    let signed = conditions::documents_by(tx, case, &["signed_copy", "approval"])?;
    if !signed.contains(&request.document_id.to_string()) {
        let said = wording::agreements::own_document(kinds_said(&["signed_copy", "approval"]));
        let error = FieldError::new("/document_id", "unknown_key", said);
        checks.push(error.admitting(case.papers()));
    }
    let named = request.signatories.iter();
    let named = named.map(|signatory| signatory.authority_document_id);
    signatures::check_authority(tx.conn, case, named, &mut checks)?;
    Ok(checks.finish(Problem::ValidationFailed)?)
}

fn write(tx: &mut WriteTx<'_>, case: &Case, request: &AdhesionRequest) -> Outcome<()> {
    let row = (
        adhesions::tenant_id.eq(&case.row.tenant_id),
        adhesions::id.eq(Uuid::now_v7().to_string()),
        adhesions::agreement_id.eq(&case.row.id),
        adhesions::government_id.eq(tx.actor()),
        adhesions::signed_on.eq(request.signed_on.as_str()),
        adhesions::place.eq(&request.place),
        adhesions::document_id.eq(request.document_id.to_string()),
        adhesions::person_id.eq(tx.person()),
        adhesions::acting_tenant.eq(tx.actor()),
        adhesions::created_at.eq(tx.stamp()),
    );
    diesel::insert_into(adhesions::table)
        .values(row)
        .execute(tx.conn)?;
    for (position, signatory) in (0_i32..).zip(&request.signatories) {
        write_signatory(tx, case, position, signatory)?;
    }
    Ok(())
}

fn write_signatory(
    tx: &mut WriteTx<'_>,
    case: &Case,
    position: i32,
    signatory: &AdhesionSignatory,
) -> Outcome<()> {
    let person = signatures::write_person(tx, &signatory.name)?;
    let authority = signatory.authority_document_id;
    let row = (
        signatories::tenant_id.eq(&case.row.tenant_id),
        signatories::id.eq(Uuid::now_v7().to_string()),
        signatories::agreement_id.eq(&case.row.id),
        signatories::government_id.eq(tx.actor()),
        signatories::position.eq(position),
        signatories::person_id.eq(person),
        signatories::post.eq(&signatory.post),
        signatories::capacity.eq(&signatory.capacity),
        signatories::authority_document_id.eq(authority.map(|id| id.to_string())),
    );
    diesel::insert_into(signatories::table)
        .values(row)
        .execute(tx.conn)?;
    Ok(())
}
