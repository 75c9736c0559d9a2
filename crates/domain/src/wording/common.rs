//! Sentences that many places use.

use super::{Said, Text};

texts! {
    unknown_key:
        "Esta clave no está en el catálogo."
        / "The catalogue has no such key.";
    required_text:
        "Escriba un texto; no puede quedar vacío."
        / "Write a text; it cannot be empty.";
    no_name:
        "Escriba el nombre: estas palabras dicen que no hay ninguno o que no se conoce."
        / "Write the name: these words say that there is none or that it is not known.";
    text_too_long(max):
        "Acorte el texto: se admiten {max} caracteres como máximo."
        / "Shorten the text: at most {max} characters are admitted.";
    control_characters:
        "Quite los caracteres de control."
        / "Remove the control characters.";
    too_many(max):
        "Señale {max} elementos como máximo."
        / "Name at most {max} items.";
    not_there:
        "No existe o no tiene acceso."
        / "It does not exist, or you have no access to it.";
    repeated_government:
        "Señale cada gobierno una sola vez."
        / "Name each government once.";
    repeated_key:
        "Quite la clave repetida."
        / "Remove the repeated key.";
    repeated_external_id:
        "Quite el identificador repetido."
        / "Remove the repeated id.";
    external_id_taken:
        "Otro registro del mismo gobierno ya tiene este identificador: use otro o corrija aquel registro."
        / "Another record of the same government has this id: use another one or correct that record.";
    system_with_colon:
        "Quite los dos puntos del nombre del sistema: separan el sistema del identificador al buscar."
        / "Remove the colon from the name of the system: in a search it separates the system from the id.";
    end_before_start:
        "La fecha de término no puede ser anterior a la de inicio."
        / "The end date cannot be before the start date.";
    letterless:
        "Escriba un nombre que tenga letras."
        / "Write a name that has letters.";
    unreadable_letters:
        "El texto tiene letras ilegibles: escríbalo de nuevo, en UTF-8."
        / "The text has unreadable letters: write it again, in UTF-8.";
    misread(right):
        "El texto se dañó al cambiar de codificación; parece ser «{right}». Escríbalo de nuevo."
        / "The text was damaged when its encoding was changed; it seems to be “{right}”. Write it again.";
    date:
        "Escriba una fecha que exista, de los años 1800 a 2200: AAAA, AAAA-MM o AAAA-MM-DD."
        / "Write a date that exists, of the years 1800 to 2200: YYYY, YYYY-MM or YYYY-MM-DD.";
    day:
        "Escriba un día que exista, de los años 1800 a 2200: AAAA-MM-DD."
        / "Write a day that exists, of the years 1800 to 2200: YYYY-MM-DD.";
    whole_day:
        "Escriba el día completo: AAAA-MM-DD."
        / "Write the whole day: YYYY-MM-DD.";
    in_the_future:
        "La fecha no puede ser posterior al día de hoy en la Ciudad de México."
        / "The date cannot be later than today in Mexico City.";
    admitted(values):
        "Se admite: {values}."
        / "Admitted: {values}.";
    admitted_see(values, list):
        "Se admite: {values}; vea {list}."
        / "Admitted: {values}; see {list}.";
    admitted_among(values):
        "Se admite, entre otros: {values}."
        / "Admitted, among others: {values}.";
    whole_list(list):
        "La lista completa está en {list}."
        / "The whole list is at {list}.";
}
