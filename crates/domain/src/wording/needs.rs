//! What to do about a need of the procedure that is not met.

use super::{Said, Text};

texts! {
    registrable_kind:
        "Solo un hermanamiento o un acuerdo de cooperación específica sigue el procedimiento."
        / "Only a twinning or an agreement of specific cooperation follows the procedure.";
    registrable_counterpart:
        "Señale un órgano gubernamental extranjero o una organización internacional (LCT 1 y 2)."
        / "Name a foreign government body or an international organisation (LCT 1 and 2).";
    counterparts:
        "Señale al menos una contraparte extranjera o internacional."
        / "Name at least one foreign or international counterpart.";
    parties_confirmed:
        "Falta la confirmación de otra parte mexicana."
        / "Another Mexican party has yet to confirm.";
    party_approvals:
        "Falta el acta de cabildo de otro municipio que suscribe."
        / "The council minutes of another municipality that signs are missing.";
    own_powers:
        "Señale las atribuciones propias en que se funda el acuerdo (LCT 2-II)."
        / "Name the own powers that the agreement rests on (LCT 2-II).";
    languages:
        "Señale los idiomas auténticos del acuerdo; el español es uno de ellos."
        / "Name the authentic languages of the agreement; Spanish is one of them.";
    text_set:
        "Agregue una versión de los textos con uno por cada idioma auténtico, entre ellos el español."
        / "Add a version of the texts with one in each authentic language, Spanish among them.";
    validity:
        "Señale la vigencia."
        / "Name the validity.";
    council_minutes:
        "Agregue el acta de cabildo con su votación."
        / "Add the council minutes with their vote.";
    new_text_set:
        "Agregue una nueva versión de los textos."
        / "Add a new version of the texts.";
    answers:
        "Conteste cada observación abierta."
        / "Answer every open remark.";
    signed_copies:
        "Agregue las copias firmadas."
        / "Add the signed copies.";
    themes:
        "Señale al menos un tema."
        / "Name at least one theme.";
    planned_signing:
        "Indique la fecha prevista de firma."
        / "Say on which date the signature is planned.";
    escalation_ground:
        "El estado aún tiene plazo, su mecanismo está vigente y no ha devuelto el expediente: espere su respuesta."
        / "The state still has time, its mechanism is in force, and it has not returned the case: wait for its answer.";
    reviewed_text:
        "Hay un texto posterior al dictaminado: envíelo a un nuevo dictamen."
        / "There is a text newer than the one opined on: send it for another opinion.";
    unreviewed:
        "Solo se regulariza lo que se firmó sin dictamen."
        / "Only what was signed without an opinion is regularised.";
    received_letter(kind):
        "Agregue el oficio en que se pide llevar el expediente, como documento de tipo {kind}."
        / "Add the letter that asks to carry the case, as a document of the kind {kind}.";
    texts_in(languages):
        "Agregue una versión de los textos: falta el texto auténtico en {languages}."
        / "Add a version of the texts: the authentic text in {languages} is missing.";
    of(need, names):
        "{need} ({names})."
        / "{need} ({names}).";
    possible_from(day):
        "procede desde el {day}"
        / "possible from {day}";
}
