//! Statistics as CSV (RFC 4180) for spreadsheets; every line can be understood by itself.

use super::{Measures, Point, Quality, Statistics, StatisticsRow};
use crate::refusal::{Refusal, Result};
use crate::spreadsheets::guarded;

const MEASURES: [&str; 6] = [
    "median_days",
    "p90_days",
    "within_target",
    "waiting",
    "area_km2",
    "territory_share",
];
const CONTEXT: [&str; 11] = [
    "family",
    "scope",
    "as_of",
    "begins_on",
    "count_by",
    "filter",
    "total",
    "with_date",
    "with_text",
    "with_validity",
    "counting_rule",
];

/// A line of the table: a row, the `total` of all rows, or an `over_time` line with the named rows
/// at the end of another day.
struct Line<'a> {
    of: &'static str,
    row: Option<&'a StatisticsRow>,
    count: i64,
    share: f64,
    measures: Measures,
    as_of: &'a str,
    total: i64,
    quality: Quality,
}

impl<'a> Line<'a> {
    fn total(figures: &'a Statistics) -> Self {
        Self {
            of: "total",
            row: None,
            count: figures.counted,
            share: if figures.counted > 0 { 100.0 } else { 0.0 },
            measures: figures.measures.clone(),
            as_of: &figures.as_of,
            total: figures.total,
            quality: figures.quality.clone(),
        }
    }

    fn of_row(figures: &'a Statistics, row: &'a StatisticsRow) -> Self {
        Self {
            of: "row",
            row: Some(row),
            count: row.count,
            share: row.share,
            measures: row.measures.clone(),
            ..Self::total(figures)
        }
    }

    fn of_point(figures: &'a Statistics, point: &'a Point) -> Self {
        Self {
            of: "over_time",
            count: point.count,
            share: point.share,
            measures: Measures::default(),
            as_of: &point.as_of,
            total: point.total,
            quality: Quality::default(),
            ..Self::total(figures)
        }
    }

    fn cells(&self, figures: &Statistics) -> Vec<String> {
        let mut cells = vec![self.of.to_owned()];
        for one in &figures.by {
            let (key, label) = self.row.map_or((None, None), |row| {
                (row.keys.get(one.name()), row.labels.get(one.name()))
            });
            cells.push(key.cloned().unwrap_or_default());
            cells.push(label.cloned().unwrap_or_default());
        }
        cells.push(self.count.to_string());
        cells.push(format!("{:.1}", self.share));
        cells.extend([
            shown(self.measures.median_days),
            shown(self.measures.p90_days),
            shown(self.measures.within_target),
            shown(self.measures.waiting),
            shown(self.measures.area_km2),
            shown(self.measures.territory_share),
        ]);
        let (family, scope): (&str, &str) = (figures.family.into(), figures.scope.into());
        let count_by: &str = figures.count_by.into();
        let filter = figures.filter.iter();
        let filter = filter.map(|(name, value)| format!("{name}={value}"));
        cells.extend([
            family.to_owned(),
            scope.to_owned(),
            self.as_of.to_owned(),
            figures.begins_on.clone().unwrap_or_default(),
            count_by.to_owned(),
            filter.collect::<Vec<_>>().join("&"),
            self.total.to_string(),
            shown(self.quality.with_date),
            shown(self.quality.with_text),
            shown(self.quality.with_validity),
            figures.counting_rule.clone(),
        ]);
        cells
    }
}

/// The table in UTF-8: a header, one line for each row, one for the total, and one for each day of
/// `over_time`.
pub fn sheet(figures: &Statistics) -> Result<String> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let wrong = |error: &dyn std::fmt::Display| Refusal::internal(format!("sheet: {error}"));
    let mut names: Vec<String> = vec!["line".to_owned()];
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
    let rows = figures.rows.iter().map(|row| Line::of_row(figures, row));
    let points = figures.over_time.iter();
    let points = points.map(|point| Line::of_point(figures, point));
    for line in rows.chain([Line::total(figures)]).chain(points) {
        let cells = line.cells(figures).into_iter().map(|cell| guarded(&cell));
        writer
            .write_record(cells.collect::<Vec<_>>())
            .map_err(|error| wrong(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| wrong(&error))?;
    String::from_utf8(bytes).map_err(|error| wrong(&error))
}

fn shown<T: std::fmt::Display>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::{Audience, CountBy, Dimension, Family, Measures, Quality};
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
            scope: Audience::Public,
            as_of: "2026-11-20".into(),
            begins_on: None,
            note: None,
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
            measures: Measures {
                p90_days: Some(9),
                ..Measures::default()
            },
            over_time: vec![Point {
                as_of: "2025-12-31".into(),
                total: 4,
                count: 1,
                share: 25.0,
            }],
        };
        let text = sheet(&figures).unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let width = reader.headers().unwrap().len();
        let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
        assert_eq!(rows.len(), 4);
        for row in &rows {
            assert_eq!(row.len(), width);
            for cell in row {
                assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
            }
        }
        assert_eq!(&rows[0][2], "Jalisco, \"tierra\"");
        assert_eq!(&rows[0][1], "'=cmd|'/c calc'!A1");
        // The lines for the total and the other days repeat what the statistics say about all rows.
        let of = |line: &csv::StringRecord, name: &str| {
            let mut names = text.lines().next().unwrap().split(',');
            line[names.position(|known| known == name).unwrap()].to_owned()
        };
        let said = |line, names: [&str; 7]| names.map(|name| of(line, name)).join(" ");
        let names = [
            "line", "state", "count", "share", "p90_days", "as_of", "total",
        ];
        assert_eq!(said(&rows[2], names), "total  6 100.0 9 2026-11-20 6");
        assert_eq!(said(&rows[3], names), "over_time  1 25.0  2025-12-31 4");
        assert_eq!(of(&rows[3], "count_by"), "agreements");
        assert!(text.contains("\r\n"));
    }
}
