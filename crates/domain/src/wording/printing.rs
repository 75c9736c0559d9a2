//! What is said on printed documents, whatever they are.

use super::{Said, Text};

texts! {
    page(number, total):
        "Página {number} de {total}"
        / "Page {number} of {total}";
    unprintable:
        "Las letras de otras escrituras que no pueden imprimirse aquí aparecen como □; el texto completo está en la plataforma."
        / "Letters of other scripts that cannot be printed here appear as □; the whole text is on the platform.";
}
