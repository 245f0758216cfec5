//! Spreadsheets (XLSX, ODS): each sheet as a table of figures, or as the text of its cells.

use super::{
    Each, FormatError, Piece, archive,
    error::{bytes_words, plain},
    figures,
    limits::{MAX_CELL_BYTES, MAX_CELLS, MAX_INFLATED_BYTES, MAX_SHEETS, MAX_WALKED_CELLS},
    records,
    xml::{self, Node},
};
use crate::{
    model::{TableChoice, TablePreview},
    text::{self, Source},
    warn::Reporter,
};
use calamine::{Data, Ods, Reader, Xlsx};
use chrono::Timelike as _;
use quick_xml::events::BytesStart;
use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

/// Hands what is in a workbook to `each`: of a sheet with a table of records every record, all other sheets as one text.
pub(super) fn read(path: &str, bytes: &[u8], choices: &[TableChoice], each: &mut Each<'_>) {
    let mut reporter = Reporter::new();
    let (mut out, mut has_records) = (String::new(), false);
    let of =
        |path: String, text: String| Source { path, text, encoding: "UTF-8".to_owned(), sha256: text::checksum(bytes) };
    let done = sheets(bytes, &mut reporter, &mut |sheet| {
        let csv = csv(&sheet.rows);
        if let Some(table) = records::table(&csv, choices) {
            // `a.xlsx#7`, and where there are several sheets `a.xlsx#外贸#7`.
            let path = if sheet.is_one_of_many { format!("{path}#{}", plain(&sheet.name)) } else { path.to_owned() };
            has_records = true;
            records::read(&of(path, csv), table, choices, Reporter::new(), each);
        } else {
            add(&mut out, sheet);
        }
    });
    match done {
        Err(error) => each(Err(super::Fault { path: path.to_owned(), error })),
        // Records that were handed over are all there was.
        Ok(()) if has_records && out.is_empty() && reporter.is_empty() => {}
        Ok(()) => each(Ok(Piece { source: of(path.to_owned(), out), dct: None, dct_words: None, reporter })),
    }
}

/// The first rows of the first sheet that is a table, and what its columns are taken for.
pub(super) fn preview(bytes: &[u8], choices: &[TableChoice]) -> Option<TablePreview> {
    let mut found = None;
    sheets(bytes, &mut Reporter::new(), &mut |sheet| {
        let rows = sheet.rows.get(..sheet.rows.len().min(PREVIEW_ROWS)).unwrap_or_default();
        found = found.take().or_else(|| records::preview(&csv(rows), choices));
    })
    .ok()?;
    found
}

/// A sheet with its cells.
struct Sheet {
    name: String,
    is_one_of_many: bool,
    rows: Vec<Vec<String>>,
}

/// The rows as CSV, as whoever reads tables of records reads them.
fn csv(rows: &[Vec<String>]) -> String {
    let mut out = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in rows {
        // What is written into memory is written.
        let _ = out.write_record(row);
    }
    out.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// Adds a sheet to the text: a table of figures, or its cells.
fn add(out: &mut String, Sheet { name, is_one_of_many, mut rows }: Sheet) {
    rows.iter_mut().flatten().for_each(month_of_first);
    let sheet = figures::text(&rows).unwrap_or_else(|| {
        let lines = rows.iter().map(|row| figures::joined(row, "\t")).filter(|line| !line.is_empty());
        lines.map(|line| line + "\n").collect()
    });
    if sheet.is_empty() {
        return;
    }
    if is_one_of_many {
        *out += &format!("# {name}\n\n");
    }
    *out += &sheet;
    out.push('\n');
}

/// A table of figures writes a month as its first day: 2023-01-01 → 2023-01.
fn month_of_first(cell: &mut String) {
    let is_first = cell.len() == 10 && cell.ends_with("-01") && cell.bytes().filter(|byte| *byte == b'-').count() == 2;
    if is_first && cell.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit()) {
        cell.truncate(7);
    }
}

