//! Tables of records: CSV, JSON and JSON Lines, one text a record.
//!
//! Which column holds the text, the date, the id and the title is told by its name (`assets/format/columns.toml`);
//! where no name is known, the text is the column with the longest words.

use super::{
    Each, Fault, FormatError, Piece,
    error::plain,
    limits::{MAX_COLUMNS, MAX_RECORDS},
    tidy,
};
use crate::{text::Source, warn::Reporter};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::sync::LazyLock;

/// So many records are looked at to find the columns.
const SAMPLE: usize = 64;
/// A column without a known name holds the text where its words have so many characters on average.
const MIN_TEXT_CHARS: usize = 20;
/// The names of columns are no longer than this.
const MAX_NAME_CHARS: usize = 40;

/// Names of columns, in the order of preference.
#[derive(Debug, Deserialize)]
struct Names {
    text: Vec<String>,
    date: Vec<String>,
    id: Vec<String>,
    title: Vec<String>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let none = || Names { text: Vec::new(), date: Vec::new(), id: Vec::new(), title: Vec::new() };
    toml::from_str(include_str!("../../assets/format/columns.toml")).unwrap_or_else(|_| none())
});

/// Which column is what, by index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Columns {
    text: usize,
    date: Option<usize>,
    id: Option<usize>,
    title: Option<usize>,
}

/// A text that was found to be a table.
#[derive(Debug)]
pub(super) enum Table {
    /// Fields between these marks.
    Csv { delimiter: u8, columns: Columns },
    /// Objects of one list.
    Json(Vec<Value>),
    /// An object a line.
    Lines,
}

/// Whether `text` is a table of records; `None` where it is something to be read itself.
pub(super) fn table(text: &str) -> Option<Table> {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    match start.chars().next()? {
        '[' => json_list(start),
        '{' => json_objects(start),
        _ => b",\t;|".iter().find_map(|delimiter| csv_table(text, *delimiter)),
    }
}

fn json_list(text: &str) -> Option<Table> {
    let list: Vec<Value> = serde_json::from_str(text).ok()?;
    list.iter().any(is_record).then_some(Table::Json(list))
}

fn json_objects(text: &str) -> Option<Table> {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first: Option<Value> = lines.next().and_then(|line| serde_json::from_str(line).ok());
    if let Some(first) = first {
        let rest = lines.take(SAMPLE).filter_map(|line| serde_json::from_str(line).ok());
        if std::iter::once(first).chain(rest).any(|value| is_record(&value)) {
            return Some(Table::Lines);
        }
    }
    let whole: Map<String, Value> = serde_json::from_str(text).ok()?;
    let whole = Value::Object(whole);
    if is_record(&whole) {
        return Some(Table::Json(vec![whole]));
    }
    let Value::Object(whole) = whole else { return None };
    let list = whole.into_iter().find_map(|(_, value)| match value {
        Value::Array(list) if list.iter().any(is_record) => Some(list),
        _ => None,
    });
    list.map(Table::Json)
}

/// Whether an object has a column with a text.
fn is_record(value: &Value) -> bool {
    match value {
        Value::Object(object) => columns_of(object).is_some(),
        Value::String(text) => text.chars().count() >= MIN_TEXT_CHARS,
        _ => false,
    }
}

fn columns_of(object: &Map<String, Value>) -> Option<Columns> {
    let names: Vec<&str> = object.keys().map(String::as_str).collect();
    let lengths: Vec<usize> =
        object.values().map(|value| value.as_str().map_or(0, |text| text.chars().count())).collect();
    columns(&names, &lengths)
}

/// The columns by their names and the mean lengths of their fields.
fn columns(names: &[&str], lengths: &[usize]) -> Option<Columns> {
    let by_name = |known: &[String]| {
        known.iter().find_map(|known| names.iter().position(|name| name.trim().to_lowercase() == *known))
    };
    let longest = || {
        let (idx, length) = lengths.iter().enumerate().max_by_key(|(idx, length)| (**length, usize::MAX - idx))?;
        (*length >= MIN_TEXT_CHARS).then_some(idx)
    };
    let known = &*NAMES;
    let text =
        by_name(&known.text).filter(|idx| lengths.get(*idx).is_some_and(|length| *length > 0)).or_else(longest)?;
    let other = |found: Option<usize>| found.filter(|idx| *idx != text);
    Some(Columns {
        text,
        date: other(by_name(&known.date)),
        id: other(by_name(&known.id)),
        title: other(by_name(&known.title)),
    })
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(text.as_bytes())
}

