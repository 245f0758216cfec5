//! Files of any kind → texts: what a file holds is told by its bytes, never by its name.
//!
//! ```text
//! bytes --kind--> PDF, HTML, DOCX, ODT, EPUB, zip, records, text --read--> Pieces: a text each, with warnings
//! ```
//!
//! Pure: nothing here touches a disk, and nothing in a file is ever executed or fetched. What a file may ask of
//! us is bounded by [`limits`]. Headings come out as Markdown headings (`# …`), cells of a table with tabs between
//! them, pages of a PDF with a form feed between them: the text alone carries the layout.

// What a file holds must never end the program: whatever could is refused by the compiler.
#![deny(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::unreachable,
    clippy::todo
)]
#![cfg_attr(test, allow(clippy::string_slice))]

mod archive;
mod docx;
mod epub;
mod error;
mod figures;
mod html;
mod html_walk;
pub mod limits;
mod markdown;
mod markup;
mod nesting;
mod odt;
mod pdf;
mod records;
mod sheet;
mod sniff;
mod tidy;
mod xml;

pub use error::FormatError;
#[cfg(feature = "gui")]
pub use pdf::PdfFile;
pub use sniff::{Kind, kind};

use crate::{
    edtf::Edtf,
    model::{TableChoice, TablePreview},
    text::{self, Source},
    warn::Reporter,
};
use encoding_rs::Encoding;

/// One text from a file.
#[derive(Debug)]
pub struct Piece {
    /// The text and where it came from; `path` is the file's, then `/` and the name in the archive or `#` and the
    /// record.
    pub source: Source,
    /// When the file says that it was written (a record's date, a page's `article:published_time`).
    pub dct: Option<Edtf>,
    /// When it says so in words that only a reader of texts understands (二〇二四年十月), those.
    pub dct_words: Option<DateWords>,
    /// What could not be read.
    pub reporter: Reporter,
}

/// A writing date in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateWords {
    /// The words: `民国113年10月8日`.
    pub words: String,
    /// Where they stand: `row 3, column "日期"`.
    pub place: String,
}

impl DateWords {
    /// What is said where nobody understands them.
    pub fn warning(&self) -> String {
        format!("{}: this is no date: \"{}\"", self.place, error::plain(&self.words))
    }
}

/// A file, or a part of one, that could not be read.
#[derive(Debug)]
pub struct Fault {
    /// Which: as [`Source::path`].
    pub path: String,
    /// Why.
    pub error: FormatError,
}

/// Takes the texts of a file one by one, as they are read; so an archive never lies in memory as a whole.
pub type Each<'a> = dyn FnMut(Result<Piece, Fault>) + 'a;

/// Reads `bytes`, whatever they are, and hands every text in them, or what was wrong with it, to `each`, in order.
///
/// ```
/// use nianbiao::format;
/// let page = "<html><body><h1>大桥通车</h1><p>2024年9月，大桥通车。</p></body></html>";
/// let mut texts = Vec::new();
/// format::read("a", page.as_bytes(), &mut |piece| texts.push(piece.unwrap().source.text));
/// assert_eq!(texts, ["# 大桥通车\n\n2024年9月，大桥通车。\n"]);
/// ```
pub fn read(path: &str, bytes: &[u8], each: &mut Each<'_>) {
    read_with(path, bytes, Choices::default(), each);
}

/// What the user has said of files that look like several things.
#[derive(Debug, Clone, Copy, Default)]
pub struct Choices<'a> {
    /// The encoding of a text.
    pub encoding: Option<&'static Encoding>,
    /// The encodings of texts in archives, by their path (`a.zip/b.txt`).
    pub encodings: &'a [(&'a str, &'static Encoding)],
    /// What the columns of tables of records are for; the first that is meant for a table counts.
    pub tables: &'a [TableChoice],
}

/// As [`read`], with what the user has said of tables.
pub fn read_with(path: &str, bytes: &[u8], choices: Choices<'_>, each: &mut Each<'_>) {
    read_nested(path, bytes, choices, &mut archive::Budget::default(), each);
}

/// A writing date as people and programs write it in figures; `None` where it is no date, or one in words.
///
/// ```
/// use nianbiao::format::written_date;
/// assert_eq!(written_date("2024/10/8").unwrap().as_str(), "2024-10-08");
/// assert_eq!(written_date("Tue, 08 Oct 2024 09:30:00 +0800").unwrap().as_str(), "2024-10-08T09:30:00");
/// assert_eq!(written_date("二〇二四年十月"), None);
/// ```
pub fn written_date(text: &str) -> Option<Edtf> {
    tidy::date(text)
}

/// The first rows of a table of records, and what its columns are taken for; `None` where it is none. Of a table whose
/// columns are not known every one is left out. Of a spreadsheet it is the first sheet with rows.
pub fn table_preview(bytes: &[u8], choices: Choices<'_>) -> Option<TablePreview> {
    if kind(bytes) == Kind::Sheet {
        return sheet::preview(bytes, choices.tables);
    }
    if kind(bytes) != Kind::Text {
        return None;
    }
    let mut reporter = Reporter::new();
    let source = match choices.encoding {
        Some(encoding) => text::decode_as("", bytes, encoding, &mut reporter),
        None => text::decode("", bytes, &mut reporter).ok()?,
    };
    records::preview(&source.text, choices.tables)
}

