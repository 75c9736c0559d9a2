//! `record_unreviewed`: a past agreement enters as signed, with what is known of it and what is
//! doubtful, and the law's procedure is neither claimed nor denied.

use super::cases::Case;
use super::{access, draft, registration, sharing};
use crate::dialect::Opened;
use crate::failure::Outcome;
use crate::schema::{agreements, history};
use crate::stores::counterparts;
use crate::trail::HistoryLine;
use crate::tx::WriteTx;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::TenantId;
use vinculo_domain::agreements::{
    AgreementContent, AgreementKind, Compliance, Instrument, Party, PartyRole, Seat, Stage,
    Validity,
};
use vinculo_domain::counterparts::CounterpartFields;
use vinculo_domain::legal_date::LegalDate;

/// What is known of a past agreement.
pub(crate) struct PastAgreement {
    pub(crate) owner: TenantId,
    pub(crate) kind: AgreementKind,
    pub(crate) title: String,
    pub(crate) counterpart: CounterpartFields,
    pub(crate) signed_on: Option<LegalDate>,
    pub(crate) themes: Vec<String>,
    pub(crate) source: Option<String>,
    pub(crate) quality_flags: Vec<String>,
    pub(crate) fingerprint: String,
    pub(crate) batch: Uuid,
    pub(crate) validity: Option<Validity>,
    /// What the source says of the term, in its own words.
    pub(crate) validity_note: Option<String>,
    /// The number in an older registry: with it the agreement is inscribed already.
    pub(crate) legacy_number: Option<String>,
}

impl PastAgreement {
    /// Where it is documented, with what is said there of the term.
    fn documented(&self) -> Option<String> {
        let term = self
            .validity_note
            .as_ref()
            .map(|note| format!("vigencia: {note}"));
        let parts: Vec<String> = self.source.iter().cloned().chain(term).collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    }
}

/// What came of it.
pub(crate) enum Recorded {
    New(Uuid),
    Known(Uuid),
}

/// Records it for its government, unless it is on record already. Its owner and the foreign
/// ministry see it.
pub(crate) fn record_unreviewed(tx: &mut WriteTx<'_>, past: &PastAgreement) -> Outcome<Recorded> {
    tx.act_for(&past.owner, Opened::Whole)?;
    let known: Option<String> = agreements::table
        .filter(agreements::tenant_id.eq(past.owner.as_str()))
        .filter(agreements::fingerprint.eq(&past.fingerprint))
        .filter(agreements::retired_at.is_null())
        .select(agreements::id)
        .first(tx.conn)
        .optional()?;
    if let Some(known) = known {
        return Ok(Recorded::Known(crate::failure::id(&known)?));
    }
    let counterpart = counterparts::find_or_insert(tx, &past.owner, &past.counterpart)?;
    let kind: &'static str = past.kind.into();
    // A number in an older registry says that it is inscribed already.
    let legacy = past
        .legacy_number
        .as_deref()
        .filter(|_number| past.kind.is_registrable());
    let stage = if legacy.is_some() {
        Stage::Registered
    } else {
        Stage::Signed
    };
    let mut case = draft::open(tx, &past.owner, kind, stage, Compliance::Unknown)?;
    case.row.signed_on = past.signed_on.as_ref().map(|day| day.as_str().to_owned());
    case.row.source = past.documented();
    case.row.quality_flags = serde_json::to_string(&past.quality_flags)?;
    case.row.import_batch_id = Some(past.batch.to_string());
    case.row.fingerprint = Some(past.fingerprint.clone());
    diesel::insert_into(agreements::table)
        .values(case.row.clone())
        .execute(tx.conn)?;
    sharing::grant(tx, &case, &past.owner, Seat::Owner)?;
    sharing::grant(tx, &case, &TenantId::sre(), Seat::Federal)?;
    let content = content(past, counterpart);
    draft::insert_draft(tx, &case, &content)?;
    link(tx, &case, &content, counterpart)?;
    if let Some(number) = legacy {
        registration::inscribe_past(tx, &mut case, &content, number)?;
    }
    access::refresh_all(tx, &case, &content)?;
    let line = HistoryLine {
        shared: true,
        note: past.documented(),
        ..case.quiet_line("record_unreviewed")
    };
    case.note(tx, "record_unreviewed", Some(line))?;
    sharing::hand_over(tx, &case)?;
    Ok(Recorded::New(case.id))
}

fn content(past: &PastAgreement, counterpart: Uuid) -> AgreementContent {
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
        counterparts: vec![counterpart],
        objective: None,
        themes: past.themes.clone(),
        sdg_targets: Vec::new(),
        languages: Vec::new(),
        own_powers: Vec::new(),
        validity: past.validity.clone(),
        planned_signing_on: None,
        council_approval: None,
        external_ids: Vec::new(),
    }
}

fn link(
    tx: &mut WriteTx<'_>,
    case: &Case,
    content: &AgreementContent,
    counterpart: Uuid,
) -> Outcome<()> {
    use crate::schema::{agreement_counterparts as links, agreement_parties as parties};
    let link = (
        links::tenant_id.eq(&case.row.tenant_id),
        links::agreement_id.eq(&case.row.id),
        links::counterpart_tenant.eq(&case.row.tenant_id),
        links::counterpart_id.eq(counterpart.to_string()),
        links::position.eq(0),
    );
    diesel::insert_into(links::table)
        .values(link)
        .execute(tx.conn)?;
    for party in &content.parties {
        let role: &'static str = party.role.into();
        let row = (
            parties::tenant_id.eq(&case.row.tenant_id),
            parties::agreement_id.eq(&case.row.id),
            parties::government_id.eq(party.government_id.as_str()),
            parties::role.eq(role),
            parties::position.eq(0),
        );
        diesel::insert_into(parties::table)
            .values(row)
            .execute(tx.conn)?;
    }
    Ok(())
}

/// Takes a recorded agreement back, unless somebody has worked on it since; an inscription stays.
pub(crate) fn undo(tx: &mut WriteTx<'_>, owner: &TenantId, agreement: &str) -> Outcome<bool> {
    tx.act_for(owner, Opened::Whole)?;
    let row = agreements::table
        .find((owner.as_str(), agreement))
        .filter(agreements::retired_at.is_null())
        .select(super::cases::Row::as_select())
        .first(tx.conn)
        .optional()?;
    let touched: i64 = history::table
        .filter(history::tenant_id.eq(owner.as_str()))
        .filter(history::agreement_id.eq(agreement))
        .count()
        .get_result(tx.conn)?;
    let Some(row) = row.filter(|row| touched == 1 && row.inscription.is_none()) else {
        return Ok(false);
    };
    let mut case = draft::open(tx, owner, &row.kind, Stage::Signed, Compliance::Unknown)?;
    case.id = crate::failure::id(&row.id)?;
    case.row = row;
    case.step(tx, Stage::Signed)?;
    draft::retire(tx, &case)?;
    let line = case.quiet_line("undo_import");
    case.note(tx, "undo_import", Some(line))?;
    Ok(true)
}
