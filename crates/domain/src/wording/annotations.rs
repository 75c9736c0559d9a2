//! Annotations of inscriptions.

use super::{Said, Text};

texts! {
    over:
        "La situación de la inscripción ya no admite esta anotación."
        / "The standing of the inscription no longer admits this annotation.";
    before_signature:
        "La fecha de efecto no puede ser anterior a la firma."
        / "The effective date cannot be before the signature.";
    amendment_required:
        "Indique qué cambió: el texto, la vigencia o ambos."
        / "Say what changed: the text, the validity or both.";
    not_later:
        "La nueva fecha de término debe ser posterior a la actual."
        / "The new end date must be later than the present one.";
    not_suspended:
        "El acuerdo no está suspendido: solo se reanuda lo que está suspendido."
        / "The agreement is not suspended: only what is suspended can be resumed.";
    imported_in_error:
        "Lo asienta el sistema al deshacer una importación; quítelo y cite el fundamento."
        / "The system writes it when an import is undone; remove it and cite the ground.";
    one_instrument:
        "Cite un solo instrumento: otra inscripción o un documento."
        / "Cite one instrument: another inscription or a document.";
    another_inscription:
        "El instrumento debe ser otra inscripción."
        / "The instrument must be another inscription.";
    ground:
        "Cite el fundamento."
        / "Cite the ground.";
    instrument_required(kind):
        "Cite el instrumento: otra inscripción o un documento de tipo {kind}."
        / "Cite the instrument: another inscription or a document of the kind {kind}.";
    leaving_party:
        "Señale una parte mexicana que no encabece el acuerdo; si termina para todas, omita el gobierno."
        / "Name a Mexican party other than the lead; if it ends for all, leave the government out.";
    superseded_by_itself:
        "Señale otra inscripción, la que sustituye a esta."
        / "Name another inscription, the one that takes the place of this one.";
    no_party:
        "Este gobierno no es parte del acuerdo."
        / "This government is not a party to the agreement.";
    successor:
        "Indique qué gobierno, que no sea ya parte, o qué órgano le sucede."
        / "Say which government, not yet a party, or which body succeeds it.";
    fixed_term:
        "Un plazo fijo lleva fecha de término, no anterior al inicio; uno indefinido no la lleva."
        / "A fixed term has an end date, not before the start; an indefinite one has none.";
    correction_required:
        "Indique qué se corrige."
        / "Say what is corrected.";
    each_field_once:
        "Corrija cada campo una sola vez."
        / "Correct each field once.";
    differs:
        "No es lo que hoy dice la forma consolidada: indique el valor que consta en ella."
        / "This is not what the consolidated form says today: give the value that stands there.";
    unchanged:
        "El valor nuevo es igual al anterior: indique otro o quite la corrección."
        / "The new value is the same as the old one: give another one or remove the correction.";
    keys_once:
        "Use claves del catálogo, sin repetirlas."
        / "Use keys of the catalogue, each once.";
    related_inscription:
        "Cite una inscripción que se relacione con esta."
        / "Cite an inscription that relates to this one.";
    no_inscription:
        "No hay inscripción con este número."
        / "No inscription has this number.";
    instrument_document(kind):
        "Agregue antes al expediente el documento, público y de tipo {kind}."
        / "Add the document to the case first, public and of the kind {kind}.";
    imported_in_error_ground:
        "Inscripción cancelada: importada por error."
        / "Inscription cancelled: imported in error.";
}
