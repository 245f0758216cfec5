//! How much is read at most: every limit on what a file may ask of us, in one place (`docs/limits.md` explains them).

/// Bytes of one file that is read as a whole: 512 MiB.
pub const MAX_FILE_BYTES: u64 = 512 << 20;

/// Bytes that one file in an archive may have when it is inflated: 256 MiB.
pub const MAX_INFLATED_BYTES: u64 = 256 << 20;

/// Cells of a spreadsheet, empty ones between others included: 4 million.
pub const MAX_CELLS: usize = 4_000_000;

/// Cells of a spreadsheet that are gone through, empty ones included: a workbook may name a sheet a thousand times.
pub const MAX_WALKED_CELLS: usize = 4 * MAX_CELLS;

/// Bytes of text that the cells of a spreadsheet may have together: 256 MiB. Many cells may show one long string.
pub const MAX_CELL_BYTES: u64 = 256 << 20;

/// Sheets of a spreadsheet that are read.
pub const MAX_SHEETS: usize = 1_000;

/// Bytes that all files of one archive may have together when they are inflated: 4 GiB.
pub const MAX_ARCHIVE_BYTES: u64 = 4 << 30;

/// Entries that one archive may have.
pub const MAX_ENTRIES: usize = 100_000;

/// How deep archives may lie in archives: 2 is a zip file in a zip file.
pub const MAX_ARCHIVE_DEPTH: usize = 2;

/// How deep HTML tags may be nested; tags further in are passed over, their text is kept.
pub const MAX_HTML_NESTING: usize = 256;

/// Bytes of HTML that are parsed: 64 MiB. A tree takes some ten times the room of its text.
pub const MAX_HTML_BYTES: usize = 64 << 20;

/// Bytes that one stream in a PDF file may have when it is inflated: 256 MiB.
pub const MAX_PDF_STREAM_BYTES: u64 = 256 << 20;

/// Pages of a PDF file that are read.
pub const MAX_PDF_PAGES: usize = 10_000;

/// Characters on one page of a PDF file that are read.
pub const MAX_PAGE_GLYPHS: usize = 200_000;

/// Steps of drawing on one page of a PDF file: 2 million. Forms that show each other make billions of a few lines.
pub const MAX_PAGE_STEPS: usize = 2_000_000;

/// Bytes of text in one record of a table: 32 MiB.
pub const MAX_RECORD_BYTES: usize = 32 << 20;

/// Records of one table (CSV, JSON, JSON Lines) that are read.
pub const MAX_RECORDS: usize = 1_000_000;

/// Columns that a table of records may have.
pub const MAX_COLUMNS: usize = 1_000;

/// Pixels of the picture of one page of a PDF file: 16 million; a page that would have more is drawn smaller.
pub const MAX_PAGE_PIXELS: f32 = 16.0e6;

/// Units of work that drawing one page of a PDF file may be: some 0.1 µs and 30 bytes each, so that a page takes no more
/// than about two seconds and half a gigabyte.
pub const MAX_PAGE_WORK: f64 = 16.0e6;
