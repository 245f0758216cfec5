//! The pages of a PDF file on disk, to be looked at beside the text that was read from it.

pub use crate::format::PdfFile;
use crate::{
    format::{self, FormatError, Kind, limits::MAX_FILE_BYTES},
    text,
};
use std::{
    fs, io,
    io::Read as _,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// Why a page cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    /// The file is not there any more.
    #[error("the file is no longer there")]
    Gone,
    /// The file is not the one that the text was read from.
    #[error("the file has changed since it was read")]
    Changed,
    /// Anything else.
    #[error("{0}")]
    Other(String),
}

impl From<FormatError> for PageError {
    fn from(error: FormatError) -> Self {
        Self::Other(error.to_string())
    }
}

/// Whether the document at `path` came from a PDF file: by its first bytes, and where there is none any more, or it
/// lies in an archive, by its name.
pub fn is_pdf(path: &str) -> bool {
    let mut head = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(1024).read_to_end(&mut head));
    match read {
        Ok(_) => format::kind(&head) == Kind::Pdf,
        Err(_) => Path::new(path).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("pdf")),
    }
}

/// What changes with a file: its length and when it was written.
pub type Stamp = (u64, Option<SystemTime>);

/// The stamp of the file that the document at `path` lies in; `None` where it is gone.
pub fn stamp(path: &str) -> Option<Stamp> {
    let found = Path::new(path).ancestors().find_map(|path| path.metadata().ok().filter(fs::Metadata::is_file))?;
    Some((found.len(), found.modified().ok()))
}

/// Opens the PDF file that the document at `path` was read from; `sha256` is that of the bytes it was read from, and
/// `font` stands for fonts with han characters that the file does not bring along.
///
/// # Errors
/// It is gone, has changed, or cannot be read.
pub fn open(path: &str, sha256: &str, font: &'static [u8]) -> Result<PdfFile, PageError> {
    let bytes = bytes_of(path)?;
    if text::checksum(&bytes) != sha256 {
        return Err(PageError::Changed);
    }
    Ok(PdfFile::open(bytes, font)?)
}

/// The bytes of a file, or of a file in an archive: `papers.zip/2024/a.pdf`.
fn bytes_of(path: &str) -> Result<Vec<u8>, PageError> {
    let whole = PathBuf::from(path);
    let file = whole.ancestors().find(|path| path.is_file()).ok_or(PageError::Gone)?;
    let bytes = read(file).map_err(|error| PageError::Other(error.to_string()))?;
    if file == whole {
        return Ok(bytes);
    }
    let inner = whole.strip_prefix(file).map(|inner| inner.to_string_lossy().replace('\\', "/")).unwrap_or_default();
    format::in_archive(&bytes, &inner).ok_or(PageError::Gone)
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(MAX_FILE_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}
