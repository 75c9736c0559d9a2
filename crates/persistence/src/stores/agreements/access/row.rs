//! One access row, with what is found and counted by it.

use super::super::cases::{Access, Case};
use super::super::counted::Head;
use super::super::list::KIND;
use super::super::{lines, submissions, turns};
use crate::failure::Outcome;
use crate::schema::agreement_access as access;
use crate::stores::{search, statistics};
use crate::tx::WriteTx;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use vinculo_domain::TenantId;
use vinculo_domain::agreements::{AgreementContent, Compliance, Level};
use vinculo_domain::counterparts::CounterpartCard;
use vinculo_domain::urgencies::Priority;

/// Whose row is written, and how far that viewer may know of the case.
pub(super) struct Reader<'a> {
    pub(super) viewer: &'a str,
    pub(super) level: Level,
    pub(super) updated_at: NaiveDateTime,
    /// The last version whose steps the viewer may know of; 0 if that is the case's own.
    pub(super) known_version: i32,
    /// What it may know of the compliance with the law, if that is not what the case says.
    pub(super) compliance: Option<&'a str>,
    /// Whether anything that figures count may have changed.
    pub(super) counted: bool,
}

/// Writes the access row of a viewer anew, with its words and figures.
pub(super) fn write_row(
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
    } else if reader.counted {
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
