//! Agreements that were signed before they were on record here.

use super::{Said, Text};

texts! {
    compliance:
        "Indíquelo solo de lo que registra; de lo que reporta lo indicará su gobierno."
        / "Say it only of what you record; of what you report, its government will say it.";
    compliance_required:
        "Indique si se firmó sin dictamen o si se desconoce."
        / "Say whether it was signed without an opinion, or whether that is unknown.";
    government_required:
        "Señale el gobierno del que es el acuerdo."
        / "Name the government whose agreement it is.";
    counterpart_required:
        "Señale al menos una contraparte."
        / "Name at least one counterpart.";
    one_of:
        "Envíe «id» o «fields», pero no ambos."
        / "Send “id” or “fields”, but not both.";
    correct_something:
        "Señale al menos un dato por corregir, como la fecha de firma o las contrapartes."
        / "Name at least one field to correct, such as the date of signature or the counterparts.";
    on_record:
        "Ese gobierno ya tiene en el sistema un acuerdo de ese tipo, con esa contraparte y de esa fecha."
        / "That government has an agreement of this kind, with this counterpart and of this date on record.";
    withdrawn:
        "El registro ya se retiró; si el acuerdo debe constar, regístrelo de nuevo."
        / "The record has been withdrawn; if the agreement belongs on record, record it again.";
    inscribed:
        "El acuerdo está inscrito: la Secretaría de Relaciones Exteriores lo corrige o cancela mediante anotación en el registro."
        / "The agreement is inscribed: the foreign ministry corrects or cancels it by an annotation in the registry.";
    no_past_agreement:
        "Así se corrige o retira solo lo registrado como acuerdo anterior; un borrador se edita, y de un expediente en trámite se desiste."
        / "Only what was recorded as a past agreement is corrected or withdrawn in this way; a draft is edited, and a case under way is given up.";
    taken_up:
        "El gobierno promovente ya se hizo cargo de este registro: pídale que lo corrija o lo retire."
        / "The lead government has taken this record up: ask it to correct or withdraw it.";
    unconfirmed:
        "Es un reporte por confirmar: confírmelo para corregirlo, o impúgnelo para que lo corrija quien lo reportó."
        / "It is a report yet to be confirmed: confirm it to correct it, or dispute it so that its reporter corrects it.";
    under_way:
        "El expediente está en trámite: el registro se corrige o retira cuando vuelva a la etapa de firmado; para ello, concluya el trámite o desista de él."
        / "The case is under way: the record is corrected or withdrawn once it is signed again; to that end, finish what is under way or give it up.";
    opined:
        "Hay un dictamen favorable sobre lo registrado: retire el registro y regístrelo de nuevo."
        / "There is a favourable opinion on what was recorded: withdraw the record and record it again.";
    said_by_opinion:
        "Hay un dictamen sobre este acuerdo que indica si cumplió: quite este dato."
        / "There is an opinion on this agreement that says whether it complied: remove this field.";
    perhaps_on_record:
        "Ya consta un acuerdo de ese gobierno, de ese tipo y con esa contraparte, cuya fecha puede ser la misma. Si es el mismo, corrija el que consta; si es otro, indíquelo expresamente."
        / "An agreement of that government, of this kind and with this counterpart is on record, and its date may be the same. If it is the same one, correct that record; if it is another, say so expressly.";
    another_agreement:
        "Indique con el valor «true» que se trata de un acuerdo distinto del que consta."
        / "Say with the value “true” that it is another agreement than the one on record.";
}
