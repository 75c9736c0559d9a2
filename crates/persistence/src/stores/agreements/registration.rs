//! The inscription: its number without gaps, the public record, the public documents.

use super::cases::Case;
use super::{adhesions, opinions, sharing, signatures, submissions};
use crate::failure::Outcome;
use crate::schema::{agreements, counters};
use crate::stores::{annotations, bodies, counterparts, documents, governments, inscriptions};
use crate::tx::WriteTx;
use diesel::prelude::*;
use vinculo_domain::agreements::{
    AgreementContent, CouncilApproval, OpinionResult, Party, PartyRole, PartyStanding, Side,
    Signatory, SignatureView,
};
use vinculo_domain::clock::{mexican_day, registry_year};
use vinculo_domain::counterparts::CounterpartCard;
use vinculo_domain::governments::Government;
use vinculo_domain::inscription_number::InscriptionNumber;
use vinculo_domain::inscriptions::{
    InscribedCounterpart, InscribedDocument, InscribedParty, InscribedSignatory, Inscription,
    LICENCE, RESPONSIBLE_BODY,
};
use vinculo_domain::legal_bases::{self, LCT};
use vinculo_domain::{Refusal, Tier};

/// What is inscribed.
struct Record {
    content: AgreementContent,
    counterparts: Vec<CounterpartCard>,
    /// The parties as they were sent; none if nothing was sent.
    parties: Vec<PartyStanding>,
    legacy_number: Option<String>,
}

/// Inscribes a past agreement that has `number` in an older registry.
pub(super) fn inscribe_past(
    tx: &mut WriteTx<'_>,
    case: &mut Case,
    content: &AgreementContent,
    number: &str,
) -> Outcome<()> {
    let counterparts = counterparts::cards_of_case(tx.conn, &case.row.tenant_id, &case.row.id)?;
    let record = Record {
        content: content.clone(),
        counterparts,
        parties: Vec::new(),
        legacy_number: Some(number.to_owned()),
    };
    write(tx, case, record)
}

/// Inscribes what was last sent.
pub(super) fn inscribe(tx: &mut WriteTx<'_>, case: &mut Case) -> Outcome<()> {
    let sent = submissions::newest(tx.conn, &case.row.tenant_id, &case.row.id)?
        .ok_or_else(|| Refusal::internal("nothing was sent"))?;
    let record = Record {
        content: sent.content,
        counterparts: sent.counterparts,
        parties: sent.parties,
        legacy_number: None,
    };
    write(tx, case, record)
}

fn write(tx: &mut WriteTx<'_>, case: &mut Case, record: Record) -> Outcome<()> {
    let content = record.content;
    let drafted = content.clone();
    let relates_to = related(tx, &content)?;
    let parties = parties(tx, case, &content, &record.parties)?;
    let lead = parties
        .first()
        .ok_or_else(|| Refusal::internal("an agreement without a lead"))?
        .clone();
    let signature = signatures::of(tx.conn, &case.row)?;
    // An agreement may be inscribed in spite of an unfavorable opinion, but without citing it.
    let opinion = opinions::newest(tx.conn, &case.row)?
        .filter(|opinion| opinion.result != OpinionResult::Unfavorable);
    let signatories = signatories(signature.as_ref(), &parties, &record.counterparts);
    let documents = publish_documents(tx, case)?;
    let year = registry_year(tx.now);
    // A dry run may inscribe several, each with its own number; it gives all numbers back.
    let ordinal = next_ordinal(tx, year)?;
    // For an agreement from an older registry, the day of inscription is unknown.
    let legal_basis = match record.legacy_number {
        Some(_) => None,
        None => legal_bases::in_force(LCT, mexican_day(tx.now)),
    };
    let inscription = Inscription {
        number: InscriptionNumber::new(year, ordinal),
        legacy_number: record.legacy_number,
        kind: content.kind,
        instrument: content.instrument,
        title: content.title,
        tier: lead.tier,
        parties,
        counterparts: record
            .counterparts
            .into_iter()
            .map(|card| InscribedCounterpart {
                name: card.name,
                kind: card.kind,
                level: card.level,
                country: card.country,
            })
            .collect(),
        themes: content.themes,
        sdg_targets: content.sdg_targets,
        languages: content.languages,
        validity: content.validity,
        signed_on: signature
            .as_ref()
            .map(|signature| signature.signed_on.clone()),
        signed_place: signature
            .as_ref()
            .and_then(|signature| signature.place.clone()),
        signatories,
        opinion_number: opinion.map(|opinion| opinion.number),
        documents,
        registered_at: tx.now,
        updated_at: tx.now,
        responsible_body: RESPONSIBLE_BODY.into(),
        licence: LICENCE.into(),
        relates_to,
        legal_basis,
    };
    let number = inscription.number.clone();
    inscriptions::insert(tx, case, year, ordinal, &inscription)?;
    annotations::by_instrument(tx, case, &inscription, &drafted)?;
    if tx.intent.dry_run {
        // A number that is not kept is not shown.
        return Ok(());
    }
    diesel::update(agreements::table.find((&case.row.tenant_id, &case.row.id)))
        .set(agreements::inscription.eq(number.as_str()))
        .execute(tx.conn)?;
    case.row.inscription = Some(number.into());
    Ok(())
}

