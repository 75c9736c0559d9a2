//! One sentence for each stage.

use crate::agreements::Stage as S;

/// The state of a case in this stage and who must act, in Mexican Spanish and English.
pub(super) fn headline(stage: S) -> (&'static str, &'static str) {
    match stage {
        S::Draft => (
            "En borrador: toca al gobierno titular completarlo y enviarlo.",
            "A draft: the lead government completes it and sends it.",
        ),
        S::StateReview => (
            "En revisión de la oficina designada del estado.",
            "Under review by the state's designated office.",
        ),
        S::Returned => (
            "Devuelto: toca al gobierno titular contestar y volver a enviar.",
            "Returned: the lead government answers and sends it again.",
        ),
        S::FederalIntake => (
            "En recepción de la Secretaría de Relaciones Exteriores.",
            "At the foreign ministry's intake.",
        ),
        S::LegalReview => (
            "En revisión jurídica de la Secretaría.",
            "Under the ministry's legal review.",
        ),
        S::Observed => (
            "Con observaciones: toca al gobierno titular atenderlas en un nuevo texto.",
            "Observed: the lead government meets the observations in a new text.",
        ),
        S::OpinionFavorable => (
            "Dictamen favorable: toca a las partes firmar ese texto.",
            "Favourable opinion: the parties sign that text.",
        ),
        S::OpinionUnfavorable => (
            "Dictamen desfavorable: toca al gobierno titular presentar otro texto.",
            "Unfavourable opinion: the lead government presents another text.",
        ),
        S::Signed => (
            "Firmado: toca al gobierno titular enviar las copias firmadas.",
            "Signed: the lead government sends the signed copies.",
        ),
        S::PendingRegistration => (
            "En espera de inscripción en la Secretaría.",
            "Waiting for its inscription at the ministry.",
        ),
        S::Registered => ("Inscrito y público.", "Inscribed and public."),
        S::Withdrawn => (
            "Desistido: el procedimiento terminó.",
            "Given up: the procedure has ended.",
        ),
        S::OutOfScope => (
            "Fuera del ámbito de la ley; la Secretaría puede reabrirlo.",
            "Outside the law; the ministry may reopen it.",
        ),
        S::Reported => (
            "Reportado por otro gobierno: toca al gobierno titular confirmarlo o señalar qué está mal.",
            "Reported by another government: the lead confirms it or says what is wrong.",
        ),
        S::Abandoned => (
            "En reposo por falta de movimiento: el gobierno titular puede retomarlo.",
            "At rest for want of movement: the lead government may resume it.",
        ),
    }
}
