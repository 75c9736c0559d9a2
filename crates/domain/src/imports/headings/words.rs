//! The words that make headings.

use crate::imports::Column;

/// The words of a column, separated by spaces: those that name it, and those that may stand beside
/// them.
pub(super) struct Words {
    pub(super) column: Column,
    pub(super) own: &'static str,
    pub(super) beside: &'static str,
}

/// Words that say nothing by themselves.
pub(super) const FILLERS: &str =
    "a al con de del e el en for in la las lo los o of or para por que se the u y";

/// Words of the other side; a heading with one of them is not about the Mexican side.
pub(super) const FOREIGN: &str = "abroad contraparte counterpart exterior extranjera extranjero foreign \
            hermana hermanada hermano internacional partner sister socia socio twin";

pub(super) const TABLE: [Words; 13] = [
    Words {
        column: Column::State,
        own: "entidad estado edo state ent",
        beside: "federativa nombre name clave cve codigo inegi mexicana mexicano mexican nom \
            nomgeo republica nacional",
    },
    Words {
        column: Column::Municipality,
        own: "municipio municipality mpio mun ayuntamiento alcaldia borough delegacion \
            demarcacion",
        beside: "nombre name clave cve codigo inegi mexicano mexicana mexican nom territorial \
            ciudad city local gobierno promovente solicitante mexico",
    },
    Words {
        column: Column::Counterpart,
        own: FOREIGN,
        beside: "ciudad city municipio gobierno government nombre name institucion entidad \
            estado parte local hermanamiento organo autoridad actor",
    },
    Words {
        column: Column::Country,
        own: "pais country nacion",
        beside: "contraparte counterpart origen extranjero hermano hermana ciudad socio \
            partner nombre name iso clave codigo",
    },
    Words {
        column: Column::Kind,
        own: "tipo kind type modalidad figura",
        beside: "acuerdo agreement convenio instrumento instrument hermanamiento cooperacion \
            juridico juridica interinstitucional",
    },
    Words {
        column: Column::SignedOn,
        own: "firma firmado suscripcion suscrito celebracion formalizacion signed signing \
            signature",
        beside: "fecha date dia on acuerdo convenio instrumento hermanamiento",
    },
    Words {
        column: Column::SignedOn,
        own: "fecha date",
        beside: "acuerdo convenio instrumento hermanamiento agreement",
    },
    Words {
        column: Column::Year,
        own: "ano anio year",
        beside: "firma suscripcion celebracion formalizacion acuerdo convenio hermanamiento \
            instrumento signed signature signing",
    },
    Words {
        column: Column::RegistryNumber,
        own: "registro inscripcion rai registry legacy registration",
        beside: "numero number no num nro clave folio sre acuerdo interinstitucional \
            interinstitucionales acuerdos",
    },
    Words {
        column: Column::Level,
        own: "nivel orden level",
        beside: "gobierno government contraparte counterpart extranjero",
    },
    Words {
        column: Column::Theme,
        own: "tema theme tematica area rubro ambito eje materia sector",
        beside: "cooperacion cooperation colaboracion acuerdo tematico principal interes \
            trabajo",
    },
    Words {
        column: Column::Validity,
        own: "vigencia validity term duracion plazo",
        beside: "acuerdo convenio instrumento anos",
    },
    Words {
        column: Column::Source,
        own: "fuente source referencia evidencia soporte",
        beside: "informacion documental dato documento consulta oficial",
    },
];

/// Headings that are recognised as a whole.
pub(super) const WHOLE: [(&str, Column); 10] = [
    ("titulo", Column::Title),
    ("title", Column::Title),
    ("denominacion", Column::Title),
    ("nombre acuerdo", Column::Title),
    ("nombre convenio", Column::Title),
    ("nombre instrumento", Column::Title),
    ("otro acuerdo", Column::AnotherAgreement),
    ("es otro acuerdo", Column::AnotherAgreement),
    ("another agreement", Column::AnotherAgreement),
    ("is another agreement", Column::AnotherAgreement),
];

/// Words that show that a date or number is another one than the signature's or the registry's, or
/// that a state is a state of affairs.
pub(super) const ELSEWHERE: &str = "actual actualizacion alta baja cabildo captura conclusion consulta dictamen \
            dof estatus expira expiracion fin gaceta modificacion nacimiento publicacion \
            recepcion renovacion status termino terminacion tramite ultima ultimo vence \
            vencimiento visita vigor";

/// Words that hint at a column whose loss would change the meaning of a row.
pub(super) const HINTS: [(Column, &str); 4] = [
    (
        Column::Municipality,
        "municipio municipal municipality mpio ayuntamiento alcaldia ciudad city \
            localidad delegacion demarcacion town gobierno promovente solicitante \
            poblado cabecera",
    ),
    (
        Column::SignedOn,
        "fecha date ano anio year dia firma suscripcion celebracion",
    ),
    (
        Column::RegistryNumber,
        "registro registrado inscripcion inscrito rai registry registration",
    ),
    (Column::State, "entidad estado state"),
];
