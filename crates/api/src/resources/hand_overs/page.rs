//! The hand-over as a page to print: one heading for each section, a table for each list, and lines to
//! sign on. Everything that comes from a record is escaped.

use serde_json::{Map, Value};
use vinculo_domain::Said;
use vinculo_domain::catalogs::{self, Catalog, Lang};
use vinculo_domain::hand_overs::HandOver;
use vinculo_domain::records::find;
use vinculo_domain::wording::hand_overs as said;

const STYLE: &str = "body{font-family:serif;max-width:48em;margin:2em auto;padding:0 1em;line-height:1.4}\
table{border-collapse:collapse;width:100%;margin:0 0 1.5em}th,td{border:1px solid;padding:.3em .5em;text-align:left;vertical-align:top}\
h1,h2{line-height:1.2}.sign{display:flex;gap:3em;margin-top:5em}.sign div{flex:1;border-top:1px solid;padding-top:.3em}\
@media print{body{margin:0;max-width:none}h2{break-after:avoid}tr{break-inside:avoid}}";

/// A page being written, in one language.
struct Page {
    text: String,
    spanish: bool,
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

impl Page {
    fn say(&self, said: &Said) -> String {
        let text = if self.spanish { &said.es } else { &said.en };
        escaped(text)
    }

    fn label(&self, catalog: Catalog, word: &str) -> String {
        let lang = if self.spanish { Lang::Es } else { Lang::En };
        escaped(catalogs::label(catalog, word, lang).unwrap_or(word))
    }

    fn heading(&mut self, said: &Said) {
        let text = self.say(said);
        self.text.push_str(&format!("<h2>{text}</h2>"));
    }

