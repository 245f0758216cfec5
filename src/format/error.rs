//! Why a file gave no text.

use crate::text::DecodeError;

/// Why a file, or a part of one, gave no text. One clear sentence each; the caller says which file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// It is no text and nothing that we know.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// It is something else, as its first bytes say.
    #[error("this is {0}, which cannot be read; save it as text, DOCX or PDF")]
    Foreign(&'static str),
    /// It is what it seems, but damaged.
    #[error("the {what} is damaged: {}", plain(detail))]
    Damaged {
        /// What it seems to be (`PDF`, `zip archive`).
        what: &'static str,
        /// What the reader of that format says.
        detail: String,
    },
    /// It needs a password.
    #[error("the {0} is encrypted; save it without a password")]
    Encrypted(&'static str),
    /// It asks for more than we give (see `docs/limits.md`).
    #[error("{} is larger than the limit of {limit}; it is left out", plain(what))]
    TooLarge {
        /// What is too large.
        what: String,
        /// The limit, in words.
        limit: String,
    },
    /// A scanned document.
    #[error("none of the {n_pages} pages has text, they are pictures; run text recognition (OCR) over the PDF first")]
    NoText {
        /// How many pages it has.
        n_pages: usize,
    },
    /// There is nothing in it that can be read.
    #[error("there is no document in the archive")]
    EmptyArchive,
}

/// What is quoted of a file is cut after so many characters.
const MAX_QUOTED_CHARS: usize = 160;

/// Words of a file as they may stand in a message, on a terminal, too: no line breaks and control characters, not too
/// many.
pub(super) fn plain(text: &str) -> String {
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    let mut quoted: String = text.chars().take(MAX_QUOTED_CHARS).map(plain).collect();
    if text.chars().nth(MAX_QUOTED_CHARS).is_some() {
        quoted.push('…');
    }
    quoted
}

/// A number of bytes in words: `256 MiB`.
pub(super) fn bytes_words(n: u64) -> String {
    match n {
        n if n >= 1 << 30 => format!("{} GiB", n >> 30),
        n if n >= 1 << 20 => format!("{} MiB", n >> 20),
        n => format!("{n} bytes"),
    }
}
