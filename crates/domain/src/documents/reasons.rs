//! Why a file is refused; each reason has its own code and says what to send instead.

use crate::problems::Problem;
use crate::refusal::{FieldError, Refusal, Said};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// The reason why a file is refused.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, EnumString, IntoStaticStr, VariantArray,
)]
#[strum(serialize_all = "snake_case")]
pub enum FileReason {
    /// Neither a PDF nor an accepted image.
    NotAPdf,
    /// A negotiated text sent as an image.
    TextIsNoPdf,
    /// A truncated or unreadable image.
    ImageUnreadable,
    /// There are bytes before the PDF.
    GluedBefore,
    /// There are bytes after the end of the PDF or image, or a second format is hidden in it.
    GluedAfter,
    /// The end is missing.
    Truncated,
    /// Its structure is broken.
    Unreadable,
    /// It cannot be checked within the limits on time and memory.
    TooComplex,
    /// It has pages or images of impossible size.
    TooLarge,
    /// It is encrypted, with or without a password.
    Encrypted,
    /// It contains scripts.
    Javascript,
    /// It contains actions that start or send something.
    ActiveAction,
    /// It contains actions that run by themselves.
    AutomaticAction,
    /// It contains files.
    EmbeddedFile,
    /// It loads content from another file.
    ExternalFile,
    /// It contains films, sounds or three-dimensional models.
    RichMedia,
    /// It contains an XML form (XFA).
    XfaForm,
}

impl FileReason {
    /// The refusal of the file.
    pub fn refuse(self) -> Refusal {
        let problem = match self {
            Self::NotAPdf | Self::TextIsNoPdf | Self::ImageUnreadable => Problem::NotAPdf,
            _ => Problem::DocumentRefused,
        };
        let said = self.said();
        Refusal {
            errors: vec![FieldError::new("/file", self.into(), said.es, said.en)],
            ..Refusal::new(problem)
        }
    }

    /// What is wrong, and how to correct it.
    fn said(self) -> Said {
        let (es, en) = match self {
            Self::NotAPdf => (
                "El archivo no es un PDF ni una imagen JPEG o PNG. Envíe el documento como PDF.",
                "The file is neither a PDF nor a JPEG or PNG image. Send the document as a PDF.",
            ),
            Self::TextIsNoPdf => (
                "El texto negociado se envía como PDF, no como imagen.",
                "The negotiated text is sent as a PDF, not as an image.",
            ),
            Self::ImageUnreadable => (
                "La imagen está incompleta o no se puede leer. Escanee de nuevo el documento o envíelo como PDF.",
                "The image is incomplete or cannot be read. Scan the document again, or send it as a PDF.",
            ),
            Self::GluedBefore => (
                "Hay otros datos antes del PDF. Envíe un archivo que empiece con el PDF.",
                "There are other data before the PDF. Send a file that begins with the PDF.",
            ),
            Self::GluedAfter => (
                "El archivo lleva otros datos además del PDF o de la imagen. Guarde de nuevo el documento y envíe solo eso.",
                "The file carries other data besides the PDF or the image. Save the document again and send only that.",
            ),
            Self::Truncated => (
                "Al PDF le falta el final. Envíe el archivo completo.",
                "The end of the PDF is missing. Send the whole file.",
            ),
            Self::Unreadable => (
                "La estructura del PDF está dañada. Ábralo, guárdelo de nuevo como PDF y envíe esa copia; si está firmado, pida el archivo original.",
                "The structure of the PDF is damaged. Open it, save it as a PDF again and send that copy; where it is signed, ask for the original file.",
            ),
            Self::TooComplex => (
                "El archivo es demasiado complejo para revisarlo. Imprímalo como PDF o divídalo en partes.",
                "The file is too complex to be checked. Print it as a PDF, or split it into parts.",
            ),
            Self::TooLarge => (
                "El archivo tiene páginas o imágenes de tamaño desmedido. Escanéelo con menor resolución.",
                "The file has pages or images beyond measure. Scan it at a lower resolution.",
            ),
            Self::Encrypted => (
                "El PDF está cifrado o protegido. Quite la protección y envíelo de nuevo.",
                "The PDF is encrypted or protected. Take the protection off and send it again.",
            ),
            Self::Javascript => (
                "El PDF contiene programas (JavaScript). Imprímalo como PDF para quitarlos.",
                "The PDF contains scripts (JavaScript). Print it as a PDF to take them out.",
            ),
            Self::ActiveAction => (
                "El PDF contiene acciones que abren programas o archivos, o que envían datos. Imprímalo como PDF para quitarlas.",
                "The PDF contains actions that open programs or files, or that send data. Print it as a PDF to take them out.",
            ),
            Self::AutomaticAction => (
                "El PDF contiene acciones que se ejecutan solas. Imprímalo como PDF para quitarlas.",
                "The PDF contains actions that run by themselves. Print it as a PDF to take them out.",
            ),
            Self::EmbeddedFile => (
                "El PDF lleva archivos adjuntos dentro. Quítelos y agregue cada uno como otro documento.",
                "The PDF has files attached inside. Take them out and add each as a document of its own.",
            ),
            Self::ExternalFile => (
                "El PDF toma contenido de otro archivo. Guárdelo de nuevo con todo su contenido.",
                "The PDF takes content from another file. Save it again with all of its content.",
            ),
            Self::RichMedia => (
                "El PDF contiene video, sonido o modelos 3D. Imprímalo como PDF para quitarlos.",
                "The PDF contains film, sound or 3D models. Print it as a PDF to take them out.",
            ),
            Self::XfaForm => (
                "El PDF contiene un formulario XFA. Imprímalo como PDF para conservar lo que muestra.",
                "The PDF contains an XFA form. Print it as a PDF to keep what it shows.",
            ),
        };
        Said::new(es, en)
    }
}
