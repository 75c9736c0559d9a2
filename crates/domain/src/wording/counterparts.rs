//! Counterparts abroad.

use super::{Said, Text};

texts! {
    country_code:
        "Use una clave ISO 3166-1 de dos letras."
        / "Use a two-letter ISO 3166-1 code.";
    mexican_government:
        "Un gobierno mexicano no es contraparte extranjera: regístrelo como gobierno mexicano."
        / "A Mexican government is no foreign counterpart: record it as a Mexican government.";
    domestic_country:
        "El país de un gobierno mexicano es México (MX)."
        / "The country of a Mexican government is Mexico (MX).";
    in_use:
        "Algún acuerdo, suyo o de otro gobierno, señala esta contraparte: busque los suyos por el nombre de la contraparte en la lista de acuerdos y señale otra en ellos antes de eliminarla."
        / "An agreement, yours or another government's, names this counterpart: look for yours by its name in the list of agreements, and name another one in them before you remove it.";
    country_required:
        "Indique el país."
        / "Name the country.";
}
