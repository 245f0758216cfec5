//! Events and points of series as flat rows: the columns of the CSV, JSON Lines and Parquet tables.

use super::parquet::{Kind, Value};
use crate::{
    corpus::Entry,
    edtf::{Interval, Moment},
    span::CharIndex,
};
use serde::Serialize;
use std::io::{self, Write};

/// An event as a row. `start` and `end` count code points of the document's text; `from` and `until` are the stretch
/// of time, end exclusive, in ISO 8601 with astronomical years.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EventRow {
    /// The document's id.
    pub document: String,
    /// The file it came from.
    pub path: String,
    /// Index of the article.
    pub article: usize,
    /// The article's headline.
    pub headline: Option<String>,
    /// First code point of the passage.
    pub start: usize,
    /// First code point behind it.
    pub end: usize,
    /// What a person would write on a timeline.
    pub title: String,
    /// The passage, without line breaks.
    pub text: String,
    /// When, in EDTF.
    pub edtf: Option<String>,
    /// First moment.
    pub from: Option<String>,
    /// First moment behind it.
    pub until: Option<String>,
    /// Whether the text says that the time is approximate.
    pub approximate: bool,
    /// Where.
    pub place: Option<String>,
    /// The rule that made it.
    pub rule: String,
}

/// The columns of [`EventRow`].
pub(super) const EVENT_HEAD: &[&str] = &[
    "document",
    "path",
    "article",
    "headline",
    "start",
    "end",
    "title",
    "text",
    "edtf",
    "from",
    "until",
    "approximate",
    "place",
    "rule",
];

/// The columns of [`EventRow`] with what they hold.
pub(super) const EVENT_COLUMNS: &[(&str, Kind)] = &[
    ("document", Kind::Text),
    ("path", Kind::Text),
    ("article", Kind::Whole),
    ("headline", Kind::Text),
    ("start", Kind::Whole),
    ("end", Kind::Whole),
    ("title", Kind::Text),
    ("text", Kind::Text),
    ("edtf", Kind::Text),
    ("from", Kind::Text),
    ("until", Kind::Text),
    ("approximate", Kind::Flag),
    ("place", Kind::Text),
    ("rule", Kind::Text),
];

impl EventRow {
    /// Its values in the order of the columns.
    pub(super) fn values(self) -> [Value; 14] {
        let Self {
            document,
            path,
            article,
            headline,
            start,
            end,
            title,
            text,
            edtf,
            from,
            until,
            approximate,
            place,
            rule,
        } = self;
        [
            document.into(),
            path.into(),
            article.into(),
            headline.into(),
            start.into(),
            end.into(),
            title.into(),
            text.into(),
            edtf.into(),
            from.into(),
            until.into(),
            Value::Flag(approximate),
            place.into(),
            rule.into(),
        ]
    }
}

/// A point of a series as a row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PointRow {
    /// The document's id.
    pub document: String,
    /// The file it came from.
    pub path: String,
    /// What is measured.
    pub series: String,
    /// The unit of the value.
    pub unit: String,
    /// When, in EDTF.
    pub edtf: Option<String>,
    /// First moment.
    pub from: Option<String>,
    /// First moment behind it.
    pub until: Option<String>,
    /// In the unit.
    pub value: f64,
    /// The upper end of a range.
    pub upper: Option<f64>,
    /// Whether the time is approximate.
    pub approximate: bool,
    /// First code point of the printed quantity; none for one that was worked out.
    pub start: Option<usize>,
    /// First code point behind it.
    pub end: Option<usize>,
    /// The quantity as printed.
    pub text: Option<String>,
    /// How it was worked out.
    pub derived: Option<String>,
}

/// The columns of [`PointRow`].
pub(super) const POINT_HEAD: &[&str] = &[
    "document",
    "path",
    "series",
    "unit",
    "edtf",
    "from",
    "until",
    "value",
    "upper",
    "approximate",
    "start",
    "end",
    "text",
    "derived",
];

