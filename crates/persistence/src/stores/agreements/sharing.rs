//! Grants decide who has access to a case. The access rows are derived from them, one for each
//! viewer, no newer than what that viewer may know.

use super::cases::Case;
use super::list::KIND;
use super::seating::{Seated, insert, level_of};
use super::submissions;
use crate::conn::Conn;
use crate::failure::{Outcome, known};
use crate::schema::{
    agreement_access as access, agreement_grants as grants, document_access, documents,
};
use crate::stores::{search, statistics};
use crate::tx::WriteTx;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use strum::VariantArray;
use vinculo_domain::TenantId;
use vinculo_domain::agreements::{Level, Seat, Stage, has_part};

/// Gives `viewer` a seat in the case, unless it has it. A viewer that had stopped following the
/// case follows it again.
pub(super) fn grant(
    tx: &mut WriteTx<'_>,
    case: &Case,
    viewer: &TenantId,
    seat: Seat,
) -> Outcome<()> {
    let (reason, level): (&'static str, &'static str) = (seat.into(), level_of(seat).into());
    let held = held(case, viewer, reason);
    let same = diesel::update(held.filter(grants::level.eq(level)))
        .set(grants::follows.eq(true))
        .execute(tx.conn)?;
    if same > 0 {
        return Ok(());
    }
    // A viewer that was only told of the case sees more of it now.
    diesel::update(held)
        .set((grants::until.eq(tx.stamp()), grants::acts.eq(false)))
        .execute(tx.conn)?;
    let seated = Seated {
        seat,
        level: level_of(seat),
        keeps: seat == Seat::Agent,
    };
    insert(tx, case, viewer, &seated)?;
    if level_of(seat) == Level::Full {
        show_all_documents(tx, case, viewer)?;
    }
    Ok(())
}

/// Tells `viewer` that the case exists, unless it knows already.
pub(super) fn tell(
    tx: &mut WriteTx<'_>,
    case: &Case,
    viewer: &TenantId,
    seat: Seat,
) -> Outcome<()> {
    let reason: &'static str = seat.into();
    let known: i64 = held(case, viewer, reason).count().get_result(tx.conn)?;
    if known == 0 {
        let seated = Seated {
            seat,
            level: Level::Summary,
            keeps: false,
        };
        insert(tx, case, viewer, &seated)?;
    }
    Ok(())
}

type Held<'a> = diesel::helper_types::Filter<
    diesel::helper_types::Filter<
        Current<'a>,
        diesel::helper_types::Eq<grants::viewer_tenant, &'a str>,
    >,
    diesel::helper_types::Eq<grants::reason, &'static str>,
>;

/// The grant that `viewer` has for this reason.
fn held<'a>(case: &'a Case, viewer: &'a TenantId, reason: &'static str) -> Held<'a> {
    current(case)
        .filter(grants::viewer_tenant.eq(viewer.as_str()))
        .filter(grants::reason.eq(reason))
}

pub(super) type Current<'a> = diesel::helper_types::Filter<
    diesel::helper_types::Filter<
        diesel::helper_types::Filter<
            grants::table,
            diesel::helper_types::Eq<grants::tenant_id, &'a String>,
        >,
        diesel::helper_types::Eq<grants::agreement_id, &'a String>,
    >,
    diesel::helper_types::IsNull<grants::until>,
>;

pub(super) fn current(case: &Case) -> Current<'_> {
    grants::table
        .filter(grants::tenant_id.eq(&case.row.tenant_id))
        .filter(grants::agreement_id.eq(&case.row.id))
        .filter(grants::until.is_null())
}

/// A new party reads what the owner's side has added to the case.
fn show_all_documents(tx: &mut WriteTx<'_>, case: &Case, viewer: &TenantId) -> Outcome<()> {
    let seen: Vec<String> = document_access::table
        .filter(document_access::viewer_tenant.eq(&case.row.tenant_id))
        .filter(document_access::agreement_id.eq(&case.row.id))
        .select(document_access::document_id)
        .load(tx.conn)?;
    show_documents(tx, case, viewer.as_str(), &seen)
}

/// Lets `viewer` read these documents of the case.
pub(crate) fn show_documents(
    tx: &mut WriteTx<'_>,
    case: &Case,
    viewer: &str,
    ids: &[String],
) -> Outcome<()> {
    for document in ids {
        if document_access::table
            .find((viewer, document))
            .select(document_access::document_id)
            .first::<String>(tx.conn)
            .optional()?
            .is_none()
        {
            let row = (
                document_access::viewer_tenant.eq(viewer),
                document_access::document_id.eq(document),
                document_access::owner_tenant.eq(&case.row.tenant_id),
                document_access::agreement_id.eq(&case.row.id),
            );
            diesel::insert_into(document_access::table)
                .values(row)
                .execute(tx.conn)?;
        }
    }
    Ok(())
}

