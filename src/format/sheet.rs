//! Spreadsheets (XLSX, ODS): each sheet as a table of figures, or as the text of its cells.

use super::{
    FormatError, archive,
    error::bytes_words,
    figures,
    limits::{MAX_CELLS, MAX_INFLATED_BYTES},
};
use crate::warn::Reporter;
use calamine::{Data, Ods, Reader, Xlsx};
use chrono::{Datelike as _, Timelike as _};
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
        let workbook = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(error.to_string()))?;
        sheets(workbook, reporter)
    } else {
        let workbook = Ods::new(Cursor::new(bytes)).map_err(|error| damaged(error.to_string()))?;
        sheets(workbook, reporter)
    }
}

fn sheets<'a, R>(mut workbook: R, reporter: &mut Reporter) -> Result<String, FormatError>
where
    R: Reader<Cursor<&'a [u8]>>,
    R::Error: std::fmt::Display,
{
    let names = workbook.sheet_names();
    let mut out = String::new();
    let mut n_cells = 0;
    for name in &names {
        let range = match workbook.worksheet_range(name) {
            Ok(range) => range,
            Err(error) => {
                reporter.whole("sheet", format!("sheet \"{name}\" could not be read: {error}"));
                continue;
            }
        };
        let (height, width) = range.get_size();
        n_cells += height.saturating_mul(width);
        if n_cells > MAX_CELLS {
            let limit = format!("{MAX_CELLS} cells");
            return Err(FormatError::TooLarge { what: "the spreadsheet".to_owned(), limit });
        }
        let rows: Vec<Vec<String>> = range.rows().map(|row| row.iter().map(cell).collect()).collect();
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
