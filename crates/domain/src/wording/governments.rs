//! Governments, their bodies, administrations, mechanisms and calendars.

use super::{Said, Text};

texts! {
    key_of_state:
        "Use la clave de una entidad federativa."
        / "Use the key of a state.";
    key_of_municipality:
        "Use la clave de un municipio o una alcaldía."
        / "Use the key of a municipality or borough.";
    key_of_government:
        "Use la clave de un gobierno."
        / "Use the key of a government.";
    own_body:
        "El gobierno que registra a la autoridad debe figurar entre los de esta."
        / "The government that records the body must be among the body's governments.";
    one_government:
        "Solo un organismo intermunicipal puede ser de varios gobiernos."
        / "Only an intermunicipal body may belong to several governments.";
    end_before_successor:
        "Indique cuándo dejó de existir la autoridad antes de señalar a la que le sucede."
        / "Say when the body ended before you name its successor.";
    successor_of_body:
        "Señale otra autoridad del mismo gobierno que no la haya precedido."
        / "Name another body of the same government that did not come before this one.";
    overlap(starts_on):
        "Se empalma con la administración que inició en {starts_on}."
        / "It overlaps with the administration that began in {starts_on}.";
    same_term(ends_on):
        "Si otra persona completa el mismo periodo, indique el día en que entró y el mismo fin: {ends_on}."
        / "If another person completes the same term, give the day of taking over and the same end: {ends_on}.";
    end_it_first:
        "Si aquella terminó, registre antes su fin."
        / "If that one has ended, record its end first.";
    administration_fixed:
        "Una administración no cambia de gobierno: registre otra."
        / "An administration does not change its government: record another one.";
    mechanism_kinds:
        "Señale hermanamiento, cooperación específica o ambos."
        / "Name twinning, specific cooperation or both.";
    weekdays:
        "Señale al menos un día de la semana, y cada uno una sola vez."
        / "Name at least one day of the week, and each one once.";
    repeated_day:
        "Quite este día: ya está en la lista."
        / "Remove this day: it is on the list already.";
}
