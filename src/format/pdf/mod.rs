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
#[cfg(feature = "gui")]
mod picture;
#[cfg(feature = "gui")]
mod places;
#[cfg(feature = "gui")]
mod probe;
mod running;

use super::{
    FormatError,
    limits::{MAX_PAGE_GLYPHS, MAX_PAGE_STEPS, MAX_PDF_PAGES},
};
use crate::{model::Area, warn::Reporter};
use hayro_interpret::{
    InterpreterCache,
    hayro_syntax::{DecryptionError, LoadPdfError, Pdf},
};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// So many pages without an end of drawing are put up with.
const MAX_CUT_PAGES: usize = 4;

/// One line of a page.
#[derive(Debug, Clone, PartialEq)]
struct Line {
    text: String,
    x0: f32,
    x1: f32,
    /// The baseline, downwards.
    y: f32,
    size: f32,
    /// Where each character of the text stands; empty where nobody asks.
    #[cfg_attr(not(feature = "gui"), allow(dead_code, reason = "only the window shows pages"))]
    areas: Vec<Area>,
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
    let pdf = open(bytes.to_vec())?;
    let cache = InterpreterCache::new();
    let n_pages = pdf.pages().len();
    if n_pages > MAX_PDF_PAGES {
        reporter.whole("format", format!("only the first {MAX_PDF_PAGES} of {n_pages} pages were read"));
    }
    let mut pages: Vec<Vec<Block>> = Vec::new();
    let (mut without_text, mut n_unknown, mut n_cut) = (Vec::new(), 0, 0);
    for (idx, page) in pdf.pages().iter().take(MAX_PDF_PAGES).enumerate() {
        let found = glyphs::of_page(&pdf, page, &cache);
        if found.is_empty() && found.has_picture {
            without_text.push(idx + 1);
        }
        if found.n_left_out > 0 {
            let n = found.n_left_out;
            reporter.whole("format", format!("page {}: {n} characters beyond the first {MAX_PAGE_GLYPHS}", idx + 1));
        }
        if found.is_cut {
            n_cut += 1;
            reporter.whole("format", format!("page {}: drawn no further than {MAX_PAGE_STEPS} steps", idx + 1));
            if n_cut > MAX_CUT_PAGES {
                return Err(endless());
            }
        }
        let (mut blocks, n) = layout::blocks(found);
        // The text alone is kept: where it stands is found again when somebody looks at the page.
        blocks.iter_mut().flatten().for_each(|line| line.areas = Vec::new());
        n_unknown += n;
        pages.push(blocks);
    }
    running::take_out(&mut pages);
    let text = paragraphs::text(&pages);
    if text.trim().is_empty() && n_unknown > 0 {
        let detail = format!("its fonts give none of its {n_unknown} characters a meaning");
        return Err(FormatError::Damaged { what: "PDF", detail });
    }
    if text.trim().is_empty() && n_cut > 0 {
        return Err(endless());
    }
    if text.trim().is_empty() {
        return Err(FormatError::NoText { n_pages });
    }
    tell(reporter, n_pages, &without_text, n_unknown);
    Ok(text)
}

fn endless() -> FormatError {
    let limit = format!("{MAX_PAGE_STEPS} steps on a page");
    FormatError::TooLarge { what: "the drawing of the PDF's pages".to_owned(), limit }
}

fn open(bytes: Vec<u8>) -> Result<Pdf, FormatError> {
    Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => FormatError::Encrypted("PDF"),
        LoadPdfError::Decryption(error) => FormatError::Damaged { what: "PDF", detail: format!("{error:?}") },
        LoadPdfError::Invalid => FormatError::Damaged { what: "PDF", detail: "it has no pages".to_owned() },
    })
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

#[cfg(feature = "gui")]
pub use picture::PdfFile;

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(super) use tests::sample;
