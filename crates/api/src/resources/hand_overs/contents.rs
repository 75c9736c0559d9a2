//! The hand-over as a document to print and sign: one heading for each section, a table for each list,
//! and lines to sign on.

use crate::printing::{Block, Printed};
use serde_json::{Map, Value};
use vinculo_domain::Said;
use vinculo_domain::catalogs::{self, Catalog, Lang};
use vinculo_domain::hand_overs::HandOver;
use vinculo_domain::legal_date::LegalDate;
use vinculo_domain::records::find;
use vinculo_domain::wording::hand_overs as said;

/// A document being written, in one language.
struct Writer {
    blocks: Vec<Block>,
    spanish: bool,
}

impl Writer {
    fn say(&self, said: Said) -> String {
        let text = if self.spanish { said.es } else { said.en };
        text.into_owned()
    }

    fn label(&self, catalog: Catalog, word: &str) -> String {
        let lang = if self.spanish { Lang::Es } else { Lang::En };
        let label = catalogs::label(catalog, word, lang);
        label.unwrap_or(word).to_owned()
    }

    fn heading(&mut self, said: Said) {
        let text = self.say(said);
        self.blocks.push(Block::Heading(text));
    }

    fn paragraph(&mut self, said: Said) {
        let text = self.say(said);
        self.blocks.push(Block::Paragraph(text));
    }

    /// A table; where there are no rows, a sentence that says so.
    fn table(&mut self, heads: impl IntoIterator<Item = Said>, rows: Vec<Vec<String>>) {
        if rows.is_empty() {
            self.paragraph(said::nothing());
            return;
        }
        let heads = heads.into_iter().map(|head| self.say(head)).collect();
        self.blocks.push(Block::Table { heads, rows });
    }
}

fn text(record: &Map<String, Value>, name: &str) -> String {
    let value = record.get(name).and_then(Value::as_str);
    value.unwrap_or_default().to_owned()
}

/// What is due of a record, and until when.
fn due(record: &Map<String, Value>) -> String {
    let one = ["due_on", "deadline", "ends_on"].into_iter();
    let own = one.filter_map(|name| record.get(name)?.as_str().map(str::to_owned));
    let duties = record.get("duties").and_then(Value::as_array);
    let open = duties.into_iter().flatten().filter_map(|duty| {
        let is_open = duty.get("done_on").is_none_or(Value::is_null);
        let (what, day) = (duty.get("what")?.as_str()?, duty.get("due_on")?.as_str()?);
        is_open.then(|| format!("{day}: {what}"))
    });
    own.take(1).chain(open).collect::<Vec<_>>().join("\n")
}

/// The whole document.
pub fn document(file: &HandOver, spanish: bool) -> Printed {
    let mut writer = Writer {
        blocks: Vec::new(),
        spanish,
    };
    let made = file.made_at.format("%Y-%m-%d %H:%M").to_string();
    writer.paragraph(said::made_at(made));
    if let Some(term) = &file.term {
        let days = term.days_left.to_string();
        writer.paragraph(said::term(term.ends_on.as_str(), days));
    }
    agreements(&mut writer, file);
    people(&mut writer, file);
    for section in &file.sections {
        records(&mut writer, &section.kind, &section.records);
    }
    let whom = [said::gives(), said::takes()].map(|said| writer.say(said));
    writer.blocks.push(Block::Signatures(whom.into()));
    Printed {
        spanish,
        title: writer.say(said::title(file.government_name.clone())),
        made_at: file.made_at,
        blocks: writer.blocks,
    }
}

/// Under which name the document is saved.
pub fn file_name(file: &HandOver, spanish: bool) -> String {
    let said = said::file(file.government_name.clone());
    let text = if spanish { said.es } else { said.en };
    text.into_owned()
}

fn agreements(writer: &mut Writer, file: &HandOver) {
    writer.heading(said::agreements());
    let day = |day: &Option<LegalDate>| day.as_ref().map_or("", LegalDate::as_str).to_owned();
    let row = |line: &vinculo_domain::agreements::AgreementLine| {
        let summary = &line.summary;
        vec![
            summary.title.clone(),
            summary.counterpart.clone().unwrap_or_default(),
            writer.label(Catalog::Stages, summary.stage.into()),
            day(&summary.due_on),
            day(&line.ends_on),
        ]
    };
    let rows = file.agreements.iter().map(row).collect();
    let heads = [
        said::name(),
        said::counterpart(),
        said::status(),
        said::due(),
        said::ends_on(),
    ];
    writer.table(heads, rows);
}

fn people(writer: &mut Writer, file: &HandOver) {
    writer.heading(said::people());
    let people = file.people.iter();
    let rows = people.map(|person| {
        let roles = person.roles.iter();
        let roles = roles.map(|role| writer.label(Catalog::Roles, role.into()));
        vec![person.name.clone(), roles.collect::<Vec<_>>().join(", ")]
    });
    let rows = rows.collect();
    writer.table([said::name(), said::roles()], rows);
}

fn records(writer: &mut Writer, many: &str, records: &[Map<String, Value>]) {
    if find(many).is_none() {
        return;
    }
    writer.heading(said::section(many));
    let rows = records.iter().map(|record| {
        let status = record.get("status").and_then(Value::as_str);
        vec![
            text(record, "title"),
            text(record, "description"),
            writer.label(Catalog::RecordStatuses, status.unwrap_or_default()),
            due(record),
        ]
    });
    let rows = rows.collect();
    let heads = [said::name(), said::about(), said::status(), said::due()];
    writer.table(heads, rows);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::printing::html;
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
        let page = |title: &str, spanish| html(&document(&file(title), spanish));
        let page_of = page("<script>alert(1)</script> & \"más\"", true);
        assert!(!page_of.contains("<script>"));
        assert!(page_of.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;más&quot;"));
        assert!(page_of.contains("2027-03-31: Cuota") && !page_of.contains("Informe"));
        assert!(page_of.contains("<html lang=\"es\">") && page_of.contains("Activo"));
        assert!(page("x", false).contains("<html lang=\"en\">"));
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
