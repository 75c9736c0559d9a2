//! A face: which glyph each letter has, and how wide a text is.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};
use unicode_normalization::UnicodeNormalization;

/// What stands for a letter that the face does not have.
const INSTEAD: char = '□';

/// A face of a font.
pub(super) struct Face {
    font: Font,
    letters: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    units: f32,
}

/// A text as it is printed: accents in one with their letters, every space and control character
/// plain. A line break stays.
pub(super) fn plain(text: &str) -> String {
    let plain = |letter: char| match letter {
        '\n' => letter,
        letter if letter.is_whitespace() || letter.is_control() => ' ',
        letter => letter,
    };
    text.nfc().map(plain).collect()
}

impl Face {
    /// The face in these bytes, if they are a font.
    pub(super) fn new(bytes: &'static [u8]) -> Option<Self> {
        let read = FontRef::new(bytes).ok()?;
        let font = Font::new(bytes.into(), 0)?;
        Some(Self {
            letters: read.charmap(),
            metrics: read.glyph_metrics(Size::unscaled(), LocationRef::default()),
            units: font.units_per_em(),
            font,
        })
    }

    pub(super) fn font(&self) -> Font {
        self.font.clone()
    }

    /// Whether the face has every letter of a text.
    pub(super) fn has_all(&self, text: &str) -> bool {
        let mut letters = text.nfc();
        letters
            .all(|one| one.is_whitespace() || one.is_control() || self.letters.map(one).is_some())
    }

    pub(super) fn glyph(&self, letter: char) -> skrifa::GlyphId {
        let found = self.letters.map(letter);
        let found = found.or_else(|| self.letters.map(INSTEAD));
        found.unwrap_or(skrifa::GlyphId::NOTDEF)
    }

    fn advance(&self, glyph: skrifa::GlyphId) -> f32 {
        self.metrics.advance_width(glyph).unwrap_or(0.0) / self.units
    }

    /// How wide a letter is, at the size 1.
    pub(super) fn letter(&self, letter: char) -> f32 {
        self.advance(self.glyph(letter))
    }

    /// How wide a text is, at the size 1.
    pub(super) fn width(&self, text: &str) -> f32 {
        text.chars().map(|letter| self.letter(letter)).sum()
    }

    /// The glyphs of a text on one line.
    pub(super) fn glyphs(&self, text: &str) -> Vec<KrillaGlyph> {
        let glyph = |(at, letter): (usize, char)| {
            let glyph = self.glyph(letter);
            KrillaGlyph::new(
                GlyphId::new(glyph.to_u32()),
                self.advance(glyph),
                0.0,
                0.0,
                0.0,
                at..at + letter.len_utf8(),
                None,
            )
        };
        text.char_indices().map(glyph).collect()
    }

    /// The text in lines of at most this width, at the size 1. It breaks between words, and inside a
    /// word that is wider than a line.
    pub(super) fn lines(&self, text: &str, width: f32) -> Vec<String> {
        let mut lines = Vec::new();
        for part in plain(text).split('\n') {
            let (mut line, mut used) = (String::new(), 0.0);
            for word in part.split(' ').filter(|word| !word.is_empty()) {
                let (wide, space) = (self.width(word), self.letter(' '));
                if !line.is_empty() && used + space + wide > width {
                    lines.push(std::mem::take(&mut line));
                    used = 0.0;
                }
                if !line.is_empty() {
                    line.push(' ');
                    used += space;
                }
                for letter in word.chars() {
                    let wide = self.letter(letter);
                    if !line.is_empty() && used + wide > width {
                        lines.push(std::mem::take(&mut line));
                        used = 0.0;
                    }
                    line.push(letter);
                    used += wide;
                }
            }
            lines.push(line);
        }
        lines
    }
}
