//! Mends past agreements that came on record with an error: one is corrected, or withdrawn as recorded
//! in error. Its owner does so while it is signed and not inscribed. Until its owner takes it up,
//! whoever recorded or reported it does so too: until then it is that government's own statement
//! (docs/adr/0024).

mod refusals;

use super::cases::Case;
use super::history::HistoryLine;
use super::likely::Wanted;
use super::list::KIND;
use super::recording::settle_counterparts;
use super::sharing::current;
use super::{access, draft, named_counterparts, opinions, past, sharing, submissions, turns};
use crate::failure::{Outcome, known};
use crate::schema::{agreement_grants as grants, agreements};
use crate::stores::external_ids;
use crate::stores::mechanisms::date;
use crate::tx::WriteTx;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use refusals::{require_correctable, require_mendable};
use uuid::Uuid;
use vinculo_domain::agreements::{
    AgreementContent, PastRecord, RecordCorrection, RecordWithdrawal, Seat, Stage,
};
use vinculo_domain::clock::mexican_day;
use vinculo_domain::counterparts::CounterpartCard;
use vinculo_domain::history::HistoryAction;
use vinculo_domain::problems::Problem;
use vinculo_domain::wording;
use vinculo_domain::{Refusal, Role, TenantId};

/// What the caller is to the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mender {
    /// Its owner.
    Owner,
    /// The government that recorded or reported it.
    Recorder,
}

/// Corrects what is on record of a past agreement; a correction that changes nothing makes no new
/// version. Refusals come in the order of every action: 404, 403, repeated, 412, 409, 422.
pub fn correct_past(
    tx: &mut WriteTx<'_>,
    agreement: Uuid,
    version: i32,
    by: &RecordCorrection,
) -> Outcome<()> {
    let mut case = Case::load(tx, agreement)?;
    let mender = mender(tx, &case)?;
    tx.check_idempotency()?;
    case.require_version(version)?;
    require_mendable(tx, &case, mender)?;
    require_correctable(&case)?;
    by.check(mexican_day(tx.now))?;
    let content = draft::read(tx.conn, &case.row.tenant_id, &case.row.id)?;
    let already = named_counterparts::of_case(tx, &case)?;
    let before = record_of(&case, &content, &already)?;
    let (cards, named) = match &by.counterparts {
        Some(wanted) => {
            let (cards, named) = named_counterparts::of_past(tx, wanted, &already)?;
            (Some(cards), named)
        }
        None => (None, Vec::new()),
    };
    let next = before.corrected(by, cards);
    let changes = before.changes(&next);
    if changes.is_empty() {
        case.note_unchanged(tx);
        return Ok(());
    }
    if next.compliance != before.compliance && opinions::newest(tx.conn, &case.row)?.is_some() {
        return Err(said_by_the_opinion().into());
    }
    if !by.another_agreement && !before.is_recognised_as(&next) {
        let day = next.signed_on.as_ref();
        past::refuse_alike(
            tx,
            &Wanted {
                owner: &case.owner,
                kind: next.kind,
                partners: past::partners(&next.counterparts),
                signed_on: day.map_or("", |day| day.as_str()),
                but: Some(case.id),
            },
        )?;
    }
    let stage = case.access.stage()?;
    case.step(tx, stage)?;
    let mut content = corrected(content, &next);
    if changes.iter().any(|change| change.field == "counterparts") {
        let settled = settle_counterparts(tx, &case, &named)?;
        named_counterparts::relink(tx, &case, &settled)?;
        content.counterparts = settled.iter().map(|(_tenant, id)| *id).collect();
    }
    let flags: Vec<_> = serde_json::from_str(&case.row.quality_flags)?;
    case.row.quality_flags = serde_json::to_string(&by.quality_flags(&flags, &next))?;
    if !before.is_recognised_as(&next) {
        case.row.fingerprint = Some(next.fingerprint(&case.owner));
    }
    keep_record(tx, &mut case, &next)?;
    draft::replace(tx, &case, &content)?;
    let readers = readers(tx, &case)?;
    if !readers.is_empty() {
        submissions::announce(tx, &case, &content, &readers, true)?;
    }
    access::refresh_everybody(tx, &case, &content)?;
    let line = HistoryLine {
        changes,
        ..line(&case, HistoryAction::CorrectRecord, &by.reason, mender)
    };
    case.note(tx, "correct_record", Some(line))?;
    if mender == Mender::Owner {
        sharing::hand_over(tx, &case)?;
    }
    Ok(())
}

/// Withdraws a past agreement as recorded in error. Whoever knew of it still reads it, outside of
/// lists and figures; its counterparts may be removed, and the agreement may be recorded again.
pub fn withdraw_past(
    tx: &mut WriteTx<'_>,
    agreement: Uuid,
    version: i32,
    request: &RecordWithdrawal,
) -> Outcome<()> {
    let mut case = Case::load(tx, agreement)?;
    let mender = mender(tx, &case)?;
    tx.check_idempotency()?;
    case.require_version(version)?;
    require_mendable(tx, &case, mender)?;
    request.check()?;
    let from = case.row.stage.clone();
    case.step(tx, Stage::Withdrawn)?;
    diesel::update(agreements::table.find((&case.row.tenant_id, &case.row.id)))
        .set(agreements::recorded_in_error.eq(true))
        .execute(tx.conn)?;
    case.row.recorded_in_error = true;
    turns::end(tx, &case)?;
    external_ids::replace(tx, &case.owner, KIND, &case.row.id, &[])?;
    access::withdraw_everywhere(tx, &case)?;
    let line = HistoryLine {
        from_stage: Some(from),
        ..line(
            &case,
            HistoryAction::WithdrawRecord,
            &request.reason,
            mender,
        )
    };
    case.note(tx, "withdraw_record", Some(line))?;
    sharing::hand_over(tx, &case)
}

