//! Documents, their classification and the room they take.

use super::{Said, Text};

texts! {
    language_required:
        "Indique en qué idioma está el texto."
        / "Say which language the text is in.";
    public_version:
        "Lo que es versión de otro documento debe marcarse como versión pública."
        / "A version of another document must be marked as a public version.";
    not_yours:
        "En este expediente su gobierno no agrega documentos de este tipo."
        / "Your government adds no documents of this kind to this case.";
    original_of_case:
        "Señale un documento original de este expediente y del mismo tipo."
        / "Name an original document of this case and of the same kind.";
    ground_required:
        "Cite el fundamento de la clasificación."
        / "Cite the ground of the classification.";
    until_required:
        "Indique hasta qué día se reserva."
        / "Say until which day it is reserved.";
    no_end:
        "Solo lo reservado tiene plazo: quite el día."
        / "Only what is reserved has a term: remove the day.";
    until_whole_day:
        "Escriba el día completo, AAAA-MM-DD: la reserva dura hasta que termine ese día en la Ciudad de México."
        / "Write the whole day, YYYY-MM-DD: it is reserved to the end of that day in Mexico City.";
    until_past:
        "El plazo de reserva debe terminar después de hoy."
        / "The term must end after today.";
    until_too_late:
        "La ley permite reservar hasta cinco años."
        / "The law lets it be reserved for up to five years.";
    classified_by_sender:
        "La clasificación de un documento la decide el gobierno que lo agregó."
        / "The government that added a document decides on its classification.";
    quota(used, quota, size):
        "Su gobierno usa {used} de {quota} bytes y el archivo tiene {size}. Pida más espacio a quien administra esta instalación."
        / "Your government uses {used} of {quota} bytes and the file has {size}. Ask whoever runs this installation for more room.";
}
