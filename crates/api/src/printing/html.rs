//! A document as a page of HTML. Everything that it says is escaped.

use super::{Block, Printed};

const STYLE: &str = "body{font-family:serif;max-width:48em;margin:2em auto;padding:0 1em;line-height:1.4}\
table{border-collapse:collapse;width:100%;margin:0 0 1.5em}th,td{border:1px solid;padding:.3em .5em;text-align:left;vertical-align:top}\
h1,h2{line-height:1.2}.sign{display:flex;gap:3em;margin-top:5em}.sign div{flex:1;border-top:1px solid;padding-top:.3em}\
@media print{body{margin:0;max-width:none}h2{break-after:avoid}tr{break-inside:avoid}}";

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// The document as a whole page.
pub fn html(document: &Printed) -> String {
    let lang = if document.spanish { "es" } else { "en" };
    let title = escaped(&document.title);
    let body: String = document.blocks.iter().map(block).collect();
    format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\"><title>{title}</title><style>{STYLE}</style></head><body><h1>{title}</h1>{body}</body></html>"
    )
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading(text) => format!("<h2>{}</h2>", escaped(text)),
        Block::Paragraph(text) => format!("<p>{}</p>", escaped(text)),
        Block::Table { heads, rows } => table(heads, rows),
        Block::Signatures(whom) => {
            let lines: String = whom
                .iter()
                .map(|whom| format!("<div>{}</div>", escaped(whom)))
                .collect();
            format!("<div class=\"sign\">{lines}</div>")
        }
    }
}

fn table(heads: &[String], rows: &[Vec<String>]) -> String {
    let heads: String = heads
        .iter()
        .map(|head| format!("<th scope=\"col\">{}</th>", escaped(head)))
        .collect();
    let cell = |text: &String| format!("<td>{}</td>", escaped(text).replace('\n', "<br>"));
    let rows: String = rows
        .iter()
        .map(|row| format!("<tr>{}</tr>", row.iter().map(cell).collect::<String>()))
        .collect();
    format!("<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>")
}
