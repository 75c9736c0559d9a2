//! Who may add which documents to a case, and when.

use super::find;
use crate::conn::Conn;
use crate::failure::Outcome;
use crate::stores::agreements::{Case, WORKING};
use strum::VariantArray;
use uuid::Uuid;
use vinculo_auth::{Action, Scope};
use vinculo_domain::agreements::{PROCEDURE, Seat, Stage};
use vinculo_domain::documents::{DocumentFields, DocumentKind};
use vinculo_domain::problems::Problem;
use vinculo_domain::refusal::Admitted;
use vinculo_domain::wording;
use vinculo_domain::{FieldError, Refusal, Role};

/// Those who work on the case may add to it: on the owner's side whoever may write the draft,
/// otherwise whoever may take an action of the procedure there.
pub(in crate::stores) fn require_hand(scope: &Scope, seats: &[Seat]) -> Outcome<()> {
    let holds = |seat: &Seat| works(*seat, scope.roles(), |action| scope.permits(action));
    if seats.iter().any(holds) {
        return Ok(());
    }
    let would = |role: Role| {
        let permits = |action| scope.would_permit(role, action);
        seats.iter().any(|seat| works(*seat, &[role], permits))
    };
    Err(if Role::VARIANTS.iter().any(|role| would(*role)) {
        scope.forbidden_but_to(would).into()
    } else {
        scope.not_seated(&WORKING).into()
    })
}

/// Whether these roles work on a case in this seat.
fn works(seat: Seat, roles: &[Role], permits: impl Fn(Action) -> bool) -> bool {
    match seat {
        Seat::Owner | Seat::Agent | Seat::Party => permits(Action::Update),
        // The right to open cases of its own gives no part in the cases of others.
        Seat::StateReviewer | Seat::Federal | Seat::Reporter => PROCEDURE.iter().any(|rule| {
            rule.seat == seat
                && !rule.action.opens()
                && rule.is_for_roles(roles)
                && permits(Action::Case(rule.action))
        }),
    }
}

/// The owner's side may add while the case is open, a reviewer while it holds the case. To an
/// inscribed case the owner's side may add public versions, and the ministry the documents for
/// annotations.
pub(super) fn require_turn(case: &Case, stage: Stage, fields: &DocumentFields) -> Outcome<()> {
    let opens = case.is_full() && fields.public_version_of.is_some();
    let annotates =
        case.seats.contains(&Seat::Federal) && fields.kind == DocumentKind::AnnotationInstrument;
    if stage == Stage::Registered && (opens || annotates) {
        return Ok(());
    }
    let ended = matches!(
        stage,
        Stage::Registered | Stage::Withdrawn | Stage::OutOfScope
    );
    let reviewing = case.seats.contains(&stage.holder()) && stage.holder() != Seat::Owner;
    if ended || !(case.is_full() || reviewing) {
        return Err(Problem::WrongStage.into());
    }
    Ok(())
}

/// Each seat in the case may add documents of its own kinds.
pub(super) fn require_kind(case: &Case, kind: DocumentKind) -> Outcome<()> {
    if fits(case, kind) {
        return Ok(());
    }
    let kinds = DocumentKind::VARIANTS.iter();
    let kinds = Admitted::of(
        kinds
            .filter(|kind| fits(case, **kind))
            .map(<&'static str>::from),
    );
    let said = wording::documents::not_yours();
    let error = FieldError::new("/kind", "not_yours", said);
    Err(Refusal::from(error.admitting(kinds)).into())
}

fn fits(case: &Case, kind: DocumentKind) -> bool {
    match kind {
        DocumentKind::Opinion | DocumentKind::AnnotationInstrument => {
            case.seats.contains(&Seat::Federal)
        }
        DocumentKind::StateNote => case.seats.contains(&Seat::StateReviewer),
        DocumentKind::ReceivedLetter => case.is_on_behalf(),
        DocumentKind::Other => true,
        _ => case.is_full(),
    }
}

/// A public version must be of a document of the same case and kind, in its original form.
pub(super) fn require_original(
    conn: &mut Conn,
    case: &Case,
    kind: DocumentKind,
    original: Uuid,
) -> Outcome<()> {
    let word: &'static str = kind.into();
    let found = find(conn, &case.access.viewer_tenant, original)?.filter(|row| {
        row.agreement_id == case.access.agreement_id
            && row.kind == word
            && row.public_version_of.is_none()
    });
    if found.is_some() {
        return Ok(());
    }
    let said = wording::documents::original_of_case();
    let error = FieldError::new("/public_version_of", "unknown_key", said);
    Err(Refusal::from(error.admitting(case.papers())).into())
}
