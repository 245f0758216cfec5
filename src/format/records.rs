//! Tables of records: CSV, JSON and JSON Lines, one text a record.
//!
//! Which column holds the text, the date, the id and the title is told by its name (`assets/format/columns.toml`);
//! where no name is known, the text is the column with the longest words.

use super::{
    DateWords, Each, Fault, FormatError, Piece,
    error::{bytes_words, plain},
    limits::{MAX_COLUMNS, MAX_RECORD_BYTES, MAX_RECORDS},
    tidy,
};
use crate::{
    model::{ColumnUse, TableChoice, TablePreview},
    text::Source,
    warn::Reporter,
};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::sync::LazyLock;

/// So many records are looked at to find the columns.
const SAMPLE: usize = 64;
/// A column without a known name holds the text where its words have so many characters on average.
const MIN_TEXT_CHARS: usize = 20;
/// So many rows are shown before a table is read.
const PREVIEW_ROWS: usize = 5;
/// And so much of each field.
const PREVIEW_CHARS: usize = 80;
/// What may part the fields of a row.
const DELIMITERS: &[u8] = b",\t;|";
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Columns {
    /// Read one after the other.
    text: Vec<usize>,
    date: Option<usize>,
    id: Option<usize>,
    title: Option<usize>,
}

/// A text that was found to be a table.
#[derive(Debug)]
pub(super) enum Table {
    /// Fields between these marks.
    Csv {
        /// The byte between two fields.
        delimiter: u8,
        /// What they are called.
        names: Vec<String>,
        /// What they are for.
        columns: Columns,
    },
    /// Objects of one list.
    Json(Vec<Value>),
    /// An object a line.
    Lines,
}

/// Whether `text` is a table of records; `None` where it is something to be read itself.
pub(super) fn table(text: &str, choices: &[TableChoice]) -> Option<Table> {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    match start.chars().next()? {
        '[' => json_list(start, choices),
        '{' => json_objects(start, choices),
        _ => DELIMITERS.iter().find_map(|delimiter| csv_table(text, *delimiter, choices)),
    }
}

fn json_list(text: &str, choices: &[TableChoice]) -> Option<Table> {
    let list: Vec<Value> = serde_json::from_str(text).ok()?;
    list.iter().any(|value| is_record(value, choices)).then_some(Table::Json(list))
}

fn json_objects(text: &str, choices: &[TableChoice]) -> Option<Table> {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first: Option<Value> = lines.next().and_then(|line| serde_json::from_str(line).ok());
    if let Some(first) = first {
        let rest = lines.take(SAMPLE).filter_map(|line| serde_json::from_str(line).ok());
        if std::iter::once(first).chain(rest).any(|value| is_record(&value, choices)) {
            return Some(Table::Lines);
        }
    }
    let whole: Map<String, Value> = serde_json::from_str(text).ok()?;
    let whole = Value::Object(whole);
    if is_record(&whole, choices) {
        return Some(Table::Json(vec![whole]));
    }
    let Value::Object(whole) = whole else { return None };
    let list = whole.into_iter().find_map(|(_, value)| match value {
        Value::Array(list) if list.iter().any(|value| is_record(value, choices)) => Some(list),
        _ => None,
    });
    list.map(Table::Json)
}

/// Whether an object has a column with a text.
fn is_record(value: &Value, choices: &[TableChoice]) -> bool {
    match value {
        Value::Object(object) => columns_of(object, choices).is_some(),
        Value::String(text) => text.chars().count() >= MIN_TEXT_CHARS,
        _ => false,
    }
}

fn columns_of(object: &Map<String, Value>, choices: &[TableChoice]) -> Option<Columns> {
    let names: Vec<&str> = object.keys().map(String::as_str).collect();
    let lengths: Vec<usize> =
        object.values().map(|value| value.as_str().map_or(0, |text| text.chars().count())).collect();
    let choice = choices.iter().find(|choice| choice.fits_record(&names));
    chosen(&names, choice).or_else(|| columns(&names, &lengths))
}

/// The column with the first of the `known` names.
fn by_name(names: &[&str], known: &[String]) -> Option<usize> {
    known.iter().find_map(|known| names.iter().position(|name| name.trim().to_lowercase() == *known))
}

