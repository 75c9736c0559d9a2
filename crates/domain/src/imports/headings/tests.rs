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
                "Mun. o Alc.",
                "Munic.",
                "Mcpio.",
                "2. Municipio",
                "M u n i c i p i o",
                "Muni-\ncipio",
                "MunicipioNombre",
                "NomMun",
                "DelegaciÃ³n",
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
                "Contraparte (c)",
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
                "PAÍs",
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
                "fechaFirma",
                "FechaSuscripcion",
                "Celebrado",
                "Fec.",
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
                "Número de registro ante SRE",
            ],
        ),
        (
            Column::Level,
            &[
                "Nivel",
                "Nivel de la contraparte",
                "Orden de gobierno de la contraparte",
                "Nivel de gobierno extranjero",
                "Level of the partner's government",
            ],
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
        (Column::RegistryNumber, "Número SRE"),
        (Column::RegistryNumber, "Registro internacional"),
        (Column::RegistryNumber, "Registro DOF"),
        (Column::Municipality, "Contraparte mexicana"),
        (Column::Municipality, "Ciudad mexicana hermana"),
        (Column::Municipality, "Parte mexicana"),
        (Column::Municipality, "Actor mexicano"),
        (Column::Municipality, "Municipio actual"),
        (Column::Municipality, "Local government"),
        (Column::Municipality, "County"),
        (Column::Municipality, "Municpio"),
        (Column::Municipality, "municipioid"),
        (Column::Municipality, "Alc."),
        (Column::Municipality, "Municipio 2"),
        (Column::Year, "A?o"),
        (Column::Country, "Pa\u{FFFD}s"),
        (Column::Counterpart, "Contraparte 2"),
        (Column::Counterpart, "Segunda contraparte"),
        (Column::SignedOn, "Fecha.1"),
        (Column::SignedOn, "Fehca"),
        (Column::SignedOn, "Fecha de firma con la contraparte"),
        (Column::SignedOn, "Fecha hermanamiento internacional"),
        (Column::SignedOn, "Fecha de firma y vencimiento"),
        (Column::SignedOn, "Fecha de firma o publicación en el DOF"),
        (Column::SignedOn, "Última firma"),
        (Column::SignedOn, "Hermanados desde"),
        (Column::SignedOn, "Desde"),
        (Column::SignedOn, "Established"),
        (Column::SignedOn, "Inicio de vigencia"),
        (Column::SignedOn, "Cuándo"),
        (Column::SignedOn, "Periodo"),
        (Column::SignedOn, "Mes"),
        (Column::Kind, "Instrumento"),
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
        "Correo de la contraparte",
        "Orden de gobierno",
        "Nivel de gobierno",
        "Estatus del registro",
        "Tema 2",
        "",
        "#",
    ] {
        assert_eq!(meaning(heading), Heading::Other, "{heading}");
    }
    for heading in [
        "Institución firmante",
        "Dependencia",
        "Lugar",
        "Clave INEGI",
    ] {
        assert_eq!(meaning(heading), Heading::Unknown, "{heading}");
    }
}