/// Lets everybody on the owner's side read these documents.
pub(crate) fn show_to_owner_side(tx: &mut WriteTx<'_>, case: &Case, ids: &[String]) -> Outcome<()> {
    let side: Vec<String> = current(case)
        .filter(grants::level.eq("full"))
        .select(grants::viewer_tenant)
        .load(tx.conn)?;
    for viewer in side {
        show_documents(tx, case, &viewer, ids)?;
    }
    Ok(())
}

/// The documents of these kinds in the case that `viewer` reads.
pub(super) fn documents_seen(
    conn: &mut Conn,
    case: &Case,
    viewer: &str,
    kinds: &[&str],
) -> Outcome<Vec<String>> {
    Ok(document_access::table
        .inner_join(
            documents::table.on(documents::tenant_id
                .eq(document_access::owner_tenant)
                .and(documents::id.eq(document_access::document_id))),
        )
        .filter(document_access::viewer_tenant.eq(viewer))
        .filter(document_access::agreement_id.eq(&case.row.id))
        .filter(documents::kind.eq_any(kinds))
        .select(documents::id)
        .load(conn)?)
}

/// Ends a seat; a viewer without another one loses access to the case. The grant itself ends in the
/// last statement, because a caller that gives up its own seat needs it until then.
pub(super) fn revoke(
    tx: &mut WriteTx<'_>,
    case: &Case,
    viewer: &TenantId,
    seat: Seat,
) -> Outcome<()> {
    let reason: &'static str = seat.into();
    let left: Vec<String> = current(case)
        .filter(grants::viewer_tenant.eq(viewer.as_str()))
        .filter(grants::reason.ne(reason))
        .select(grants::level)
        .load(tx.conn)?;
    let full: &'static str = Level::Full.into();
    if left.is_empty() {
        hide(tx, case, viewer.as_str())?;
    } else if !left.iter().any(|level| level == full) {
        let sent = submissions::documents_sent_to(tx.conn, case, viewer.as_str())?;
        keep_documents(tx.conn, case, viewer.as_str(), &sent)?;
        super::access::lower(tx, case, viewer, seat)?;
    }
    let ended = current(case)
        .filter(grants::viewer_tenant.eq(viewer.as_str()))
        .filter(grants::reason.eq(reason));
    diesel::update(ended)
        .set((grants::until.eq(tx.stamp()), grants::acts.eq(false)))
        .execute(tx.conn)?;
    Ok(())
}

/// Ends a viewer's access to the case and its documents.
pub(super) fn hide(tx: &mut WriteTx<'_>, case: &Case, viewer: &str) -> Outcome<()> {
    diesel::delete(access::table.find((viewer, &case.row.id))).execute(tx.conn)?;
    statistics::end(tx.conn, &case.row.head(), viewer, tx.now.naive_utc())?;
    search::remove(tx.conn, viewer, KIND, &case.row.id)?;
    keep_documents(tx.conn, case, viewer, &[])
}

/// Ends a viewer's access to all documents of the case except these.
fn keep_documents(conn: &mut Conn, case: &Case, viewer: &str, kept: &[String]) -> Outcome<()> {
    let others = document_access::table
        .filter(document_access::viewer_tenant.eq(viewer))
        .filter(document_access::agreement_id.eq(&case.row.id))
        .filter(document_access::document_id.ne_all(kept));
    diesel::delete(others).execute(conn)?;
    Ok(())
}

/// Makes the holder of a seat stop following, so that it learns nothing of what comes after: a
/// reviewer that sent the case back, or the reporter of what its owner has confirmed.
pub(super) fn stop_following(tx: &mut WriteTx<'_>, case: &Case, seat: Seat) -> Outcome<()> {
    let reason: &'static str = seat.into();
    diesel::update(current(case).filter(grants::reason.eq(reason)))
        .set(grants::follows.eq(false))
        .execute(tx.conn)?;
    Ok(())
}

/// Limits who may act, among those who do not read the draft, to those with something to do in the
/// case's new stage. It is the last step of an action: a government that handed the case over
/// writes nothing more in it. A report that its government disputes is still its reporter's to
/// correct.
pub(super) fn hand_over(tx: &mut WriteTx<'_>, case: &Case) -> Outcome<()> {
    let stage: Stage = known(&case.row.stage)?;
    let acting: Vec<&'static str> = Seat::VARIANTS
        .iter()
        .filter(|seat| has_part(**seat, stage))
        .map(Into::into)
        .collect();
    let reported = (stage == Stage::Reported).into_sql::<Bool>();
    // One statement: after it, a caller that handed the case over may write nothing any more.
    diesel::update(current(case).filter(grants::level.eq("submitted")))
        .set((
            grants::acts.eq(grants::reason.eq_any(acting)),
            grants::keeps.eq(grants::keeps.and(reported)),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// Everybody with a seat in the case.
pub(super) fn viewers(conn: &mut Conn, case: &Case) -> Outcome<Vec<String>> {
    Ok(current(case)
        .select(grants::viewer_tenant)
        .distinct()
        .load(conn)?)
}
