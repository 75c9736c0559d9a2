//! The encodings of old Mexican files besides UTF-8: the upper half of each table.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

/// How a file turns letters into bytes.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
    ToSchema,
)]
pub enum Encoding {
    /// What the platform writes and spreadsheets call "CSV UTF-8".
    #[serde(rename = "utf-8")]
    #[strum(serialize = "utf-8")]
    Utf8,
    /// What Excel on Windows calls "CSV".
    #[serde(rename = "windows-1252")]
    #[strum(serialize = "windows-1252")]
    Windows1252,
    /// What programs of MS-DOS wrote, and Excel as "CSV (MS-DOS)".
    #[serde(rename = "cp850")]
    #[strum(serialize = "cp850")]
    Cp850,
    /// What Excel on a Macintosh called "CSV".
    #[serde(rename = "macintosh")]
    #[strum(serialize = "macintosh")]
    Macintosh,
}

impl Encoding {
    /// The name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Windows1252 => "Windows-1252",
            Self::Cp850 => "CP850 (MS-DOS)",
            Self::Macintosh => "Mac Roman",
        }
    }

    /// The character of a byte in an encoding of single bytes; an undefined byte is the replacement
    /// character. UTF-8 has no such table beyond ASCII.
    pub(crate) fn character(self, byte: u8) -> char {
        let table = match self {
            _ if byte.is_ascii() => return char::from(byte),
            Self::Utf8 => return char::REPLACEMENT_CHARACTER,
            Self::Windows1252 if byte >= 0xA0 => return char::from(byte),
            Self::Windows1252 => WINDOWS_1252,
            Self::Cp850 => CP850,
            Self::Macintosh => MACINTOSH,
        };
        let at = usize::from(byte - 0x80);
        table.chars().nth(at).unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    /// The byte of a character in an encoding of single bytes, if it has one. MS-DOS had several
    /// tables; in that of the United States `⌐` stands where CP850 has `®`.
    pub(crate) fn byte(self, character: char) -> Option<u8> {
        let (table, character) = match self {
            Self::Utf8 => return None,
            Self::Windows1252 => return windows_1252_byte(character),
            _ if character.is_ascii() => return u8::try_from(character).ok(),
            Self::Cp850 if character == '⌐' => (CP850, '®'),
            Self::Cp850 => (CP850, character),
            Self::Macintosh => (MACINTOSH, character),
        };
        let at = table.chars().position(|one| one == character)?;
        u8::try_from(at).ok().map(|at| at + 0x80)
    }

    pub(crate) fn decode(self, bytes: &[u8]) -> String {
        match self {
            Self::Utf8 => String::from_utf8_lossy(bytes).into_owned(),
            other => bytes.iter().map(|&byte| other.character(byte)).collect(),
        }
    }
}

/// The byte of a character in Windows-1252, if it has one. The five bytes without a character are
/// often carried over as control characters, so these count too.
pub(crate) fn windows_1252_byte(character: char) -> Option<u8> {
    match u32::from(character) {
        code @ (0..=0xFF) => u8::try_from(code).ok(),
        _ => {
            let at = WINDOWS_1252.chars().position(|one| one == character)?;
            u8::try_from(at).ok().map(|at| at + 0x80)
        }
    }
}

/// Bytes 0x80 to 0x9F (WHATWG Encoding, index windows-1252).
const WINDOWS_1252: &str = "€\u{FFFD}‚ƒ„…†‡ˆ‰Š‹Œ\u{FFFD}Ž\u{FFFD}\u{FFFD}‘’“”•–—˜™š›œ\u{FFFD}žŸ";

/// Bytes 0x80 to 0xFF (IBM code page 850).
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
    └┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}";

/// Bytes 0x80 to 0xFF (Apple's Mac OS Roman).
const MACINTOSH: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø\
    ¿¡¬√ƒ≈∆«»…\u{A0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{F8FF}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_table_has_a_character_for_each_byte() {
        assert_eq!(WINDOWS_1252.chars().count(), 32);
        assert_eq!(CP850.chars().count(), 128);
        assert_eq!(MACINTOSH.chars().count(), 128);
    }

    #[test]
    fn spanish_letters_stand_where_they_should() {
        for (encoding, bytes) in [
            (
                Encoding::Windows1252,
                [0xE1, 0xE9, 0xED, 0xF3, 0xFA, 0xF1, 0xFC, 0xD1],
            ),
            (
                Encoding::Cp850,
                [0xA0, 0x82, 0xA1, 0xA2, 0xA3, 0xA4, 0x81, 0xA5],
            ),
            (
                Encoding::Macintosh,
                [0x87, 0x8E, 0x92, 0x97, 0x9C, 0x96, 0x9F, 0x84],
            ),
        ] {
            assert_eq!(encoding.decode(&bytes), "áéíóúñüÑ", "{encoding:?}");
        }
    }

    #[test]
    fn a_character_goes_back_to_its_byte() {
        for byte in 0..=u8::MAX {
            let character = Encoding::Windows1252.character(byte);
            if character != char::REPLACEMENT_CHARACTER {
                assert_eq!(windows_1252_byte(character), Some(byte));
            }
            for encoding in [Encoding::Cp850, Encoding::Macintosh] {
                assert_eq!(encoding.byte(encoding.character(byte)), Some(byte));
            }
        }
        assert_eq!(windows_1252_byte('ł'), None);
    }
}
