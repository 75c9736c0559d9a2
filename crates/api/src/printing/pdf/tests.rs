use super::*;
use chrono::DateTime as Instant;
use std::time::Instant as Moment;

fn document(blocks: Vec<Block>) -> Printed {
    Printed {
        spanish: true,
        title: "Entrega-recepción: Tlaxcala".into(),
        made_at: Instant::UNIX_EPOCH,
        blocks,
    }
}

fn sheets(blocks: Vec<Block>) -> Vec<Sheet> {
    let faces = Faces::new().unwrap();
    let mut sheets = Sheets::new(&faces);
    for block in &blocks {
        match block {
            Block::Heading(text) => sheets.heading(text),
            Block::Paragraph(text) => sheets.paragraph(text),
            Block::Table { heads, rows } => sheets.table(heads, rows),
            Block::Signatures(whom) => sheets.signatures(whom),
        }
    }
    sheets.finish("Título", |number, total| format!("{number}/{total}"))
}

fn table(rows: Vec<Vec<String>>) -> Block {
    Block::Table {
        heads: vec!["Nombre".into(), "Descripción".into()],
        rows,
    }
}

fn texts(sheet: &Sheet) -> Vec<&str> {
    sheet.spans.iter().map(|span| span.text.as_str()).collect()
}

#[test]
fn everything_stands_on_its_sheet_and_nothing_is_lost() {
    let long = "Compromiso con la Ciudad de Łódź y con Ðakovo. ".repeat(400);
    let word = "ñ".repeat(3_000);
    let rows = (0..300)
        .map(|n| vec![format!("Fila {n}"), "Se hará.".to_owned()])
        .chain([
            vec!["Larga".to_owned(), long.clone()],
            vec![word.clone(), "x".to_owned()],
        ])
        .collect();
    let made = sheets(vec![Block::Heading("Compromisos".into()), table(rows)]);
    let mut said = String::new();
    for sheet in &made {
        for span in &sheet.spans {
            let faces = Faces::new().unwrap();
            let wide = faces.of(span.bold).width(&span.text) * span.size;
            assert!(
                span.at.0 >= 53.9 && span.at.0 + wide <= WIDTH - 53.9,
                "{}",
                span.text
            );
            assert!(span.at.1 > 54.0 && span.at.1 < sheets::HEIGHT - 36.0);
            said.push_str(&span.text);
            said.push(' ');
        }
        // Every sheet of a table says what its columns are.
        assert!(texts(sheet).contains(&"Nombre"));
    }
    for n in 0..300 {
        assert!(said.contains(&format!("Fila {n} ")), "{n}");
    }
    assert_eq!(said.matches("Łódź").count(), 400);
    assert_eq!(said.matches('ñ').count(), 3_000);
    let last = format!("{0}/{0}", made.len());
    assert!(made.len() > 8 && texts(made.last().unwrap()).contains(&last.as_str()));
}

#[test]
fn a_heading_and_signatures_stay_together_with_what_they_belong_to() {
    for lines in 30..60 {
        let before: Vec<Block> = (0..lines)
            .map(|n| Block::Paragraph(format!("Párrafo {n}")))
            .collect();
        let mut blocks = before;
        blocks.push(Block::Heading("Compromisos".into()));
        blocks.push(table(vec![vec!["Uno".into(), "Dos".into()]]));
        blocks.push(Block::Signatures(vec!["Entrega".into(), "Recibe".into()]));
        let made = sheets(blocks);
        let with = |text: &str| made.iter().position(|one| texts(one).contains(&text));
        assert_eq!(with("Compromisos"), with("Uno"), "{lines}");
        assert_eq!(with("Entrega"), with("Recibe"), "{lines}");
    }
}

#[test]
fn letters_of_other_scripts_are_told_and_all_latin_ones_are_printed() {
    let face = Faces::new().unwrap().regular;
    for name in [
        "Querétaro",
        "Łódź",
        "Iași",
        "Kırşehir",
        "Đà Nẵng",
        "Ünïcödé",
        "Reykjavík",
        "Ẽ e\u{301} l·l Ŋ ẞ",
    ] {
        assert!(face.has_all(name), "{name}");
    }
    assert!(!face.has_all("京都"));
    let said = |name: &str| {
        let document = document(vec![Block::Paragraph(name.to_owned())]);
        is_printable(&face, &document)
    };
    assert!(said("Łódź") && !said("京都"));
    let (plain, other) = (face.lines("京都 Kioto\ta\u{301}", 99.0), face.glyph('□'));
    assert_eq!(plain, ["京都 Kioto á"]);
    assert_eq!(face.glyph('京'), other);
    assert!(pdf(&document(vec![Block::Paragraph("京都".into())])).is_ok());
}

#[test]
fn three_thousand_records_are_printed_in_time_and_room() {
    let begun = Moment::now();
    let text =
        "Dar seguimiento a la instalación de la mesa de trabajo con la contraparte. ".repeat(6);
    let rows = (0..3_000)
        .map(|n| vec![format!("Compromiso {n}"), text.clone()])
        .collect();
    let file = pdf(&document(vec![table(rows)])).unwrap();
    assert!(file.starts_with(b"%PDF-"));
    assert!(file.len() < 3_000_000, "{}", file.len());
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
}
