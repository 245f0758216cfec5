//! PDF: the glyphs of each page, where they stand → text in reading order.
//!
//! ```text
//! page --glyphs--> characters with boxes --layout--> columns of lines --paragraphs--> text
//! ```
//!
//! Nothing in the file is executed: scripts, forms and links are not looked at. Pages are parted by form feeds, so
//! that the page of a place is one more than the form feeds before it.

mod bomb;
mod glyphs;
mod layout;
mod paragraphs;
mod running;

use super::{
    FormatError,
    limits::{MAX_PAGE_GLYPHS, MAX_PDF_PAGES},
};
use crate::warn::Reporter;
use hayro_interpret::{
    InterpreterCache,
    hayro_syntax::{DecryptionError, LoadPdfError, Pdf},
};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// One line of a page.
#[derive(Debug, Clone, PartialEq)]
struct Line {
    text: String,
    x0: f32,
    x1: f32,
    /// The baseline, downwards.
    y: f32,
    size: f32,
}

/// Lines below each other.
type Block = Vec<Line>;

/// The text of a PDF file.
///
/// # Errors
/// The file is damaged, encrypted, or has pictures of text only.
pub(super) fn text(bytes: &[u8], reporter: &mut Reporter) -> Result<String, FormatError> {
    bomb::check(bytes)?;
    // The reader of PDFs is held to have no panics; should it have one, it costs this file and not the others.
    let read = catch_unwind(AssertUnwindSafe(|| read(bytes, reporter)));
    read.unwrap_or_else(|_| Err(FormatError::Damaged { what: "PDF", detail: "its reader gave up".to_owned() }))
}

fn read(bytes: &[u8], reporter: &mut Reporter) -> Result<String, FormatError> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => FormatError::Encrypted("PDF"),
        LoadPdfError::Decryption(error) => FormatError::Damaged { what: "PDF", detail: format!("{error:?}") },
        LoadPdfError::Invalid => FormatError::Damaged { what: "PDF", detail: "it has no pages".to_owned() },
    })?;
    let cache = InterpreterCache::new();
    let n_pages = pdf.pages().len();
    if n_pages > MAX_PDF_PAGES {
        reporter.whole("format", format!("only the first {MAX_PDF_PAGES} of {n_pages} pages were read"));
    }
    let mut pages: Vec<Vec<Block>> = Vec::new();
    let (mut without_text, mut n_unknown) = (Vec::new(), 0);
    for (idx, page) in pdf.pages().iter().take(MAX_PDF_PAGES).enumerate() {
        let found = glyphs::of_page(&pdf, page, &cache);
        if found.is_empty() && found.has_picture {
            without_text.push(idx + 1);
        }
        if found.n_left_out > 0 {
            let n = found.n_left_out;
            reporter.whole("format", format!("page {}: {n} characters beyond the first {MAX_PAGE_GLYPHS}", idx + 1));
        }
        let (blocks, n) = layout::blocks(found);
        n_unknown += n;
        pages.push(blocks);
    }
    running::take_out(&mut pages);
    let text = paragraphs::text(&pages);
    if text.trim().is_empty() && n_unknown > 0 {
        let detail = format!("its fonts give none of its {n_unknown} characters a meaning");
        return Err(FormatError::Damaged { what: "PDF", detail });
    }
    if text.trim().is_empty() {
        return Err(FormatError::NoText { n_pages });
    }
    tell(reporter, n_pages, &without_text, n_unknown);
    Ok(text)
}

fn tell(reporter: &mut Reporter, n_pages: usize, without_text: &[usize], n_unknown: usize) {
    if !without_text.is_empty() {
        let shown: Vec<String> = without_text.iter().take(12).map(usize::to_string).collect();
        let more = if without_text.len() > shown.len() { ", …" } else { "" };
        let (n, shown) = (without_text.len(), shown.join(", "));
        reporter.whole("format", format!("{n} of {n_pages} pages are pictures without text: page {shown}{more}"));
    }
    if n_unknown > 0 {
        reporter.whole("format", format!("{n_unknown} characters have no meaning in the PDF's fonts and are missing"));
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(super) use tests::sample;
