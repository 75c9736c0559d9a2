use super::{Heading, meaning};
use crate::imports::Column;
use crate::text::fold;

#[test]
fn every_word_is_folded() {
    for entry in &super::TABLE {
        for words in [entry.own, entry.beside] {
            assert_eq!(fold(words), words);
        }
    }
}

#[test]
fn headings_as_offices_write_them() {
    for (column, headings) in [
        (
            Column::State,
            &[
                "Entidad",
                "ESTADO",
                "Entidad Federativa",
                "Estado de la República",
                "CVE_ENT",
                "Edo.",
            ][..],
        ),
        (
            Column::Municipality,
            &[
                "Municipio",
                "Municipios",
                "Nombre del municipio",
                "Ayuntamiento",
                "Mpio.",
                "CVE_MUN",
                "Municipio o Alcaldía",
                "Municipio mexicano",
                "Ciudad / Municipio",
            ],
        ),
        (
            Column::Counterpart,
            &[
                "Contraparte",
                "Ciudad hermana",
                "Ciudad extranjera",
                "Nombre de la contraparte",
                "Sister City",
                "Gobierno extranjero",
                "Socio internacional",
                "Ciudades hermanas",
            ],
        ),
        (
            Column::Country,
            &[
                "País",
                "PAISES",
                "País de la contraparte",
                "Country",
                "País de origen",
            ],
        ),
        (
            Column::Kind,
            &[
                "Tipo",
                "Tipo de acuerdo",
                "Modalidad",
                "Tipo de instrumento jurídico",
            ],
        ),
        (
            Column::SignedOn,
            &[
                "Fecha",
                "Fecha de firma",
                "Fecha de suscripción",
                "Fecha de celebración del acuerdo",
                "Suscrito el",
                "Signed on",
                "Fecha del convenio",
            ],
        ),
        (
            Column::Year,
            &["Año", "AÑO DE FIRMA", "Year", "Año de suscripción"],
        ),
        (
            Column::RegistryNumber,
            &[
                "Registro",
                "No. de registro",
                "Número de inscripción",
                "Folio RAI",
                "Registro SRE",
            ],
        ),
        (
            Column::Level,
            &["Nivel", "Nivel de gobierno", "Orden de gobierno"],
        ),
        (
            Column::Theme,
            &["Temas", "Áreas de cooperación", "Tema principal"],
        ),
        (Column::Validity, &["Vigencia", "Duración del convenio"]),
        (Column::Source, &["Fuente", "Fuente de información"]),
        (
            Column::Title,
            &["Título", "Nombre del acuerdo", "Denominación"],
        ),
    ] {
        for heading in headings {
            assert_eq!(meaning(heading), Heading::Means(column), "{heading}");
        }
    }
}

#[test]
fn what_might_change_the_meaning_of_a_row_is_asked() {
    for (column, heading) in [
        (Column::Municipality, "Ciudad"),
        (Column::Municipality, "Localidad"),
        (Column::Municipality, "Gobierno promovente"),
        (Column::Municipality, "Nombre"),
        (Column::State, "Entidad o municipio"),
        (Column::Municipality, "Cabecera municipal"),
        (Column::SignedOn, "Fecha de inicio"),
        (Column::SignedOn, "Fecha 1"),
        (Column::RegistryNumber, "¿Registrado?"),
        (Column::RegistryNumber, "Inscrito en"),
    ] {
        match meaning(heading) {
            Heading::MayMean(columns) => assert!(columns.contains(&column), "{heading}"),
            other => panic!("{heading}: {other:?}"),
        }
    }
}

#[test]
fn the_rest_is_no_matter() {
    for heading in [
        "Folio",
        "No.",
        "Observaciones",
        "Fecha de captura",
        "Estatus",
        "Estado actual",
        "Población",
        "Correo",
        "Fecha de vencimiento",
        "Provincia extranjera",
        "",
        "#",
    ] {
        assert_eq!(meaning(heading), Heading::Other, "{heading}");
    }
}
