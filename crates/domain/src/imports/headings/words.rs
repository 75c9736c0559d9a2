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
    "a al ante con de del e el en for in la las lo los o of or para por que se the u y";

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
        own: "municipio municipality mpio mun munic mcpio mpo ayuntamiento ayto alcaldia borough \
            delegacion demarcacion",
        beside: "alc nombre name clave cve codigo inegi mexicano mexicana mexican nom territorial \
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
        own: SIGNATURE,
        beside: "fecha date dia on acuerdo convenio instrumento hermanamiento documento fec",
    },
    Words {
        column: Column::SignedOn,
        own: DATE,
        beside: "acuerdo convenio instrumento hermanamiento agreement documento",
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
        own: "nivel level orden",
        beside: "gobierno government contraparte counterpart extranjera extranjero foreign \
            partner socia socio",
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

/// Words of the Mexican side, whatever else a heading says.
pub(super) const MEXICAN: &str = "mexican mexicana mexicano nacional";

/// Words of a signature.
pub(super) const SIGNATURE: &str = "firma firmado firmada suscripcion suscrito suscrita celebracion \
            celebrado celebrada formalizacion formalizado signed signing signature";

/// Words of a date; what has one of them and no word of [`NUMBER`] is no number.
pub(super) const DATE: &str = "fecha date fec";

/// Words of a number.
pub(super) const NUMBER: &str = "numero number no num nro clave folio";

/// Words that count columns of one kind: `Contraparte 2`, `Segunda contraparte`. Figures count too.
pub(super) const ORDINALS: &str = "adicional additional bis first ii iii iv otra otro other primer primera \
            primero second segunda segundo tercer tercera tercero third";

/// Words that make a level of government the counterpart's only if a word of the other side stands
/// beside them: in Mexican files the order of government is that of the Mexican side.
pub(super) const GOVERNMENT: &str = "gobierno government orden";

/// Words of a place: a counterpart with one of them is a city by itself.
pub(super) const CITY: &str = "ciudad city municipio municipality town gobierno government";

/// Words that show that a date or number is another one than the signature's or the registry's, or
/// that a state is a state of affairs.
pub(super) const ELSEWHERE: &str = "actual alta baja cabildo conclusion consulta dictamen dof expira \
            expiracion fin gaceta nacimiento publicacion recepcion renovacion termino terminacion \
            tramite ultima ultimo vence vencimiento visita vigor";

/// Words of the keeping of records, which show the same whatever stands beside them.
pub(super) const KEEPING: &str = "actualizacion captura estatus modificacion status";

/// Words of columns that certainly name no place and no date. A file without a municipality asks
/// about a column that is filled and has none of these words.
pub(super) const OTHER: &str = "anexo archivo avance cargo carpeta categoria clasificacion color colour \
            comentario comment consecutivo contacto continente control correo costo descripcion \
            detalle domicilio email enlace expediente fax file folio foto hipervinculo id idioma \
            imagen importe indice item language lengua liga link mail minuta monto nota note num \
            numero number no nro objetivo objeto observacion observation oficio pagina pdf poblacion \
            presupuesto prioridad proposito puesto referencia region remark renglon responsable \
            resultado resumen seguimiento semaforo serie sigla telefono texto titular total \
            traduccion url version vigente web";

/// Words of the agreement itself, if a heading has no others.
pub(super) const AGREEMENT: &str = "acuerdo agreement convenio hermanamiento nombre name";

/// Words that hint at a column whose loss would change the meaning of a row.
pub(super) const HINTS: [(Column, &str); 5] = [
    (
        Column::Municipality,
        "municipio municipal municipality mpio mun ayuntamiento alcaldia alc ciudad city \
            localidad delegacion demarcacion town gobierno government promovente solicitante \
            poblado cabecera county cvegeo",
    ),
    (
        Column::SignedOn,
        "fecha fec date ano anio year dia day mes month firma firmado suscripcion suscrito \
            celebracion celebrado formalizacion signed signature desde since established cuando \
            when periodo period inicio start",
    ),
    (
        Column::RegistryNumber,
        "registro registrado inscripcion inscrito rai registry registration sre",
    ),
    (Column::State, "entidad estado state"),
    (Column::Kind, "instrumento instrument"),
];

/// Beginnings of words that hint at a column, for words that are cut short or joined.
pub(super) const BEGINNINGS: [(Column, &str); 12] = [
    (Column::Municipality, "muni"),
    (Column::Municipality, "mpio"),
    (Column::Municipality, "mcpi"),
    (Column::Municipality, "alcald"),
    (Column::Municipality, "ayunt"),
    (Column::Municipality, "delegac"),
    (Column::SignedOn, "fech"),
    (Column::SignedOn, "suscripc"),
    (Column::SignedOn, "celebrac"),
    (Column::SignedOn, "formalizac"),
    (Column::RegistryNumber, "registr"),
    (Column::RegistryNumber, "inscrip"),
];
