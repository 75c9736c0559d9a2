//! Texts, signatures and what follows from them.

use super::{Said, Text};

texts! {
    one_text_per_language:
        "Envíe un solo texto por idioma."
        / "Send one text for each language.";
    spanish_text:
        "Incluya el texto auténtico en español."
        / "Include the authentic text in Spanish.";
    one_number_per_clause:
        "Use un número distinto para cada cláusula de un texto."
        / "Use a different number for each clause of a text.";
    text_file(kind):
        "Agregue antes el archivo como documento de tipo {kind}."
        / "Add the file first as a document of the kind {kind}.";
    signed_text_stage(stage):
        "El texto firmado se agrega en la etapa «{stage}»."
        / "The signed text is added in the stage “{stage}”.";
    difference_required:
        "Explique en qué difiere el texto firmado."
        / "Explain how the signed text differs.";
    difference_of_none:
        "Indicó que el texto firmado coincide: quite la diferencia, o indique que no coincide."
        / "You said that the signed text matches: remove the difference, or say that it does not match.";
    text_differs(place):
        "El texto firmado difiere del dictaminado: vea {place} y explique en qué difiere."
        / "The signed text differs from the one of the opinion: see {place} and explain how it differs.";
    signatory_required:
        "Señale al menos a una persona firmante."
        / "Name at least one signatory.";
    both_sides:
        "Señale a las personas firmantes de ambas partes."
        / "Name the signatories of both sides.";
    mexican_signatory:
        "Señale a la persona firmante de la parte mexicana."
        / "Name the signatory of the Mexican side.";
    counterpart_signatory:
        "Señale a la persona firmante de la contraparte."
        / "Name the signatory of the counterpart.";
    spanish_originals:
        "Indique cuántos originales hay en español."
        / "Say how many originals there are in Spanish.";
    each_language_once:
        "Señale cada idioma una sola vez, con el número de originales."
        / "Name each language once, with the number of originals.";
    count_of_originals:
        "Indique de 1 a 20 originales por idioma."
        / "Name from 1 to 20 originals for each language.";
    originals_in(language):
        "Indique cuántos originales hay en este idioma auténtico: {language}."
        / "Say how many originals there are in this authentic language: {language}.";
    signatory_for(party):
        "Señale a la persona firmante por {party}."
        / "Name the signatory for {party}.";
    not_on_that_side:
        "No es parte de este acuerdo por ese lado."
        / "It is no party of this agreement on that side.";
    authority_document(kind):
        "Agregue antes el documento de tipo {kind}."
        / "Add the document first, of the kind {kind}.";
    opinion_lapsed:
        "El dictamen había vencido ese día: pida uno nuevo sobre el texto."
        / "The opinion had lapsed that day: ask for a new one on the text.";
}
