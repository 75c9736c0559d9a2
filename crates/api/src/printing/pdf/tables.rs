//! Tables: how wide their columns are, and how rows go from one sheet to the next.

use super::Faces;
use super::sheets::{Sheets, TEXT, many};

/// Between a rule and the text.
const PADDING: f32 = 3.0;

/// How wide each column is. A column that needs less than its part of the width gives the rest to the
/// others.
fn columns(faces: &Faces, heads: &[String], rows: &[Vec<String>], width: f32) -> Vec<f32> {
    let mut needs: Vec<f32> = Vec::new();
    for (at, head) in heads.iter().enumerate() {
        let mut need = faces.bold.width(head) * TEXT;
        for cell in rows.iter().filter_map(|row| row.get(at)) {
            if need >= width {
                break;
            }
            for line in cell.split('\n') {
                need = need.max(faces.regular.width(line) * TEXT);
            }
        }
        needs.push(need + 2.0 * PADDING + 0.5);
    }
    let mut widths: Vec<Option<f32>> = vec![None; needs.len()];
    loop {
        let given: f32 = widths.iter().flatten().sum();
        let open = widths.iter().filter(|one| one.is_none()).count();
        let part = (width - given) / many(open.max(1));
        let mut settled = false;
        for (one, need) in widths.iter_mut().zip(&needs) {
            if one.is_none() && *need <= part {
                (*one, settled) = (Some(*need), true);
            }
        }
        if !settled {
            return widths.into_iter().map(|one| one.unwrap_or(part)).collect();
        }
    }
}

/// A row in lines, for each column.
type Lines = Vec<Vec<String>>;

/// How many lines the longest cell has.
fn longest(cells: &Lines) -> usize {
    cells.iter().map(Vec::len).max().unwrap_or(0)
}

/// How many lines of a row have room.
fn fitting(room: f32) -> usize {
    let mut lines = 0;
    while height(lines + 1) <= room {
        lines += 1;
    }
    lines
}

fn height(lines: usize) -> f32 {
    Sheets::height(lines, TEXT) + 2.0 * PADDING
}

impl Sheets<'_> {
    /// A table. The heads stand again on every sheet; a row goes on a new sheet as a whole if it can.
    pub(super) fn table(&mut self, heads: &[String], rows: &[Vec<String>]) {
        let (_, width) = Self::column();
        let widths = columns(self.faces, heads, rows, width);
        let heads = self.cells(heads, &widths, true);
        let top = height(longest(&heads));
        if self.room() < top + height(1) {
            self.turn();
        }
        self.row(&heads, &widths, true);
        for row in rows {
            let cells = self.cells(row, &widths, false);
            let mut left = cells;
            while longest(&left) > 0 {
                let lines = longest(&left);
                let fits = fitting(self.room());
                let on_a_new_one = height(lines) <= Self::whole() - top;
                if fits == 0 || fits < lines && on_a_new_one {
                    self.turn();
                    self.row(&heads, &widths, true);
                }
                let fits = fitting(self.room()).max(1);
                let split = |cell: &mut Vec<String>| {
                    let rest = cell.split_off(fits.min(cell.len()));
                    std::mem::replace(cell, rest)
                };
                let now: Lines = left.iter_mut().map(split).collect();
                self.row(&now, &widths, false);
            }
        }
        self.y += 10.0;
    }

    fn cells(&self, row: &[String], widths: &[f32], bold: bool) -> Lines {
        let face = self.faces.of(bold);
        let cells = row.iter().zip(widths);
        cells
            .map(|(text, width)| face.lines(text, (width - 2.0 * PADDING) / TEXT))
            .collect()
    }

    /// Draws a row with its rules, and goes on below it.
    fn row(&mut self, cells: &Lines, widths: &[f32], bold: bool) {
        let (left, _) = Self::column();
        let (top, bottom) = (self.y, self.y + height(longest(cells)));
        let mut x = left;
        self.rule((x, top), (x, bottom));
        for (lines, width) in cells.iter().zip(widths) {
            self.put(lines, (x + PADDING, top + PADDING), (TEXT, bold));
            x += width;
            self.rule((x, top), (x, bottom));
        }
        self.rule((left, top), (x, top));
        self.rule((left, bottom), (x, bottom));
        self.y = bottom;
    }
}
