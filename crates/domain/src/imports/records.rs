//! Splits the text of a file into records. Every line of the file belongs to exactly one record, so
//! that the report can name it: a quotation mark that nobody closed costs its own line and not the
//! lines after it.

/// How many lines one record may have; a cell with more line breaks than that is a quotation mark
/// that was never closed.
const MAX_LINES: usize = 50;

/// One record of the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Record<'a> {
    /// The line where it begins; the first line of the file is 1.
    pub(super) line: u64,
    /// Its text as it stands in the file, without the last line end.
    pub(super) raw: &'a str,
    /// Its cells; None if a quotation mark is not closed.
    pub(super) cells: Option<Vec<String>>,
}

impl Record<'_> {
    /// Whether nothing stands in it.
    pub(super) fn is_blank(&self) -> bool {
        self.cells
            .as_ref()
            .is_some_and(|cells| cells.iter().all(|cell| cell.trim().is_empty()))
    }
}

/// The records of a text whose first line has this number. `width` is the number of headings: a
/// line with so many cells of its own does not belong to a quoted cell that began before it.
#[derive(Clone)]
pub(super) struct Records<'a> {
    lines: Vec<&'a str>,
    text: &'a str,
    at: usize,
    first: u64,
    delimiter: u8,
    width: usize,
}

impl<'a> Records<'a> {
    pub(super) fn new(text: &'a str, first: u64, delimiter: u8) -> Self {
        Self {
            lines: lines(text),
            text,
            at: 0,
            first,
            delimiter,
            width: 0,
        }
    }

    /// From now on, lines with this many cells stand for themselves.
    pub(super) fn expect_width(&mut self, width: usize) {
        self.width = width;
    }

    /// The record that begins at the current line, and how many lines it has.
    fn read(&self) -> Option<(Record<'a>, usize)> {
        let first = self.lines.get(self.at).copied()?;
        let line = self.first + u64::try_from(self.at).unwrap_or(u64::MAX);
        let record = |raw, cells| Record { line, raw, cells };
        if let Some(cells) = cells(first, self.delimiter) {
            return Some((record(first, Some(cells)), 1));
        }
        for count in 2..=MAX_LINES {
            let Some(last) = self.lines.get(self.at + count - 1) else {
                break;
            };
            if self.stands_alone(last) {
                break;
            }
            let raw = span(self.text, first, last);
            if let Some(cells) = cells(raw, self.delimiter) {
                return Some((record(raw, Some(cells)), count));
            }
        }
        Some((record(first, None), 1))
    }

    /// Whether a line is a whole row by itself.
    fn stands_alone(&self, line: &str) -> bool {
        self.width > 1 && cells(line, self.delimiter).is_some_and(|cells| cells.len() == self.width)
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (record, lines) = self.read()?;
        self.at += lines;
        Some(record)
    }
}

/// The lines of a text, whichever system wrote it, without their ends.
fn lines(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(['\r', '\n']).unwrap_or(rest.len());
        let (line, tail) = rest.split_at(end);
        found.push(line);
        rest = tail
            .strip_prefix("\r\n")
            .or_else(|| tail.strip_prefix(['\r', '\n']))
            .unwrap_or_default();
    }
    found
}

/// The part of a text from the beginning of one of its parts to the end of a later one.
fn span<'a>(text: &'a str, first: &'a str, last: &'a str) -> &'a str {
    let offset = |part: &str| (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    text.get(offset(first)..offset(last) + last.len())
        .unwrap_or(first)
}

