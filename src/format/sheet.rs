//! Spreadsheets (XLSX, ODS): each sheet as a table of figures, or as the text of its cells.

use super::{
    FormatError, archive,
    error::bytes_words,
    figures,
    limits::{MAX_CELLS, MAX_INFLATED_BYTES},
    xml::{self, Node},
};
use crate::warn::Reporter;
use calamine::{Data, Ods, Reader, Xlsx};
use chrono::{Datelike as _, Timelike as _};
use quick_xml::events::BytesStart;
use std::io::Cursor;

/// The text of a workbook, sheet by sheet.
///
/// # Errors
/// [`FormatError::Damaged`] where it is no workbook, [`FormatError::TooLarge`] beyond the limits.
pub(super) fn text(bytes: &[u8], reporter: &mut Reporter) -> Result<String, FormatError> {
    let what = "spreadsheet";
    let mut zip = archive::open(what, bytes)?;
    let inflated = archive::inflated_len(&mut zip);
    if inflated > MAX_INFLATED_BYTES {
        let limit = bytes_words(MAX_INFLATED_BYTES);
        return Err(FormatError::TooLarge { what: "the spreadsheet, inflated,".to_owned(), limit });
    }
    let damaged = |detail: String| FormatError::Damaged { what, detail };
    if zip.index_for_name("xl/workbook.xml").is_some() {
        let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(error.to_string()))?;
        let names = workbook.sheet_names();
        let mut n_left = MAX_CELLS;
        sheets(&names, reporter, |name| xlsx_rows(&mut workbook, name, &mut n_left))
    } else {
        let contents = archive::part(&mut zip, "content.xml")?;
        if ods_cells(&xml::decode(&contents))? > MAX_CELLS as u64 {
            return Err(too_many());
        }
        drop(contents);
        let mut workbook = Ods::new(Cursor::new(bytes)).map_err(|error| damaged(error.to_string()))?;
        let names = workbook.sheet_names();
        let mut n_left = MAX_CELLS;
        sheets(&names, reporter, |name| ods_rows(&mut workbook, name, &mut n_left))
    }
}

/// Why a sheet gave no rows.
enum Fault {
    /// It cannot be read; the others may.
    Broken(String),
    /// The workbook is beyond the limits.
    TooLarge,
}

type Rows = Result<Vec<Vec<String>>, Fault>;

/// The cells of a sheet, each row as wide as the widest. A sheet names few cells and may mean a billion: two at its far
/// corners span all others, so the room they span is reckoned before it is taken.
fn xlsx_rows(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str, n_left: &mut usize) -> Rows {
    let broken = |error: calamine::XlsxError| Fault::Broken(error.to_string());
    let mut reader = workbook.worksheet_cells_reader(name).map_err(broken)?;
    let mut cells: Vec<((u32, u32), String)> = Vec::new();
    let (mut first, mut last) = ((u32::MAX, u32::MAX), (0, 0));
    while let Some(found) = reader.next_cell().map_err(broken)? {
        let (row, column) = found.get_position();
        let text = cell(&Data::from(found.get_value().clone()));
        if text.is_empty() {
            continue;
        }
        first = (first.0.min(row), first.1.min(column));
        last = (last.0.max(row), last.1.max(column));
        let n_spanned = (u64::from(last.0 - first.0) + 1) * (u64::from(last.1 - first.1) + 1);
        if n_spanned > *n_left as u64 || cells.len() >= *n_left {
            return Err(Fault::TooLarge);
        }
        cells.push(((row, column), text));
    }
    if cells.is_empty() {
        return Ok(Vec::new());
    }
    let [height, width] = [last.0 - first.0, last.1 - first.1].map(|side| side as usize + 1);
    *n_left -= height * width;
    let mut rows = vec![vec![String::new(); width]; height];
    for ((row, column), text) in cells {
        let row = rows.get_mut((row - first.0) as usize);
        if let Some(place) = row.and_then(|row| row.get_mut((column - first.1) as usize)) {
            *place = text;
        }
    }
    Ok(rows)
}

