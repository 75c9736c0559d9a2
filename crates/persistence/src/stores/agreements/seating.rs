//! A seat in a case, as a grant holds it.

use super::cases::Case;
use crate::failure::Outcome;
use crate::schema::agreement_grants as grants;
use crate::tx::WriteTx;
use diesel::prelude::*;
use uuid::Uuid;
use vinculo_domain::TenantId;
use vinculo_domain::agreements::{Level, Seat};

/// The legal basis for a seat's access to a case.
fn legal_basis(seat: Seat) -> &'static str {
    match seat {
        Seat::Owner => "own record",
        Seat::Party => "party to the agreement",
        Seat::StateReviewer => "collaboration mechanism",
        Seat::Federal => "LCT 7",
        Seat::Reporter => "reported it",
        Seat::Agent => "acts for a government without users",
    }
}

pub(super) fn level_of(seat: Seat) -> Level {
    if matches!(seat, Seat::Owner | Seat::Agent | Seat::Party) {
        Level::Full
    } else {
        Level::Submitted
    }
}

/// Gives a government that records a case for another its seat, the first one there. Until somebody
/// moves the case, the recorder may change what it recorded and take it back.
pub(super) fn seat_recorder(tx: &mut WriteTx<'_>, case: &Case, seat: Seat) -> Outcome<()> {
    let recorder = TenantId::new(tx.actor());
    let seated = Seated {
        seat,
        level: level_of(seat),
        keeps: true,
    };
    insert(tx, case, &recorder, &seated)
}

/// A seat, as a grant holds it.
pub(super) struct Seated {
    pub(super) seat: Seat,
    pub(super) level: Level,
    /// Whether its holder may write what is otherwise the owner's.
    pub(super) keeps: bool,
}

/// Writes the grant of a seat.
pub(super) fn insert(
    tx: &mut WriteTx<'_>,
    case: &Case,
    viewer: &TenantId,
    seated: &Seated,
) -> Outcome<()> {
    let Seated { seat, level, keeps } = *seated;
    let (reason, word): (&'static str, &'static str) = (seat.into(), level.into());
    let row = (
        grants::tenant_id.eq(&case.row.tenant_id),
        grants::id.eq(Uuid::now_v7().to_string()),
        grants::agreement_id.eq(&case.row.id),
        grants::viewer_tenant.eq(viewer.as_str()),
        grants::reason.eq(reason),
        grants::level.eq(word),
        // A government that was only told of the case can neither act on it nor follow it.
        grants::acts.eq(level != Level::Summary),
        grants::follows.eq(level != Level::Summary),
        grants::legal_basis.eq(legal_basis(seat)),
        grants::since.eq(tx.stamp()),
        grants::keeps.eq(keeps),
    );
    diesel::insert_into(grants::table)
        .values(row)
        .execute(tx.conn)?;
    Ok(())
}
