//! The access rows: derived from the grants, one row for each viewer, no newer than what that
//! viewer may know.

mod mended;
mod stamps;

use super::cases::{Access, Case};
use super::counted::Head;
use super::list::KIND;
use super::sharing::current;
use super::{draft, lines, submissions, turns, urgencies};
use crate::conn::Conn;
use crate::failure::{Outcome, id, known};
use crate::schema::{agreement_access as access, agreement_grants as grants};
use crate::stores::{counterparts, search, statistics};
use crate::tx::WriteTx;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::BTreeMap;
use vinculo_domain::TenantId;
use vinculo_domain::agreements::{AgreementContent, Compliance, Level, Seat};
use vinculo_domain::counterparts::CounterpartCard;
use vinculo_domain::urgencies::Priority;

pub(super) use mended::{refresh_everybody, withdraw_everywhere};
pub(crate) use stamps::touch;
use stamps::{stamp, stamps};

/// After an edit: those who read the draft see it at once; nobody else learns of it.
pub(crate) fn refresh_full(
    tx: &mut WriteTx<'_>,
    case: &Case,
    content: &AgreementContent,
) -> Outcome<()> {
    refresh_where(tx, case, content, None, |_viewer, level, _follows| {
        level == Level::Full
    })
}

/// The same for a change outside the draft.
pub(crate) fn refresh_owner_side(tx: &mut WriteTx<'_>, case: &Case) -> Outcome<()> {
    let content = draft::read(tx.conn, &case.row.tenant_id, &case.row.id)?;
    refresh_full(tx, case, &content)
}

/// After what is doubtful about the signature changed: the owner's side sees it, and the ministry if
/// it was sent the signature and follows the case.
pub(super) fn refresh_signed(tx: &mut WriteTx<'_>, case: &Case) -> Outcome<()> {
    let content = draft::read(tx.conn, &case.row.tenant_id, &case.row.id)?;
    let ministry = TenantId::sre();
    let reads = submissions::signature_sent_to(tx.conn, ministry.as_str(), &case.row.id)?;
    refresh_where(tx, case, &content, None, |viewer, level, follows| {
        level == Level::Full || reads && follows && viewer == ministry.as_str()
    })
}

/// After a step of the procedure: everybody who follows the case sees it.
pub(super) fn refresh_all(
    tx: &mut WriteTx<'_>,
    case: &Case,
    content: &AgreementContent,
) -> Outcome<()> {
    refresh_where(tx, case, content, None, |_viewer, level, follows| {
        level == Level::Full || follows
    })
}

/// After an announcement: those it told read it. A government that was told earlier, but not this
/// time, does not learn that there was another announcement.
pub(super) fn refresh_told(
    tx: &mut WriteTx<'_>,
    case: &Case,
    content: &AgreementContent,
    told: &[TenantId],
) -> Outcome<()> {
    refresh_where(tx, case, content, None, |viewer, level, _follows| {
        level == Level::Summary && told.iter().any(|one| one.as_str() == viewer)
    })
}

/// After an announced case is given up: everybody who was ever told learns of it.
pub(super) fn refresh_all_told(
    tx: &mut WriteTx<'_>,
    case: &Case,
    content: &AgreementContent,
) -> Outcome<()> {
    refresh_where(tx, case, content, None, |_viewer, level, _follows| {
        level == Level::Summary
    })
}

/// Before one of a viewer's several seats ends: lowers the viewer to what its other seats read.
pub(super) fn lower(
    tx: &mut WriteTx<'_>,
    case: &Case,
    viewer: &TenantId,
    ending: Seat,
) -> Outcome<()> {
    let content = draft::read(tx.conn, &case.row.tenant_id, &case.row.id)?;
    refresh_where(
        tx,
        case,
        &content,
        Some(ending),
        |other, _level, _follows| other == viewer.as_str(),
    )
}

fn refresh_where(
    tx: &mut WriteTx<'_>,
    case: &Case,
    content: &AgreementContent,
    ending: Option<Seat>,
    wanted: impl Fn(&str, Level, bool) -> bool,
) -> Outcome<()> {
    let rows: Vec<(String, String, bool, String)> = current(case)
        .select((
            grants::viewer_tenant,
            grants::level,
            grants::follows,
            grants::reason,
        ))
        .load(tx.conn)?;
    let ending: Option<&'static str> = ending.map(Into::into);
    let rows = rows.into_iter();
    let standing = rows.filter(|(.., reason)| Some(reason.as_str()) != ending);
    let mut viewers: BTreeMap<String, (Level, bool)> = BTreeMap::new();
    for (viewer, level, follows, _reason) in standing {
        let level: Level = known(&level)?;
        let entry = viewers.entry(viewer).or_insert((level, follows));
        *entry = (entry.0.max(level), entry.1 || follows);
    }
    let own = counterparts::cards_of_case(tx.conn, &case.row.tenant_id, &case.row.id)?;
    let stamped = stamps(tx, case, viewers.keys())?;
    let clock = (turns::keep(tx, case)?, urgencies::priority(tx.conn, case)?);
    for (viewer, (level, _follows)) in viewers
        .into_iter()
        .filter(|(viewer, (level, follows))| wanted(viewer, *level, *follows))
    {
        let sent = if level == Level::Full {
            None
        } else {
            submissions::newest_for(tx.conn, &viewer, case.id)?
        };
        let at = stamp(case, stamped.get(&viewer).copied());
        let reader = Reader {
            viewer: &viewer,
            level,
            updated_at: at,
            known_version: 0,
            compliance: None,
        };
        match sent {
            Some(sent) => {
                write_row(tx, case, &reader, &clock, &sent.content, &sent.counterparts)?;
            }
            None => write_row(tx, case, &reader, &clock, content, &own)?,
        }
    }
    Ok(())
}

