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
    country_required:
        "Indique el país."
        / "Name the country.";
}
