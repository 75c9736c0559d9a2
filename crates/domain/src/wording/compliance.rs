//! What each light of a municipality means.

use super::{Said, Text};

texts! {
    red:
        "Rojo: algo se firmó sin dictamen, o no se sabe, y no está inscrito."
        / "Red: something was signed without an opinion, or nobody knows, and it is not inscribed.";
    yellow:
        "Amarillo: algo espera al municipio (devuelto, firmado sin enviar, reportado sin confirmar) o lleva más de 30 días sin movimiento."
        / "Yellow: something waits for the municipality (returned, signed and not sent, reported and unconfirmed), or has not moved for more than 30 days.";
    green:
        "Verde: hay acuerdos y están sin pendientes."
        / "Green: there are agreements, and nothing is pending.";
    no_light:
        "Sin luz: no consta ningún expediente al que tenga acceso ni ninguna inscripción."
        / "No light: there is no case that you have access to, and no inscription.";
}
