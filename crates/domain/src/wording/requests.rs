//! What is wrong with a request itself: its body, parameters, headers and forms.

use super::{Said, Text};

texts! {
    read_only:
        "Este campo lo escribe el sistema: quítelo."
        / "The system writes this field: remove it.";
    read_only_changed:
        "Este campo lo escribe el sistema: quítelo o devuélvalo sin cambios."
        / "The system writes this field: remove it or send it back unchanged.";
    unknown_field:
        "Este campo no existe aquí."
        / "There is no such field here.";
    missing_field:
        "Falta este campo."
        / "This field is missing.";
    field_value:
        "El campo no admite este valor."
        / "The field does not take this value.";
    text:
        "Envíe un texto."
        / "Send a text.";
    boolean:
        "Envíe «true» o «false»."
        / "Send “true” or “false”.";
    list:
        "Envíe una lista."
        / "Send a list.";
    whole_number:
        "Envíe un número entero."
        / "Send a whole number.";
    object:
        "Envíe un objeto."
        / "Send an object.";
    id:
        "Envíe un identificador (UUID)."
        / "Send an id (a UUID).";
    date:
        "Envíe una fecha que exista, de los años 1800 a 2200: AAAA, AAAA-MM o AAAA-MM-DD."
        / "Send a date that exists, of the years 1800 to 2200: YYYY, YYYY-MM or YYYY-MM-DD.";
    other_type:
        "El valor no es del tipo que señala el documento OpenAPI."
        / "The value is not of the type that the OpenAPI document names.";
    true_or_false:
        "Escriba «true» o «false»."
        / "Write “true” or “false”.";
    day:
        "Escriba un día que exista: AAAA-MM-DD."
        / "Write a day that exists: YYYY-MM-DD.";
    instant:
        "Escriba un instante con su huso horario (RFC 3339), como 2026-11-21T18:00:00Z."
        / "Write an instant with its time zone (RFC 3339), such as 2026-11-21T18:00:00Z.";
    assignee:
        "Escriba «me», «none» o el identificador de una persona (UUID en minúsculas)."
        / "Write “me”, “none” or the id of a person (a UUID in lower case).";
    external_id:
        "Escriba el sistema y el identificador, separados por dos puntos, como «siga-jalisco:C-17»."
        / "Write the system and the id, separated by a colon, such as “siga-jalisco:C-17”.";
    government_key(example):
        "Escriba la clave de un gobierno, como {example}."
        / "Write the key of a government, such as {example}.";
    range(from, to):
        "El final no puede ser anterior al principio: escriba en «{to}» la misma fecha que en «{from}» o una posterior."
        / "The end cannot be before the beginning: write in “{to}” the same date as in “{from}”, or a later one.";
    lower_case_id:
        "Escriba un identificador (UUID en minúsculas)."
        / "Write an id (a UUID in lower case).";
    number_between(from, to):
        "Escriba un número entero de {from} a {to}."
        / "Write a whole number from {from} to {to}.";
    number_from(from):
        "Escriba un número entero desde {from}."
        / "Write a whole number from {from} up.";
    like(example):
        "Escríbalo con la forma de «{example}»."
        / "Write it in the form of “{example}”.";
    separated_at_most(most):
        "Separe los valores con comas, sin espacios; se admiten {most} como máximo."
        / "Separate the values with commas, without spaces; at most {most} are admitted.";
    separated:
        "Separe los valores con comas, sin espacios."
        / "Separate the values with commas, without spaces.";
    if_match:
        "Envíe en If-Match el ETag de su última lectura, entre comillas; «*» no se admite."
        / "Send in If-Match the ETag of your last read, in quotes; “*” is not admitted.";
    idempotency_key:
        "Envíe en Idempotency-Key de 1 a 255 caracteres ASCII visibles."
        / "Send in Idempotency-Key 1 to 255 visible ASCII characters.";
    json(place):
        "El JSON no es válido en {place}: cada clave una sola vez, 32 niveles como máximo, UTF-8."
        / "The JSON is not valid at {place}: each key once, at most 32 levels, UTF-8.";
    empty_body:
        "El cuerpo está vacío: envíe un objeto JSON."
        / "The body is empty: send a JSON object.";
    content_type:
        "Señale en Content-Type el tipo del cuerpo."
        / "Name the type of the body in Content-Type.";
    content_encoding:
        "Quite la cabecera Content-Encoding y envíe el cuerpo sin compresión."
        / "Remove the header Content-Encoding and send the body without compression.";
    no_catalog:
        "No hay un catálogo con este nombre."
        / "No catalogue has this name.";
    no_government:
        "No hay un gobierno con esta clave."
        / "No government has this key.";
    parameter_once:
        "Escriba el parámetro una sola vez."
        / "Write the parameter once.";
    value_too_long(most):
        "Acorte el valor: se admiten {most} caracteres como máximo."
        / "Shorten the value: at most {most} characters are admitted.";
    unknown_parameter:
        "Este parámetro no existe en esta operación."
        / "This operation has no such parameter.";
    no_parameters:
        "La operación no admite ningún parámetro."
        / "The operation takes no parameters.";
    no_letters:
        "Escriba al menos una letra o un número."
        / "Write at least one letter or digit.";
    parameter_value:
        "El parámetro no admite este valor."
        / "The parameter does not take this value.";
    unreadable_parameters(most):
        "Escriba los parámetros como nombre=valor, codificados para una dirección, y {most} como máximo."
        / "Write the parameters as name=value, encoded for an address, and at most {most} of them.";
    part_once:
        "Envíe esta parte del formulario una sola vez."
        / "Send this part of the form once.";
    part_missing:
        "Falta esta parte del formulario."
        / "This part of the form is missing.";
    part_value:
        "Esta parte del formulario no admite este valor."
        / "This part of the form does not take this value.";
    unknown_part:
        "El formulario no tiene esta parte."
        / "The form has no such part.";
    stopping:
        "El servicio está por detenerse: repita la solicitud en otro servidor."
        / "The service is about to stop: repeat the request at another server.";
}
