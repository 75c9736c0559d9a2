//! Who signed. Names are stored with the people, so that one row is blanked if one must be.

use super::cases::{Case, Row};
use super::{conditions, opinions};
use crate::conn::Conn;
use crate::failure::{Outcome, id, known};
use crate::schema::{agreements, people, signatories};
use crate::stores::mechanisms::date;
use crate::stores::{administrations, counterparts, governments};
use crate::tx::WriteTx;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::agreements::{
    AgreementContent, Originals, Side, Signatory, SignatoryFlag, SignatoryView, SignatureView,
};
use vinculo_domain::catalogs::{self, Catalog};
use vinculo_domain::documents::DocumentKind;
use vinculo_domain::legal_date::LegalDate;
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::{Admitted, Checks};
use vinculo_domain::wording;
use vinculo_domain::{FieldError, TenantId};

/// The signature of a case, if it was recorded.
pub(super) fn of(conn: &mut Conn, row: &Row) -> Outcome<Option<SignatureView>> {
    let Some(signed_on) = row.signed_on.as_deref() else {
        return Ok(None);
    };
    let signed_on = date(signed_on)?;
    let names = names(conn, row)?;
    let originals: Vec<Originals> = row
        .originals
        .as_deref()
        .map(serde_json::from_str)
        .transpose()?
        .unwrap_or_default();
    Ok(Some(SignatureView {
        signatories: flagged(conn, names, &signed_on)?,
        signed_on,
        place: row.signed_place.clone(),
        originals,
    }))
}

/// The signature as a reviewer was sent it: with its doubts if the reviewer still decides on it, as
/// what is on file of administrations may change later.
pub(super) fn sent(conn: &mut Conn, row: &Row, doubts: bool) -> Outcome<Option<SignatureView>> {
    let mut signature = of(conn, row)?;
    if let Some(signature) = signature.as_mut().filter(|_signature| !doubts) {
        for one in &mut signature.signatories {
            one.flags.clear();
        }
    }
    Ok(signature)
}

fn names(conn: &mut Conn, row: &Row) -> Outcome<Vec<Signatory>> {
    type Columns = (String, String, String, String, String, Option<String>);
    let rows: Vec<Columns> = signatories::table
        .inner_join(people::table.on(people::id.eq(signatories::person_id)))
        .filter(signatories::tenant_id.eq(&row.tenant_id))
        .filter(signatories::agreement_id.eq(&row.id))
        .order(signatories::position)
        .select((
            signatories::side,
            signatories::party,
            people::name,
            signatories::post,
            signatories::capacity,
            signatories::authority_document_id,
        ))
        .load(conn)?;
    let signatory = |(side, party, name, post, capacity, authority): Columns| {
        Ok(Signatory {
            side: known(&side)?,
            party,
            name,
            post,
            capacity,
            authority_document_id: authority.as_deref().map(id).transpose()?,
        })
    };
    rows.into_iter().map(signatory).collect()
}

/// The signatories with what is doubtful about each.
pub(super) fn flagged(
    conn: &mut Conn,
    names: Vec<Signatory>,
    signed_on: &LegalDate,
) -> Outcome<Vec<SignatoryView>> {
    let mut views = Vec::new();
    for signatory in names {
        let shown =
            signatory.side == Side::Counterpart || signatory.authority_document_id.is_some();
        let flags = if shown || !is_another_than_the_head(conn, &signatory, signed_on)? {
            Vec::new()
        } else {
            vec![SignatoryFlag::AuthorityMissing]
        };
        views.push(SignatoryView { signatory, flags });
    }
    Ok(views)
}

/// Whether the head of the administration in office that day is on file and is somebody else.
fn is_another_than_the_head(
    conn: &mut Conn,
    signatory: &Signatory,
    signed_on: &LegalDate,
) -> Outcome<bool> {
    let party = TenantId::new(&signatory.party);
    let term = administrations::on(conn, &party, signed_on.earliest())?;
    Ok(term.is_some_and(|term| term.fields.doubts(&signatory.name)))
}

/// Notes documents of authority that do not belong to the case.
pub(super) fn check_authority(
    conn: &mut Conn,
    case: &Case,
    named: impl Iterator<Item = Option<Uuid>>,
    checks: &mut Checks,
) -> Outcome<()> {
    let known =
        conditions::documents_of_kind(conn, &case.row.tenant_id, &case.row.id, "authority")?;
    for (i, document) in named.enumerate() {
        if document.is_some_and(|document| !known.contains(&document.to_string())) {
            let said = wording::signing::authority_document(DocumentKind::Authority.said());
            let place = format!("/signatories/{i}/authority_document_id");
            checks.push(FieldError::new(place, "unknown_key", said).admitting(case.papers()));
        }
    }
    Ok(())
}