/// Hands the sheets of a workbook to `each`.
///
/// # Errors
/// [`FormatError::Damaged`] where it is no workbook, [`FormatError::TooLarge`] beyond the limits.
fn sheets(bytes: &[u8], reporter: &mut Reporter, each: &mut dyn FnMut(Sheet)) -> Result<(), FormatError> {
    let what = "spreadsheet";
    let mut zip = archive::open(what, bytes)?;
    if archive::inflated_len(&mut zip) > MAX_INFLATED_BYTES {
        let limit = bytes_words(MAX_INFLATED_BYTES);
        return Err(FormatError::TooLarge { what: "the spreadsheet, inflated,".to_owned(), limit });
    }
    let damaged = |detail: String| FormatError::Damaged { what, detail };
    let mut left = Left { n_cells: MAX_CELLS as u64, n_bytes: MAX_CELL_BYTES, n_walked: MAX_WALKED_CELLS };
    if zip.index_for_name("xl/workbook.xml").is_some() {
        check_strings(&mut zip)?;
        let mut workbook =
            guarded(|| Xlsx::new(Cursor::new(bytes)).map_err(|error| error.to_string())).map_err(damaged)?;
        let names = workbook.sheet_names();
        rows_of_all(&names, reporter, each, |name| xlsx_rows(&mut workbook, name, &mut left))
    } else {
        let contents = archive::part(&mut zip, "content.xml")?;
        let contents = xml::decode(&contents);
        // Its reader waits for the end of what has begun, and waits for ever where that is missing.
        xml::check_ends(&contents, what)?;
        left.take(spanned(&contents)?).map_err(too_large)?;
        drop(contents);
        let mut workbook =
            guarded(|| Ods::new(Cursor::new(bytes)).map_err(|error| error.to_string())).map_err(damaged)?;
        let names = workbook.sheet_names();
        rows_of_all(&names, reporter, each, |name| ods_rows(&mut workbook, name))
    }
}

/// What the cells of a workbook may still take.
struct Left {
    n_cells: u64,
    n_bytes: u64,
    /// Cells that are gone through, empty ones included.
    n_walked: usize,
}

/// What cells take, those between them included.
#[derive(Default, Clone, Copy)]
struct Extent {
    n_cells: u64,
    n_bytes: u64,
}

impl Left {
    /// # Errors
    /// The limit that it is beyond, in words.
    fn take(&mut self, extent: Extent) -> Result<(), String> {
        self.n_cells = self.n_cells.checked_sub(extent.n_cells).ok_or_else(|| cells_words(MAX_CELLS))?;
        self.n_bytes = self
            .n_bytes
            .checked_sub(extent.n_bytes)
            .ok_or_else(|| format!("{} of text in its cells", bytes_words(MAX_CELL_BYTES)))?;
        Ok(())
    }
}

/// The attribute that says how many strings cells share.
const STATED_STRINGS: &str = "uniqueCount";

/// The number that `text` begins with, as large as a number can be where it is larger.
fn stated(text: &str) -> Option<u64> {
    let n_digits = text.bytes().take_while(u8::is_ascii_digit).count();
    text.get(..n_digits).filter(|digits| !digits.is_empty()).map(|digits| digits.parse().unwrap_or(u64::MAX))
}

/// The strings that cells share: room is taken for as many as the part says there are, and for each that it has. What
/// the part says is looked for in its bare text: its reader takes room before it knows whether the XML is whole, and
/// need not agree with ours which of two attributes counts.
fn check_strings(zip: &mut archive::Zip<'_>) -> Result<(), FormatError> {
    let is_strings = |name: &str| name.to_ascii_lowercase().ends_with("sharedstrings.xml");
    let names: Vec<String> =
        zip.file_names().filter_map(|name| Some(name.ok()?.to_string())).filter(|name| is_strings(name)).collect();
    for name in names {
        let contents = archive::part(zip, &name)?;
        let contents = xml::decode(&contents);
        let mut n_there = 0;
        // Where it is damaged, its reader stops as well.
        let _ = xml::walk(&contents, "spreadsheet", |node| {
            if let Node::Open(tag) | Node::Empty(tag) = node {
                n_there += u64::from(xml::name(tag) == "si");
            }
        });
        let n_said = contents.match_indices(STATED_STRINGS).filter_map(|(at, name)| {
            let value = contents.get(at + name.len()..)?.trim_start().strip_prefix('=')?;
            stated(value.trim_start_matches(|c: char| c.is_whitespace() || "\"'+".contains(c)))
        });
        let n_said = n_said.max().unwrap_or(0);
        if n_said.max(n_there) > MAX_CELLS as u64 {
            let what = format!("the number of strings in \"{name}\" of the spreadsheet");
            return Err(FormatError::TooLarge { what, limit: MAX_CELLS.to_string() });
        }
    }
    Ok(())
}