/// The content from which the access row of a viewer is made.
pub(crate) fn content_shown(
    conn: &mut Conn,
    access: &Access,
) -> Outcome<(AgreementContent, Vec<CounterpartCard>)> {
    let (owner, agreement) = (&access.owner_tenant, &access.agreement_id);
    if access.level()? != Level::Full
        && let Some(sent) = submissions::newest_for(conn, &access.viewer_tenant, id(agreement)?)?
    {
        return Ok((sent.content, sent.counterparts));
    }
    let content = draft::read(conn, owner, agreement)?;
    Ok((
        content,
        counterparts::cards_of_case(conn, owner, agreement)?,
    ))
}

/// Whose row is written, and how far that viewer may know of the case.
struct Reader<'a> {
    viewer: &'a str,
    level: Level,
    updated_at: NaiveDateTime,
    /// The last version whose steps the viewer may know of; 0 if that is the case's own.
    known_version: i32,
    /// What it may know of the compliance with the law, if that is not what the case says.
    compliance: Option<&'a str>,
}

fn write_row(
    tx: &mut WriteTx<'_>,
    case: &Case,
    reader: &Reader<'_>,
    (turn, priority): &(Option<turns::Row>, Priority),
    content: &AgreementContent,
    counterparts: &[CounterpartCard],
) -> Outcome<()> {
    let (viewer, level) = (reader.viewer, reader.level);
    let reads_all = level == Level::Full;
    // The signature is the owner's until it is sent; that of a past agreement was never secret.
    let reads_signature = reads_all
        || case.row.import_batch_id.is_some()
        || submissions::signature_sent_to(tx.conn, viewer, &case.row.id)?;
    let signed_on = case.row.signed_on.clone().filter(|_day| reads_signature);
    let shown = turns::shown(tx.conn, case, turn.as_ref(), reads_all)?;
    // Announcing or giving up tells neither an opinion nor an urgency.
    let told = level == Level::Summary;
    let compliance: &'static str = Compliance::InProcess.into();
    let compliance = if told {
        compliance
    } else {
        reader.compliance.unwrap_or(&case.row.compliance)
    };
    let priority = if told { Priority::Normal } else { *priority };
    let head = Head {
        compliance,
        ..case.row.head()
    };
    let seen = statistics::Seen {
        level,
        content,
        counterparts,
        signed_on: signed_on.as_deref(),
        turn: statistics::SeenTurn {
            waiting_for: &shown.waiting_for,
            holder: &shown.holder_tenant,
            target_days: shown.target_days,
        },
    };
    let at = tx.now.naive_utc();
    if case.row.recorded_in_error {
        statistics::end(tx.conn, &head, viewer, at)?;
    } else {
        statistics::record(tx.conn, &head, viewer, &seen, at)?;
    }
    let reads_file_number = reads_all || viewer == TenantId::sre().as_str();
    let parties = lines::parties_shown(content, level)?;
    let (level, kind): (&'static str, &'static str) = (level.into(), content.kind.into());
    let names: Vec<&str> = counterparts.iter().map(|card| card.name.as_str()).collect();
    let mut texts = vec![content.title.as_str()];
    texts.extend(&names);
    // A viewer that may not read the number must not find the case by it either.
    let number = case.row.file_number.as_deref();
    texts.extend(number.filter(|_number| reads_file_number));
    search::replace(tx.conn, viewer, KIND, &case.row.id, &texts)?;
    let priority: &'static str = priority.into();
    let row = Access {
        agreement_id: case.row.id.clone(),
        owner_tenant: case.row.tenant_id.clone(),
        level: level.to_owned(),
        version: case.row.version,
        stage: case.row.stage.clone(),
        kind: kind.to_owned(),
        compliance: compliance.to_owned(),
        country: counterparts
            .first()
            .and_then(|card| card.country.clone())
            .unwrap_or_default(),
        counterpart: names.iter().take(3).copied().collect::<Vec<_>>().join("; "),
        title: content.title.clone(),
        signed_on: signed_on.unwrap_or_default(),
        updated_at: reader.updated_at,
        viewer_tenant: viewer.to_owned(),
        waiting_for: shown.waiting_for,
        holder_tenant: shown.holder_tenant,
        held_since: shown.held_since,
        due_on: shown.due_on,
        priority: priority.to_owned(),
        themes: serde_json::to_string(&content.themes)?,
        parties,
        ends_on: lines::end_shown(content, told),
        changed_at: case.row.updated_at,
        recorded_in_error: case.row.recorded_in_error,
        known_version: reader.known_version,
    };
    diesel::delete(access::table.find((&row.viewer_tenant, &row.agreement_id))).execute(tx.conn)?;
    diesel::insert_into(access::table)
        .values(row)
        .execute(tx.conn)?;
    Ok(())
}
