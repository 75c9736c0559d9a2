//! Recording past agreements. `record_unreviewed` enters one as signed, with what is known and what
//! is doubtful of it, and does not say whether it followed the law's procedure. `report` enters one
//! of another government, which has yet to confirm it.

use super::cases::Case;
use super::history::HistoryLine;
use super::recalling::in_the_way;
use super::{
    access, draft, named_counterparts, own_ids, registration, seating, sharing, submissions,
};
use crate::dialect::{Opened, insert_unless_there};
use crate::failure::Outcome;
use crate::schema::{agreement_parties as parties, agreements};
use crate::stores::counterparts;
use crate::tx::WriteTx;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::TenantId;
use vinculo_domain::agreements::{
    AgreementContent, AgreementKind, CaseAction, Compliance, Instrument, Party, PartyRole, Seat,
    Stage, Validity,
};
use vinculo_domain::counterparts::CounterpartFields;
use vinculo_domain::external_ids::ExternalId;
use vinculo_domain::imports::QualityFlag;
use vinculo_domain::legal_date::LegalDate;

/// What is known of a past agreement.
pub(crate) struct PastAgreement {
    pub(crate) owner: TenantId,
    pub(crate) action: CaseAction,
    pub(crate) compliance: Compliance,
    pub(crate) kind: AgreementKind,
    pub(crate) title: String,
    pub(crate) counterparts: Vec<Named>,
    pub(crate) signed_on: Option<LegalDate>,
    pub(crate) place: Option<String>,
    pub(crate) themes: Vec<String>,
    pub(crate) languages: Vec<String>,
    pub(crate) validity: Option<Validity>,
    pub(crate) source: Option<String>,
    pub(crate) quality_flags: Vec<QualityFlag>,
    pub(crate) fingerprint: String,
    pub(crate) batch: Option<Uuid>,
    /// Why it is recorded only now, for the history.
    pub(crate) note: Option<String>,
    /// The number in an older registry: with it the agreement counts as inscribed already.
    pub(crate) legacy_number: Option<String>,
    /// The recorder's own ids of it in other systems.
    pub(crate) external_ids: Vec<ExternalId>,
    /// Whether the recorder says that it is another agreement than one that it resembles.
    pub(crate) another: bool,
}

/// A counterpart of a past agreement.
pub(crate) enum Named {
    /// On record, and the recorder has access to it; its government and its id.
    Known(TenantId, Uuid),
    /// To be found among the existing records, or created.
    New(CounterpartFields),
}

impl Named {
    /// What is said of one that is not on record yet.
    pub(super) fn described(&self) -> Option<&CounterpartFields> {
        match self {
            Self::New(fields) => Some(fields),
            Self::Known(..) => None,
        }
    }
}

/// The result.
pub(crate) enum Recorded {
    New(Uuid),
    /// On record already; its id, if the recorder may know it.
    Known(Option<Uuid>),
    /// Not recorded: which of the recorder's ids another of its records has.
    Taken(usize),
}

/// Records an agreement for its government, unless it is on record already. A government that
/// records for another can read what it recorded, and find it by its own ids.
pub(crate) fn record(tx: &mut WriteTx<'_>, past: &PastAgreement) -> Outcome<Recorded> {
    let actor = tx.scope.tenant().clone();
    if let Some(place) = own_ids::taken(tx, &past.external_ids)? {
        return Ok(Recorded::Taken(place));
    }
    let mut case = head(tx, past)?;
    tx.act_for(&past.owner, Opened::Case(case.id))?;
    // The owner may have the same agreement on record, whoever recorded it.
    let opening = diesel::insert_into(agreements::table).values(case.row.clone());
    if insert_unless_there!(&mut *tx.conn, opening)? == 0 {
        tx.act_for(&actor, Opened::Nothing)?;
        return Ok(Recorded::Known(in_the_way(tx, past)?));
    }
    let for_another = past.owner != actor;
    if for_another {
        seating::seat_recorder(tx, &case, seat_of(past.action))?;
    }
    sharing::grant(tx, &case, &past.owner, Seat::Owner)?;
    let named = settle_counterparts(tx, &case, &past.counterparts)?;
    let content = content(past, !for_another, &named);
    draft::insert_draft(tx, &case, &content)?;
    link(tx, &case, &named)?;
    let inscribed = case.row.stage == <&'static str>::from(Stage::Registered);
    if let Some(number) = past.legacy_number.as_deref().filter(|_number| inscribed) {
        registration::inscribe_past(tx, &mut case, &content, number)?;
    }
    if for_another {
        submissions::announce(tx, &case, &content, std::slice::from_ref(&actor), true)?;
    }
    access::refresh_all(tx, &case, &content)?;
    let action = past.action;
    let line = HistoryLine {
        shared: true,
        note: past.note.clone(),
        on_behalf: false,
        ..case.quiet_line(action.into())
    };
    case.note(tx, action.into(), Some(line))?;
    if inscribed {
        sharing::hand_over(tx, &case)?;
    }
    tx.act_for(&actor, Opened::Nothing)?;
    own_ids::replace(tx, &case, &past.external_ids)?;
    Ok(Recorded::New(case.id))
}

