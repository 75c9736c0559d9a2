//! Past agreements, entered one by one: who may record and who may report which.

use super::cases::Access;
use super::likely::{Wanted, alike};
use super::recording::{PastAgreement, Recorded, record};
use super::{named_counterparts, own_ids};
use crate::failure::Outcome;
use crate::stores::governments;
use crate::tx::WriteTx;
use uuid::Uuid;
use vinculo_auth::Reach;
use vinculo_domain::agreements::{Compliance, PastAction, PastAgreementFields, Seat};
use vinculo_domain::clock::mexican_day;
use vinculo_domain::counterparts::CounterpartCard;
use vinculo_domain::governments::Government;
use vinculo_domain::imports::fingerprint;
use vinculo_domain::problems::Problem;
use vinculo_domain::{FieldError, Refusal, Said, TenantId, Tier, wording};

/// Records or reports one agreement; gives the id of its case.
pub fn create_past(tx: &mut WriteTx<'_>, fields: &PastAgreementFields) -> Outcome<Uuid> {
    tx.scope.require()?;
    let actor = tx.scope.tenant().clone();
    let for_others = fields.action == PastAction::Report || tx.scope.reach() == Reach::All;
    let owner = fields.government_id.clone().unwrap_or(actor);
    // Without its government nobody can say yet who may put it on record: the check refuses that.
    if fields.government_id.is_some() || !for_others {
        require_reach(tx, fields.action, &owner)?;
    }
    tx.check_idempotency()?;
    fields.check(mexican_day(tx.now), for_others)?;
    let (cards, named) = named_counterparts::of_past(tx, &fields.counterparts, &[])?;
    let pairs: Vec<(&str, &str)> = cards
        .iter()
        .map(|card| (card.name.as_str(), card.country.as_deref().unwrap_or("-")))
        .collect();
    let kinds: Vec<_> = cards.iter().map(|card| card.kind).collect();
    let past = PastAgreement {
        validity: None,
        fingerprint: fingerprint(
            owner.as_str(),
            &pairs,
            fields.kind,
            fields.signed_on.as_ref(),
        ),
        owner,
        action: fields.action.action(),
        compliance: fields.compliance.map_or(Compliance::Unknown, Into::into),
        kind: fields.kind,
        title: fields.title.trim().to_owned(),
        counterparts: named,
        signed_on: fields.signed_on.clone(),
        place: fields.place.clone(),
        themes: fields.themes.clone(),
        languages: fields.languages.clone(),
        source: Some(fields.source.trim().to_owned()),
        quality_flags: fields.quality_flags(&kinds),
        batch: None,
        note: Some(fields.reason.clone()),
        legacy_number: None,
        external_ids: fields.external_ids.clone(),
        another: fields.another_agreement,
    };
    if !past.another {
        let day = past.signed_on.as_ref();
        refuse_alike(
            tx,
            &Wanted {
                owner: &past.owner,
                kind: past.kind,
                partners: partners(&cards),
                signed_on: day.map_or("", |day| day.as_str()),
                but: None,
            },
        )?;
    }
    match record(tx, &past)? {
        Recorded::New(id) => Ok(id),
        Recorded::Taken(place) => Err(own_ids::refusal(tx, &past.external_ids, place)?.into()),
        Recorded::Known(known) => {
            let existing = match known {
                Some(known) => Access::in_sight(tx.conn, tx.scope, &known.to_string())?,
                None => None,
            };
            Err(on_record().existing(existing).into())
        }
    }
}

/// The refusal of a second record of one agreement; it says the same to a caller who does not see
/// the first.
pub(super) fn on_record() -> Refusal {
    Refusal::new(Problem::Duplicate).saying(wording::past::on_record())
}

/// Names and countries, as lists have them.
pub(super) fn partners(cards: &[CounterpartCard]) -> Vec<(&str, &str)> {
    cards
        .iter()
        .map(|card| {
            let country = card.country.as_deref().unwrap_or_default();
            (card.name.as_str(), country)
        })
        .collect()
}

/// Refuses what may be on record already, and names that record; the caller sees it.
pub(super) fn refuse_alike(tx: &mut WriteTx<'_>, wanted: &Wanted<'_>) -> Outcome<()> {
    let Some(found) = alike(tx, wanted)? else {
        return Ok(());
    };
    let existing = Access::in_sight(tx.conn, tx.scope, &found.id.to_string())?;
    let answer = wording::past::another_agreement();
    let refusal = Refusal {
        errors: vec![FieldError::new("/another_agreement", "required", answer)],
        ..Refusal::new(Problem::Duplicate).saying(wording::past::perhaps_on_record())
    };
    Err(refusal.existing(existing).into())
}

/// Who reports an agreement of this government.
fn reporters(government: Option<Government>) -> Said {
    let ministry = wording::roles::seat_federal();
    match government.map(|government| government.tier) {
        Some(Tier::Municipality) => Said::one_of(&[wording::roles::own_state(), ministry]),
        _ => ministry,
    }
}

/// Every government records its own, the ministry anybody's. A state reports those of its
/// municipalities, the ministry those of any other government.
fn require_reach(tx: &mut WriteTx<'_>, action: PastAction, owner: &TenantId) -> Outcome<()> {
    let actor = tx.scope.tenant().clone();
    let government = governments::find(tx.conn, owner)?;
    let all = tx.scope.reach() == Reach::All;
    let mine = *owner == actor;
    let holds = match action {
        PastAction::RecordUnreviewed => mine || all,
        PastAction::Report => {
            let parent = government.as_ref().and_then(|one| one.parent_id.as_ref());
            all && !mine || parent == Some(&actor)
        }
    };
    if !holds {
        let refusal = match action {
            PastAction::RecordUnreviewed => tx.scope.not_seated(&[Seat::Owner, Seat::Federal]),
            PastAction::Report => tx
                .scope
                .not_seated_as(Seat::Reporter, reporters(government)),
        };
        return Err(refusal.into());
    }
    if government.is_none_or(|government| government.tier == Tier::Observer) {
        return governments::refuse_key(tx.conn, "/government_id", None);
    }
    Ok(())
}