/// So many rows are looked at to show the first of a table.
const PREVIEW_ROWS: usize = 80;

/// Why a sheet gave no rows.
enum Fault {
    /// It cannot be read; the others may.
    Broken(String),
    /// The workbook is beyond this limit.
    TooLarge(String),
}

impl From<String> for Fault {
    fn from(detail: String) -> Self {
        Self::Broken(detail)
    }
}

/// The reader of spreadsheets is tried with damaged files and has panics: one costs this sheet and not the program.
fn guarded<T, E: From<String>>(run: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| Err(E::from("its reader gave up".to_owned())))
}

type Rows = Result<Vec<Vec<String>>, Fault>;

/// The cells of a sheet, each row as wide as the widest. A sheet names few cells and may mean a billion: two at its far
/// corners span all others, so the room they span is reckoned before it is taken.
fn xlsx_rows(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str, left: &mut Left) -> Rows {
    let broken = |error: calamine::XlsxError| Fault::Broken(error.to_string());
    let mut reader = workbook.worksheet_cells_reader(name).map_err(broken)?;
    let too_large = |limit| Fault::TooLarge(limit);
    let mut cells: Vec<((u32, u32), String)> = Vec::new();
    let (mut first, mut last) = ((u32::MAX, u32::MAX), (0, 0));
    while let Some(found) = reader.next_cell().map_err(broken)? {
        let (row, column) = found.get_position();
        let text = cell(&Data::from(found.get_value().clone()));
        // A workbook may name a sheet many times, so walking over what is empty counts, too.
        left.n_walked = left.n_walked.checked_sub(1).ok_or_else(|| too_large(cells_words(MAX_WALKED_CELLS)))?;
        if text.is_empty() {
            continue;
        }
        first = (first.0.min(row), first.1.min(column));
        last = (last.0.max(row), last.1.max(column));
        let n_spanned = (u64::from(last.0 - first.0) + 1) * (u64::from(last.1 - first.1) + 1);
        if n_spanned > left.n_cells || cells.len() as u64 >= left.n_cells {
            return Err(too_large(cells_words(MAX_CELLS)));
        }
        left.take(Extent { n_cells: 0, n_bytes: text.len() as u64 }).map_err(too_large)?;
        cells.push(((row, column), text));
    }
    if cells.is_empty() {
        return Ok(Vec::new());
    }
    let [height, width] = [last.0 - first.0, last.1 - first.1].map(|side| side as usize + 1);
    left.take(Extent { n_cells: (height * width) as u64, n_bytes: 0 }).map_err(too_large)?;
    let mut rows = vec![vec![String::new(); width]; height];
    for ((row, column), text) in cells {
        let row = rows.get_mut((row - first.0) as usize);
        if let Some(place) = row.and_then(|row| row.get_mut((column - first.1) as usize)) {
            *place = text;
        }
    }
    Ok(rows)
}

/// The whole workbook is refused: half a sheet of figures would be taken for all of it.
fn too_large(limit: String) -> FormatError {
    FormatError::TooLarge { what: "the spreadsheet".to_owned(), limit }
}

fn cells_words(n: usize) -> String {
    format!("{n} cells")
}