/// The rows of a text whose lines have fields between commas, semicolons or tabs, nearly all as many; `None` for prose.
pub(super) fn rows(text: &str) -> Option<Vec<Vec<String>>> {
    b",\t;".iter().filter(|delimiter| may_have_rows(text, **delimiter)).find_map(|delimiter| {
        let rows: Vec<csv::StringRecord> =
            reader(text, *delimiter).records().take(MAX_RECORDS).collect::<Result<_, _>>().ok()?;
        let width = rows.iter().map(csv::StringRecord::len).max()?;
        let n_fit = rows.iter().filter(|row| row.len() == width).count();
        let is_table = (2..=MAX_COLUMNS).contains(&width) && rows.len() > 2 && n_fit * 10 >= rows.len() * 8;
        is_table.then(|| rows.iter().map(|row| row.iter().map(str::to_owned).collect()).collect())
    })
}

/// Whether so many lines of `text` have two fields or more that it may be rows; prose is told from them without being
/// taken apart. Quoted fields may hold line breaks, so that where there is a quotation mark nothing is known.
fn may_have_rows(text: &str, delimiter: u8) -> bool {
    let bytes = text.as_bytes();
    if memchr::memchr(delimiter, bytes).is_none() {
        return false;
    }
    if memchr::memchr(b'"', bytes).is_some() {
        return true;
    }
    let lines = || bytes.split(|byte| matches!(byte, b'\n' | b'\r')).filter(|line| !line.is_empty());
    let n_lines = lines().count();
    let n_rows = lines().filter(|line| memchr::memchr(delimiter, line).is_some()).count();
    n_lines > MAX_RECORDS || n_rows * 10 >= n_lines * 8
}

/// A CSV table has a row of short names and below it rows with as many fields.
fn csv_table(text: &str, delimiter: u8) -> Option<Table> {
    let first_line = text.lines().next()?;
    if !first_line.as_bytes().contains(&delimiter) {
        return None;
    }
    let mut reader = reader(text, delimiter);
    let rows: Vec<csv::StringRecord> = reader.records().take(SAMPLE).collect::<Result<_, _>>().ok()?;
    let (head, body) = rows.split_first()?;
    let names: Vec<&str> = head.iter().collect();
    let is_name = |name: &str| {
        let name = name.trim();
        !name.is_empty() && name.chars().count() <= MAX_NAME_CHARS && !name.contains(['。', '\n'])
    };
    let are_names = (2..=MAX_COLUMNS).contains(&names.len())
        && names
            .iter()
            .enumerate()
            .all(|(idx, name)| is_name(name) && names.iter().position(|n| n == name) == Some(idx));
    if !are_names || body.is_empty() {
        return None;
    }
    let n_fit = body.iter().filter(|row| row.len() == names.len()).count();
    let lengths: Vec<usize> = (0..names.len())
        .map(|idx| body.iter().filter_map(|row| row.get(idx)).map(|f| f.chars().count()).sum::<usize>() / body.len())
        .collect();
    let found = columns(&names, &lengths)?;
    let is_named = names.get(found.text).is_some_and(|name| NAMES.text.contains(&name.trim().to_lowercase()));
    // Prose with commas has rows of all lengths.
    let is_table = n_fit * 10 >= body.len() * 9 && (is_named || body.len() >= 2);
    is_table.then_some(Table::Csv { delimiter, columns: found })
}

/// A record's fields.
#[derive(Debug, Default)]
struct Record {
    text: String,
    date: Option<String>,
    id: Option<String>,
    title: Option<String>,
}

