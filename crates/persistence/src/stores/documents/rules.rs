//! Who may add which documents to a case, and when.

use super::find;
use crate::conn::Conn;
use crate::failure::Outcome;
use crate::stores::agreements::Case;
use uuid::Uuid;
use vinculo_domain::Refusal;
use vinculo_domain::agreements::{Seat, Stage};
use vinculo_domain::documents::{DocumentFields, DocumentKind};
use vinculo_domain::problems::Problem;

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
    let fits = match kind {
        DocumentKind::Opinion | DocumentKind::AnnotationInstrument => {
            case.seats.contains(&Seat::Federal)
        }
        DocumentKind::StateNote => case.seats.contains(&Seat::StateReviewer),
        DocumentKind::ReceivedLetter => case.is_on_behalf(),
        DocumentKind::Other => true,
        _ => case.is_full(),
    };
    if fits {
        return Ok(());
    }
    let (es, en) = (
        "Su parte en el caso no agrega documentos de esta clase.",
        "Your part in the case adds no documents of this kind.",
    );
    Err(Refusal::field("/kind", "not_yours", es, en).into())
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
    let (es, en) = (
        "Nombre un documento original de este caso y de la misma clase.",
        "Name an original document of this case and of the same kind.",
    );
    Err(Refusal::field("/public_version_of", "unknown_key", es, en).into())
}