/// Who signed, each with the name of the party that the person signed for.
fn signatories(
    signature: Option<&SignatureView>,
    parties: &[InscribedParty],
    counterparts: &[CounterpartCard],
) -> Vec<InscribedSignatory> {
    let name_of = |signatory: &Signatory| match signatory.side {
        Side::Mexican => {
            let mut own = parties.iter();
            let party = own.find(|one| one.government_id.as_str() == signatory.party);
            party.map(|party| party.name.clone())
        }
        Side::Counterpart => {
            let mut abroad = counterparts.iter();
            let party = abroad.find(|card| card.id.to_string() == signatory.party);
            party.map(|card| card.name.clone())
        }
    };
    let views = signature
        .into_iter()
        .flat_map(|signature| &signature.signatories);
    views
        .map(|view| InscribedSignatory {
            side: view.signatory.side,
            party: name_of(&view.signatory).unwrap_or_default(),
            name: view.signatory.name.clone(),
            post: view.signatory.post.clone(),
            capacity: view.signatory.capacity.clone(),
        })
        .collect()
}

/// The parties as they were sent, and those that joined so far. Nobody can join once it is
/// inscribed, so an adhesion left out here would never become public.
fn parties(
    tx: &mut WriteTx<'_>,
    case: &Case,
    content: &AgreementContent,
    sent: &[PartyStanding],
) -> Outcome<Vec<InscribedParty>> {
    let ids: Vec<_> = content
        .parties
        .iter()
        .map(|party| party.government_id.clone())
        .collect();
    let found = governments::find_all(tx.conn, &ids)?;
    let signing: Vec<_> = content
        .parties
        .iter()
        .filter_map(|one| one.body_id)
        .collect();
    let bodies = bodies::find_all(tx.conn, &signing)?;
    let joined = adhesions::days(tx.conn, &case.row.tenant_id, &case.row.id)?;
    let mut listed: Vec<&Party> = content.parties.iter().collect();
    listed.sort_by_key(|party| party.role != PartyRole::Lead);
    let party = |party: &&Party| {
        let government: &Government = found
            .get(&party.government_id)
            .ok_or_else(|| Refusal::internal("a party without a government"))?;
        let sent = sent.iter();
        let mut own = sent.filter(|standing| standing.government_id == government.id);
        let standing = own.next();
        let body_name = standing.and_then(|standing| standing.body_name.clone());
        Ok(InscribedParty {
            government_id: government.id.clone(),
            name: government.name.clone(),
            tier: government.tier,
            state_id: match government.tier {
                Tier::State => Some(government.id.clone()),
                Tier::Municipality => government.parent_id.clone(),
                _ => None,
            },
            body: party.body.clone().or(body_name),
            body_kind: party
                .body_id
                .and_then(|id| Some(bodies.get(&id)?.fields.kind)),
            role: Some(party.role),
            approval: standing
                .and_then(|standing| standing.approval.as_ref())
                .map(CouncilApproval::vote),
            adhered_on: joined.get(&government.id).cloned(),
        })
    };
    listed.iter().map(party).collect()
}

/// Lists the signed copies that the ministry was sent. A withheld one stays withheld, but the list
/// shows that it exists.
fn publish_documents(tx: &mut WriteTx<'_>, case: &Case) -> Outcome<Vec<InscribedDocument>> {
    let sre = vinculo_domain::TenantId::sre();
    let sent = sharing::documents_seen(tx.conn, case, sre.as_str(), &["signed_copy"])?;
    documents::list_signed(tx, case, &sent)
}

/// The number of the inscription that this agreement relates to.
fn related(tx: &mut WriteTx<'_>, content: &AgreementContent) -> Outcome<Option<String>> {
    let Some(agreement) = content.relates_to else {
        return Ok(None);
    };
    let original = inscriptions::of_case(tx.conn, agreement)?;
    Ok(original.map(|original| original.number.into()))
}

/// The next number of the year. The update locks the row, so that numbers are given one at a time
/// and one that is not kept is given again.
fn next_ordinal(tx: &mut WriteTx<'_>, year: i32) -> Outcome<i32> {
    let series = format!("registry:{year}");
    let touched = diesel::update(counters::table.find(&series))
        .set(counters::value.eq(counters::value + 1))
        .execute(tx.conn)?;
    if touched == 0 {
        let first = diesel::insert_into(counters::table)
            .values((counters::series.eq(&series), counters::value.eq(1_i64)))
            .execute(tx.conn);
        if let Err(diesel::result::Error::DatabaseError(
            diesel::result::DatabaseErrorKind::UniqueViolation,
            info,
        )) = first
        {
            return Err(crate::Failure::Again(info.message().to_owned()));
        }
        first?;
    }
    let value: i64 = counters::table
        .find(&series)
        .select(counters::value)
        .first(tx.conn)?;
    i32::try_from(value).map_err(|error| Refusal::internal(error.to_string()).into())
}
