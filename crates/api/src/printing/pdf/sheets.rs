//! The sheets of a document: where each line of text and each rule stands. Lengths are points, from the
//! upper left corner.

use super::Faces;

/// The width of letter paper.
pub(super) const WIDTH: f32 = 612.0;
/// Its height.
pub(super) const HEIGHT: f32 = 792.0;
const MARGIN: f32 = 54.0;
/// Where the text ends; the page number is below.
const BOTTOM: f32 = HEIGHT - 64.0;
/// From one line to the next, at the size 1.
const LEADING: f32 = 1.35;
/// How far the letters reach up from their line, at the size 1.
const ASCENT: f32 = 1.05;
const TITLE: f32 = 16.0;
const HEADING: f32 = 12.0;
/// The size of the text.
pub(super) const TEXT: f32 = 9.0;
const FOOT: f32 = 8.0;
/// What a signature takes, above its line and below.
const SIGNATURE: (f32, f32) = (70.0, 40.0);

/// A count as a length is multiplied by it: of lines or columns, which are few.
pub(super) fn many(count: usize) -> f32 {
    f32::from(u16::try_from(count).unwrap_or(u16::MAX))
}

/// A text on one line.
pub(super) struct Span {
    pub(super) at: (f32, f32),
    pub(super) size: f32,
    pub(super) bold: bool,
    pub(super) text: String,
}

/// A straight rule.
pub(super) struct Rule {
    pub(super) from: (f32, f32),
    pub(super) to: (f32, f32),
}

/// One sheet.
#[derive(Default)]
pub(super) struct Sheet {
    pub(super) spans: Vec<Span>,
    pub(super) rules: Vec<Rule>,
}

/// The sheets that are filled, and the one that is being filled.
pub(super) struct Sheets<'f> {
    pub(super) faces: &'f Faces,
    full: Vec<Sheet>,
    open: Sheet,
    /// Down to where the open sheet is filled.
    pub(super) y: f32,
}

impl<'f> Sheets<'f> {
    pub(super) fn new(faces: &'f Faces) -> Self {
        Self {
            faces,
            full: Vec::new(),
            open: Sheet::default(),
            y: MARGIN,
        }
    }

    /// The left edge of the text, and how wide it is.
    pub(super) fn column() -> (f32, f32) {
        (MARGIN, WIDTH - 2.0 * MARGIN)
    }

    /// How much room is left on the open sheet.
    pub(super) fn room(&self) -> f32 {
        BOTTOM - self.y
    }

    /// How much room an empty sheet has.
    pub(super) fn whole() -> f32 {
        BOTTOM - MARGIN
    }

    /// Begins another sheet.
    pub(super) fn turn(&mut self) {
        self.full.push(std::mem::take(&mut self.open));
        self.y = MARGIN;
    }

    /// Begins another sheet if there is not so much room on this one.
    fn keep(&mut self, height: f32) {
        if self.room() < height && self.y > MARGIN {
            self.turn();
        }
    }

    pub(super) fn rule(&mut self, from: (f32, f32), to: (f32, f32)) {
        self.open.rules.push(Rule { from, to });
    }

    /// The height of so many lines of a size.
    pub(super) fn height(lines: usize, size: f32) -> f32 {
        many(lines) * size * LEADING
    }

    /// Lines from a corner on, each below the other.
    pub(super) fn put(&mut self, lines: &[String], (x, y): (f32, f32), (size, bold): (f32, bool)) {
        let mut base = y + size * ASCENT;
        for line in lines {
            if !line.is_empty() {
                self.open.spans.push(Span {
                    at: (x, base),
                    size,
                    bold,
                    text: line.clone(),
                });
            }
            base += size * LEADING;
        }
    }

    fn flow(&mut self, text: &str, (size, bold): (f32, bool)) {
        let (left, width) = Self::column();
        let lines = self.faces.of(bold).lines(text, width / size);
        for line in lines {
            let height = Self::height(1, size);
            self.keep(height);
            let at = (left, self.y);
            self.put(&[line], at, (size, bold));
            self.y += height;
        }
    }

    pub(super) fn title(&mut self, text: &str) {
        self.flow(text, (TITLE, true));
        self.y += 6.0;
    }

    /// A heading stays with the beginning of what follows.
    pub(super) fn heading(&mut self, text: &str) {
        self.y += 10.0;
        self.keep(Self::height(1, HEADING) + Self::height(4, TEXT));
        self.flow(text, (HEADING, true));
        self.y += 3.0;
    }

    pub(super) fn paragraph(&mut self, text: &str) {
        self.flow(text, (TEXT, false));
        self.y += 6.0;
    }

    /// Lines to sign on, side by side on one sheet.
    pub(super) fn signatures(&mut self, whom: &[String]) {
        let (above, below) = SIGNATURE;
        self.keep(above + below);
        let (left, width) = Self::column();
        let y = self.y + above;
        let gap = 36.0;
        let each = (width + gap) / many(whom.len().max(1)) - gap;
        let mut x = left;
        for whom in whom {
            self.rule((x, y), (x + each, y));
            let lines = self.faces.regular.lines(whom, each / TEXT);
            self.put(&lines, (x, y + 3.0), (TEXT, false));
            x += each + gap;
        }
        self.y = y + below;
    }

    /// All sheets, each with the title and its number below the text.
    pub(super) fn finish(
        mut self,
        title: &str,
        number: impl Fn(usize, usize) -> String,
    ) -> Vec<Sheet> {
        self.turn();
        let (left, width) = Self::column();
        let face = &self.faces.regular;
        let total = self.full.len();
        for (at, sheet) in self.full.iter_mut().enumerate() {
            let number = number(at + 1, total);
            let wide = face.width(&number) * FOOT;
            let mut foot = |x: f32, text: String| {
                sheet.spans.push(Span {
                    at: (x, HEIGHT - 40.0),
                    size: FOOT,
                    bold: false,
                    text,
                });
            };
            let lines = face.lines(title, (width - wide) / FOOT - 2.0);
            lines.into_iter().take(1).for_each(|line| foot(left, line));
            foot(left + width - wide, number);
        }
        self.full
    }
}