/// Notes the signing parties for which no signatory is named.
fn check_complete(
    conn: &mut Conn,
    content: &AgreementContent,
    names: &[Signatory],
    checks: &mut Checks,
) -> Outcome<()> {
    for party in content.parties.iter().filter(|party| party.signs()) {
        let key = party.government_id.as_str();
        let signed = |one: &Signatory| one.side == Side::Mexican && one.party == key;
        if !names.iter().any(signed) {
            let government = governments::find(conn, &party.government_id)?;
            let name = government.map_or_else(|| key.to_owned(), |found| found.name);
            checks.add(
                "/signatories",
                "party_missing",
                wording::signing::signatory_for(name),
            );
        }
    }
    Ok(())
}

/// Records the signature: each signatory for a party, in that party's own context.
pub(super) fn record(
    tx: &mut WriteTx<'_>,
    case: &mut Case,
    content: &AgreementContent,
    signed_on: &LegalDate,
    place: &str,
    names: &[Signatory],
    originals: &[Originals],
) -> Outcome<()> {
    let cards = counterparts::cards_of_case(tx.conn, &case.row.tenant_id, &case.row.id)?;
    let mut checks = Checks::default();
    for (i, signatory) in names.iter().enumerate() {
        let belongs = match signatory.side {
            Side::Mexican => content
                .parties
                .iter()
                .any(|party| party.government_id.as_str() == signatory.party),
            Side::Counterpart => cards
                .iter()
                .any(|card| card.id.to_string() == signatory.party),
        };
        if !belongs {
            let said = wording::signing::not_on_that_side();
            let parties = match signatory.side {
                Side::Mexican => {
                    Admitted::of(content.parties.iter().map(|one| one.government_id.as_str()))
                }
                Side::Counterpart => Admitted::of(cards.iter().map(|card| card.id.to_string())),
            };
            let place = format!("/signatories/{i}/party");
            checks.push(FieldError::new(place, "unknown_key", said).admitting(parties));
        }
    }
    check_complete(tx.conn, content, names, &mut checks)?;
    let authority = names.iter();
    let authority = authority.map(|signatory| signatory.authority_document_id);
    check_authority(tx.conn, case, authority, &mut checks)?;
    for language in &content.languages {
        if !originals.iter().any(|original| original.binds_in(language)) {
            checks.add(
                "/originals",
                "language_missing",
                wording::signing::originals_in(catalogs::said(Catalog::Languages, language)),
            );
        }
    }
    if opinions::has_lapsed(tx.conn, &case.row, signed_on.earliest())? {
        checks.add(
            "/signed_on",
            "opinion_lapsed",
            wording::signing::opinion_lapsed(),
        );
    }
    checks.finish(Problem::ValidationFailed)?;
    for (position, signatory) in (0_i32..).zip(names) {
        write(tx, case, position, signatory)?;
    }
    let head = agreements::table.find((&case.row.tenant_id, &case.row.id));
    diesel::update(head)
        .set((
            agreements::signed_on.eq(signed_on.as_str()),
            agreements::signed_place.eq(place),
            agreements::originals.eq(serde_json::to_string(originals)?),
        ))
        .execute(tx.conn)?;
    case.row.signed_on = Some(signed_on.as_str().to_owned());
    Ok(())
}

fn write(tx: &mut WriteTx<'_>, case: &Case, position: i32, signatory: &Signatory) -> Outcome<()> {
    let person = write_person(tx, &signatory.name)?;
    let authority = signatory.authority_document_id;
    let side: &'static str = signatory.side.into();
    let row = (
        signatories::tenant_id.eq(&case.row.tenant_id),
        signatories::id.eq(Uuid::now_v7().to_string()),
        signatories::agreement_id.eq(&case.row.id),
        signatories::position.eq(position),
        signatories::side.eq(side),
        signatories::party.eq(&signatory.party),
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

/// Stores a signatory; gives the id under which the name is kept.
pub(super) fn write_person(tx: &mut WriteTx<'_>, name: &str) -> Outcome<String> {
    let person = Uuid::now_v7().to_string();
    diesel::insert_into(people::table)
        .values((
            people::id.eq(&person),
            people::name.eq(name),
            people::created_at.eq(tx.stamp()),
        ))
        .execute(tx.conn)?;
    Ok(person)
}
