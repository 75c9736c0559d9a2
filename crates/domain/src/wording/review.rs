//! What intake and review ask of those who do them.

use super::{Said, Text};

texts! {
    each_item_once:
        "Señale cada punto una sola vez: revisado o no aplicable."
        / "Name each item once: looked at, or not applicable.";
    open_items(items):
        "Falta revisar: {items}. Si un punto no se cumple, devuelva el expediente; si no aplica, señálelo con su razón."
        / "Still to be looked at: {items}. If an item fails, return the case; if it does not apply, say so with the reason.";
    absent_items(items):
        "Señale como no aplicable, con su razón: {items}."
        / "Name as not applicable, with the reason: {items}.";
    exempt(item, reason):
        "No aplica «{item}»: {reason}"
        / "Not applicable “{item}”: {reason}";
    no_council_vote:
        "El expediente no incluye la votación de ningún cabildo."
        / "The case contains no council's vote.";
    only_in_spanish:
        "El acuerdo solo consta en español."
        / "The agreement exists in Spanish only.";
    name_as_exempt:
        "Señale el punto como no aplicable, con su razón."
        / "Name the item as not applicable, with the reason.";
    item_applies:
        "El expediente tiene este punto: revíselo."
        / "The case has this item: look at it.";
    item_parties:
        "Partes"
        / "Parties";
    item_own_powers:
        "Atribuciones propias"
        / "Own powers";
    item_spanish_text:
        "Texto en español"
        / "Spanish text";
    item_other_languages:
        "Textos en otros idiomas"
        / "Texts in other languages";
    item_council_minutes:
        "Acta de cabildo o de concejo"
        / "Minutes of a council";
    remark_required:
        "Escriba al menos una observación."
        / "Write at least one remark.";
    each_remark_once:
        "Conteste cada observación una sola vez."
        / "Answer each remark once.";
    no_open_remark:
        "No es una observación abierta de este expediente."
        / "It is no open remark of this case.";
    opinion_before_issue:
        "El dictamen no puede vencer antes de su emisión."
        / "The opinion cannot lapse before it is issued.";
    opinion_document(kind):
        "Agregue antes el dictamen como documento de tipo {kind}."
        / "Add the opinion first as a document of the kind {kind}.";
    sent_version:
        "Señale una versión de los textos que le fue enviada."
        / "Point to a version of the texts that you were sent.";
    language_of_version:
        "Señale un idioma en que haya texto en esa versión."
        / "Point to a language in which that version has a text.";
    clause_of_text:
        "Señale una cláusula de ese texto por número o título, o una clave del catálogo de cláusulas."
        / "Point to a clause of that text by number or heading, or to a key of the catalogue of clauses.";
    no_version:
        "No existe esa versión de los textos o no tiene acceso."
        / "That version of the texts does not exist, or you have no access to it.";
}
