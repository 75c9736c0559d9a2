//! Records: the plain things that a government owns.

use super::{Said, Text};

texts! {
    visibility:
        "Este tipo de registro no puede mostrarse a tantos."
        / "A record of this kind cannot be shown to so many.";
    no_such_action:
        "Este tipo de registro no tiene esta actuación."
        / "A record of this kind has no such action.";
    not_open(status, actions):
        "En la situación «{status}» proceden estas actuaciones: {actions}."
        / "In the status “{status}” these actions are open: {actions}.";
    nothing_open(status):
        "En la situación «{status}» no procede ninguna actuación."
        / "In the status “{status}” no action is open.";
    not_with_action:
        "Este campo no se escribe con esta actuación."
        / "This field is not written with this action.";
    needed_by_action:
        "Complete este campo para la actuación: envíelo en «fields» o escríbalo antes en el registro."
        / "Complete this field for the action: send it in “fields” or write it into the record before.";
    closed(status):
        "El contenido ya no se cambia en la situación «{status}»."
        / "The content no longer changes in the status “{status}”.";
    written_by_action:
        "Este campo se escribe con una actuación: envíelo en «fields» de la que corresponda."
        / "This field is written with an action: send it in “fields” of the one that it belongs to.";
    row_id:
        "Escriba la clave del registro tal como la da la lista, o deje la celda vacía si el registro es nuevo."
        / "Write the id of the record as the list gives it, or leave the cell empty if the record is new.";
    row_version:
        "Escriba la versión como número entero, tal como la da la lista, o déjela vacía."
        / "Write the version as a whole number, as the list gives it, or leave it empty.";
    row_kind:
        "La fila es de otro tipo de registro: envíela con los de su tipo."
        / "The row is of another kind of record: send it with those of its kind.";
    no_rows:
        "El archivo no tiene filas debajo de los encabezados."
        / "The file has no rows below its headings.";
    heading:
        "Este encabezado no es un campo del registro: use los nombres de los campos, o quite la columna."
        / "This heading is no field of the record: use the names of the fields, or take the column out.";
    heading_twice:
        "Este encabezado está dos veces: deje una sola columna."
        / "This heading stands twice: leave one column.";
    open_quote(line):
        "Cierre las comillas que se abren en la línea {line}, o escríbalas dobles si son parte del texto."
        / "Close the quotation mark that is opened in line {line}, or double it if it is part of the text.";
    email:
        "Escriba una dirección de correo como nombre@dominio.mx."
        / "Write an e-mail address such as name@example.org.";
    url:
        "Escriba una dirección completa, que empiece con https:// o con http://."
        / "Write a whole address that begins with https:// or http://.";
    nobody_answers:
        "Señale a su propio estado o a la Secretaría de Relaciones Exteriores (00)."
        / "Name your own state or the foreign ministry (00).";
    asked_is_closed:
        "La representación está cerrada: dirija la solicitud a una que esté abierta."
        / "The mission is closed: ask one that is open.";
    two_sides:
        "Solo las dos partes consultan este registro: no se comparte con otros gobiernos."
        / "Only the two sides read this record: it is not shared with other governments.";
    stays(status):
        "En la situación «{status}» el registro ya no se elimina: también es de quien lo atendió."
        / "In the status “{status}” the record is no longer removed: it is also of whoever took it up.";
    person:
        "Señale a una persona de su propio gobierno."
        / "Name a person of your own government.";
    own_only:
        "Solo el gobierno de quien es el registro consulta sus versiones anteriores."
        / "Only the government that owns the record reads its earlier versions.";
    twin:
        "Su gobierno ya tiene un registro igual: use ese o cambie lo que lo repite."
        / "Your government already has such a record: use that one or change what repeats it.";
    named_elsewhere:
        "Otros registros señalan este: quítelo de ellos antes de eliminarlo."
        / "Other records name this one: take it out of them before you remove it.";
    before_first(first):
        "El registro existe desde {first}: pida un momento posterior."
        / "The record exists since {first}: ask for a later moment.";
}
