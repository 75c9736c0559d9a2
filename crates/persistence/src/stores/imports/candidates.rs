//! What a row of a file becomes: who may bring it in and how, and the past agreement that it names.

use crate::failure::Outcome;
use crate::stores::agreements::{Named, PastAgreement};
use crate::stores::governments;
use crate::tx::WriteTx;
use uuid::Uuid;
use vinculo_domain::agreements::{AgreementKind, CaseAction, Compliance};
use vinculo_domain::counterparts::{CounterpartFields, CounterpartLevel, Visibility};
use vinculo_domain::imports::{Candidate, QualityFlag, Reason};
use vinculo_domain::wording;

/// How a row is brought in: the ministry records; a state records its own, reports its
/// municipalities' and may bring in nothing of other governments.
pub(super) fn action_for(
    tx: &mut WriteTx<'_>,
    candidate: &Candidate,
) -> Outcome<Option<CaseAction>> {
    let actor = tx.scope.tenant().clone();
    if tx.scope.is_sre() || candidate.government_id == actor {
        return Ok(Some(CaseAction::RecordUnreviewed));
    }
    let parent = governments::find(tx.conn, &candidate.government_id)?
        .and_then(|government| government.parent_id);
    Ok((parent == Some(actor)).then_some(CaseAction::Report))
}

/// Why a row of another government is refused.
pub(super) fn not_yours(candidate: &Candidate) -> Reason {
    Reason::new(
        "not_yours",
        "government",
        candidate.government_id.to_string(),
        wording::imports::not_yours(),
    )
}

/// Why a row with an id of another record is refused.
pub(super) fn id_taken(candidate: &Candidate, place: usize) -> Reason {
    let external = candidate.external_ids.get(place);
    Reason::new(
        "taken",
        "external_id",
        external.map(ToString::to_string).unwrap_or_default(),
        wording::imports::id_taken(),
    )
}

/// The past agreement that a row names.
pub(super) fn past(
    tx: &WriteTx<'_>,
    batch: Option<Uuid>,
    candidate: &Candidate,
    action: CaseAction,
) -> PastAgreement {
    // Only the ministry knows the content of its older registry.
    let vouched = tx.scope.is_sre();
    let number = candidate.registry_number.clone();
    let claimed = number.as_ref().filter(|_number| !vouched);
    let mut flags = candidate.quality_flags.clone();
    flags.extend(claimed.map(|_number| QualityFlag::RegistryNumberUnverified));
    let term = candidate.validity_note.as_ref();
    let parts: Vec<String> = [
        candidate.source.clone(),
        term.map(|note| format!("vigencia: {note}")),
        claimed.map(|number| format!("registro: {number}")),
    ]
    .into_iter()
    .flatten()
    .collect();
    let source = (!parts.is_empty()).then(|| parts.join("; "));
    PastAgreement {
        owner: candidate.government_id.clone(),
        action,
        compliance: Compliance::Unknown,
        kind: candidate.kind,
        title: candidate.title.clone().unwrap_or_else(|| title(candidate)),
        counterparts: vec![Named::New(CounterpartFields {
            kind: candidate.counterpart_kind,
            level: candidate
                .counterpart_level
                .unwrap_or(CounterpartLevel::Unknown),
            name: candidate.counterpart_name.clone(),
            // An international organisation has no country.
            country: Some(candidate.country.clone()).filter(|country| !country.is_empty()),
            visibility: Visibility::Private,
            external_ids: Vec::new(),
        })],
        signed_on: candidate.signed_on.clone(),
        place: None,
        themes: candidate.themes.clone(),
        languages: Vec::new(),
        validity: candidate.validity.clone(),
        note: source.clone(),
        source,
        quality_flags: flags,
        fingerprint: candidate.fingerprint.clone(),
        batch: Some(batch.unwrap_or_default()),
        legacy_number: number.filter(|_number| vouched),
        external_ids: candidate.external_ids.clone(),
        another: candidate.another_agreement,
    }
}

/// The title of a past agreement if its file has none.
fn title(candidate: &Candidate) -> String {
    let name = &candidate.counterpart_name;
    let said = match candidate.kind {
        AgreementKind::Twinning | AgreementKind::Domestic => wording::imports::title_twinning(name),
        AgreementKind::SpecificCooperation => wording::imports::title_cooperation(name),
        AgreementKind::StatementOfIntent => wording::imports::title_intent(name),
        AgreementKind::PrivateContract => wording::imports::title_contract(name),
    };
    said.es.into_owned()
}
