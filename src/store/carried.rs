//! What an exported figure carries: its data, the passages with their places, the documents' hashes, the view and
//! the program's version, as JSON in the file's metadata; and how it is read back (docs/figures.md).

use super::json::{self, CorpusError};
use crate::{
    corpus::Entry,
    desk::{Captions, Facets, FigureKind, FigureSpec},
    model::{Document, SCHEMA},
    span::Span,
};
use serde::Serialize;

/// The keyword of the text chunk in a PNG, and the id of the element in an SVG.
pub const KEYWORD: &str = "nianbiao";

/// What is read of a file's metadata at most; more is not ours.
const MAX_BYTES: usize = 64 << 20;
/// From so many characters on only the stories that the figure tells of keep their text.
const LARGE_CHARS: usize = 300_000;

/// What a figure carries.
#[derive(Debug, Clone, Serialize)]
struct Carried {
    /// The schema of `documents`.
    schema: u32,
    /// Which program wrote it.
    program: String,
    /// The choices that made the figure; its series count within `documents`.
    view: FigureSpec,
    /// Its words as they were drawn.
    words: Captions,
    /// What the figure tells of, each with its text and the SHA-256 of the file it was read from.
    documents: Vec<Document>,
}

/// A figure that was opened again.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Its sources.
    pub entries: Vec<Entry>,
    /// The choices that made it.
    pub view: FigureSpec,
}

/// What the figure of `view` carries, which tells of the documents with these indices.
///
/// # Errors
/// What the JSON writer reports.
pub fn carried(entries: &[Entry], docs: &[usize], view: &FigureSpec, words: &Captions) -> serde_json::Result<String> {
    let n_chars: usize = docs.iter().filter_map(|&doc| entries.get(doc)).map(|entry| entry.text.len()).sum();
    let standalone = |entry: &Entry| {
        let mut document = json::standalone(entry);
        if n_chars > LARGE_CHARS {
            document.source.text = Some(blanked(entry, view.kind));
        }
        document
    };
    let place = |&(doc, series): &(usize, usize)| Some((docs.iter().position(|known| *known == doc)?, series));
    let documents = view.facets.documents.iter().filter_map(|doc| place(&(*doc, 0))).map(|(doc, _)| doc).collect();
    let facets = Facets { documents, ..view.facets.clone() };
    let view = FigureSpec { series: view.series.iter().filter_map(place).collect(), facets, ..view.clone() };
    serde_json::to_string(&Carried {
        schema: SCHEMA,
        program: concat!("nianbiao ", env!("CARGO_PKG_VERSION")).to_owned(),
        view,
        words: words.clone(),
        documents: docs.iter().filter_map(|&doc| entries.get(doc)).map(standalone).collect(),
    })
}

/// The text with blanks for all but the stories that tell what the figure shows: places stay what they are, and
/// blanks compress to nothing.
fn blanked(entry: &Entry, kind: FigureKind) -> String {
    let document = &entry.document;
    let mut used = vec![false; document.articles.len()];
    let mut mark = |article: usize| {
        if let Some(used) = used.get_mut(article) {
            *used = true;
        }
    };
    if kind != FigureKind::Series {
        document.events.iter().for_each(|event| mark(event.article));
    }
    if kind != FigureKind::Timeline {
        let points = document.series.iter().flat_map(|series| &series.points);
        let quantities = points.filter_map(|point| document.quantities.get(point.quantity?));
        quantities.for_each(|quantity| mark(quantity.article));
    }
    let stories = document.articles.iter().zip(used).filter(|(_, used)| *used).flat_map(|(article, _)| &article.spans);
    let mut kept: Vec<Span> = stories.copied().collect();
    kept.sort_unstable_by_key(|span| span.start);
    let mut kept = kept.into_iter().peekable();
    let blank = |(byte_idx, c): (usize, char)| {
        while kept.peek().is_some_and(|span| span.end <= byte_idx) {
            kept.next();
        }
        let is_kept = kept.peek().is_some_and(|span| span.start <= byte_idx);
        if is_kept || c == '\n' { c } else { ' ' }
    };
    entry.text.char_indices().map(blank).collect()
}

/// Reads back what was carried.
///
/// # Errors
/// As for a parsed corpus: another schema, or places that do not fit.
pub fn open(text: &str) -> Result<Opened, CorpusError> {
    let head: serde_json::Value = serde_json::from_str(text)?;
    let view = head.get("view").cloned().map(serde_json::from_value).transpose()?.unwrap_or_default();
    Ok(Opened { entries: json::read_corpus(text.as_bytes())?, view })
}

/// What a PNG or an SVG carries; `None` where it is neither, or carries nothing of ours.
pub fn find(bytes: &[u8]) -> Option<String> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") { in_png(bytes) } else { in_svg(bytes) }
}

/// Whether the bytes are a picture rather than a text.
pub fn is_picture(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x89PNG\r\n\x1a\n") || is_svg(bytes)
}

/// Whether the root of the file is an `<svg>`. A page of HTML may hold one, too, but does not begin with it.
fn is_svg(bytes: &[u8]) -> bool {
    let head = bytes.get(..4096).unwrap_or(bytes);
    let mut rest = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    // What may stand before the root: declaration, comments, a document type of SVG.
    for (begin, end) in [(&b"<?xml"[..], &b"?>"[..]), (b"<!--", b"-->"), (b"<!DOCTYPE svg", b">"), (b"<!--", b"-->")] {
        if rest.starts_with(begin) {
            let Some(at) = memchr::memmem::find(rest, end) else { return false };
            rest = rest.get(at + end.len()..).unwrap_or_default().trim_ascii_start();
        }
    }
    rest.strip_prefix(b"<svg").and_then(|rest| rest.first()).is_some_and(|c| c.is_ascii_whitespace() || *c == b'>')
}

fn in_png(bytes: &[u8]) -> Option<String> {
    let reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().ok()?;
    let mut chunk = reader.info().utf8_text.iter().find(|chunk| chunk.keyword == KEYWORD)?.clone();
    chunk.decompress_text_with_limit(MAX_BYTES).ok()?;
    chunk.get_text().ok()
}

/// The text of `<metadata id="nianbiao">`, its five entities undone.
fn in_svg(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes.get(..bytes.len().min(MAX_BYTES))?).ok()?;
    let (_, rest) = text.split_once(&format!(r#"<metadata id="{KEYWORD}">"#))?;
    let (inner, _) = rest.split_once("</metadata>")?;
    Some(inner.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: bool) {
        assert_eq!(is_picture(bytes), expected, "{}", String::from_utf8_lossy(bytes));
    }

    #[test]
    fn a_page_with_a_drawing_in_it_is_no_picture() {
        check(b"<svg xmlns=\"http://www.w3.org/2000/svg\">", true);
        check(b"\xef\xbb\xbf<?xml version=\"1.0\"?>\n<!-- drawn -->\n<svg>", true);
        check(
            b"<?xml version=\"1.0\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"x\">\n<svg width=\"3\">",
            true,
        );
        check(b"\x89PNG\r\n\x1a\n....", true);
        check(b"<!DOCTYPE html><html><body><svg width=\"3\"></svg></body></html>", false);
        check("图样 <svg width=\"3\">".as_bytes(), false);
        check(b"<svgx>", false);
        check(b"", false);
    }
}