/// What the caller is to the record; 403 for everybody else who sees it.
fn mender(tx: &WriteTx<'_>, case: &Case) -> Outcome<Mender> {
    let roles = tx.scope.roles();
    let mut seats = case.seats.iter();
    if seats.any(|seat| seat.stands_for() == Seat::Owner) && roles.contains(&Role::Officer) {
        return Ok(Mender::Owner);
    }
    let recorded = case.seats.contains(&Seat::Federal)
        && case.row.acting_tenant == tx.actor()
        && case.row.fingerprint.is_some();
    if (recorded || case.seats.contains(&Seat::Reporter)) && roles.contains(&Role::Liaison) {
        return Ok(Mender::Recorder);
    }
    Err(Problem::Forbidden.into())
}

fn said_by_the_opinion() -> Refusal {
    Refusal::field("/compliance", "read_only", wording::past::said_by_opinion())
}

/// The record as it stands.
fn record_of(
    case: &Case,
    content: &AgreementContent,
    named: &[(TenantId, CounterpartCard)],
) -> Outcome<PastRecord> {
    let row = &case.row;
    Ok(PastRecord {
        kind: content.kind,
        title: content.title.clone(),
        counterparts: named.iter().map(|(_tenant, card)| card.clone()).collect(),
        signed_on: row.signed_on.as_deref().map(date).transpose()?,
        place: row.signed_place.clone(),
        themes: content.themes.clone(),
        languages: content.languages.clone(),
        validity: content.validity.clone(),
        source: row.source.clone(),
        compliance: known(&row.compliance)?,
    })
}

/// The content of a corrected record, but for its counterparts.
fn corrected(content: AgreementContent, record: &PastRecord) -> AgreementContent {
    AgreementContent {
        kind: record.kind,
        title: record.title.clone(),
        themes: record.themes.clone(),
        languages: record.languages.clone(),
        validity: record.validity.clone(),
        ..content
    }
}

/// Writes the head of a corrected record. Its owner may have the same agreement on record already.
fn keep_record(tx: &mut WriteTx<'_>, case: &mut Case, record: &PastRecord) -> Outcome<()> {
    let (kind, compliance): (&'static str, &'static str) =
        (record.kind.into(), record.compliance.into());
    kind.clone_into(&mut case.row.kind);
    compliance.clone_into(&mut case.row.compliance);
    let day = record.signed_on.as_ref();
    case.row.signed_on = day.map(|day| day.as_str().to_owned());
    case.row.signed_place.clone_from(&record.place);
    case.row.source.clone_from(&record.source);
    let row = &case.row;
    let written = diesel::update(agreements::table.find((&row.tenant_id, &row.id)))
        .set((
            agreements::kind.eq(&row.kind),
            agreements::compliance.eq(&row.compliance),
            agreements::signed_on.eq(&row.signed_on),
            agreements::signed_place.eq(&row.signed_place),
            agreements::source.eq(&row.source),
            agreements::quality_flags.eq(&row.quality_flags),
            agreements::fingerprint.eq(&row.fingerprint),
        ))
        .execute(tx.conn);
    match written {
        Err(Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => {
            Err(past::on_record().into())
        }
        written => {
            written?;
            Ok(())
        }
    }
}

/// The governments that read what was recorded, and not the draft.
fn readers(tx: &mut WriteTx<'_>, case: &Case) -> Outcome<Vec<TenantId>> {
    let found: Vec<String> = current(case)
        .filter(grants::level.eq("submitted"))
        .select(grants::viewer_tenant)
        .distinct()
        .load(tx.conn)?;
    Ok(found.into_iter().map(TenantId::new).collect())
}

/// The line of history. Who recorded the agreement reads why its owner mended it.
fn line(case: &Case, action: HistoryAction, reason: &str, mender: Mender) -> HistoryLine {
    let recorder = TenantId::new(&case.row.acting_tenant);
    let told = mender == Mender::Owner && recorder != case.owner;
    HistoryLine {
        shared: true,
        note: Some(reason.to_owned()),
        note_for: Some(recorder).filter(|_recorder| told),
        ..case.quiet_line(action)
    }
}

/// Whether the caller may still write what it recorded.
fn keeps(tx: &mut WriteTx<'_>, case: &Case) -> Outcome<bool> {
    let kept = current(case)
        .filter(grants::viewer_tenant.eq(tx.actor()))
        .filter(grants::keeps.eq(true))
        .filter(grants::acts.eq(true));
    Ok(diesel::select(diesel::dsl::exists(kept)).get_result(tx.conn)?)
}
