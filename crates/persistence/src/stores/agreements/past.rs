//! Past agreements, entered one by one: who may record and who may report which.

use super::cases::Access;
use super::named_counterparts;
use super::recording::{PastAgreement, Recorded, record};
use crate::barrier::tenant_eq;
use crate::dialect::Opened;
use crate::failure::{Outcome, id};
use crate::schema::{agreement_access, agreements};
use crate::stores::governments;
use crate::tx::WriteTx;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_auth::Reach;
use vinculo_domain::agreements::{Compliance, PastAction, PastAgreementFields, Seat};
use vinculo_domain::clock::mexican_day;
use vinculo_domain::imports::fingerprint;
use vinculo_domain::legal_date::LegalDate;
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::ExistingRecord;
use vinculo_domain::{Refusal, TenantId, Tier};

/// How many cases that look the same are compared with one that is on record.
const MOST_ALIKE: i64 = 20;

/// Records or reports one agreement; gives the id of its case.
pub fn create_past(tx: &mut WriteTx<'_>, fields: &PastAgreementFields) -> Outcome<Uuid> {
    tx.scope.require()?;
    let actor = tx.scope.tenant().clone();
    let owner = fields.government_id.clone().unwrap_or(actor);
    require_reach(tx, fields.action, &owner)?;
    tx.check_idempotency()?;
    fields.check(mexican_day(tx.now))?;
    let (cards, named) = named_counterparts::of_past(tx, &fields.counterparts)?;
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
    };
    match record(tx, &past)? {
        Recorded::New(id) => Ok(id),
        Recorded::Known(known) => Err(on_record(tx, &past, known)?.into()),
    }
}

/// The refusal of an agreement that is on record. It names the record to a caller who sees it, and
/// says the same to every other.
fn on_record(tx: &mut WriteTx<'_>, past: &PastAgreement, known: Option<Uuid>) -> Outcome<Refusal> {
    let existing = match known {
        Some(known) => Access::in_sight(tx.conn, tx.scope, &known.to_string())?,
        None => seen_twin(tx, past)?,
    };
    let refusal = Refusal::new(Problem::Duplicate).saying(
        "Ese gobierno ya tiene en el sistema un acuerdo de esa clase, con esa contraparte y de esa fecha.",
        "That government has an agreement of this kind, with this counterpart and of this date on record.",
    );
    Ok(refusal.existing(existing))
}

/// The same agreement among the cases of its government that the caller sees, looked for only among
/// those that look the same to the caller: by kind and by the date of signature that it knows.
fn seen_twin(tx: &mut WriteTx<'_>, past: &PastAgreement) -> Outcome<Option<ExistingRecord>> {
    let kind: &'static str = past.kind.into();
    let signed_on = past.signed_on.as_ref().map_or("", LegalDate::as_str);
    let alike: Vec<String> = agreement_access::table
        .filter(tenant_eq(
            agreement_access::viewer_tenant,
            tx.scope.tenant().as_str(),
        ))
        .filter(agreement_access::owner_tenant.eq(past.owner.as_str()))
        .filter(agreement_access::kind.eq(kind))
        .filter(agreement_access::signed_on.eq(signed_on))
        .order(agreement_access::agreement_id.desc())
        .limit(MOST_ALIKE)
        .select(agreement_access::agreement_id)
        .load(tx.conn)?;
    let mut found = None;
    for case in alike {
        tx.act_for(&past.owner, Opened::Shown(id(&case)?))?;
        let same: Option<String> = agreements::table
            .find((past.owner.as_str(), &case))
            .filter(agreements::fingerprint.eq(&past.fingerprint))
            .filter(agreements::retired_at.is_null())
            .select(agreements::id)
            .first(tx.conn)
            .optional()?;
        if same.is_some() {
            found = Access::in_sight(tx.conn, tx.scope, &case)?;
            break;
        }
    }
    let home = tx.scope.tenant().clone();
    tx.act_for(&home, Opened::Nothing)?;
    Ok(found)
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
        let seats: &[Seat] = match action {
            PastAction::RecordUnreviewed => &[Seat::Owner, Seat::Federal],
            PastAction::Report => &[Seat::Reporter],
        };
        return Err(tx.scope.not_seated(seats).into());
    }
    if government.is_none_or(|government| government.tier == Tier::Observer) {
        return governments::refuse_key(tx.conn, "/government_id", None);
    }
    Ok(())
}