/// Hands the records of `table` to `each`; `source` is the file. What is wrong with one does not stop the others.
pub(super) fn read(source: &Source, table: Table, reporter: Reporter, each: &mut Each<'_>) {
    let mut out = Out { source, n_records: 0, warnings: Some(reporter), each };
    match table {
        Table::Csv { delimiter, columns } => {
            for (row_idx, row) in reader(&source.text, delimiter).records().enumerate().skip(1) {
                match row {
                    Ok(row) => out.add(row_idx + 1, csv_record(&row, columns)),
                    Err(error) => out.fault(row_idx + 1, error.to_string()),
                }
                if out.is_full() {
                    return;
                }
            }
        }
        Table::Json(list) => {
            for (idx, value) in list.iter().enumerate() {
                out.add_json(idx + 1, value);
                if out.is_full() {
                    return;
                }
            }
        }
        Table::Lines => {
            for (idx, line) in source.text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
                match serde_json::from_str::<Value>(line.trim_start_matches('\u{feff}')) {
                    Ok(value) => out.add_json(idx + 1, &value),
                    Err(error) => out.fault(idx + 1, error.to_string()),
                }
                if out.is_full() {
                    return;
                }
            }
        }
    }
}

fn csv_record(row: &csv::StringRecord, columns: Columns) -> Record {
    let field = |idx: Option<usize>| idx.and_then(|idx| row.get(idx)).map(str::trim).filter(|f| !f.is_empty());
    Record {
        text: row.get(columns.text).unwrap_or_default().to_owned(),
        date: field(columns.date).map(str::to_owned),
        id: field(columns.id).map(plain),
        title: field(columns.title).map(str::to_owned),
    }
}

fn json_record(value: &Value) -> Option<Record> {
    match value {
        Value::String(text) => Some(Record { text: text.clone(), ..Record::default() }),
        Value::Object(object) => {
            let columns = columns_of(object)?;
            let field = |idx: Option<usize>| {
                let value = idx.and_then(|idx| object.values().nth(idx))?;
                match value {
                    Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
                    Value::Number(number) => Some(number.to_string()),
                    _ => None,
                }
            };
            Some(Record {
                text: field(Some(columns.text)).unwrap_or_default(),
                date: field(columns.date),
                id: field(columns.id).map(|id| plain(&id)),
                title: field(columns.title),
            })
        }
        _ => None,
    }
}

/// Where records go.
struct Out<'a, 'b> {
    source: &'a Source,
    n_records: usize,
    /// What was said about the file as a whole: the first record carries it.
    warnings: Option<Reporter>,
    each: &'a mut Each<'b>,
}

impl Out<'_, '_> {
    fn is_full(&mut self) -> bool {
        if self.n_records < MAX_RECORDS {
            return false;
        }
        let limit = format!("{MAX_RECORDS} records");
        let error = FormatError::TooLarge { what: "the rest of the table".to_owned(), limit };
        (self.each)(Err(Fault { path: self.source.path.clone(), error }));
        true
    }

    fn fault(&mut self, no: usize, detail: String) {
        let error = FormatError::Damaged { what: "record", detail };
        (self.each)(Err(Fault { path: format!("{}#{no}", self.source.path), error }));
    }

    fn add_json(&mut self, no: usize, value: &Value) {
        match json_record(value) {
            Some(record) => self.add(no, record),
            None => self.fault(no, "it has no text".to_owned()),
        }
    }

    fn add(&mut self, no: usize, record: Record) {
        let Record { text, date, id, title } = record;
        if text.trim().is_empty() {
            return;
        }
        self.n_records += 1;
        let mut reporter = self.warnings.take().unwrap_or_default();
        let dct = date.as_deref().and_then(tidy::date);
        if let (None, Some(date)) = (&dct, &date) {
            reporter.whole("record-dct", format!("this is no date: \"{}\"", plain(date)));
        }
        let text = match title {
            Some(title) if !text.trim_start().starts_with(&title) => {
                format!("# {}\n\n{text}", title.split_whitespace().collect::<Vec<_>>().join(" "))
            }
            _ => text,
        };
        let name = id.unwrap_or_else(|| no.to_string());
        let source = Source {
            path: format!("{}#{name}", self.source.path),
            text,
            encoding: self.source.encoding.clone(),
            sha256: self.source.sha256.clone(),
        };
        (self.each)(Ok(Piece { source, dct, reporter }));
    }
}