/// What the tables of an ODS span: one element may stand for a million rows or columns, and `<text:s text:c="…"/>` for
/// any number of blanks.
fn spanned(contents: &str) -> Result<Extent, FormatError> {
    let number = |tag: &BytesStart<'_>, name: &str| {
        xml::attribute(tag, name).map_or(1, |n| n.trim().parse::<u64>().unwrap_or(u64::MAX))
    };
    let mut all = Extent::default();
    let (mut table, mut row, mut cell) = (OdsTable::default(), OdsRow::default(), OdsCell::default());
    xml::walk(contents, "spreadsheet", |node| {
        let is_empty = matches!(node, Node::Empty(_));
        match node {
            Node::Open(tag) | Node::Empty(tag) => match xml::name(tag) {
                "table" => table = OdsTable::default(),
                "table-row" => {
                    row = OdsRow { repeats: number(tag, "number-rows-repeated"), ..OdsRow::default() };
                    if is_empty {
                        table.n_rows = table.n_rows.saturating_add(row.repeats);
                    }
                }
                "table-cell" | "covered-table-cell" => {
                    cell = OdsCell { repeats: number(tag, "number-columns-repeated"), n_bytes: 0 };
                    cell.n_bytes = xml::attribute(tag, "string-value").map_or(0, |text| text.len() as u64);
                    row.n_columns = row.n_columns.saturating_add(cell.repeats);
                    if !is_empty || xml::attribute(tag, "value-type").is_some() {
                        row.width = row.n_columns;
                    }
                    if is_empty {
                        row.add(&cell);
                    }
                }
                "s" => cell.n_bytes = cell.n_bytes.saturating_add(number(tag, "c")),
                _ => {}
            },
            Node::Text(text) => cell.n_bytes = cell.n_bytes.saturating_add(text.len() as u64),
            Node::Close("table-cell" | "covered-table-cell") => row.add(&cell),
            Node::Close("table-row") => table.add(&row),
            Node::Close("table") => {
                all.n_cells = all.n_cells.saturating_add(table.height.saturating_mul(table.width));
                all.n_bytes = all.n_bytes.saturating_add(table.n_bytes);
            }
            Node::Close(_) => {}
        }
    })?;
    Ok(all)
}

/// Rows so far, those up to the last one that is not empty, the widest, and the bytes of their text.
#[derive(Default)]
struct OdsTable {
    n_rows: u64,
    height: u64,
    width: u64,
    n_bytes: u64,
}

impl OdsTable {
    fn add(&mut self, row: &OdsRow) {
        self.n_rows = self.n_rows.saturating_add(row.repeats);
        if row.width > 0 {
            (self.height, self.width) = (self.n_rows, self.width.max(row.width));
        }
        self.n_bytes = self.n_bytes.saturating_add(row.n_bytes.saturating_mul(row.repeats));
    }
}

/// How often it is repeated, columns so far, those up to the last cell that is not empty, and the bytes of their text.
#[derive(Default)]
struct OdsRow {
    repeats: u64,
    n_columns: u64,
    width: u64,
    n_bytes: u64,
}

impl OdsRow {
    fn add(&mut self, cell: &OdsCell) {
        self.n_bytes = self.n_bytes.saturating_add(cell.n_bytes.saturating_mul(cell.repeats));
    }
}

/// How often it is repeated, and the bytes of its text.
#[derive(Default)]
struct OdsCell {
    repeats: u64,
    n_bytes: u64,
}

/// The cells of a sheet that was found to be within the limits.
fn ods_rows(workbook: &mut Ods<Cursor<&[u8]>>, name: &str) -> Rows {
    let range = workbook.worksheet_range(name).map_err(|error| Fault::Broken(error.to_string()))?;
    Ok(range.rows().map(|row| row.iter().map(cell).collect()).collect())
}

fn rows_of_all(
    names: &[String],
    reporter: &mut Reporter,
    each: &mut dyn FnMut(Sheet),
    mut rows_of: impl FnMut(&str) -> Rows,
) -> Result<(), FormatError> {
    if names.len() > MAX_SHEETS {
        let n = names.len() - MAX_SHEETS;
        reporter.whole("sheet", format!("{n} sheets beyond the first {MAX_SHEETS} were left out"));
    }
    for name in names.iter().take(MAX_SHEETS) {
        let rows = match guarded(|| rows_of(name)) {
            Ok(rows) => rows,
            Err(Fault::Broken(error)) => {
                reporter.whole("sheet", format!("sheet \"{name}\" could not be read: {error}"));
                continue;
            }
            Err(Fault::TooLarge(limit)) => return Err(too_large(limit)),
        };
        each(Sheet { name: name.clone(), is_one_of_many: names.len() > 1, rows });
    }
    Ok(())
}

/// A cell as one would type it; a moment without hours as a day.
fn cell(data: &Data) -> String {
    match data {
        Data::Empty | Data::Error(_) => String::new(),
        Data::DateTime(at) => at.as_datetime().map_or_else(String::new, |at| {
            let has_hours = at.num_seconds_from_midnight() > 0;
            at.format(if has_hours { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d" }).to_string()
        }),
        other => other.to_string(),
    }
}