fn too_many() -> FormatError {
    FormatError::TooLarge { what: "the spreadsheet".to_owned(), limit: format!("{MAX_CELLS} cells") }
}

/// How many cells the tables of an ODS span: one element may stand for a million rows or columns.
fn ods_cells(contents: &str) -> Result<u64, FormatError> {
    let repeats = |tag: &BytesStart<'_>, name: &str| {
        xml::attribute(tag, name).and_then(|n| n.trim().parse::<u64>().ok()).unwrap_or(1)
    };
    let mut n_cells = 0_u64;
    // Of the table: rows so far, those up to the last one that is not empty, and the widest.
    let (mut n_rows, mut height, mut width) = (0_u64, 0_u64, 0_u64);
    // Of the row: how often it is repeated, columns so far, those up to the last cell that is not empty.
    let (mut row_repeats, mut n_columns, mut row_width) = (1_u64, 0_u64, 0_u64);
    xml::walk(contents, "spreadsheet", |node| {
        let is_empty = matches!(node, Node::Empty(_));
        match node {
            Node::Open(tag) | Node::Empty(tag) => match xml::name(tag) {
                "table" => (n_rows, height, width) = (0, 0, 0),
                "table-row" => {
                    row_repeats = repeats(tag, "number-rows-repeated");
                    (n_columns, row_width) = (0, 0);
                    if is_empty {
                        n_rows = n_rows.saturating_add(row_repeats);
                    }
                }
                "table-cell" | "covered-table-cell" => {
                    n_columns = n_columns.saturating_add(repeats(tag, "number-columns-repeated"));
                    if !is_empty || xml::attribute(tag, "value-type").is_some() {
                        row_width = n_columns;
                    }
                }
                _ => {}
            },
            Node::Close("table-row") => {
                n_rows = n_rows.saturating_add(row_repeats);
                if row_width > 0 {
                    (height, width) = (n_rows, width.max(row_width));
                }
            }
            Node::Close("table") => n_cells = n_cells.saturating_add(height.saturating_mul(width)),
            _ => {}
        }
    })?;
    Ok(n_cells)
}

fn ods_rows(workbook: &mut Ods<Cursor<&[u8]>>, name: &str, n_left: &mut usize) -> Rows {
    let range = workbook.worksheet_range(name).map_err(|error| Fault::Broken(error.to_string()))?;
    let (height, width) = range.get_size();
    *n_left = n_left.checked_sub(height.saturating_mul(width)).ok_or(Fault::TooLarge)?;
    Ok(range.rows().map(|row| row.iter().map(cell).collect()).collect())
}

fn sheets(
    names: &[String],
    reporter: &mut Reporter,
    mut rows_of: impl FnMut(&str) -> Rows,
) -> Result<String, FormatError> {
    let mut out = String::new();
    for name in names {
        let rows = match rows_of(name) {
            Ok(rows) => rows,
            Err(Fault::Broken(error)) => {
                reporter.whole("sheet", format!("sheet \"{name}\" could not be read: {error}"));
                continue;
            }
            Err(Fault::TooLarge) => return Err(too_many()),
        };
        let sheet = figures::text(&rows).unwrap_or_else(|| {
            let lines = rows.iter().map(|row| figures::joined(row, "\t")).filter(|line| !line.is_empty());
            lines.map(|line| line + "\n").collect()
        });
        if sheet.is_empty() {
            continue;
        }
        if names.len() > 1 {
            out += &format!("# {name}\n\n");
        }
        out += &sheet;
        out.push('\n');
    }
    Ok(out)
}

/// A cell as one would type it; a moment without hours as a day, the first of a month as that month.
fn cell(data: &Data) -> String {
    match data {
        Data::Empty | Data::Error(_) => String::new(),
        Data::DateTime(at) => at.as_datetime().map_or_else(String::new, |at| {
            let date = at.date();
            match (date.day(), at.num_seconds_from_midnight()) {
                (1, 0) => date.format("%Y-%m").to_string(),
                (_, 0) => date.format("%Y-%m-%d").to_string(),
                _ => at.format("%Y-%m-%d %H:%M").to_string(),
            }
        }),
        other => other.to_string(),
    }
}
