//! The names of the steps, and why each is required.

use super::{Said, Text};

texts! {
    initiative:
        "Iniciativa"
        / "Initiative";
    initiative_why:
        "La ley define el acuerdo interinstitucional: por escrito y regido por el derecho internacional público, sea cual sea su denominación."
        / "The law defines an inter-institutional agreement: in writing and governed by public international law, whatever its name.";
    confirmation:
        "Confirmación de lo reportado"
        / "Confirmation of the report";
    confirmation_why:
        "Otro gobierno reportó el acuerdo: solo aquel a quien se atribuye puede decir si es suyo y qué está mal."
        / "Another government reported the agreement: only the one it is ascribed to can say whether it is its own and what is wrong.";
    counterpart:
        "Contraparte"
        / "Counterpart";
    counterpart_why:
        "La otra parte debe ser un órgano gubernamental extranjero o una organización internacional; no tiene que ser del mismo orden de gobierno."
        / "The other side must be a foreign government body or an international organisation; it need not be of the same level of government.";
    own_powers:
        "Atribuciones propias"
        / "Own powers";
    own_powers_why:
        "Nadie se obliga en el exterior en lo que no le corresponde: la materia queda dentro de las atribuciones propias."
        / "Nobody takes on abroad what is not its own: the subject stays within the own powers.";
    council_approval:
        "Acuerdo de cabildo"
        / "Council approval";
    council_approval_why:
        "El ayuntamiento aprueba; si el acuerdo rebasa su periodo, la ley estatal puede exigir dos tercios."
        / "The council approves; if the agreement outlives its term, state law may require two thirds.";
    parties_confirmation:
        "Confirmación de las partes"
        / "Confirmation by the parties";
    parties_confirmation_why:
        "Las demás partes mexicanas confirman lo escrito; si cambia el borrador, confirman otra vez."
        / "The other Mexican parties confirm what is written; if the draft changes, they confirm again.";
    texts:
        "Texto en sus idiomas auténticos"
        / "Text in its authentic languages";
    texts_why:
        "Se revisa el texto negociado, en español y en cada idioma auténtico."
        / "What is reviewed is the negotiated text, in Spanish and in each authentic language.";
    announcement:
        "Aviso a la Secretaría"
        / "Announcement to the ministry";
    announcement_why:
        "Quien pretende celebrar un acuerdo mantiene informada a la Secretaría de Relaciones Exteriores; el envío del texto también la informa."
        / "Whoever means to conclude an agreement keeps the foreign ministry informed; sending the text informs it too.";
    submission:
        "Envío a revisión"
        / "Submission";
    submission_why:
        "El dictamen se pide antes de la firma, sobre el texto negociado."
        / "The opinion is asked for before the signature, on the negotiated text.";
    state_review:
        "Revisión del estado"
        / "State review";
    state_review_why:
        "Por el mecanismo de colaboración, las iniciativas municipales pasan por su estado, que aconseja y remite."
        / "Under the collaboration mechanism, municipal initiatives pass through their state, which advises and forwards.";
    intake:
        "Recepción en la Secretaría"
        / "Intake at the ministry";
    intake_why:
        "La Secretaría de Relaciones Exteriores revisa que el expediente esté completo y le asigna número."
        / "The foreign ministry checks that the case is complete and gives it a number.";
    legal_review:
        "Revisión jurídica"
        / "Legal review";
    legal_review_why:
        "La Secretaría de Relaciones Exteriores dictamina si procede la firma; las observaciones se atienden ronda por ronda. La ley no fija plazo."
        / "The foreign ministry finds whether the signature is proper; observations are met round by round. The law sets no time.";
    opinion:
        "Dictamen"
        / "Opinion";
    opinion_why:
        "Sin dictamen de procedencia no se firma; uno desfavorable se atiende con otro texto."
        / "Nothing is signed without a favourable opinion; an unfavourable one is met with another text.";
    signature:
        "Firma"
        / "Signature";
    signature_why:
        "Suscriben las autoridades que la ley faculta, y suscriben el texto que se dictaminó."
        / "Those authorities sign whom the law empowers, and they sign the text that the opinion was given on.";
    signed_copies:
        "Envío del texto firmado"
        / "Signed text sent";
    signed_copies_why:
        "La Secretaría de Relaciones Exteriores inscribe lo firmado, por lo que necesita sus copias. La ley no fija plazo."
        / "The foreign ministry inscribes what was signed, so it needs its copies. The law sets no time.";
    registry:
        "Inscripción"
        / "Inscription";
    registry_why:
        "La Secretaría de Relaciones Exteriores inscribe el acuerdo en el Registro de Acuerdos Interinstitucionales."
        / "The foreign ministry inscribes the agreement in its registry.";
    after_inscription:
        "Después de la inscripción"
        / "After the inscription";
    after_inscription_why:
        "Lo inscrito es público y se mantiene al día; en la práctica le siguen su programa operativo y, al cambiar la administración, su entrega."
        / "What is inscribed is public and kept up to date; in practice its operating plan follows, and its handover when the administration changes.";
    closing:
        "Cierre"
        / "Closing";
    closing_why:
        "Se puede desistir mientras no se firme; lo que queda fuera del ámbito de la LCT sale del procedimiento con su fundamento; lo archivado por inactividad puede reanudarse."
        / "A case may be given up until it is signed; what is outside the scope of the LCT leaves the procedure with its ground; what was archived for inactivity may be resumed.";
}
