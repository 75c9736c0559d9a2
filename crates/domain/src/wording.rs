//! Every text for people, in Mexican Spanish and in English.
//!
//! Texts stand here, in one file for each area, and nowhere else: only this module can make a
//! [`Said`], so a sentence written anywhere else does not compile. What stands in a file of `data/`
//! (problems, labels of catalogues and figures) is said through [`crate::problems`],
//! [`crate::catalogs`] and [`crate::statistics`].
//!
//! A text with parameters takes what it shows, or another [`Said`], which is shown in the language of
//! the text. Rust's `format!` refuses a parameter that one of the languages leaves out.
//!
//! ```
//! use vinculo_domain::wording;
//! assert_eq!(wording::common::too_many(3).en, "Name at most 3 items.");
//! ```
//!
//! ```compile_fail
//! use vinculo_domain::Said;
//! let elsewhere = Said::new("Una frase.".to_owned(), "A sentence.".to_owned());
//! ```
//!
//! The terms to use are in `data/terms.csv`; `docs/TEXTS.md` lists everything.

mod page;
mod said;
mod terms;
#[cfg(test)]
mod tests;

pub use page::page;
pub use said::{Part, Said};
pub use terms::{CodeName, Term, code_names, terms};

/// Declares texts: `key: "Spanish" / "English";`, or `key(parameters): ...` with `{parameter}` in
/// both. Makes one function for each, and the list `ALL`.
macro_rules! texts {
    ($($key:ident $(($($part:ident),+))? : $es:literal / $en:literal;)+) => {
        $(text!($key $(($($part),+))? : $es / $en);)+

        /// Every text of this file.
        pub const ALL: &[Text] = &[$(Text {
            key: stringify!($key),
            es: $es,
            en: $en,
        }),+];
    };
}

/// One function of [`texts!`].
macro_rules! text {
    ($key:ident : $es:literal / $en:literal) => {
        #[doc = $en]
        pub const fn $key() -> Said {
            Said::fixed($es, $en)
        }
    };
    ($key:ident ($($part:ident),+) : $es:literal / $en:literal) => {
        #[doc = $en]
        pub fn $key($($part: impl $crate::wording::Part),+) -> Said {
            use $crate::wording::Part;
            Said::new(
                format!($es, $($part = Part::es(&$part)),+),
                format!($en, $($part = Part::en(&$part)),+),
            )
        }
    };
}

pub mod agreements;
pub mod annotations;
pub mod approvals;
pub mod common;
pub mod compliance;
pub mod counterparts;
pub mod documents;
pub mod files;
pub mod governments;
pub mod guide_needs;
pub mod guide_steps;
pub mod hand_overs;
pub mod headlines;
pub mod import_columns;
pub mod imports;
pub mod needs;
pub mod overlaps;
pub mod partners;
pub mod past;
pub mod printing;
pub mod records;
pub mod requests;
pub mod review;
pub mod roles;
pub mod scores;
pub mod sign_in;
pub mod signing;
pub mod statistics;

/// One text as it is declared, with its parameters in braces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    /// Its name in the code.
    pub key: &'static str,
    /// Mexican Spanish.
    pub es: &'static str,
    /// English.
    pub en: &'static str,
}

/// The texts of one file.
#[derive(Debug, Clone, Copy)]
pub struct Area {
    /// The name of the file.
    pub key: &'static str,
    /// What the texts are about, in Mexican Spanish.
    pub es: &'static str,
    /// What the texts are about, in English.
    pub en: &'static str,
    /// The texts.
    pub texts: &'static [Text],
}

/// All areas, in the order in which they are read.
pub const AREAS: &[Area] = &[
    Area {
        key: "common",
        es: "Lo que se dice en todas partes",
        en: "What is said everywhere",
        texts: common::ALL,
    },
    Area {
        key: "roles",
        es: "A quién corresponde",
        en: "Who may do it",
        texts: roles::ALL,
    },
    Area {
        key: "requests",
        es: "Solicitudes",
        en: "Requests",
        texts: requests::ALL,
    },
    Area {
        key: "sign_in",
        es: "Acceso",
        en: "Sign-in",
        texts: sign_in::ALL,
    },
    Area {
        key: "agreements",
        es: "Expedientes",
        en: "Cases",
        texts: agreements::ALL,
    },
    Area {
        key: "approvals",
        es: "Aprobación interna",
        en: "Internal approval",
        texts: approvals::ALL,
    },
    Area {
        key: "needs",
        es: "Lo que falta para un paso",
        en: "What a step needs",
        texts: needs::ALL,
    },
    Area {
        key: "review",
        es: "Recepción y revisión",
        en: "Intake and review",
        texts: review::ALL,
    },
    Area {
        key: "signing",
        es: "Textos y firma",
        en: "Texts and signature",
        texts: signing::ALL,
    },
    Area {
        key: "past",
        es: "Acuerdos anteriores",
        en: "Past agreements",
        texts: past::ALL,
    },
    Area {
        key: "annotations",
        es: "Registro y anotaciones",
        en: "Registry and annotations",
        texts: annotations::ALL,
    },
    Area {
        key: "counterparts",
        es: "Contrapartes",
        en: "Counterparts",
        texts: counterparts::ALL,
    },
    Area {
        key: "overlaps",
        es: "Duplicidades entre acuerdos",
        en: "Overlaps of agreements",
        texts: overlaps::ALL,
    },
    Area {
        key: "partners",
        es: "Búsqueda de socios",
        en: "Partner search",
        texts: partners::ALL,
    },
    Area {
        key: "hand_overs",
        es: "Entrega-recepción",
        en: "Hand-over",
        texts: hand_overs::ALL,
    },
    Area {
        key: "printing",
        es: "Documentos impresos",
        en: "Printed documents",
        texts: printing::ALL,
    },
    Area {
        key: "records",
        es: "Registros de los gobiernos",
        en: "Records of governments",
        texts: records::ALL,
    },
    Area {
        key: "scores",
        es: "Índice de institucionalización y cobertura",
        en: "Institutionalisation score and gaps",
        texts: scores::ALL,
    },
    Area {
        key: "governments",
        es: "Gobiernos",
        en: "Governments",
        texts: governments::ALL,
    },
    Area {
        key: "documents",
        es: "Documentos",
        en: "Documents",
        texts: documents::ALL,
    },
    Area {
        key: "files",
        es: "Archivos que no se aceptan",
        en: "Files that are refused",
        texts: files::ALL,
    },
    Area {
        key: "imports",
        es: "Importaciones",
        en: "Imports",
        texts: imports::ALL,
    },
    Area {
        key: "import_columns",
        es: "Columnas de una importación",
        en: "Columns of an import",
        texts: import_columns::ALL,
    },
    Area {
        key: "compliance",
        es: "Semáforo de cumplimiento",
        en: "Compliance lights",
        texts: compliance::ALL,
    },
    Area {
        key: "headlines",
        es: "Dónde está el expediente",
        en: "Where a case stands",
        texts: headlines::ALL,
    },
    Area {
        key: "guide_needs",
        es: "Por qué se pide cada cosa",
        en: "Why each thing is asked for",
        texts: guide_needs::ALL,
    },
    Area {
        key: "guide_steps",
        es: "Los pasos del procedimiento",
        en: "The steps of the procedure",
        texts: guide_steps::ALL,
    },
    Area {
        key: "statistics",
        es: "Estadística",
        en: "Statistics",
        texts: statistics::ALL,
    },
];
