//! Why a file is refused; each reason has its own code and says what to send instead.

use crate::problems::Problem;
use crate::refusal::{FieldError, Refusal, Said};
use crate::wording;
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
            errors: vec![FieldError::new("/file", self.into(), said)],
            ..Refusal::new(problem)
        }
    }

    /// What is wrong, and how to correct it.
    fn said(self) -> Said {
        match self {
            Self::NotAPdf => wording::files::not_a_pdf(),
            Self::TextIsNoPdf => wording::files::text_is_no_pdf(),
            Self::ImageUnreadable => wording::files::image_unreadable(),
            Self::GluedBefore => wording::files::glued_before(),
            Self::GluedAfter => wording::files::glued_after(),
            Self::Truncated => wording::files::truncated(),
            Self::Unreadable => wording::files::unreadable(),
            Self::TooComplex => wording::files::too_complex(),
            Self::TooLarge => wording::files::too_large(),
            Self::Encrypted => wording::files::encrypted(),
            Self::Javascript => wording::files::javascript(),
            Self::ActiveAction => wording::files::active_action(),
            Self::AutomaticAction => wording::files::automatic_action(),
            Self::EmbeddedFile => wording::files::embedded_file(),
            Self::ExternalFile => wording::files::external_file(),
            Self::RichMedia => wording::files::rich_media(),
            Self::XfaForm => wording::files::xfa_form(),
        }
    }
}