/// The seat that another government gets in a case by recording it.
fn seat_of(action: CaseAction) -> Seat {
    if action == CaseAction::Report {
        Seat::Reporter
    } else {
        Seat::Federal
    }
}

fn head(tx: &WriteTx<'_>, past: &PastAgreement) -> Outcome<Case> {
    let stage = match past.action {
        CaseAction::Report => Stage::Reported,
        // A number in an older registry means that it is inscribed already.
        _ if past.legacy_number.is_some() && past.kind.is_registrable() => Stage::Registered,
        _ => Stage::Signed,
    };
    let mut case = draft::open(tx, &past.owner, past.kind.into(), stage, past.compliance)?;
    case.row.signed_on = past.signed_on.as_ref().map(|day| day.as_str().to_owned());
    case.row.signed_place.clone_from(&past.place);
    case.row.source.clone_from(&past.source);
    case.row.quality_flags = serde_json::to_string(&past.quality_flags)?;
    case.row.import_batch_id = past.batch.map(|batch| batch.to_string());
    case.row.fingerprint = Some(past.fingerprint.clone());
    Ok(case)
}

/// Each counterpart with the government that owns its record. The ministry creates new ones as
/// records of the agreement's owner; a state, which reads none of those, as its own.
pub(super) fn settle_counterparts(
    tx: &mut WriteTx<'_>,
    case: &Case,
    wanted: &[Named],
) -> Outcome<Vec<(TenantId, Uuid)>> {
    let actor = tx.scope.tenant().clone();
    let book = if tx.scope.is_sre() {
        case.owner.clone()
    } else {
        actor
    };
    if book != case.owner {
        tx.act_for(&book, Opened::Nothing)?;
    }
    let mut named: Vec<(TenantId, Uuid)> = Vec::new();
    for counterpart in wanted {
        let one = match counterpart {
            Named::Known(tenant, id) => (tenant.clone(), *id),
            Named::New(fields) => (
                book.clone(),
                counterparts::find_or_insert(tx, &book, fields)?,
            ),
        };
        if !named.contains(&one) {
            named.push(one);
        }
    }
    tx.act_for(&case.owner, Opened::Case(case.id))?;
    Ok(named)
}

fn content(
    past: &PastAgreement,
    mine: bool,
    counterparts: &[(TenantId, Uuid)],
) -> AgreementContent {
    AgreementContent {
        kind: past.kind,
        title: past.title.clone(),
        instrument: Instrument::Original,
        relates_to: None,
        parties: vec![Party {
            government_id: past.owner.clone(),
            role: PartyRole::Lead,
            body: None,
            body_id: None,
        }],
        counterparts: counterparts.iter().map(|(_tenant, id)| *id).collect(),
        objective: None,
        themes: past.themes.clone(),
        sdg_targets: Vec::new(),
        languages: past.languages.clone(),
        own_powers: Vec::new(),
        validity: past.validity.clone(),
        planned_signing_on: None,
        council_approval: None,
        // Those of another recorder are not the owner's.
        external_ids: if mine {
            past.external_ids.clone()
        } else {
            Vec::new()
        },
    }
}

fn link(tx: &mut WriteTx<'_>, case: &Case, named: &[(TenantId, Uuid)]) -> Outcome<()> {
    named_counterparts::link(tx, case, named)?;
    let lead: &'static str = PartyRole::Lead.into();
    let row = (
        parties::tenant_id.eq(&case.row.tenant_id),
        parties::agreement_id.eq(&case.row.id),
        parties::government_id.eq(&case.row.tenant_id),
        parties::role.eq(lead),
        parties::position.eq(0),
    );
    diesel::insert_into(parties::table)
        .values(row)
        .execute(tx.conn)?;
    Ok(())
}
