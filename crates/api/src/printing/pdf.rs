//! A document as a PDF on letter paper. The letters are those of Noto Sans, which has every Latin one;
//! only those in use are written into the file. The text can be searched and copied.

mod face;
mod sheets;
mod tables;

use self::face::Face;
use self::sheets::{Rule, Sheet, Sheets, Span, WIDTH};
use super::{Block, Printed};
use chrono::{Datelike, Timelike};
use krilla::Document;
use krilla::geom::{PathBuilder, Point};
use krilla::metadata::{DateTime, Metadata};
use krilla::page::PageSettings;
use krilla::paint::Stroke;
use krilla::surface::Surface;
use vinculo_domain::{Refusal, Result, Said, wording};

/// The two faces of a document.
struct Faces {
    regular: Face,
    bold: Face,
}

impl Faces {
    fn new() -> Result<Self> {
        let face = |bytes| Face::new(bytes).ok_or_else(|| Refusal::internal("a font is not read"));
        Ok(Self {
            regular: face(ttf_noto_sans::REGULAR)?,
            bold: face(ttf_noto_sans::BOLD)?,
        })
    }

    fn of(&self, bold: bool) -> &Face {
        if bold { &self.bold } else { &self.regular }
    }
}

/// The document as a file.
pub fn pdf(document: &Printed) -> Result<Vec<u8>> {
    let faces = Faces::new()?;
    let say = |said: Said| if document.spanish { said.es } else { said.en };
    let mut sheets = Sheets::new(&faces);
    sheets.title(&document.title);
    if !is_printable(&faces.regular, document) {
        sheets.paragraph(&say(wording::printing::unprintable()));
    }
    for block in &document.blocks {
        match block {
            Block::Heading(text) => sheets.heading(text),
            Block::Paragraph(text) => sheets.paragraph(text),
            Block::Table { heads, rows } => sheets.table(heads, rows),
            Block::Signatures(whom) => sheets.signatures(whom),
        }
    }
    let sheets = sheets.finish(&document.title, |number, total| {
        say(wording::printing::page(
            number.to_string(),
            total.to_string(),
        ))
        .into_owned()
    });
    let mut file = Document::new();
    file.set_metadata(metadata(document));
    for sheet in &sheets {
        draw(&mut file, &faces, sheet)?;
    }
    let written = file.finish();
    written.map_err(|error| Refusal::internal(format!("a PDF is not written: {error:?}")))
}

/// Whether the face has every letter of the document.
fn is_printable(face: &Face, document: &Printed) -> bool {
    let has = |text: &String| face.has_all(text);
    document.blocks.iter().all(|block| match block {
        Block::Heading(text) | Block::Paragraph(text) => has(text),
        Block::Table { heads, rows } => heads.iter().chain(rows.iter().flatten()).all(has),
        Block::Signatures(whom) => whom.iter().all(has),
    }) && has(&document.title)
}

fn metadata(document: &Printed) -> Metadata {
    let at = document.made_at;
    let small = |number: u32| u8::try_from(number).unwrap_or(0);
    let made = DateTime::new(u16::try_from(at.year()).unwrap_or(0))
        .month(small(at.month()))
        .day(small(at.day()))
        .hour(small(at.hour()))
        .minute(small(at.minute()))
        .second(small(at.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    Metadata::new()
        .title(document.title.clone())
        .language(if document.spanish { "es-MX" } else { "en" }.to_owned())
        .creator("Vínculo".to_owned())
        .creation_date(made)
}

fn draw(file: &mut Document, faces: &Faces, sheet: &Sheet) -> Result<()> {
    let size = PageSettings::from_wh(WIDTH, sheets::HEIGHT);
    let size = size.ok_or_else(|| Refusal::internal("a sheet has no size"))?;
    let mut page = file.start_page_with(size);
    let mut surface = page.surface();
    for span in &sheet.spans {
        write(&mut surface, faces, span);
    }
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke {
        width: 0.5,
        ..Stroke::default()
    }));
    for Rule { from, to } in &sheet.rules {
        let mut path = PathBuilder::new();
        path.move_to(from.0, from.1);
        path.line_to(to.0, to.1);
        if let Some(path) = path.finish() {
            surface.draw_path(&path);
        }
    }
    Ok(())
}

fn write(surface: &mut Surface<'_>, faces: &Faces, span: &Span) {
    let face = faces.of(span.bold);
    let glyphs = face.glyphs(&span.text);
    let start = Point::from_xy(span.at.0, span.at.1);
    surface.draw_glyphs(start, &glyphs, face.font(), &span.text, span.size, false);
}

#[cfg(test)]
mod tests;
