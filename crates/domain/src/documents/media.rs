//! The types that a document's bytes may have.

use strum::{EnumString, IntoStaticStr, VariantArray};

/// The type found from a file's bytes, never from its name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
pub enum MediaType {
    /// A PDF.
    #[default]
    #[strum(serialize = "application/pdf")]
    Pdf,
    /// A scan as a JPEG image.
    #[strum(serialize = "image/jpeg")]
    Jpeg,
    /// A scan as a PNG image.
    #[strum(serialize = "image/png")]
    Png,
}

impl MediaType {
    /// The extension of its file names.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }

    /// Whether a file name may have this extension.
    pub(super) fn has_ending(self, ending: &str) -> bool {
        ending.eq_ignore_ascii_case(self.ending())
            || self == Self::Jpeg && ending.eq_ignore_ascii_case("jpeg")
    }
}