/// The columns of [`PointRow`] with what they hold.
pub(super) const POINT_COLUMNS: &[(&str, Kind)] = &[
    ("document", Kind::Text),
    ("path", Kind::Text),
    ("series", Kind::Text),
    ("unit", Kind::Text),
    ("edtf", Kind::Text),
    ("from", Kind::Text),
    ("until", Kind::Text),
    ("value", Kind::Decimal),
    ("upper", Kind::Decimal),
    ("approximate", Kind::Flag),
    ("start", Kind::Whole),
    ("end", Kind::Whole),
    ("text", Kind::Text),
    ("derived", Kind::Text),
];

impl PointRow {
    /// Its values in the order of the columns.
    pub(super) fn values(self) -> [Value; 14] {
        let Self {
            document,
            path,
            series,
            unit,
            edtf,
            from,
            until,
            value,
            upper,
            approximate,
            start,
            end,
            text,
            derived,
        } = self;
        [
            document.into(),
            path.into(),
            series.into(),
            unit.into(),
            edtf.into(),
            from.into(),
            until.into(),
            Value::Decimal(Some(value)),
            Value::Decimal(upper),
            Value::Flag(approximate),
            start.into(),
            end.into(),
            text.into(),
            derived.into(),
        ]
    }
}

/// `2024-09-01T00:00:00` for each end.
fn ends(interval: Option<&Interval>) -> (Option<String>, Option<String>) {
    let text = |moment: Option<Moment>| moment.map(|moment| moment.to_string());
    interval.map_or((None, None), |interval| (text(interval.start), text(interval.end)))
}

/// A passage on one line.
pub(super) fn on_one_line(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

/// The events of a document, by place.
pub fn events(entry: &Entry) -> Vec<EventRow> {
    let index = CharIndex::new(&entry.text);
    let document = &entry.document;
    let row = |event: &crate::model::Event| {
        let span = index.chars_from_bytes(&entry.text, event.span);
        let (from, until) = ends(event.interval.as_ref());
        EventRow {
            document: document.id.clone(),
            path: document.source.path.clone(),
            article: event.article,
            headline: document.articles.get(event.article).and_then(|article| article.headline.clone()),
            start: span.start,
            end: span.end,
            title: event.title.clone(),
            text: on_one_line(event.span.slice(&entry.text)),
            edtf: event.edtf.as_ref().map(|edtf| edtf.as_str().to_owned()),
            from,
            until,
            approximate: event.edtf.as_ref().is_some_and(crate::edtf::Edtf::is_approximate),
            place: event.place.clone(),
            rule: event.rule.clone(),
        }
    };
    document.events.iter().map(row).collect()
}

/// The points of the series of a document, series by series.
pub fn points(entry: &Entry) -> Vec<PointRow> {
    let index = CharIndex::new(&entry.text);
    let document = &entry.document;
    let mut rows = Vec::new();
    for series in &document.series {
        for point in &series.points {
            let quantity = point.quantity.and_then(|idx| document.quantities.get(idx));
            let span = quantity.map(|quantity| index.chars_from_bytes(&entry.text, quantity.span));
            let (from, until) = ends(point.interval.as_ref());
            rows.push(PointRow {
                document: document.id.clone(),
                path: document.source.path.clone(),
                series: series.name.clone(),
                unit: series.unit.clone(),
                edtf: point.edtf.as_ref().map(|edtf| edtf.as_str().to_owned()),
                from,
                until,
                value: point.value,
                upper: point.upper,
                approximate: point.edtf.as_ref().is_some_and(crate::edtf::Edtf::is_approximate),
                start: span.map(|span| span.start),
                end: span.map(|span| span.end),
                text: quantity.map(|quantity| quantity.text.clone()),
                derived: point.derived.as_ref().map(|derived| derived.formula.clone()),
            });
        }
    }
    rows
}

/// The row of names above a CSV table.
pub(super) fn write_head(out: &mut impl Write, names: &[&str]) -> io::Result<()> {
    writeln!(out, "{}", names.join(","))
}

/// One row of CSV, in the order of the struct's fields.
pub(super) fn write_csv(out: &mut impl Write, row: &impl Serialize) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(out);
    writer.serialize(row).map_err(io::Error::other)?;
    writer.flush()
}

/// One row as a JSON object on a line.
pub(super) fn write_json(out: &mut impl Write, row: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, row)?;
    out.write_all(b"\n")
}
