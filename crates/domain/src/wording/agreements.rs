//! The content of a case and what its stage allows.

use super::{Said, Text};

texts! {
    treaty:
        "Un gobierno local no celebra tratados (CPEUM 117-I): llámelo acuerdo."
        / "A local government concludes no treaties (CPEUM 117-I): call it an agreement.";
    relates_to:
        "Un instrumento original no se refiere a otro; los demás instrumentos sí."
        / "An original instrument refers to no other; the other instruments do.";
    repeated_counterpart:
        "Señale cada contraparte una sola vez."
        / "Name each counterpart once.";
    one_lead:
        "El gobierno promovente, y solo él, es la parte que encabeza el acuerdo."
        / "The lead government, and no other party, leads the agreement.";
    fixed_term:
        "Un plazo fijo lleva fecha de término; uno indefinido no la lleva."
        / "A fixed term has an end date; an indefinite one has none.";
    votes:
        "Los votos no pueden superar el número de integrantes del cabildo o del concejo."
        / "The votes cannot exceed the number of members of the council.";
    not_carried:
        "La votación no aprueba el acuerdo: los votos a favor deben superar a los votos en contra."
        / "The vote does not approve the agreement: the votes for must outnumber the votes against.";
    one_approval:
        "Envíe el acta con su votación o una aprobación sin votación, pero no ambas."
        / "Send the minutes with their vote, or an approval without one, but not both.";
    wrong_stage(action, stage):
        "La actuación «{action}» no procede en la etapa «{stage}»; vea en «available_transitions» las que proceden."
        / "The action “{action}” is not possible in the stage “{stage}”; see in “available_transitions” those that are.";
    only_drafts_removed:
        "Solo puede eliminarse un borrador que no se haya enviado y del que no se haya dado aviso; todo lo demás se conserva."
        / "Only a draft that was never sent or announced can be removed; everything else is kept.";
    body_ended:
        "La autoridad que suscribe ya no existe: señale a la que le sucede."
        / "The signing body does not exist today: name its successor.";
    body_of_another:
        "Esa autoridad no es de ese gobierno: señale una de las suyas."
        / "The body does not belong to that government: name one of its own.";
    no_colleague:
        "Señale a una persona de su gobierno cuya función le permita actuar en este expediente."
        / "Name a person of your government whose role may act on this case.";
    has_officer:
        "Este gobierno ya tiene personal que lleve sus expedientes: lo abre su propio personal."
        / "This government has its own staff for its cases: they open it.";
    no_mandate:
        "Por un municipio sin personal actúan la Secretaría de Relaciones Exteriores y, mientras un mecanismo vigente cubra ese tipo de acuerdo, su estado."
        / "For a municipality without staff the foreign ministry acts and, while a mechanism in force covers the kind of agreement, so does its state.";
    too_many_cases(most):
        "Lo muestran más de {most} expedientes, más de los que renueva un solo cambio: registre otro y señálelo en los expedientes nuevos."
        / "More than {most} cases show it, more than one change renews: record another one and name it in new cases.";
    planned_in_the_past:
        "La fecha prevista de firma no puede ser anterior a hoy."
        / "The planned date of signature cannot be before today.";
    waiting_for:
        "Solo quien tiene el expediente a su cargo indica a quién espera, y solo cuando eso cambia."
        / "Only the government that has the case in its hands says for whom it waits, and only when that changes.";
    target_stage:
        "Su gobierno no tiene expedientes a su cargo en esa etapa."
        / "Your government has no cases in its hands in that stage.";
    target_days:
        "Señale de 1 a 1000 días hábiles."
        / "Name from 1 to 1000 business days.";
    target_fixed:
        "La etapa de una meta no cambia; escriba otra meta."
        / "The stage of a target does not change; write another target.";
    adherent:
        "Solo se adhiere una parte que figure en el expediente como adherente."
        / "Only a party that the case names as an adherent may join.";
    own_document(kinds):
        "Agregue antes su propio documento de tipo {kinds}."
        / "Add your own document first, of the kind {kinds}.";
    case_minutes(kinds):
        "Agregue antes el acta como documento de tipo {kinds}."
        / "Add the minutes first as a document of the kind {kinds}.";
}
