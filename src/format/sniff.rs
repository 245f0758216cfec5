//! What a file is, by its bytes.

use super::archive;

/// What the bytes of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A PDF file.
    Pdf,
    /// A Word document (Office Open XML).
    Docx,
    /// A text document of OpenOffice or LibreOffice.
    Odt,
    /// A book.
    Epub,
    /// A zip archive of files.
    Zip,
    /// Text: plain, Markdown, HTML, records. Or nothing that we know.
    Text,
    /// A spreadsheet, XLSX or ODS.
    Sheet,
    /// Something else that is certainly no text; what it is, in words.
    Foreign(&'static str),
}

/// First bytes of what cannot be read, and what it is.
const FOREIGN: &[(&[u8], &str)] = &[
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.doc, .xls)"),
    (b"{\\rtf", "a Rich Text file"),
    (b"\x89PNG\r\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"\x1f\x8b\x08", "a gzip file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ\0", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a zstd file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a rar archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "a database"),
    (b"PAR1", "a Parquet file"),
    (b"AT&TFORM", "a DjVu file"),
];

/// PDF files may have some bytes before their mark.
const PDF_MARK_WITHIN: usize = 1024;

/// What `bytes` are. A zip archive is looked into, for DOCX, ODT and EPUB are zip archives, too.
pub fn kind(bytes: &[u8]) -> Kind {
    let head = bytes.get(..PDF_MARK_WITHIN).unwrap_or(bytes);
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return archive::kind(bytes);
    }
    if let Some(at) = memchr::memmem::find(head, b"%PDF-") {
        // A text may well speak of the mark; a PDF file has it first, or after binary rubbish.
        let before = head.get(..at).unwrap_or_default();
        if before.trim_ascii().is_empty() || !before.is_ascii() || before.contains(&0) {
            return Kind::Pdf;
        }
    }
    FOREIGN.iter().find(|(mark, _)| bytes.starts_with(mark)).map_or(Kind::Text, |(_, what)| Kind::Foreign(what))
}