/// The bytes of a file in a zip archive, by the name that [`read`] gives it behind the archive's; `None` where there is
/// none.
pub fn in_archive(bytes: &[u8], inner: &str) -> Option<Vec<u8>> {
    part_in_archive(bytes, inner).filter(|(name, _)| *name == inner).map(|(_, bytes)| bytes)
}

/// The file in a zip archive that the text named `inner` was read from, and its name: of a record of a table
/// (`b/t.csv#7`) the table (`b/t.csv`).
pub fn part_in_archive<'a>(bytes: &[u8], inner: &'a str) -> Option<(&'a str, Vec<u8>)> {
    archive::part_of(bytes, inner, limits::MAX_ARCHIVE_DEPTH)
}

/// As [`read`], of a text whose encoding was chosen by hand. What is no text knows its encoding itself.
pub fn read_as(path: &str, bytes: &[u8], choices: Choices<'_>, each: &mut Each<'_>) {
    // Text in UTF-16 without a mark may look like anything; who chooses an encoding has seen that it is text.
    match kind(bytes) {
        Kind::Text | Kind::Foreign(_) => read_text(path, bytes, choices, each),
        _ => read_with(path, bytes, choices, each),
    }
}

/// As [`read`], inside an archive that has so much left to spend.
fn read_nested(path: &str, bytes: &[u8], choices: Choices<'_>, budget: &mut archive::Budget, each: &mut Each<'_>) {
    let chosen = choices.encodings.iter().find(|(of, _)| *of == path).map(|(_, encoding)| *encoding);
    let mut reporter = Reporter::new();
    let checksum = || text::checksum(bytes);
    let whole = |result: Result<(String, Option<Edtf>), FormatError>, reporter: Reporter| match result {
        Ok((text, dct)) => {
            let source = Source { path: path.to_owned(), text, encoding: "UTF-8".to_owned(), sha256: checksum() };
            Ok(Piece { source, dct, dct_words: None, reporter })
        }
        Err(error) => Err(Fault { path: path.to_owned(), error }),
    };
    match kind(bytes) {
        Kind::Text | Kind::Foreign(_) if chosen.is_some() => {
            read_text(path, bytes, Choices { encoding: chosen, ..choices }, each);
        }
        Kind::Pdf => {
            let text = pdf::text(bytes, &mut reporter).map(|text| (text, None));
            each(whole(text, reporter));
        }
        Kind::Docx => {
            let text = docx::text(bytes, &mut reporter).map(|text| (text, None));
            each(whole(text, reporter));
        }
        Kind::Odt => {
            let text = odt::text(bytes, &mut reporter).map(|text| (text, None));
            each(whole(text, reporter));
        }
        Kind::Epub => {
            let text = epub::text(bytes, &mut reporter);
            each(whole(text, reporter));
        }
        Kind::Sheet => sheet::read(path, bytes, choices.tables, each),
        Kind::Zip => archive::read(path, bytes, choices, budget, each),
        Kind::Foreign(what) => each(whole(Err(FormatError::Foreign(what)), reporter)),
        Kind::Text => read_text(path, bytes, Choices { encoding: None, ..choices }, each),
    }
}

/// Text of some sort: HTML, records, Markdown or plain.
fn read_text(path: &str, bytes: &[u8], choices: Choices<'_>, each: &mut Each<'_>) {
    let mut reporter = Reporter::new();
    let decoded = match choices.encoding.or_else(|| html::declared_encoding(bytes)) {
        Some(encoding) => Ok(text::decode_as(path, bytes, encoding, &mut reporter)),
        None => text::decode(path, bytes, &mut reporter),
    };
    let source = match decoded {
        Ok(source) => source,
        Err(error) => return each(Err(Fault { path: path.to_owned(), error: error.into() })),
    };
    if html::is_html(&source.text) {
        let page = html::page(&source.text, &mut reporter);
        return each(Ok(Piece {
            source: Source { text: page.text, ..source },
            dct: page.dct,
            dct_words: None,
            reporter,
        }));
    }
    if let Some(table) = records::table(&source.text, choices.tables) {
        return records::read(&source, table, choices.tables, reporter, each);
    }
    if let Some(text) = records::rows(&source.text).and_then(|rows| figures::text(&rows)) {
        return each(Ok(Piece { source: Source { text, ..source }, dct: None, dct_words: None, reporter }));
    }
    let said = markdown::front_matter_date(&source.text).map(str::to_owned);
    let dct = said.as_deref().and_then(tidy::date);
    let place = "the date of the front matter".to_owned();
    let dct_words = said.filter(|_| dct.is_none()).map(|words| DateWords { words, place });
    each(Ok(Piece { source, dct, dct_words, reporter }));
}

#[cfg(test)]
mod mutated;
#[cfg(test)]
mod tests;
