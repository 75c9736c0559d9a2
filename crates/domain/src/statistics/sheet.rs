//! Figures as a table for spreadsheets (CSV, RFC 4180): every line says all that it needs to be
//! understood alone.

use super::{Statistics, StatisticsRow};
use crate::refusal::{Refusal, Result};

const MEASURES: [&str; 6] = [
    "median_days",
    "p90_days",
    "within_target",
    "waiting",
    "area_km2",
    "territory_share",
];
const CONTEXT: [&str; 9] = [
    "family",
    "scope",
    "as_of",
    "filter",
    "total",
    "with_date",
    "with_text",
    "with_validity",
    "counting_rule",
];

/// The table: a line of names, then one for each row, in UTF-8.
pub fn sheet(figures: &Statistics) -> Result<String> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let wrong = |error: &dyn std::fmt::Display| Refusal::internal(format!("sheet: {error}"));
    let mut names: Vec<String> = Vec::new();
    for one in &figures.by {
        names.extend([one.name().to_owned(), format!("{}_label", one.name())]);
    }
    names.extend(["count", "share"].map(str::to_owned));
    names.extend(
        MEASURES
            .iter()
            .chain(&CONTEXT)
            .map(|name| (*name).to_owned()),
    );
    writer.write_record(&names).map_err(|error| wrong(&error))?;
    for row in &figures.rows {
        let cells = line(figures, row).into_iter().map(safe);
        writer
            .write_record(cells.collect::<Vec<_>>())
            .map_err(|error| wrong(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| wrong(&error))?;
    String::from_utf8(bytes).map_err(|error| wrong(&error))
}

fn line(figures: &Statistics, row: &StatisticsRow) -> Vec<String> {
    let mut cells = Vec::new();
    for one in &figures.by {
        cells.push(row.keys.get(one.name()).cloned().unwrap_or_default());
        cells.push(row.labels.get(one.name()).cloned().unwrap_or_default());
    }
    cells.push(row.count.to_string());
    cells.push(format!("{:.1}", row.share));
    let measures = &row.measures;
    cells.extend([
        shown(measures.median_days),
        shown(measures.p90_days),
        shown(measures.within_target),
        shown(measures.waiting),
        shown(measures.area_km2),
        shown(measures.territory_share),
    ]);
    let (family, scope): (&str, &str) = (figures.family.into(), figures.scope.into());
    let filter = figures
        .filter
        .iter()
        .map(|(name, value)| format!("{name}={value}"));
    cells.extend([
        family.to_owned(),
        scope.to_owned(),
        figures.as_of.clone(),
        filter.collect::<Vec<_>>().join("&"),
        figures.total.to_string(),
        shown(figures.quality.with_date),
        shown(figures.quality.with_text),
        shown(figures.quality.with_validity),
        figures.counting_rule.clone(),
    ]);
    cells
}

fn shown<T: std::fmt::Display>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// A cell that a spreadsheet would take for a formula begins with an apostrophe.
fn safe(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        format!("'{cell}")
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::{CountBy, Dimension, Family, Measures, Quality, Sight};
    use std::collections::BTreeMap;

    #[test]
    fn a_line_is_whole_and_no_cell_is_a_formula() {
        let row = |key: &str, label: &str| StatisticsRow {
            keys: BTreeMap::from([("state".to_owned(), key.to_owned())]),
            labels: BTreeMap::from([("state".to_owned(), label.to_owned())]),
            count: 3,
            share: 50.0,
            measures: Measures {
                median_days: Some(4),
                ..Measures::default()
            },
        };
        let figures = Statistics {
            family: Family::Stock,
            scope: Sight::Public,
            as_of: "2026-11-20".into(),
            count_by: CountBy::Agreements,
            by: vec![Dimension::State],
            filter: BTreeMap::from([("q".to_owned(), "=1+1".to_owned())]),
            counting_rule: "=SUM(A1), «así»".into(),
            quality: Quality::default(),
            total: 6,
            counted: 6,
            rows: vec![
                row("=cmd|'/c calc'!A1", "Jalisco, \"tierra\""),
                row("@x", "+52"),
            ],
            measures: Measures::default(),
            over_time: Vec::new(),
        };
        let text = sheet(&figures).unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let width = reader.headers().unwrap().len();
        let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
        assert_eq!(rows.len(), 2);
        for row in &rows {
            assert_eq!(row.len(), width);
            for cell in row {
                assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
            }
        }
        assert_eq!(&rows[0][1], "Jalisco, \"tierra\"");
        assert_eq!(&rows[0][0], "'=cmd|'/c calc'!A1");
        assert!(text.contains("\r\n"));
    }
}