    /// A table of cells that are escaped already; where there are none, a sentence that says so.
    fn table(&mut self, heads: &[Said], rows: &[Vec<String>]) {
        if rows.is_empty() {
            let nothing = self.say(&said::nothing());
            self.text.push_str(&format!("<p>{nothing}</p>"));
            return;
        }
        let heads: String = heads
            .iter()
            .map(|head| format!("<th scope=\"col\">{}</th>", self.say(head)))
            .collect();
        let rows: String = rows
            .iter()
            .map(|row| {
                let cells: String = row.iter().map(|cell| format!("<td>{cell}</td>")).collect();
                format!("<tr>{cells}</tr>")
            })
            .collect();
        self.text.push_str(&format!(
            "<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        ));
    }
}

fn text(record: &Map<String, Value>, name: &str) -> String {
    let value = record.get(name).and_then(Value::as_str);
    escaped(value.unwrap_or_default())
}

/// What is due of a record, and until when.
fn due(record: &Map<String, Value>) -> String {
    let one = ["due_on", "deadline", "ends_on"].into_iter();
    let own = one.filter_map(|name| record.get(name)?.as_str().map(escaped));
    let duties = record.get("duties").and_then(Value::as_array);
    let open = duties.into_iter().flatten().filter_map(|duty| {
        let is_open = duty.get("done_on").is_none_or(Value::is_null);
        let (what, day) = (duty.get("what")?.as_str()?, duty.get("due_on")?.as_str()?);
        is_open.then(|| format!("{}: {}", escaped(day), escaped(what)))
    });
    own.take(1).chain(open).collect::<Vec<_>>().join("<br>")
}

/// The whole page.
pub fn html(file: &HandOver, spanish: bool) -> String {
    let mut page = Page {
        text: String::new(),
        spanish,
    };
    let title = page.say(&said::title(file.government_name.clone()));
    let made = page.say(&said::made_at(
        file.made_at.format("%Y-%m-%d %H:%M").to_string(),
    ));
    page.text
        .push_str(&format!("<h1>{title}</h1><p>{made}</p>"));
    if let Some(term) = &file.term {
        let line = said::term(term.ends_on.as_str(), term.days_left.to_string());
        let line = page.say(&line);
        page.text.push_str(&format!("<p>{line}</p>"));
    }
    agreements(&mut page, file);
    people(&mut page, file);
    for section in &file.sections {
        records(&mut page, &section.kind, &section.records);
    }
    let (gives, takes) = (page.say(&said::gives()), page.say(&said::takes()));
    page.text.push_str(&format!(
        "<div class=\"sign\"><div>{gives}</div><div>{takes}</div></div>"
    ));
    let lang = if spanish { "es" } else { "en" };
    format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\"><title>{title}</title><style>{STYLE}</style></head><body>{}</body></html>",
        page.text
    )
}

fn agreements(page: &mut Page, file: &HandOver) {
    page.heading(&said::agreements());
    let rows: Vec<Vec<String>> = file
        .agreements
        .iter()
        .map(|line| {
            let stage: &str = line.summary.stage.into();
            let day = |day: &Option<vinculo_domain::legal_date::LegalDate>| {
                day.as_ref()
                    .map(|day| day.as_str().to_owned())
                    .unwrap_or_default()
            };
            vec![
                escaped(&line.summary.title),
                escaped(line.summary.counterpart.as_deref().unwrap_or_default()),
                page.label(Catalog::Stages, stage),
                day(&line.summary.due_on),
                day(&line.ends_on),
            ]
        })
        .collect();
    let heads = [
        said::name(),
        said::counterpart(),
        said::status(),
        said::due(),
        said::ends_on(),
    ];
    page.table(&heads, &rows);
}

fn people(page: &mut Page, file: &HandOver) {
    page.heading(&said::people());
    let rows: Vec<Vec<String>> = file
        .people
        .iter()
        .map(|person| {
            let roles = person.roles.iter().map(|role| {
                let word: &str = role.into();
                page.label(Catalog::Roles, word)
            });
            vec![escaped(&person.name), roles.collect::<Vec<_>>().join(", ")]
        })
        .collect();
    page.table(&[said::name(), said::roles()], &rows);
}

fn records(page: &mut Page, many: &str, records: &[Map<String, Value>]) {
    if find(many).is_none() {
        return;
    }
    page.heading(&said::section(many));
    let rows: Vec<Vec<String>> = records
        .iter()
        .map(|record| {
            let status = record.get("status").and_then(Value::as_str);
            vec![
                text(record, "title"),
                text(record, "description"),
                page.label(Catalog::RecordStatuses, status.unwrap_or_default()),
                due(record),
            ]
        })
        .collect();
    let heads = [said::name(), said::about(), said::status(), said::due()];
    page.table(&heads, &rows);
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use vinculo_domain::TenantId;
    use vinculo_domain::hand_overs::{HandOverSection, SECTIONS};

    fn file(title: &str) -> HandOver {
        let record = json!({"title": title, "status": "active",
            "duties": [{"what": "Cuota", "due_on": "2027-03-31"}, {"what": "Informe", "due_on": "2026-01-01", "done_on": "2026-01-01"}]});
        HandOver {
            government_id: TenantId::new("14039"),
            government_name: "Guadalajara".into(),
            made_at: chrono::DateTime::UNIX_EPOCH,
            term: None,
            agreements: Vec::new(),
            people: Vec::new(),
            sections: vec![HandOverSection {
                kind: "memberships".into(),
                records: vec![record.as_object().unwrap().clone()],
            }],
        }
    }

    #[test]
    fn what_comes_from_a_record_is_text_and_nothing_else() {
        let page = html(&file("<script>alert(1)</script> & \"más\""), true);
        assert!(!page.contains("<script>"));
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;más&quot;"));
        assert!(page.contains("2027-03-31: Cuota") && !page.contains("Informe"));
        assert!(page.contains("<html lang=\"es\">") && page.contains("Activo"));
        assert!(html(&file("x"), false).contains("<html lang=\"en\">"));
    }

    #[test]
    fn every_section_has_a_heading_of_its_own() {
        let headings: std::collections::HashSet<String> = SECTIONS
            .iter()
            .map(|(many, _)| said::section(many).es.into_owned())
            .collect();
        assert_eq!(headings.len(), SECTIONS.len());
    }
}
