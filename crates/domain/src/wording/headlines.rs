//! One sentence for each stage: where a case stands and who must act.

use super::{Said, Text};

texts! {
    draft:
        "En borrador: corresponde al gobierno promovente completarlo y enviarlo."
        / "A draft: the lead government completes it and sends it.";
    state_review:
        "En revisión de la oficina designada del estado."
        / "Under review by the state's designated office.";
    returned:
        "Devuelto: corresponde al gobierno promovente contestar y volver a enviar."
        / "Returned: the lead government answers and sends it again.";
    federal_intake:
        "En recepción de la Secretaría de Relaciones Exteriores."
        / "At the foreign ministry's intake.";
    legal_review:
        "En revisión jurídica de la Secretaría de Relaciones Exteriores."
        / "Under legal review by the foreign ministry.";
    observed:
        "Con observaciones: corresponde al gobierno promovente atenderlas en un nuevo texto."
        / "Observed: the lead government meets the observations in a new text.";
    opinion_favorable:
        "Dictamen favorable: corresponde a las partes firmar ese texto."
        / "Favourable opinion: the parties sign that text.";
    opinion_unfavorable:
        "Dictamen desfavorable: corresponde al gobierno promovente presentar otro texto."
        / "Unfavourable opinion: the lead government presents another text.";
    signed:
        "Firmado: corresponde al gobierno promovente enviar las copias firmadas."
        / "Signed: the lead government sends the signed copies.";
    pending_registration:
        "En espera de inscripción en la Secretaría de Relaciones Exteriores."
        / "Waiting for its inscription at the foreign ministry.";
    registered:
        "Inscrito y público."
        / "Inscribed and public.";
    recorded_in_error:
        "Registro retirado: se había asentado por error."
        / "Record withdrawn: it had been recorded in error.";
    withdrawn:
        "Desistido: el procedimiento terminó."
        / "Given up: the procedure has ended.";
    out_of_scope:
        "Fuera del ámbito de la LCT; la Secretaría de Relaciones Exteriores puede reabrirlo."
        / "Outside the scope of the LCT; the foreign ministry may reopen it.";
    reported:
        "Reportado por otro gobierno: corresponde al gobierno promovente confirmarlo o señalar qué está mal."
        / "Reported by another government: the lead government confirms it or says what is wrong.";
    abandoned:
        "Archivado por inactividad: el gobierno promovente puede reanudarlo."
        / "Archived for inactivity: the lead government may resume it.";
}
