//! What each column of a file holds.

use super::{Said, Text};

texts! {
    state:
        "La entidad federativa, por nombre, abreviatura o clave del INEGI."
        / "The state, by name, abbreviation or INEGI key.";
    municipality:
        "El municipio o la alcaldía; vacío si el acuerdo es del estado."
        / "The municipality or borough; empty if the agreement is the state's.";
    counterpart:
        "La contraparte en el exterior."
        / "The counterpart abroad.";
    country:
        "El país de la contraparte, por nombre o clave ISO."
        / "The counterpart's country, by name or ISO code.";
    kind:
        "El tipo de acuerdo."
        / "The kind of agreement.";
    signed_on:
        "La fecha de firma."
        / "The date of signature.";
    year:
        "El año de firma."
        / "The year of signature.";
    source:
        "La fuente en que consta el acuerdo."
        / "The source in which the agreement is documented.";
    title:
        "El título del acuerdo."
        / "The title of the agreement.";
    registry_number:
        "El número en un registro anterior."
        / "The number in an earlier registry.";
    level:
        "El orden de gobierno de la contraparte."
        / "The level of the counterpart's government.";
    theme:
        "El tema, o varios."
        / "The theme, or several.";
    validity:
        "La vigencia, en palabras."
        / "The term, in words.";
    another_agreement:
        "«Sí» si es otro acuerdo que uno parecido, por el que se preguntó."
        / "“Yes” if it is another agreement than a similar one that was asked about.";
}