/// The cells of a record; None if a cell that begins with a quotation mark is not closed, or if its
/// closing mark is followed by something else than the next cell. Inside such a cell a mark is
/// written twice; inside other cells it is a character like any other (`5" de ancho`).
fn cells(raw: &str, delimiter: u8) -> Option<Vec<String>> {
    let separator = char::from(delimiter);
    let mut cells = Vec::new();
    let mut rest = raw;
    loop {
        let (cell, after) = match rest.strip_prefix('"') {
            Some(quoted) => {
                let end = closing(quoted.as_bytes(), delimiter)?;
                let (inside, after) = quoted.split_at_checked(end)?;
                let inside = inside.strip_suffix('"').unwrap_or(inside);
                (inside.replace("\"\"", "\""), after.trim_start_matches(' '))
            }
            None => {
                let (cell, after) = rest.split_at(rest.find(separator).unwrap_or(rest.len()));
                (cell.to_owned(), after)
            }
        };
        cells.push(cell);
        match after.strip_prefix(separator) {
            Some(next) => rest = next,
            None => return Some(cells),
        }
    }
}

/// Where a quoted cell is closed, counted from its first character: the place after its last mark.
fn closing(bytes: &[u8], delimiter: u8) -> Option<usize> {
    let mut at = 0;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == b'"')? + 1;
        match bytes.get(at) {
            Some(b'"') => at += 1,
            None => return Some(at),
            Some(&byte) if byte == delimiter => return Some(at),
            // Spaces after a cell do no harm.
            Some(b' ') if blank_until(bytes, at, delimiter) => return Some(at),
            Some(_) => return None,
        }
    }
}

fn blank_until(bytes: &[u8], at: usize, delimiter: u8) -> bool {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter()
        .find(|byte| **byte != b' ')
        .is_none_or(|byte| *byte == delimiter)
}

#[cfg(test)]
mod tests {
    use super::Records;

    /// The line of each record, and its cells; no cells where a quotation mark is not closed.
    fn read(text: &str, width: usize) -> Vec<(u64, Option<Vec<String>>)> {
        let mut records = Records::new(text, 1, b',');
        records.expect_width(width);
        records.map(|record| (record.line, record.cells)).collect()
    }

    fn row(line: u64, cells: &[&str]) -> (u64, Option<Vec<String>>) {
        (
            line,
            Some(cells.iter().map(|&cell| cell.to_owned()).collect()),
        )
    }

    #[test]
    fn lines_of_every_system() {
        for text in ["a,b\nc,d\n", "a,b\r\nc,d", "a,b\rc,d\r"] {
            assert_eq!(
                read(text, 2),
                [row(1, &["a", "b"]), row(2, &["c", "d"])],
                "{text:?}"
            );
        }
        assert_eq!(
            read("a\n\nb\n", 1),
            [row(1, &["a"]), row(2, &[""]), row(3, &["b"])]
        );
        assert_eq!(read("", 1), []);
    }

    #[test]
    fn a_cell_may_have_line_breaks_and_doubled_marks() {
        assert_eq!(
            read("a,\"b\nc\"\nd,\"e \"\"f\"\"\"\n", 2),
            [row(1, &["a", "b\nc"]), row(3, &["d", "e \"f\""])]
        );
        assert_eq!(
            read("a,5\" de ancho\nb,c\n", 2),
            [row(1, &["a", "5\" de ancho"]), row(2, &["b", "c"])]
        );
        assert_eq!(read("\"a\" ,b\n", 2)[0].0, 1);
    }

    #[test]
    fn a_mark_never_closed_costs_its_own_line() {
        let text = "a,\"b\nc,d\ne,\"f\"\ng,h\n";
        assert_eq!(
            read(text, 2),
            [
                (1, None),
                row(2, &["c", "d"]),
                row(3, &["e", "f"]),
                row(4, &["g", "h"])
            ]
        );
        let last = "a,b\nc,\"d\n";
        assert_eq!(read(last, 2), [row(1, &["a", "b"]), (2, None)]);
        let long = format!("a,\"b\n{}c\",d\n", "x\n".repeat(100));
        let found = read(&long, 2);
        assert_eq!(found.len(), 102);
        assert_eq!(found[0], (1, None));
    }

    #[test]
    fn many_marks_never_closed_cost_little() {
        let text = "a,\"b\n".repeat(100_000);
        assert_eq!(read(&text, 2).len(), 100_000);
    }
}