/// The columns as the user chose them; what was left open is told by the names.
fn chosen(names: &[&str], choice: Option<&TableChoice>) -> Option<Columns> {
    let choice = choice?;
    let used = |wanted: ColumnUse| {
        let uses = names.iter().enumerate().filter(move |(_, name)| choice.use_of(name) == Some(wanted));
        uses.map(|(idx, _)| idx)
    };
    let text: Vec<usize> = used(ColumnUse::Text).collect();
    if text.is_empty() {
        return None;
    }
    let is_open = |idx: &usize| names.get(*idx).is_some_and(|name| choice.use_of(name).is_none());
    let one = |wanted: ColumnUse, known: &[String]| used(wanted).next().or(by_name(names, known).filter(is_open));
    Some(Columns {
        date: one(ColumnUse::Date, &NAMES.date),
        id: one(ColumnUse::Id, &NAMES.id),
        title: one(ColumnUse::Title, &NAMES.title),
        text,
    })
}

/// The columns by their names and the mean lengths of their fields.
fn columns(names: &[&str], lengths: &[usize]) -> Option<Columns> {
    let by_name = |known: &[String]| by_name(names, known);
    let longest = || {
        let (idx, length) = lengths.iter().enumerate().max_by_key(|(idx, length)| (**length, usize::MAX - idx))?;
        (*length >= MIN_TEXT_CHARS).then_some(idx)
    };
    let known = &*NAMES;
    let text =
        by_name(&known.text).filter(|idx| lengths.get(*idx).is_some_and(|length| *length > 0)).or_else(longest)?;
    let other = |found: Option<usize>| found.filter(|idx| *idx != text);
    Some(Columns {
        text: vec![text],
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
    let (mut n_lines, mut n_rows, mut begin) = (0, 0, 0);
    for end in memchr::memchr2_iter(b'\n', b'\r', bytes).chain([bytes.len()]) {
        let line = bytes.get(begin..end).unwrap_or_default();
        n_lines += usize::from(!line.is_empty());
        n_rows += usize::from(memchr::memchr(delimiter, line).is_some());
        begin = end + 1;
    }
    n_lines > MAX_RECORDS || n_rows * 10 >= n_lines * 8
}

/// The head of a CSV table: a row of short names, and below it rows with as many fields.
struct Head {
    names: Vec<String>,
    body: Vec<csv::StringRecord>,
}

impl Head {
    fn of(text: &str, delimiter: u8) -> Option<Self> {
        let first_line = text.lines().next()?;
        if !first_line.as_bytes().contains(&delimiter) {
            return None;
        }
        let mut reader = reader(text, delimiter);
        let mut rows = reader.records().take(SAMPLE).collect::<Result<Vec<_>, _>>().ok()?.into_iter();
        let names: Vec<String> = rows.next()?.iter().map(str::to_owned).collect();
        let is_name = |name: &str| {
            let name = name.trim();
            !name.is_empty() && name.chars().count() <= MAX_NAME_CHARS && !name.contains(['。', '\n'])
        };
        let are_names = (2..=MAX_COLUMNS).contains(&names.len())
            && names
                .iter()
                .enumerate()
                .all(|(idx, name)| is_name(name) && names.iter().position(|n| n == name) == Some(idx));
        let body: Vec<csv::StringRecord> = rows.collect();
        (are_names && !body.is_empty()).then_some(Self { names, body })
    }

    /// Whether so many of ten rows have as many fields as there are names: prose with commas has rows of all lengths.
    fn is_regular(&self, n_of_ten: usize) -> bool {
        let n_fit = self.body.iter().filter(|row| row.len() == self.names.len()).count();
        n_fit * 10 >= self.body.len() * n_of_ten
    }

    /// Mean length of the fields of each column.
    fn lengths(&self) -> Vec<usize> {
        let fields = |idx: usize| self.body.iter().filter_map(move |row| row.get(idx));
        let sum = |idx: usize| fields(idx).map(|field| field.chars().count()).sum::<usize>();
        (0..self.names.len()).map(|idx| sum(idx) / self.body.len().max(1)).collect()
    }
}

fn csv_table(text: &str, delimiter: u8, choices: &[TableChoice]) -> Option<Table> {
    let head = Head::of(text, delimiter)?;
    let names: Vec<&str> = head.names.iter().map(String::as_str).collect();
    let lengths = head.lengths();
    if let Some(columns) = chosen(&names, choices.iter().find(|choice| choice.fits(&names))) {
        return Some(Table::Csv { delimiter, columns, names: head.names });
    }
    let found = columns(&names, &lengths)?;
    let text_name = found.text.first().and_then(|idx| names.get(*idx));
    let is_named = text_name.is_some_and(|name| NAMES.text.contains(&name.trim().to_lowercase()));
    // With a known name at its head a table may have broken rows.
    let is_table = head.is_regular(if is_named { 5 } else { 9 }) && (is_named || head.body.len() >= 2);
    is_table.then_some(Table::Csv { delimiter, columns: found, names: head.names })
}

/// The first rows of a table, and what its columns are taken for.
pub(super) fn preview(text: &str, choices: &[TableChoice]) -> Option<TablePreview> {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if start.starts_with(['[', '{']) {
        return json_preview(start, choices);
    }
    DELIMITERS.iter().find_map(|delimiter| {
        let Head { names, body } = Head::of(text, *delimiter).filter(|head| head.is_regular(5))?;
        let columns = match csv_table(text, *delimiter, choices) {
            Some(Table::Csv { columns, .. }) => Some(columns),
            _ => None,
        };
        let rows = body.iter().take(PREVIEW_ROWS).map(|row| row.iter().map(shown).collect()).collect();
        Some(TablePreview { uses: uses(names.len(), columns.as_ref()), names, rows })
    })
}

fn json_preview(text: &str, choices: &[TableChoice]) -> Option<TablePreview> {
    let list = match json_list(text, choices).or_else(|| json_objects(text, choices)) {
        Some(Table::Json(list)) => list,
        Some(Table::Lines) => text.lines().take(SAMPLE).filter_map(|line| serde_json::from_str(line).ok()).collect(),
        _ => serde_json::from_str::<Vec<Value>>(text).ok()?,
    };
    let objects: Vec<&Map<String, Value>> = list.iter().take(SAMPLE).filter_map(Value::as_object).collect();
    let mut names: Vec<String> = Vec::new();
    for name in objects.iter().flat_map(|object| object.keys()) {
        if !names.contains(name) && names.len() < MAX_COLUMNS {
            names.push(name.clone());
        }
    }
    let mut column_uses = vec![ColumnUse::Ignore; names.len()];
    for object in &objects {
        let keys: Vec<&String> = object.keys().collect();
        for (key, found) in keys.iter().zip(uses(keys.len(), columns_of(object, choices).as_ref())) {
            if let Some(known) = names.iter().position(|name| name == *key).and_then(|idx| column_uses.get_mut(idx))
                && *known == ColumnUse::Ignore
            {
                *known = found;
            }
        }
    }
    let field = |object: &Map<String, Value>, name: &String| match object.get(name) {
        Some(Value::String(text)) => shown(text),
        Some(value) => shown(&value.to_string()),
        None => String::new(),
    };
    let row = |object: &&Map<String, Value>| names.iter().map(|name| field(object, name)).collect();
    let rows = objects.iter().take(PREVIEW_ROWS).map(row).collect();
    (!names.is_empty()).then_some(TablePreview { names, uses: column_uses, rows })
}

fn uses(n_columns: usize, columns: Option<&Columns>) -> Vec<ColumnUse> {
    let use_of = |idx: usize| match columns {
        Some(columns) if columns.text.contains(&idx) => ColumnUse::Text,
        Some(columns) if columns.title == Some(idx) => ColumnUse::Title,
        Some(columns) if columns.date == Some(idx) => ColumnUse::Date,
        Some(columns) if columns.id == Some(idx) => ColumnUse::Id,
        _ => ColumnUse::Ignore,
    };
    (0..n_columns).map(use_of).collect()
}

/// A field on one line, cut where nobody reads on.
fn shown(field: &str) -> String {
    plain(field.trim()).chars().take(PREVIEW_CHARS).collect()
}

/// A record's fields.
#[derive(Debug, Default)]
struct Record {
    text: String,
    date: Option<String>,
    /// The name of the date's column.
    date_name: String,
    id: Option<String>,
    title: Option<String>,
}

/// Hands the records of `table` to `each`; `source` is the file. What is wrong with one does not stop the others.
pub(super) fn read(source: &Source, table: Table, choices: &[TableChoice], reporter: Reporter, each: &mut Each<'_>) {
    let mut out = Out { source, n_records: 0, warnings: Some(reporter), each };
    match table {
        Table::Csv { delimiter, names, columns } => {
            for (row_idx, row) in reader(&source.text, delimiter).records().enumerate().skip(1) {
                match row {
                    Ok(row) => match missing(&row, &names, &columns) {
                        Some(detail) => out.fault(row_idx + 1, detail),
                        None => out.add(row_idx + 1, csv_record(&row, &names, &columns)),
                    },
                    Err(error) => out.fault(row_idx + 1, error.to_string()),
                }
                if out.is_full() {
                    return;
                }
            }
        }
        Table::Json(list) => {
            for (idx, value) in list.iter().enumerate() {
                out.add_json(idx + 1, value, choices);
                if out.is_full() {
                    return;
                }
            }
        }
        Table::Lines => {
            for (idx, line) in source.text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
                match serde_json::from_str::<Value>(line.trim_start_matches('\u{feff}')) {
                    Ok(value) => out.add_json(idx + 1, &value, choices),
                    Err(error) => out.fault(idx + 1, error.to_string()),
                }
                if out.is_full() {
                    return;
                }
            }
        }
    }
}

/// What a row lacks that ends before its text begins.
fn missing(row: &csv::StringRecord, names: &[String], columns: &Columns) -> Option<String> {
    let is_blank = row.iter().all(|field| field.trim().is_empty());
    let first = *columns.text.first()?;
    let name = names.get(first).filter(|_| !is_blank && columns.text.iter().all(|idx| *idx >= row.len()))?;
    let (n, wanted) = (row.len(), names.len());
    Some(format!("it has {n} of {wanted} fields, and none in the column \"{}\" with the text", plain(name)))
}

fn csv_record(row: &csv::StringRecord, names: &[String], columns: &Columns) -> Record {
    let field = |idx: Option<usize>| idx.and_then(|idx| row.get(idx)).map(str::trim).filter(|f| !f.is_empty());
    let name = |idx: Option<usize>| idx.and_then(|idx| names.get(idx)).cloned().unwrap_or_default();
    Record {
        text: together(columns.text.iter().filter_map(|idx| row.get(*idx))),
        date: field(columns.date).map(str::to_owned),
        date_name: name(columns.date),
        id: field(columns.id).map(plain),
        title: field(columns.title).map(str::to_owned),
    }
}

/// Several texts of a record, as paragraphs.
fn together<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let texts: Vec<&str> = texts.filter(|text| !text.trim().is_empty()).collect();
    texts.join("\n\n")
}

