//! The access rows: derived from the grants, one row for each viewer, no newer than what that
//! viewer may know.

mod mended;
mod row;
mod stamps;

use super::cases::{Access, Case};
use super::following::{Followed, Shown};
use super::sharing::current;
use super::{draft, submissions, turns, urgencies};
use crate::conn::Conn;
use crate::failure::{Outcome, id, known};
use crate::schema::agreement_grants as grants;
use crate::stores::counterparts;
use crate::tx::WriteTx;
use diesel::prelude::*;
use std::collections::BTreeMap;
use vinculo_domain::TenantId;
use vinculo_domain::agreements::{AgreementContent, Level, Seat};
use vinculo_domain::counterparts::CounterpartCard;

pub(super) use mended::{refresh_everybody, withdraw_everywhere};
use row::{Reader, write_row};
pub(crate) use stamps::touch;
use stamps::{stamp, stamps};

/// After an edit: those who read the draft see it at once; nobody else learns of it.
pub(crate) fn refresh_full(
    tx: &mut WriteTx<'_>,
    case: &Case,
    content: &AgreementContent,
) -> Outcome<()> {
    refresh_where(
        tx,
        case,
        content,
        Refresh::WHOLE,
        |_viewer, level, _follows| level == Level::Full,
    )
}

/// The same for a change outside the draft.
pub(crate) fn refresh_owner_side(tx: &mut WriteTx<'_>, case: &Case) -> Outcome<()> {
    let content = draft::read(tx.conn, &case.row.tenant_id, &case.row.id)?;
    refresh_full(tx, case, &content)
}

/// After something changed that the case shows of another record: the owner's side sees it, and what
/// is doubtful about the signature the ministry too, if it was sent the signature and follows the
/// case.
pub(super) fn refresh_following(
    tx: &mut WriteTx<'_>,
    case: &Case,
    changed: Followed,
) -> Outcome<()> {
    let content = draft::read(tx.conn, &case.row.tenant_id, &case.row.id)?;
    let ministry = TenantId::sre();
    let reads = changed.shown == Shown::WithSignature
        && submissions::signature_sent_to(tx.conn, ministry.as_str(), &case.row.id)?;
    let refresh = Refresh {
        counted: changed.counted,
        ..Refresh::WHOLE
    };
    refresh_where(tx, case, &content, refresh, |viewer, level, follows| {
        level == Level::Full || reads && follows && viewer == ministry.as_str()
    })
}

/// After a step of the procedure: everybody who follows the case sees it.
pub(super) fn refresh_all(
    tx: &mut WriteTx<'_>,
    case: &Case,
    content: &AgreementContent,
) -> Outcome<()> {
    refresh_where(
        tx,
        case,
        content,
        Refresh::WHOLE,
        |_viewer, level, follows| level == Level::Full || follows,
    )
}

/// After an announcement: those it told read it. A government that was told earlier, but not this
/// time, does not learn that there was another announcement.
pub(super) fn refresh_told(
    tx: &mut WriteTx<'_>,
    case: &Case,
    content: &AgreementContent,
    told: &[TenantId],
) -> Outcome<()> {
    refresh_where(
        tx,
        case,
        content,
        Refresh::WHOLE,
        |viewer, level, _follows| {
            level == Level::Summary && told.iter().any(|one| one.as_str() == viewer)
        },
    )
}

/// After an announced case is given up: everybody who was ever told learns of it.
pub(super) fn refresh_all_told(
    tx: &mut WriteTx<'_>,
    case: &Case,
    content: &AgreementContent,
) -> Outcome<()> {
    refresh_where(
        tx,
        case,
        content,
        Refresh::WHOLE,
        |_viewer, level, _follows| level == Level::Summary,
    )
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
        Refresh {
            ending: Some(ending),
            ..Refresh::WHOLE
        },
        |other, _level, _follows| other == viewer.as_str(),
    )
}

/// What is renewed with the access rows.
#[derive(Clone, Copy)]
struct Refresh {
    /// The seat that counts no longer.
    ending: Option<Seat>,
    /// Whether anything that figures count may have changed.
    counted: bool,
}

impl Refresh {
    const WHOLE: Self = Self {
        ending: None,
        counted: true,
    };
}

fn refresh_where(
    tx: &mut WriteTx<'_>,
    case: &Case,
    content: &AgreementContent,
    refresh: Refresh,
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
    let ending: Option<&'static str> = refresh.ending.map(Into::into);
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
            counted: refresh.counted,
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