fn json_record(value: &Value, choices: &[TableChoice]) -> Option<Record> {
    match value {
        Value::String(text) => Some(Record { text: text.clone(), ..Record::default() }),
        Value::Object(object) => {
            let columns = columns_of(object, choices)?;
            let field = |idx: Option<usize>| {
                let value = idx.and_then(|idx| object.values().nth(idx))?;
                match value {
                    Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
                    Value::Number(number) => Some(number.to_string()),
                    _ => None,
                }
            };
            let texts: Vec<String> = columns.text.iter().filter_map(|idx| field(Some(*idx))).collect();
            Some(Record {
                text: together(texts.iter().map(String::as_str)),
                date: field(columns.date),
                date_name: columns.date.and_then(|idx| object.keys().nth(idx)).cloned().unwrap_or_default(),
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

    fn add_json(&mut self, no: usize, value: &Value, choices: &[TableChoice]) {
        match json_record(value, choices) {
            Some(record) => self.add(no, record),
            None => self.fault(no, "it has no text".to_owned()),
        }
    }

    fn add(&mut self, no: usize, record: Record) {
        let Record { text, date, date_name, id, title } = record;
        if text.trim().is_empty() {
            return;
        }
        if text.len() > MAX_RECORD_BYTES {
            let error =
                FormatError::TooLarge { what: "its text".to_owned(), limit: bytes_words(MAX_RECORD_BYTES as u64) };
            return (self.each)(Err(Fault { path: format!("{}#{no}", self.source.path), error }));
        }
        self.n_records += 1;
        let reporter = self.warnings.take().unwrap_or_default();
        let dct = date.as_deref().and_then(tidy::date);
        let place = || format!("row {no}, column \"{}\"", plain(&date_name));
        let dct_words = date.filter(|_| dct.is_none()).map(|words| DateWords { words, place: place() });
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
        (self.each)(Ok(Piece { source, dct, dct_words, reporter }));
    }
}
